"""Complaints of this counter and of elsewhere, each with the stage that its steps fold into."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, exists, false, func, literal, not_, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from counter_app.domain.complaint import ComplaintRegistered, ComplaintStep, Stage, StepEvent, fold
from counter_app.domain.consumer import read_mobile
from counter_app.domain.consumer import read_number as read_consumer_number
from counter_app.domain.entry import Kind
from counter_app.domain.numbering import Number, Series, Sought, read_number
from counter_app.domain.refusals import StoreDamaged
from counter_app.store.finds.receipts import number_of, serial_is
from counter_app.store.finds.words import named_like
from counter_app.store.reference import names
from counter_app.store.rows import ComplaintRow, Names
from counter_app.store.tables import (
    complaint_steps,
    complaints,
    journal,
    known_complaints,
    known_steps,
    redacted,
)
from counter_app.store.words_index import WordIndex
from counter_app.wire.payloads import PayloadDamaged, decode

_NOBODY = Names("", "")
_LONGEST_CENTRAL = 40
_VERSION = 1  # of the bodies of complaints from elsewhere

# Runs after every key that is typed: constant text, and no payload is read. Of a complaint without a
# CLOSED step the count is certain; one that was closed and reopened has to be folded.
_STAGES = """
    SELECT consumer, act, (
        SELECT coalesce(group_concat(stage), '') FROM (
            SELECT stage FROM complaint_steps WHERE complaint = asked.act
            UNION ALL SELECT stage FROM known_steps WHERE complaint = asked.act))
    FROM (
        SELECT consumer, act FROM complaints WHERE consumer IN (SELECT value FROM json_each(?))
        UNION ALL
        SELECT consumer, act FROM known_complaints WHERE consumer IN (SELECT value FROM json_each(?))
    ) AS asked"""

_Where = Callable[[Table], ColumnElement[bool]]


def complaint(connection: Connection, act: UUID) -> ComplaintRow | None:
    """The complaint of an act."""
    found = _complaints(connection, lambda table: table.c.act == act)
    return found[0] if found else None


def complaints_of(connection: Connection, number: str) -> tuple[ComplaintRow, ...]:
    """All complaints of a consumer, newest first."""
    return _complaints(connection, lambda table: table.c.consumer == number)


def complaints_found(
    connection: Connection, words: WordIndex, typed: str, limit: int = 50
) -> tuple[ComplaintRow, ...]:
    """Complaints by own or central number, tail, consumer number, mobile, or name; newest first."""
    sought = read_number(typed)
    consumer, mobile = read_consumer_number(typed), read_mobile(typed)
    central = typed.strip() if len(typed) <= _LONGEST_CENTRAL and typed.isprintable() else ""

    def numbered(table: Table) -> ColumnElement[bool]:
        conditions: list[ColumnElement[bool]] = [false()]
        if sought is not None and (sought.series is not Series.RECEIPT or sought.office is None):
            conditions.append(_is_sought(table, sought))
        if consumer is not None:
            conditions.append(table.c.consumer == consumer)
        if mobile is not None:
            conditions.append(table.c.mobile == mobile)
        if central and table is known_complaints:
            conditions.append(table.c.central_number == central)
        return or_(*conditions)

    found = _complaints(connection, numbered, limit)
    if found or sought or consumer or mobile:
        return found
    people = named_like(connection, words, typed, 200)
    return _complaints(connection, lambda table: table.c.consumer.in_(people), limit) if people else ()


def open_complaints(connection: Connection, limit: int = 200) -> tuple[ComplaintRow, ...]:
    """Complaints that are not closed: danger first, then the oldest."""
    rows = [row for row in _complaints(connection, not_closed) if row.state.stage is not Stage.CLOSED]
    rows.sort(key=lambda row: (row.registered.priority != 1, row.registered.registered_at))
    return tuple(rows[:limit])


def open_counts(connection: Connection, numbers: Sequence[str]) -> dict[str, int]:
    """How many complaints of these consumers are not closed; those with none are left out."""
    asked = json.dumps(list(numbers))
    counts: Counter[str] = Counter()
    folded: list[UUID] = []
    for consumer, act, stages in connection.exec_driver_sql(_STAGES, (asked, asked)):
        passed = stages.split(",")
        if Stage.CLOSED not in passed:
            counts[consumer] += 1
        elif Stage.REOPENED in passed:
            folded.append(UUID(bytes=act))
    if folded:
        rows = _complaints(connection, lambda table: table.c.act.in_(folded))
        counts.update(row.registered.consumer for row in rows if row.state.stage is not Stage.CLOSED)
    return counts


def not_closed(table: Table) -> ColumnElement[bool]:
    """Never closed, or reopened at some time: few enough to fold, and no open one is missing."""
    return or_(not_(_has_step(table, Stage.CLOSED)), _has_step(table, Stage.REOPENED))


def _has_step(table: Table, stage: Stage) -> ColumnElement[bool]:
    here, elsewhere = (
        exists().where(steps.c.complaint == table.c.act, steps.c.stage == str(stage))
        for steps in (complaint_steps, known_steps)
    )
    return or_(here, elsewhere)


def _is_sought(table: Table, sought: Sought) -> ColumnElement[bool]:
    conditions = [serial_is(table.c.serial, sought)]
    if sought.office is not None:
        conditions += [table.c.office == sought.office, table.c.counter == sought.counter]
    if sought.letters is not None:
        conditions.append(table.c.letters == sought.letters)
    return and_(*conditions)


def _complaints(connection: Connection, where: _Where, limit: int = -1) -> tuple[ComplaintRow, ...]:
    found = _found(connection, where, limit)
    steps = _steps(connection, [act for act, *_ in found])
    named = names(connection, {registered.consumer for _, _, registered, _ in found})
    rows = [
        ComplaintRow(
            act=act,
            number=number,
            registered=registered,
            state=fold(registered.registered_at, steps.get(act, ())),
            name_hi=named.get(registered.consumer, _NOBODY).hi,
            name_en=named.get(registered.consumer, _NOBODY).en,
            central_number=central,
        )
        for act, number, registered, central in found
    ]
    rows.sort(key=lambda row: (row.registered.registered_at, row.number.serial), reverse=True)
    return tuple(rows[:limit] if limit >= 0 else rows)


def _found(
    connection: Connection, where: _Where, limit: int
) -> list[tuple[UUID, Number, ComplaintRegistered, str]]:
    """Own complaints with their entries' payloads, and those of elsewhere."""
    body = func.coalesce(redacted.c.payload, journal.c.payload).label("body")
    own = select(*_numbered(complaints), literal("").label("central_number"), body)
    own = own.join(journal, journal.c.act == complaints.c.act)
    own = own.outerjoin(redacted, redacted.c.act == complaints.c.act).where(where(complaints))
    known = select(*_numbered(known_complaints), known_complaints.c.central_number, known_complaints.c.body)
    known = known.where(where(known_complaints))
    both: tuple[tuple[Select[*tuple[Any, ...]], Table], ...] = ((own, complaints), (known, known_complaints))
    return [
        (row["act"], number_of(row, Series.COMPLAINT), _registered(row["body"]), row["central_number"])
        for asked, table in both
        for row in connection.execute(asked.order_by(table.c.registered_at.desc()).limit(limit)).mappings()
    ]


def _numbered(table: Table) -> list[ColumnElement[Any]]:
    return [table.c[name] for name in ("act", "office", "counter", "serial", "letters")]


def _registered(body: bytes) -> ComplaintRegistered:
    try:
        registered = decode(Kind.COMPLAINT_REGISTERED, _VERSION, body)
    except PayloadDamaged as fault:
        raise StoreDamaged(str(fault)) from fault
    assert isinstance(registered, ComplaintRegistered)
    return registered


def _steps(connection: Connection, acts: list[UUID]) -> dict[UUID, list[StepEvent]]:
    found: dict[UUID, list[StepEvent]] = {}
    for table in (complaint_steps, known_steps):
        for row in connection.execute(select(table).where(table.c.complaint.in_(acts))):
            step = ComplaintStep(row.complaint, Stage(row.stage), row.done_at, row.done_by, row.note)
            found.setdefault(row.complaint, []).append(StepEvent(row.act, step))
    return found
