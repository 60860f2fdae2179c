"""The board of the engineer: what is open now, and how the day and the month went."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from counter_app.desk.confidential import hidden_types
from counter_app.desk.desk import Desk, demand
from counter_app.domain import board as rules
from counter_app.domain.board import Board, Counted, Only, OpenOne
from counter_app.domain.complaint import Stage
from counter_app.domain.days import business_day, from_millis, to_millis
from counter_app.domain.numbering import Number
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import DiskFailed
from counter_app.domain.service_level import Level
from counter_app.store import reference
from counter_app.store.finds import board as found
from counter_app.store.finds.board import Listed
from counter_app.store.rows import Names
from counter_app.whole_file import WholeFile

SHOWN = 300


class Row(NamedTuple):
    """A complaint in the list of the board."""

    act: UUID
    number: Number
    type: str
    priority: int
    consumer: str
    place: str
    registered_at: datetime
    due_at: datetime | None
    done_at: datetime | None
    stage: Stage
    attention: bool
    level: Level


@dataclass(frozen=True, slots=True)
class Shown:
    """The board, the most urgent complaints as rows, and what their consumers and all lines are called."""

    board: Board
    rows: tuple[Row, ...]
    people: Mapping[str, Names]
    lines: Mapping[str, Names]


@dataclass(frozen=True, slots=True)
class Went:
    """How a day went by its hours, and its month by its days."""

    day: date
    hours: tuple[Counted, ...]
    days: tuple[Counted, ...]


def look(desk: Desk, session: Session, at: datetime, only: Only | None = None) -> Shown:
    """All that is open, the most urgent first; ``only`` what is overdue, or what a level has."""
    demand(desk, session, Right.SEE_BOARD, at)
    hidden = hidden_types(desk, session)
    with desk.book.reading() as connection:
        whole = rules.board(found.open_ones(connection, hidden), at, SHOWN, only)
        listed = found.listed(connection, [one.act for one in whole.urgent])
        rows = tuple(_row(one, listed[one.act], at) for one in whole.urgent)
        people = reference.names(connection, {row.consumer for row in rows if row.consumer})
        codes = {one.code for feeder in whole.lines for one in (feeder, *feeder.below)}
        return Shown(whole, rows, people, found.line_names(connection, codes))


def below(desk: Desk, session: Session, feeder: str, dtr: str, at: datetime) -> dict[str, Names]:
    """The consumers with something open below a transformer, who waits longest first, and their names."""
    demand(desk, session, Right.SEE_BOARD, at)
    hidden = hidden_types(desk, session)
    with desk.book.reading() as connection:
        numbers = found.below(connection, hidden, feeder, dtr, SHOWN)
        named = reference.names(connection, numbers)
    return {number: named.get(number, Names("", "")) for number in numbers}


def _row(one: OpenOne, said: Listed, at: datetime) -> Row:
    due, done = (None if ms is None else from_millis(ms) for ms in (one.due_ms, one.done_ms))
    return Row(
        UUID(bytes=one.act), said.number, said.type, one.priority, said.consumer, one.dtr or one.feeder,
        from_millis(one.registered_ms), due, done, said.stage, said.attention,
        one.level(to_millis(at)),
    )  # fmt: skip


def went(desk: Desk, session: Session, at: datetime) -> Went:
    """How today and this month went."""
    demand(desk, session, Right.SEE_BOARD, at)
    today, hidden = business_day(at), hidden_types(desk, session)
    first, last = today.replace(day=1), rules.last_of_month(today)
    with desk.book.reading() as connection:
        hours = rules.of_day(*(find(connection, hidden, today, today) for find in (found.came, found.done)))
        days = rules.of_month(
            today, *(find(connection, hidden, first, last) for find in (found.came, found.done))
        )
    return Went(today, hours, days)


def take_out(desk: Desk, session: Session, made: Callable[[], bytes], file: Path, at: datetime) -> Path:
    """Write a plot as a file; it names nobody, so the journal does not hear of it."""
    demand(desk, session, Right.SEE_BOARD, at)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with WholeFile(file) as out:
            out.write(made())
            out.keep()
    except OSError as fault:
        raise DiskFailed from fault
    return file
