"""The board of the office's engineer: what is open, by urgency and by line; how a day and a month went."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from heapq import nsmallest
from operator import attrgetter
from typing import NamedTuple

from counter_app.domain.days import business_day, from_millis, in_india, to_millis
from counter_app.domain.service_level import Level, Pendency, pendency
from counter_app.domain.value import value

HOURS = 24
_DAY_MS = 86_400_000
_INDIA_MS = 19_800_000
_PRIORITY, _LINE = attrgetter("priority"), attrgetter("feeder", "dtr")


class OpenOne(NamedTuple):
    """What the board reckons with of a complaint that is not over; instants are milliseconds since 1970.

    ``done_ms``: since when staff say that it is done, None while they do not. ``division_ms`` and
    ``circle_ms``: from when on these have it, None for never.
    """

    priority: int
    due_ms: int | None
    done_ms: int | None
    registered_ms: int
    feeder: str
    dtr: str
    act: bytes
    division_ms: int | None = None
    circle_ms: int | None = None

    def late(self, now_ms: int) -> bool:
        """Whether its limit is overrun and nobody says that it is done."""
        return self.done_ms is None and self.due_ms is not None and self.due_ms < now_ms

    def level(self, now_ms: int) -> Level:
        """Who has it by its limits: at an instant, or when it was done."""
        at = self.done_ms or now_ms
        if self.circle_ms is not None and at > self.circle_ms:
            return Level.CIRCLE
        return Level.DIVISION if self.division_ms is not None and at > self.division_ms else Level.ZONE


class Only(StrEnum):
    """What alone is listed of the board: what is overdue, or what a level has."""

    LATE = "late"
    ZONE = "zone"
    DIVISION = "division"
    CIRCLE = "circle"


class Branch(NamedTuple):
    """A feeder or transformer (empty: not known) with what is open below it; ``late``: overdue, not done."""

    code: str
    open: int
    late: int
    dangerous: int
    below: tuple["Branch", ...] = ()


@value
class Board:
    """All that is open at an instant, counted and by line (``lines``). ``urgent`` are the most urgent ones of
    what was asked for, ``asked`` how many that is in all.
    """

    at: datetime
    open: int
    late: int
    asked: int
    urgent: tuple[OpenOne, ...]
    by_priority: tuple[tuple[int, int], ...]
    by_pendency: tuple[tuple[Pendency, int], ...]
    by_level: tuple[tuple[Level, int], ...]
    lines: tuple[Branch, ...]


def board(found: Sequence[OpenOne], at: datetime, most: int, only: Only | None = None) -> Board:
    """The board of what is open at an instant; ``most``: how many of the most urgent are listed.

    ``only`` narrows the list; what is counted is counted of all that is open.
    """
    now = to_millis(at)
    by_priority = Counter(map(_PRIORITY, found))
    by_level = Counter(one.level(now) for one in found)
    by_pendency = dict.fromkeys(Pendency, 0)
    for day, count in Counter((one.registered_ms + _INDIA_MS) // _DAY_MS for one in found).items():
        by_pendency[pendency(from_millis(day * _DAY_MS - _INDIA_MS), at)] += count
    asked, lines = _narrowed(found, only, now), _lines(found, now)
    return Board(
        at=at,
        open=len(found),
        late=sum(branch.late for branch in lines),
        asked=len(asked),
        urgent=_most_urgent(asked, Counter(map(_PRIORITY, asked)), most),
        by_priority=tuple((priority, by_priority[priority]) for priority in range(1, 6)),
        by_pendency=tuple(by_pendency.items()),
        by_level=tuple((level, by_level[level]) for level in Level),
        lines=lines,
    )


def _narrowed(found: Sequence[OpenOne], only: Only | None, now: int) -> Sequence[OpenOne]:
    match only:
        case None:
            return found
        case Only.LATE:
            return [one for one in found if one.late(now)]
    return [one for one in found if one.level(now) == only.value]


def _lines(found: Sequence[OpenOne], now: int) -> tuple[Branch, ...]:
    """The feeders with their transformers, those with danger first, then the fullest."""
    late = Counter(_LINE(one) for one in found if one.late(now))
    dangerous = Counter(_LINE(one) for one in found if one.priority == 1)
    lines: dict[str, list[Branch]] = {}
    for line, count in Counter(map(_LINE, found)).items():
        feeder, dtr = line
        lines.setdefault(feeder, []).append(Branch(dtr, count, late[line], dangerous[line]))
    return tuple(sorted((_feeder(code, dtrs) for code, dtrs in lines.items()), key=_fullest))


def _most_urgent(found: Sequence[OpenOne], by_priority: Mapping[int, int], most: int) -> tuple[OpenOne, ...]:
    """So many of them; what has a lesser priority than all of these is not compared."""
    upto = before = 0
    for priority in sorted(by_priority):
        if before < most:
            upto, before = priority, before + by_priority[priority]
    return tuple(nsmallest(most, (one for one in found if one.priority <= upto), key=_urgency))


def _urgency(one: OpenOne) -> tuple[int, bool, bool, int, int, bytes]:
    """By priority, danger to life first; of one priority what is not done yet, least time left first, then
    who waits longest.
    """
    registered, done = one.registered_ms, one.done_ms is not None
    return one.priority, done, one.due_ms is None, one.due_ms or registered, registered, one.act


def _feeder(code: str, dtrs: Sequence[Branch]) -> Branch:
    """A feeder with its transformers, those with danger first, then the fullest."""
    count, late, dangerous = (sum(numbers) for numbers in zip(*(dtr[1:4] for dtr in dtrs), strict=True))
    return Branch(code, count, late, dangerous, tuple(sorted(dtrs, key=_fullest)))


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
    return of_days(month.replace(day=1), last_of_month(month), came, done)


def of_days(
    first: date, last: date, came: Iterable[datetime], done: Iterable[datetime]
) -> tuple[Counted, ...]:
    """From a day to a day, at most a month later."""
    days = [day.day for day in days_from(first, last)]
    return _counted(days, [business_day(at).day for at in came], [business_day(at).day for at in done])


def days_from(first: date, last: date) -> list[date]:
    """All days from one to another, both of them among these."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def last_of_month(month: date) -> date:
    """The last day of a day's month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _counted(places: Iterable[int], came: Iterable[int], done: Iterable[int]) -> tuple[Counted, ...]:
    came_at, done_at = Counter(came), Counter(done)
    return tuple(Counted(place, came_at[place], done_at[place]) for place in places)
