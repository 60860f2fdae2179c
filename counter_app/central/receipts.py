"""What was paid for which bill: the receipts of all counters, until they are cancelled, or moved to another
consumer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, Table, bindparam, literal, select, union_all, update
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.database import Row, Transaction, among
from counter_app.central.overpaid import (
    CANCELLED,
    Loss,
    Paid,
    Receipt,
    Settled,
    losses,
    overpaid,
    surplus,
)
from counter_app.central.tables import (
    cancelled,
    consumers,
    entries,
    items,
    payments,
    payments_moved,
    settled,
    surpluses,
    tenders,
)
from counter_app.domain.channel import channel_of
from counter_app.domain.entry import Entry, Header
from counter_app.domain.payment import LONGEST_REFERENCE, REFERRED, PaymentTaken, Tender
from counter_app.domain.undoing import LOST, PaymentCancelled, PaymentMoved, TendersCorrected, TenderSettled
from counter_app.wire.messages import FeedItem
from counter_app.wire.payloads import decode

Bill = tuple[str, str]
Said = list[tuple[str, FeedItem]]

_PAID = select(payments).where(among(payments.c.consumer, "consumers")).order_by(payments.c.nth)
_SURPLUSES = select(surpluses.c.consumer, surpluses.c.bill_number, surpluses.c.surplus).where(
    among(surpluses.c.consumer, "consumers")
)
_CANCELLED = select(
    cancelled.c.consumer, cancelled.c.office, cancelled.c.counter, cancelled.c.serial,
    literal(CANCELLED, payments_moved.c.slip.type), cancelled.c.total,
).where(among(cancelled.c.consumer, "consumers"))  # fmt: skip
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
_ENTRY = (entries.c.header, entries.c.payload, entries.c.salt)
_HAVE_MOVES = select(payments_moved.c.office, payments_moved.c.counter, payments_moved.c.serial).where(
    among(payments_moved.c.office, "offices"), among(payments_moved.c.serial, "serials")
)
_HEARD = select(items.c.hash).where(items.c.office == bindparam("which"), among(items.c.hash, "hashes"))
_HOMES = select(consumers.c.consumer, consumers.c.office).where(among(consumers.c.consumer, "consumers"))


def _about(table: Table) -> "Select[tuple[object, ...]]":
    """The entries behind the rows of a receipt."""
    same = (entries.c[name] == table.c[name] for name in ("office", "device", "segment", "seq", "hash"))
    return select(*_ENTRY).where(*(table.c[name] == bindparam(f"its_{name}") for name in _RECEIPT), *same)


_SINCE = (_about(tenders).where(tenders.c.slip > 0), _about(settled))
_SAID = select(
    settled.c.office, settled.c.counter, settled.c.serial, settled.c.total, settled.c.at_ms, settled.c.seq,
    settled.c.hash, settled.c.position, settled.c.amount, settled.c.outcome,
)  # fmt: skip
_SAID_OF = _SAID.where(*(settled.c[name] == bindparam(f"its_{name}") for name in _RECEIPT))
_SAID_THEN = _SAID.where(among(settled.c.consumer, "consumers"))
_SAID_NOW = _SAID.where(
    *(settled.c[name] == payments.c[name] for name in _RECEIPT), among(payments.c.consumer, "consumers")
)
_OF_CONSUMERS = _PAID, union_all(_CANCELLED, _MOVED), _SURPLUSES, union_all(_SAID_THEN, _SAID_NOW)
_WHOSE = select(payments.c.consumer).where(*_THIS).distinct()


@dataclass(slots=True)
class Receipts:
    """The receipts within one transaction. ``homes``: to which offices consumers belong, as far as asked."""

    transaction: Transaction
    homes: Mapping[str, str | None]
    bills: dict[Bill, list[Paid]] = field(default_factory=dict)
    at: dict[Receipt, set[Bill]] = field(default_factory=dict)
    ends: dict[str, dict[Receipt, dict[int, int]]] = field(default_factory=dict)
    moved: set[Receipt] = field(default_factory=set)
    over: dict[Bill, int] = field(default_factory=dict)
    new_payments: list[Row] = field(default_factory=list)
    new_cancelled: list[Row] = field(default_factory=list)
    new_moved: list[Row] = field(default_factory=list)
    new_tenders: list[Row] = field(default_factory=list)
    said: dict[Receipt, set[Settled]] = field(default_factory=dict)
    lost: dict[Receipt, tuple[Loss, ...]] = field(default_factory=dict)
    new_settled: list[Row] = field(default_factory=list)

    def look_up(self, named: Iterable[str]) -> None:
        """Read what is known of consumers' receipts."""
        asked = {"consumers": list(named)}
        if not asked["consumers"]:
            return
        paid, left, over, said = self.transaction.rows_each(_OF_CONSUMERS, asked)
        for one in (Paid(*row) for row in paid):
            if len(self.bills.get(one.bill, ())) < one.nth:
                self._put(one)
        for consumer, office, counter, serial, slip, total in left:
            self._ends(consumer, (office, counter, serial))[slip] = total
        for consumer, number, amount in over:
            self.over.setdefault((consumer, number), amount)
        for office, counter, serial, *settled_ in said:
            self._note((office, counter, serial), _settled(*settled_))

    def look_up_moves(self, receipts: Iterable[Receipt]) -> None:
        """Read which of some receipts any move is known of, whoever they have left by it."""
        asked = set(receipts)
        if asked:
            offices, serials = sorted({one[0] for one in asked}), sorted({one[2] for one in asked})
            found = self.transaction.rows(_HAVE_MOVES, {"offices": offices, "serials": serials})
            self.moved |= asked & {(office, counter, serial) for office, counter, serial in found}

    def pay(self, entry: Entry, header: Header, payment: PaymentTaken) -> Said:
        """A payment was taken; it may have been moved before it came here."""
        counts = max(0, min(payment.amount, payment.due)) if payment.advance else payment.amount
        receipt = payment.office, payment.counter, payment.serial
        bill = payment.consumer, payment.bill_number
        new = self._new(bill, receipt, entry.hash, header, (payment.due, payment.amount, counts), 0, None)
        if channel_of(payment.counter) is None:
            named = [one for one in payment.tenders if one.kind in REFERRED]
            self._hand_over(receipt, entry.hash, header, 0, named)
        said = self._weigh(bill, payment.office, header.wall_ms)
        if receipt in self.moved:
            self.write()
            self.transaction.do(_NAME, _its(receipt) | {"its_hash": new.hash})
            said += self.tell_moved(entry, payment.consumer, receipt)
        return said

    def is_cancelled(self, payload: PaymentCancelled) -> bool:
        """Whether the receipt that this cancels counts no more already."""
        receipt = payload.office, payload.counter, payload.receipt_serial
        return CANCELLED in self._ends(payload.consumer, receipt)

    def cancel(self, header: Header, entry_hash: bytes, payload: PaymentCancelled) -> Said:
        """A receipt counts no more; its payment may still be on the way here."""
        if self.is_cancelled(payload):
            return []
        receipt = payload.office, payload.counter, payload.receipt_serial
        self._ends(payload.consumer, receipt)[CANCELLED] = header.running_total
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
        told = self._moved_to(receipt)
        between = payload.consumer, payload.to_consumer, header.running_total
        self.new_moved.append((*receipt, payload.serial, *between, entry_hash, *place(header)))
        self.moved.add(receipt)
        self.write()
        self._look_at_losses(receipt)
        found = self.transaction.rows(_TAKEN, _its(receipt))
        taken = [Entry(packed, body, salt, b"") for packed, body, salt in found]
        named = taken[0].hash if taken else None
        bill, counts = (payload.to_consumer, payload.to_bill_number), min(payload.amount, payload.to_due)
        sums = payload.to_due, payload.amount, max(0, counts)
        self._new(bill, receipt, entry_hash, header, sums, payload.serial, named)
        said = self._weigh_all(payload.consumer, receipt, payload.office, header)
        said += self._weigh(bill, payload.office, header.wall_ms)
        home = self.homes.get(payload.to_consumer)
        if home and home not in {payload.office, *told}:
            since = [row for about in _SINCE for row in self.transaction.rows(about, _its(receipt))]
            once = {packed: Entry(packed, body, salt, b"") for packed, body, salt in since}
            said += [(home, one) for one in self._new_to(home, [*taken, *once.values()])]
        return said

    def _new_to(self, home: str, about: Sequence[Entry]) -> list[Entry]:
        """Those entries about a receipt of which an office did not hear yet."""
        named = [(one, _consumer(one)) for one in about]
        asked = {"consumers": sorted({name for _, name in named if name})}
        homes: dict[str, str] = dict(self.transaction.rows(_HOMES, asked))
        new = [one for one, name in named if homes.get(name) != home]
        # When the consumer whom it names belonged there before.
        which = {"which": home, "hashes": [one.hash for one in new]}
        heard = {one for (one,) in self.transaction.rows(_HEARD, which)} if new else set()
        return [one for one in new if one.hash not in heard]

    def correct(self, entry: Entry, header: Header, payload: TendersCorrected) -> Said:
        """The money of a receipt was handed over otherwise."""
        receipt = payload.office, payload.counter, payload.receipt_serial
        self._hand_over(receipt, entry.hash, header, payload.serial, payload.tenders)
        return self.tell_moved(entry, payload.consumer, receipt)

    def settle(self, entry: Entry, header: Header, payload: TenderSettled, receipt: Receipt) -> bool:
        """The bank said what became of a tender. Whether another part of its receipt counts now."""
        lost = payload.amount if payload.outcome in LOST else 0
        age = header.running_total, header.wall_ms, header.place.seq, entry.hash
        said = Settled(*age, payload.position, lost)
        before = self.lost.get(receipt, ())
        self._note(receipt, said)
        fits = _can_be_kept(payload.reference)
        self.new_settled.append(
            (
                *receipt, entry.hash, *place(header), payload.consumer, payload.position,
                header.running_total, header.wall_ms, payload.amount, str(payload.outcome),
                payload.reference if fits else "",
            )
        )  # fmt: skip
        return bool(lost or before)

    def consumers_of(self, receipt: Receipt) -> list[str]:
        """For whom a receipt counts or counted."""
        self.write()
        return [consumer for (consumer,) in self.transaction.rows(_WHOSE, _its(receipt))]

    def weigh(self, consumers_: Iterable[str], receipt: Receipt, header: Header) -> Said:
        """Whom to tell that a bill of the consumers of a receipt is overpaid by another amount."""
        return [
            said for one in sorted(consumers_) for said in self._weigh_all(one, receipt, receipt[0], header)
        ]

    def tell_moved(self, entry: Entry, consumer: str, receipt: Receipt) -> Said:
        """To which other offices an entry goes that names a receipt: of all whom this was ever moved to.

        The moves may come in any order, and before it; of those that come later see ``move``.
        """
        homes = self._moved_to(receipt) - {receipt[0], self.homes.get(consumer)}
        return [(home, _unsigned(entry)) for home in sorted(homes)]

    def _moved_to(self, receipt: Receipt) -> set[str]:
        self.write()
        return {home for (home,) in self.transaction.rows(_MOVED_TO, _its(receipt))}

    def write(self) -> None:
        """Write what was gathered."""
        for table, rows in (
            (payments, self.new_payments), (cancelled, self.new_cancelled),
            (payments_moved, self.new_moved), (tenders, self.new_tenders), (settled, self.new_settled),
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

    def _hand_over(
        self, receipt: Receipt, entry_hash: bytes, header: Header, slip: int, given: Sequence[Tender]
    ) -> None:
        for position, one in enumerate(given):
            named = one.reference if one.kind in REFERRED and _can_be_kept(one.reference) else ""
            row = *receipt, entry_hash, position, *place(header), slip, str(one.kind), named
            self.new_tenders.append(row)

    def _note(self, receipt: Receipt, *said: Settled) -> None:
        known = self.said.setdefault(receipt, set())
        known.update(said)
        self.lost[receipt] = losses(known)

    def _look_at_losses(self, receipt: Receipt) -> None:
        """Read all that the bank said of a receipt, whoever it counted for then."""
        self._note(receipt, *(_settled(*said[3:]) for said in self.transaction.rows(_SAID_OF, _its(receipt))))

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
        amount = surplus(paid, self.ends.get(bill[0], {}), self.lost)
        if amount == self.over.get(bill, 0):
            return []
        self.over[bill] = amount
        home = self.homes.get(bill[0]) or office
        values = {"consumer": bill[0], "bill_number": bill[1], "office": home, "surplus": amount}
        self.transaction.do(_KEEP_SURPLUS, values)
        item = overpaid(paid, amount, at_ms)
        return [(office, item) for office in sorted({home, *(one.office for one in paid)})]


def lost_of(transaction: Transaction, named: Sequence[str]) -> dict[Receipt, int]:
    """What the bank did not pay of the receipts of consumers, in paise."""
    said: dict[Receipt, list[Settled]] = {}
    for office, counter, serial, *one in transaction.rows(_SAID_NOW, {"consumers": list(named)}):
        said.setdefault((office, counter, serial), []).append(_settled(*one))
    return {receipt: losses(found)[-1].amount for receipt, found in said.items()}


def place(header: Header) -> tuple[bytes, bytes, int]:
    """Device, segment and number, as they stand in rows."""
    return header.device.bytes, header.place.segment.to_bytes(8, "big"), header.place.seq


def _can_be_kept(reference: str) -> bool:
    return len(reference) <= LONGEST_REFERENCE and "\0" not in reference


def _settled(
    total: int, at_ms: int, seq: int, entry_hash: bytes, position: int, amount: int, outcome: str
) -> Settled:
    return Settled(total, at_ms, seq, bytes(entry_hash), position, amount if outcome in LOST else 0)


def _its(receipt: Receipt) -> dict[str, object]:
    return {f"its_{name}": part for name, part in zip(_RECEIPT, receipt, strict=True)}


def _consumer(entry: Entry) -> str:
    """The consumer whom an entry about a receipt names."""
    header = entry.header
    payload = decode(header.kind, header.kind_version, entry.payload)
    assert isinstance(payload, PaymentTaken | TendersCorrected | TenderSettled)
    return payload.consumer


def _unsigned(entry: Entry) -> Entry:
    return Entry(entry.packed_header, entry.payload, entry.salt, b"")
