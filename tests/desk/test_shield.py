"""The shield of the due date: what is recorded of line and clock, and the waiver that late sending leaves."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from counter_app.desk import finding, paper, payments, tasks
from counter_app.desk.desk import Desk
from counter_app.desk.payments import Receipt
from counter_app.domain.clock import ClockDecided, ClockFault, ClockFound, Decision
from counter_app.domain.money_refusals import TaskUnknown
from counter_app.domain.payment import upi
from counter_app.domain.people import Session
from counter_app.domain.rules import Holidays
from counter_app.domain.task import Task
from counter_app.store import centre
from counter_app.store.centre import Centre
from tests.desk.small_office import (
    NOW,
    OTHERS,
    OVERDUE,
    PLAIN,
    RURAL,
    SECOND,
    SUPERVISOR,
    nothing_recorded,
    paying,
    signed_in,
)
from tests.documents.looking import words_of

DUE = date(2026, 3, 18)
ON_DUE_DAY = NOW + timedelta(days=6)
"""18/03/2026, 11:42 in India."""


def enrolled(desk: Desk) -> Desk:
    """The counter has a centre; nothing was heard of it yet."""
    with desk.book.writing() as page:
        centre.put_centre(page, Centre("https://centre.test", "", UUID(int=9), "2214", 2))
    return desk


def heard(desk: Desk, *at: datetime) -> None:
    """The centre answered at these instants."""
    for one in at:
        with desk.book.writing() as page:
            centre.note_contact(page, one, 0)


def paid(desk: Desk, at: datetime = ON_DUE_DAY, consumer: str = PLAIN, amount: int = 1613_00) -> Receipt:
    return payments.take(desk, signed_in(desk, at=at), paying(consumer, amount), at)


def recorded_of_line(receipt: Receipt) -> tuple[bool, bool, datetime | None]:
    return receipt.payment.within_due, receipt.payment.offline, receipt.payment.heard_at


# -- what is recorded -------------------------------------------------------------------------------------


def test_with_a_line_the_receipt_says_in_time_and_nothing_of_the_line(desk: Desk) -> None:
    heard(enrolled(desk), ON_DUE_DAY - timedelta(minutes=2))
    receipt = paid(desk)
    assert recorded_of_line(receipt) == (True, False, ON_DUE_DAY - timedelta(minutes=2))
    said = words_of(paper.page_of(desk, signed_in(desk, at=ON_DUE_DAY), receipt.job, ON_DUE_DAY))
    assert "Received by the due date" in said
    assert "could not be reached" not in said


def test_without_a_line_on_the_due_day_it_says_when_and_what_stands_for_the_clock(desk: Desk) -> None:
    last = ON_DUE_DAY - timedelta(hours=2)
    heard(enrolled(desk), last)
    receipt = paid(desk)
    assert recorded_of_line(receipt) == (True, True, last)
    said = words_of(paper.page_of(desk, signed_in(desk, at=ON_DUE_DAY), receipt.job, ON_DUE_DAY))
    for words in ("अंतिम तिथि के भीतर प्राप्त", "18/03/2026 11:42:00", "could not be", "18/03/2026 09:42"):
        assert words in said


def test_a_centre_that_never_answered_leaves_no_time_of_it(desk: Desk, cashier: Session) -> None:
    assert recorded_of_line(payments.take(desk, cashier, paying(PLAIN), NOW)) == (True, True, None)


def test_after_the_due_date_nothing_is_in_time(desk: Desk, cashier: Session) -> None:
    receipt = payments.take(desk, cashier, paying(OVERDUE, 1633_00), NOW)
    assert not receipt.payment.within_due
    said = words_of(paper.page_of(desk, cashier, receipt.job, NOW))
    assert "due date" not in said.replace("Due date", "")


@pytest.mark.parametrize(
    ("decision", "doubted"), [(None, True), (Decision.GO_ON, True), (Decision.IS_RIGHT, False)]
)
def test_a_doubted_clock_stands_for_nothing(
    desk: Desk, cashier: Session, decision: Decision | None, doubted: bool
) -> None:
    with desk.book.writing() as page:
        page.record(ClockFound(ClockFault.JUMP, 600, "REKHA"), act=uuid4(), person=cashier.person.id, at=NOW)
    if decision is not None:
        with desk.book.writing() as page:
            decided = ClockDecided(decision, "ANITA")
            page.record(decided, act=uuid4(), person=SUPERVISOR.id, at=NOW)
    receipt = payments.take(desk, cashier, paying(PLAIN), NOW)
    assert (receipt.payment.clock_doubted, receipt.payment.within_due) == (doubted, not doubted)
    said = words_of(paper.page_of(desk, cashier, receipt.job, NOW))
    assert ("in doubt" in said) == doubted
    assert ("Received by the due date" in said) != doubted


def test_a_due_date_on_a_holiday_moves_to_the_next_day(desk: Desk) -> None:
    (rule,) = desk.rules.holidays
    named = Holidays(rule.ruling, (DUE, DUE + timedelta(days=1)))
    holy = replace(desk, rules=replace(desk.rules, holidays=(named,)))
    at = ON_DUE_DAY + timedelta(days=2)
    session = signed_in(holy, at=at)
    form = payments.prepare(holy, session, PLAIN, at)
    assert form.dues is not None
    assert (form.dues.last_day, form.payable.amount) == (date(2026, 3, 20), 1613_00)
    assert payments.prepare(desk, session, PLAIN, at).payable.amount == 1633_00
    receipt = payments.take(holy, session, paying(PLAIN), at)
    assert (receipt.balance, receipt.payment.within_due, receipt.payment.due_date) == (0, True, DUE)
    # Days later the list, the card and the form still owe nothing.
    later = at + timedelta(days=3)
    (row,) = finding.find(holy, session, PLAIN, later).rows
    due = finding.due_of(holy, row, later)
    card = finding.card(holy, session, PLAIN, later)
    assert due is not None
    assert card.payable is not None
    assert due.amount == card.payable.amount == 0
    after = due_after(holy, later)
    assert after == 1633_00


def due_after(desk: Desk, at: datetime) -> int:
    """What somebody owes who did not pay in time."""
    form = payments.prepare(desk, signed_in(desk, at=at), RURAL, at)
    return form.payable.amount


# -- the waiver -------------------------------------------------------------------------------------------


def waits(desk: Desk, at: datetime) -> list[tuple[Task, UUID]]:
    return [(row.task, row.of) for row in tasks.waiting(desk, signed_in(desk, SUPERVISOR, at), at)]


def test_what_the_centre_hears_of_only_after_the_due_day_waits_to_be_waived(desk: Desk) -> None:
    heard(enrolled(desk), ON_DUE_DAY - timedelta(hours=2))
    receipt = paid(desk)
    assert waits(desk, ON_DUE_DAY + timedelta(hours=11)) == []  # the day is not over
    next_day = ON_DUE_DAY + timedelta(days=1)
    assert waits(desk, next_day) == [(Task.WAIVE_SURCHARGE, receipt.act)]
    (row,) = tasks.waiting(desk, signed_in(desk, SUPERVISOR, next_day), next_day)
    assert (row.amount, row.consumer) == (20_00, PLAIN)
    assert row.since == datetime.fromisoformat("2026-03-19T00:00:00+05:30")
    heard(desk, next_day)
    assert waits(desk, next_day + timedelta(days=20)) == [(Task.WAIVE_SURCHARGE, receipt.act)]


def test_what_the_centre_hears_of_on_the_same_day_needs_no_waiver(desk: Desk) -> None:
    heard(enrolled(desk), ON_DUE_DAY - timedelta(hours=2))
    paid(desk)
    heard(desk, ON_DUE_DAY + timedelta(hours=6))
    assert waits(desk, ON_DUE_DAY + timedelta(days=2)) == []


def test_a_line_that_breaks_right_after_the_receipt_is_no_less_late(desk: Desk) -> None:
    """Nobody was offline when the money came; the centre heard of it two days later all the same."""
    heard(enrolled(desk), ON_DUE_DAY - timedelta(seconds=30))
    receipt = paid(desk)
    assert not receipt.payment.offline
    heard(desk, ON_DUE_DAY + timedelta(days=2))
    assert waits(desk, ON_DUE_DAY + timedelta(days=3)) == [(Task.WAIVE_SURCHARGE, receipt.act)]


def test_days_before_the_due_day_there_is_time_to_send(desk: Desk) -> None:
    early = ON_DUE_DAY - timedelta(days=3)
    heard(enrolled(desk), early - timedelta(hours=1))
    paid(desk, early)
    heard(desk, early + timedelta(days=2))
    assert waits(desk, ON_DUE_DAY + timedelta(days=3)) == []


def test_a_week_without_a_line_is_late_for_all_that_was_due_in_it(desk: Desk) -> None:
    early = ON_DUE_DAY - timedelta(days=3)
    heard(enrolled(desk), early - timedelta(hours=1))
    first = paid(desk, early)
    session = signed_in(desk, SECOND, ON_DUE_DAY)  # the other's drawer of that day is not counted yet
    second = payments.take(desk, session, paying(RURAL), ON_DUE_DAY)
    heard(desk, ON_DUE_DAY + timedelta(days=4))
    late = [(Task.WAIVE_SURCHARGE, first.act), (Task.WAIVE_SURCHARGE, second.act)]
    assert waits(desk, ON_DUE_DAY + timedelta(days=4)) == late


def test_only_who_settled_all_in_time_owes_no_surcharge(desk: Desk) -> None:
    heard(enrolled(desk), ON_DUE_DAY - timedelta(hours=2))
    paid(desk, amount=1000_00)
    at = ON_DUE_DAY + timedelta(minutes=5)
    payments.take(desk, signed_in(desk, at=at), replace(paying(RURAL, 340_00), charge="reconnection"), at)
    assert waits(desk, ON_DUE_DAY + timedelta(days=1))[0][0] is Task.RECONNECT
    assert len(waits(desk, ON_DUE_DAY + timedelta(days=1))) == 1


def test_without_a_centre_nothing_is_sent_late(desk: Desk) -> None:
    paid(desk)
    assert waits(desk, ON_DUE_DAY + timedelta(days=3)) == []


def test_a_waiver_is_done_once_and_stays_done(desk: Desk) -> None:
    heard(enrolled(desk), ON_DUE_DAY - timedelta(hours=2))
    receipt, other = paid(desk), paid(desk, consumer=OTHERS[0])
    later = ON_DUE_DAY + timedelta(days=1)
    session = signed_in(desk, SUPERVISOR, later)
    card = finding.card(desk, session, PLAIN, later)
    assert [row.task for row in card.tasks] == [Task.WAIVE_SURCHARGE]
    act = uuid4()
    tasks.end(desk, session, act, Task.WAIVE_SURCHARGE, receipt.act, "AE को भेजा", later)
    assert waits(desk, later) == [(Task.WAIVE_SURCHARGE, other.act)]
    with nothing_recorded(desk), pytest.raises(TaskUnknown):
        tasks.end(desk, session, uuid4(), Task.WAIVE_SURCHARGE, receipt.act, "", later)


def test_upi_that_nobody_confirmed_is_not_called_received(desk: Desk, cashier: Session) -> None:
    receipt = payments.take(desk, cashier, paying(PLAIN, 1613_00, upi(1613_00, "607198418802")), NOW)
    assert receipt.payment.within_due
    said = words_of(paper.page_of(desk, cashier, receipt.job, NOW))
    assert "Received by the due date" not in said
    assert "PROVISIONAL" in said
