"""What a receipt says, in groups that stand one below the other on a roll and side by side on half an A4.

It says what is true when it is printed: the centre does not know yet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from counter_app.documents.counter_lines import (
    copy_band,
    in_both,
    month_text,
    number_or_stem,
    side_by_side,
    upper_both,
)
from counter_app.documents.fonts import measure, printable
from counter_app.documents.lines import Span, fitted
from counter_app.documents.page import POINT, Align, Text
from counter_app.documents.roll import BODY, SMALL, STRONG, Roll, label_spans
from counter_app.domain.allocation import Head
from counter_app.domain.money import Paise
from counter_app.domain.numbering import Series
from counter_app.domain.office import Office
from counter_app.domain.payment import PaymentTaken, Tender, TenderKind
from counter_app.domain.undoing import PaymentMoved, TendersCorrected
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
class Change:
    """What was done about a receipt that stands, by the slip of this number."""

    number: str
    payload: TendersCorrected | PaymentMoved


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """All that a receipt says. ``number`` is None for a preview, before anything is recorded.

    ``at`` is when the money was taken, ``printed_at`` when this paper is made; ``copy`` is 1 for the
    original, ``reason`` says in words why there is a copy. ``balance`` is what is still due after this
    payment (below zero: the consumer's credit), in paise; ``cancelled``: the receipt counts no more.
    ``code`` is what a scanner reads and the counter signed; a preview has none.
    ``paid_for`` says what it was for, when it was no bill. ``changes`` is what was done about it since, the
    oldest first; the payment's tenders are those that stand. ``half``: half an A4 instead of an 80 mm roll.
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
    changes: tuple[Change, ...] = ()
    half: bool = False

    @property
    def provisional(self) -> bool:
        """Some of the money is not confirmed by anybody but the payer."""
        return not all(each.confirmed for each in self.payment.tenders)


def title(facts: ReceiptFacts) -> Both:
    """What the paper calls itself."""
    return both("Provisional receipt", HINDI) if facts.provisional else both("Payment receipt", HINDI)


def bands(roll: Roll, facts: ReceiptFacts) -> None:
    """In a frame each: what must be seen before anything else is read."""
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
    for change in facts.changes:
        _changed(roll, change)
    roll.gap(1.6)


def _changed(roll: Roll, change: Change) -> None:
    """A receipt that was put right says so, and by which slip."""
    band, notes = change_words(change)
    roll.gap(1.2)
    roll.boxed([Span(upper_both(band), bold=True)], STRONG, inverse=True)
    roll.gap(0.6)
    roll.paragraph(notes.lead)
    roll.paragraph(notes.second)


def change_words(change: Change) -> tuple[Both, Both]:
    """What became of a receipt, in a word and in a sentence with the slip's number."""
    match change.payload:
        case TendersCorrected(before=before):
            band = both("Way of paying corrected", HINDI)
            said = " + ".join(side_by_side(tender(one.kind, HINDI)) for one in before)
            words = N_("Corrected on {day}, slip {number}. The first paper said: {said}.")
            notes = both(words, HINDI, day=day(change.payload.day), number=change.number, said=said)
        case PaymentMoved(to_consumer=consumer):
            band = both("Moved to another account", HINDI)
            words = N_("Moved on {day}, slip {number}. It counts for {consumer}, no more for the one below.")
            notes = both(words, HINDI, day=day(change.payload.day), number=change.number, consumer=consumer)
    return band, notes


def number_and_time(roll: Roll, facts: ReceiptFacts) -> None:
    """Its number and when the money was taken."""
    roll.strong_fact(number_label(facts), number_text(facts))
    roll.fact(both("Date, time", HINDI), stamp(facts.at))
    roll.dashes()


def number_label(facts: ReceiptFacts) -> Both:
    """What stands before the number: before anything is recorded it is only the next one."""
    return both("Next receipt", HINDI) if facts.number is None else both("Receipt no.", HINDI)


def number_text(facts: ReceiptFacts) -> str:
    """The whole number, or its stem while nothing is recorded."""
    return number_or_stem(facts.number, Series.RECEIPT, facts.payment)


def consumer_number(roll: Roll, facts: ReceiptFacts) -> None:
    """Whose account it is; somebody without a connection is known by the application alone."""
    if facts.payment.consumer:
        roll.strong_fact(both("Consumer no.", HINDI), facts.payment.consumer)


def who_paid(roll: Roll, facts: ReceiptFacts) -> None:
    """Name and address of the account."""
    if not facts.payment.consumer:
        return
    roll.names(printable(facts.name_hi), printable(facts.name_en))
    if facts.address:
        roll.paragraph(printable(facts.address))
    roll.dashes()


def what_for(roll: Roll, facts: ReceiptFacts) -> None:
    """What the money is for, when it is no bill; and on which order it rests."""
    if facts.paid_for.lead:
        roll.sides(label_spans(both("For", HINDI)), [Span(side_by_side(facts.paid_for), bold=True)])
        roll.fact(both("Basis", HINDI), printable(facts.payment.order))


def of_bill(roll: Roll, payment: PaymentTaken) -> None:
    """The bill that the money is for."""
    if payment.bill_month:
        roll.fact(both("Bill month", HINDI), month_text(payment.bill_month))
    if payment.due_date:
        roll.fact(both("Due date", HINDI), day(payment.due_date))
    if payment.bill_number:
        roll.fact(both("Amount due", HINDI), rupees(payment.due))


def amount_received(roll: Roll, amount: Paise) -> None:
    """The one large thing on the paper, with its words."""
    roll.rule()
    amount_label(roll)
    large_amount(roll, amount)
    roll.rule()


def amount_label(roll: Roll, *, static: bool = False) -> None:
    """What stands before the amount; ``static``: always at this place. The room stays for the amount."""
    label, top = both("Amount received", HINDI), roll.y
    roll.items += [
        Text(roll.left, top + STRONG * POINT * 1.2, label.lead, STRONG, bold=True, static=static),
        Text(roll.left, top + STRONG * POINT * 2.6, label.second, BODY, static=static),
    ]


def large_amount(roll: Roll, amount: Paise) -> None:
    """The amount beside its label, and in words."""
    label, text = both("Amount received", HINDI), rupees(amount)
    labels_room = max(measure(label.lead, STRONG, True), measure(label.second, BODY))
    size = fitted(text, _AMOUNT, roll.room - labels_room - 2, bold=True, least=_LEAST_AMOUNT)
    base = roll.y + _AMOUNT * POINT * 0.98
    roll.items.append(Text(roll.right, base, text, size, bold=True, align=Align.RIGHT))
    roll.y += _AMOUNT * POINT * 1.25
    for language in (Language.HINDI, Language.ENGLISH):
        roll.paragraph(in_words(amount, language))


def how(roll: Roll, facts: ReceiptFacts) -> None:
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
    for label, said in references(each):
        roll.fact(label, said)


def references(each: Tender) -> Iterator[tuple[Both, str]]:
    """By what a way of paying is known again: numbers, bank and date, each with its label."""
    if each.reference:
        yield both(_REFERENCES[each.kind], HINDI), printable(each.reference)
    if each.dated:
        yield both("Bank, date", HINDI), f"{printable(each.bank)}, {day(each.dated)}"
    elif each.bank:
        yield both("Through", HINDI), printable(each.bank)
    if each.approval:
        yield both("Approval no.", HINDI), printable(each.approval)


def is_plain(facts: ReceiptFacts) -> bool:
    """Whether it is simply this month's bill paid in full, so that nobody asks where the money went."""
    return facts.balance <= 0 and all(share.head in _PLAIN_HEADS for share in facts.payment.shares)


def where_it_went(roll: Roll, facts: ReceiptFacts) -> None:
    """The appropriation."""
    shares = facts.payment.shares
    roll.paragraph(side_by_side(both("Applied to", HINDI)), bold=True)
    for share in shares:
        name = side_by_side(head(share.head, HINDI))
        roll.sides([Span(name)], [Span(rupees(share.amount))], SMALL)
    advance_note(roll, facts)


def advance_note(roll: Roll, facts: ReceiptFacts) -> None:
    """What becomes of money beyond what was due."""
    if any(share.head is Head.ADVANCE for share in facts.payment.shares):
        note = both("The advance is set off against coming bills.", HINDI)
        roll.paragraph(note.lead)
        roll.paragraph(note.second)
