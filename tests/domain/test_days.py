"""The calendar of the office."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.days import (
    IST,
    Month,
    business_day,
    from_millis,
    in_india,
    to_millis,
)

MONTHS = st.builds(Month, st.integers(1900, 2100), st.integers(1, 12))


def test_the_business_day_is_the_indian_one() -> None:
    assert business_day(datetime(2026, 3, 11, 18, 29, tzinfo=UTC)) == date(2026, 3, 11)
    assert business_day(datetime(2026, 3, 11, 18, 30, tzinfo=UTC)) == date(2026, 3, 12)
    assert in_india(datetime(2026, 3, 12, 6, 12, tzinfo=UTC)) == datetime(2026, 3, 12, 11, 42, tzinfo=IST)
    with pytest.raises(ValueError, match="zone"):
        business_day(datetime(2026, 3, 12))  # noqa: DTZ001 - what is refused here


@given(st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds
def test_milliseconds_lose_nothing_but_what_is_finer(at: datetime) -> None:
    back = from_millis(to_millis(at))
    assert timedelta(0) <= at - back < timedelta(milliseconds=1)
    assert to_millis(back) == to_millis(at)


@given(MONTHS, st.integers(-600, 600), st.integers(-600, 600))
def test_months_add_up(month: Month, some: int, more: int) -> None:
    assert month.plus(some).plus(more) == month.plus(some + more)
    assert (month.plus(some) < month) == (some < 0)
    assert Month.read(str(month)) == month
    assert Month.of(date(month.year, month.month, 28)) == month


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-00", "2026-2", "26-02", "२०२६-०२", "2026-02-01", " 2026-02"]
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no month"):
        Month.read(text)
