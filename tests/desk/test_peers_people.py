"""What other people's counters got wrong about people and clocks, each by its number in their trackers."""

from datetime import timedelta
from uuid import uuid4

import pytest

from counter_app.desk import clock, payments, undoing
from counter_app.desk.desk import Desk
from counter_app.desk.second import Word
from counter_app.domain.entry import Kind
from counter_app.domain.money_refusals import SecondIsSame, SecondMissing
from counter_app.domain.refusals import ClockBehind
from counter_app.domain.undoing import Why
from tests.desk.pc_clock import PcClock
from tests.desk.small_office import (
    CASHIER,
    PASSWORD,
    nothing_recorded,
    paying,
    payloads,
    sealed,
    signed_in,
)

WEEK = timedelta(days=7)


def test_odoo_25606_a_clock_set_back_is_not_taken_for_granted(pc_desk: Desk, pc: PcClock) -> None:
    cashier = signed_in(pc_desk, at=pc.now)
    payments.take(pc_desk, cashier, paying(), pc.now)
    pc.turn(-timedelta(days=30))
    with pytest.raises(ClockBehind):
        payments.take(pc_desk, cashier, paying(), pc.now)
    assert len(payloads(pc_desk, Kind.CLOCK_FOUND)) == 1


def test_odoo_271581_a_counter_that_rested_for_weeks_takes_money_at_once(pc_desk: Desk, pc: PcClock) -> None:
    cashier = signed_in(pc_desk, at=pc.now)
    sealed(pc_desk, cashier, 0, pc.now)
    for rest in (pc.wait, pc.reboot):
        rest(3 * WEEK)
        assert clock.doubt(pc_desk, pc.now) is None
    taken = payments.take(pc_desk, signed_in(pc_desk, at=pc.now), paying(), pc.now)
    assert not taken.payment.clock_doubted


def test_hmis_17911_what_changes_money_needs_another_person_whoever_asks(pc_desk: Desk, pc: PcClock) -> None:
    cashier = signed_in(pc_desk, at=pc.now)
    receipt = payments.take(pc_desk, cashier, paying(), pc.now)
    for word, why in ((Word("", ""), SecondMissing), (Word(CASHIER.code, PASSWORD), SecondIsSame)):
        with nothing_recorded(pc_desk), pytest.raises(why):
            undoing.cancel(pc_desk, cashier, uuid4(), receipt.act, Why.OTHER, "", word, pc.now)
