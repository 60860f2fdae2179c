"""Payments of the channels: taken with a receipt like at a window, for the money has moved already."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, func, select, tuple_, union_all

from counter_app.central.channels import shapes
from counter_app.central.channels.accounts import Account, Paid, account, proven_account, served
from counter_app.central.channels.asking import Asked, Said
from counter_app.central.channels.pens import Pen, take_turn
from counter_app.central.tables import (
    cancelled,
    channel_payments,
    entries,
    imports,
    payments,
    settled,
    tenders,
)
from counter_app.domain.acts import FileKind
from counter_app.domain.allocation import Head, allocate
from counter_app.domain.central_refusals import PaidInFuture, PaymentAtCounter, PaymentReported
from counter_app.domain.channel import Channel, PaidBy, channel_of, online
from counter_app.domain.days import business_day, from_millis
from counter_app.domain.entry import Header
from counter_app.domain.money import RUPEE, to_rupee
from counter_app.domain.numbering import Number, Series, hash_letters, read_number
from counter_app.domain.payment import PaymentTaken, Tender, TenderKind
from counter_app.domain.refusals import ReceiptUnknown
from counter_app.domain.undoing import Outcome
from counter_app.wire.payloads import PayloadDamaged, PayloadUnknown, decode

CLOCKS_APART = timedelta(minutes=5)
LONGEST_AGO = timedelta(days=366)
"""What is older was typed wrong."""

_STORED = (entries.c.header, entries.c.payload, entries.c.hash)
_IN_BOOKS = (
    payments.c.slip == 0,
    *(payments.c[one] == entries.c[one] for one in ("office", "device", "segment", "seq", "hash")),
)
_BY_ACT = select(*_STORED).where(
    channel_payments.c.act == bindparam("which"),
    *(payments.c[one] == channel_payments.c[one] for one in ("office", "counter", "serial")),
    *_IN_BOOKS,
)
_NUMBERED = select(*_STORED).where(
    payments.c.office == bindparam("of"),
    payments.c.counter == bindparam("counter"),
    payments.c.serial == bindparam("serial"),
    *_IN_BOOKS,
)
_REPORTED = select(channel_payments.c.act).where(
    channel_payments.c.paid_by == bindparam("by"), channel_payments.c.reference == bindparam("reference")
)
_ITS = ("office", "counter", "serial")
_LATER, _EVERY = tenders.alias(), payments.alias()
# Receipts that were not cancelled, which may have been done where they were moved to.
_RECEIPTS = select(payments.c.office, payments.c.counter, payments.c.serial, payments.c.hash).where(
    payments.c.slip == 0,
    ~select(cancelled.c.serial)
    .where(*(_EVERY.c[one] == payments.c[one] for one in _ITS), cancelled.c.consumer == _EVERY.c.consumer)
    .where(*(cancelled.c[one] == payments.c[one] for one in _ITS))
    .exists(),
)
# Those of windows that name this money.
_AT_COUNTER = _RECEIPTS.where(
    tenders.c.kind == bindparam("kind"),
    tenders.c.reference == bindparam("reference"),
    *(payments.c[one] == tenders.c[one] for one in _ITS),
    ~select(_LATER.c.slip)
    .where(*(_LATER.c[one] == tenders.c[one] for one in _ITS), _LATER.c.slip > tenders.c.slip)
    .exists(),
)
_NEWER = settled.alias()
_AGE = ("total", "at_ms", "seq", "hash")
# And those whose money came under this reference, whatever was typed.
_CAME = _RECEIPTS.where(
    settled.c.reference == bindparam("reference"),
    settled.c.outcome == str(Outcome.CONFIRMED),
    *(payments.c[one] == settled.c[one] for one in _ITS),
    ~select(_NEWER.c.hash)
    .where(*(_NEWER.c[one] == settled.c[one] for one in (*_ITS, "position")))
    .where(tuple_(*(_NEWER.c[one] for one in _AGE)) > tuple_(*(settled.c[one] for one in _AGE)))
    .exists(),
)
_THERE = union_all(_AT_COUNTER, _CAME)
_AS_OF = select(func.max(imports.c.at_ms)).where(
    imports.c.office == bindparam("of"), imports.c.kind == str(FileKind.BILLS)
)


class Taken(NamedTuple):
    """A payment in the books that a channel reported."""

    act: UUID
    device: UUID
    entry_hash: bytes
    channel: Channel
    at: datetime
    payment: PaymentTaken

    @property
    def number(self) -> Number:
        """The number of its receipt."""
        paid = self.payment
        letters = hash_letters(self.entry_hash)
        return Number(Series.RECEIPT, paid.office, paid.counter, paid.serial, letters)


def report(asked: Asked, said: Said, new: shapes.NewPayment) -> shapes.Payment:
    """Record money that has moved; the same request again tells what stands. ``PaymentReported``,
    ``PaymentAtCounter``.
    """
    act = asked.act(said)
    if asked.came_before(said):
        return told(_of_act(asked, act, said.request))
    tender = online(new.paid_by, new.amount * RUPEE, new.reference, confirmed=new.confirmed)
    office = served(asked, new.consumer).office
    asked.office(office)
    _refuse_reported(asked, new.paid_by, tender.reference)
    paid_at = new.paid_at or asked.at
    if not asked.at - LONGEST_AGO <= paid_at <= asked.at + CLOCKS_APART:
        raise PaidInFuture
    asked.note(said)
    take_turn(asked.transaction, office)  # before the pen, like everybody who takes both
    _refuse_at_counter(asked, tender)
    pen = asked.pen(office)
    payment = _made(asked, account(asked, new.consumer), tender, pen, paid_at)
    payment = replace(payment, advance=payment.advance and new.advance)
    row = (str(new.paid_by), tender.reference, act.bytes, payment.office, payment.counter, payment.serial)
    asked.transaction.fill(channel_payments, [row])
    entry = pen.write(payment, act, payment.amount)
    pen.put_down()
    recorded = _taken(entry.packed_header, entry.payload, entry.hash)
    assert recorded is not None
    return told(recorded)


def shown(asked: Asked, number: str) -> shapes.Payment:
    """A payment by the whole number of its receipt. ``ReceiptUnknown``."""
    return told(named(asked, number))


def of_consumer(asked: Asked, number: str, proof: str) -> list[shapes.Paid]:
    """A consumer's payments, the newest first."""
    return [_paid(one) for one in proven_account(asked, number, proof).paid]


