"""What a consumer owes and paid, as the centre knows it: bills and payments of the billing system's files,
and the receipts of all counters and channels.
"""

import hmac
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import NamedTuple, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, select

from counter_app.central.channels.asking import Asked
from counter_app.central.database import Row, Transaction
from counter_app.central.receipts import lost_of
from counter_app.central.tables import cancelled, consumers, entries, known, payments, payments_moved
from counter_app.domain.acts import FileKind
from counter_app.domain.bill import Bill, MonthUse, Payable, payable
from counter_app.domain.central_refusals import ConsumerNotProven, TooManyRequests
from counter_app.domain.channel import channel_of
from counter_app.domain.charges import ON_DUES
from counter_app.domain.consumer import Consumer, read_mobile, whole_number
from counter_app.domain.entry import Header
from counter_app.domain.money import Paise
from counter_app.domain.numbering import Number, Series, hash_letters
from counter_app.domain.payment import PaymentTaken
from counter_app.domain.refusals import ConsumerUnknown, NumberIncomplete
from counter_app.domain.rules import Rules
from counter_app.domain.undoing import PaymentMoved
from counter_app.wire.bodies import PaidElsewhere
from counter_app.wire.payloads import decode

T = TypeVar("T")

MOST_MONTHS = 13
GUESSES_AT_ONCE, GUESSES_PER_S = 5.0, 5 / 900
"""How often a wrong proof is listened to for one consumer, at each gateway."""

COUNTER = "counter"

_CONSUMER = bindparam("consumer", type_=known.c.consumer.type)
_KNOWN = (
    select(consumers.c.office, known.c.kind, known.c.body)
    .where(consumers.c.consumer == _CONSUMER, known.c.consumer == consumers.c.consumer)
)  # fmt: skip
_SELF = _KNOWN.where(known.c.kind == str(FileKind.CONSUMERS))
_SAME = ("office", "device", "segment", "seq", "hash")
_RECEIPT = ("consumer", "office", "counter", "serial")
_RECEIPTS = (
    select(
        payments.c.office, payments.c.counter, payments.c.serial, payments.c.slip, payments.c.hash,
        payments.c.taken, entries.c.header, entries.c.payload,
    )
    .where(payments.c.consumer == _CONSUMER, *(payments.c[one] == entries.c[one] for one in _SAME))
    .where(
        ~select(cancelled.c.serial)
        .where(*(cancelled.c[one] == payments.c[one] for one in _RECEIPT))
        .exists(),
        ~select(payments_moved.c.slip)
        .where(
            *(payments_moved.c[one] == payments.c[one] for one in _RECEIPT),
            payments_moved.c.slip > payments.c.slip,
        )
        .exists(),
    )
)  # fmt: skip


class Paid(NamedTuple):
    """A payment. ``number`` is its receipt's, empty where only the billing system told of it; ``bill`` that
    of the bill it was for. ``posted``: the bill knows it. ``lost``: what of it the bank did not pay.
    """

    on: date
    month: str
    bill: str
    amount: Paise
    channel: str
    reference: str
    number: str
    posted: bool
    act: UUID | None = None
    lost: Paise = 0

    @property
    def counts(self) -> Paise:
        """What of it counts."""
        return self.amount - self.lost


@dataclass(frozen=True, slots=True)
class Account:
    """A consumer, the office, bills and payments, both newest first."""

    consumer: Consumer
    office: str
    bills: tuple[Bill, ...]
    paid: tuple[Paid, ...]

    @property
    def bill(self) -> Bill | None:
        """The newest bill."""
        return self.bills[0] if self.bills else None

    @property
    def history(self) -> tuple[MonthUse, ...]:
        """The months of use, the oldest first."""
        return tuple(
            MonthUse(one.month, one.units, one.current.value, one.current_month, one.basis, one.measured)
            for one in reversed(self.bills[:MOST_MONTHS])
        )

    def payable(self, rules: Rules, on: date) -> Payable | None:
        """What is payable for the newest bill on a day; None without one."""
        bill = self.bill
        if bill is None:
            return None
        counting = [one for one in self.paid if _counts(one, bill)]
        last_day = rules.last_day(bill.due)
        late = sum(one.counts for one in counting if one.on > last_day)
        paid = sum(one.counts for one in counting)
        return payable(bill, paid, on, rules.order(on).heads, late, last_day)


class Served(NamedTuple):
    """A consumer, and the office that serves them."""

    consumer: Consumer
    office: str


def served(asked: Asked, typed: str) -> Served:
    """A consumer whom this key reaches. ``ConsumerUnknown``, ``NumberIncomplete``."""
    number = whole_number(typed)
    return _served(asked, number, asked.transaction.rows(_SELF, {"consumer": number}))


