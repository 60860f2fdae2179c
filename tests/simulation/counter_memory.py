"""A counter's ledger in memory: what would lie on its disk. ``copy`` is a backup, a clone or an image."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from counter_app.domain.entry import Entry
from counter_app.wire.feed import beginning, chained
from counter_app.wire.ledgers import (
    Action,
    Apply,
    Archived,
    BeginSegment,
    FallBack,
    GoOnAbove,
    Received,
    Returned,
    added,
)
from counter_app.wire.messages import Cursor, FeedItem, Item, ItemKind, Mark

NO_DIGEST = bytes(32)


@dataclass(slots=True)
class Segment:
    """One segment's entries behind the purged ones: (entry, hash), and digests by number from 0."""

    entries: list[tuple[Entry, bytes]] = field(default_factory=list)
    floor: int = 0
    floor_hash: bytes | None = None
    digests: list[bytes] = field(default_factory=lambda: [NO_DIGEST])

    def copy(self) -> "Segment":
        return Segment(list(self.entries), self.floor, self.floor_hash, list(self.digests))


class CounterMemory:
    """The counter's journal and its reading of the feed."""

    def __init__(self, office: str) -> None:
        self.office = office
        self.segments: dict[int, Segment] = {}
        self.items: dict[int, FeedItem] = {}
        self.known: dict[bytes, Entry] = {}
        self.chains: dict[int, bytes] = {0: beginning(0, office).chain}
        self.archived: dict[int, int] = {}
        self.received: dict[int, int] = {}
        self.serial = 0
        self.epoch = 0
        self.last: Mark | None = None
        self.total = 0
        self.must_begin: set[int] = set()
        self.seeds: dict[int, bytes] = {}
        self.purged: set[bytes] = set()
        self.returned: set[bytes] = set()

    def copy(self) -> "CounterMemory":
        """All of it as it is now; what is changed later does not show there."""
        twin = CounterMemory(self.office)
        for name, value in vars(self).items():
            setattr(twin, name, value.copy() if isinstance(value, dict | set) else value)
        twin.segments = {number: segment.copy() for number, segment in self.segments.items()}
        return twin

    # -- the journal -------------------------------------------------------------------------------

    def add(self, entry: Entry) -> None:
        """Record one more entry of the own."""
        header, entry_hash = entry.header, entry.hash
        segment = self.segments.setdefault(header.place.segment, Segment())
        segment.entries.append((entry, entry_hash))
        segment.digests.append(added(segment.digests[-1], entry_hash))
        self.last = Mark(header.place.segment, header.place.seq, entry_hash)
        self.total = header.running_total

    def own(self) -> dict[bytes, Entry]:
        """All own entries that are kept, by hash."""
        return {one: entry for segment in self.segments.values() for entry, one in segment.entries}

    def purge(self, keep: int) -> int:
        """Purge what is archived but the newest ``keep`` of each segment; gives how many entries went."""
        gone = 0
        for number, upto in self.archived.items():
            segment = self.segments[number]
            many = min(upto, segment.floor + len(segment.entries) - keep) - segment.floor
            if many > 0:
                segment.floor_hash = segment.entries[many - 1][1]
                segment.floor += many
                self.purged |= {one for _, one in segment.entries[:many]}
                del segment.entries[:many]
                gone += many
        return gone

    def erase(self, entry_hash: bytes) -> None:
        """Empty payload and salt of an entry, own or not."""
        for segment in self.segments.values():
            for index, (entry, one) in enumerate(segment.entries):
                if one == entry_hash:
                    segment.entries[index] = Entry(entry.packed_header, b"", b"", entry.signature), one
        if entry_hash in self.known:
            self.known[entry_hash] = Entry(self.known[entry_hash].packed_header, b"", b"", b"")

    # -- what the protocol asks --------------------------------------------------------------------

    def heads(self) -> Sequence[Mark]:
        return [
            Mark(
                number,
                one.floor + len(one.entries),
                one.entries[-1][1] if one.entries else one.floor_hash or b"",
            )
            for number, one in self.segments.items()
        ]

    def floor(self, segment: int) -> int:
        return self.segments[segment].floor

    def run(self, segment: int, first: int, most: int) -> Sequence[Entry]:
        start = first - self.segments[segment].floor - 1
        return (
            [entry for entry, _ in self.segments[segment].entries[start : start + most]] if start >= 0 else []
        )

    def seed(self, segment: int) -> bytes:
        return self.seeds.get(segment, b"")

    def hash_at(self, segment: int, seq: int) -> bytes | None:
        here = self.segments.get(segment)
        if here is None or seq < here.floor or seq > here.floor + len(here.entries) or seq == 0:
            return None
        return here.floor_hash if seq == here.floor else here.entries[seq - here.floor - 1][1]

    def digest(self, segment: int, upto: int) -> bytes:
        return self.segments[segment].digests[upto]

    def whole(self) -> tuple[int, bytes]:
        ends = [one.digests[-1] for one in self.segments.values()]
        return sum(len(one.digests) - 1 for one in self.segments.values()), added(NO_DIGEST, *ends)

    def unsent_since(self) -> int | None:
        behind = (
            entry.header.wall_ms
            for number, one in self.segments.items()
            for entry, _ in one.entries[max(0, self.received.get(number, 0) - one.floor) :]
        )
        return next(behind, None)

    def cursor(self) -> Cursor:
        seq = max(self.chains)
        return Cursor(self.epoch, seq, self.chains[seq])

    def chain_at(self, seq: int) -> bytes | None:
        return self.chains.get(seq)

    def orphans(self, most: int) -> Sequence[Entry]:
        placed = {item.hash for item in self.items.values() if isinstance(item, Entry)}
        gone = self.known.keys() - placed - self.returned - self.own().keys() - self.purged
        return [self.known[one] for one in sorted(gone)[:most]]

    def do(self, actions: Sequence[Action]) -> None:
        for action in actions:
            match action:
                case Apply(page):
                    self._apply(page.start, page.items)
                case FallBack(cursor):
                    self.epoch = cursor.epoch
                    self.returned = set()
                    self.chains = {seq: one for seq, one in self.chains.items() if seq <= cursor.seq}
                    self.items = {seq: one for seq, one in self.items.items() if seq <= cursor.seq}
                case Archived(mark):
                    self.archived[mark.segment] = max(mark.seq, self.archived.get(mark.segment, 0))
                case Received(mark):
                    self.received[mark.segment] = max(mark.seq, self.received.get(mark.segment, 0))
                case Returned(hashes):
                    self.returned |= set(hashes)
                case GoOnAbove((receipts, *_)):
                    self.serial = max(self.serial, receipts)
                case BeginSegment(segment):
                    self.must_begin.add(segment)

    def _apply(self, start: Cursor, items: Sequence[FeedItem]) -> None:
        if self.cursor() != start:
            return
        self.epoch = start.epoch
        for seq, item in enumerate(items, start.seq + 1):
            self.chains[seq] = chained(self.chains[seq - 1], item)
            self.items[seq] = item
            if isinstance(item, Entry):
                self.known.setdefault(item.hash, item)
            elif isinstance(item, Item) and item.kind == ItemKind.ERASE:
                self.erase(item.body)
