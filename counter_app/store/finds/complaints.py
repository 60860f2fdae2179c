"""Complaints of this counter and of elsewhere, each with the state that its steps fold into."""

import json
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy.engine import Connection

from counter_app.domain.consumer import read_mobile
from counter_app.domain.consumer import read_number as read_consumer_number
from counter_app.domain.numbering import Series, Sought, read_number
from counter_app.store.complaint_sets import ComplaintSet, complaint_sets
from counter_app.store.complaint_states import central_number_of, state_of, tail_of
from counter_app.store.finds.network import lines_called, lines_named
from counter_app.store.finds.words import named_like
from counter_app.store.reference import names
from counter_app.store.rows import ComplaintRow, Names
from counter_app.store.words_index import WordIndex

_NOBODY = Names("", "")
_LONGEST_CENTRAL = 40
_SHORTEST_TAIL = 100

# Constant text, nothing to compile: these run after every key that is typed. First the types left out.
_OF_CONSUMER = """
    SELECT act FROM complaint_states
    WHERE type NOT IN (SELECT value FROM json_each(?)) AND consumer = ? AND consumer <> ''
    ORDER BY registered_at DESC, serial DESC LIMIT ?"""
_OF_CONSUMERS = """
    SELECT act FROM complaint_states
    WHERE type NOT IN (SELECT value FROM json_each(?))
        AND consumer IN (SELECT value FROM json_each(?)) AND consumer <> ''
    ORDER BY registered_at DESC, serial DESC LIMIT ?"""
_OF_MOBILE = """
    SELECT act FROM complaint_states
    WHERE type NOT IN (SELECT value FROM json_each(?)) AND mobile = ? AND mobile <> ''
    ORDER BY registered_at DESC, serial DESC LIMIT ?"""
_ON_LINES = """
    SELECT act FROM (
        SELECT act, type, registered_at, serial FROM complaint_states
        WHERE dtr IN (SELECT value FROM json_each(:lines)) AND dtr <> ''
        UNION SELECT act, type, registered_at, serial FROM complaint_states
        WHERE feeder IN (SELECT value FROM json_each(:lines)) AND feeder <> '')
    WHERE type NOT IN (SELECT value FROM json_each(:hidden))
    ORDER BY registered_at DESC, serial DESC LIMIT :most"""
_AT_CENTRE = """
    SELECT act FROM complaint_states
    WHERE type NOT IN (SELECT value FROM json_each(?)) AND central_number = ? AND central_number <> ''
    ORDER BY registered_at DESC, serial DESC LIMIT ?"""
_BY_TAIL = """
    SELECT act FROM complaint_states
    WHERE type NOT IN (SELECT value FROM json_each(?)) AND tail >= ? AND tail < ?
    ORDER BY registered_at DESC, serial DESC LIMIT ?"""
_BY_SERIAL = """
    SELECT act FROM complaint_states
    WHERE type NOT IN (SELECT value FROM json_each(?)) AND tail = ? AND serial = ?
    ORDER BY registered_at DESC, serial DESC LIMIT ?"""
_BY_NUMBER = """
    SELECT act FROM complaint_states
    WHERE type NOT IN (SELECT value FROM json_each(?))
        AND tail = ? AND serial = ? AND office = ? AND counter = ? AND (letters = ? OR ? IS NULL)
    ORDER BY registered_at DESC, serial DESC LIMIT ?"""
_OPEN = """
    SELECT act FROM complaint_states
    WHERE type NOT IN (SELECT value FROM json_each(?)) AND open
    ORDER BY priority <> 1, registered_at, act LIMIT ?"""
_COUNTS = """
    SELECT consumer, count(*) FROM complaint_states
    WHERE type NOT IN (SELECT value FROM json_each(?))
        AND consumer IN (SELECT value FROM json_each(?)) AND consumer <> '' AND open GROUP BY consumer"""


def complaint(connection: Connection, act: UUID) -> ComplaintRow | None:
    """The complaint of an act."""
    found = complaints_at(connection, [act])
    return found[0] if found else None


def complaints_of(connection: Connection, number: str, hidden: Collection[str]) -> tuple[ComplaintRow, ...]:
    """All complaints of a consumer but those of ``hidden`` types, newest first."""
    return _newest(connection, _asked(connection, _OF_CONSUMER, hidden, number, -1))


