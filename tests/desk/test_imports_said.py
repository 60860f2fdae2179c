"""A column that a file does not have says nothing; dues are as of the newest day that files speak of."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from counter_app.demo import extracts
from counter_app.desk import finding
from counter_app.desk.desk import Desk
from counter_app.domain.acts import FileKind
from counter_app.domain.consumer import Consumer
from counter_app.domain.days import IST
from counter_app.domain.people import Session
from counter_app.store import reference
from tests.desk.small_office import DUES_AS_OF, NOW, PLAIN, RURAL, SUPERVISOR, signed_in
from tests.desk.test_imports import LATER, bills_file, counts, march, payments_file, taken, written


@pytest.fixture
def boss(desk: Desk) -> Session:
    return signed_in(desk, SUPERVISOR)


def people(folder: Path, *found: Consumer, but: tuple[str, ...] = ()) -> dict[FileKind, Path]:
    """A file of consumers without some of its columns."""
    kept = [place for place, name in enumerate(extracts.CONSUMERS) if name not in but]
    cells = ([extracts.consumer_cells(one)[place] for place in kept] for one in found)
    return {
        FileKind.CONSUMERS: written(
            folder / "consumers.csv", [extracts.CONSUMERS[place] for place in kept], cells
        )
    }


def known(desk: Desk, number: str) -> Consumer:
    with desk.book.reading() as connection:
        found = reference.consumer(connection, number)
    assert found is not None
    return found


def test_a_column_that_is_not_there_leaves_what_is_known(desk: Desk, boss: Session, tmp_path: Path) -> None:
    before = known(desk, PLAIN)
    told = replace(
        before, mobile="9", name_hi="", meter="NEW-1", deposit=0, connected_on=None, feeder="", load=3000
    )
    lacking = ("mobile", "name_hi", "deposit", "connected_on", "supply", "dtr")
    assert counts(taken(desk, boss, people(tmp_path, told, but=lacking))) == (1, 0, 1, 0, 0)
    assert known(desk, PLAIN) == replace(before, meter="NEW-1", feeder="", load=3000)
    assert counts(taken(desk, boss, people(tmp_path, told, but=lacking))) == (1, 0, 0, 1, 0)
    found = finding.find(desk, boss, before.name_hi, NOW)
    assert PLAIN in [row.number for row in found.rows]


def test_an_empty_cell_of_a_column_that_is_there_empties(desk: Desk, boss: Session, tmp_path: Path) -> None:
    before = known(desk, PLAIN)
    taken(desk, boss, people(tmp_path, replace(before, mobile="", ward="", relation_hi="")))
    assert known(desk, PLAIN) == replace(before, mobile="", ward="", relation_hi="")


def test_one_column_for_both_scripts_empties_neither(desk: Desk, boss: Session, tmp_path: Path) -> None:
    before = known(desk, PLAIN)
    told = replace(before, name_en="राजेश वर्मा")
    taken(desk, boss, people(tmp_path, told, but=("name_hi",)))
    assert known(desk, PLAIN) == replace(before, name_hi="राजेश वर्मा")


def test_a_consumer_who_is_new_has_nothing_where_nothing_is_said(
    desk: Desk, boss: Session, tmp_path: Path
) -> None:
    one = replace(known(desk, PLAIN), number="N2299999999")
    again = replace(one, mobile="", ward="9")
    files = people(tmp_path, one, again, but=("mobile", "supply"))
    assert counts(taken(desk, boss, files)) == (2, 1, 1, 0, 0)
    assert known(desk, one.number) == again


def as_of(desk: Desk) -> datetime | None:
    with desk.book.reading() as connection:
        return reference.dues_as_of(connection)


def test_dues_are_as_of_the_newest_day_in_the_files(desk: Desk, boss: Session, tmp_path: Path) -> None:
    row = (PLAIN, "FEB-2026", "13/03/2026", "500", "UPAY", "CAC-1", "no", "no")
    assert as_of(desk) == DUES_AS_OF
    taken(desk, boss, payments_file(tmp_path, row))
    assert as_of(desk) == datetime(2026, 3, 13, 23, 59, 59, 999_000, IST)
    today = LATER.astimezone(IST).date()
    taken(desk, boss, bills_file(tmp_path, march(RURAL, issued=today, due=today + timedelta(days=15))))
    assert as_of(desk) == LATER
    old = march(number="221402260111", issued=date(2026, 3, 13), due=date(2026, 3, 20))
    taken(desk, boss, bills_file(tmp_path, old))
    assert as_of(desk) == LATER
