"""Closing a drawer by a blind count."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from counter_app.desk import drawers, payments
from counter_app.desk.desk import Desk
from counter_app.domain.money_refusals import CountTooLarge
from counter_app.domain.payment import card, cash, upi
from counter_app.domain.people import Session
from counter_app.domain.refusals import (
    ActUsedElsewhere,
    AmountNotPositive,
    CardNumberTyped,
    DrawerMissing,
    TextTooLong,
)
from counter_app.store import finds
from tests.desk.small_office import NOW, PLAIN, RURAL, counted_as, nothing_recorded, paying, signed_in


def work(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, paying(PLAIN, 1613_00, cash(1613_00, 2000_00)), NOW)
    split = (cash(1000_00, 1000_00), upi(500_00, "418802"), card(13_00, "4821"))
    payments.take(desk, cashier, paying(RURAL, 1513_00, *split), NOW)


def test_only_cash_is_expected_in_the_drawer(desk: Desk, cashier: Session) -> None:
    work(desk, cashier)
    now = drawers.now(desk, cashier)
    assert now is not None
    assert (now.opened_at, now.receipts) == (NOW, 2)
    closed = drawers.close(desk, cashier, uuid4(), counted_as(2343_00), "एक नोट फटा", NOW).report
    assert (closed.expected, closed.counted, closed.difference) == (2613_00, 2343_00, -270_00)
    assert drawers.now(desk, cashier) is None
    with desk.book.reading() as connection:
        row = finds.drawer(connection, closed.drawer)
    assert row is not None
    assert (row.cash, row.expected, row.counted) == (2613_00, 2613_00, 2343_00)


def test_closing_again_by_the_same_act(desk: Desk, cashier: Session) -> None:
    act = uuid4()
    closed = drawers.close(desk, cashier, act, counted_as(0), "", NOW).report
    with nothing_recorded(desk):
        assert drawers.close(desk, cashier, act, counted_as(-5), "x" * 999, NOW).report == closed
    with nothing_recorded(desk), pytest.raises(DrawerMissing):
        drawers.close(desk, cashier, uuid4(), counted_as(0), "", NOW)
    with nothing_recorded(desk), pytest.raises(ActUsedElsewhere):
        payments.take(desk, cashier, paying(act=act), NOW)


def test_what_is_no_count(desk: Desk, cashier: Session) -> None:
    for counted, note, why in (
        (-1, "", AmountNotPositive),
        (10**30, "", CountTooLarge),
        (0, "क" * 201, TextTooLong),
        (0, "4111111111111111", CardNumberTyped),
    ):
        with nothing_recorded(desk), pytest.raises(why):
            drawers.close(desk, cashier, uuid4(), counted_as(counted), note, NOW)
    with nothing_recorded(desk), pytest.raises(DrawerMissing):
        drawers.close(desk, replace(cashier, drawer=None), uuid4(), counted_as(0), "", NOW)
    assert drawers.now(desk, replace(cashier, drawer=None)) is None


def test_a_drawer_counted_after_midnight_is_still_yesterdays(desk: Desk, cashier: Session) -> None:
    work(desk, cashier)
    closed = drawers.close(desk, cashier, uuid4(), counted_as(2613_00), "", NOW + timedelta(days=1)).report
    assert closed.day == NOW.date()
    assert closed.difference == 0


def test_money_after_closing_goes_into_a_new_drawer(desk: Desk, cashier: Session) -> None:
    work(desk, cashier)
    drawers.close(desk, cashier, uuid4(), counted_as(2613_00), "", NOW)
    again = signed_in(desk)
    payments.take(desk, again, paying(PLAIN, 7_00, advance=True), NOW)
    closed = drawers.close(desk, again, uuid4(), counted_as(7_00), "", NOW).report
    assert (closed.expected, closed.difference) == (7_00, 0)
