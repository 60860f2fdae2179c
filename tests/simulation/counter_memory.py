"""A counter's ledger in memory: what would lie on its disk. ``copy`` is a backup, a clone or an image."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from counter_app.domain.entry import Entry, Kind
from counter_app.wire.feed import beginning, chained
from counter_app.wire.ledgers import (
    Action,
    Apply,
    Archived,
    BeginLoading,
    BeginSegment,
    FallBack,
    GoOnAbove,
    LoadChunk,
    Loading,
    Received,
    Returned,
    StopLoading,
    added,
)
from counter_app.wire.messages import Cursor, FeedItem, Item, ItemKind, Mark
from counter_app.wire.snapshots import Placed, name_of, read_manifest

NO_DIGEST = bytes(32)
PERSONAL = {Kind.COMPLAINT_REGISTERED, Kind.COMPLAINT_STEP}
"""What says anything of a person, and may be let go of."""


@dataclass(slots=True)
class Segment:
    """One segment's entries: (entry, hash), and digests by number from 0."""

    entries: list[tuple[Entry, bytes]] = field(default_factory=list)
    digests: list[bytes] = field(default_factory=lambda: [NO_DIGEST])

    def copy(self) -> "Segment":
        return Segment(list(self.entries), list(self.digests))


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
        self.loads: Loading | None = None

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
        """All own entries by hash."""
        return {one: entry for segment in self.segments.values() for entry, one in segment.entries}

    def purge(self, keep: int = 0) -> int:
        """Let go of what archived complaints and steps say in the journal, all but what stands in the newest
        ``keep`` places of each segment; gives of how many entries.
        """
        gone = {
            one
            for number, upto in self.archived.items()
            for entry, one in self.segments[number].entries[: max(0, upto - keep)]
            if entry.header.kind in PERSONAL and not entry.erased
        }
        for one in gone:
            self._empty(one)
        self.purged |= gone
        return len(gone)

    def erase(self, entry_hash: bytes) -> None:
        """Empty payload and salt of an entry, own or not."""
        self._empty(entry_hash)
        if entry_hash in self.known:
            self.known[entry_hash] = Entry(self.known[entry_hash].packed_header, b"", b"", b"")

    def _empty(self, entry_hash: bytes) -> None:
        for segment in self.segments.values():
            for index, (entry, one) in enumerate(segment.entries):
                if one == entry_hash:
                    segment.entries[index] = Entry(entry.packed_header, b"", b"", entry.signature), one

    # -- what the protocol asks --------------------------------------------------------------------

    def heads(self) -> Sequence[Mark]:
        return [Mark(number, len(one.entries), one.entries[-1][1]) for number, one in self.segments.items()]

    def run(self, segment: int, first: int, most: int) -> Sequence[Entry]:
        return [entry for entry, _ in self.segments[segment].entries[first - 1 : first - 1 + most]]

    def seed(self, segment: int) -> bytes:
        return self.seeds.get(segment, b"")

    def hash_at(self, segment: int, seq: int) -> bytes | None:
        here = self.segments.get(segment)
        return here.entries[seq - 1][1] if here and 0 < seq <= len(here.entries) else None

    def digest(self, segment: int, upto: int) -> bytes:
        return self.segments[segment].digests[upto]

    def whole(self) -> tuple[int, bytes]:
        ends = [one.digests[-1] for one in self.segments.values()]
        return sum(len(one.digests) - 1 for one in self.segments.values()), added(NO_DIGEST, *ends)

    def unsent_since(self) -> int | None:
        behind = (
            entry.header.wall_ms
            for number, one in self.segments.items()
            for entry, _ in one.entries[self.received.get(number, 0) :]
        )
        return next(behind, None)

    def cursor(self) -> Cursor:
        seq = 0 if self.loads else max(self.chains)
        return Cursor(self.epoch, seq, self.chains[seq])

    def chain_at(self, seq: int) -> bytes | None:
        return self.chains.get(seq)

    def loading(self) -> Loading | None:
        return self.loads

    def orphans(self, most: int) -> Sequence[Entry]:
        if self.loads:
            return []
        placed = {item.hash for item in self.items.values() if isinstance(item, Entry)}
        gone = self.known.keys() - placed - self.returned - self.own().keys()
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
                case BeginLoading(manifest):
                    self.loads = Loading(manifest, 0)
                    self._forget_feed()
                case LoadChunk():
                    self._load(action)
                case StopLoading():
                    self.loads = None
                    self._forget_feed()

    def _forget_feed(self) -> None:
        self.items, self.returned = {}, set()
        self.chains = {0: beginning(0, self.office).chain}

    def _load(self, said: LoadChunk) -> None:
        if self.loads is None or (name_of(self.loads.manifest), self.loads.chunk) != (
            said.snapshot,
            said.chunk,
        ):
            return
        for placed in said.rows:
            assert isinstance(placed, Placed)
            self._take(placed.seq, placed.item)
        manifest = read_manifest(self.loads.manifest)
        self.loads = Loading(self.loads.manifest, said.chunk + 1)
        if self.loads.chunk == len(manifest.chunks):
            self.loads = None
            self.epoch = manifest.cursor.epoch
            self.chains[manifest.cursor.seq] = manifest.cursor.chain

    def _apply(self, start: Cursor, items: Sequence[FeedItem]) -> None:
        if self.cursor() != start:
            return
        self.epoch = start.epoch
        for seq, item in enumerate(items, start.seq + 1):
            self.chains[seq] = chained(self.chains[seq - 1], item)
            self._take(seq, item)

    def _take(self, seq: int, item: FeedItem) -> None:
        self.items[seq] = item
        if isinstance(item, Entry):
            self.known.setdefault(item.hash, item)
        elif isinstance(item, Item) and item.kind == ItemKind.ERASE:
            self.erase(item.body)
