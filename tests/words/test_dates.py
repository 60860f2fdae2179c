"""Dates, times and ages as people read them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from counter_app.domain.days import Month
from counter_app.words.dates import age, clock, day, month, month_name, short_day, stamp, weekday
from counter_app.words.say import Language

HINDI, ENGLISH = Language.HINDI, Language.ENGLISH
THURSDAY = date(2026, 3, 12)


def test_dates() -> None:
    assert (day(THURSDAY), short_day(THURSDAY)) == ("12/03/2026", "12/03")
    assert (weekday(THURSDAY, HINDI), weekday(THURSDAY, ENGLISH)) == ("गुरु", "Thu")


def test_times_are_indian_whatever_zone_they_come_in() -> None:
    late = datetime(2026, 3, 11, 20, 12, 59, tzinfo=UTC)
    assert (clock(late), stamp(late)) == ("01:42", "12/03/2026 01:42")


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        clock(datetime(2026, 3, 12, 11, 42))  # noqa: DTZ001 - that is the point


def test_months() -> None:
    february = Month(2026, 2)
    assert month(february) == "FEB-2026"
    assert (month_name(february, HINDI), month_name(february, ENGLISH)) == ("फर", "FEB")
    assert len({month_name(Month(2026, n), HINDI) for n in range(1, 13)}) == 12


@pytest.mark.parametrize(
    ("span", "hindi", "english"),
    [
        (timedelta(hours=1, minutes=44, seconds=59), "1 घं 44 मि", "1 h 44 m"),
        (timedelta(minutes=3), "3 मि", "3 m"),
        (timedelta(seconds=20), "0 मि", "0 m"),
        (timedelta(days=2, hours=3, minutes=9), "2 दिन 3 घं", "2 d 3 h"),
        (timedelta(days=2, minutes=9), "2 दिन", "2 d"),
        (timedelta(minutes=-5), "0 मि", "0 m"),
    ],
)
def test_ages(span: timedelta, hindi: str, english: str) -> None:
    assert (age(span, HINDI), age(span, ENGLISH)) == (hindi, english)
