"""The service standard of a complaint: by when each level must act, what is due when nobody did.

A limit is a span from the registration, by the clock, holidays and Sundays included; only where a source
names another span for Sundays does the weekday of the registration matter.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from counter_app.domain.days import business_day, in_india, midnight
from counter_app.domain.money import Paise
from counter_app.domain.ruling import Ruling
from counter_app.domain.value import value

SUNDAY = 6
DAY = timedelta(days=1)


class Level(StrEnum):
    """Who answers for a complaint, from the office up."""

    ZONE = "zone"
    DIVISION = "division"
    CIRCLE = "circle"


class Area(StrEnum):
    """What the limits distinguish: divisions of a metro city, other towns, the country."""

    METRO = "metro"
    URBAN = "urban"
    RURAL = "rural"


@value
class Rung:
    """How long a level has, counted from the end of the rung below it."""

    level: Level
    within: timedelta
    on_sunday: timedelta | None = None


@value
class Due:
    """A level of a complaint's ladder and by when it must have acted; None where no source gives a limit."""

    level: Level
    due_at: datetime | None


Ladder = tuple[Due, ...]
"""From the level that acts first; the level above a limit follows, and has what was overrun."""


@value
class Service:
    """A service with a standard. ``compensation`` is paise, a day or ``once``; None where none is known.

    ``metro`` is empty where towns have one limit. With ``same_day`` the limit is the end of the day.
    """

    key: str
    name_hi: str
    name_en: str
    metro: tuple[Rung, ...]
    urban: tuple[Rung, ...]
    rural: tuple[Rung, ...]
    same_day: bool
    compensation: Paise | None
    once: bool
    source: str

    def ladder(self, area: Area, at: datetime) -> Ladder:
        """By when each level must act on what was registered at ``at``, and who has it then."""
        if self.same_day:
            end = midnight(business_day(at) + DAY)
            return _with_next((Due(Level.ZONE, end),))
        dues: list[Due] = []
        due = at
        for rung in self._rungs(area):
            due += _span(rung, at)
            dues.append(Due(rung.level, due))
        return _with_next(tuple(dues))

    def _rungs(self, area: Area) -> tuple[Rung, ...]:
        if area is Area.RURAL:
            return self.rural
        return self.metro if area is Area.METRO and self.metro else self.urban


@value
class Promise:
    """What was promised with a complaint, and what became of it.

    ``consumer`` is empty for a place without one. ``done_at`` is None while nobody says that it is done;
    ``withdrawn``: nobody asks for it any more; ``claimed``: what is due for it was claimed.
    """

    consumer: str
    due_at: datetime | None
    done_at: datetime | None
    withdrawn: bool
    claimed: bool

    def broken(self, at: datetime) -> bool:
        """Whether the limit was overrun up to when it was done, else up to an instant."""
        return self.due_at is not None and not self.withdrawn and (self.done_at or at) > self.due_at


class Compensation(NamedTuple):
    """What is due for a broken promise as it stands, and what of it may be claimed now; paise."""

    due: Paise = 0
    claimable: Paise = 0


@value
class ServiceLevels:
    """The services of a day. A claim is made within ``claim_days`` of the breach's end, dues being paid."""

    ruling: Ruling
    claim_days: int
    services: tuple[Service, ...]

    @property
    def key(self) -> str:
        """There is only one at a time."""
        return ""

    def service(self, key: str) -> Service | None:
        """The service of a complaint type; None for one without a standard."""
        return next((one for one in self.services if one.key == key), None)

    def compensation(self, key: str, promise: Promise, at: datetime) -> Compensation:
        """What a consumer is due at an instant by the service of a key; only a consumer, and once.

        No source says how a part of a day counts: each day begun does, and the company decides. While a
        default goes on its later days are not known: what is due by the day is claimed when it is done,
        and within the days for claims from then on.
        """
        service = self.service(key)
        if service is None or service.compensation is None or promise.due_at is None:
            return Compensation()
        if not promise.consumer or promise.claimed or not promise.broken(at):
            return Compensation()
        until = promise.done_at or at
        breach = promise.due_at if service.once else until
        if business_day(at) > business_day(breach) + self.claim_days * DAY:
            return Compensation()
        days = 1 if service.once else -((promise.due_at - until) // DAY)
        due = service.compensation * days
        return Compensation(due, due if service.once or promise.done_at is not None else 0)


def limit_of(ladder: Ladder) -> datetime | None:
    """When the service standard is broken: the last limit of a ladder; None without one."""
    return max((one.due_at for one in ladder if one.due_at is not None), default=None)


def later(ladder: Ladder, by: timedelta) -> Ladder:
    """The same levels, each with so much more time."""
    return tuple(Due(one.level, one.due_at and one.due_at + by) for one in ladder) if by else ladder


def level_at(ladder: Ladder, at: datetime) -> Level:
    """Who has a complaint at an instant, all limits before it being overrun."""
    for one in ladder:
        if one.due_at is None or at <= one.due_at:
            return one.level
    return ladder[-1].level if ladder else Level.ZONE


def overrun_to(ladder: Ladder, at: datetime) -> Level | None:
    """Who has a complaint at an instant because a level before did not act in time; None while none did."""
    level = level_at(ladder, at)
    return level if ladder and level is not ladder[0].level else None


def passes_to(ladder: Ladder, level: Level, registered_at: datetime) -> datetime | None:
    """From when a level, or one above it, has a complaint on which nothing was done; None for never."""
    levels = list(Level)
    before: datetime | None = registered_at
    for one in ladder:
        if levels.index(one.level) >= levels.index(level):
            return before
        before = one.due_at
        if before is None:
            return None
    return None


def next_due(ladder: Ladder, at: datetime) -> datetime | None:
    """The limit that runs at an instant; when all are overrun, the last one."""
    ahead = [one.due_at for one in ladder if one.due_at is not None and at <= one.due_at]
    return min(ahead) if ahead else limit_of(ladder)


class Pendency(StrEnum):
    """How long a complaint is open, in the company's steps of days."""

    TODAY = "0"
    UPTO_3 = "1-3"
    UPTO_7 = "4-7"
    UPTO_15 = "8-15"
    UPTO_30 = "16-30"
    LONGER = ">30"


_STEPS: Sequence[tuple[int, Pendency]] = (
    (0, Pendency.TODAY), (3, Pendency.UPTO_3), (7, Pendency.UPTO_7), (15, Pendency.UPTO_15),
    (30, Pendency.UPTO_30),
)  # fmt: skip


def pendency(registered_at: datetime, at: datetime) -> Pendency:
    """The step of days between two instants, counted by the calendar."""
    days = (business_day(at) - business_day(registered_at)).days
    return next((step for most, step in _STEPS if days <= most), Pendency.LONGER)


def _span(rung: Rung, registered_at: datetime) -> timedelta:
    if rung.on_sunday is not None and in_india(registered_at).weekday() == SUNDAY:
        return rung.on_sunday
    return rung.within


def _with_next(dues: Ladder) -> Ladder:
    """The level above the last one takes over without a limit of its own; above the circle nobody does."""
    levels = list(Level)
    above = levels.index(dues[-1].level) + 1
    return (*dues, Due(levels[above], None)) if above < len(levels) else dues