def named(asked: Asked, typed: str) -> Taken:
    """What a channel reported under the whole number of a receipt. ``ReceiptUnknown``."""
    sought = read_number(typed)
    if sought is None or sought.series is not Series.RECEIPT or not (sought.office and sought.letters):
        raise ReceiptUnknown(typed)
    at = {"of": sought.office, "counter": sought.counter, "serial": sought.serial}
    for row in asked.transaction.rows(_NUMBERED, at):
        found = _taken(*row)
        if found and found.number.letters == sought.letters and asked.key.reaches(sought.office):
            return found
    raise ReceiptUnknown(typed)


def told(taken: Taken) -> shapes.Payment:
    """What never changes about a payment."""
    paid = taken.payment
    tender = paid.tenders[0]
    over = sum(share.amount for share in paid.shares if share.head is Head.ADVANCE)
    return shapes.Payment(
        receipt=str(taken.number), consumer=paid.consumer, office=paid.office, amount=paid.amount // RUPEE,
        paid_by=_paid_by(tender), reference=tender.reference, confirmed=tender.confirmed, paid_on=paid.day,
        bill_month=paid.bill_month, advance=to_rupee(over) // RUPEE,
    )  # fmt: skip


def _made(asked: Asked, owes: Account, tender: Tender, pen: Pen, paid_at: datetime) -> PaymentTaken:
    """What is recorded, at the pen's office, whoever serves the consumer by now. Without a bill all of it is
    an advance.
    """
    day, bill = business_day(paid_at), owes.bill
    order = asked.rules.order(day)
    payable = owes.payable(asked.rules, day)
    shares = allocate(tender.amount, payable.owed if payable else {}, order.heads)
    heard = asked.transaction.rows(_AS_OF, {"of": owes.office})[0][0]
    return PaymentTaken(
        serial=pen.serial(Series.RECEIPT), office=pen.office, counter=asked.channel.counter, day=day,
        consumer=owes.consumer.number, bill_number=bill.number if bill else "",
        bill_month=str(bill.month) if bill else "", due_date=bill.due if bill else None,
        due=payable.amount if payable else 0, dues_as_of=from_millis(heard) if heard else None,
        amount=tender.amount, tenders=(tender,), shares=shares, order=order.ruling.name,
        advance=any(share.head is Head.ADVANCE for share in shares), clerk=str(asked.channel),
        within_due=bill is not None and day <= asked.rules.last_day(bill.due),
    )  # fmt: skip


def _refuse_reported(asked: Asked, paid_by: PaidBy, reference: str) -> None:
    for (act,) in asked.transaction.rows(_REPORTED, {"by": str(paid_by), "reference": reference}):
        first = _of_act(asked, UUID(bytes=bytes(act)), reference)
        raise PaymentReported(str(first.number) if asked.key.reaches(first.payment.office) else "—")


def _refuse_at_counter(asked: Asked, tender: Tender) -> None:
    named = {"reference": tender.reference, "kind": str(tender.kind)}
    for office, counter, serial, entry_hash in asked.transaction.rows(_THERE, named):
        number = Number(Series.RECEIPT, office, counter, serial, hash_letters(bytes(entry_hash)))
        raise PaymentAtCounter(str(number) if asked.key.reaches(office) else "—")


def _of_act(asked: Asked, act: UUID, typed: str) -> Taken:
    for row in asked.transaction.rows(_BY_ACT, {"which": act.bytes}):
        if found := _taken(*row):
            return found
    raise ReceiptUnknown(typed)


def _taken(packed: bytes, payload: bytes, entry_hash: bytes) -> Taken | None:
    header = Header.unpacked(bytes(packed))
    try:
        paid = decode(header.kind, header.kind_version, bytes(payload))
    except (PayloadUnknown, PayloadDamaged):
        return None
    channel = channel_of(paid.counter) if isinstance(paid, PaymentTaken) else None
    if channel is None or not isinstance(paid, PaymentTaken):
        return None
    at = from_millis(header.wall_ms)
    return Taken(header.act, header.device, bytes(entry_hash), channel, at, paid)


def _paid_by(tender: Tender) -> str:
    return str(PaidBy.BHIM_UPI) if tender.kind is TenderKind.UPI else tender.bank.replace(" ", "-").lower()


def _paid(one: Paid) -> shapes.Paid:
    return shapes.Paid(
        paid_on=one.on, amount=to_rupee(one.amount) // RUPEE, channel=one.channel, reference=one.reference,
        receipt=one.number, bill_month=one.month, in_bill=one.posted, lost=to_rupee(one.lost) // RUPEE,
    )  # fmt: skip
