"""The payment receipt, 80 mm wide. It says what is true when it is printed: the centre does not know yet."""

from dataclasses import dataclass
from datetime import datetime

from counter_app.documents.counter_lines import (
    clerk_text,
    closing,
    copy_band,
    heading,
    in_both,
    month_text,
    number_or_stem,
    side_by_side,
    upper_both,
)
from counter_app.documents.fonts import measure, printable
from counter_app.documents.lines import Span, fitted
from counter_app.documents.page import POINT, Align, Document, Text
from counter_app.documents.receipt_notes import notes
from counter_app.documents.roll import BODY, LEFT, NAME, RIGHT, ROOM, SMALL, STRONG, Roll, label_spans
from counter_app.domain.acts import Paper
from counter_app.domain.allocation import Head
from counter_app.domain.money import Paise
from counter_app.domain.numbering import Series
from counter_app.domain.office import Office
from counter_app.domain.payment import PaymentTaken, Tender, TenderKind
from counter_app.words.amounts import in_words, rupees
from counter_app.words.dates import day, stamp
from counter_app.words.labels import head, tender
from counter_app.words.say import N_, Both, Language, both

HINDI = Language.HINDI
_AMOUNT = 23.0
_LEAST_AMOUNT = 14.0
_PLAIN_HEADS = frozenset({Head.CURRENT_DUTY, Head.CURRENT})
_REFERENCES = {
    TenderKind.UPI: N_("UTR no."),
    TenderKind.CARD: N_("Card, last four"),
    TenderKind.CHEQUE: N_("Cheque no."),
    TenderKind.DRAFT: N_("Draft no."),
    TenderKind.OTHER: N_("Reference"),
}


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """All that a receipt says. ``number`` is None for a preview, before anything is recorded.

    ``at`` is when the money was taken, ``printed_at`` when this paper is made; ``copy`` is 1 for the
    original, ``reason`` says in words why there is a copy. ``balance`` is what is still due after this
    payment (below zero: the consumer's credit), in paise; ``cancelled``: the receipt counts no more.
    ``code`` is what a scanner reads and the counter signed; a preview has none.
    ``paid_for`` says what it was for, when it was no bill.
    """

    office: Office
    number: str | None
    payment: PaymentTaken
    name_hi: str
    name_en: str
    address: str
    at: datetime
    printed_at: datetime
    copy: int
    reason: str
    clerk_name: str
    balance: Paise
    cancelled: bool = False
    code: str = ""
    paid_for: Both = Both("", "")

    @property
    def provisional(self) -> bool:
        """Some of the money is not confirmed by anybody but the payer."""
        return not all(each.confirmed for each in self.payment.tenders)


def receipt(facts: ReceiptFacts) -> Document:
    """The receipt as one sheet."""
    roll = Roll()
    heading(roll, facts.office)
    _title(roll, facts)
    _what_was_paid(roll, facts)
    _who_paid(roll, facts)
    _what_for(roll, facts)
    _amount(roll, facts.payment.amount)
    _how(roll, facts)
    _where_it_went(roll, facts)
    notes(roll, facts.payment, facts.at, recorded=facts.number is not None)
    if facts.code:
        roll.gap(2.0)
        roll.code(facts.code)
        roll.gap(0.8)
        roll.centred([Span(in_both(both("Genuine? Scan it here", HINDI)))], SMALL)
    clerk = clerk_text(facts.clerk_name, facts.payment.clerk)
    closing(roll, facts.office, clerk, facts.number, facts.copy, facts.printed_at)
    title = number_or_stem(facts.number, Series.RECEIPT, facts.payment)
    return Document(title, (roll.sheet(),), Paper.RECEIPT, facts.printed_at)


def _title(roll: Roll, facts: ReceiptFacts) -> None:
    title = both("Provisional receipt", HINDI) if facts.provisional else both("Payment receipt", HINDI)
    roll.boxed([Span(upper_both(title), bold=True)], STRONG)
    if facts.number is None:
        roll.gap(1.2)
        roll.boxed([Span(in_both(both("Not recorded yet", HINDI)), bold=True)], STRONG, inverse=True)
    if facts.payment.protest:
        roll.gap(1.2)
        roll.boxed([Span(upper_both(both("Paid under protest", HINDI)), bold=True)], STRONG)
    if facts.cancelled:
        roll.gap(1.2)
        roll.boxed([Span(upper_both(both("Receipt cancelled", HINDI)), bold=True)], STRONG, inverse=True)
    copy_band(roll, facts.copy, facts.reason)
    roll.gap(1.6)


