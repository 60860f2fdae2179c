"""Work that a receipt leaves is seen at every counter of the office, and ended wherever somebody is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.desk import correcting, payments, reconciling, tasks, undoing
from counter_app.desk.desk import Desk
from counter_app.desk.payments import PaymentDraft, Receipt
from counter_app.domain.money_refusals import (
    ChequeUsed,
    TaskUnknown,
)
from counter_app.domain.payment import Tender, cash, cheque, demand_draft, upi
from counter_app.domain.refusals import PaidToday
from counter_app.domain.task import Task
from counter_app.domain.undoing import Outcome, Why
from counter_app.store.rows import ELSEWHERE, TaskRow
from tests.desk import small_office
from tests.desk.small_office import (
    NOW,
    OTHERS,
    PLAIN,
    RURAL,
    SUPERVISOR,
    faults,
    nothing_recorded,
    paying,
    sealed,
    signed_in,
)
from tests.desk.test_reconciling import UTR, WORD
from tests.desk.two_counters import CHEQUE, LATER, TODAY, bank_says, done, said, taken, tell, waiting
from tests.store.hearing import enrolled, hear

Make = Callable[[int, str, str, date, date], Tender]


def reconnection(desk: Desk) -> Receipt:
    draft = PaymentDraft(uuid4(), PLAIN, 340_00, (cash(340_00, 340_00),), charge="reconnection")
    return payments.take(desk, signed_in(desk), draft, NOW)


def ended_from_here(here: Desk, there: Desk, at: datetime = NOW) -> TaskRow:
    """What waits is the same at both, and is ended here."""
    tell(there, here)
    (task,) = waiting(here, at)
    assert waiting(there, at) == (task,)
    done(here, task, at)
    assert waiting(here, at) == ()
    tell(here, there)
    assert waiting(there, at) == ()
    session = signed_in(there, at=at)
    with nothing_recorded(there), pytest.raises(TaskUnknown):
        tasks.end(there, session, uuid4(), task.task, task.of, "", at)
    assert faults(here) == faults(there) == ()
    return task


def test_a_reconnection_paid_at_another_counter(here: Desk, there: Desk) -> None:
    receipt = reconnection(there)
    task = ended_from_here(here, there)
    assert (task.task, task.of, task.receipt) == (Task.RECONNECT, receipt.act, receipt.number)
    assert (task.consumer, task.amount, task.since) == (PLAIN, 340_00, NOW)


def test_a_reconnection_that_was_cancelled_waits_nowhere(here: Desk, there: Desk) -> None:
    receipt = reconnection(there)
    undoing.cancel(there, signed_in(there), uuid4(), receipt.act, Why.OTHER, "", WORD, NOW)
    tell(there, here)
    assert waiting(here) == waiting(there) == ()


def test_a_cheque_that_came_back_with_its_charge(here: Desk, there: Desk) -> None:
    receipt = taken(there, CHEQUE)
    bank_says(there, receipt, Outcome.DISHONOURED)
    assert ended_from_here(here, there).amount == 150_00


def test_of_two_cheques_that_came_back_each_asks_for_its_own_charge(here: Desk, there: Desk) -> None:
    """One comes in after all, and comes back once more: its last word alone asks."""
    both = replace(CHEQUE, amount=613_00), cheque(1000_00, "004412", "SBI", TODAY, TODAY)
    receipt = payments.take(there, signed_in(there), paying(PLAIN, 1613_00, *both), NOW)
    words = (
        (0, Outcome.DISHONOURED), (1, Outcome.DISHONOURED), (1, Outcome.CONFIRMED), (1, Outcome.DISHONOURED),
        (0, Outcome.CONFIRMED), (1, Outcome.CONFIRMED),
    )  # fmt: skip
    asked = []
    for minutes, (place, outcome) in enumerate(words):
        at = NOW + timedelta(minutes=minutes)
        bank_says(there, receipt, outcome, place=place, at=at)
        tell(there, here)
        assert waiting(here, at) == waiting(there, at)
        asked.append(len(waiting(there, at)))
    assert asked == [1, 2, 1, 2, 1, 0]


def test_a_refund_of_what_came(here: Desk, there: Desk) -> None:
    """The bank takes the cheque back after the refund was asked for: only the cash is refunded."""
    tenders = cash(613_00, 613_00), replace(CHEQUE, amount=1000_00)
    session = signed_in(there)
    receipt = payments.take(there, session, paying(PLAIN, 1613_00, *tenders), NOW)
    sealed(there, session, 613_00)
    undoing.ask_refund(there, signed_in(there), uuid4(), receipt.act, Why.OTHER, "", NOW)
    at, boss = NOW, signed_in(there, SUPERVISOR)
    reconciling.settle(there, boss, uuid4(), receipt.act, 1, Outcome.DISHONOURED, "", TODAY, at)
    tell(there, here)
    assert {(one.task, one.amount) for one in waiting(here)} == {
        (Task.REFUND, 613_00), (Task.DISHONOURED, 150_00),
    }  # fmt: skip
    assert waiting(here) == waiting(there)


def test_money_that_nobody_confirmed_in_five_days(here: Desk, there: Desk) -> None:
    receipt = taken(there, upi(1613_00, UTR))
    tell(there, here)
    assert waiting(here, NOW + timedelta(days=5)) == ()
    task = ended_from_here(here, there, LATER)
    assert (task.task, task.of, task.amount) == (Task.PENDING_LATE, receipt.act, 1613_00)


@pytest.mark.parametrize("corrected", [False, True])
def test_money_that_was_confirmed_there_waits_nowhere(here: Desk, there: Desk, corrected: bool) -> None:
    """Also of a receipt that was corrected before, whose tenders have other places there than here."""
    receipt = taken(there, cash(1613_00, 1613_00) if corrected else upi(1613_00, UTR))
    session, boss = signed_in(there), signed_in(there, SUPERVISOR)
    if corrected:
        correcting.correct(there, session, uuid4(), receipt.act, (upi(1613_00, UTR),), "", WORD, NOW)
    tell(there, here)
    assert waiting(here, LATER) == waiting(there, LATER) != ()
    place = int(corrected)
    reconciling.settle(there, boss, uuid4(), receipt.act, place, Outcome.CONFIRMED, UTR, TODAY, NOW)
    tell(there, here)
    assert waiting(here, LATER) == waiting(there, LATER) == ()


def test_a_receipt_that_was_moved_waits_for_whom_it_is_of(here: Desk, there: Desk) -> None:
    receipt = reconnection(there)
    correcting.move(there, signed_in(there), uuid4(), receipt.act, RURAL, "", WORD, NOW)
    tell(there, here)
    assert [one.consumer for one in waiting(here)] == [RURAL]
    assert waiting(here) == waiting(there)


def test_the_same_head_paid_at_another_counter_today_stops_and_can_be_meant(here: Desk, there: Desk) -> None:
    receipt, session = reconnection(there), signed_in(here)
    tell(there, here)
    draft = PaymentDraft(uuid4(), PLAIN, 340_00, (cash(340_00, 340_00),), charge="reconnection")
    with nothing_recorded(here), pytest.raises(PaidToday) as refused:
        payments.take(here, session, draft, NOW)
    assert (refused.value.amount, refused.value.channel) == (340_00, ELSEWHERE)
    payments.take(here, session, replace(draft, advance=True), NOW)
    undoing.cancel(there, signed_in(there), uuid4(), receipt.act, Why.OTHER, "", WORD, NOW)
    tell(there, here)
    assert payments.prepare(here, session, PLAIN, NOW).charged_elsewhere == {}


def test_what_was_moved_stops_whom_it_is_of_now_and_nobody_else(here: Desk, there: Desk) -> None:
    receipt, session = reconnection(there), signed_in(here)
    correcting.move(there, signed_in(there), uuid4(), receipt.act, RURAL, "", WORD, NOW)
    tell(there, here)
    assert payments.prepare(here, session, PLAIN, NOW).charged_elsewhere == {}
    draft = PaymentDraft(uuid4(), RURAL, 340_00, (cash(340_00, 340_00),), charge="reconnection")
    with nothing_recorded(here), pytest.raises(PaidToday):
        payments.take(here, session, draft, NOW)


def test_in_any_order_of_hearing_the_same_waits(here: Desk, there: Desk, tmp_path: Path) -> None:
    dishonoured, late = taken(there, CHEQUE), taken(there, upi(1613_00, UTR), RURAL)
    bank_says(there, dishonoured, Outcome.DISHONOURED)
    reconnection(there)
    (first, *_) = [one for one in waiting(there) if one.task is Task.RECONNECT]
    done(there, first)
    assert len(said(there)) == 5
    expected = {(one.task, one.of) for one in waiting(there, LATER)}
    assert (Task.PENDING_LATE, late.act) in expected
    for place, order in enumerate(permutations(said(there))):
        if place % 7:  # a part of them says as much
            continue
        folder = tmp_path / f"order-{place}"
        small_office.make(folder)
        listener = small_office.opened(folder)
        hear(enrolled(listener.book), *order)
        assert {(one.task, one.of) for one in waiting(listener, LATER)} == expected
        listener.book.close()


@pytest.mark.parametrize("make", [cheque, demand_draft], ids=["cheque", "draft"])
def test_a_cheque_is_taken_once_at_all_counters_of_an_office(here: Desk, there: Desk, make: Make) -> None:
    receipt = taken(there, CHEQUE)
    tell(there, here)
    again = make(500_00, "004411", "sbi", TODAY, TODAY)
    session = signed_in(here)
    with nothing_recorded(here), pytest.raises(ChequeUsed) as refused:
        payments.take(here, session, paying(OTHERS[0], 500_00, again), NOW)
    assert refused.value.receipt == receipt.number.stem
    taken(here, cheque(1613_00, "004411", "PNB", TODAY, TODAY), OTHERS[0])
    undoing.cancel(there, signed_in(there), uuid4(), receipt.act, Why.OTHER, "", WORD, NOW)
    tell(there, here)
    payments.take(here, signed_in(here), paying(OTHERS[1], 500_00, again), NOW)


@pytest.mark.parametrize("asked_after", [Outcome.FAILED, Outcome.DISHONOURED])
def test_money_that_came_after_all_is_refunded_whole_and_its_cheque_asks_for_nothing(
    here: Desk, there: Desk, asked_after: Outcome
) -> None:
    """The refund was asked for of what had come by then: of two parts one."""
    by_cheque = asked_after is Outcome.DISHONOURED
    second = cheque(613_00, "004412", "SBI", TODAY, TODAY) if by_cheque else upi(613_00, UTR)
    session, boss = signed_in(there), signed_in(there, SUPERVISOR)
    draft = paying(PLAIN, 1613_00, cash(1000_00, 1000_00), second)
    receipt = payments.take(there, session, draft, NOW)
    sealed(there, session, 1000_00)
    reconciling.settle(there, boss, uuid4(), receipt.act, 1, asked_after, "", TODAY, NOW)
    asked = undoing.ask_refund(there, signed_in(there), uuid4(), receipt.act, Why.OTHER, "", NOW)
    assert asked.payload.amount == 1000_00
    tell(there, here)
    waits = {(Task.REFUND, 1000_00)} | ({(Task.DISHONOURED, 150_00)} if by_cheque else set())
    for desk in (here, there):
        assert {(one.task, one.amount) for one in waiting(desk)} == waits
    soon = NOW + timedelta(minutes=1)
    reconciling.settle(there, boss, uuid4(), receipt.act, 1, Outcome.CONFIRMED, "", TODAY, soon)
    tell(there, here)
    for desk in (here, there):
        assert [(one.task, one.amount) for one in waiting(desk)] == [(Task.REFUND, 1613_00)]
