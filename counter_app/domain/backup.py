"""Copies of a counter's data: how their files are called, which of them stay, when the next is due."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from counter_app.domain.days import business_day
from counter_app.domain.office import Office

ENDING = ".backup"
EVERY = timedelta(hours=1)
"""While the program is open and something is recorded."""

PLACES = 2

# What stays in a place: the newest ones, and of each day and month the last one.
_NEWEST, _DAYS, _MONTHS = 8, 14, 12
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(
    r"counter-(?P<office>[0-9A-Z]+)-(?P<counter>[0-9]+)-(?P<at>[0-9]{8}T[0-9]{6}Z)-(?P<entries>[0-9]+)"
    + re.escape(ENDING)
)


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A copy, as its name tells: when it was made, how many entries its journal has, whose it is."""

    at: datetime
    entries: int
    office: str
    counter: int

    @property
    def name(self) -> str:
        """The name of its file."""
        stamp = self.at.astimezone(UTC).strftime(_STAMP)
        return f"{stem(self.office, self.counter)}-{stamp}-{self.entries:07d}{ENDING}"


def stem(office: str, counter: int) -> str:
    """How the names of all that belongs to a counter's backups begin."""
    return f"counter-{office}-{counter}"


def read_name(name: str) -> Backup | None:
    """The backup that a file's name tells of; None for any other file."""
    found = _NAME.fullmatch(name)
    if not found:
        return None
    try:
        at = datetime.strptime(found["at"], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Backup(at, int(found["entries"]), found["office"], int(found["counter"]))


def own(names: Iterable[str], office: Office) -> tuple[Backup, ...]:
    """The backups of an office's counter among the names of files, newest first."""
    read = (read_name(name) for name in names)
    mine = (one for one in read if one and (one.office, one.counter) == (office.code, office.counter))
    return tuple(sorted(mine, reverse=True))


def superfluous(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """Those that need not stay, oldest first: others stand for their hour, day and month."""
    newest_first = sorted(backups, reverse=True)
    stay = set(newest_first[:_NEWEST])
    days: dict[object, Backup] = {}
    months: dict[object, Backup] = {}
    for one in newest_first:
        day = business_day(one.at)
        days.setdefault(day, one)
        months.setdefault((day.year, day.month), one)
    stay |= {*[*days.values()][:_DAYS], *[*months.values()][:_MONTHS]}
    return tuple(one for one in reversed(newest_first) if one not in stay)
