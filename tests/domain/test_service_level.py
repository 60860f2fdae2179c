"""By when a complaint must be done: every limit that a source gives, Sundays and holidays included."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from counter_app.desk.rules import load_rules
from counter_app.domain.days import IST, in_india
from counter_app.domain.service_level import (
    Area,
    Compensation,
    Due,
    Level,
    Pendency,
    Promise,
    level_at,
    limit_of,
    next_due,
    pendency,
)

RULES = load_rules()
THURSDAY = datetime(2026, 3, 12, 11, 42, tzinfo=IST)
SATURDAY_NIGHT = datetime(2026, 3, 14, 23, 30, tzinfo=IST)
SUNDAY = datetime(2026, 3, 15, 9, 0, tzinfo=IST)
SUNDAY_NIGHT = datetime(2026, 3, 15, 23, 59, tzinfo=IST)
REPUBLIC_DAY = datetime(2026, 1, 26, 10, 0, tzinfo=IST)
INDEPENDENCE_DAY = datetime(2025, 8, 15, 10, 0, tzinfo=IST)
GANDHI_JAYANTI = datetime(2025, 10, 2, 10, 0, tzinfo=IST)
HOLIDAYS = (REPUBLIC_DAY, INDEPENDENCE_DAY, GANDHI_JAYANTI)
URBAN, RURAL, METRO = Area.URBAN, Area.RURAL, Area.METRO


def hours(key: str, area: Area, at: datetime = THURSDAY) -> float | None:
    """How long there is for a complaint that is registered at a time."""
    due = limit_of(RULES.ladder(RULES.catalogue(at.date()).type(key), area, at))
    return None if due is None else (due - at) / timedelta(hours=1)


LIMITS = [
    # Fuse-off call: 4 h in town, 5 on a Sunday, 24 in the country.
    ("SUP-04", URBAN, THURSDAY, 4), ("SUP-04", METRO, THURSDAY, 4), ("SUP-04", RURAL, THURSDAY, 24),
    ("SUP-04", URBAN, SATURDAY_NIGHT, 4), ("SUP-04", URBAN, SUNDAY, 5), ("SUP-04", URBAN, SUNDAY_NIGHT, 5),
    ("SUP-04", METRO, SUNDAY, 5), ("SUP-04", RURAL, SUNDAY, 24),
    *(("SUP-04", URBAN, holiday, 4) for holiday in HOLIDAYS),
    *(("SUP-04", RURAL, holiday, 24) for holiday in HOLIDAYS),
    # Line breakdown, broken pole: 12 h everywhere and on every day.
    *((key, area, at, 12) for key in ("SAF-02", "SAF-05") for area in Area
      for at in (THURSDAY, SUNDAY, REPUBLIC_DAY)),
    # Transformer: 12 h in a metro city, 24 in other towns, 72 in the country.
    *(("SUP-02", METRO, at, 12) for at in (THURSDAY, SUNDAY, REPUBLIC_DAY)),
    *(("SUP-02", URBAN, at, 24) for at in (THURSDAY, SUNDAY, REPUBLIC_DAY)),
    *(("SUP-02", RURAL, at, 72) for at in (THURSDAY, SUNDAY, REPUBLIC_DAY)),
    # Meter: 8 and 10 days; a burnt one 24 and 72 h; a test 30 days.
    *((key, URBAN, at, 8 * 24) for key in ("MTR-01", "MTR-04") for at in (THURSDAY, SUNDAY, REPUBLIC_DAY)),
    *((key, RURAL, at, 10 * 24) for key in ("MTR-01", "MTR-04") for at in (THURSDAY, SUNDAY)),
    ("MTR-02", URBAN, SUNDAY, 24), ("MTR-02", RURAL, THURSDAY, 72), ("MTR-03", RURAL, SUNDAY, 30 * 24),
    # Bill: 5 and 10 days, holidays and Sundays included.
    *((key, URBAN, at, 5 * 24) for key in ("BIL-02", "BIL-03", "BIL-04", "BIL-05", "BIL-06")
      for at in (THURSDAY, SUNDAY, *HOLIDAYS)),
    *((key, RURAL, at, 10 * 24) for key in ("BIL-02", "BIL-05") for at in (THURSDAY, SUNDAY, REPUBLIC_DAY)),
    # Nothing further needed: the same day.
    ("BIL-01", URBAN, THURSDAY, 12 + 18 / 60), ("BIL-01", RURAL, SUNDAY, 15),
    ("BIL-01", RURAL, SUNDAY_NIGHT, 1 / 60),
    # No source gives a limit.
    *((key, area, THURSDAY, None) for key in ("SUP-01", "SUP-05", "SAF-01", "CON-01", "CON-05", "STF-01")
      for area in Area),
]  # fmt: skip


@pytest.mark.parametrize(("key", "area", "at", "within"), LIMITS)
def test_the_limit_of_a_type_and_area(key: str, area: Area, at: datetime, within: float | None) -> None:
    assert hours(key, area, at) == (None if within is None else pytest.approx(within))


def test_a_limit_is_by_the_clock_of_india_whatever_zone_the_time_is_in() -> None:
    early = datetime(2026, 3, 14, 18, 45, tzinfo=UTC)  # Sunday 00:15 in India
    assert in_india(early).date() == date(2026, 3, 15)
    assert hours("SUP-04", URBAN, early) == 5
    assert hours("BIL-01", URBAN, early) == 23.75


def ladder(key: str, area: Area) -> tuple[tuple[Level, float | None], ...]:
    """Levels with the days to their limits."""
    found = RULES.ladder(RULES.catalogue(THURSDAY.date()).type(key), area, THURSDAY)
    day = timedelta(days=1)
    return tuple((one.level, (one.due_at - THURSDAY) / day if one.due_at else None) for one in found)


def test_a_bill_complaint_in_town_climbs_zone_division_circle() -> None:
    assert ladder("BIL-02", URBAN) == ((Level.ZONE, 2), (Level.DIVISION, 3), (Level.CIRCLE, 5))
    assert ladder("BIL-02", RURAL) == ((Level.ZONE, 10), (Level.DIVISION, None))


def test_what_has_one_limit_goes_to_the_division_when_it_is_overrun() -> None:
    assert ladder("SUP-04", URBAN) == ((Level.ZONE, 4 / 24), (Level.DIVISION, None))
    assert ladder("SUP-01", URBAN) == ((Level.ZONE, None),)


def test_a_complaint_about_staff_begins_above_the_office() -> None:
    assert ladder("STF-01", URBAN) == ((Level.DIVISION, None),)


@pytest.mark.parametrize(
    ("days", "level", "ahead"),
    [(0, Level.ZONE, 2), (2, Level.ZONE, 2), (2.01, Level.DIVISION, 3), (3.5, Level.CIRCLE, 5),
     (5, Level.CIRCLE, 5), (90, Level.CIRCLE, 5)],
)  # fmt: skip
def test_an_overrun_limit_brings_it_to_the_next_level(days: float, level: Level, ahead: int) -> None:
    steps = RULES.ladder(RULES.catalogue(THURSDAY.date()).type("BIL-02"), URBAN, THURSDAY)
    now = THURSDAY + timedelta(days=days)
    assert level_at(steps, now) is level
    assert next_due(steps, now) == THURSDAY + timedelta(days=ahead)


def test_of_an_older_complaint_without_a_ladder_the_zone_has_it() -> None:
    assert (level_at((), THURSDAY), next_due((), THURSDAY), limit_of(())) == (Level.ZONE, None, None)
    assert level_at((Due(Level.CIRCLE, THURSDAY),), SUNDAY) is Level.CIRCLE


@pytest.mark.parametrize(
    ("key", "over", "rupees"),
    [
        ("SUP-04", timedelta(0), 0), ("SUP-04", timedelta(minutes=-5), 0),
        ("SUP-04", timedelta(seconds=1), 100), ("SUP-04", timedelta(days=1), 100),
        ("SUP-04", timedelta(days=1, seconds=1), 200),
        ("BIL-02", timedelta(days=9, hours=1), 1000), ("SAF-05", timedelta(days=3), 300),
        # To each consumer of the transformer, once.
        ("SUP-02", timedelta(seconds=1), 100), ("SUP-02", timedelta(days=9), 100),
        # No source knows any.
        ("MTR-02", timedelta(days=9), 0), ("SUP-01", timedelta(days=9), 0), ("BIL-01", timedelta(days=9), 0),
    ],
)  # fmt: skip
def test_compensation_counts_each_day_begun(key: str, over: timedelta, rupees: int) -> None:
    due = limit_of(RULES.ladder(RULES.catalogue(THURSDAY.date()).type(key), URBAN, THURSDAY))
    done = (due or THURSDAY) + over
    for later in (timedelta(0), timedelta(days=20)):
        assert due_of(key, done + later, due_at=due, done_at=done) == (rupees * 100, rupees * 100)


def due_of(key: str, at: datetime, **changed: Any) -> Compensation:
    """What is due for a complaint of a consumer that was registered on Thursday, its limit being now."""
    promise = Promise("N2204518731", THURSDAY, None, withdrawn=False, claimed=False)
    return RULES.compensation(key, THURSDAY.date(), replace(promise, **changed), at)


def test_what_is_due_by_the_day_is_claimed_when_the_days_are_known() -> None:
    later = THURSDAY + timedelta(days=9, hours=1)
    assert due_of("SUP-04", later) == (1000_00, 0)
    assert due_of("SUP-04", later, done_at=later) == (1000_00, 1000_00)
    assert due_of("SUP-02", later) == (100_00, 100_00)  # once for the breach, whatever comes


def test_a_claim_is_made_within_thirty_days_of_the_end_of_the_breach() -> None:
    done = THURSDAY + timedelta(days=50)
    assert due_of("SUP-04", done, done_at=done).claimable == 5000_00
    assert due_of("SUP-04", done + timedelta(days=30), done_at=done).claimable == 5000_00
    assert due_of("SUP-04", done + timedelta(days=31), done_at=done) == (0, 0)
    assert due_of("SUP-02", THURSDAY + timedelta(days=30)).claimable == 100_00
    assert due_of("SUP-02", THURSDAY + timedelta(days=31)) == (0, 0)


@pytest.mark.parametrize(
    "changed", [{"consumer": ""}, {"withdrawn": True}, {"claimed": True}, {"due_at": None}]
)
def test_nothing_is_due_without_a_consumer_nor_for_what_is_withdrawn_or_claimed(
    changed: dict[str, object],
) -> None:
    later = THURSDAY + timedelta(days=2)
    assert due_of("SUP-04", later, done_at=later, **changed) == (0, 0)
    assert due_of("SUP-02", later, **changed) == (0, 0)


def test_a_type_or_a_day_that_the_rules_here_do_not_know_has_nothing_due() -> None:
    later = THURSDAY + timedelta(days=2)
    assert due_of("NEW-77", later, done_at=later) == (0, 0)
    promise = Promise("N2204518731", THURSDAY, later, withdrawn=False, claimed=False)
    assert RULES.compensation("SUP-04", date(1999, 1, 1), promise, later) == (0, 0)
    assert RULES.known_type("NEW-77", THURSDAY.date()) is RULES.known_type("SUP-04", date(1999, 1, 1)) is None


def test_a_withdrawn_complaint_is_no_broken_promise() -> None:
    promise = Promise("N2204518731", THURSDAY, None, withdrawn=False, claimed=False)
    later = THURSDAY + timedelta(days=2)
    assert promise.broken(later)
    assert not promise.broken(THURSDAY)
    assert not replace(promise, done_at=THURSDAY).broken(later)
    assert not replace(promise, withdrawn=True).broken(later)


@pytest.mark.parametrize(
    ("days", "step"),
    [(0, Pendency.TODAY), (1, Pendency.UPTO_3), (3, Pendency.UPTO_3), (4, Pendency.UPTO_7),
     (7, Pendency.UPTO_7), (8, Pendency.UPTO_15), (15, Pendency.UPTO_15), (16, Pendency.UPTO_30),
     (30, Pendency.UPTO_30), (31, Pendency.LONGER), (400, Pendency.LONGER)],
)  # fmt: skip
def test_pendency_in_the_steps_of_the_company(days: int, step: Pendency) -> None:
    assert pendency(THURSDAY, THURSDAY + timedelta(days=days)) is step


def test_pendency_is_counted_by_the_calendar() -> None:
    assert pendency(SATURDAY_NIGHT, SATURDAY_NIGHT + timedelta(hours=1)) is Pendency.UPTO_3
    assert pendency(SUNDAY, SUNDAY_NIGHT) is Pendency.TODAY
