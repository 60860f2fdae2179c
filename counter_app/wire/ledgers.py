"""What must be kept on each side of the line, as the protocol sees it. Stores implement these, tests too.

Every method sees one consistent state; what writes is part of the transaction that the caller opened.
``tests/wire/ledger_contract.py`` is what an implementation has to pass.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from counter_app.domain.entry import Entry
from counter_app.domain.entry import added as added
from counter_app.wire.messages import Cursor, FeedItem, Mark, Page, Point, Reason, Standing
from counter_app.wire.payloads import Payload
from counter_app.wire.snapshots import Placed
from counter_app.wire.values import Row

# -- the counter's side ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Apply:
    """Store a page's items and its end as the new cursor. Items that are here already change nothing."""

    page: Page


@dataclass(frozen=True, slots=True)
class FallBack:
    """The feed was rolled back: go on from here. Places behind it are forgotten, entries are not.

    What was returned before may be lost again: it counts as not returned.
    """

    cursor: Cursor


@dataclass(frozen=True, slots=True)
class Received:
    """The centre says that it has the own chain up to here. For showing only; nothing is decided by it."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class Archived:
    """The own chain up to here lies in a checked backup: what old entries say may be let go of up to it.

    Header, hash and signature stay; such an entry is pushed like one that was erased.
    """

    mark: Mark


@dataclass(frozen=True, slots=True)
class BeginSegment:
    """Another installation writes in this segment as well: the next entry opens a new one."""

    segment: int


@dataclass(frozen=True, slots=True)
class GoOnAbove:
    """The centre knows of numbers up to these; the next ones are above, with an entry that says so.

    ``serials``: in the order of ``Series``; an older centre knows of receipts and complaints only.
    ``wall_ms``: now, by the own clock.
    """

    serials: tuple[int, ...]
    wall_ms: int


@dataclass(frozen=True, slots=True)
class Returned:
    """These entries of others were given back to the centre."""

    hashes: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class BeginLoading:
    """A snapshot is to be loaded from its first chunk on, by its manifest. Where the reading of the feed
    stands is forgotten, entries are not.
    """

    manifest: bytes


@dataclass(frozen=True, slots=True)
class LoadChunk:
    """Add the rows of the next chunk of the snapshot that is being loaded; with the last one the reading of
    the feed stands at the snapshot's cursor. Of any other snapshot or chunk: nothing.
    """

    snapshot: bytes
    chunk: int
    rows: Sequence[Placed] | Sequence[Row]


@dataclass(frozen=True, slots=True)
class StopLoading:
    """The snapshot cannot be loaded to its end: rows that came stay, the feed is read from its beginning."""


@dataclass(frozen=True, slots=True)
class Loading:
    """A snapshot that is being loaded, and the number of the chunk that comes next."""

    manifest: bytes
    chunk: int


Action = (
    Apply | FallBack | Received | Archived | BeginSegment | GoOnAbove | Returned | BeginLoading | LoadChunk
    | StopLoading
)  # fmt: skip


class CounterLedger(Protocol):
    """The counter's own journal and what it knows of its office's feed."""

    def heads(self) -> Sequence[Mark]:
        """The newest entry of each own segment, in the order in which the segments were begun."""

    def run(self, segment: int, first: int, most: int) -> Sequence[Entry]:
        """Entries of a segment from a number on, as stored and without a gap."""

    def seed(self, segment: int) -> bytes:
        """What the salts of a segment were drawn from; empty once this program run is over."""

    def hash_at(self, segment: int, seq: int) -> bytes | None:
        """The own hash at a place. None where there is none."""

    def digest(self, segment: int, upto: int) -> bytes:
        """The set digest of a segment's entries up to a number."""

    def whole(self) -> tuple[int, bytes]:
        """How many entries there are, and the set digest over all of them."""

    def unsent_since(self) -> int | None:
        """The clock (ms) of the oldest own entry that is not known to have arrived, for showing only."""

    def cursor(self) -> Cursor:
        """Where the own reading of the feed stands; the feed's beginning at first."""

    def chain_at(self, seq: int) -> bytes | None:
        """The feed chain's hash at a number that was passed; None where that is not known."""

    def loading(self) -> Loading | None:
        """The snapshot that is being loaded; None while none is."""

    def orphans(self, most: int) -> Sequence[Entry]:
        """Entries that were read, stand nowhere in the feed as it is now, and are not in the own journal.

        Without those that were returned since the last ``FallBack``; none while a snapshot is being loaded.
        """

    def do(self, actions: Sequence[Action]) -> None:
        """Carry out in their order, all in one transaction or none."""


