"""What was taken and registered hour by hour, office by office: sums that grow with the books."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.database import Transaction
from counter_app.central.tables import hours
from counter_app.domain.channel import channel_of
from counter_app.domain.days import midnight, to_millis
from counter_app.domain.entry import Header
from counter_app.domain.money import LARGEST_AMOUNT, Paise

HOUR_MS = 3_600_000
_HALF_HOUR_MS = HOUR_MS // 2
LATEST_MS = 1 << 43
"""A clock that is further on than some two centuries says nothing of any hour."""

_KEY = ("office", "hour_ms", "source")
_SUMS = ("receipts", "collected", "complaints")
_ADD = insert(hours).values({one.name: bindparam(one.name) for one in hours.columns})
_ADD = _ADD.on_conflict_do_update(
    index_elements=_KEY, set_={name: hours.c[name] + _ADD.excluded[name] for name in _SUMS}
)
_BETWEEN = (hours.c.hour_ms >= bindparam("since_ms"), hours.c.hour_ms < bindparam("until_ms"))
_HOURS = (
    select(hours.c.hour_ms, hours.c.source, *(func.sum(hours.c[name]) for name in _SUMS))
    .where(*_BETWEEN)
    .group_by(hours.c.hour_ms, hours.c.source)
)
_OFFICES = (
    select(hours.c.office, *(func.sum(hours.c[name]) for name in _SUMS))
    .where(*_BETWEEN)
    .group_by(hours.c.office)
)


class Sums(NamedTuple):
    """Receipts that count, what was collected with them, and complaints."""

    receipts: int = 0
    collected: Paise = 0
    complaints: int = 0

    def and_(self, other: "Sums") -> "Sums":
        """Both together."""
        return Sums(*(one + another for one, another in zip(self, other, strict=True)))


class Hour(NamedTuple):
    """An hour of the day, 0 to 23 in India, at windows or in channels."""

    hour: int
    channels: bool


@dataclass(slots=True)
class Hours:
    """The hours within one transaction; their office's turn is kept."""

    transaction: Transaction
    gathered: dict[tuple[str, int, str], Sums] = field(default_factory=dict)

    def count(self, office: str, counter: int, header: Header, sums: Sums) -> None:
        """Add to the hour in which an entry was recorded."""
        if not 0 <= header.wall_ms < LATEST_MS or abs(sums.collected) > LARGEST_AMOUNT:
            return  # nobody's payment, and such sums could become larger than databases store
        source = channel_of(counter)
        key = office, _hour_of(header.wall_ms), str(source) if source else ""
        self.gathered[key] = self.gathered.get(key, Sums()).and_(sums)

    def write(self) -> None:
        """Write what was gathered."""
        for key, sums in sorted(self.gathered.items()):
            self.transaction.do(_ADD, dict(zip((*_KEY, *_SUMS), (*key, *sums), strict=True)))
        self.gathered.clear()


def _hour_of(ms: int) -> int:
    """When the hour began: in India it does when it is half past elsewhere."""
    return (ms - _HALF_HOUR_MS) // HOUR_MS * HOUR_MS + _HALF_HOUR_MS


def by_hour(transaction: Transaction, day: date) -> dict[Hour, Sums]:
    """What came of all offices in each hour of a day."""
    since_ms = to_millis(midnight(day))
    found: dict[Hour, Sums] = {}
    for hour_ms, source, *sums in transaction.rows(_HOURS, _day(day)):
        hour = Hour((hour_ms - since_ms) // HOUR_MS, bool(source))
        found[hour] = found.get(hour, Sums()).and_(_read(sums))
    return found


def by_office(transaction: Transaction, day: date) -> dict[str, Sums]:
    """What came of each office on a day."""
    return {office: _read(sums) for office, *sums in transaction.rows(_OFFICES, _day(day))}


def _day(day: date) -> dict[str, int]:
    return {
        "since_ms": to_millis(midnight(day)),
        "until_ms": to_millis(midnight(day + timedelta(days=1))),
    }


def _read(sums: Sequence[int]) -> Sums:
    """Sums of whole numbers are decimals to PostgreSQL."""
    return Sums(*map(int, sums))
