"""The slip of a cancelled receipt or of a refund asked for, 80 mm wide, with room for signatures."""

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
from counter_app.documents.roll import NAME, STRONG, Roll
from counter_app.domain.acts import Paper
from counter_app.domain.office import Office
from counter_app.domain.undoing import PaymentCancelled, RefundAsked
from counter_app.words.amounts import in_words, rupees
from counter_app.words.dates import stamp
from counter_app.words.labels import why
from counter_app.words.say import Language, both

HINDI = Language.HINDI


@dataclass(frozen=True, slots=True)
class UndoneFacts:
    """All that the slip says. ``receipt`` is the receipt's whole number, ``taken_at`` when it was given."""

    office: Office
    number: str
    payload: PaymentCancelled | RefundAsked
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


def undone(facts: UndoneFacts) -> Document:
    """The slip as one sheet."""
    roll, payload = Roll(), facts.payload
    cancelled = isinstance(payload, PaymentCancelled)
    heading(roll, facts.office)
    title = both("Receipt cancelled", HINDI) if cancelled else both("Refund asked for", HINDI)
    roll.boxed([Span(upper_both(title), bold=True)], STRONG, inverse=cancelled)
    copy_band(roll, facts.copy, facts.reason)
    roll.gap(1.6)
    roll.strong_fact(both("Slip no.", HINDI), facts.number)
    roll.fact(both("Date, time", HINDI), stamp(facts.at))
    roll.dashes()
    roll.strong_fact(both("Receipt no.", HINDI), facts.receipt)
    roll.fact(both("Taken at", HINDI), stamp(facts.taken_at))
    roll.strong_fact(both("Consumer no.", HINDI), payload.consumer)
    roll.sides([Span(printable(facts.name_hi), bold=True)], [Span(printable(facts.name_en))], NAME)
    roll.rule()
    roll.strong_fact(both("Amount", HINDI), rupees(payload.amount))
    for language in (Language.HINDI, Language.ENGLISH):
        roll.paragraph(in_words(payload.amount, language))
    if isinstance(payload, PaymentCancelled):
        roll.strong_fact(both("Cash given back", HINDI), rupees(payload.cash_back))
    roll.rule()
    roll.fact(both("Reason", HINDI), side_by_side(why(payload.why, HINDI)))
    if payload.note:
        roll.paragraph(f"{side_by_side(both('Note', HINDI))}: {printable(payload.note)}")
    _what_it_means(roll, payload)
    if isinstance(payload, PaymentCancelled):
        second = clerk_text(facts.second_name, payload.approved.code)
        roll.paragraph(f"{side_by_side(both('Agreed by', HINDI))}: {printable(second)}")
    roll.gap(9.0)
    roll.sides([Span(side_by_side(both("Cashier", HINDI)))], [Span(side_by_side(both("Consumer", HINDI)))])
    roll.gap(1.5)
    clerk = clerk_text(facts.clerk_name, payload.clerk)
    closing(roll, facts.office, clerk, facts.number, facts.copy, facts.printed_at)
    return Document(facts.number, (roll.sheet(),), Paper.UNDOING, facts.printed_at)


def _what_it_means(roll: Roll, payload: PaymentCancelled | RefundAsked) -> None:
    words = both("The receipt named above counts no more. Keep this slip with it.", HINDI)
    if isinstance(payload, RefundAsked):
        words = both("The receipt stands. The office decides about the refund.", HINDI)
    roll.gap(0.8)
    roll.paragraph(words.lead)
    roll.paragraph(words.second)
    roll.gap(0.8)
