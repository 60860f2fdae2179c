"""What the board shows: all that is open, names for what is seen of it, and what came and went over time."""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.engine import Connection

from counter_app.domain.board import OpenOne
from counter_app.domain.complaint import Stage
from counter_app.domain.days import from_millis, midnight, to_millis
from counter_app.domain.numbering import Number, Series
from counter_app.domain.service_level import Promise
from counter_app.store.rows import Names

# Constant text, nothing to compile; all that is open comes out of one index, which has these columns.
_OPEN = """
    SELECT priority, due_at, done_at, registered_at, feeder, dtr, act, division_at, circle_at
    FROM complaint_states INDEXED BY complaint_states_board
    WHERE open AND type NOT IN (SELECT value FROM json_each(?))"""
_LISTED = """
    SELECT act, office, counter, serial, letters, type, consumer, stage, attention FROM complaint_states
    WHERE act IN (SELECT unhex(value) FROM json_each(?))"""
_BELOW = """
    SELECT DISTINCT consumer FROM complaint_states
    WHERE type NOT IN (SELECT value FROM json_each(?)) AND open AND feeder = ? AND dtr = ? AND consumer <> ''
    ORDER BY registered_at LIMIT ?"""
_CAME = """
    SELECT registered_at FROM complaint_states
    WHERE type NOT IN (SELECT value FROM json_each(?)) AND registered_at >= ? AND registered_at < ?"""
_DONE = """
    SELECT done_at FROM complaint_states
    WHERE type NOT IN (SELECT value FROM json_each(?)) AND done_at >= ? AND done_at < ?"""
_NAMED = "SELECT code, name_hi, name_en FROM assets WHERE code IN (SELECT value FROM json_each(?))"
_REGISTER = """
    SELECT office, counter, serial, letters, registered_at, type, consumer, due_at, done_at, stage, open,
        EXISTS (SELECT 1 FROM complaint_events e JOIN journal j USING (act)
            WHERE e.complaint = s.act AND j.kind = 45)
        OR EXISTS (SELECT 1 FROM known_events k WHERE k.complaint = s.act AND k.kind = 45),
        coalesce(
            (SELECT coalesce(r.payload, j.payload) ->> '$.urban'
                FROM journal j LEFT JOIN redacted r USING (act) WHERE j.act = s.act),
            (SELECT k.body ->> '$.urban' FROM known_complaints k WHERE k.act = s.act))
    FROM complaint_states s
    WHERE type NOT IN (SELECT value FROM json_each(?)) AND registered_at >= ? AND registered_at < ?
    ORDER BY registered_at, act"""


class Listed(NamedTuple):
    """What the list of the board says of a complaint."""

    number: Number
    type: str
    consumer: str
    stage: Stage
    attention: bool


class Registered(NamedTuple):
    """A complaint in the register of a day."""

    number: Number
    registered_at: datetime
    type: str
    consumer: str
    due_at: datetime | None
    done_at: datetime | None
    stage: Stage
    open: bool
    claimed: bool
    urban: bool

    @property
    def promise(self) -> Promise:
        """What was promised, and what became of it."""
        withdrawn = self.stage is Stage.WITHDRAWN
        return Promise(self.consumer, self.due_at, self.done_at, withdrawn, self.claimed)


def open_ones(connection: Connection, hidden: Collection[str]) -> list[OpenOne]:
    """All that is not over and of no ``hidden`` type, in no order."""
    rows = connection.exec_driver_sql(_OPEN, (json.dumps(list(hidden)),)).all()
    return list(map(OpenOne._make, rows))


def listed(connection: Connection, acts: Sequence[bytes]) -> dict[bytes, Listed]:
    """What the list says of some complaints, by their acts."""
    rows = connection.exec_driver_sql(_LISTED, (json.dumps([act.hex() for act in acts]),))
    return {
        act: Listed(
            Number(Series.COMPLAINT, office, counter, serial, letters), kind, consumer, Stage(stage),
            bool(attention),
        )
        for act, office, counter, serial, letters, kind, consumer, stage, attention in rows
    }  # fmt: skip


def below(
    connection: Connection, hidden: Collection[str], feeder: str, dtr: str, most: int
) -> tuple[str, ...]:
    """The consumers with something open below a transformer, who waits longest first."""
    asked = json.dumps(list(hidden)), feeder, dtr, most
    return tuple(connection.exec_driver_sql(_BELOW, asked).scalars())


def line_names(connection: Connection, codes: Collection[str]) -> dict[str, Names]:
    """What feeders and transformers are called, by their codes."""
    rows = connection.exec_driver_sql(_NAMED, (json.dumps(list(codes)),))
    return {code: Names(hindi, english) for code, hindi, english in rows}


def came(connection: Connection, hidden: Collection[str], first: date, last: date) -> list[datetime]:
    """When complaints were registered on days."""
    asked = _span(hidden, first, last)
    return [from_millis(at) for at in connection.exec_driver_sql(_CAME, asked).scalars()]


def done(connection: Connection, hidden: Collection[str], first: date, last: date) -> list[datetime]:
    """When the work on complaints was done on days."""
    asked = _span(hidden, first, last)
    return [from_millis(at) for at in connection.exec_driver_sql(_DONE, asked).scalars()]


def registered_on(
    connection: Connection, hidden: Collection[str], first: date, last: date
) -> Iterator[Registered]:
    """What was registered on days, but for ``hidden`` types, in the order of time."""
    for row in connection.exec_driver_sql(_REGISTER, _span(hidden, first, last)):
        office, counter, serial, letters, at, kind, consumer, due_at, done_at, stage, *flags = row
        is_open, claimed, urban = map(bool, flags)
        yield Registered(
            Number(Series.COMPLAINT, office, counter, serial, letters), from_millis(at), kind, consumer,
            _at(due_at), _at(done_at), Stage(stage), is_open, claimed, urban,
        )  # fmt: skip


def _span(hidden: Collection[str], first: date, last: date) -> tuple[str, int, int]:
    return json.dumps(list(hidden)), to_millis(midnight(first)), to_millis(midnight(last + timedelta(days=1)))


def _at(millis: int | None) -> datetime | None:
    return None if millis is None else from_millis(millis)
