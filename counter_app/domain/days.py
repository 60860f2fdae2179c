"""Calendar of the office: Indian time, business day, bill month."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from counter_app.domain.refusals import DayUnreadable, MonthUnreadable
from counter_app.domain.text import western_digits

_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_CALENDAR = range(1950, 2100)
_DAY = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2}|[A-Z]{3})[-/. ]([0-9]{4})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00)?)?")
_MONTH = re.compile(r"([A-Z]{3})[-/ ]([0-9]{4}|[0-9]{2})")

IST = timezone(timedelta(hours=5, minutes=30), "IST")


def in_india(at: datetime) -> datetime:
    """The same instant on an Indian wall clock; refuses a time without a zone."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone is not an instant")
    return at.astimezone(IST)


def business_day(at: datetime) -> date:
    """The day an act is booked on: the Indian calendar day."""
    return in_india(at).date()


def midnight(day: date) -> datetime:
    """The instant at which a day begins in India."""
    return datetime.combine(day, time(0), IST)


def known_up_to(newest: date, at: datetime) -> datetime:
    """Up to when files are known that speak of a newest day, for none says when it was made: the end of that
    day; of today, until now.
    """
    return min(midnight(newest + timedelta(days=1)) - timedelta(milliseconds=1), at)


def to_millis(at: datetime) -> int:
    """An instant as whole milliseconds since 1970 UTC; what is finer is dropped."""
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def from_millis(millis: int) -> datetime:
    """The UTC instant of a number of milliseconds since 1970."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=millis)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A bill month; ``str`` gives "2026-02"."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"no month {self.month}")

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def read(cls, text: str) -> "Month":
        """The month of a text like "2026-02"; ValueError otherwise."""
        found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
        if not found:
            raise ValueError(f"no month {text!r}")
        return cls(int(found[1]), int(found[2]))

    def plus(self, months: int) -> "Month":
        """The month so many months later (earlier when negative)."""
        count = self.year * 12 + self.month - 1 + months
        return Month(count // 12, count % 12 + 1)


def read_day(written: str) -> date:
    """The day of "12/03/2026", "12-MAR-2026" or "2026-03-12"; ``DayUnreadable`` otherwise."""
    text = western_digits(written).strip().upper()
    try:
        if found := _ISO_DAY.fullmatch(text):
            day = date(int(found[1]), int(found[2]), int(found[3]))
        elif found := _DAY.fullmatch(text):
            month = _MONTHS.index(found[2]) + 1 if found[2].isalpha() else int(found[2])
            day = date(int(found[3]), month, int(found[1]))
        else:
            raise DayUnreadable
    except ValueError as fault:
        raise DayUnreadable from fault
    if day.year not in _CALENDAR:
        raise DayUnreadable
    return day


def read_month(written: str) -> Month:
    """The month of "FEB-2026", "FEB-26", "2026-02" or a day in it; ``MonthUnreadable`` otherwise."""
    text = western_digits(written).strip().upper()
    try:
        if found := _MONTH.fullmatch(text):
            month = Month(int(found[2][-2:]) + 2000, _MONTHS.index(found[1]) + 1)
            known = found[2] == str(month.year) or len(found[2]) == 2
        else:
            month = Month.read(text) if len(text) == len("2026-02") else Month.of(read_day(text))
            known = month.year in _CALENDAR
    except (ValueError, DayUnreadable) as fault:
        raise MonthUnreadable from fault
    if not known:
        raise MonthUnreadable
    return month
