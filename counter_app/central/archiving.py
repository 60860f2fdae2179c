"""How far a checked backup goes: what lies in it, counters may let go of.

A backup is checked by being put back: it is opened as the database it became, and its entries are read.
Of each segment what is whole in it, and in the books here, is archived; a segment with branches is not.
"""

import secrets
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql import ClauseElement

from counter_app.central.database import Database, Row, Transaction, retried
from counter_app.central.tables import archived, arrivals, devices, entries, facts, held, segments
from counter_app.domain.central_refusals import BackupIsStore
from counter_app.domain.entry import NO_HASH, Entry, EntryDamaged, check_payload
from counter_app.wire.messages import Mark

_FACT = "archiving"
_DEVICES = select(devices.c.office, devices.c.device).order_by(devices.c.office, devices.c.device)
_SEGMENTS = (
    select(segments.c.segment, segments.c.upto)
    .where(segments.c.office == bindparam("office"), segments.c.device == bindparam("device"))
    .where(segments.c.tip != b"")
    .order_by(segments.c.segment)
)
_AT = ("office", "device", "segment")
_MARKS = select(archived.c.segment, archived.c.seq, archived.c.hash).where(
    archived.c.office == bindparam("office"), archived.c.device == bindparam("device")
)
_PUT = insert(archived).values({name: bindparam(name) for name in (*_AT, "seq", "hash")})
_PUT = _PUT.on_conflict_do_update(
    index_elements=list(_AT), set_={name: _PUT.excluded[name] for name in ("seq", "hash")}
)
_BEHIND = (
    select(entries.c.header, entries.c.payload, entries.c.salt)
    .where(*(entries.c[name] == bindparam(name) for name in _AT), entries.c.seq > bindparam("after"))
    .order_by(entries.c.seq)
)
_HASH = select(entries.c.hash).where(
    *(entries.c[name] == bindparam(name) for name in _AT), entries.c.seq == bindparam("seq")
)
_FIRST_HELD = select(func.min(held.c.seq)).where(*(held.c[name] == bindparam(name) for name in _AT))
_FIRST_WAITING = select(func.min(arrivals.c.first)).where(
    *(arrivals.c[name] == bindparam(name) for name in _AT)
)
_FOUND = select(facts.c.value).where(facts.c.name == _FACT)
_NOTE = insert(facts).values(name=_FACT, value=bindparam("value"))
_NOTE = _NOTE.on_conflict_do_update(index_elements=["name"], set_={"value": _NOTE.excluded.value})


@dataclass(frozen=True, slots=True)
class Archived:
    """What a backup came to: entries that are archived now, and segments of it that go no further."""

    entries: int
    left: int


def marks(transaction: Transaction, office: str, device: UUID) -> list[Mark]:
    """How far each segment of a device is archived."""
    found = transaction.rows(_MARKS, {"office": office, "device": device.bytes})
    return [Mark(int.from_bytes(segment, "big"), seq, one) for segment, seq, one in found]


def archive(store: Database, backup: Database, address: str) -> Archived:
    """Mark what lies whole in a backup of this store. ``BackupIsStore``: it is no other database."""
    drawn = secrets.token_hex(16)
    retried(store, lambda transaction: transaction.do(_NOTE, {"value": drawn}))
    if _read(backup, _FOUND, {}) == [(drawn,)]:
        raise BackupIsStore(address)
    made = Archived(0, 0)
    for office, device in _read(backup, _DEVICES, {}):
        one = _archive(store, backup, {"office": office, "device": device})
        made = Archived(made.entries + one.entries, made.left + one.left)
    return made


def _archive(store: Database, backup: Database, device: dict[str, object]) -> Archived:
    """The same for one device."""
    marked = {segment: (seq, one) for segment, seq, one in _read(store, _MARKS, device)}
    count = left = 0
    for segment, upto in _read(backup, _SEGMENTS, device):
        after, tip = marked.get(segment, (0, NO_HASH))
        now = after
        if after < upto:
            now = _advanced(store, backup, device | {"segment": segment}, after, tip)
        count += now - after
        left += now < upto
    return Archived(count, left)


def _read(database: Database, statement: ClauseElement, asked: dict[str, object]) -> list[Row]:
    return retried(database, lambda transaction: transaction.rows(statement, asked))


def _advanced(store: Database, backup: Database, at: dict[str, object], after: int, tip: bytes) -> int:
    """Up to where a segment is archived now; it was up to a place with this hash."""
    whole = _whole(backup, at, after, tip)
    return max(after, retried(store, lambda transaction: _mark(transaction, at, whole)))


def _whole(backup: Database, segment: dict[str, object], after: int, tip: bytes) -> list[Row]:
    """Number and hash of the entries behind a place, as far as their chain and what they say are whole."""
    asked = {**segment, "after": after}
    found: list[Row] = []
    for packed, payload, salt in _read(backup, _BEHIND, asked):
        entry = Entry(packed, payload, salt, b"")
        try:
            header = entry.header
            check_payload(entry)
        except EntryDamaged:
            break
        seq = header.place.seq
        if seq != after + len(found) + 1 or (seq > 1 and header.previous != tip):
            break
        tip = entry.hash
        found.append((seq, tip))
    return found


def _mark(transaction: Transaction, segment: dict[str, object], whole: list[Row]) -> int:
    """Mark a segment up to where the store has the same, in its books; up to where that is, 0 for nowhere."""
    firsts = [transaction.rows(asked, segment)[0][0] for asked in (_FIRST_HELD, _FIRST_WAITING)]
    stop = min((first for first in firsts if first is not None), default=None)
    for seq, entry_hash in reversed(whole):
        same = transaction.rows(_HASH, {**segment, "seq": seq}) == [(entry_hash,)]
        if same and (stop is None or seq < stop):
            transaction.do(_PUT, {**segment, "seq": seq, "hash": entry_hash})
            return int(seq)
    return 0
