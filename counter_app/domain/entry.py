"""The immutable journal entry: fixed header, salted commitment, hash. These bytes never change.

Layout of header version 1, big-endian, 216 bytes (``docs/journal.md`` has the table and the
golden vectors). The payload is JSON in UTF-8; it is hashed, stored and forwarded verbatim.
"""

import hashlib
import hmac
import struct
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import lru_cache
from uuid import UUID

from counter_app.domain.value import value

MAGIC = b"CTRJ"
HEADER_VERSION = 1
HEADER = struct.Struct(">4sBBHQQ32sQQqQ16s16s16s16s16sqI32sh2x")
SALT_SIZE = 32
LARGEST_PAYLOAD = 64 * 1024
NO_HASH = bytes(32)
NO_DIGEST = bytes(32)
NOBODY = UUID(int=0)

_MODULUS = 1 << 256


class Kind(IntEnum):
    """What an entry records. A number is never used for anything else, ever."""

    SEGMENT_OPENED = 1
    NUMBER_GAP = 2
    SIGNED_IN = 10
    SIGN_IN_REFUSED = 11
    SIGNED_OUT = 12
    NOT_ALLOWED = 13
    PIN_SET = 14
    STAFF_CHANGED = 15
    CLOCK_FOUND = 16
    CLOCK_DECIDED = 17
    DRAWER_OPENED = 20
    DRAWER_CLOSED = 21
    CASH_MOVED = 22
    HANDOVER_ACCEPTED = 23
    DRAWER_UNLOCKED = 24
    DEPOSIT_NOTED = 25
    PAYMENT_TAKEN = 30
    PAYMENT_CANCELLED = 31
    TENDERS_CORRECTED = 32
    PAYMENT_MOVED = 33
    REFUND_ASKED = 34
    TENDER_SETTLED = 35
    TASK_DONE = 36
    COMPLAINT_REGISTERED = 40
    COMPLAINT_STEP = 41
    CENTRAL_NUMBER_NOTED = 43
    OUTAGE_TOLD = 44
    COMPENSATION_CLAIMED = 45
    CALL_MADE = 46
    PICTURE_ATTACHED = 47
    COPY_ASKED = 50
    PAPER_OUTCOME = 51
    FILES_IMPORTED = 60
    FILES_HANDED_OUT = 61
    STATEMENT_READ = 62
    BACKUP_PLACES_CHOSEN = 63
    RECOVERY_CODE_DRAWN = 64
    BILLS_PRINTED = 65
    CONTACT_SHOWN = 66
    PRIORITY_GIVEN = 70


COMPLAINT_KINDS = range(Kind.COMPLAINT_REGISTERED, Kind.COPY_ASKED)
"""Kinds about complaints: a registration, and what names one."""


class EntryDamaged(Exception):
    """Bytes that are no entry, or an entry that does not fit its neighbours."""


@value
class Place:
    """Where an entry stands: its segment (64 random bits) and its number there (from 1)."""

    segment: int
    seq: int


NOWHERE = Place(0, 0)


@value
class Header:
    """The hashed part of an entry.

    ``previous`` is the hash of the entry before it; in the first entry of a segment, of ``parent``
    (``NOWHERE`` and zeros in the first segment of an installation; ``NOWHERE`` in later entries).
    ``wall_ms`` is UTC since 1970, ``steady_ms`` since the boot ``boot``; clocks are evidence, not
    order. ``running_total`` is all money ever taken by this device, in paise, never reset;
    ``drawer`` is all zeros in entries that are not about a drawer.
    """

    kind: int
    kind_version: int
    place: Place
    previous: bytes
    parent: Place
    wall_ms: int
    steady_ms: int
    boot: UUID
    device: UUID
    person: UUID
    act: UUID
    drawer: UUID
    running_total: int
    payload_size: int
    commitment: bytes
    zone_minutes: int

    def packed(self) -> bytes:
        """The header as its 216 bytes."""
        return HEADER.pack(
            MAGIC, HEADER_VERSION, self.kind_version, self.kind,
            self.place.segment, self.place.seq, self.previous, self.parent.segment, self.parent.seq,
            self.wall_ms, self.steady_ms, self.boot.bytes, self.device.bytes, self.person.bytes,
            self.act.bytes, self.drawer.bytes, self.running_total, self.payload_size,
            self.commitment, self.zone_minutes,
        )  # fmt: skip

    @classmethod
    @lru_cache(maxsize=4096)
    def unpacked(cls, data: bytes) -> "Header":
        """Read 216 bytes back; ``EntryDamaged`` when they are no header of a known version.

        Whoever passes an entry on asks for its header again: the newest ones are remembered.
        """
        if len(data) != HEADER.size or data[-2:] != b"\0\0":
            raise EntryDamaged("not the size or filling of a header")
        (magic, version, kind_version, kind, segment, seq, previous, parent_segment, parent_seq,
         wall_ms, steady_ms, boot, device, person, act, drawer, total, size, commitment,
         zone) = HEADER.unpack(data)  # fmt: skip
        if magic != MAGIC or version != HEADER_VERSION:
            raise EntryDamaged("not a header of a known version")
        return cls(
            kind, kind_version, Place(segment, seq), previous, Place(parent_segment, parent_seq),
            wall_ms, steady_ms, UUID(bytes=boot), UUID(bytes=device), UUID(bytes=person),
            UUID(bytes=act), UUID(bytes=drawer), total, size, commitment, zone,
        )  # fmt: skip


