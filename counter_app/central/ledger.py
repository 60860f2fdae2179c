"""The centre's ledger in SQL: what ``wire`` asks for, within one transaction of the central store."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql import ClauseElement

from counter_app.central import snapshots
from counter_app.central.archiving import marks
from counter_app.central.books import Books
from counter_app.central.database import Database, Row, Transaction, among, retried
from counter_app.central.erasing import Erasing, complaint_of
from counter_app.central.feeds import Feeds
from counter_app.central.handing_over import HandedOver
from counter_app.central.intake import Intake, waiting_offices
from counter_app.central.tables import devices, doubted, held, staff
from counter_app.central.unfinished import Unfinished, offices_to_finish
from counter_app.domain.complaint import AboutComplaint, ComplaintRegistered, ComplaintStep, Stage
from counter_app.domain.entry import Entry
from counter_app.wire.ledgers import Enrolled
from counter_app.wire.messages import Cursor, FeedItem, Mark, Point, Reason, Standing
from counter_app.wire.payloads import Payload, is_known

T = TypeVar("T")

_DEVICE = select(
    devices.c.public_key, devices.c.office, devices.c.counter, devices.c.revoked
).where(devices.c.device == bindparam("device"))  # fmt: skip
_TAKEN = _DEVICE.with_for_update()
_DEVICES = select(devices.c.device, *_DEVICE.selected_columns).where(among(devices.c.device, "devices"))
_FREE = _DEVICES.with_for_update(skip_locked=True)
_HELD_COUNT = (
    select(func.count())
    .select_from(held)
    .where(held.c.office == bindparam("office"), held.c.device == bindparam("device"))
)
# For these an entry is held whose payload can be read.
_READABLE = {Reason.DEVICE_REVOKED, Reason.ACT_REPEATED}
_GONE = select(staff.c.person).where(staff.c.office == bindparam("office"), staff.c.gone == true())
_PLACE = ("office", "device", "segment", "seq", "hash")
_DOUBT = insert(doubted).values({name: bindparam(name) for name in _PLACE}).on_conflict_do_nothing()
_HOLD = insert(held).values({name: bindparam(name) for name in (*_PLACE, "reason")})
_HOLD = _HOLD.on_conflict_do_update(index_elements=list(_PLACE), set_={"reason": _HOLD.excluded.reason})
_HELD_AS = select(held.c.reason).where(*(held.c[name] == bindparam(name) for name in _PLACE))
_RELEASE = delete(held).where(*(held.c[name] == bindparam(name) for name in _PLACE))


def in_ledger(database: Database, work: Callable[["Ledger"], T]) -> T:
    """Do work in one transaction; may be done more than once until one is committed. ``Unavailable``,
    ``Conflict``.
    """

    def once(transaction: Transaction) -> T:
        ledger = Ledger(transaction)
        result = work(ledger)
        ledger.write()
        return result

    return retried(database, once)


class Ledger:
    """A ``CentreLedger``. What integrating adds is gathered; ``write`` must be called before the commit."""

    def __init__(self, transaction: Transaction) -> None:
        self.transaction = transaction
        self._intake = Intake(transaction)
        self._books = Books(transaction)
        self._unfinished = Unfinished(transaction)
        self._erasing = Erasing(transaction)
        self._feeds = Feeds(transaction)
        self._handed = HandedOver(transaction)
        self._devices: dict[UUID, Enrolled] = {}
        self._taken: set[UUID] = set()
        self._gone: dict[str, set[bytes]] = {}

    def write(self) -> None:
        """Write what was gathered; the feeds last, for their rows keep everybody else waiting."""
        self._books.write()
        self._unfinished.write()
        self._intake.write()
        self._feeds.write()

    def enrolled(self, device: UUID) -> Enrolled | None:
        return self._devices.get(device) or self._read(_DEVICE, device)

    def take(self, device: UUID) -> Enrolled:
        taken = self._devices[device] if device in self._taken else self._read(_TAKEN, device)
        assert taken is not None
        self._taken.add(device)
        return taken

    def look_up_devices(self, named: Iterable[UUID]) -> None:
        """Read these devices at once, as far as they are enrolled."""
        asked = [device.bytes for device in named if device not in self._devices]
        for row in self.transaction.rows(_DEVICES, {"devices": asked}) if asked else ():
            self._know(row)

    def know(self, who: Enrolled) -> None:
        """A device that is known to be enrolled, so that nobody need look."""
        self._devices[who.device] = who

    def take_free(self, firsts: Mapping[UUID, Entry]) -> set[UUID]:
        """Take at once those of some devices that nobody else has taken; which these are.

        What receiving a run of each asks for is read, by the run's first entry.
        """
        rows = self.transaction.rows(_FREE, {"devices": [device.bytes for device in firsts]})
        free = {self._know(row) for row in rows}
        self._taken |= free
        self._intake.look_up({device: firsts[device] for device in free})
        return free

    def _read(self, statement: ClauseElement, device: UUID) -> Enrolled | None:
        found = self.transaction.rows(statement, {"device": device.bytes})
        return self._devices[self._know((device.bytes, *found[0]))] if found else None

    def _know(self, row: Row) -> UUID:
        packed, key, office, counter, revoked = row
        device = UUID(bytes=packed)
        self._devices[device] = Enrolled(device, key, office, counter, bool(revoked))
        return device

    def _who(self, device: UUID) -> Enrolled:
        who = self.enrolled(device)
        assert who is not None
        return who

    # -- what is here ----------------------------------------------------------------------------------

    def standings(self, device: UUID) -> Sequence[Standing]:
        return self._intake.standings(self._who(device))

    def archived(self, device: UUID) -> Sequence[Mark]:
        return marks(self.transaction, self._who(device).office, device)

    def serials(self, office: str, counter: int) -> tuple[int, ...]:
        self._books.write()
        return self._books.serials(office, counter)

    def held(self, device: UUID) -> int:
        asked = {"office": self._who(device).office, "device": device.bytes}
        return int(self.transaction.rows(_HELD_COUNT, asked)[0][0])

    # -- receiving -------------------------------------------------------------------------------------

    def standing(self, device: UUID, segment: int) -> Standing:
        return self._intake.standing(self._who(device), segment)

    def hashes(self, device: UUID, segment: int, first: int, last: int) -> Mapping[int, frozenset[bytes]]:
        return self._intake.hashes(self._who(device), segment, first, last)

    def followed(self, device: UUID, hashes: Sequence[bytes]) -> Mapping[bytes, int]:
        return self._intake.followed(self._who(device), hashes)

    def store(self, device: UUID, entries: Sequence[Entry], forks: Sequence[Mark], now_ms: int) -> None:
        self._intake.store(self._who(device), entries, forks, now_ms)

    def unknown(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        known = self._intake.returned(entries)
        return [one for one in entries if one.hash not in known and not self._stored(one)]

    def _stored(self, entry: Entry) -> bool:
        author = self.enrolled(entry.header.device)
        return author is not None and self._intake.stored(author, entry)

    def keep(self, carrier: UUID, entries: Sequence[Entry], now_ms: int) -> None:
        bare = [self._erasing.bare(one) for one in entries]
        authors = [self.enrolled(one.header.device) or self._who(carrier) for one in entries]
        self._intake.keep(carrier, [one.office for one in authors], bare, now_ms)

    # -- integrating -----------------------------------------------------------------------------------

    def pending(self, most: int) -> Sequence[Entry]:
        self.write()
        found: list[tuple[bytes, Entry]] = []
        for office in waiting_offices(self.transaction):
            found += self._intake.pending(office, most)
        waiting = [entry for _, entry in sorted(found, key=lambda one: one[0])]
        for office in offices_to_finish(self.transaction):
            waiting += self._unfinished.ready(office, most)
        return waiting[:most]

    def pending_of(self, office: str, most: int) -> Sequence[Entry]:
        """Like ``pending``, for one office, which nobody else integrates before the commit."""
        waiting = [entry for _, entry in self._intake.pending(office, most)]
        return waiting + self._unfinished.ready(office, most - len(waiting))

    def look_up(self, entries: Sequence[Entry]) -> None:
        """Read at once what integrating these will ask for."""
        self.look_up_devices({entry.header.device for entry in entries})
        read = self._books.look_up(entries)
        named = (complaint_of(header, payload) for header, payload in read)
        about = [complaint for complaint in named if complaint is not None]
        self._erasing.look_up(about)
        self._handed.look_up(about)

    def act_owner(self, act: UUID) -> bytes | None:
        return self._books.act_owner(act)

    def fold(self, entry: Entry, payload: Payload | None) -> Sequence[tuple[str, FeedItem]]:
        header, place = entry.header, self._place(entry)
        who = self._who(header.device)
        self._intake.flush()
        heard = self._books.act_owner(header.act) == entry.hash
        beside: list[tuple[str, FeedItem]] = []
        if not (heard and any(self._unfinished.let_go(place))):
            beside += self._books.add(entry, payload, who)
            if isinstance(payload, ComplaintRegistered):
                self._handed.offices(header.act).add(who.office)
            if isinstance(payload, ComplaintStep) and payload.stage is Stage.TRANSFERRED:
                self._books.write()  # what came with it is handed over as well
                beside += self._handed.add(entry, payload)
        if not heard and not self._intake.settled(who, entry):
            self.transaction.do(_RELEASE, place)
        if header.person.bytes in self._who_is_gone(who.office):
            self.transaction.do(_DOUBT, place)
        if payload is None and not is_known(header.kind, header.kind_version):
            self._unfinished.add(place, entry, None)
        elif isinstance(payload, AboutComplaint) and not self._books.knows(payload.complaint):
            self._unfinished.add(place, entry, payload.complaint)
        return beside + self._erased(entry, payload)

    def _who_is_gone(self, office: str) -> set[bytes]:
        if office not in self._gone:
            self._gone[office] = {person for (person,) in self.transaction.rows(_GONE, {"office": office})}
        return self._gone[office]

    def _erased(self, entry: Entry, payload: Payload | None) -> list[tuple[str, FeedItem]]:
        """Empty what comes of a complaint that is erased; who hears of it hears of the erasing behind it."""
        complaint = complaint_of(entry.header, payload)
        if complaint is None or not self._erasing.has(complaint):
            return []
        self._erasing.empty(self._place(entry), complaint, payload)
        said = self._erasing.said(complaint, entry.hash)
        return [(office, one) for office in self.offices(entry, payload) for one in said]

    def hold(self, entry: Entry, reason: Reason) -> bool:
        place = self._place(entry)
        self._intake.flush()
        before = self.transaction.rows(_HELD_AS, place)
        unfinished = bool(self._unfinished.let_go(place))
        if unfinished:
            self._books.forget(entry.header.act)
        waited = self._intake.settled(self._who(entry.header.device), entry)
        if before == [(int(reason),)] or not (before or unfinished or waited):
            return False
        if reason in _READABLE:
            self._erasing.empty_held(place, entry)
        self.transaction.do(_HOLD, place | {"reason": int(reason)})
        return True

    def _place(self, entry: Entry) -> dict[str, object]:
        header = entry.header
        who = self._who(header.device)
        segment = header.place.segment.to_bytes(8, "big")
        place = (who.office, header.device.bytes, segment, header.place.seq, entry.hash)
        return dict(zip(_PLACE, place, strict=True))

    def offices(self, entry: Entry, payload: Payload | None) -> Sequence[str]:
        own = self._who(entry.header.device).office
        return sorted(
            {own, *self._books.homes_of(payload), *self._handed.offices(complaint_of(entry.header, payload))}
        )

    # -- feeds -----------------------------------------------------------------------------------------

    def publish(self, office: str, item: FeedItem) -> None:
        home = self._who(item.header.device).office if isinstance(item, Entry) else office
        self._feeds.publish(office, item, home)

    def feed_head(self, office: str) -> Cursor:
        self._feeds.write()
        return self._feeds.head(office)

    def feed_floor(self, office: str) -> int:
        return self._feeds.floor(office)

    def feed_points(self, office: str, seqs: Sequence[int]) -> Sequence[Point]:
        self._feeds.write()
        return self._feeds.points(office, seqs)

    def feed_items(self, office: str, after: int, most_bytes: int) -> Sequence[FeedItem]:
        self._feeds.write()
        return self._feeds.page(office, after, most_bytes)

    def snapshot(self, office: str) -> bytes:
        return snapshots.newest(self.transaction, office)

    def piece(self, office: str, snapshot: bytes, chunk: int, start: int, most_bytes: int) -> bytes:
        return snapshots.piece(self.transaction, office, snapshot, chunk, start, most_bytes)
