"""The board of the office's engineer: what is open, by urgency and by line; how a day and a month went."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from counter_app.domain.complaint import Stage
from counter_app.domain.days import business_day, in_india
from counter_app.domain.numbering import Number
from counter_app.domain.service_level import Pendency, pendency

HOURS = 24


class OpenOne(NamedTuple):
    """A complaint that is not over, as the board lists it."""

    act: UUID
    number: Number
    type: str
    priority: int
    consumer: str
    feeder: str
    dtr: str
    registered_at: datetime
    due_at: datetime | None
    stage: Stage
    attention: bool
    reopened: int

    def late(self, at: datetime) -> bool:
        """Whether its service standard is broken."""
        return self.due_at is not None and self.due_at < at


class Branch(NamedTuple):
    """A feeder or transformer (empty: not known) with what is open below it; ``late`` of them are overdue.

    ``consumers`` are the numbers below a transformer, each once, those who wait longest first.
    """

    code: str
    open: int
    late: int
    dangerous: int
    below: tuple["Branch", ...] = ()
    consumers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """All that is open at an instant: the most urgent first, and the same by line."""

    at: datetime
    open: tuple[OpenOne, ...]
    by_priority: tuple[tuple[int, int], ...]
    by_pendency: tuple[tuple[Pendency, int], ...]
    late: int
    lines: tuple[Branch, ...]


def board(found: Iterable[OpenOne], at: datetime) -> Board:
    """The board of what is open at an instant."""
    rows = sorted(found, key=_urgency)
    late = sum(one.late(at) for one in rows)
    by_priority = dict.fromkeys(range(1, 6), 0)
    by_pendency = dict.fromkeys(Pendency, 0)
    for one in rows:
        by_priority[one.priority] = by_priority.get(one.priority, 0) + 1
        by_pendency[pendency(one.registered_at, at)] += 1
    return Board(
        at, tuple(rows), tuple(by_priority.items()), tuple(by_pendency.items()), late, _lines(rows, at)
    )


def _urgency(one: OpenOne) -> tuple[int, bool, datetime, datetime, bytes]:
    """By priority, danger to life first; of one priority who has least time left, then who waits longest."""
    return (
        one.priority, one.due_at is None, one.due_at or one.registered_at, one.registered_at, one.act.bytes
    )  # fmt: skip


def _lines(rows: Sequence[OpenOne], at: datetime) -> tuple[Branch, ...]:
    """Feeder by feeder, those with most open complaints first."""
    grouped: dict[str, dict[str, list[OpenOne]]] = {}
    for one in rows:
        grouped.setdefault(one.feeder, {}).setdefault(one.dtr, []).append(one)
    feeders = [
        _branch(feeder, [one for ones in dtrs.values() for one in ones], at, _transformers(dtrs, at))
        for feeder, dtrs in grouped.items()
    ]
    return tuple(sorted(feeders, key=_fullest))


def _transformers(dtrs: dict[str, list[OpenOne]], at: datetime) -> tuple[Branch, ...]:
    found = []
    for dtr, ones in dtrs.items():
        waiting = sorted(ones, key=lambda one: one.registered_at)
        consumers = tuple(dict.fromkeys(one.consumer for one in waiting if one.consumer))
        found.append(_branch(dtr, ones, at)._replace(consumers=consumers))
    return tuple(sorted(found, key=_fullest))


def _branch(code: str, ones: Sequence[OpenOne], at: datetime, below: tuple[Branch, ...] = ()) -> Branch:
    late = sum(one.late(at) for one in ones)
    return Branch(code, len(ones), late, sum(one.priority == 1 for one in ones), below)


def _fullest(branch: Branch) -> tuple[bool, int, str]:
    return branch.dangerous == 0, -branch.open, branch.code


class Counted(NamedTuple):
    """What came in and what was done in an hour or on a day; ``place``: the hour, or the day of the month."""

    place: int
    came: int
    done: int


def of_day(came: Iterable[datetime], done: Iterable[datetime]) -> tuple[Counted, ...]:
    """The hours of a day, by the Indian clock."""
    return _counted(range(HOURS), [in_india(at).hour for at in came], [in_india(at).hour for at in done])


def of_month(month: date, came: Iterable[datetime], done: Iterable[datetime]) -> tuple[Counted, ...]:
    """The days of the month of a day."""
    days = range(1, last_of_month(month).day + 1)
    return _counted(days, [business_day(at).day for at in came], [business_day(at).day for at in done])


def last_of_month(month: date) -> date:
    """The last day of a day's month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _counted(places: Iterable[int], came: Iterable[int], done: Iterable[int]) -> tuple[Counted, ...]:
    came_at, done_at = Counter(came), Counter(done)
    return tuple(Counted(place, came_at[place], done_at[place]) for place in places)