def _what_was_paid(roll: Roll, facts: ReceiptFacts) -> None:
    label = both("Next receipt", HINDI) if facts.number is None else both("Receipt no.", HINDI)
    roll.strong_fact(label, number_or_stem(facts.number, Series.RECEIPT, facts.payment))
    roll.fact(both("Date, time", HINDI), stamp(facts.at))
    roll.dashes()


def _who_paid(roll: Roll, facts: ReceiptFacts) -> None:
    """Somebody without a connection is known by the application alone."""
    if not facts.payment.consumer:
        return
    roll.strong_fact(both("Consumer no.", HINDI), facts.payment.consumer)
    roll.sides([Span(printable(facts.name_hi), bold=True)], [Span(printable(facts.name_en))], NAME)
    if facts.address:
        roll.paragraph(printable(facts.address))
    roll.dashes()


def _what_for(roll: Roll, facts: ReceiptFacts) -> None:
    """The bill, or what else the money is for; and on which order it rests."""
    payment = facts.payment
    if facts.paid_for.lead:
        roll.sides(label_spans(both("For", HINDI)), [Span(side_by_side(facts.paid_for), bold=True)])
        roll.fact(both("Basis", HINDI), printable(payment.order))
    if payment.bill_month:
        roll.fact(both("Bill month", HINDI), month_text(payment.bill_month))
    if payment.due_date:
        roll.fact(both("Due date", HINDI), day(payment.due_date))
    if payment.bill_number:
        roll.fact(both("Amount due", HINDI), rupees(payment.due))


def _amount(roll: Roll, amount: Paise) -> None:
    """The one large thing on the paper, with its words."""
    roll.rule()
    label = both("Amount received", HINDI)
    text = rupees(amount)
    labels_room = max(measure(label.lead, STRONG, True), measure(label.second, BODY))
    size = fitted(text, _AMOUNT, ROOM - labels_room - 2, bold=True, least=_LEAST_AMOUNT)
    top = roll.y
    roll.items.append(Text(LEFT, top + STRONG * POINT * 1.2, label.lead, STRONG, bold=True))
    roll.items.append(Text(LEFT, top + STRONG * POINT * 2.6, label.second, BODY))
    base = top + _AMOUNT * POINT * 0.98
    roll.items.append(Text(RIGHT, base, text, size, bold=True, align=Align.RIGHT))
    roll.y = top + _AMOUNT * POINT * 1.25
    for language in (Language.HINDI, Language.ENGLISH):
        roll.paragraph(in_words(amount, language))
    roll.rule()


def _how(roll: Roll, facts: ReceiptFacts) -> None:
    """Each tender, and for cash what was given and what went back."""
    mode = label_spans(both("Mode", HINDI))
    tenders = facts.payment.tenders
    for each in tenders:
        words = [Span(side_by_side(tender(each.kind, HINDI)), bold=True)]
        if len(tenders) > 1:
            words.append(Span(rupees(each.amount), bold=True))
        roll.sides(mode, words)
        _tender_facts(roll, each, counted_alone=facts.payment.basket is None)
    if facts.payment.bill_number:
        credit = facts.balance < 0
        label = both("Advance with us", HINDI) if credit else both("Balance due", HINDI)
        roll.fact(label, rupees(abs(facts.balance)), bold=True)


def _tender_facts(roll: Roll, each: Tender, *, counted_alone: bool) -> None:
    if each.given and counted_alone:
        given = side_by_side(both("Given", HINDI))
        returned = side_by_side(both("Returned", HINDI))
        roll.sides(
            [Span(f"{given} {rupees(each.given)}")],
            [Span(f"{returned} {rupees(each.returned)}")],
        )
    if each.reference:
        roll.fact(both(_REFERENCES[each.kind], HINDI), printable(each.reference))
    if each.dated:
        roll.fact(both("Bank, date", HINDI), f"{printable(each.bank)}, {day(each.dated)}")
    if each.approval:
        roll.fact(both("Approval no.", HINDI), printable(each.approval))


def _where_it_went(roll: Roll, facts: ReceiptFacts) -> None:
    """The appropriation, where it is not simply this month's bill paid in full."""
    shares = facts.payment.shares
    if facts.balance <= 0 and all(share.head in _PLAIN_HEADS for share in shares):
        return
    roll.dashes()
    roll.paragraph(side_by_side(both("Applied to", HINDI)), bold=True)
    for share in shares:
        name = side_by_side(head(share.head, HINDI))
        roll.sides([Span(name)], [Span(rupees(share.amount))], SMALL)
    if any(share.head is Head.ADVANCE for share in shares):
        note = both("The advance is set off against coming bills.", HINDI)
        roll.paragraph(note.lead)
        roll.paragraph(note.second)
