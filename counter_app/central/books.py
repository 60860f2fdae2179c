"""The centre's books: what follows from the entries of all counters. Everything is only ever added to.

Within a transaction what a batch of entries needs is looked up at once, and what they add is gathered
and written at the end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.database import Row, Transaction, among
from counter_app.central.hours import Hours, Sums
from counter_app.central.receipts import Receipts, place
from counter_app.central.tables import acts, complaints, consumers, serials, steps
from counter_app.domain.acts import NumberGap
from counter_app.domain.complaint import AboutComplaint, ComplaintRegistered
from counter_app.domain.drawer import CashMoved, DrawerClosed, HandoverAccepted
from counter_app.domain.entry import Entry, Header
from counter_app.domain.numbering import Serials, Series
from counter_app.domain.payment import PaymentTaken
from counter_app.domain.undoing import (
    PaymentCancelled,
    PaymentMoved,
    RefundAsked,
    TendersCorrected,
    TenderSettled,
)
from counter_app.wire.ledgers import Enrolled, Unfit
from counter_app.wire.messages import FeedItem, Reason
from counter_app.wire.payloads import Payload, PayloadDamaged, PayloadUnknown, decode

LONGEST_NAME = 64
LARGEST = 1 << 53

_Numbered = (
    PaymentTaken | ComplaintRegistered | PaymentCancelled | TendersCorrected | PaymentMoved | RefundAsked
    | CashMoved | HandoverAccepted | DrawerClosed
)  # fmt: skip
_ACTS = select(acts.c.act, acts.c.hash).where(among(acts.c.act, "acts"))
_FORGET = delete(acts).where(acts.c.act == bindparam("which"))
# Held until the commit: a consumer does not move, and a complaint is not erased, while entries about it are
# put into the feeds.
_HOMES = (
    select(consumers.c.consumer, consumers.c.office)
    .where(among(consumers.c.consumer, "consumers"))
    .with_for_update(read=True)
)
_COMPLAINTS = (
    select(complaints.c.act, complaints.c.consumer)
    .where(among(complaints.c.act, "acts"))
    .with_for_update(read=True)
)
_SERIAL = (serials.c.office == bindparam("office"), serials.c.counter == bindparam("counter"))
_SERIALS = select(serials.c.series, serials.c.serial).where(*_SERIAL)
_RAISE = insert(serials).values(
    office=bindparam("office"), counter=bindparam("counter"),
    series=bindparam("which"), serial=bindparam("least"),
)  # fmt: skip
_RAISE = _RAISE.on_conflict_do_update(
    index_elements=["office", "counter", "series"],
    set_={"serial": _RAISE.excluded.serial},
    where=serials.c.serial < _RAISE.excluded.serial,
)


@dataclass(slots=True)
class Books:
    """The books within one transaction."""

    transaction: Transaction
    owners: dict[bytes, bytes | None] = field(default_factory=dict)
    homes: dict[str, str | None] = field(default_factory=dict)
    about: dict[UUID, str | None] = field(default_factory=dict)
    looked_up: set[bytes] = field(default_factory=set)
    highest: dict[tuple[str, int, str], int] = field(default_factory=dict)
    new_acts: list[Row] = field(default_factory=list)
    new_complaints: list[Row] = field(default_factory=list)
    new_steps: list[Row] = field(default_factory=list)
    receipts: Receipts = field(init=False)
    hours: Hours = field(init=False)

    def __post_init__(self) -> None:
        self.hours = Hours(self.transaction)
        self.receipts = Receipts(self.transaction, self.homes)

    # -- looking up ----------------------------------------------------------------------------------

    def look_up(self, batch: Iterable[Entry]) -> list[tuple[Header, Payload]]:
        """Read what integrating these entries will ask for; what of them could be read."""
        read: list[tuple[Header, Payload]] = []
        for entry in batch:
            header = entry.header
            self.looked_up.add(entry.hash)
            self.owners.setdefault(header.act.bytes, None)
            try:
                read.append((header, decode(header.kind, header.kind_version, entry.payload)))
            except (PayloadUnknown, PayloadDamaged):
                continue
        payloads = [payload for _, payload in read]
        self._look_up_acts()
        self._look_up_complaints([one.complaint for one in payloads if isinstance(one, AboutComplaint)])
        named = {consumer for one in payloads for consumer in _consumers(one)}
        self._look_up_homes(named | {one for one in self.about.values() if one})
        receipts = PaymentTaken | PaymentCancelled | PaymentMoved | TendersCorrected | TenderSettled
        paying = {consumer for one in payloads if isinstance(one, receipts) for consumer in _consumers(one)}
        self.receipts.look_up(filter(_name, paying))
        taken = [one for one in payloads if isinstance(one, PaymentTaken)]
        self.receipts.look_up_moves((one.office, one.counter, one.serial) for one in taken)
        return read

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

    def knows(self, complaint: UUID) -> bool:
        """Whether a complaint is in the books."""
        return self.about.get(complaint) is not None

    def homes_of(self, payload: Payload | None) -> set[str]:
        """The offices of the consumers whom a payload is about, as far as they are known."""
        if isinstance(payload, AboutComplaint):
            consumers_ = [self.about.get(payload.complaint)]
        else:
            consumers_ = [*_consumers(payload)]
        return {home for one in consumers_ if one and (home := self.homes.get(one))}

    def serials(self, office: str, counter: int) -> Serials:
        """The highest number of each series that a counter gave out or declared given out; 0 for none."""
        found: dict[str, int] = dict(self.transaction.rows(_SERIALS, {"office": office, "counter": counter}))
        return tuple(found.get(series, 0) for series in Series)

    # -- adding --------------------------------------------------------------------------------------

    def add(self, entry: Entry, payload: Payload | None, who: Enrolled) -> Sequence[tuple[str, FeedItem]]:
        """Put an entry into the books; what offices must hear besides. ``Unfit``, nothing changed."""
        entry_hash = entry.hash
        if entry_hash not in self.looked_up:
            self.look_up([entry])
        header = entry.header
        _demand_fitting(payload, who)
        if self.owners[header.act.bytes] != entry_hash:
            self.owners[header.act.bytes] = entry_hash
            self.new_acts.append((header.act.bytes, entry_hash))
        if isinstance(payload, _Numbered) and payload.serial:
            self._number(who, _series(payload), payload.serial)
        match payload:
            case NumberGap():
                for series, serial in payload.given.items():
                    self._number(who, series, serial)
            case PaymentTaken(amount=amount):
                self.hours.count(who.office, who.counter, header, Sums(receipts=1, collected=amount))
                return self.receipts.pay(entry, header, payload)
            case PaymentCancelled(amount=amount):
                if not self.receipts.is_cancelled(payload):
                    taken_off = Sums(receipts=-1, collected=-amount)
                    self.hours.count(who.office, who.counter, header, taken_off)
                return self.receipts.cancel(header, entry_hash, payload)
            case PaymentMoved():
                return self.receipts.move(header, entry_hash, payload)
            case TendersCorrected():
                return self.receipts.correct(entry, header, payload)
            case TenderSettled():
                return self._settle(entry, payload, who)
            case ComplaintRegistered(consumer=consumer, office=office, counter=counter, serial=serial):
                self.about[header.act] = consumer
                row = (header.act.bytes, consumer, office, counter, serial, entry_hash, *place(header))
                self.new_complaints.append(row)
                self.hours.count(who.office, who.counter, header, Sums(complaints=1))
            case _ if isinstance(payload, AboutComplaint):
                self.new_steps.append((payload.complaint.bytes, entry_hash, who.office, *place(header)))
        return []

    def _settle(self, entry: Entry, payload: TenderSettled, who: Enrolled) -> Sequence[tuple[str, FeedItem]]:
        """What the bank said of a tender, whoever its receipt counts for by now."""
        receipt, header = (who.office, who.counter, payload.receipt_serial), entry.header
        said: list[tuple[str, FeedItem]] = []
        if self.receipts.settle(entry, header, payload, receipt):
            whose = self.receipts.consumers_of(receipt)
            self._look_up_homes(set(whose))
            self.receipts.look_up(whose)
            said = self.receipts.weigh(whose, receipt, header)
        return said + self.receipts.tell_moved(entry, payload.consumer, receipt)

    def _number(self, who: Enrolled, series: Series, serial: int) -> None:
        key = who.office, who.counter, series.value
        self.highest[key] = max(serial, self.highest.get(key, 0))

    def write(self) -> None:
        """Write what was gathered."""
        self.transaction.fill(acts, self.new_acts)
        self.transaction.fill(complaints, self.new_complaints)
        self.transaction.fill(steps, self.new_steps)
        self.receipts.write()
        self.hours.write()
        raised = [
            {"office": office, "counter": counter, "which": series, "least": serial}
            for (office, counter, series), serial in sorted(self.highest.items())
        ]
        self.transaction.do_each(_RAISE, raised)
        for gathered in (self.new_acts, self.new_complaints, self.new_steps):
            gathered.clear()
        self.highest.clear()


def _series(payload: _Numbered) -> Series:
    """Which of its counter's series a payload counts in."""
    match payload:
        case PaymentTaken():
            return Series.RECEIPT
        case ComplaintRegistered():
            return Series.COMPLAINT
        case CashMoved() | HandoverAccepted():
            return Series.MOVE
        case DrawerClosed():
            return Series.CLOSING
    return Series.SLIP


