"""Open complaints on one line: what may be one outage."""

import json
from collections.abc import Iterable
from functools import partial
from uuid import UUID

from sqlalchemy.engine import Connection

from counter_app.domain.complaint import ComplaintStep, Stage
from counter_app.domain.complaint_life import upward
from counter_app.store.finds.complaints import complaint, complaints_at
from counter_app.store.rows import ComplaintRow

_ON_DTR = """
    SELECT act FROM complaint_states WHERE dtr = ? AND dtr <> '' AND open
    AND (stage NOT IN ('merged', 'attended') OR attention) AND type IN (SELECT value FROM json_each(?))"""
_ON_FEEDER = """
    SELECT act FROM complaint_states WHERE feeder = ? AND feeder <> '' AND open
    AND (stage NOT IN ('merged', 'attended') OR attention) AND type IN (SELECT value FROM json_each(?))"""

# Parts of parts as well: outages that counters apart made of one line lie under each other. What is a part of
# itself is damage, and no reason to go round for ever. Left out is what was withdrawn, what was done by
# itself, and what stands by itself again because that of which it was a part was withdrawn.
_BELOW = """
    WITH RECURSIVE below(act) AS (SELECT act FROM complaint_states WHERE joined = ?1
        UNION SELECT s.act FROM complaint_states s JOIN below b ON s.joined = b.act)
    SELECT s.act FROM below b JOIN complaint_states s ON s.act = b.act
        LEFT JOIN complaint_states w ON w.act = s.joined
    WHERE s.act <> ?1 AND s.type NOT IN (SELECT value FROM json_each(?2))
        AND s.stage <> 'withdrawn' AND (s.done_at IS NULL OR s.part)
        AND NOT (s.part AND coalesce(w.stage = 'withdrawn' AND NOT w.part AND NOT w.attention, 0))"""


def open_on_dtr(connection: Connection, dtr: str, types: Iterable[str]) -> tuple[ComplaintRow, ...]:
    """The complaints of these types on a transformer that are open by themselves and not done, oldest first.

    Those of which two counters made parts of different ones are among them.
    """
    return _rows(connection, _ON_DTR, dtr, types)


def open_on_feeder(connection: Connection, feeder: str, types: Iterable[str]) -> tuple[ComplaintRow, ...]:
    """The same of a feeder with all its transformers."""
    return _rows(connection, _ON_FEEDER, feeder, types)


def count_on_line(connection: Connection, dtr: str, feeder: str, types: Iterable[str]) -> int:
    """How many complaints of these types on a transformer, or a feeder, are open by themselves."""
    asked, line = (_ON_DTR, dtr) if dtr else (_ON_FEEDER, feeder)
    return len(connection.exec_driver_sql(asked, (line, json.dumps(list(types)))).all())


def parts_of(connection: Connection, act: UUID, hidden: Iterable[str] = ()) -> int:
    """How many complaints ``all_parts`` finds."""
    return len(_below(connection, act, hidden))


def all_parts(connection: Connection, act: UUID, hidden: Iterable[str]) -> tuple[ComplaintRow, ...]:
    """Every complaint that is over or goes on with one, oldest first; none that stands by itself again, nor
    what was done or withdrawn by itself, nor those of ``hidden`` types.
    """
    rows = complaints_at(connection, _below(connection, act, hidden))
    return tuple(sorted(rows, key=lambda row: (row.registered.registered_at, row.act)))


def _below(connection: Connection, act: UUID, hidden: Iterable[str]) -> list[UUID]:
    found = connection.exec_driver_sql(_BELOW, (act.bytes, json.dumps(list(hidden)))).scalars()
    return [UUID(bytes=part) for part in found]


def all_wholes(connection: Connection, row: ComplaintRow) -> tuple[ComplaintRow, ...]:
    """What a complaint is a part of, what that is a part of, and so on."""
    found = upward(row.state.joined, partial(complaint, connection), lambda one: one.state.joined)
    return tuple(one for one in found if one.act != row.act)


def _rows(connection: Connection, asked: str, line: str, types: Iterable[str]) -> tuple[ComplaintRow, ...]:
    found = connection.exec_driver_sql(asked, (line, json.dumps(list(types)))).scalars()
    rows = complaints_at(connection, [UUID(bytes=act) for act in found])
    free = (row for row in rows if not row.state.attention or _was_joined_twice(row))
    return tuple(sorted(free, key=lambda row: (row.registered.registered_at, row.act)))


def _was_joined_twice(row: ComplaintRow) -> bool:
    heads = set(row.state.heads)
    return all(
        isinstance(event.said, ComplaintStep) and event.said.stage is Stage.MERGED
        for event in row.events
        if event.act in heads
    )
