"""The journal as rows: adding signed entries, reading them back, checking and exporting them."""

import base64
import json
import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, select, update
from sqlalchemy.engine import Connection, Row

from counter_app.domain.clock import Reading
from counter_app.domain.days import from_millis, to_millis
from counter_app.domain.entry import (
    NO_HASH,
    NOWHERE,
    SALT_SIZE,
    Entry,
    EntryDamaged,
    Header,
    Kind,
    Place,
    chained,
    commitment,
    drawn_salt,
)
from counter_app.domain.numbering import hash_letters
from counter_app.domain.refusals import StoreDamaged
from counter_app.domain.value import value
from counter_app.store.facts import PUBLIC_KEY, fact
from counter_app.store.seal import Seal, SealCheck, device_of
from counter_app.store.tables import journal, redacted
from counter_app.wire.payloads import Payload, PayloadDamaged, PayloadUnknown, decode, encode, kind_of

if TYPE_CHECKING:
    from counter_app.store.page import Page

INDIAN_ZONE_MINUTES = 330

_SIGN_BIT = 1 << 63
_ALL_BITS = (1 << 64) - 1
_STORED = (journal.c.header, journal.c.payload, journal.c.salt, journal.c.signature)
_BESIDE = (journal.c.id, journal.c.segment, journal.c.seq, journal.c.act, journal.c.kind)
_OF_ACT = select(*_STORED).where(journal.c.act == bindparam("of"))
_PAGE = 500
_NO_END = _SIGN_BIT - 1
_Row = Row[*tuple[Any, ...]]


@value
class Head:
    """The newest entry: place, hash, all money ever taken (paise), its clocks, signature."""

    place: Place
    hash: bytes
    running_total: int
    clocks: Reading
    signature: bytes


@value
class Recorded:
    """An entry that was recorded, where it stands, and its hash."""

    entry: Entry
    place: Place
    hash: bytes

    @property
    def letters(self) -> str:
        """The three letters behind a number that this entry gives out."""
        return hash_letters(self.hash)


@value
class Act:
    """What is recorded and by whom. ``money`` (paise) is added to the running total."""

    payload: Payload
    act: UUID
    person: UUID
    clocks: Reading
    drawer: UUID
    money: int


class Pen:
    """Writes entries of one program run: knows the device's seal and the run's segment.

    ``salts`` is what the segment's salts are drawn from; it is kept nowhere else.
    """

    def __init__(self, seal: Seal) -> None:
        self.seal = seal
        self.begin()

    def begin(self) -> None:
        """Go on in a new segment."""
        self.segment = new_segment()
        self.salts = os.urandom(SALT_SIZE)

    def write(self, connection: Connection, act: Act, head: Head | None) -> Recorded:
        """Add one entry behind ``head``; the first of the run names it as the parent of its segment."""
        packed, payload, salt = self._packed(act, head)
        entry = Entry(packed, payload, salt, b"")
        entry_hash = entry.hash
        entry = Entry(packed, payload, salt, self.seal.sign(entry_hash))
        put(connection, entry)
        return Recorded(entry, entry.header.place, entry_hash)

    def _packed(self, act: Act, head: Head | None) -> tuple[bytes, bytes, bytes]:
        """Header bytes, payload bytes and salt of an entry to come."""
        payload = encode(act.payload)
        kind, version = kind_of(act.payload)
        follows = head is not None and head.place.segment == self.segment
        place = Place(self.segment, head.place.seq + 1 if head and follows else 1)
        salt = drawn_salt(self.salts, place)
        header = Header(
            kind=kind,
            kind_version=version,
            place=place,
            previous=head.hash if head else NO_HASH,
            parent=NOWHERE if follows or head is None else head.place,
            wall_ms=to_millis(act.clocks.wall),
            steady_ms=act.clocks.steady_ms,
            boot=act.clocks.boot,
            device=self.seal.device,
            person=act.person,
            act=act.act,
            drawer=act.drawer,
            running_total=(head.running_total if head else 0) + act.money,
            payload_size=len(payload),
            commitment=commitment(salt, payload),
            zone_minutes=INDIAN_ZONE_MINUTES,
        )
        return header.packed(), payload, salt