@value
class Entry:
    """One entry as it is stored: header bytes, payload and salt (both empty once erased), signature.

    The signature is Ed25519 over ``hash``, 64 bytes.
    """

    packed_header: bytes
    payload: bytes
    salt: bytes
    signature: bytes

    @property
    def header(self) -> Header:
        """The header, read."""
        return Header.unpacked(self.packed_header)

    @property
    def hash(self) -> bytes:
        """SHA-256 of the header bytes, 32 bytes."""
        return header_hash(self.packed_header)

    @property
    def erased(self) -> bool:
        """Payload and salt were emptied by a lawful erasure; header and hash stay."""
        return not self.payload and not self.salt


def header_hash(packed: bytes) -> bytes:
    """SHA-256 of the header bytes, 32 bytes."""
    return hashlib.sha256(packed).digest()


def commitment(salt: bytes, payload: bytes) -> bytes:
    """HMAC-SHA256 of the payload under its own random salt, 32 bytes."""
    return hmac.new(salt, payload, hashlib.sha256).digest()


def added(digest: bytes, *hashes: bytes) -> bytes:
    """A set digest (32 bytes, zeros at first) with more hashes in it; the order does not matter."""
    total = int.from_bytes(digest, "big") + sum(int.from_bytes(one, "big") for one in hashes)
    return (total % _MODULUS).to_bytes(32, "big")


def drawn_salt(seed: bytes, place: Place) -> bytes:
    """The salt of a place, 32 bytes, drawn from 32 random bytes that one program run keeps in memory only.

    While they are known, they stand for all salts of the segment; once they are forgotten, each salt is
    as good as random and can be erased alone.
    """
    return hmac.digest(seed, struct.pack(">QQ", place.segment, place.seq), "sha256")


def check_payload(entry: Entry) -> None:
    """``EntryDamaged`` unless payload and salt are those the header commits to, or were erased."""
    if entry.erased:
        return
    header = entry.header
    if len(entry.payload) != header.payload_size or len(entry.salt) != SALT_SIZE:
        raise EntryDamaged("payload or salt has another size than the header says")
    if not hmac.compare_digest(commitment(entry.salt, entry.payload), header.commitment):
        raise EntryDamaged("the payload is not the one that was recorded")


def chained(entries: Iterable[Entry], *, known: dict[Place, bytes] | None = None) -> Iterator[Entry]:
    """Pass entries on in their order, after checking each against those before it.

    ``known`` holds the hashes of entries whose successors may come (a purged prefix's last
    entry). Raises ``EntryDamaged`` at the first entry that does not fit.
    """
    heads: dict[Place, bytes] = dict(known or {})
    for entry in entries:
        check_payload(entry)
        header = entry.header
        if header.place.seq == 1:
            before = header.parent
            if before == NOWHERE and header.previous != NO_HASH:
                raise EntryDamaged("a first segment with a hash before it")
        else:
            before = Place(header.place.segment, header.place.seq - 1)
            if header.parent != NOWHERE:
                raise EntryDamaged("only the first entry of a segment names a parent")
        if before != NOWHERE and heads.get(before) != header.previous:
            raise EntryDamaged(f"entry {header.place.segment:016x}/{header.place.seq} does not follow")
        if header.place in heads:
            raise EntryDamaged("the same place twice")
        heads[header.place] = entry.hash
        yield entry
