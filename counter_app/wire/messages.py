"""What counter and centre say to each other: frozen values. ``docs/wire.md`` tells the whole conversation.

Times are milliseconds UTC since 1970. ``ask`` is 64 random bits of a request; its answer repeats them
in ``to``, so that a late, doubled or misrouted answer is told apart from the one that is waited for.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from counter_app.domain.entry import Entry

PROTOCOL = 1

Hash = Annotated[bytes, Meta(min_length=32, max_length=32)]
Whole = Annotated[int, Meta(ge=0)]
"""A number that is never below zero; 64 bits at the most."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a store has of one segment: up to which number, and the digest over *all* hashes there.

    The digest is the sum of the entries' hashes modulo 2**256, branches included: two stores with equal
    standings have the same entries.
    """

    segment: Whole
    upto: Whole
    digest: Hash


@dataclass(frozen=True, slots=True)
class Mark:
    """A place and the hash that stands there."""

    segment: Whole
    seq: Whole
    hash: Hash


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a reader of a feed stands: the feed's epoch, the last number read, the chain's hash there."""

    epoch: Whole
    seq: Whole
    chain: Hash


@dataclass(frozen=True, slots=True)
class Point:
    """A number of a feed and the chain's hash there."""

    seq: Whole
    chain: Hash


class ItemKind(IntEnum):
    """What a feed item is. Only ``ENTRY`` is read by the protocol; the others are bodies to be applied."""

    ENTRY = 1
    MOVED_OUT = 2
    MOVED_IN = 3
    ERASE = 4
    REVOKE = 5
    HELD = 6
    OVERPAID = 7
    RULES = 8
    STAFF = 9
    CONSUMERS = 10
    BILLS = 11
    PAYMENTS = 12
    OFFICERS = 13
    ASSETS = 14
    COMPLAINT_ERASED = 15
    DUES_AS_OF = 16
    SHUTDOWNS = 17
    ROSTER = 18
    MOVED_AWAY = 19
    BEGUN_ANEW = 20


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a feed that is no entry. ``kind`` may be newer than ``ItemKind`` knows: kept, not applied.

    ``body`` is JSON in UTF-8 whose fields belong to the kind; the chain goes over the bytes.
    """

    kind: Whole
    body: bytes


FeedItem = Entry | Item
"""An entry in a feed has no signature of its own (empty): the author signed its batch."""


class Reason(IntEnum):
    """Why an entry that was received is held back from the books of the centre."""

    PAYLOAD_DAMAGED = 1
    PAYLOAD_MISSING = 2
    ACT_REPEATED = 3
    DEVICE_REVOKED = 4
    NOT_FITTING = 5
    RETURNED = 6


class Refusal(IntEnum):
    """Why a request was not served. Nothing was changed by it."""

    DAMAGED = 1
    SIGNATURE = 2
    CLOCK = 3
    DEVICE_UNKNOWN = 4
    DEVICE_REVOKED = 5
    TOO_LARGE = 6
    PROTOCOL = 7
    BUSY = 8


@dataclass(frozen=True, slots=True)
class Limits:
    """What the centre takes at once: bytes of a push as sent, entries in it."""

    push_bytes: Whole = 1 << 20
    push_entries: Whole = 2000


USUAL_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Hello:
    """Who the counter is and where it stands.

    ``installation`` is drawn at each installation; ``kinds`` are the newest payload versions it can
    read; ``whole`` is the digest over all entries it ever had, ``head`` the newest of them; ``marks``
    asks for the archived marks, once a program run, as they are many after some years. ``oldest_ms``: when,
    by its clock, the oldest entry was recorded of which it does not know that it has arrived; None where it
    knows of none, and from programs that do not say it.
    """

    ask: Whole
    device: UUID
    installation: UUID
    office: str
    counter: Whole
    program: str
    protocol: int
    kinds: tuple[tuple[int, int], ...]
    clock_ms: int
    entries: Whole
    whole: Hash
    head: Mark | None
    cursor: Cursor
    marks: bool
    oldest_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Welcome:
    """What the centre has of this device and what holds for it.

    ``same``: its digest over everything equals ``whole``; ``has`` is then empty. ``archived`` are the
    marks that lie in a checked backup elsewhere, when they were asked for. ``serials`` are the highest
    receipt and complaint numbers that arrived from this counter, ``held`` how many of its entries wait
    for a person.
    """

    to: Whole
    device: UUID
    same: bool
    has: tuple[Standing, ...]
    archived: tuple[Mark, ...]
    serials: tuple[int, ...]
    held: Whole
    revoked: bool
    centre_ms: Whole
    limits: Limits


@dataclass(frozen=True, slots=True)
class Push:
    """A contiguous run of one segment. Only the last entry's signature travels and is looked at.

    ``seed``: what all salts of the run were drawn from (``drawn_salt``), so that they need not travel;
    empty when it is not known any more. The centre works the salts out and forgets it.
    """

    ask: Whole
    device: UUID
    entries: tuple[Entry, ...]
    seed: bytes = b""


@dataclass(frozen=True, slots=True)
class Taken:
    """The centre has this device's chain up to and with ``mark``.

    ``forked``: another entry stands at one of these places as well; the counter begins a new segment.
    """

    to: Whole
    mark: Mark
    forked: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """The run does not follow from anything the centre has. ``has`` is what it does have there."""

    to: Whole
    has: Standing


@dataclass(frozen=True, slots=True)
class Return:
    """Entries of others that this counter once read in the feed and that the feed has lost since.

    They carry no signature, so a person has to look at them; until then nothing is lost.
    """

    ask: Whole
    device: UUID
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What was returned is kept."""

    to: Whole


@dataclass(frozen=True, slots=True)
class Ask:
    """Asks for what comes behind a cursor in the feed of an office.

    ``patience_ms``: how long the centre may keep the answer while there is nothing.
    """

    ask: Whole
    device: UUID
    office: str
    cursor: Cursor
    most_bytes: Whole
    patience_ms: Whole


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of a feed. ``start`` is the cursor that was asked with, ``end`` where the items lead.

    ``more``: there was more at that moment.
    """

    to: Whole
    office: str
    start: Cursor
    items: tuple[FeedItem, ...]
    end: Cursor
    more: bool


@dataclass(frozen=True, slots=True)
class Astray:
    """The cursor is none of this feed's. ``points`` are places of the feed as it is now, newest first.

    When the reader shares none of them it needs a snapshot.
    """

    to: Whole
    office: str
    epoch: Whole
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class AskSnapshot:
    """Asks for the newest snapshot of an office."""

    ask: Whole
    device: UUID
    office: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The newest snapshot of an office, by its manifest (``snapshots``); empty where there is none.

    It also answers who asks for a piece of one that is not kept any more.
    """

    to: Whole
    office: str
    manifest: bytes


@dataclass(frozen=True, slots=True)
class AskPiece:
    """Asks for bytes of one chunk of a snapshot, which is named by the hash of its manifest."""

    ask: Whole
    device: UUID
    snapshot: Hash
    chunk: Whole
    start: Whole
    most_bytes: Whole


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of a chunk from ``start`` on."""

    to: Whole
    snapshot: Hash
    chunk: Whole
    start: Whole
    data: bytes


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """Not served. ``centre_ms`` lets a counter with a wrong clock sign with the right time."""

    to: Whole
    refusal: Refusal
    centre_ms: Whole
    retry_after_ms: Whole = 0


Request = Hello | Push | Return | Ask | AskSnapshot | AskPiece
Answer = Welcome | Taken | Gap | Kept | Page | Astray | TurnedAway | Snapshot | Piece