def put(connection: Connection, entry: Entry) -> None:
    """Add a signed entry as a row, behind all others."""
    header = entry.header
    connection.execute(
        journal.insert(),
        {
            "segment": signed(header.place.segment),
            "seq": header.place.seq,
            "act": header.act,
            "kind": header.kind,
            "header": entry.packed_header,
            "payload": entry.payload,
            "salt": entry.salt,
            "signature": entry.signature,
        },
    )


def head(connection: Connection) -> Head | None:
    """The newest entry; None in an empty journal."""
    row = connection.execute(select(*_STORED).order_by(journal.c.id.desc()).limit(1)).first()
    if row is None:
        return None
    entry = _entry(row)
    header = entry.header
    return Head(header.place, entry.hash, header.running_total, clocks_of(header), entry.signature)


def clocks_about(connection: Connection, kind: Kind, code: str, behind: int = 0) -> Iterator[Reading]:
    """The clocks of the entries of a kind about somebody, the newest first; of those ``behind`` a number of
    entries.
    """
    asked = select(journal.c.header, journal.c.payload).where(journal.c.kind == kind, journal.c.id > behind)
    with connection.execute(asked.order_by(journal.c.id.desc())) as rows:
        for packed, payload in rows:
            header = Header.unpacked(packed)
            if getattr(decode(kind, header.kind_version, payload), "code", None) == code:
                yield clocks_of(header)


def clocks_of(header: Header) -> Reading:
    """The clocks of an entry."""
    return Reading(from_millis(header.wall_ms), header.steady_ms, header.boot)


def count(connection: Connection) -> int:
    """How many entries there are."""
    return connection.execute(select(func.max(journal.c.id))).scalar() or 0


def entry_of_act(connection: Connection, act: UUID) -> tuple[Header, Payload, bytes] | None:
    """Header, payload and hash of what was recorded for an act; None when nothing was.

    ``StoreDamaged`` when it is there and cannot be read.
    """
    row = connection.execute(_OF_ACT, {"of": act}).first()
    if row is None:
        return None
    entry = _entry(row)
    try:
        header = entry.header
        return header, decode(header.kind, header.kind_version, said(connection, entry)), entry.hash
    except (EntryDamaged, PayloadDamaged, PayloadUnknown) as fault:
        raise StoreDamaged(str(fault)) from fault


def said(connection: Connection, entry: Entry) -> bytes:
    """An entry's payload; of an erased one what was left in its place."""
    if not entry.erased:
        return entry.payload
    asked = select(redacted.c.payload).where(redacted.c.act == entry.header.act)
    return connection.execute(asked).scalar() or b""


def erase(page: "Page", header: Header, redaction: Payload) -> None:
    """Empty payload and salt of an own entry for good, and keep in their place what may still be said."""
    page.connection.execute(redacted.insert().values(act=header.act, payload=encode(redaction)))
    page.connection.execute(update(journal).where(*_is_at(header.place)).values(payload=b"", salt=b""))


def entry_at(connection: Connection, place: Place) -> Entry | None:
    """The entry of a place."""
    row = connection.execute(select(*_STORED).where(*_is_at(place))).first()
    return None if row is None else _entry(row)


def entries(connection: Connection, after: Place | None = None) -> Iterator[Entry]:
    """All entries in the order they were recorded, or those after a place (KeyError when it is not here)."""
    last = 0
    if after is not None:
        found = connection.execute(select(journal.c.id).where(*_is_at(after))).scalar()
        if found is None:
            raise KeyError(after)
        last = found
    return map(_entry, _rows(connection, last))


def check(connection: Connection, public_key: bytes | None) -> int:
    """Check every entry: size, commitment, chain, with a key signature. How many; ``StoreDamaged``."""
    return _checked(_rows(connection, 0), public_key, {})


