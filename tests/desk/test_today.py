"""Today on Home: counts of the day, the last days, and collections for who may see them."""

from datetime import timedelta

from counter_app.desk import complaint_steps, complaints, payments, today
from counter_app.desk.desk import Desk
from counter_app.domain.complaint import Stage
from counter_app.domain.payment import cash, upi
from tests.desk.small_office import (
    AUDITOR,
    CASHIER,
    CLERK,
    NOW,
    NUMBERS,
    SUPERVISOR,
    complaining,
    moving,
    paying,
    signed_in,
)

DAY = timedelta(days=1)


def test_the_counts_are_those_of_the_day(desk: Desk) -> None:
    cashier = signed_in(desk, CASHIER)
    assert today.today(desk, cashier, NOW).receipts == 0
    payments.take(desk, cashier, paying(NUMBERS[0], 500_00, cash(500_00, 500_00), advance=True), NOW)
    payments.take(desk, cashier, paying(NUMBERS[1], 200_00, upi(200_00, "123456789012"), advance=True), NOW)
    made = [complaints.register(desk, cashier, complaining(number, "11"), NOW) for number in NUMBERS[:3]]
    complaint_steps.step(desk, cashier, moving(made[0].act, Stage.ATTENDED, "जम्पर"), NOW)
    told = today.today(desk, cashier, NOW)
    assert (told.receipts, told.registered, told.done, told.pending) == (2, 3, 1, 1)
    assert (told.promised, told.overdue) == (2, 0), "what is done is owed no more"
    assert [one.place for one in told.complaints][-2:] == [11, 12]
    assert told.complaints[-1] == (12, 3, 1)
    tomorrow = today.today(desk, cashier, NOW + DAY)
    assert (tomorrow.receipts, tomorrow.registered, tomorrow.pending) == (0, 0, 1)
    assert (tomorrow.promised, tomorrow.overdue) == (0, 2)
    assert tomorrow.complaints[-2] == (12, 3, 1)


def test_sums_are_for_who_sees_the_books_and_of_today_for_nobody_with_a_drawer(desk: Desk) -> None:
    cashier = signed_in(desk, CASHIER)
    payments.take(desk, cashier, paying(NUMBERS[0], 1500_00, cash(1500_00, 1500_00), advance=True), NOW)
    payments.take(desk, cashier, paying(NUMBERS[1], 200_00, upi(200_00, "123456789012"), advance=True), NOW)
    for person in (CASHIER, CLERK):
        assert today.today(desk, signed_in(desk, person), NOW).collected == ()
    auditor, supervisor = signed_in(desk, AUDITOR), signed_in(desk, SUPERVISOR)
    assert today.today(desk, auditor, NOW).collected[-1] == (12, 1500, 200)
    assert supervisor.drawer is not None
    assert [one.place for one in today.today(desk, supervisor, NOW).collected][-1] == 11
    assert today.today(desk, supervisor, NOW + DAY).collected[-1] == (12, 1500, 200)
