"""The PC's clock: set back, ahead a year, drifting, asleep, booted. Found, flagged, decided."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.desk import clock, complaints, day_end, payments
from counter_app.desk.day_end import Ending
from counter_app.desk.desk import Desk
from counter_app.desk.second import Word
from counter_app.domain.clock import ClockDecided, ClockFault, ClockFound, Decision
from counter_app.domain.days import to_millis
from counter_app.domain.entry import Kind
from counter_app.domain.money_refusals import ClockDoubted, SecondMayNot
from counter_app.domain.people import Session
from counter_app.domain.refusals import ClockBehind, NotAllowed
from counter_app.store import clock as store
from tests.desk import small_office
from tests.desk.pc_clock import PcClock
from tests.desk.small_office import (
    CLERK,
    OTHERS,
    PASSWORD,
    SUPERVISOR,
    complaining,
    counted_as,
    nothing_recorded,
    paying,
    payloads,
    signed_in,
)

SECOND, MINUTE, HOUR, DAY = (timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days"))
WORD = Word(SUPERVISOR.code, PASSWORD)


@pytest.fixture
def desk(pc_desk: Desk) -> Desk:
    return pc_desk


@pytest.fixture
def cashier(desk: Desk, pc: PcClock) -> Session:
    return signed_in(desk, at=pc.now)


def taken(desk: Desk, session: Session, pc: PcClock, number: int = 0) -> bool:
    """Take a payment now; whether its receipt says that the time is in doubt."""
    return payments.take(desk, session, paying(OTHERS[number], 100_00), pc.now).payment.clock_doubted


def found(desk: Desk) -> list[object]:
    return payloads(desk, Kind.CLOCK_FOUND)


def heard(desk: Desk, pc: PcClock, off: timedelta = timedelta(0)) -> None:
    """The centre answers; its own clock is right, or off."""
    with desk.book.writing() as page:
        store.hear(page, to_millis(pc.true + off), pc.now)


def decided(desk: Desk, session: Session, decision: Decision, pc: PcClock, word: Word | None = WORD) -> None:
    clock.decide(desk, session, uuid4(), decision, word, pc.now)


# -- nothing is wrong --------------------------------------------------------------------------------


def test_an_ordinary_week_of_work_sleep_and_boots_raises_no_doubt(desk: Desk, pc: PcClock) -> None:
    session = signed_in(desk, at=pc.now)
    for number, (hours, boots) in enumerate(((3, False), (15, False), (40, True), (1, True))):
        if boots:
            pc.reboot(hours * HOUR)
        else:
            pc.wait(hours * HOUR)  # also asleep: the steady clock goes on
        pc.turn((-1) ** number * 90 * SECOND)  # the network sets it right a little
        assert clock.doubt(desk, pc.now) is None
        complaints.register(desk, session, complaining(), pc.now)
    assert found(desk) == []


def test_the_centre_setting_the_clock_right_is_no_fault(desk: Desk, cashier: Session, pc: PcClock) -> None:
    pc.turn(4 * MINUTE)
    complaints.register(desk, cashier, complaining(), pc.now)
    heard(desk, pc)
    pc.turn(-4 * MINUTE)
    assert not taken(desk, cashier, pc)
    assert found(desk) == []


# -- the day's end -------------------------------------------------------------------------------------


def test_no_day_ends_by_a_clock_that_takes_no_money_before_somebody_decides(
    desk: Desk, cashier: Session, pc: PcClock
) -> None:
    taken(desk, cashier, pc)
    day_end.fix(desk, cashier, counted_as(100_00), pc.now)
    for turn, why in ((-DAY, ClockBehind), (3 * DAY, ClockDoubted)):
        pc.turn(turn)
        with pytest.raises(why):
            day_end.close(desk, cashier, Ending(uuid4()), None, pc.now)
        assert day_end.checks(desk, cashier, pc.now).clock_doubted
    clock.decide(desk, cashier, uuid4(), Decision.GO_ON, WORD, pc.now)
    closed = day_end.close(desk, cashier, Ending(uuid4()), None, pc.now)
    assert closed.report.difference == 0


# -- set back ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("boots", [False, True])
def test_set_back_a_day_no_money_is_taken_before_somebody_decides(
    desk: Desk, cashier: Session, pc: PcClock, boots: bool
) -> None:
    taken(desk, cashier, pc)
    pc.reboot(MINUTE, -DAY) if boots else pc.turn(-DAY)
    again = signed_in(desk, at=pc.now)
    assert again.drawer == cashier.drawer
    (fault,) = found(desk)
    assert isinstance(fault, ClockFound)
    assert (fault.fault, fault.code) == (ClockFault.BACK, "REKHA")
    assert fault.seconds == pytest.approx(-DAY.total_seconds(), abs=120)
    with nothing_recorded(desk), pytest.raises(ClockBehind) as refused:
        taken(desk, again, pc, 1)
    assert refused.value.by == pytest.approx(DAY, abs=2 * MINUTE)
    # Complaints go on, and what is recorded under the wrong clock sets nothing right.
    complaints.register(desk, again, complaining(), pc.now)
    with nothing_recorded(desk), pytest.raises(ClockBehind):
        taken(desk, again, pc, 1)
    assert found(desk) == [fault]


def test_money_finds_it_without_a_sign_in(desk: Desk, cashier: Session, pc: PcClock) -> None:
    taken(desk, cashier, pc)
    pc.turn(-7 * MINUTE)
    with pytest.raises(ClockBehind) as refused:
        taken(desk, cashier, pc, 1)
    assert refused.value.by == 7 * MINUTE
    assert found(desk) == [ClockFound(ClockFault.BACK, -420, "REKHA")]


def test_set_right_again_work_goes_on_by_itself(desk: Desk, cashier: Session, pc: PcClock) -> None:
    pc.turn(-3 * DAY)
    with pytest.raises(ClockBehind):
        taken(desk, cashier, pc)
    pc.wait(5 * MINUTE)
    pc.turn(3 * DAY - 30 * SECOND)
    assert not taken(desk, cashier, pc)
    assert payloads(desk, Kind.CLOCK_DECIDED) == [ClockDecided(Decision.IS_RIGHT, "")]
    assert clock.doubt(desk, pc.now) is None


def test_set_right_across_a_boot_receipts_are_flagged_until_somebody_decides(
    desk: Desk, cashier: Session, pc: PcClock
) -> None:
    taken(desk, cashier, pc)
    pc.reboot(MINUTE, -2 * DAY)
    with pytest.raises(ClockBehind):
        taken(desk, cashier, pc, 1)
    pc.reboot(MINUTE, 2 * DAY)
    assert taken(desk, cashier, pc, 1)
    decided(desk, cashier, Decision.IS_RIGHT, pc)
    assert not taken(desk, cashier, pc, 2)


def test_set_back_to_before_what_the_centre_said_last(desk: Desk, cashier: Session, pc: PcClock) -> None:
    """Nothing was recorded over the weekend, but the line was there."""
    pc.wait(2 * DAY)
    heard(desk, pc)
    pc.reboot(MINUTE, -DAY)
    signed_in(desk, at=pc.now)
    (fault,) = found(desk)
    assert isinstance(fault, ClockFound)
    assert fault.fault is ClockFault.BACK


def test_a_little_back_is_borne(desk: Desk, cashier: Session, pc: PcClock) -> None:
    taken(desk, cashier, pc)
    pc.turn(-2 * MINUTE)
    assert not taken(desk, cashier, pc, 1)
    assert found(desk) == []


# -- ahead ---------------------------------------------------------------------------------------------


def test_ahead_a_year_no_money_is_taken(desk: Desk, cashier: Session, pc: PcClock) -> None:
    pc.turn(365 * DAY)
    with pytest.raises(ClockDoubted) as refused:
        taken(desk, cashier, pc)
    assert refused.value.by == 365 * DAY
    assert found(desk) == [ClockFound(ClockFault.JUMP, 365 * 86_400, "REKHA")]
    pc.turn(-365 * DAY)
    assert not taken(desk, cashier, pc)
    assert len(found(desk)) == 1


@pytest.mark.parametrize("by", [6 * MINUTE, 59 * MINUTE])
def test_ahead_some_minutes_receipts_are_flagged(
    desk: Desk, cashier: Session, pc: PcClock, by: timedelta
) -> None:
    pc.turn(by)
    assert taken(desk, cashier, pc)
    assert taken(desk, cashier, pc, 1)
    assert found(desk) == [ClockFound(ClockFault.JUMP, int(by.total_seconds()), "REKHA")]
    heard(desk, pc)
    assert taken(desk, cashier, pc, 2)
    pc.turn(-by)
    assert not taken(desk, cashier, pc, 3)


def test_ahead_across_a_boot_is_found_by_the_centre(desk: Desk, cashier: Session, pc: PcClock) -> None:
    pc.reboot(MINUTE, 3 * DAY)
    assert clock.doubt(desk, pc.now) is None  # nobody can know
    heard(desk, pc)
    with pytest.raises(ClockDoubted):
        taken(desk, cashier, pc)
    (fault,) = found(desk)
    assert isinstance(fault, ClockFound)
    assert (fault.fault, fault.seconds) == (ClockFault.DRIFT, 3 * 86_400)


# -- drift ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("off", "flagged"), [(-4, False), (4, False), (-6, True), (20, True)])
def test_a_drift_of_minutes_flags_receipts(
    desk: Desk, cashier: Session, pc: PcClock, off: int, flagged: bool
) -> None:
    heard(desk, pc, -off * MINUTE)
    pc.wait(8 * HOUR)  # the centre's time is known further on, also while the line is down
    assert taken(desk, cashier, pc) is flagged
    assert found(desk) == [ClockFound(ClockFault.DRIFT, off * 60, "REKHA")] * flagged
    taken(desk, cashier, pc, 1)
    assert len(found(desk)) == flagged


def test_a_centre_in_the_year_of_nonsense_is_not_believed(desk: Desk, pc: PcClock) -> None:
    with desk.book.writing() as page:
        store.hear(page, 1 << 62, pc.now)
    assert clock.doubt(desk, pc.now) is None


# -- deciding ------------------------------------------------------------------------------------------


def test_going_on_flags_every_receipt(desk: Desk, cashier: Session, pc: PcClock) -> None:
    pc.turn(365 * DAY)
    again = signed_in(desk, at=pc.now)
    decided(desk, again, Decision.GO_ON, pc)
    assert payloads(desk, Kind.CLOCK_DECIDED) == [ClockDecided(Decision.GO_ON, "ANITA")]
    assert taken(desk, again, pc)
    pc.reboot()
    assert taken(desk, again, pc, 1)
    decided(desk, again, Decision.IS_RIGHT, pc)
    assert not taken(desk, again, pc, 2)


def test_another_turn_needs_another_decision(desk: Desk, cashier: Session, pc: PcClock) -> None:
    pc.turn(2 * HOUR)
    complaints.register(desk, cashier, complaining(), pc.now)
    decided(desk, cashier, Decision.IS_RIGHT, pc)
    assert not taken(desk, cashier, pc)
    pc.turn(2 * HOUR)
    with pytest.raises(ClockDoubted):
        taken(desk, cashier, pc, 1)


def test_whoever_says_that_it_is_right_is_not_asked_again_by_what_the_centre_said_before(
    desk: Desk, cashier: Session, pc: PcClock
) -> None:
    heard(desk, pc, 40 * DAY)
    with pytest.raises(ClockDoubted):
        taken(desk, cashier, pc)
    decided(desk, cashier, Decision.IS_RIGHT, pc)
    assert not taken(desk, cashier, pc)
    pc.reboot()
    assert not taken(desk, cashier, pc, 1)


def test_only_a_supervisor_decides(desk: Desk, cashier: Session, pc: PcClock) -> None:
    pc.turn(DAY)
    clerk = signed_in(desk, CLERK, pc.now)
    with pytest.raises(NotAllowed):
        decided(desk, clerk, Decision.IS_RIGHT, pc, None)
    with pytest.raises(SecondMayNot):
        decided(desk, clerk, Decision.IS_RIGHT, pc, Word(small_office.SECOND.code, PASSWORD))
    decided(desk, signed_in(desk, SUPERVISOR, pc.now), Decision.IS_RIGHT, pc, None)
    assert clock.doubt(desk, pc.now) is None


def test_the_same_act_again_and_a_decision_about_nothing_change_nothing(
    desk: Desk, cashier: Session, pc: PcClock
) -> None:
    with nothing_recorded(desk):
        decided(desk, cashier, Decision.IS_RIGHT, pc)
    pc.turn(DAY)
    act = uuid4()
    clock.decide(desk, cashier, act, Decision.GO_ON, WORD, pc.now)
    with nothing_recorded(desk):
        clock.decide(desk, cashier, act, Decision.IS_RIGHT, WORD, pc.now)


def test_what_was_found_survives_a_restart(desk: Desk, cashier: Session, pc: PcClock, folder: Path) -> None:
    pc.turn(-DAY)
    complaints.register(desk, cashier, complaining(), pc.now)
    desk.book.close()
    again = small_office.opened(folder, pc.now, pc.steady)
    try:
        with pytest.raises(ClockBehind):
            taken(again, cashier, pc)
    finally:
        again.book.close()
