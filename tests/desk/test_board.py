"""The board, the registers and who was served first, on the books of a small office."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from counter_app.desk import board, books, complaints, priority
from counter_app.desk.complaint_steps import StepDraft, claim, step
from counter_app.desk.desk import Desk
from counter_app.documents.pdf import pdf
from counter_app.domain.board import Only
from counter_app.domain.books import Book, Which
from counter_app.domain.complaint import Stage
from counter_app.domain.days import business_day
from counter_app.domain.people import Session
from counter_app.domain.priority import Priority
from counter_app.domain.refusals import NotAllowed
from counter_app.domain.service_level import Level
from counter_app.words.say import Language
from tests.desk.small_office import (
    CLERK,
    NOW,
    OTHERS,
    PLAIN,
    RURAL,
    SUPERVISOR,
    complaining,
    faults,
    nothing_recorded,
    signed_in,
)

LATER = NOW + timedelta(hours=5)


@pytest.fixture
def engineer(desk: Desk) -> Session:
    return signed_in(desk, SUPERVISOR)


@pytest.fixture
def busy(desk: Desk, cashier: Session) -> Desk:
    """Three complaints of this morning: one dangerous, one soon overdue, one done within its limit."""
    complaints.register(desk, cashier, complaining(PLAIN, "11"), NOW)
    complaints.register(desk, cashier, complaining(OTHERS[0], "91"), NOW + timedelta(minutes=1))
    done = complaints.register(desk, cashier, complaining(OTHERS[1], "24"), NOW + timedelta(minutes=2))
    step(desk, cashier, StepDraft(uuid4(), done.act, Stage.ATTENDED), NOW + timedelta(hours=1))
    return desk


def book(desk: Desk, session: Session, which: Which) -> Book:
    day = business_day(NOW)
    return books.book(desk, session, which, day, day, Language.ENGLISH, LATER)


def test_what_is_open_stands_on_the_board_the_most_urgent_first(busy: Desk, engineer: Session) -> None:
    shown = board.look(busy, engineer, LATER)
    assert [row.type for row in shown.rows][:2] == ["SAF-02", "SUP-04"]
    assert shown.board.late == 1
    assert shown.people[PLAIN].hi == "सुरेश मालवीय"
    went = board.went(busy, engineer, LATER)
    assert (sum(hour.came for hour in went.hours), sum(day.done for day in went.days)) == (3, 1)
    (feeder,) = shown.board.lines
    people = board.below(busy, engineer, feeder.code, feeder.below[0].code, LATER)
    assert list(people)[:2] == [PLAIN, OTHERS[0]]
    assert people[PLAIN].en == "Suresh Malviya"


def test_what_is_done_is_open_but_not_overdue(busy: Desk, cashier: Session, engineer: Session) -> None:
    late = next(row for row in board.look(busy, engineer, LATER).rows if row.type == "SUP-04")
    step(busy, cashier, StepDraft(uuid4(), late.act, Stage.ATTENDED), LATER)
    shown = board.look(busy, engineer, LATER + timedelta(hours=1))
    assert (shown.board.open, shown.board.late) == (3, 0)
    assert {row.type: row.done_at for row in shown.rows}["SUP-04"] == LATER


def test_what_passed_to_the_circle_is_listed_alone(busy: Desk, engineer: Session) -> None:
    """A bill complaint of a town: two days at the zone, one at the division, two at the circle."""
    complaints.register(busy, engineer, complaining(OTHERS[2], "21"), NOW)
    for days, level in ((1, Level.ZONE), (2.5, Level.DIVISION), (4, Level.CIRCLE), (6, Level.CIRCLE)):
        at = NOW + timedelta(days=days)
        one = next(row for row in board.look(busy, engineer, at).rows if row.type == "BIL-02")
        assert one.level is level
        listed = board.look(busy, engineer, at, Only(level.value)).rows
        assert one in listed
        assert {row.level for row in listed} == {level}
    assert one in board.look(busy, engineer, at, Only.LATE).rows
    assert faults(busy) == ()


def test_compensation_in_the_register_is_what_a_consumer_may_claim(
    desk: Desk, cashier: Session, engineer: Session
) -> None:
    made = [
        complaints.register(desk, cashier, complaining(number, key), NOW)
        for number, key in ((PLAIN, "16"), (OTHERS[0], "16"), (OTHERS[1], "16"), ("", "16"))
    ]
    later = NOW + timedelta(days=2)
    step(desk, cashier, StepDraft(uuid4(), made[0].act, Stage.WITHDRAWN, "बन गया"), later)
    claim(desk, cashier, uuid4(), made[1].act, later)
    day = business_day(NOW)
    (row,) = books.book(desk, engineer, Which.STANDARD, day, day, Language.ENGLISH, later).rows
    assert row == ("Transformer failed", "Urban", 4, 0, 0, 3, 3, 1, 100_00)


def test_town_and_country_stand_apart_in_the_standard_as_their_limits_differ(
    desk: Desk, cashier: Session, engineer: Session
) -> None:
    for number in (PLAIN, OTHERS[0], RURAL):
        complaints.register(desk, cashier, complaining(number, "11"), NOW)
    said = book(desk, engineer, Which.STANDARD).rows
    assert [row[:3] for row in said] == [
        ("No supply, one house", "Rural", 1), ("No supply, one house", "Urban", 2),
    ]  # fmt: skip
    assert [row[6] for row in said] == [0, 2], "four hours in the town, twenty-four in the country"


def test_a_clerk_sees_no_board(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        board.look(desk, signed_in(desk, CLERK), NOW)


def test_the_register_of_a_day_and_the_standard_of_its_types(busy: Desk, engineer: Session) -> None:
    register = book(busy, engineer, Which.REGISTER)
    assert [row[2] for row in register.rows] == ["No supply, one house", "Wire down", "Paid, not shown"]
    assert [row[6] is not None for row in register.rows] == [False, False, True]
    standard = {row[0]: row[2:] for row in book(busy, engineer, Which.STANDARD).rows}
    assert standard["No supply, one house"] == (1, 0, 0, 1, 1, 0, 100_00)
    assert standard["Paid, not shown"][:3] == (1, 1, 0)
    assert standard["Wire down"] == (1, 0, 0, 1, 0, 0, 0)


@pytest.mark.parametrize("which", [Which.REGISTER, Which.STANDARD, Which.PRIORITY])
@pytest.mark.parametrize("ending", ["pdf", "xlsx", "csv"])
def test_a_register_is_taken_out(
    busy: Desk, engineer: Session, tmp_path: Path, which: Which, ending: str
) -> None:
    made = book(busy, engineer, which)
    file = tmp_path / f"register.{ending}"
    books.hand_out(busy, engineer, uuid4(), made, Language.HINDI, file, pdf, LATER)
    assert file.stat().st_size > 30


def test_no_cell_of_a_register_is_a_formula(desk: Desk, engineer: Session, tmp_path: Path) -> None:
    complaints.register(desk, engineer, complaining(note="=cmd|' /C calc'!A0", landmark="=1+1"), NOW)
    file = tmp_path / "register.xlsx"
    made = book(desk, engineer, Which.REGISTER)
    books.hand_out(desk, engineer, uuid4(), made, Language.HINDI, file, pdf, LATER)
    cells = [cell for row in load_workbook(file).active.iter_rows() for cell in row]
    assert cells
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_who_is_served_first_is_counted_by_day(desk: Desk, cashier: Session, engineer: Session) -> None:
    act = uuid4()
    assert priority.tap(desk, cashier, act, Priority.SENIOR, NOW)[Priority.SENIOR] == 1
    with nothing_recorded(desk):
        assert priority.tap(desk, cashier, act, Priority.WOMAN, NOW)[Priority.SENIOR] == 1
    priority.tap(desk, cashier, uuid4(), Priority.SENIOR, NOW + timedelta(days=1))
    assert priority.served(desk, cashier, NOW) == {
        Priority.SENIOR: 1, Priority.WOMAN: 0, Priority.DISABLED: 0
    }  # fmt: skip
    made = book(desk, engineer, Which.PRIORITY)
    assert made.rows == ((business_day(NOW), "Senior citizen", "REKHA", 1),)
