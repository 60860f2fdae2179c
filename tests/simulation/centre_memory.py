"""The centre's ledger in memory. A transaction works on a copy; committing puts the copy in its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import takewhile
from uuid import UUID

from counter_app.domain.acts import NumberGap
from counter_app.domain.complaint import ComplaintRegistered
from counter_app.domain.entry import Entry
from counter_app.domain.numbering import Series
from counter_app.domain.payment import PaymentTaken
from counter_app.domain.undoing import (
    PaymentCancelled,
    PaymentMoved,
    RefundAsked,
    TendersCorrected,
    TenderSettled,
)
from counter_app.wire.feed import beginning, chained
from counter_app.wire.ledgers import Enrolled, Unfit, added
from counter_app.wire.messages import Cursor, FeedItem, Item, ItemKind, Mark, Point, Reason, Standing
from counter_app.wire.payloads import Payload, is_known
from counter_app.wire.snapshots import (
    FORM,
    Manifest,
    Placed,
    items_chunk,
    manifest_bytes,
    name_of,
    read_manifest,
)
from tests.simulation.receipts import Receipt, money_of, receipt_of

NO_DIGEST = bytes(32)
Key = tuple[UUID, int, int]


class Killed(Exception):
    """The process or the database ended in the middle of a transaction."""


def _series(payload: Payload | None) -> Series | None:
    """Which series of its counter a payload has a number of."""
    match payload:
        case PaymentTaken():
            return Series.RECEIPT
        case ComplaintRegistered():
            return Series.COMPLAINT
        case PaymentCancelled() | PaymentMoved() | TendersCorrected() | RefundAsked():
            return Series.SLIP
    return None


@dataclass(slots=True)
class CentreMemory:
    """Values are never changed in place, only replaced: a shallow copy is a transaction and a backup."""

    epoch: int
    devices: dict[UUID, Enrolled] = field(default_factory=dict)
    entries: dict[bytes, Entry] = field(default_factory=dict)
    waiting: dict[bytes, None] = field(default_factory=dict)
    books: dict[bytes, Payload | None] = field(default_factory=dict)
    acts: dict[UUID, bytes] = field(default_factory=dict)
    unread: dict[bytes, None] = field(default_factory=dict)
    held_back: dict[bytes, Reason] = field(default_factory=dict)
    returned: dict[bytes, Entry] = field(default_factory=dict)
    places: dict[Key, frozenset[bytes]] = field(default_factory=dict)
    stand: dict[tuple[UUID, int], Standing] = field(default_factory=dict)
    children: dict[tuple[UUID, bytes], int] = field(default_factory=dict)
    alarms: tuple[tuple[UUID, Mark], ...] = ()
    feeds: dict[str, tuple[FeedItem, ...]] = field(default_factory=dict)
    chains: dict[str, tuple[bytes, ...]] = field(default_factory=dict)
    floors: dict[str, int] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    bills: dict[str, int] = field(default_factory=dict)
    moves: dict[Receipt, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    about: dict[Receipt, tuple[bytes, ...]] = field(default_factory=dict)
    archive: dict[UUID, tuple[Mark, ...]] = field(default_factory=dict)
    snapshots: dict[str, tuple[tuple[bytes, tuple[bytes, ...]], ...]] = field(default_factory=dict)
    fuse: int = -1

    def copy(self) -> "CentreMemory":
        """Begin a transaction, or keep a backup."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return CentreMemory(**{k: dict(v) if isinstance(v, dict) else v for k, v in values.items()})

    def _burn(self) -> None:
        """Every write may be the last: the fuse counts down to a kill."""
        if self.fuse == 0:
            raise Killed
        self.fuse -= 1

    # -- receiving ---------------------------------------------------------------------------------

    def enrolled(self, device: UUID) -> Enrolled | None:
        return self.devices.get(device)

    def take(self, device: UUID) -> Enrolled:
        return self.devices[device]

    def standings(self, device: UUID) -> Sequence[Standing]:
        return [one for (owner, _), one in self.stand.items() if owner == device]

    def archived(self, device: UUID) -> Sequence[Mark]:
        return self.archive.get(device, ())

    def serials(self, office: str, counter: int) -> tuple[int, ...]:
        highest = dict.fromkeys(Series, 0)
        for entry_hash, payload in self.books.items():
            who = self.devices[self.entries[entry_hash].header.device]
            if isinstance(payload, NumberGap) and (who.office, who.counter) == (office, counter):
                highest = {series: max(highest[series], given) for series, given in payload.given.items()}
            series = _series(payload)
            if series is not None and (payload.office, payload.counter) == (office, counter):
                highest[series] = max(highest[series], payload.serial)
        return tuple(highest.values())

    def held(self, device: UUID) -> int:
        return sum(self.entries[one].header.device == device for one in self.held_back)

    def standing(self, device: UUID, segment: int) -> Standing:
        return self.stand.get((device, segment), Standing(segment, 0, NO_DIGEST))

    def hashes(self, device: UUID, segment: int, first: int, last: int) -> Mapping[int, frozenset[bytes]]:
        keys = ((device, segment, seq) for seq in range(first, last + 1))
        return {key[2]: self.places[key] for key in keys if key in self.places}

    def followed(self, device: UUID, hashes: Sequence[bytes]) -> Mapping[bytes, int]:
        return {one: self.children[device, one] for one in hashes if (device, one) in self.children}

    def store(self, device: UUID, entries: Sequence[Entry], forks: Sequence[Mark], now_ms: int) -> None:
        for entry in entries:
            self._burn()
            header, entry_hash = entry.header, entry.hash
            place = header.place
            self.entries[entry_hash] = entry
            self.waiting[entry_hash] = None
            self.returned.pop(entry_hash, None)
            key = (device, place.segment, place.seq)
            self.places[key] = self.places.get(key, frozenset()) | {entry_hash}
            before = self.standing(device, place.segment)
            digest = added(before.digest, entry_hash)
            self.stand[device, place.segment] = Standing(place.segment, max(before.upto, place.seq), digest)
            parent = device, header.previous
            self.children[parent] = self.children.get(parent, 0) + 1
        self.alarms += tuple((device, mark) for mark in forks)

    def unknown(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        return [one for one in entries if one.hash not in self.entries and one.hash not in self.returned]

    def keep(self, carrier: UUID, entries: Sequence[Entry], now_ms: int) -> None:
        self._burn()
        self.returned |= {entry.hash: entry for entry in entries}

    # -- integrating -------------------------------------------------------------------------------

    def pending(self, most: int) -> Sequence[Entry]:
        waiting = [self.entries[one] for one in self.waiting]
        unread = [self.entries[one] for one in self.unread]
        readable = [one for one in unread if is_known(one.header.kind, one.header.kind_version)]
        return [*waiting, *readable][:most]

    def act_owner(self, act: UUID) -> bytes | None:
        return self.acts.get(act)

    def fold(self, entry: Entry, payload: Payload | None) -> Sequence[tuple[str, FeedItem]]:
        self._burn()
        if isinstance(payload, PaymentTaken) and payload.amount <= 0:
            raise Unfit(Reason.NOT_FITTING)
        entry_hash = entry.hash
        for aside in (self.waiting, self.held_back, self.unread):
            aside.pop(entry_hash, None)
        self.acts[entry.header.act] = entry_hash
        self.books[entry_hash] = payload
        if payload is None and not is_known(entry.header.kind, entry.header.kind_version):
            self.unread[entry_hash] = None
        beside = self._told_of_moves(entry, payload)
        if not isinstance(payload, PaymentTaken):
            return beside
        paid = self.bills.get(payload.bill_number, 0) + payload.amount
        self.bills[payload.bill_number] = paid
        if paid > payload.due:
            beside.append((payload.office, Item(ItemKind.OVERPAID, payload.bill_number.encode())))
        return beside

    def _told_of_moves(self, entry: Entry, payload: Payload | None) -> list[tuple[str, FeedItem]]:
        """Every office to whose consumer a receipt was moved hears once of it, and of what became of it."""
        who = self.devices[entry.header.device]
        receipt = receipt_of(payload, who.office, who.counter)
        if receipt is None:
            return []
        moves = self.moves.get(receipt, ())
        homes = {self.homes[to] for _, to in moves}
        if isinstance(payload, PaymentMoved):
            self.moves[receipt] = (*moves, (payload.serial, payload.to_consumer))
            home = self.homes[payload.to_consumer]
            if home in {who.office, *homes}:
                return []
            known = [(one, self.books[one]) for one in self.about.get(receipt, ())]
            heard = {item.hash for item in self.feeds[home] if isinstance(item, Entry)}
            new = [
                one for one, said in known
                if one not in heard and home not in {self.homes[named] for named in money_of(said)}
            ]  # fmt: skip
            return [(home, self._unsigned(self.entries[one])) for one in new]
        if not isinstance(payload, PaymentTaken | TendersCorrected | TenderSettled):
            return []
        self.about[receipt] = (*self.about.get(receipt, ()), entry.hash)
        told = {who.office, self.homes[payload.consumer]}
        return [(home, self._unsigned(entry)) for home in sorted(homes - told)]

    def _unsigned(self, entry: Entry) -> Entry:
        return Entry(entry.packed_header, entry.payload, entry.salt, b"")

    def hold(self, entry: Entry, reason: Reason) -> bool:
        self._burn()
        entry_hash = entry.hash
        read = entry_hash in self.books and entry_hash not in self.unread
        if read or self.held_back.get(entry_hash) is reason:
            return False
        for aside in (self.waiting, self.unread, self.books):
            aside.pop(entry_hash, None)
        if self.acts.get(entry.header.act) == entry_hash:
            del self.acts[entry.header.act]
        self.held_back[entry_hash] = reason
        return True

    def offices(self, entry: Entry, payload: Payload | None) -> Sequence[str]:
        homes = {self.devices[entry.header.device].office}
        homes |= {self.homes[one] for one in money_of(payload)}
        return sorted(homes)

    # -- feeds -------------------------------------------------------------------------------------

    def open_feed(self, office: str) -> None:
        """An office that has no feed yet gets one."""
        self.feeds[office], self.chains[office] = (), (beginning(self.epoch, office).chain,)

    def publish(self, office: str, item: FeedItem) -> None:
        self._burn()
        self.feeds[office] += (item,)
        self.chains[office] += (chained(self.chains[office][-1], item),)

    def feed_head(self, office: str) -> Cursor:
        chains = self.chains[office]
        return Cursor(self.epoch, len(chains) - 1, chains[-1])

    def feed_floor(self, office: str) -> int:
        return self.floors.get(office, 0)

    def feed_points(self, office: str, seqs: Sequence[int]) -> Sequence[Point]:
        chains, floor = self.chains[office], self.feed_floor(office)
        return [Point(seq, chains[seq]) for seq in seqs if floor <= seq < len(chains)]

    def feed_items(self, office: str, after: int, most_bytes: int) -> Sequence[FeedItem]:
        taken: list[FeedItem] = []
        for item in self.feeds[office][after:]:
            most_bytes -= 250 + len(item.payload if isinstance(item, Entry) else item.body)
            if taken and most_bytes < 0:
                break
            taken.append(item)
        return taken

    def snapshot(self, office: str) -> bytes:
        fit = [one for one, _ in self.snapshots.get(office, ()) if self._stands(office, one)]
        return fit[-1] if fit else b""

    def piece(self, office: str, snapshot: bytes, chunk: int, start: int, most_bytes: int) -> bytes:
        for manifest, chunks in self.snapshots.get(office, ()):
            if name_of(manifest) == snapshot and self._stands(office, manifest) and chunk < len(chunks):
                return chunks[chunk][start : start + most_bytes]
        return b""

    def _stands(self, office: str, manifest: bytes) -> bool:
        return read_manifest(manifest).cursor.seq >= self.feed_floor(office)

    def make_snapshot(self, office: str, at_once: int = 3) -> None:
        """The whole feed, in chunks of a few items, the newest first; the one before is kept as well."""
        placed = [Placed(seq, item) for seq, item in enumerate(self.feeds[office], 1)]
        parts = [placed[at : at + at_once] for at in range(0, len(placed), at_once)]
        made = [items_chunk(part) for part in [*reversed(parts), []]]
        head = self.feed_head(office)
        manifest = Manifest(FORM, office, head, len(self.chains[office]), tuple(chunk for chunk, _ in made))
        new = manifest_bytes(manifest), tuple(data for _, data in made)
        if self.snapshot(office) != new[0]:
            self.snapshots[office] = (*self.snapshots.get(office, ())[-1:], new)

    # -- what the central office does beside ---------------------------------------------------------

    def move(self, consumer: str, office: str) -> None:
        """A consumer belongs to another office from now on."""
        before, self.homes[consumer] = self.homes[consumer], office
        for feed, kind in sorted([(before, ItemKind.MOVED_OUT), (office, ItemKind.MOVED_IN)]):
            self.publish(feed, Item(kind, consumer.encode()))

    def revoke(self, device: UUID) -> None:
        """A device is not trusted any more: what arrives from now on is held, and its office hears of it."""
        who = self.devices[device]
        self.devices[device] = replace(who, revoked=True)
        self.publish(who.office, Item(ItemKind.REVOKE, device.bytes))

    def erase(self, entry_hash: bytes) -> None:
        """Empty an entry, here and in every feed, and tell all offices."""
        gone = self.entries[entry_hash]
        bare = Entry(gone.packed_header, b"", b"", gone.signature)
        self.entries[entry_hash] = bare
        for office, items in self.feeds.items():
            self.feeds[office] = tuple(
                Entry(bare.packed_header, b"", b"", b"")
                if isinstance(item, Entry) and item.packed_header == bare.packed_header else item
                for item in items
            )  # fmt: skip
            self.publish(office, Item(ItemKind.ERASE, entry_hash))
        # What was erased lies in no snapshot either.
        for office in self.snapshots:
            self.snapshots[office] = ()
            self.make_snapshot(office)

    def archive_all(self) -> None:
        """A checked backup of this state lies elsewhere: every branch is archived as far as it was read."""
        marks: dict[UUID, list[Mark]] = {}
        for (device, segment, seq), hashes in self.places.items():
            followers = self.places.get((device, segment, seq + 1), frozenset())
            followed = {self.entries[one].header.previous for one in followers}
            for tip in hashes - followed:
                branch = [tip]
                while self.entries[branch[0]].header.place.seq > 1:
                    branch.insert(0, self.entries[branch[0]].header.previous)
                read = [*takewhile(self.books.__contains__, branch)]
                marks.setdefault(device, []).extend(Mark(segment, len(read), one) for one in read[-1:])
        self.archive = {device: tuple(made) for device, made in marks.items()}
