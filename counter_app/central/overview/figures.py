"""What the overview shows: how counters stand, office by office, and what came in today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from counter_app.central.channels.offices import all_offices
from counter_app.central.contacts import CentreStanding, CounterStanding, standing
from counter_app.central.database import Transaction
from counter_app.central.hours import Hour, Sums, by_hour, by_office
from counter_app.domain.channel import channel_of
from counter_app.domain.days import business_day, to_millis
from counter_app.words.say import Language

LONG_UNSENT = timedelta(hours=1)
LONG_SILENT = timedelta(hours=24)
CLOCK_OFF = timedelta(minutes=5)
"""What is older, longer ago or further off than this has to be looked at."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything at one moment. ``offices``: those that have to be looked at come first."""

    at: datetime
    standing: CentreStanding
    offices: tuple["OfficeStanding", ...]
    hours: dict[Hour, Sums]

    @property
    def windows(self) -> list[CounterStanding]:
        """The counters that are one."""
        return [one for office in self.offices for one in office.windows]

    def today(self, *, channels: bool = False) -> Sums:
        """What came in today, everywhere or in channels alone."""
        total = Sums()
        for hour, sums in self.hours.items():
            if hour.channels or not channels:
                total = total.and_(sums)
        return total


@dataclass(frozen=True, slots=True)
class OfficeStanding:
    """An office. ``name`` is empty where the centre knows none; ``windows`` are its counters that are not
    revoked, without those by which channels record.
    """

    code: str
    name: str
    counters: tuple[CounterStanding, ...]
    today: Sums
    look: bool

    @property
    def windows(self) -> tuple[CounterStanding, ...]:
        """Its counters in use."""
        return tuple(one for one in self.counters if _is_window(one))


def overview(transaction: Transaction, at: datetime, language: Language) -> Overview:
    """How all offices stand now."""
    now_ms, day = to_millis(at), business_day(at)
    found = standing(transaction, language)
    named = {
        one.code: one.name_hi if language is Language.HINDI else one.name_en
        for one in all_offices(transaction)
    }
    came = by_office(transaction, day)
    counters: dict[str, list[CounterStanding]] = {}
    for one in found.counters:
        counters.setdefault(one.office, []).append(one)
    offices = [
        OfficeStanding(
            code, named.get(code, ""), tuple(its), came.get(code, Sums()),
            any(_look(one, now_ms) for one in its),
        )
        for code in sorted({*counters, *named, *came})
        for its in (counters.get(code, []),)
    ]  # fmt: skip
    offices.sort(key=lambda one: not one.look)
    return Overview(at, found, tuple(offices), by_hour(transaction, day))


def oldest_unsent(counters: Sequence[CounterStanding]) -> int | None:
    """When the oldest was recorded of what these have not sent."""
    return min((one.unsent_since_ms for one in counters if one.unsent_since_ms is not None), default=None)


def longest_silent(counters: Sequence[CounterStanding]) -> int | None:
    """When the one was heard that was silent for the longest; None when one never was, or there is none."""
    contacts = [one.contact_ms for one in counters]
    known = [one for one in contacts if one is not None]
    return min(known) if known and len(known) == len(contacts) else None


def is_late(one: CounterStanding, now_ms: int) -> bool:
    """Whether what it has to send has waited for long."""
    since = one.unsent_since_ms
    return since is not None and now_ms - since > LONG_UNSENT / timedelta(milliseconds=1)


def is_silent(one: CounterStanding, now_ms: int) -> bool:
    """Whether a counter was not heard for long, or never."""
    return one.contact_ms is None or now_ms - one.contact_ms > LONG_SILENT / timedelta(milliseconds=1)


def is_clock_off(one: CounterStanding) -> bool:
    """Whether its clock goes wrong."""
    return abs(one.clock_ahead_ms) > CLOCK_OFF / timedelta(milliseconds=1)


def _is_window(one: CounterStanding) -> bool:
    return not one.revoked and channel_of(one.counter) is None


def _look(one: CounterStanding, now_ms: int) -> bool:
    if one.held or one.doubted or one.forks:
        return True
    odd = is_late(one, now_ms) or is_silent(one, now_ms) or is_clock_off(one)
    return _is_window(one) and (odd or bool(one.alarms))
