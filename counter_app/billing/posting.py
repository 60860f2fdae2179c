"""What the counter took, as rows for the billing side. Each row follows from the record alone."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from counter_app.domain.complaint import ComplaintRegistered
from counter_app.domain.days import business_day, in_india
from counter_app.domain.money import RUPEE, Paise
from counter_app.domain.numbering import Number
from counter_app.domain.payment import PaymentTaken, Tender, TenderKind
from counter_app.domain.undoing import (
    PaymentCancelled,
    PaymentMoved,
    RefundAsked,
    TendersCorrected,
    TenderSettled,
    Undoings,
)
from counter_app.words.dates import day

_WHAT: dict[type[Undoings], str] = {
    PaymentCancelled: "cancelled",
    TendersCorrected: "corrected",
    PaymentMoved: "moved",
    RefundAsked: "refund asked",
}

PAYMENTS = (
    "number", "serial", "consumer", "bill_number", "bill_month", "paid_on", "paid_at", "amount", "cash",
    "upi", "upi_reference", "upi_confirmed", "card", "card_last_four", "card_approval", "advance", "counter",
    "clerk", "cancelled", "cheque", "cheque_number", "cheque_bank", "cheque_date", "other",
    "other_reference", "paid_for", "order", "protest", "within_due", "offline", "heard_at", "basket",
)  # fmt: skip
CHANGES = (
    "number", "serial", "what", "done_on", "done_at", "receipt", "consumer", "amount", "cash_back",
    "to_consumer", "to_bill_number", "to_bill_month", "cash", "upi", "upi_reference", "card",
    "card_last_four", "card_approval", "cheque", "cheque_number", "cheque_bank", "cheque_date", "other",
    "other_reference", "why", "note", "clerk", "agreed_by", "agreed_how", "counter", "taken_back",
)  # fmt: skip
BANK = (
    "word", "receipt", "consumer", "what", "said_on", "done_on", "done_at", "paid_by", "amount",
    "taken_back", "reference", "charge", "statement", "clerk",
)  # fmt: skip
COMPLAINTS = (
    "number", "serial", "consumer", "type", "priority", "premises", "registered_on", "registered_at",
    "due_by", "mobile", "dtr", "landmark", "note", "counter", "clerk",
)  # fmt: skip


def payment_row(number: Number, at: datetime, paid: PaymentTaken, cancelled: bool) -> Iterator[str]:
    """A payment under ``PAYMENTS``; ``at`` is when it was taken. Amounts in whole rupees.

    A row that says "cancelled" takes back what an earlier file said of the same number.
    """
    tenders = {kind: [one for one in paid.tenders if one.kind is kind] for kind in TenderKind}
    upi, card = tenders[TenderKind.UPI], tenders[TenderKind.CARD]
    yield from (str(number), str(paid.serial), paid.consumer, paid.bill_number, paid.bill_month)
    yield from (day(paid.day), _clock(at), _rupees(paid.amount))
    yield _sum(tenders[TenderKind.CASH])
    yield from (_sum(upi), _joined(one.reference for one in upi))
    yield _yes(all(one.confirmed for one in upi)) if upi else ""
    yield from (_sum(card), _joined(one.reference for one in card), _joined(one.approval for one in card))
    yield from (_yes(paid.advance), f"{paid.office}-{paid.counter}", paid.clerk, _yes(cancelled))
    paper, other = [*tenders[TenderKind.CHEQUE], *tenders[TenderKind.DRAFT]], tenders[TenderKind.OTHER]
    yield from _paper(paper)
    yield from (_sum(other), _joined(one.reference for one in other))
    yield from (paid.charge, paid.order if paid.charge else "", _yes(paid.protest))
    yield from (_yes(paid.within_due), _yes(paid.offline), _stamp(paid.heard_at))
    yield str(paid.basket or "")


def change_row(
    number: Number, receipt: Number, at: datetime, done: Undoings, taken_back: Paise
) -> Iterator[str]:
    """What was done about a receipt, under ``CHANGES``; of a correction all tenders as they are right.

    ``taken_back``: what rows under ``BANK`` took back of the receipt before.
    """
    moved = done if isinstance(done, PaymentMoved) else None
    yield from (str(number), str(done.serial), _WHAT[type(done)], day(done.day), _clock(at), str(receipt))
    yield from (done.consumer, _rupees(done.amount))
    yield _rupees(done.cash_back) if isinstance(done, PaymentCancelled) else ""
    yield from (moved.to_consumer, moved.to_bill_number, moved.to_bill_month) if moved else ("", "", "")
    yield from _right_tenders(done.tenders) if isinstance(done, TendersCorrected) else [""] * 12
    approved = None if isinstance(done, RefundAsked) else done.approved
    yield from (done.why.value, done.note, done.clerk)
    yield from (approved.code, approved.way.value) if approved else ("", "")
    yield f"{done.office}-{done.counter}"
    yield _rupees(taken_back)


def bank_row(
    word: UUID, receipt: Number, at: datetime, paid_by: TenderKind, said: TenderSettled, taken_back: Paise
) -> Iterator[str]:
    """What the bank said of a part of a receipt, under ``BANK``, and what that takes back."""
    yield from (str(word), str(receipt), said.consumer, said.outcome.value, day(said.on))
    yield from (day(business_day(at)), _clock(at), paid_by.value, _rupees(said.amount), _rupees(taken_back))
    yield from (said.reference, _rupees(said.charge), _yes(bool(said.statement)), said.clerk)


def _right_tenders(tenders: Iterable[Tender]) -> Iterator[str]:
    of = {kind: [one for one in tenders if one.kind is kind] for kind in TenderKind}
    upi, card, other = of[TenderKind.UPI], of[TenderKind.CARD], of[TenderKind.OTHER]
    yield _sum(of[TenderKind.CASH])
    yield from (_sum(upi), _joined(one.reference for one in upi))
    yield from (_sum(card), _joined(one.reference for one in card), _joined(one.approval for one in card))
    yield from _paper([*of[TenderKind.CHEQUE], *of[TenderKind.DRAFT]])
    yield from (_sum(other), _joined(one.reference for one in other))


def complaint_row(number: Number, registered: ComplaintRegistered) -> Iterator[str]:
    """A complaint under ``COMPLAINTS``, as it was registered."""
    one = registered
    yield from (str(number), str(one.serial), one.consumer, one.type, str(one.priority))
    yield "urban" if one.urban else "rural"
    yield from (day(one.day), _clock(one.registered_at))
    yield _stamp(one.due_at)
    yield from (one.mobile, one.dtr, one.landmark, one.note)
    yield from (f"{one.office}-{one.counter}", one.clerk)


def _paper(paper: Sequence[Tender]) -> Iterator[str]:
    yield from (_sum(paper), _joined(one.reference for one in paper), _joined(one.bank for one in paper))
    yield _joined(day(one.dated) for one in paper if one.dated)


def _sum(tenders: Iterable[Tender]) -> str:
    return _rupees(sum(one.amount for one in tenders))


def _rupees(amount: Paise) -> str:
    """Whole rupees without commas; a part of one, which no receipt has, would show."""
    whole, part = divmod(amount, RUPEE)
    return f"{whole}.{part:02d}" if part else str(whole)


def _joined(texts: Iterable[str]) -> str:
    return " ".join(filter(None, texts))


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _stamp(at: datetime | None) -> str:
    return f"{day(in_india(at).date())} {_clock(at)}" if at else ""


def _clock(at: datetime) -> str:
    return f"{in_india(at):%H:%M:%S}"
