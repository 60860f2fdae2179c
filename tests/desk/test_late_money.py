"""Money that the bank brings after all, when the refund of its receipt is asked for or paid already."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.desk import payments, undoing
from counter_app.desk.desk import Desk
from counter_app.desk.payments import Receipt
from counter_app.domain.payment import cash, cheque
from counter_app.domain.task import Task
from counter_app.domain.undoing import Outcome, Why
from counter_app.store.keys import demo_keys
from tests.desk.small_office import NOW, PLAIN, faults, opened, paying, sealed, signed_in
from tests.desk.two_counters import TODAY, bank_says, done, tell, waiting
from tests.store.test_versions import writing

HOUR = timedelta(hours=1)
PAPER = cheque(613_00, "004411", "SBI", TODAY, TODAY)


@pytest.fixture
def refunded(here: Desk) -> Receipt:
    """Cash and a cheque; the cheque came back, and the refund of the cash is asked for."""
    session = signed_in(here)
    receipt = payments.take(here, session, paying(PLAIN, 1613_00, cash(1000_00, 1000_00), PAPER), NOW)
    sealed(here, session, 1000_00)
    bank_says(here, receipt, Outcome.DISHONOURED, place=1)
    undoing.ask_refund(here, signed_in(here), uuid4(), receipt.act, Why.OTHER, "", NOW)
    return receipt


def refunds(desk: Desk, at: int = 9) -> list[tuple[int, str]]:
    """What waits to be refunded, so many hours later, in paise and for whom."""
    rows = waiting(desk, NOW + at * HOUR)
    return [(one.amount, one.consumer) for one in rows if one.task is Task.REFUND]


def refund_is_paid(desk: Desk, hours: int) -> None:
    at = NOW + hours * HOUR
    (row,) = (one for one in waiting(desk, at) if one.task is Task.REFUND)
    done(desk, row, at)


def it_comes(desk: Desk, receipt: Receipt, hours: int, outcome: Outcome = Outcome.CONFIRMED) -> None:
    bank_says(desk, receipt, outcome, place=1, at=NOW + hours * HOUR)


def test_what_comes_after_the_refund_was_paid_waits_for_somebody(here: Desk, refunded: Receipt) -> None:
    assert refunds(here) == [(1000_00, PLAIN)]
    refund_is_paid(here, 1)
    assert refunds(here) == []
    it_comes(here, refunded, 2)
    assert refunds(here) == [(613_00, PLAIN)]
    refund_is_paid(here, 3)
    assert refunds(here) == []
    assert faults(here) == ()


def test_it_waits_also_where_the_refund_was_paid_at_another_counter(
    here: Desk, there: Desk, refunded: Receipt
) -> None:
    tell(here, there)
    refund_is_paid(there, 1)
    tell(there, here)
    it_comes(here, refunded, 2)
    assert refunds(here) == [(613_00, PLAIN)]


def test_what_comes_while_the_refund_waits_is_refunded_with_it(here: Desk, refunded: Receipt) -> None:
    it_comes(here, refunded, 1)
    assert refunds(here) == [(1613_00, PLAIN)]
    refund_is_paid(here, 2)
    assert refunds(here) == []


def test_nobody_waits_for_what_the_bank_takes_back_again(here: Desk, refunded: Receipt) -> None:
    refund_is_paid(here, 1)
    it_comes(here, refunded, 2)
    it_comes(here, refunded, 3, Outcome.DISHONOURED)
    assert refunds(here) == []
    it_comes(here, refunded, 4)
    assert refunds(here) == [(613_00, PLAIN)], "each time once"
    assert faults(here) == ()


def test_what_came_under_an_older_program_waits_too(here: Desk, refunded: Receipt, folder: Path) -> None:
    refund_is_paid(here, 1)
    it_comes(here, refunded, 2)
    here.book.close()
    with writing(folder, demo_keys(folder)) as connection:
        connection.exec_driver_sql("DELETE FROM tasks WHERE amount = 61300 AND task = 'refund'")
        connection.exec_driver_sql("PRAGMA user_version = 26")
    newer = opened(folder)
    assert refunds(newer) == [(613_00, PLAIN)]
    assert faults(newer) == ()
    newer.book.close()
