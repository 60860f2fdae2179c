"""The board: what is most urgent stands first, every complaint hangs on one line, a month has its days."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from counter_app.desk.rules import load_rules
from counter_app.domain.board import Only, OpenOne, board, last_of_month, of_day, of_month
from counter_app.domain.days import to_millis
from counter_app.domain.service_level import Area, Level, Pendency, level_at, passes_to

NOW = datetime(2026, 3, 12, 6, 12, tzinfo=UTC)
LEVELS = load_rules().levels_on(NOW.date())


def one(
    place: int,
    priority: int = 3,
    feeder: str = "F-07",
    dtr: str = "D1",
    *,
    limit: bool = True,
    done: int | None = None,
) -> OpenOne:
    """An open complaint, registered ``place`` hours ago; ``done`` hours ago staff said that it is done."""
    at = to_millis(NOW - timedelta(hours=place))
    due = at + 4 * 3_600_000 if limit else None
    done_ms = None if done is None else to_millis(NOW - timedelta(hours=done))
    return OpenOne(priority, due, done_ms, at, feeder, dtr, place.to_bytes(16, "big"))


def test_danger_stands_first_then_who_has_least_time() -> None:
    found = board([one(1), one(3), one(2, 1), one(9, 4), one(5, limit=False)], NOW, 9)
    assert [row.act[-1] for row in found.urgent] == [2, 3, 1, 5, 9]
    assert (found.late, dict(found.by_priority)) == (1, {1: 1, 2: 0, 3: 3, 4: 1, 5: 0})


def test_what_is_done_is_not_overdue_and_stands_behind_what_is_not() -> None:
    found = board([one(9, done=8), one(8, done=1), one(2), one(1, 4)], NOW, 9)
    assert (found.open, found.late, found.lines[0].late) == (4, 0, 0)
    assert [row.act[-1] for row in found.urgent] == [2, 9, 8, 1]


def test_the_steps_of_days_are_the_companys() -> None:
    days = (0, 1, 3, 4, 7, 8, 15, 16, 30, 31)
    found = board([one(24 * day + 1) for day in days], NOW, 3)
    assert [count for _, count in found.by_pendency] == [1, 2, 2, 2, 2, 1]
    assert [step for step, _ in found.by_pendency] == list(Pendency)


def test_a_line_with_danger_stands_before_a_fuller_one() -> None:
    found = board([one(1), one(2), one(3, 1, "F-09"), one(4, 3, "F-07", "D2")], NOW, 3)
    assert [(line.code, line.open, line.dangerous) for line in found.lines] == [
        ("F-09", 1, 1),
        ("F-07", 3, 0),
    ]
    assert [(dtr.code, dtr.open) for dtr in found.lines[1].below] == [("D1", 2), ("D2", 1)]


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["", "F1", "F2"]), st.sampled_from(["", "D1"]))))
def test_nothing_is_lost_on_the_way_to_the_board(rows: list[tuple[int, str, str]]) -> None:
    ones = [one(place, *row) for place, row in enumerate(rows, 1)]
    found, again = board(ones, NOW, 5), board(ones[::-1], NOW, 5)
    assert found == again
    urgent = sorted(ones, key=lambda row: (row.priority, row.due_ms or 0, row.act))
    assert found.urgent == tuple(urgent[:5])
    assert found.open == len(ones) == sum(count for _, count in found.by_priority)
    assert sum(line.open for line in found.lines) == len(ones)
    assert sum(dtr.open for line in found.lines for dtr in line.below) == len(ones)


def test_hours_and_days_are_of_the_indian_clock() -> None:
    before_midnight = datetime(2026, 3, 11, 18, 29, tzinfo=UTC)
    after = before_midnight + timedelta(minutes=2)
    assert [one.place for one in of_day([after], []) if one.came] == [0]
    days = of_month(date(2026, 3, 12), [before_midnight, after], [after])
    assert [(one.place, one.came, one.done) for one in days if one.came] == [(11, 1, 0), (12, 1, 1)]
    assert len(days) == 31


def test_the_last_day_of_a_month() -> None:
    for first, last in ((date(2026, 2, 3), 28), (date(2028, 2, 29), 29), (date(2026, 12, 31), 31)):
        assert last_of_month(first).day == last


@given(
    st.sampled_from(list(Area)),
    st.sampled_from([one.key for one in LEVELS.services]),
    st.integers(1, 60 * 24 * 40),
)
def test_the_board_knows_who_has_it_as_the_ladder_says(area: Area, key: str, minutes: int) -> None:
    service = LEVELS.service(key)
    assert service is not None
    ladder, at = service.ladder(area, NOW), NOW + timedelta(minutes=minutes)
    passes = [passes_to(ladder, level, NOW) for level in (Level.DIVISION, Level.CIRCLE)]
    seen = OpenOne(
        3, None, None, to_millis(NOW), "", "", bytes(16),
        *(None if when is None else to_millis(when) for when in passes),
    )  # fmt: skip
    assert seen.level(to_millis(at)) == level_at(ladder, at)


def test_what_is_overdue_or_at_a_level_is_listed_alone() -> None:
    passed = to_millis(NOW - timedelta(hours=1))
    at_division = one(2)._replace(division_ms=passed)
    at_circle = one(9)._replace(division_ms=passed, circle_ms=passed)
    ones = [one(1), at_division, at_circle, one(8, done=7)._replace(division_ms=passed)]
    whole = board(ones, NOW, 9)
    assert (whole.asked, dict(whole.by_level)) == (4, {Level.ZONE: 2, Level.DIVISION: 1, Level.CIRCLE: 1})
    for only, places in ((Only.LATE, [9]), (Only.ZONE, [1, 8]), (Only.DIVISION, [2]), (Only.CIRCLE, [9])):
        listed = board(ones, NOW, 9, only)
        assert [row.act[-1] for row in listed.urgent] == places
        assert (listed.asked, listed.open, listed.late) == (len(places), 4, 1)
