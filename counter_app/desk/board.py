"""The board of the engineer: what is open now, and how the day and the month went."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from counter_app.desk.desk import Desk, demand
from counter_app.domain import board as rules
from counter_app.domain.board import Board, Counted
from counter_app.domain.days import business_day
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import DiskFailed
from counter_app.store import reference
from counter_app.store.finds import board as found
from counter_app.store.rows import Names
from counter_app.whole_file import WholeFile

SHOWN = 300


@dataclass(frozen=True, slots=True)
class Shown:
    """The board, and what the people and lines on it are called: those of the first ``SHOWN`` complaints."""

    board: Board
    people: Mapping[str, Names]
    lines: Mapping[str, Names]


@dataclass(frozen=True, slots=True)
class Went:
    """How a day went by its hours, and its month by its days."""

    day: date
    hours: tuple[Counted, ...]
    days: tuple[Counted, ...]


def look(desk: Desk, session: Session, at: datetime) -> Shown:
    """All that is open, the most urgent first."""
    demand(desk, session, Right.SEE_BOARD, at)
    with desk.book.reading() as connection:
        whole = rules.board(found.open_ones(connection), at)
        people = reference.names(connection, {one.consumer for one in whole.open[:SHOWN] if one.consumer})
        codes = {
            code for feeder in whole.lines for code in (feeder.code, *(dtr.code for dtr in feeder.below))
        }
        return Shown(whole, people, found.line_names(connection, codes))


def names_below(
    desk: Desk, session: Session, consumers: tuple[str, ...], at: datetime
) -> Mapping[str, Names]:
    """What the consumers below a transformer are called."""
    demand(desk, session, Right.SEE_BOARD, at)
    with desk.book.reading() as connection:
        return reference.names(connection, consumers)


def went(desk: Desk, session: Session, at: datetime) -> Went:
    """How today and this month went."""
    demand(desk, session, Right.SEE_BOARD, at)
    today = business_day(at)
    first, last = today.replace(day=1), rules.last_of_month(today)
    with desk.book.reading() as connection:
        hours = rules.of_day(found.came(connection, today, today), found.done(connection, today, today))
        days = rules.of_month(today, found.came(connection, first, last), found.done(connection, first, last))
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
