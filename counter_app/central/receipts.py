"""What was paid for which bill: the receipts of all counters, until they are cancelled, or moved to another
consumer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.database import Row, Transaction, among
from counter_app.central.overpaid import CANCELLED, Paid, Receipt, overpaid, surplus
from counter_app.central.tables import (
    cancelled,
    consumers,
    entries,
    payments,
    payments_moved,
    surpluses,
    tenders,
)
from counter_app.domain.channel import channel_of
from counter_app.domain.entry import Entry, Header
from counter_app.domain.payment import LONGEST_REFERENCE, REFERRED, PaymentTaken, Tender
from counter_app.domain.undoing import PaymentCancelled, PaymentMoved, TendersCorrected
from counter_app.wire.messages import FeedItem

Bill = tuple[str, str]
Said = list[tuple[str, FeedItem]]

_PAID = select(payments).where(among(payments.c.consumer, "consumers")).order_by(payments.c.nth)
_SURPLUSES = select(surpluses.c.consumer, surpluses.c.bill_number, surpluses.c.surplus).where(
    among(surpluses.c.consumer, "consumers")
)
_CANCELLED = select(
    cancelled.c.consumer, cancelled.c.office, cancelled.c.counter, cancelled.c.serial, cancelled.c.total
).where(among(cancelled.c.consumer, "consumers"))
_MOVED = select(
    payments_moved.c.consumer, payments_moved.c.office, payments_moved.c.counter, payments_moved.c.serial,
    payments_moved.c.slip, payments_moved.c.total,
).where(among(payments_moved.c.consumer, "consumers"))  # fmt: skip
_SURPLUS = insert(surpluses).values(
    consumer=bindparam("consumer"), bill_number=bindparam("bill_number"),
    office=bindparam("office"), surplus=bindparam("surplus"),
)  # fmt: skip
_KEEP_SURPLUS = _SURPLUS.on_conflict_do_update(
    index_elements=["consumer", "bill_number"], set_={"surplus": _SURPLUS.excluded.surplus}
)
_RECEIPT = ("office", "counter", "serial")
_THIS = tuple(payments.c[name] == bindparam(f"its_{name}") for name in _RECEIPT)
_TAKEN = select(entries.c.header, entries.c.payload, entries.c.salt).where(
    *_THIS,
    payments.c.slip == 0,
    *(entries.c[name] == payments.c[name] for name in ("office", "device", "segment", "seq", "hash")),
)
_NAME = update(payments).where(*_THIS, payments.c.slip > 0).values(taken=bindparam("its_hash"))
_MOVED_TO = (
    select(consumers.c.office)
    .where(consumers.c.consumer == payments_moved.c.to_consumer)
    .where(*(payments_moved.c[name] == bindparam(f"its_{name}") for name in _RECEIPT))
)


@dataclass(slots=True)
class Receipts:
    """The receipts within one transaction. ``homes``: to which offices consumers belong, as far as asked."""

    transaction: Transaction
    homes: Mapping[str, str | None]
    bills: dict[Bill, list[Paid]] = field(default_factory=dict)
    at: dict[Receipt, set[Bill]] = field(default_factory=dict)
    ends: dict[str, dict[Receipt, dict[int, int]]] = field(default_factory=dict)
    over: dict[Bill, int] = field(default_factory=dict)
    new_payments: list[Row] = field(default_factory=list)
    new_cancelled: list[Row] = field(default_factory=list)
    new_moved: list[Row] = field(default_factory=list)
    new_tenders: list[Row] = field(default_factory=list)

    def look_up(self, named: Iterable[str]) -> None:
        """Read what is known of consumers' receipts."""
        asked = {"consumers": list(named)}
        if not asked["consumers"]:
            return
        for row in self.transaction.rows(_PAID, asked):
            paid = Paid(*row)
            if len(self.bills.get(paid.bill, ())) < paid.nth:
                self._put(paid)
        for consumer, office, counter, serial, total in self.transaction.rows(_CANCELLED, asked):
            self._ends(consumer, (office, counter, serial))[CANCELLED] = total
        for consumer, office, counter, serial, slip, total in self.transaction.rows(_MOVED, asked):
            self._ends(consumer, (office, counter, serial))[slip] = total
        for consumer, number, amount in self.transaction.rows(_SURPLUSES, asked):
            self.over.setdefault((consumer, number), amount)

    def pay(self, entry: Entry, header: Header, payment: PaymentTaken) -> Said:
        """A payment was taken; it may have been moved before it came here."""
        settled = max(0, min(payment.amount, payment.due)) if payment.advance else payment.amount
        receipt = payment.office, payment.counter, payment.serial
        bill = payment.consumer, payment.bill_number
        new = self._new(bill, receipt, entry.hash, header, (payment.due, payment.amount, settled), 0, None)
        if channel_of(payment.counter) is None:
            named = [one for one in payment.tenders if one.kind in REFERRED]
            self._hand_over(receipt, entry.hash, 0, named)
        said = self._weigh(bill, payment.office, header.wall_ms)
        if any(slip != CANCELLED for slip in self._ends(payment.consumer, receipt)):
            self.write()
            self.transaction.do(_NAME, _its(receipt) | {"its_hash": new.hash})
            told = {payment.office, self.homes.get(payment.consumer)}
            homes = {home for (home,) in self.transaction.rows(_MOVED_TO, _its(receipt))} - told
            said += [(home, _unsigned(entry)) for home in sorted(homes)]
        return said

    def cancel(self, header: Header, entry_hash: bytes, payload: PaymentCancelled) -> Said:
        """A receipt counts no more; its payment may still be on the way here."""
        receipt = payload.office, payload.counter, payload.receipt_serial
        ends = self._ends(payload.consumer, receipt)
        if CANCELLED in ends:
            return []
        ends[CANCELLED] = header.running_total
        row = (payload.consumer, *receipt, header.running_total, entry_hash, *place(header))
        self.new_cancelled.append(row)
        return self._weigh_all(payload.consumer, receipt, payload.office, header)

    def move(self, header: Header, entry_hash: bytes, payload: PaymentMoved) -> Said:
        """A receipt counts for another consumer from now on, whose office hears of its payment."""
        receipt = payload.office, payload.counter, payload.receipt_serial
        ends = self._ends(payload.consumer, receipt)
        if payload.serial in ends:
            return []
        ends[payload.serial] = header.running_total
        between = payload.consumer, payload.to_consumer, header.running_total
        self.new_moved.append((*receipt, payload.serial, *between, entry_hash, *place(header)))
        self.write()
        found = self.transaction.rows(_TAKEN, _its(receipt))
        taken = [Entry(packed, body, salt, b"") for packed, body, salt in found]
        named = taken[0].hash if taken else None
        bill, settled = (payload.to_consumer, payload.to_bill_number), min(payload.amount, payload.to_due)
        sums = payload.to_due, payload.amount, max(0, settled)
        self._new(bill, receipt, entry_hash, header, sums, payload.serial, named)
        said = self._weigh_all(payload.consumer, receipt, payload.office, header)
        said += self._weigh(bill, payload.office, header.wall_ms)
        home = self.homes.get(payload.to_consumer)
        if home and home not in {payload.office, self.homes.get(payload.consumer)}:
            said += [(home, one) for one in taken]
        return said

    def correct(self, entry_hash: bytes, payload: TendersCorrected) -> None:
        """The money of a receipt was handed over otherwise."""
        receipt = payload.office, payload.counter, payload.receipt_serial
        self._hand_over(receipt, entry_hash, payload.serial, payload.tenders)

    def write(self) -> None:
        """Write what was gathered."""
        for table, rows in (
            (payments, self.new_payments), (cancelled, self.new_cancelled),
            (payments_moved, self.new_moved), (tenders, self.new_tenders),
        ):  # fmt: skip
            self.transaction.fill(table, rows)
            rows.clear()

    def _new(
        self, bill: Bill, receipt: Receipt, entry_hash: bytes, header: Header, sums: tuple[int, int, int],
        slip: int, taken: bytes | None,
    ) -> Paid:  # fmt: skip
        nth = len(self.bills.get(bill, ())) + 1
        row = (*bill, nth, *receipt, entry_hash, *place(header), header.running_total, *sums, slip, taken)
        paid = Paid(*row)
        self._put(paid)
        self.new_payments.append(paid)
        return paid

    def _hand_over(self, receipt: Receipt, entry_hash: bytes, slip: int, given: Sequence[Tender]) -> None:
        for position, one in enumerate(given):
            named = one.reference if one.kind in REFERRED else ""
            fits = len(named) <= LONGEST_REFERENCE and "\0" not in named
            row = *receipt, entry_hash, position, slip, str(one.kind), named if fits else ""
            self.new_tenders.append(row)

    def _put(self, paid: Paid) -> None:
        self.bills.setdefault(paid.bill, []).append(paid)
        self.at.setdefault(paid.receipt, set()).add(paid.bill)

    def _ends(self, consumer: str, receipt: Receipt) -> dict[int, int]:
        """When a receipt left a consumer: the running total then, by the slip that says so."""
        return self.ends.setdefault(consumer, {}).setdefault(receipt, {})

    def _weigh_all(self, consumer: str, receipt: Receipt, office: str, header: Header) -> Said:
        bills = sorted(bill for bill in self.at.get(receipt, ()) if bill[0] == consumer)
        return [said for bill in bills for said in self._weigh(bill, office, header.wall_ms)]

    def _weigh(self, bill: Bill, office: str, at_ms: int) -> Said:
        """Whom to tell that a bill is overpaid by another amount than before."""
        if not bill[1]:
            return []
        paid = self.bills[bill]
        amount = surplus(paid, self.ends.get(bill[0], {}))
        if amount == self.over.get(bill, 0):
            return []
        self.over[bill] = amount
        home = self.homes.get(bill[0]) or office
        values = {"consumer": bill[0], "bill_number": bill[1], "office": home, "surplus": amount}
        self.transaction.do(_KEEP_SURPLUS, values)
        item = overpaid(paid, amount, at_ms)
        return [(office, item) for office in sorted({home, *(one.office for one in paid)})]


def place(header: Header) -> tuple[bytes, bytes, int]:
    """Device, segment and number, as they stand in rows."""
    return header.device.bytes, header.place.segment.to_bytes(8, "big"), header.place.seq


def _its(receipt: Receipt) -> dict[str, object]:
    return {f"its_{name}": part for name, part in zip(_RECEIPT, receipt, strict=True)}


def _unsigned(entry: Entry) -> Entry:
    return Entry(entry.packed_header, entry.payload, entry.salt, b"")
