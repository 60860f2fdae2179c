"""Danger about which nobody was telephoned is told of until a call is recorded, here or elsewhere."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from counter_app.desk import complaint_steps, complaints, danger
from counter_app.desk.desk import Desk
from counter_app.domain.complaint import Stage
from counter_app.domain.complaint_refusals import DangerInOther
from counter_app.domain.people import Session
from tests.desk.small_office import (
    AUDITOR,
    CLERK,
    NOW,
    NUMBERS,
    complaining,
    faults,
    moving,
    nothing_recorded,
    signed_in,
)

HOUR = timedelta(hours=1)
WIRE, NO_SUPPLY = "91", "11"


@pytest.fixture
def clerk(desk: Desk) -> Session:
    return signed_in(desk, CLERK)


def test_the_oldest_stands_first_and_a_call_takes_it_away(desk: Desk, clerk: Session) -> None:
    later = complaints.register(desk, clerk, complaining(NUMBERS[0], WIRE), NOW + HOUR)
    first = complaints.register(desk, clerk, complaining(NUMBERS[1], WIRE), NOW)
    complaints.register(desk, clerk, complaining(NUMBERS[2], NO_SUPPLY), NOW)
    assert [row.act for row in danger.not_telephoned(desk, clerk)] == [first.act, later.act]
    complaint_steps.note_call(desk, clerk, uuid4(), first.act, "1912", NOW + HOUR)
    assert [row.act for row in danger.not_telephoned(desk, clerk)] == [later.act]
    assert danger.not_telephoned(desk, signed_in(desk, AUDITOR)) == ()
    assert faults(desk) == ()


@pytest.mark.parametrize("stage", [Stage.ON_SITE, Stage.ATTENDED, Stage.CLOSED, Stage.WITHDRAWN])
def test_who_is_there_or_done_needs_no_call(desk: Desk, clerk: Session, stage: Stage) -> None:
    made = complaints.register(desk, clerk, complaining(NUMBERS[0], WIRE), NOW)
    complaint_steps.step(desk, clerk, moving(made.act, stage, "तार बाँधा"), NOW + HOUR)
    assert danger.not_telephoned(desk, clerk) == ()
    if stage in (Stage.CLOSED, Stage.WITHDRAWN):
        complaint_steps.step(desk, clerk, moving(made.act, Stage.REOPENED), NOW + 2 * HOUR)
        assert [row.act for row in danger.not_telephoned(desk, clerk)] == [made.act]


def test_what_was_handed_over_stays_until_either_office_telephones(desk: Desk, clerk: Session) -> None:
    """The code may be mistyped, and no such office there to see it."""
    made = complaints.register(desk, clerk, complaining(NUMBERS[0], WIRE), NOW)
    away = replace(moving(made.act, Stage.TRANSFERRED), to="2251")
    complaint_steps.step(desk, clerk, away, NOW + HOUR)
    assert [row.act for row in danger.not_telephoned(desk, clerk)] == [made.act]
    complaint_steps.note_call(desk, clerk, uuid4(), made.act, "2251 9826048200", NOW + 2 * HOUR)
    assert danger.not_telephoned(desk, clerk) == ()


def test_danger_waits_for_no_other_complaint_but_danger(desk: Desk, clerk: Session) -> None:
    made = complaints.register(desk, clerk, complaining(NUMBERS[0], WIRE), NOW)
    house = complaints.register(desk, clerk, complaining(NUMBERS[1], NO_SUPPLY), NOW)
    line = complaints.register(desk, clerk, complaining(NUMBERS[2], WIRE), NOW)
    with nothing_recorded(desk), pytest.raises(DangerInOther):
        complaint_steps.step(desk, clerk, moving(made.act, Stage.MERGED, into=str(house.number)), NOW + HOUR)
    complaint_steps.step(desk, clerk, moving(made.act, Stage.MERGED, into=str(line.number)), NOW + HOUR)
    assert [row.act for row in danger.not_telephoned(desk, clerk)] == [line.act]