def check_tail(connection: Connection, public_key: bytes | None, length: int) -> int:
    """The same for the newest entries only; without a key, all but the signatures."""
    newest = select(*_BESIDE, *_STORED).order_by(journal.c.id.desc()).limit(length + 1)
    rows = list(connection.execute(newest))[::-1]
    known: dict[Place, bytes] = {}
    if len(rows) > length:
        before = rows.pop(0)
        known[Place(unsigned(before.segment), before.seq)] = _entry(before).hash
    return _checked(rows, public_key, known)


def numbered(connection: Connection, after: int, last: int) -> Iterator[tuple[int, Entry]]:
    """Number and entry of the rows behind one number, up to another."""
    return ((row.id, _entry(row)) for row in _rows(connection, after, last))


def export(connection: Connection) -> Iterator[bytes]:
    """The journal as lines of JSON for the stand-alone verifier: who, then an entry a line."""
    yield first_line(connection)
    yield from map(line, entries(connection))


def first_line(connection: Connection) -> bytes:
    """The first line of an export: whose journal it is."""
    public_key = fact(connection, PUBLIC_KEY) or b""
    first = {
        "format": "counter-journal",
        "version": 1,
        "device": str(device_of(public_key)),
        "public_key": public_key.hex(),
    }
    return json.dumps(first, separators=(",", ":")).encode() + b"\n"


def line(entry: Entry) -> bytes:
    """An entry as a line of an export."""
    parts = {
        "header": _base64(entry.packed_header),
        "payload": _base64(entry.payload),
        "salt": _base64(entry.salt),
        "signature": _base64(entry.signature),
    }
    return json.dumps(parts, separators=(",", ":")).encode() + b"\n"


def signed(segment: int) -> int:
    """64 bits as the database holds them: its whole numbers have a sign."""
    return segment - (segment & _SIGN_BIT) * 2


def unsigned(segment: int) -> int:
    """And back."""
    return segment & _ALL_BITS


def new_segment() -> int:
    """64 random bits, never zero."""
    return int.from_bytes(os.urandom(8), "big") or 1


def _rows(connection: Connection, after: int, last: int = _NO_END) -> Iterator[_Row]:
    """All rows after one, in pages, so that a long journal never lies in memory."""
    while True:
        asked = select(*_BESIDE, *_STORED).where(journal.c.id > after, journal.c.id <= last)
        rows = connection.execute(asked.order_by(journal.c.id).limit(_PAGE)).all()
        yield from rows
        if len(rows) < _PAGE:
            return
        after = rows[-1].id


def _faithful(rows: Iterable[_Row]) -> Iterator[Entry]:
    """The entries of rows; ``EntryDamaged`` where a row is filed under something its header does not say."""
    for row in rows:
        entry = _entry(row)
        header = entry.header
        filed = Place(unsigned(row.segment), row.seq), row.act, row.kind
        if filed != (header.place, header.act, header.kind):
            raise EntryDamaged(f"row {row.id} is filed under another place, act or kind")
        yield entry


def _checked(rows: Iterable[_Row], public_key: bytes | None, known: dict[Place, bytes]) -> int:
    seal_check, number = SealCheck(public_key) if public_key else None, 0
    try:
        for entry in chained(_faithful(rows), known=known):
            if seal_check and not seal_check.holds(entry.hash, entry.signature):
                place = entry.header.place
                raise StoreDamaged(f"signature of entry {place.segment:016x}/{place.seq}")
            number += 1
    except EntryDamaged as fault:
        raise StoreDamaged(str(fault)) from fault
    return number


def _is_at(place: Place) -> tuple[ColumnElement[bool], ...]:
    return (journal.c.segment == signed(place.segment), journal.c.seq == place.seq)


def _entry(row: _Row) -> Entry:
    return Entry(row.header, row.payload, row.salt, row.signature)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
