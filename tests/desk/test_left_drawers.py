"""A cashier is gone and the drawer is open: it is counted and sealed by two others, and the day ends."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from counter_app.desk import cash, day_end, drawer_now, left_drawers, paper, payments
from counter_app.desk.day_end import Ending
from counter_app.desk.desk import Desk
from counter_app.desk.second import Word
from counter_app.domain.acts import NotAllowedTried
from counter_app.domain.drawer import DrawerClosed, HandoverAccepted
from counter_app.domain.entry import Kind
from counter_app.domain.money_refusals import (
    FloatForNobody,
    HandoverUnknown,
    SecondIsSame,
    SecondMayNot,
    SecondMissing,
)
from counter_app.domain.people import Person, Role, Session
from counter_app.domain.refusals import DrawerMissing, NotAllowed, PasswordWrong, ReasonMissing
from counter_app.store import people
from tests.desk.small_office import (
    CASHIER,
    CLERK,
    NOW,
    PASSWORD,
    PLAIN,
    RURAL,
    SECOND,
    SUPERVISOR,
    counted_as,
    faults,
    nothing_recorded,
    paying,
    payloads,
    signed_in,
)
from tests.documents.looking import words_of

WITNESS = Word(SECOND.code, PASSWORD)
TOMORROW = NOW + timedelta(days=1)


def gone(desk: Desk, person: Person = CASHIER) -> None:
    """Whose code signs in nowhere any more, as the feed says it."""
    with desk.book.writing() as page:
        people.put_person(page, person, "")


@pytest.fixture
def supervisor(desk: Desk) -> Session:
    return signed_in(desk, SUPERVISOR)


@pytest.fixture
def left(desk: Desk, cashier: Session, supervisor: Session) -> Session:
    """The supervisor, in the place of a cashier who took two payments and is gone."""
    for number in (PLAIN, RURAL):
        payments.take(desk, cashier, paying(number), NOW)
    gone(desk)
    (one,) = left_drawers.waiting(desk, supervisor, NOW)
    assert (one.clerk, one.drawer, one.counted) == (CASHIER.code, cashier.drawer, False)
    return left_drawers.in_place_of(desk, supervisor, one.drawer, NOW)


def test_a_drawer_whose_cashier_is_gone_is_sealed_by_two_others(
    desk: Desk, left: Session, supervisor: Session
) -> None:
    assert left_drawers.waiting_for_home(desk, supervisor) == 1
    assert day_end.checks(desk, left, TOMORROW).pending == 0
    revealed = day_end.fix(desk, left, counted_as(3226_00), TOMORROW)
    assert (revealed.difference, revealed.receipts, revealed.needs_second) == (0, 2, True)
    ending = Ending(uuid4())
    with nothing_recorded(desk), pytest.raises(SecondMissing):
        day_end.close(desk, left, ending, None, TOMORROW)
    signed_in(desk, SECOND, TOMORROW)
    closed = day_end.close(desk, left, ending, WITNESS, TOMORROW)
    report = closed.report
    assert (report.clerk, report.counted, report.to_bank) == (CASHIER.code, 3226_00, 3226_00)
    assert report.approved is not None
    assert (report.approved.code, closed.counted_by) == (SECOND.code, SUPERVISOR.code)
    assert day_end.close(desk, left, ending, None, TOMORROW) == closed
    assert left_drawers.waiting(desk, supervisor, TOMORROW) == ()
    assert left_drawers.waiting_for_home(desk, supervisor) == 0
    assert faults(desk) == ()
    text = " ".join(words_of(paper.page_of(desk, supervisor, closed.act, TOMORROW)).split())
    assert "in the place of the cashier" in text
    assert SUPERVISOR.code in text


def test_one_who_lost_the_right_to_take_money_is_gone_for_the_drawer(
    desk: Desk, cashier: Session, supervisor: Session
) -> None:
    payments.take(desk, cashier, paying(), NOW)
    assert left_drawers.waiting(desk, supervisor, NOW) == ()
    with desk.book.writing() as page:
        secret = people.password_hash(page.connection, CASHIER.code) or ""
        people.put_person(page, replace(CASHIER, role=Role.CLERK), secret)
    assert [one.clerk for one in left_drawers.waiting(desk, supervisor, NOW)] == [CASHIER.code]


def test_a_difference_needs_its_reason_as_well(desk: Desk, left: Session) -> None:
    day_end.fix(desk, left, counted_as(3200_00), TOMORROW)
    signed_in(desk, SECOND, TOMORROW)
    with pytest.raises(ReasonMissing):
        day_end.close(desk, left, Ending(uuid4()), WITNESS, TOMORROW)
    closed = day_end.close(desk, left, Ending(uuid4(), "कैशियर नहीं हैं"), WITNESS, TOMORROW)
    assert closed.report.difference == -26_00
    assert faults(desk) == ()


@pytest.mark.parametrize(
    ("word", "refused"),
    [
        (Word(SUPERVISOR.code, PASSWORD), SecondIsSame),
        (Word(CASHIER.code, PASSWORD), PasswordWrong),
        (Word(CLERK.code, PASSWORD), SecondMayNot),
    ],
)
def test_who_cannot_be_the_other_of_the_two(
    desk: Desk, left: Session, word: Word, refused: type[Exception]
) -> None:
    day_end.fix(desk, left, counted_as(3226_00), NOW)
    with pytest.raises(refused):
        day_end.close(desk, left, Ending(uuid4()), word, NOW)
    assert payloads(desk, Kind.DRAWER_CLOSED) == []


def test_nothing_stays_in_it_and_a_colleague_may_take_it_over(
    desk: Desk, left: Session, supervisor: Session
) -> None:
    day_end.fix(desk, left, counted_as(3226_00), NOW)
    with pytest.raises(FloatForNobody):
        day_end.close(desk, left, Ending(uuid4(), kept=500_00), WITNESS, NOW)
    second = signed_in(desk, SECOND)
    day_end.close(desk, left, Ending(uuid4(), handed_to=SECOND.code), WITNESS, NOW)
    shown = drawer_now.now(desk, second)
    assert shown is not None
    assert (shown.waiting, shown.left) == (1, 0)
    (report,) = payloads(desk, Kind.DRAWER_CLOSED)
    assert isinstance(report, DrawerClosed)
    assert report.handed_to == SECOND.code


def test_no_money_goes_into_it_and_nobody_else_counts_it(desk: Desk, left: Session) -> None:
    with nothing_recorded(desk), pytest.raises(DrawerMissing):
        payments.take(desk, left, paying(), NOW)
    second = signed_in(desk, SECOND)
    with pytest.raises(NotAllowed):
        left_drawers.waiting(desk, second, NOW)
    with pytest.raises(NotAllowed):
        left_drawers.in_place_of(desk, second, left.drawer or uuid4(), NOW)
    assert len(payloads(desk, Kind.NOT_ALLOWED)) == 2
    assert all(isinstance(one, NotAllowedTried) for one in payloads(desk, Kind.NOT_ALLOWED))
    with nothing_recorded(desk), pytest.raises(DrawerMissing):
        day_end.fix(desk, replace(second, drawer=left.drawer), counted_as(0), NOW)


def test_a_drawer_of_somebody_who_is_here_is_left_alone(
    desk: Desk, cashier: Session, supervisor: Session
) -> None:
    payments.take(desk, cashier, paying(), NOW)
    assert cashier.drawer is not None
    with nothing_recorded(desk):
        with pytest.raises(DrawerMissing):
            left_drawers.in_place_of(desk, supervisor, cashier.drawer, NOW)
        with pytest.raises(DrawerMissing):
            day_end.fix(desk, replace(supervisor, drawer=cashier.drawer), counted_as(0), NOW)


def test_cash_handed_to_one_who_is_gone_is_taken_over_by_an_officer(
    desk: Desk, cashier: Session, supervisor: Session
) -> None:
    payments.take(desk, cashier, paying(PLAIN), NOW)
    day_end.fix(desk, cashier, counted_as(1613_00), NOW)
    closing = day_end.close(desk, cashier, Ending(uuid4(), handed_to=SECOND.code), None, NOW).act
    assert cash.waiting(desk, supervisor, NOW) == ()
    gone(desk, SECOND)
    (waits,) = cash.waiting(desk, supervisor, NOW)
    assert (waits.closing, waits.giver, waits.left_by) == (closing, CASHIER.code, SECOND.code)
    standing = drawer_now.now(desk, supervisor)
    assert standing is not None
    assert standing.waiting == 1, "Home says so"
    act = uuid4()
    moved = cash.accept(desk, supervisor, act, closing, counted_as(1600_00), "₹13 कम", NOW)
    accepted = moved.payload
    assert isinstance(accepted, HandoverAccepted)
    assert (accepted.clerk, accepted.giver) == (SUPERVISOR.code, CASHIER.code)
    assert (accepted.handed, accepted.counted) == (1613_00, 1600_00)
    assert cash.waiting(desk, supervisor, NOW) == ()
    assert faults(desk) == ()


def test_nobody_else_takes_over_what_waits_for_one_who_is_gone(
    desk: Desk, cashier: Session, supervisor: Session
) -> None:
    payments.take(desk, cashier, paying(PLAIN), NOW)
    day_end.fix(desk, cashier, counted_as(1613_00), NOW)
    closing = day_end.close(desk, cashier, Ending(uuid4(), handed_to=SUPERVISOR.code), None, NOW).act
    other = signed_in(desk, SECOND)
    gone(desk, SUPERVISOR)
    assert cash.waiting(desk, other, NOW) == ()
    with nothing_recorded(desk), pytest.raises(HandoverUnknown):
        cash.accept(desk, other, uuid4(), closing, counted_as(1613_00), "", NOW)
