"""What is known of a line: three single complaints of a feeder, planned shutdowns, who is on duty."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from counter_app.desk import beside, complaint_steps, complaints, paper
from counter_app.desk.complaints import Registered
from counter_app.desk.desk import Desk
from counter_app.domain.complaint import Stage
from counter_app.domain.network import Shutdown
from counter_app.domain.office import Duty, Officer, Post
from counter_app.domain.people import Session
from counter_app.domain.service_level import Level
from counter_app.store import reference
from counter_app.store.extracts import Counts, Extracts
from counter_app.wire.bodies import Officers, Roster, Shutdowns, item
from counter_app.wire.messages import Item, ItemKind
from counter_app.words.say import Language
from tests.desk.small_office import CLERK, NOW, NUMBERS, PLAIN, complaining, faults, moving, signed_in
from tests.documents.looking import words_of
from tests.store.hearing import enrolled, hear

FEEDER, DTR = "F-07", "2214070018"
HOUR = timedelta(hours=1)


def shutdown(line: str = FEEDER, since: float = -1, until: float = 3, *, off: bool = False) -> Shutdown:
    """A shutdown that begins and ends so many hours from now."""
    return Shutdown(line, NOW + since * HOUR, NOW + until * HOUR, "पेड़ों की छँटाई", "Trees", called_off=off)


def duty(phone: str, since: float = -1, until: float = 3, **changes: Any) -> Duty:
    """A junior engineer on duty so many hours from now."""
    made = Duty(Post.JE, "supply", "", NOW + since * HOUR, NOW + until * HOUR, "रवि", "Ravi", phone)
    return replace(made, **changes)


@pytest.fixture
def clerk(desk: Desk) -> Session:
    return signed_in(desk, CLERK)


@pytest.fixture
def apart(desk: Desk) -> Desk:
    """The office with each consumer on a transformer of their own, all of one feeder."""
    with desk.book.writing() as page:
        known = reference.known_consumers(page.connection, NUMBERS)
        spread = [replace(one, dtr=f"22140700{at:02d}") for at, one in enumerate(known.values())]
        reference.put_consumers(page, spread)
    return desk


def registering(desk: Desk, clerk: Session, consumer: str, *, join: bool = False) -> Registered:
    return complaints.register(desk, clerk, replace(complaining(consumer, "11"), join=join), NOW)


# -- a feeder --------------------------------------------------------------------------------------------


def test_three_of_a_feeder_propose_an_outage_of_it(apart: Desk, clerk: Session) -> None:
    singles = [registering(apart, clerk, number) for number in NUMBERS[:2]]
    outage = complaints.prepare(apart, clerk, NUMBERS[2], NOW).line.outage
    assert outage is not None
    assert (outage.dtr, outage.feeder, outage.complaints) == ("", FEEDER, 2)
    third = registering(apart, clerk, NUMBERS[2], join=True)
    assert third.outage_job is not None
    whole = complaints.complaint(apart, clerk, third.outage_job, NOW)
    assert (whole.registered.feeder, whole.registered.dtr) == (FEEDER, "")
    next_one = complaints.prepare(apart, clerk, NUMBERS[3], NOW).line.outage
    assert next_one is not None
    assert (next_one.whole, next_one.dtr, next_one.complaints) == (whole, "", 4)
    complaint_steps.step(apart, clerk, moving(whole.act, Stage.ATTENDED, "जम्पर"), NOW + HOUR)
    for made in (*singles, third):
        assert complaints.complaint(apart, clerk, made.act, NOW).state.stage is Stage.CLOSED
    assert faults(apart) == ()


def test_a_transformer_comes_before_its_feeder_and_old_ones_count_for_neither(
    desk: Desk, clerk: Session
) -> None:
    for number in NUMBERS[:2]:
        registering(desk, clerk, number)
    outage = complaints.prepare(desk, clerk, NUMBERS[2], NOW).line.outage
    assert outage is not None
    assert outage.dtr == DTR
    assert complaints.prepare(desk, clerk, NUMBERS[2], NOW + 3 * HOUR).line.outage is None


# -- planned shutdowns -----------------------------------------------------------------------------------


def test_what_the_centre_planned_is_told_of_the_consumers_line_until_it_is_over(
    desk: Desk, clerk: Session
) -> None:
    enrolled(desk.book)
    now, soon, of_dtr = shutdown(), shutdown(since=20, until=22), shutdown(DTR, 1, 2)
    others = (shutdown("F-08"), shutdown(since=25, until=26), shutdown(since=-9, until=-1),
              shutdown(since=5, until=6, off=True))  # fmt: skip
    hear(desk.book, Shutdowns((now, soon, *others)), Shutdowns((of_dtr,)))
    assert complaints.prepare(desk, clerk, PLAIN, NOW).line.shutdowns == (now, of_dtr, soon)
    made = registering(desk, clerk, PLAIN)
    assert beside.beside(desk, clerk, made.act, NOW).shutdowns == (now, of_dtr, soon)
    assert complaints.prepare(desk, clerk, "", NOW).line.shutdowns == ()
    hear(desk.book, Shutdowns((replace(now, called_off=True), replace(soon, until=soon.since + 5 * HOUR))))
    left = complaints.prepare(desk, clerk, PLAIN, NOW).line.shutdowns
    assert left == (of_dtr, replace(soon, until=soon.since + 5 * HOUR))


@pytest.mark.parametrize(
    "change",
    [
        (b"T05:12:00Z", b"T05:12:00"),
        (b'"called_off":false', b'"called_off":3'),
        (b"2026-03-12T05", b"2027-03-12T05"),
    ],
)
def test_a_shutdown_that_cannot_be_is_left_out(
    desk: Desk, clerk: Session, change: tuple[bytes, bytes]
) -> None:
    enrolled(desk.book)
    body = item(Shutdowns((shutdown(),))).body
    assert change[0] in body
    hear(desk.book, Item(ItemKind.SHUTDOWNS, body.replace(*change)))
    assert complaints.prepare(desk, clerk, PLAIN, NOW).line.shutdowns == ()


def test_a_bill_tells_what_is_planned_on_its_line_this_week_and_whom_to_tell(desk: Desk) -> None:
    enrolled(desk.book)
    soon, later = shutdown(since=100, until=102), shutdown(DTR, since=200, until=202)
    listed = Officer(Post.AE, "", "", "अजय", "Ajay", "6666600012")
    hear(desk.book, Shutdowns((soon, later)), Officers((listed,)))
    said = words_of(paper.bill_preview(desk, signed_in(desk), PLAIN, NOW, Language.ENGLISH))
    assert said.count("Supply off for work:") == 1
    assert "Trees" in said
    assert "AE Ajay 6666600012" in said


# -- the roster ------------------------------------------------------------------------------------------


def test_who_is_on_duty_is_telephoned_and_else_who_is_in_the_list(desk: Desk, clerk: Session) -> None:
    enrolled(desk.book)
    listed = Officer(Post.JE, "supply", "", "संतोष", "Santosh", "6666600011")

    def whom() -> str:
        officer = complaints.prepare(desk, clerk, PLAIN, NOW).officer
        return officer.phone if officer else ""

    assert whom() == ""
    hear(desk.book, Officers((listed,)))
    assert whom() == listed.phone
    hear(desk.book, Roster((duty("1", since=1), duty("2", until=-0.5), duty("3", category="bills"))))
    assert whom() == listed.phone
    hear(desk.book, Roster((duty("4", since=-6, post=Post.AE), duty("5", since=-4, group="99"))))
    assert whom() == "4"
    hear(desk.book, Roster((duty("6", since=-3), duty("7", since=-2))))
    assert whom() == "7", "who began last"
    made = complaints.register(desk, clerk, complaining("", "91"), NOW)
    found = beside.beside(desk, clerk, made.act, NOW).whom
    assert found == duty("7", since=-2)


def test_whoever_answers_for_a_level_is_named_once_a_limit_is_overrun(desk: Desk, clerk: Session) -> None:
    """A bill complaint of a town: two days at the zone, one at the division, two at the circle."""
    enrolled(desk.book)
    lists = (
        Officer(Post.AE, "", "", "अजय", "Ajay", "1"), Officer(Post.EE, "supply", "", "ई", "EE", "2"),
        Officer(Post.EE, "", "", "विवेक", "Vivek", "3"), Officer(Post.SE, "", "", "मीना", "Meena", "4"),
    )  # fmt: skip
    hear(desk.book, Officers(lists))
    made = complaints.register(desk, clerk, complaining(PLAIN, "21"), NOW)

    def who(hours: float) -> tuple[Level | None, str]:
        found = beside.beside(desk, clerk, made.act, NOW + hours * HOUR)
        return found.level, found.above.phone if found.above else ""

    assert who(47) == (None, "")
    assert who(49) == (Level.DIVISION, "3")
    assert who(73) == who(999) == (Level.CIRCLE, "4")
    on_duty = duty("5", since=48, until=56, post=Post.EE, category="bill")
    hear(desk.book, Roster((on_duty,)))
    assert (who(49), who(57)) == ((Level.DIVISION, "5"), (Level.DIVISION, "3"))
    complaint_steps.step(desk, clerk, moving(made.act, Stage.ATTENDED), NOW + 80 * HOUR)
    assert who(90) == (None, "")


def test_the_same_lists_twice_are_nothing_new(desk: Desk) -> None:
    with desk.book.writing() as page:
        for taken in (2, 0):
            counts = Counts()
            Extracts(page).put_shutdowns([shutdown()], counts)
            Extracts(page).put_duties([duty("1")], counts)
            assert (counts.taken, counts.changed) == (taken, 0)
