"""Drawers: opened with a float, counted blind, sealed by a Z report that nothing changes afterwards."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from counter_app.desk import day_end, drawer_now, drawers, payments, undoing
from counter_app.desk.day_end import Ending
from counter_app.desk.desk import Desk
from counter_app.desk.second import Word
from counter_app.domain.approval import Approval, Way
from counter_app.domain.drawer import Counted, Piece
from counter_app.domain.money_refusals import (
    CashOnItsWay,
    CountMissing,
    CountTooLarge,
    DrawerBegun,
    DrawerCounted,
    FaceUnknown,
    FloatKept,
    KeptTooMuch,
    ReceiverUnknown,
    SecondIsSame,
    SecondMayNot,
    SecondMissing,
)
from counter_app.domain.payment import TenderKind, card, cash, upi
from counter_app.domain.people import Session
from counter_app.domain.refusals import (
    ActUsedElsewhere,
    AmountNotPositive,
    AmountNotWholeRupees,
    CardNumberTyped,
    DrawerMissing,
    PasswordWrong,
    ReasonMissing,
    Refused,
    TextTooLong,
)
from counter_app.domain.undoing import Why
from counter_app.store import finds
from tests.desk.small_office import (
    CASHIER,
    CLERK,
    NOW,
    OTHERS,
    PASSWORD,
    PLAIN,
    RURAL,
    SECOND,
    SUPERVISOR,
    counted_as,
    nothing_recorded,
    opened,
    paying,
    sealed,
    signed_in,
)

WORD = Word(SUPERVISOR.code, PASSWORD)
UTR = "607198418802"


def work(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, paying(PLAIN, 1613_00, cash(1613_00, 2000_00)), NOW)
    split = (cash(1000_00, 1000_00), upi(500_00, "418802"), card(13_00, "4821"))
    payments.take(desk, cashier, paying(RURAL, 1513_00, *split), NOW)


def test_only_cash_is_expected_in_the_drawer(desk: Desk, cashier: Session) -> None:
    work(desk, cashier)
    now = drawer_now.now(desk, cashier)
    assert now is not None
    assert (now.opened_at, now.receipts, now.counted) == (NOW, 2, False)
    closed = sealed(desk, cashier, 2343_00, reason="एक नोट फटा").report
    assert (closed.expected, closed.counted, closed.difference) == (2613_00, 2343_00, -270_00)
    assert drawer_now.now(desk, cashier) is None
    with desk.book.reading() as connection:
        row = finds.drawer(connection, closed.drawer)
    assert row is not None
    assert (row.cash, row.expected, row.counted) == (2613_00, 2613_00, 2343_00)


# -- opening ----------------------------------------------------------------------------------------------


def test_a_drawer_is_opened_with_a_float_before_anything_is_done_in_it(desk: Desk, cashier: Session) -> None:
    act = uuid4()
    session = drawers.open_with(desk, cashier, act, 2000_00, NOW)
    assert session.drawer not in {None, cashier.drawer}
    with nothing_recorded(desk):
        assert drawers.open_with(desk, cashier, act, 5_00, NOW) == session
    more = drawers.open_with(desk, session, uuid4(), 2500_00, NOW)
    with nothing_recorded(desk), pytest.raises(DrawerMissing):
        payments.take(desk, session, paying(), NOW)
    payments.take(desk, more, paying(), NOW)
    with nothing_recorded(desk), pytest.raises(DrawerBegun):
        drawers.open_with(desk, more, uuid4(), 3000_00, NOW)
    report = sealed(desk, more, 4113_00).report
    assert (report.opening, report.cash, report.expected, report.difference) == (2500_00, 1613_00, 4113_00, 0)


@pytest.mark.parametrize(("amount", "why"), [(-1_00, AmountNotPositive), (1_50, AmountNotWholeRupees)])
def test_a_float_is_whole_rupees(desk: Desk, cashier: Session, amount: int, why: type[Refused]) -> None:
    with nothing_recorded(desk), pytest.raises(why):
        drawers.open_with(desk, cashier, uuid4(), amount, NOW)


def test_what_is_kept_lies_in_the_next_drawer(desk: Desk, cashier: Session) -> None:
    work(desk, cashier)
    report = sealed(desk, cashier, 2613_00, kept=600_00).report
    assert (report.kept, report.to_bank) == (600_00, 2013_00)
    tomorrow = NOW + timedelta(days=1)
    assert drawers.float_kept(desk, cashier, tomorrow) == 600_00
    session = signed_in(desk, at=tomorrow)
    # Signing in opened a drawer with it; while nothing is done there it stays a float.
    assert drawers.float_kept(desk, session, tomorrow) == 600_00
    with nothing_recorded(desk), pytest.raises(FloatKept):
        drawers.open_with(desk, session, uuid4(), 500_00, tomorrow)
    day_after = tomorrow + timedelta(days=1)
    session = signed_in(desk, at=day_after)
    session = drawers.open_with(desk, session, uuid4(), 1000_00, day_after)
    assert sealed(desk, session, 1000_00, day_after).report.expected == 1000_00


def test_a_drawer_with_nothing_but_a_float_needs_no_count(desk: Desk, cashier: Session) -> None:
    drawers.open_with(desk, cashier, uuid4(), 800_00, NOW)
    tomorrow = signed_in(desk, at=NOW + timedelta(days=1))
    payments.take(desk, tomorrow, paying(), NOW + timedelta(days=1))
    with desk.book.reading() as connection:
        row = finds.drawer(connection, tomorrow.drawer or uuid4())
    assert row is not None
    assert row.opening == 800_00


def test_opening_without_a_receipt_is_counted(desk: Desk, cashier: Session) -> None:
    act = uuid4()
    drawers.unlock(desk, cashier, act, "500 के छुट्टे", NOW)
    with nothing_recorded(desk):
        drawers.unlock(desk, cashier, act, "", NOW)
    with nothing_recorded(desk), pytest.raises(ReasonMissing):
        drawers.unlock(desk, cashier, uuid4(), " ", NOW)
    tomorrow = NOW + timedelta(days=1)
    assert signed_in(desk, at=tomorrow).drawer == cashier.drawer  # it must be counted
    assert sealed(desk, cashier, 0, tomorrow).report.unlocked == 1


# -- counting ---------------------------------------------------------------------------------------------


def test_the_first_count_stands(desk: Desk, cashier: Session) -> None:
    work(desk, cashier)
    with nothing_recorded(desk), pytest.raises(CountMissing):
        day_end.close(desk, cashier, Ending(uuid4()), WORD, NOW)
    assert day_end.reveal(desk, cashier, NOW) is None
    with nothing_recorded(desk):
        first = day_end.fix(desk, cashier, counted_as(2343_00), NOW)
        again = day_end.fix(desk, cashier, counted_as(2613_00), NOW + timedelta(minutes=1))
    assert first == again == day_end.reveal(desk, cashier, NOW)
    assert (first.fixed_at, first.counted, first.expected, first.difference) == (
        NOW, 2343_00, 2613_00, -270_00,
    )  # fmt: skip
    now = drawer_now.now(desk, cashier)
    assert now is not None
    assert now.counted


def test_a_fixed_count_outlives_the_program(desk: Desk, cashier: Session) -> None:
    work(desk, cashier)
    fixed = day_end.fix(desk, cashier, counted_as(2000_00), NOW)
    desk.book.close()
    again = opened(desk.book.folder)
    try:
        session = signed_in(again)
        assert session.drawer == cashier.drawer
        assert day_end.reveal(again, session, NOW) == fixed
    finally:
        again.book.close()


def test_once_counted_nothing_goes_in_or_out(desk: Desk, cashier: Session) -> None:
    receipt = payments.take(desk, cashier, paying(), NOW)
    day_end.fix(desk, cashier, counted_as(0), NOW)
    with nothing_recorded(desk), pytest.raises(DrawerCounted):
        payments.take(desk, cashier, paying(RURAL), NOW)
    with nothing_recorded(desk), pytest.raises(DrawerCounted):
        drawers.unlock(desk, cashier, uuid4(), "छुट्टे", NOW)
    with nothing_recorded(desk), pytest.raises(DrawerCounted):
        undoing.cancel(desk, cashier, uuid4(), receipt.act, Why.WRONG_AMOUNT, "", WORD, NOW)
    # The receipt whose money never came is what the count found.
    undoing.cancel(desk, cashier, uuid4(), receipt.act, Why.NOT_PAID, "", WORD, NOW)
    revealed = day_end.reveal(desk, cashier, NOW)
    assert revealed is not None
    assert (revealed.difference, revealed.needs_second) == (0, False)
    assert day_end.close(desk, cashier, Ending(uuid4()), None, NOW).report.difference == 0


def test_what_is_no_count(desk: Desk, cashier: Session) -> None:
    for counts, why in (
        ((Counted(Piece.COIN, 1_00, -1),), AmountNotPositive),
        ((Counted(Piece.COIN, 1_00, 10**30),), CountTooLarge),
        ((Counted(Piece.NOTE, 2000_00, 1),), FaceUnknown),
        ((Counted(Piece.COIN, 50_00, 1),), FaceUnknown),
    ):
        with nothing_recorded(desk), pytest.raises(why):
            day_end.fix(desk, cashier, counts, NOW)
    assert day_end.reveal(desk, cashier, NOW) is None
    with nothing_recorded(desk), pytest.raises(DrawerMissing):
        day_end.fix(desk, replace(cashier, drawer=None), counted_as(0), NOW)
    assert drawer_now.now(desk, replace(cashier, drawer=None)) is None


# -- sealing ----------------------------------------------------------------------------------------------


def test_closing_again_by_the_same_act(desk: Desk, cashier: Session) -> None:
    act = uuid4()
    closed = sealed(desk, cashier, 0, act=act)
    with nothing_recorded(desk):
        assert day_end.close(desk, cashier, Ending(act, note="x" * 999), None, NOW) == closed
    with nothing_recorded(desk), pytest.raises(DrawerMissing):
        day_end.close(desk, cashier, Ending(uuid4()), None, NOW)
    with nothing_recorded(desk), pytest.raises(ActUsedElsewhere):
        payments.take(desk, cashier, paying(act=act), NOW)


def test_a_difference_needs_a_reason_and_a_second_person(desk: Desk, cashier: Session) -> None:
    work(desk, cashier)
    assert day_end.fix(desk, cashier, counted_as(2614_00), NOW).needs_second
    act = uuid4()
    for ending, word, why in (
        (Ending(act), WORD, ReasonMissing),
        (Ending(act, reason=" "), WORD, ReasonMissing),
        (Ending(act, reason="अधिक"), None, SecondMissing),
        (Ending(act, reason="अधिक"), Word(CASHIER.code, PASSWORD), SecondIsSame),
        (Ending(act, reason="अधिक"), Word(CLERK.code, PASSWORD), SecondMayNot),
        (Ending(act, reason="4111111111111111"), WORD, CardNumberTyped),
        (Ending(act, reason="अधिक", note="क" * 201), WORD, TextTooLong),
    ):
        with nothing_recorded(desk), pytest.raises(why):
            day_end.close(desk, cashier, ending, word, NOW)
    with pytest.raises(PasswordWrong):
        day_end.close(desk, cashier, Ending(act, reason="अधिक"), Word(SUPERVISOR.code, "x"), NOW)
    report = day_end.close(desk, cashier, Ending(act, reason="अधिक"), WORD, NOW).report
    assert (report.difference, report.reason) == (1_00, "अधिक")
    assert report.approved == Approval(SUPERVISOR.code, Way.PASSWORD)


def test_a_count_that_agrees_needs_neither(desk: Desk, cashier: Session) -> None:
    work(desk, cashier)
    assert not day_end.fix(desk, cashier, counted_as(2613_00), NOW).needs_second
    report = day_end.close(desk, cashier, Ending(uuid4()), None, NOW).report
    assert (report.difference, report.approved, report.reason) == (0, None, "")
    assert report.counts == counted_as(2613_00)


def test_what_was_not_found_stands_in_the_report(desk: Desk, cashier: Session) -> None:
    work(desk, cashier)
    revealed = day_end.fix(desk, cashier, counted_as(2613_00), NOW)
    assert [(row.kind, row.serial, row.amount) for row in revealed.non_cash] == [
        (TenderKind.CARD, 2, 13_00), (TenderKind.UPI, 2, 500_00),
    ]  # fmt: skip
    report = day_end.close(
        desk, cashier, Ending(uuid4(), note="UPI देखना है", unseen=((2, TenderKind.UPI),)), None, NOW
    ).report
    assert report.note == "UPI देखना है · नहीं मिले: 000002 UPI · Not found: 000002 UPI"


def test_no_more_is_kept_than_was_counted(desk: Desk, cashier: Session) -> None:
    day_end.fix(desk, cashier, counted_as(0), NOW)
    for ending in (
        Ending(uuid4(), kept=1_00),
        Ending(uuid4(), kept=1_00, handed_to=SECOND.code),
    ):
        with nothing_recorded(desk), pytest.raises(KeptTooMuch):
            day_end.close(desk, cashier, ending, None, NOW)
    with nothing_recorded(desk), pytest.raises(AmountNotPositive):
        day_end.close(desk, cashier, Ending(uuid4(), kept=-1_00), None, NOW)


def test_who_can_be_handed_the_cash(desk: Desk, cashier: Session) -> None:
    day_end.fix(desk, cashier, counted_as(0), NOW)
    for code in ("NOBODY", CASHIER.code, CLERK.code):
        with nothing_recorded(desk), pytest.raises(ReceiverUnknown):
            day_end.close(desk, cashier, Ending(uuid4(), handed_to=code), None, NOW)
    report = day_end.close(desk, cashier, Ending(uuid4(), handed_to=" mahesh "), None, NOW).report
    assert report.handed_to == SECOND.code


def test_cash_on_its_way_is_taken_over_before_more_is_handed_on(desk: Desk, cashier: Session) -> None:
    work(desk, cashier)
    sealed(desk, cashier, 2613_00, handed_to=SECOND.code)
    other = signed_in(desk, SECOND)
    assert day_end.checks(desk, other, NOW).to_take_over == 1
    day_end.fix(desk, other, counted_as(0), NOW)
    with nothing_recorded(desk), pytest.raises(CashOnItsWay):
        day_end.close(desk, other, Ending(uuid4(), handed_to=SUPERVISOR.code), None, NOW)
    day_end.close(desk, other, Ending(uuid4()), None, NOW)


def test_a_drawer_counted_after_midnight_is_still_yesterdays(desk: Desk, cashier: Session) -> None:
    work(desk, cashier)
    closed = sealed(desk, cashier, 2613_00, NOW + timedelta(days=1)).report
    assert closed.day == NOW.date()
    assert closed.difference == 0


def test_money_after_closing_goes_into_a_new_drawer(desk: Desk, cashier: Session) -> None:
    work(desk, cashier)
    sealed(desk, cashier, 2613_00)
    again = signed_in(desk)
    payments.take(desk, again, paying(PLAIN, 7_00, advance=True), NOW)
    closed = sealed(desk, again, 7_00).report
    assert (closed.expected, closed.difference) == (7_00, 0)


def test_lunch_all_is_kept_and_the_drawer_opens_again_with_it(desk: Desk, cashier: Session) -> None:
    work(desk, cashier)
    first = sealed(desk, cashier, 2613_00, kept=2613_00).report
    assert first.to_bank == 0
    session = signed_in(desk, at=NOW + timedelta(minutes=40))
    payments.take(desk, session, paying(OTHERS[0]), NOW + timedelta(minutes=41))
    second = sealed(desk, session, 4226_00, NOW + timedelta(minutes=50)).report
    assert (second.opening, second.expected, second.difference) == (2613_00, 4226_00, 0)


def test_a_refund_asked_for_after_the_seal_goes_into_the_next_report(desk: Desk, cashier: Session) -> None:
    receipt = payments.take(desk, cashier, paying(PLAIN, 1613_00, upi(1613_00, UTR)), NOW)
    first = sealed(desk, cashier, 0)
    again = signed_in(desk)
    undoing.ask_refund(desk, again, uuid4(), receipt.act, Why.TAKEN_TWICE, "", NOW)
    second, third = sealed(desk, again, 0).report, sealed(desk, signed_in(desk), 0).report
    assert [(one.what, one.receipt, one.amount) for one in second.carried] == [
        ("refund", receipt.number.stem, 1613_00)
    ]
    assert third.carried == ()
    with desk.book.reading() as connection:
        assert drawers.stored_closing(connection, first.act) == first


def test_the_checks_before_the_count(desk: Desk, cashier: Session) -> None:
    before = day_end.checks(desk, cashier, NOW)
    assert (before.unprinted, before.pending, before.held, before.to_take_over) == (0, 0, 0, 0)
    work(desk, cashier)
    after = day_end.checks(desk, cashier, NOW)
    assert (after.unprinted, after.pending, after.clock_doubted) == (2, 1, False)