def _consumers(payload: Payload | None) -> tuple[str, ...]:
    """The consumers whose money or complaint a payload is about."""
    match payload:
        case PaymentMoved(consumer=consumer, to_consumer=other):
            return consumer, other
        case (
            PaymentTaken(consumer=consumer)
            | PaymentCancelled(consumer=consumer)
            | TendersCorrected(consumer=consumer)
            | RefundAsked(consumer=consumer)
            | TenderSettled(consumer=consumer)
            | ComplaintRegistered(consumer=consumer)
        ):
            return (consumer,)
    return ()


def _demand_fitting(payload: Payload | None, who: Enrolled) -> None:
    """``Unfit`` when a payload is of another counter, or says what no counter says and no table takes."""
    fits = all(_name(consumer) or not consumer for consumer in _consumers(payload))
    # The first version of a closing has no number and names no counter.
    if isinstance(payload, _Numbered) and not (isinstance(payload, DrawerClosed) and not payload.serial):
        named = payload.office, payload.counter
        fits = fits and named == (who.office, who.counter) and 0 < payload.serial < LARGEST
    match payload:
        case NumberGap():
            fits = all(0 <= serial < LARGEST for serial in payload.given.values())
        case PaymentTaken(due=due, bill_number=number):
            fits = fits and abs(due) <= LARGEST and (_name(number) or not number)
        case PaymentCancelled(receipt_serial=serial) | TendersCorrected(receipt_serial=serial):
            fits = fits and 0 < serial < LARGEST
        case TenderSettled(receipt_serial=serial, position=position, amount=amount):
            fits = fits and 0 < serial < LARGEST and 0 <= position < LARGEST and abs(amount) <= LARGEST
        case PaymentMoved(receipt_serial=serial, to_due=due, to_bill_number=number, to_consumer=to):
            fits = fits and 0 < serial < LARGEST and abs(due) <= LARGEST and _name(to)
            fits = fits and (_name(number) or not number)
    if not fits:
        raise Unfit(Reason.NOT_FITTING)


def _name(text: str) -> bool:
    """Whether a text can be a key: neither empty nor endless, and nothing that databases do not store."""
    return 0 < len(text) <= LONGEST_NAME and "\0" not in text