def complaints_found(
    connection: Connection, words: WordIndex, typed: str, hidden: Collection[str], limit: int = 50
) -> tuple[ComplaintRow, ...]:
    """Complaints, also those that are over, by own or central number, tail, consumer number, mobile,
    transformer or feeder, or by name of consumer or line; newest first.

    None of ``hidden`` types is among them.
    """
    sought = read_number(typed)
    consumer, mobile = read_consumer_number(typed), read_mobile(typed)
    acts: set[UUID] = set()
    if sought is not None and (sought.series is not Series.RECEIPT or sought.office is None):
        acts |= _numbered(connection, sought, hidden, limit)
    if consumer is not None:
        acts |= _asked(connection, _OF_CONSUMER, hidden, consumer, limit)
    if mobile is not None:
        acts |= _asked(connection, _OF_MOBILE, hidden, mobile, limit)
    if len(typed) <= _LONGEST_CENTRAL and typed.isprintable():
        acts |= _asked(connection, _AT_CENTRE, hidden, typed.strip(), limit)
        acts |= _on_lines(connection, lines_called(connection, typed), hidden, limit)
    if not (acts or sought or consumer or mobile):
        people = named_like(connection, words, typed, hidden, 200)
        acts = _asked(connection, _OF_CONSUMERS, hidden, json.dumps(people), limit) if people else set()
        acts |= _on_lines(connection, lines_named(connection, typed), hidden, limit)
    return _newest(connection, acts)[:limit]


def open_complaints(
    connection: Connection, hidden: Collection[str], limit: int = 200
) -> tuple[ComplaintRow, ...]:
    """Complaints that are not over, but those of ``hidden`` types: danger first, then the oldest."""
    rows = complaints_at(connection, _asked(connection, _OPEN, hidden, limit))
    rows.sort(key=lambda row: (row.registered.priority != 1, row.registered.registered_at, row.act))
    return tuple(rows)


def open_counts(connection: Connection, numbers: Sequence[str], hidden: Collection[str]) -> dict[str, int]:
    """How many complaints of these consumers are not over; those of ``hidden`` types do not count."""
    rows = connection.exec_driver_sql(_COUNTS, (json.dumps(list(hidden)), json.dumps(list(numbers))))
    return {row[0]: row[1] for row in rows}


def _numbered(connection: Connection, sought: Sought, hidden: Collection[str], limit: int) -> set[UUID]:
    """By whole number, or by the last digits of a serial, three or more of them."""
    tail = tail_of(sought.serial)
    if sought.office is not None:
        letters = sought.letters
        where = (tail, sought.serial, sought.office, sought.counter, letters, letters)
        return _asked(connection, _BY_NUMBER, hidden, *where, limit)
    found = _asked(connection, _BY_SERIAL, hidden, tail, sought.serial, limit)
    if sought.serial >= _SHORTEST_TAIL:
        begin = str(sought.serial)[::-1]
        found |= _asked(connection, _BY_TAIL, hidden, begin, begin + ":", limit)  # the sign behind 9
    return found


def _asked(connection: Connection, statement: str, hidden: Collection[str], *values: object) -> set[UUID]:
    found = connection.exec_driver_sql(statement, (json.dumps(list(hidden)), *values)).scalars()
    return {UUID(bytes=act) for act in found}


def _on_lines(connection: Connection, lines: Sequence[str], hidden: Collection[str], limit: int) -> set[UUID]:
    if not lines:
        return set()
    asked = {"lines": json.dumps(lines), "hidden": json.dumps(list(hidden)), "most": limit}
    return {UUID(bytes=act) for act in connection.exec_driver_sql(_ON_LINES, asked).scalars()}


def _newest(connection: Connection, acts: Iterable[UUID]) -> tuple[ComplaintRow, ...]:
    rows = complaints_at(connection, acts)
    rows.sort(key=lambda row: (row.registered.registered_at, row.number.serial), reverse=True)
    return tuple(rows)


def complaints_at(connection: Connection, acts: Iterable[UUID]) -> list[ComplaintRow]:
    """The complaints of these acts, in no order."""
    sets = complaint_sets(connection, acts)
    named = names(connection, {whole.registered.consumer for whole in sets})
    return [_row(connection, whole, named) for whole in sets]


def _row(connection: Connection, whole: ComplaintSet, named: dict[str, Names]) -> ComplaintRow:
    name = named.get(whole.registered.consumer, _NOBODY)
    return ComplaintRow(
        act=whole.act,
        number=whole.number,
        registered=whole.registered,
        state=state_of(connection, whole),
        name_hi=name.hi,
        name_en=name.en,
        central_number=central_number_of(whole),
        events=whole.events,
    )
