"""Names of copies, and which of them stay."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.backup import Backup, own, read_name, superfluous
from tests.store.office import OFFICE

AT = datetime(2026, 3, 12, 6, 12, tzinfo=UTC)

moments = st.integers(0, 700 * 86400).map(lambda seconds: AT + timedelta(seconds=seconds))


def made(at: datetime, entries: int = 7) -> Backup:
    return Backup(at, entries, OFFICE.code, OFFICE.counter)


@given(moments, st.integers(0, 10**9))
def test_a_name_tells_all_of_it(at: datetime, entries: int) -> None:
    assert read_name(made(at, entries).name) == made(at, entries)


def test_other_files_are_no_copies() -> None:
    for name in ("", "counter.db", made(AT).name + ".part", "counter-2214-2-20261399T000000Z-1.backup"):
        assert read_name(name) is None


def test_a_place_may_hold_copies_of_several_counters() -> None:
    other = Backup(AT, 1, OFFICE.code, OFFICE.counter + 1)
    later = made(AT + timedelta(hours=1))
    assert own([other.name, made(AT).name, later.name, "notes.txt"], OFFICE) == (later, made(AT))


def test_a_year_of_hours_leaves_hours_days_and_months() -> None:
    hours = [made(AT + timedelta(hours=n), n) for n in range(24 * 365)]
    staying = sorted(set(hours) - set(superfluous(hours)), reverse=True)
    assert staying[:8] == hours[:-9:-1]
    # Thirteen more days, ten more months: the last of February is one of the days.
    assert len(staying) == 8 + 13 + 10
    assert staying[-1].at < AT + timedelta(days=60)


@given(st.lists(moments, max_size=60, unique=True))
def test_the_newest_stays_and_taking_away_goes_no_further_the_second_time(times: list[datetime]) -> None:
    backups = [made(at) for at in times]
    gone = superfluous(backups)
    staying = set(backups) - set(gone)
    assert superfluous(staying) == ()
    assert not backups or max(backups) in staying
    assert list(gone) == sorted(gone)
