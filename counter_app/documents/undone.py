"""The slip of what was done about a receipt, 80 mm wide, with room for signatures."""

from dataclasses import dataclass
from datetime import datetime

from counter_app.documents.counter_lines import (
    clerk_text,
    closing,
    copy_band,
    heading,
    side_by_side,
    upper_both,
)
from counter_app.documents.fonts import printable
from counter_app.documents.lines import Span
from counter_app.documents.page import Document
from counter_app.documents.roll import STRONG, Roll
from counter_app.domain.acts import Paper
from counter_app.domain.office import Office
from counter_app.domain.payment import Tender
from counter_app.domain.undoing import PaymentCancelled, PaymentMoved, RefundAsked, TendersCorrected
from counter_app.words.amounts import in_words, rupees
from counter_app.words.dates import stamp
from counter_app.words.labels import head, tender, why
from counter_app.words.say import N_, Language, both

HINDI = Language.HINDI
_TITLES = {
    PaymentCancelled: N_("Receipt cancelled"),
    TendersCorrected: N_("Way of paying corrected"),
    PaymentMoved: N_("Moved to another account"),
    RefundAsked: N_("Refund asked for"),
}
_MEANINGS = {
    PaymentCancelled: N_("The receipt named above counts no more. Keep this slip with it."),
    TendersCorrected: N_("The receipt counts as before; only the way of paying is put right."),
    PaymentMoved: N_("The payment counts for the consumer named last. Keep this slip with the receipt."),
    RefundAsked: N_("The receipt stands. The office decides about the refund."),
}


@dataclass(frozen=True, slots=True)
class UndoneFacts:
    """All that the slip says. ``receipt`` is the receipt's whole number, ``taken_at`` when it was given.

    The names are those of the consumer whose it was; ``to_name_hi`` and ``to_name_en`` of whose it is now.
    """

    office: Office
    number: str
    payload: PaymentCancelled | TendersCorrected | PaymentMoved | RefundAsked
    receipt: str
    taken_at: datetime
    name_hi: str
    name_en: str
    at: datetime
    printed_at: datetime
    copy: int
    reason: str
    clerk_name: str
    second_name: str
    to_name_hi: str = ""
    to_name_en: str = ""


def undone(facts: UndoneFacts) -> Document:
    """The slip as one sheet."""
    roll, payload = Roll(), facts.payload
    cancelled = isinstance(payload, PaymentCancelled)
    heading(roll, facts.office)
    title = both(_TITLES[type(payload)], HINDI)
    roll.boxed([Span(upper_both(title), bold=True)], STRONG, inverse=cancelled)
    copy_band(roll, facts.copy, facts.reason)
    roll.gap(1.6)
    roll.strong_fact(both("Slip no.", HINDI), facts.number)
    roll.fact(both("Date, time", HINDI), stamp(facts.at))
    roll.dashes()
    roll.strong_fact(both("Receipt no.", HINDI), facts.receipt)
    roll.fact(both("Taken at", HINDI), stamp(facts.taken_at))
    roll.strong_fact(both("Consumer no.", HINDI), payload.consumer)
    roll.names(printable(facts.name_hi), printable(facts.name_en))
    roll.rule()
    roll.strong_fact(both("Amount", HINDI), rupees(payload.amount))
    for language in (Language.HINDI, Language.ENGLISH):
        roll.paragraph(in_words(payload.amount, language))
    _what_changed(roll, facts)
    roll.rule()
    roll.fact(both("Reason", HINDI), side_by_side(why(payload.why, HINDI)))
    if payload.note:
        roll.paragraph(f"{side_by_side(both('Note', HINDI))}: {printable(payload.note)}")
    words = both(_MEANINGS[type(payload)], HINDI)
    roll.gap(0.8)
    roll.paragraph(words.lead)
    roll.paragraph(words.second)
    roll.gap(0.8)
    if not isinstance(payload, RefundAsked):
        second = clerk_text(facts.second_name, payload.approved.code)
        roll.paragraph(f"{side_by_side(both('Agreed by', HINDI))}: {printable(second)}")
    roll.gap(9.0)
    roll.sides([Span(side_by_side(both("Cashier", HINDI)))], [Span(side_by_side(both("Consumer", HINDI)))])
    roll.gap(1.5)
    clerk = clerk_text(facts.clerk_name, payload.clerk)
    closing(roll, facts.office, clerk, facts.number, facts.copy, facts.printed_at)
    return Document(facts.number, (roll.sheet(),), Paper.UNDOING, facts.printed_at)


def _what_changed(roll: Roll, facts: UndoneFacts) -> None:
    match facts.payload:
        case PaymentCancelled(cash_back=cash_back):
            roll.strong_fact(both("Cash given back", HINDI), rupees(cash_back))
        case TendersCorrected(before=before, tenders=tenders, cash=cash):
            roll.dashes()
            _tenders(roll, N_("On the receipt"), before)
            _tenders(roll, N_("As it really was"), tenders)
            if cash:
                words = N_("Cash more in the drawer") if cash > 0 else N_("Cash less in the drawer")
                roll.strong_fact(both(words, HINDI), rupees(abs(cash)))
        case PaymentMoved(to_consumer=consumer, shares=shares):
            roll.rule()
            roll.paragraph(side_by_side(both("Counts now for", HINDI)), bold=True)
            roll.strong_fact(both("Consumer no.", HINDI), consumer)
            roll.names(printable(facts.to_name_hi), printable(facts.to_name_en))
            for share in shares:
                roll.sides([Span(side_by_side(head(share.head, HINDI)))], [Span(rupees(share.amount))])


def _tenders(roll: Roll, words: str, tenders: tuple[Tender, ...]) -> None:
    roll.paragraph(side_by_side(both(words, HINDI)), bold=True)
    for one in tenders:
        name = f"{side_by_side(tender(one.kind, HINDI))} {printable(one.reference)}".strip()
        roll.sides([Span(name)], [Span(rupees(one.amount))])
