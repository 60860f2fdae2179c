"""The centre's books: what follows from the entries of all counters. Everything is only ever added to.

Within a transaction what a batch of entries needs is looked up at once, and what they add is gathered
and written at the end.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.database import Row, Transaction, among
from counter_app.central.tables import (
    acts,
    cancelled,
    complaints,
    consumers,
    payments,
    serials,
    steps,
    surpluses,
)
from counter_app.domain.complaint import ComplaintRegistered, ComplaintStep
from counter_app.domain.drawer import DrawerClosed
from counter_app.domain.entry import Entry, Header
from counter_app.domain.numbering import Serials, Series
from counter_app.domain.payment import PaymentTaken
from counter_app.domain.undoing import PaymentCancelled, RefundAsked
from counter_app.wire.ledgers import Enrolled, Unfit
from counter_app.wire.messages import Item, ItemKind, Reason
from counter_app.wire.payloads import Payload, PayloadDamaged, PayloadUnknown, decode

LONGEST_NAME = 64
LARGEST = 1 << 53
MOST_RECEIPTS = 100
"""How many receipts of an overpaid bill are told, the newest: a body is at most 64 KiB."""

_ACTS = select(acts.c.act, acts.c.hash).where(among(acts.c.act, "acts"))
_FORGET = delete(acts).where(acts.c.act == bindparam("which"))
# Held until the commit: a consumer does not move while entries about it are put into the feeds.
_HOMES = (
    select(consumers.c.consumer, consumers.c.office)
    .where(among(consumers.c.consumer, "consumers"))
    .with_for_update(read=True)
)
_COMPLAINTS = select(complaints.c.act, complaints.c.consumer).where(among(complaints.c.act, "acts"))
_PAID = select(payments).where(among(payments.c.consumer, "consumers")).order_by(payments.c.nth)
_SURPLUSES = select(surpluses.c.consumer, surpluses.c.bill_number, surpluses.c.surplus).where(
    among(surpluses.c.consumer, "consumers")
)
_CANCELLED = select(cancelled).where(among(cancelled.c.consumer, "consumers"))
_SURPLUS = insert(surpluses).values(
    consumer=bindparam("consumer"), bill_number=bindparam("bill_number"),
    office=bindparam("office"), surplus=bindparam("surplus"),
)  # fmt: skip
_KEEP_SURPLUS = _SURPLUS.on_conflict_do_update(
    index_elements=["consumer", "bill_number"], set_={"surplus": _SURPLUS.excluded.surplus}
)
_SERIAL = (serials.c.office == bindparam("office"), serials.c.counter == bindparam("counter"))
_SERIALS = select(serials.c.series, serials.c.serial).where(*_SERIAL)
_RAISE = (
    update(serials)
    .where(*_SERIAL, serials.c.series == bindparam("which"), serials.c.serial < bindparam("least"))
    .values(serial=bindparam("least"))
)
_FIRST = insert(serials).values(
    office=bindparam("office"), counter=bindparam("counter"),
    series=bindparam("which"), serial=bindparam("least"),
).on_conflict_do_nothing(index_elements=["office", "counter", "series"])  # fmt: skip


Receipt = tuple[str, int, int]


class Paid(NamedTuple):
    """A row of ``payments``."""

    consumer: str
    bill_number: str
    nth: int
    office: str
    counter: int
    serial: int
    hash: bytes
    device: bytes
    segment: bytes
    seq: int
    total: int
    due: int
    amount: int
    settled: int

    @property
    def receipt(self) -> Receipt:
        """The number on paper, without its letters."""
        return self.office, self.counter, self.serial


def surplus(paid: Sequence[Paid], cancelled: Mapping[Receipt, int]) -> int:
    """By how much a bill was overpaid by all its payments together, in paise; 0 for not at all.

    A counter always knows its own payments, not always those of others: the bill came at least to what
    was due to a payment and what the same device had taken before (its running total tells the order), less
    what it had cancelled by then. ``cancelled`` has the running total at the time of each cancellation.
    """

    def known_to(one: Paid, earlier: Paid) -> bool:
        counted = cancelled.get(earlier.receipt, one.total) >= one.total
        return earlier.device == one.device and earlier.total < one.total and counted

    billed = max(one.due + sum(e.settled for e in paid if known_to(one, e)) for one in paid)
    return max(0, sum(one.settled for one in paid if one.receipt not in cancelled) - billed)


@dataclass(slots=True)
class Books:
    """The books within one transaction."""

    transaction: Transaction
    owners: dict[bytes, bytes | None] = field(default_factory=dict)
    homes: dict[str, str | None] = field(default_factory=dict)
    about: dict[UUID, str | None] = field(default_factory=dict)
    bills: dict[tuple[str, str], list[Paid]] = field(default_factory=dict)
    over: dict[tuple[str, str], int] = field(default_factory=dict)
    looked_up: set[bytes] = field(default_factory=set)
    highest: dict[tuple[str, int, str], int] = field(default_factory=dict)
    new_acts: list[Row] = field(default_factory=list)
    new_payments: list[Row] = field(default_factory=list)
    new_complaints: list[Row] = field(default_factory=list)
    new_steps: list[Row] = field(default_factory=list)
    cancelled: dict[str, dict[Receipt, int]] = field(default_factory=dict)
    new_cancelled: list[Row] = field(default_factory=list)

    # -- looking up ----------------------------------------------------------------------------------

    def look_up(self, batch: Iterable[Entry]) -> None:
        """Read what integrating these entries will ask for."""
        payloads: list[Payload] = []
        for entry in batch:
            header = entry.header
            self.looked_up.add(entry.hash)
            self.owners.setdefault(header.act.bytes, None)
            try:
                payloads.append(decode(header.kind, header.kind_version, entry.payload))
            except (PayloadUnknown, PayloadDamaged):
                continue
        steps = [one.complaint for one in payloads if isinstance(one, ComplaintStep)]
        self._look_up_acts()
        self._look_up_complaints(steps)
        named = {one.consumer for one in payloads if isinstance(one, PaymentTaken | ComplaintRegistered)}
        self._look_up_homes(named | {one for one in self.about.values() if one})
        self._look_up_bills(
            {one.consumer for one in payloads if isinstance(one, PaymentTaken | PaymentCancelled)}
        )

    def _look_up_acts(self) -> None:
        asked = [act for act, owner in self.owners.items() if owner is None]
        if asked:
            self.owners.update(self.transaction.rows(_ACTS, {"acts": asked}))

    def _look_up_complaints(self, asked: Sequence[UUID]) -> None:
        new = [one.bytes for one in asked if self.about.setdefault(one, None) is None]
        if new:
            found = self.transaction.rows(_COMPLAINTS, {"acts": new})
            self.about.update({UUID(bytes=act): consumer for act, consumer in found})

    def _look_up_homes(self, asked: set[str]) -> None:
        new = [one for one in asked if one not in self.homes and _name(one)]
        if new:
            self.homes.update(dict.fromkeys(new))
            self.homes.update(self.transaction.rows(_HOMES, {"consumers": new}))

    def _look_up_bills(self, asked: set[str]) -> None:
        new = [one for one in asked if _name(one)]
        if not new:
            return
        for row in self.transaction.rows(_PAID, {"consumers": new}):
            paid = Paid(*row)
            known = self.bills.setdefault((paid.consumer, paid.bill_number), [])
            if len(known) < paid.nth:
                known.append(paid)
        for consumer, *receipt, total in self.transaction.rows(_CANCELLED, {"consumers": new}):
            office, counter, serial = receipt
            self.cancelled.setdefault(consumer, {})[office, counter, serial] = total
        for consumer, number, amount in self.transaction.rows(_SURPLUSES, {"consumers": new}):
            self.over.setdefault((consumer, number), amount)

    def act_owner(self, act: UUID) -> bytes | None:
        """The hash of the entry in the books that has this act."""
        if act.bytes not in self.owners:
            self.owners[act.bytes] = None
            self._look_up_acts()
        return self.owners[act.bytes]

    def forget(self, act: UUID) -> None:
        """The entry of this act, of which nothing was read, leaves the books."""
        self.owners[act.bytes] = None
        self.transaction.do(_FORGET, {"which": act.bytes})

    def home(self, payload: Payload | None) -> str | None:
        """The office of the consumer whom a payload is about, where that is known."""
        if isinstance(payload, ComplaintStep):
            consumer = self.about.get(payload.complaint)
        else:
            consumer = getattr(payload, "consumer", None)
        return self.homes.get(consumer) if consumer else None

    def serials(self, office: str, counter: int) -> Serials:
        """The highest number of each series of a counter; 0 for none."""
        found: dict[str, int] = dict(self.transaction.rows(_SERIALS, {"office": office, "counter": counter}))
        return tuple(found.get(series, 0) for series in Series)

    # -- adding --------------------------------------------------------------------------------------

    def add(self, entry: Entry, payload: Payload | None, who: Enrolled) -> Sequence[tuple[str, Item]]:
        """Put an entry into the books; what offices must hear besides. ``Unfit``, nothing changed."""
        entry_hash = entry.hash
        if entry_hash not in self.looked_up:
            self.look_up([entry])
        header = entry.header
        _demand_fitting(payload, who)
        if self.owners[header.act.bytes] != entry_hash:
            self.owners[header.act.bytes] = entry_hash
            self.new_acts.append((header.act.bytes, entry_hash))
        if isinstance(payload, PaymentTaken):
            self._number(who, Series.RECEIPT, payload.serial)
            return self._pay(header, entry_hash, payload)
        if isinstance(payload, PaymentCancelled):
            self._number(who, Series.SLIP, payload.serial)
            return self._cancel(header, payload)
        if isinstance(payload, DrawerClosed) and payload.serial:
            self._number(who, Series.CLOSING, payload.serial)
        if isinstance(payload, RefundAsked):
            self._number(who, Series.SLIP, payload.serial)
        if isinstance(payload, ComplaintRegistered):
            self._number(who, Series.COMPLAINT, payload.serial)
            self.about[header.act] = payload.consumer
            number = payload.office, payload.counter, payload.serial
            self.new_complaints.append(
                (header.act.bytes, payload.consumer, *number, entry_hash, *_place(header))
            )
        if isinstance(payload, ComplaintStep):
            self.new_steps.append((payload.complaint.bytes, entry_hash, who.office, *_place(header)))
        return []

    def _number(self, who: Enrolled, series: Series, serial: int) -> None:
        key = who.office, who.counter, series.value
        self.highest[key] = max(serial, self.highest.get(key, 0))

    def _pay(self, header: Header, entry_hash: bytes, payment: PaymentTaken) -> Sequence[tuple[str, Item]]:
        bill = payment.consumer, payment.bill_number
        settled = max(0, min(payment.amount, payment.due)) if payment.advance else payment.amount
        paid = self.bills.setdefault(bill, [])
        device, segment, seq = _place(header)
        new = Paid(
            *bill, len(paid) + 1, payment.office, payment.counter, payment.serial, entry_hash,
            device, segment, seq, header.running_total, payment.due, payment.amount, settled,
        )  # fmt: skip
        paid.append(new)
        self.new_payments.append(new)
        return self._weigh(bill, payment.office) if payment.bill_number else []

    def _cancel(self, header: Header, payload: PaymentCancelled) -> Sequence[tuple[str, Item]]:
        """A receipt counts no more; its payment may still be on the way here."""
        receipt = payload.office, payload.counter, payload.receipt_serial
        known = self.cancelled.setdefault(payload.consumer, {})
        if receipt in known:
            return []
        known[receipt] = header.running_total
        self.new_cancelled.append((payload.consumer, *receipt, header.running_total))
        bills = [
            bill for bill, paid in self.bills.items() for one in paid if one.receipt == receipt and bill[1]
        ]
        return [said for bill in bills for said in self._weigh(bill, payload.office)]

    def _weigh(self, bill: tuple[str, str], office: str) -> Sequence[tuple[str, Item]]:
        """Whom to tell that a bill is overpaid by another amount than before."""
        paid = self.bills[bill]
        amount = surplus(paid, self.cancelled.get(bill[0], {}))
        if amount == self.over.get(bill, 0):
            return []
        self.over[bill] = amount
        home = self.homes.get(bill[0]) or office
        values = {"consumer": bill[0], "bill_number": bill[1], "office": home, "surplus": amount}
        self.transaction.do(_KEEP_SURPLUS, values)
        item = _overpaid(paid, amount)
        return [(office, item) for office in sorted({home, *(one.office for one in paid)})]

    def write(self) -> None:
        """Write what was gathered."""
        self.transaction.fill(acts, self.new_acts)
        self.transaction.fill(payments, self.new_payments)
        self.transaction.fill(complaints, self.new_complaints)
        self.transaction.fill(steps, self.new_steps)
        self.transaction.fill(cancelled, self.new_cancelled)
        for (office, counter, series), serial in sorted(self.highest.items()):
            values = {"office": office, "counter": counter, "which": series, "least": serial}
            self.transaction.do(_FIRST, values)
            self.transaction.do(_RAISE, values)
        for gathered in (
            self.new_acts,
            self.new_payments,
            self.new_complaints,
            self.new_steps,
            self.new_cancelled,
        ):
            gathered.clear()
        self.highest.clear()


def _place(header: Header) -> tuple[bytes, bytes, int]:
    """Device, segment and number, as they stand in rows."""
    return header.device.bytes, header.place.segment.to_bytes(8, "big"), header.place.seq


def _demand_fitting(payload: Payload | None, who: Enrolled) -> None:
    if isinstance(payload, PaymentTaken | ComplaintRegistered | PaymentCancelled):
        fits = (payload.office, payload.counter) == (who.office, who.counter)
        numbered = 0 < payload.serial < LARGEST
        if not (fits and numbered and (_name(payload.consumer) or not payload.consumer)):
            raise Unfit(Reason.NOT_FITTING)
    if isinstance(payload, PaymentCancelled) and not 0 < payload.receipt_serial < LARGEST:
        raise Unfit(Reason.NOT_FITTING)
    if isinstance(payload, PaymentTaken) and not (
        abs(payload.due) <= LARGEST and (_name(payload.bill_number) or not payload.bill_number)
    ):
        raise Unfit(Reason.NOT_FITTING)


def _name(text: str) -> bool:
    """Whether a text can be a key: neither empty nor endless, and nothing that databases do not store."""
    return 0 < len(text) <= LONGEST_NAME and "\0" not in text


def _overpaid(paid: Sequence[Paid], amount: int) -> Item:
    body = {
        "consumer": paid[0].consumer,
        "bill_number": paid[0].bill_number,
        "surplus": amount,
        "receipts": [
            {"office": one.office, "counter": one.counter, "serial": one.serial,
             "amount": one.amount, "hash": one.hash.hex()}
            for one in paid[-MOST_RECEIPTS:]
        ],
    }  # fmt: skip
    return Item(ItemKind.OVERPAID, json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode())
