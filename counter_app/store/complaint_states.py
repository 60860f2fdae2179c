"""Where each complaint stands, as a row: made of its set whenever something is recorded or heard about it.

The rows follow from the sets alone, so equal sets make equal rows, whatever the order of arrival.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy.engine import Connection

from counter_app.domain.complaint_life import (
    FOLD_VERSION,
    Above,
    ComplaintState,
    fold,
    fold_within,
    number_given,
)
from counter_app.domain.days import from_millis, to_millis
from counter_app.domain.service_level import Level, passes_to
from counter_app.store.complaint_sets import ComplaintSet, complaint_sets
from counter_app.store.facts import FOLDED, fact, put_fact
from counter_app.store.reference import put_statement
from counter_app.store.tables import complaint_states

_PUT = put_statement(complaint_states)
# A part is withdrawn by nothing that it is a part of, nor by what contradicts itself.
_OWN = """
    SELECT part, own_done_at, joined, stage = 'withdrawn' AND NOT part AND NOT attention
    FROM complaint_states WHERE act = ?"""
_PARTS = "SELECT act FROM complaint_states WHERE joined = ?"
_EVERY_PART = "SELECT act FROM complaint_states WHERE joined IS NOT NULL ORDER BY act"
_EVERY = "SELECT act FROM complaints UNION ALL SELECT act FROM known_complaints ORDER BY act"
_VERSION = str(FOLD_VERSION).encode()
_CHUNK = 500


def tail_of(serial: int) -> str:
    """The digits of a serial from behind, five at least: tails are looked for as beginnings."""
    return f"{serial:05d}"[::-1]


def state_of(connection: Connection, whole: ComplaintSet) -> ComplaintState:
    """Where a complaint stands, with what it is a part of."""
    return fold_within(whole.registered, whole.steps, partial(_own, connection))


def central_number_of(whole: ComplaintSet) -> str:
    """The newest number that 1912 gave; empty while it gave none."""
    return number_given(whole.events) or whole.central_number


def restate(connection: Connection, act: UUID) -> None:
    """Something about a complaint is new: make its row again, and where need be those of its parts."""
    before = _own(connection, act)
    _put(connection, [act])
    if _own(connection, act) == before:
        return
    waiting, passed = [act], {act}
    while waiting:
        parts = connection.exec_driver_sql(_PARTS, (waiting.pop().bytes,)).scalars()
        new = {UUID(bytes=part) for part in parts} - passed
        passed |= new  # parts of each other: damage, and no reason to go round for ever
        waiting += new
        _put(connection, new)


def states_are_old(connection: Connection) -> bool:
    """Whether the rows were made by another fold than this program's."""
    return fact(connection, FOLDED) != _VERSION


def state_all(connection: Connection) -> None:
    """Make all rows again."""
    connection.exec_driver_sql("DELETE FROM complaint_states")
    acts = [UUID(bytes=act) for act in connection.exec_driver_sql(_EVERY).scalars()]
    for begin in range(0, len(acts), _CHUNK):
        _put(connection, acts[begin : begin + _CHUNK])
    # What they are parts of may have come behind them.
    parts = [UUID(bytes=act) for act in connection.exec_driver_sql(_EVERY_PART).scalars()]
    for begin in range(0, len(parts), _CHUNK):
        _put(connection, parts[begin : begin + _CHUNK])
    put_fact(connection, FOLDED, _VERSION)


def _own(connection: Connection, act: UUID) -> Above | None:
    """None when the complaint is not here."""
    row = connection.exec_driver_sql(_OWN, (act.bytes,)).first()
    if row is None:
        return None
    is_part, done_ms, joined, withdrawn = row
    done_at = None if done_ms is None else from_millis(done_ms)
    return Above(bool(is_part), done_at, UUID(bytes=joined) if joined else None, bool(withdrawn))


def _put(connection: Connection, acts: Iterable[UUID]) -> None:
    rows = [_row(connection, whole) for whole in complaint_sets(connection, acts)]
    if rows:
        connection.exec_driver_sql(_PUT, rows)


def _row(connection: Connection, whole: ComplaintSet) -> tuple[object, ...]:
    """The columns of ``complaint_states``, in their order."""
    number, registered = whole.number, whole.registered
    own, state = fold(registered, whole.steps), state_of(connection, whole)
    return (
        whole.act.bytes, number.office, number.counter, number.serial, tail_of(number.serial),
        number.letters, central_number_of(whole), registered.consumer, registered.mobile, registered.type,
        registered.priority, registered.dtr, registered.feeder, to_millis(registered.registered_at),
        _millis(state.due_at), str(state.stage), state.open, state.attention, to_millis(state.since),
        _millis(state.done_at), state.reopened, state.office, own.joined.bytes if own.joined else None,
        own.is_part, None if own.attention else _millis(own.done_at),
        _millis(passes_to(state.ladder, Level.DIVISION, registered.registered_at)),
        _millis(passes_to(state.ladder, Level.CIRCLE, registered.registered_at)),
    )  # fmt: skip


def _millis(at: datetime | None) -> int | None:
    return None if at is None else to_millis(at)