# -- the centre's side -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A device that may speak to the centre."""

    device: UUID
    public_key: bytes
    office: str
    counter: int
    revoked: bool = False


Holds = Callable[[bytes, bytes, bytes], bool]
"""Whether, by a public key, a message has a signature."""


class Unfit(Exception):
    """An entry cannot go into the books as it is; it is held for ``reason``."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.name)
        self.reason = reason


class CentreLedger(Protocol):
    """The central store inside one transaction. An entry's key is (device, segment, seq, hash)."""

    def enrolled(self, device: UUID) -> Enrolled | None:
        """The device, as the centre knows it."""

    def take(self, device: UUID) -> Enrolled:
        """An enrolled device as it is now; until the commit nobody else stores of it or revokes it."""

    def standings(self, device: UUID) -> Sequence[Standing]:
        """What there is of each segment of a device."""

    def archived(self, device: UUID) -> Sequence[Mark]:
        """Per segment and branch, how far a checked backup elsewhere goes."""

    def serials(self, office: str, counter: int) -> tuple[int, ...]:
        """The highest receipt and complaint numbers known of a counter, 0 for none."""

    def held(self, device: UUID) -> int:
        """How many entries of a device are held."""

    def standing(self, device: UUID, segment: int) -> Standing:
        """What there is of one segment."""

    def hashes(self, device: UUID, segment: int, first: int, last: int) -> Mapping[int, frozenset[bytes]]:
        """All hashes at each place from ``first`` to ``last``; places without any are left out."""

    def followed(self, device: UUID, hashes: Sequence[bytes]) -> Mapping[bytes, int]:
        """How many stored entries name each of these as their previous one; those without are left out."""

    def store(self, device: UUID, entries: Sequence[Entry], forks: Sequence[Mark], now_ms: int) -> None:
        """Add entries as they came, not yet integrated, in this order; one alarm for each fork."""

    def unknown(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Those of these entries that are neither stored nor kept as returned."""

    def keep(self, carrier: UUID, entries: Sequence[Entry], now_ms: int) -> None:
        """Keep entries that another counter returned, beside the stored ones: in no standing and no book.

        When the author pushes one of them, ``store`` lets go of what was kept.
        """

    def pending(self, most: int) -> Sequence[Entry]:
        """Entries neither in the books nor held, in the order in which they arrived; behind them those in the
        books that could not be read when they came and can be now.
        """

    def act_owner(self, act: UUID) -> bytes | None:
        """The hash of the entry in the books that has this act."""

    def fold(self, entry: Entry, payload: Payload | None) -> Sequence[tuple[str, FeedItem]]:
        """Put an entry that is pending or held into the books; a payload of None is unknown and only kept.

        Gives what offices must hear besides the entry. ``Unfit`` when it cannot be, with nothing changed.
        """

    def hold(self, entry: Entry, reason: Reason) -> bool:
        """Keep an entry out of the books until what is in its way has gone. False, and nothing changed, when
        it is held for this reason already, or was read into the books.
        """

    def offices(self, entry: Entry, payload: Payload | None) -> Sequence[str]:
        """Whose feeds an entry belongs in: its counter's office, and that of the consumer now."""

    def publish(self, office: str, item: FeedItem) -> None:
        """Add to an office's feed: the next number, the next chain hash. Numbers have no gap.

        A body is at most 64 KiB; what is more goes in several items.
        """

    def feed_head(self, office: str) -> Cursor:
        """The newest place of a feed."""

    def feed_floor(self, office: str) -> int:
        """The number below which a feed is no longer kept; 0 while all of it is."""

    def feed_points(self, office: str, seqs: Sequence[int]) -> Sequence[Point]:
        """The places of these numbers, those that are kept, in the same order. 0 is the beginning."""

    def feed_items(self, office: str, after: int, most_bytes: int) -> Sequence[FeedItem]:
        """What follows a number, about as many bytes, at least one item where there is one."""

    def snapshot(self, office: str) -> bytes:
        """The manifest of the newest snapshot of an office; empty where there is none."""

    def piece(self, office: str, snapshot: bytes, chunk: int, start: int, most_bytes: int) -> bytes:
        """Bytes of a chunk of an office's snapshot; empty where it is not kept, or has no more."""
