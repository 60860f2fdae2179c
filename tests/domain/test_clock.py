"""Days on ordinary clocks, and on clocks that somebody turned: none is blamed wrongly, none is missed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.clock import MAY_JUMP, MAY_LAG, ClockFault, Decision, Doubt, Reading, doubt, told

NOW = datetime(2026, 3, 12, 4, 30, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@dataclass
class Day:
    """A PC: what is true, how far off the wall's clock is, and how long the boot lasts."""

    true: datetime = NOW
    off: timedelta = timedelta(0)
    booted: datetime = NOW - timedelta(hours=1)
    boots: int = 1

    def reading(self) -> Reading:
        steady = (self.true - self.booted) // timedelta(milliseconds=1)
        return Reading(self.true + self.off, steady, UUID(int=self.boots))

    def heard(self) -> Reading:
        here = self.reading()
        return Reading(self.true, here.steady_ms, here.boot)


spans = st.timedeltas(SECOND, timedelta(hours=20))
# What networks and bad crystals do to a clock, by little and little.
wobbles = st.timedeltas(-50 * SECOND, 50 * SECOND)
ordinary = st.lists(st.tuples(spans, wobbles, st.sampled_from(("", "boot", "heard"))), max_size=12)


@settings(max_examples=500)
@given(ordinary)
def test_no_ordinary_day_is_doubted(events: list[tuple[timedelta, timedelta, str]]) -> None:
    day, last, heard = Day(), None, None
    for span, off, what in events:
        day.true += span
        day.off = off
        if what == "boot":
            day.booted, day.boots = day.true - 30 * SECOND, day.boots + 1
        elif what == "heard":
            heard = day.heard()
        assert doubt(day.reading(), last, heard, None) is None
        last = day.reading()


@settings(max_examples=500)
@given(spans, st.timedeltas(MAY_JUMP + SECOND, 900 * DAY), st.booleans())
def test_every_turn_within_a_boot_is_found(span: timedelta, by: timedelta, back: bool) -> None:
    day = Day()
    last = day.reading()
    day.true += span
    day.off = -by if back else by
    found = doubt(day.reading(), last, None, None)
    assert found is not None
    assert found.seconds == pytest.approx(day.off.total_seconds(), abs=1)
    assert found.fault in ((ClockFault.BACK, ClockFault.JUMP) if back else (ClockFault.JUMP,))


@settings(max_examples=500)
@given(spans, st.timedeltas(MAY_LAG + SECOND, 900 * DAY))
def test_every_set_back_to_before_the_last_entry_is_found_across_a_boot(
    span: timedelta, before: timedelta
) -> None:
    day = Day()
    last = day.reading()
    day.true += span
    day.booted, day.boots = day.true, 2
    day.off = -span - before
    assert doubt(day.reading(), last, None, None) == Doubt(
        ClockFault.BACK, round(-before.total_seconds()), day.reading().wall
    )


@given(st.timedeltas(-900 * DAY, 900 * DAY), spans)
def test_the_centre_tells_however_the_clock_was_turned(off: timedelta, span: timedelta) -> None:
    day = Day(off=off)
    heard = day.heard()
    day.true += span
    found = doubt(day.reading(), None, heard, None)
    assert (found is not None) is (abs(off) > MAY_JUMP)
    day.off = timedelta(0)
    assert doubt(day.reading(), Day(off=off).reading(), heard, found) is None


@given(st.timedeltas(MAY_JUMP + SECOND, 900 * DAY), spans, st.sampled_from((None, Decision.GO_ON)))
def test_turned_right_again_nothing_stands(by: timedelta, span: timedelta, decision: Decision | None) -> None:
    day = Day(off=by)
    known = Doubt(ClockFault.JUMP, round(by.total_seconds()), day.reading().wall, decision)
    last = day.reading()
    day.true += span
    assert doubt(day.reading(), last, None, known) == known
    day.off = 20 * SECOND
    assert doubt(day.reading(), last, None, known) is None


def test_a_told_time_goes_with_its_steady_clock() -> None:
    assert doubt(told(NOW + 400 * DAY), told(NOW), None, None) is None
    found = doubt(told(NOW - DAY), told(NOW), None, None)
    assert found == Doubt(ClockFault.BACK, -86_400, NOW - DAY)


def test_how_long_it_is_since_no_wall_can_say() -> None:
    before, boot, other = NOW, UUID(int=1), UUID(int=2)
    last = Reading(before, 60_000, boot)
    assert Reading(NOW + DAY, 61_000, boot).passed_since(last) == SECOND
    assert Reading(NOW - DAY, 5_000, other).passed_since(last) == 5 * SECOND