def _served(asked: Asked, number: str, rows: Sequence[Row]) -> Served:
    for consumer in _values(rows, FileKind.CONSUMERS, Consumer):
        if asked.key.reaches(rows[0][0]):
            return Served(consumer, rows[0][0])
    raise ConsumerUnknown(number)


def account(asked: Asked, typed: str) -> Account:
    """The account of a consumer whom this key reaches. ``ConsumerUnknown``, ``NumberIncomplete``."""
    number = whole_number(typed)
    rows = asked.transaction.rows(_KNOWN, {"consumer": number})
    consumer, office = _served(asked, number, rows)
    bills = sorted(_values(rows, FileKind.BILLS, Bill), key=attrgetter("month"), reverse=True)
    told = list(_values(rows, FileKind.PAYMENTS, PaidElsewhere))
    paid = [*_told(told), *_receipts(asked.transaction, number, told)]
    paid.sort(key=lambda one: (one.on, one.number, one.reference), reverse=True)
    return Account(consumer, office, tuple(bills), tuple(paid))


def proven_account(asked: Asked, typed: str, proof: str) -> Account:
    """The account of a consumer who is known by number and proof: the registered mobile, or the number of the
    meter, of a bill, or the old one. ``ConsumerNotProven``, ``TooManyRequests``.
    """
    try:
        found = account(asked, typed)
    except (ConsumerUnknown, NumberIncomplete):
        raise ConsumerNotProven from None
    number = found.consumer.number
    wait = asked.guesses.wait_ms(number, time.monotonic(), 0)
    if not wait and _proves(found, proof):
        return found
    wait = wait or asked.guesses.wait_ms(number, time.monotonic())
    if wait:
        raise TooManyRequests(-(-wait // 1000))
    raise ConsumerNotProven


def _proves(found: Account, proof: str) -> bool:
    who = found.consumer
    given = _plain(read_mobile(proof) or proof)
    knows = [who.mobile, who.meter, who.old_number, *(one.number for one in found.bills)]
    return any(hmac.compare_digest(given, _plain(one)) for one in knows if one)


def _plain(text: str) -> bytes:
    return "".join(filter(str.isalnum, text)).casefold().encode()


def _counts(paid: Paid, bill: Bill) -> bool:
    """Whether a payment is not in a bill yet. Of what counters and channels took one can only go by bill and
    day.
    """
    if not paid.number:
        return not paid.posted
    return paid.bill == bill.number or paid.month == str(bill.month) or paid.on >= bill.issued


def _told(told: Iterable[PaidElsewhere]) -> Iterator[Paid]:
    for one in told:
        if not one.reversed:
            yield Paid(one.on, one.month, "", one.amount, one.channel, one.reference, "", one.posted)


def _receipts(transaction: Transaction, consumer: str, told: Sequence[PaidElsewhere]) -> Iterator[Paid]:
    """The receipts that stand at a consumer, but those of which the billing system told."""
    known_by = {one.reference.upper() for one in told}
    rows = transaction.rows(_RECEIPTS, {"consumer": consumer})
    lost = lost_of(transaction, [consumer]) if rows else {}
    for office, counter, serial, slip, entry_hash, taken, packed, payload in rows:
        hashed = bytes(taken if slip and taken else entry_hash)
        paid = _receipt(
            Number(Series.RECEIPT, office, counter, serial, hash_letters(hashed)), packed, payload
        )
        if paid and known_by.isdisjoint({paid.reference.upper(), paid.number, paid.number[:-4]}):
            yield paid._replace(lost=lost.get((office, counter, serial), 0))


def _receipt(number: Number, packed: bytes, payload: bytes) -> Paid | None:
    header = Header.unpacked(bytes(packed))
    said = decode(header.kind, header.kind_version, bytes(payload))
    channel = str(channel_of(number.counter) or COUNTER)
    match said:
        case PaymentTaken(charge=charge) if charge in ON_DUES:
            reference = said.tenders[0].reference if channel != COUNTER else ""
            made = said.day, said.bill_month, said.bill_number, said.amount
            return Paid(*made, channel, reference, str(number), posted=False, act=header.act)
        case PaymentMoved():
            made = said.day, said.to_bill_month, said.to_bill_number, said.amount
            return Paid(*made, channel, "", str(number), posted=False, act=None)
    return None


def _values(rows: Sequence[Row], kind: FileKind, of: type[T]) -> Iterator[T]:
    return (msgspec.json.decode(body, type=of) for _, which, body in rows if which == kind)
