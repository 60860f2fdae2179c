"""Money that is no bill: heads with dated amounts, orders where there is none; the bill stays as it was."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from counter_app.desk import payments, tasks, undoing
from counter_app.desk.desk import Desk
from counter_app.desk.payments import PaymentDraft
from counter_app.desk.second import Word
from counter_app.domain.allocation import Head, Share
from counter_app.domain.entry import Kind
from counter_app.domain.money_refusals import AuthorityMissing, ChargeUnknown, TaskUnknown
from counter_app.domain.people import Session
from counter_app.domain.refusals import (
    BillUnknown,
    HiddenCharacters,
    NumberIncomplete,
    PaidToday,
    Refused,
    TextTooLong,
)
from counter_app.domain.task import Task
from counter_app.domain.undoing import TaskDone, Why
from counter_app.store import journal, reference
from tests.desk.small_office import (
    ARREARS,
    NO_BILL,
    NOW,
    PASSWORD,
    PLAIN,
    RURAL,
    SUPERVISOR,
    nothing_recorded,
    paying,
)

ORDER = "AE/2214/118"


def charged(
    charge: str, amount: int, consumer: str = PLAIN, authority: str = "", **changed: Any
) -> PaymentDraft:
    """A draft of money for a head, in cash."""
    return replace(paying(consumer, amount), charge=charge, authority=authority, **changed)


# -- heads and their amounts ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("charge", "amount"),
    [
        ("reconnection", 340_00), ("name transfer", 170_00), ("name transfer", 3_360_00),
        ("registration", 420_00), ("registration", 2_500_00), ("registration", 16_800_00),
        ("supply affording", 10_00), ("supply affording", 340_00), ("supply affording", 1_020_00),
        ("supply affording", 5_000_00), ("supply affording", 11_000_00), ("supply affording", 1_500_00),
    ],
)  # fmt: skip
def test_a_dated_amount_needs_no_order(desk: Desk, cashier: Session, charge: str, amount: int) -> None:
    taken = payments.take(desk, cashier, charged(charge, amount), NOW).payment
    assert (taken.charge, taken.due, taken.amount) == (charge, amount, amount)
    assert taken.shares == (Share(Head.CURRENT, amount),)
    assert (taken.bill_number, taken.bill_month, taken.due_date, taken.advance) == ("", "", None, False)
    assert taken.order in {"MP gazette 31 May 2022", "Rights of Consumers Rules 2020 9(2)"}


@pytest.mark.parametrize(
    ("charge", "amount"),
    [
        ("reconnection", 341_00), ("name transfer", 171_00), ("supply affording", 12_000_00),
        ("supply affording", 2_000_00 * 40), ("security deposit", 2_500_00), ("vigilance dues", 9_000_00),
        ("meter charges", 1_200_00),
    ],
)  # fmt: skip
def test_any_other_amount_needs_the_order_of_an_officer(
    desk: Desk, cashier: Session, charge: str, amount: int
) -> None:
    for nothing in ("", "   "):
        with nothing_recorded(desk), pytest.raises(AuthorityMissing):
            payments.take(desk, cashier, charged(charge, amount, authority=nothing), NOW)
    taken = payments.take(desk, cashier, charged(charge, amount, authority=f" {ORDER} "), NOW).payment
    assert taken.order == ORDER


@pytest.mark.parametrize(
    ("why", "draft"),
    [
        (ChargeUnknown, charged("tea", 10_00, authority=ORDER)),
        (ChargeUnknown, charged("name transfer", 170_00, consumer="", authority=ORDER)),
        (TextTooLong, charged("meter charges", 10_00, authority="A" * 41)),
        (HiddenCharacters, charged("meter charges", 10_00, authority="A\u202eB")),
        (NumberIncomplete, charged("", 10_00, consumer="")),
        (NumberIncomplete, charged("instalment", 10_00, consumer="", authority=ORDER)),
        (BillUnknown, charged("instalment", 10_00, consumer=NO_BILL, authority=ORDER)),
    ],
)
def test_what_cannot_be_paid_in(
    desk: Desk, cashier: Session, why: type[Refused], draft: PaymentDraft
) -> None:
    with nothing_recorded(desk), pytest.raises(why):
        payments.take(desk, cashier, draft, NOW)


def test_a_head_of_another_day_is_not_known(desk: Desk, cashier: Session) -> None:
    ended = tuple(
        replace(head, ruling=replace(head.ruling, valid_to=NOW.date() - timedelta(days=1)))
        for head in desk.rules.charges
    )
    strict = replace(desk, rules=replace(desk.rules, charges=ended))
    with nothing_recorded(desk), pytest.raises(ChargeUnknown):
        payments.take(strict, cashier, charged("registration", 420_00), NOW)


def test_somebody_without_a_connection_is_known_by_the_application(desk: Desk, cashier: Session) -> None:
    with nothing_recorded(desk), pytest.raises(AuthorityMissing):
        payments.take(desk, cashier, charged("registration", 420_00, consumer=""), NOW)
    form = payments.prepare(desk, cashier, "", NOW)
    assert (form.consumer, form.dues, form.number) == (None, None, "")
    draft = charged("registration", 420_00, consumer="", authority="EZ11202603000123")
    receipt = payments.take(desk, cashier, draft, NOW)
    assert receipt.payment.consumer == ""
    assert receipt.payment.order == "MP gazette 31 May 2022; EZ11202603000123"
    # Another applicant on the same day is nobody's second payment.
    payments.take(desk, cashier, replace(draft, act=uuid4(), authority="EZ11202603000124"), NOW)


def test_without_a_bill_other_money_can_still_be_paid(desk: Desk, cashier: Session) -> None:
    form = payments.prepare(desk, cashier, NO_BILL, NOW)
    assert form.dues is None
    assert payments.take(desk, cashier, charged("name transfer", 170_00, NO_BILL), NOW).payment.serial == 1


# -- the bill stays what it was ---------------------------------------------------------------------------


def test_other_money_pays_no_bill_and_stops_none(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, charged("reconnection", 340_00), NOW)
    form = payments.prepare(desk, cashier, PLAIN, NOW)
    assert (form.payable.amount, form.paid_today) == (1613_00, False)
    bill = payments.take(desk, cashier, paying(PLAIN), NOW)
    assert (bill.balance, bill.payment.charge) == (0, "")


def test_the_same_head_twice_a_day_stops_and_can_be_meant(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, charged("name transfer", 170_00), NOW)
    with nothing_recorded(desk), pytest.raises(PaidToday) as refused:
        payments.take(desk, cashier, charged("name transfer", 170_00), NOW)
    assert refused.value.amount == 170_00
    payments.take(desk, cashier, charged("name transfer", 170_00, advance=True), NOW)
    payments.take(desk, cashier, charged("name transfer", 170_00, RURAL), NOW)


def test_an_instalment_pays_the_bill_and_names_its_order(desk: Desk, cashier: Session) -> None:
    with nothing_recorded(desk), pytest.raises(AuthorityMissing):
        payments.take(desk, cashier, charged("instalment", 500_00, ARREARS), NOW)
    receipt = payments.take(desk, cashier, charged("instalment", 500_00, ARREARS, ORDER), NOW)
    assert receipt.payment.charge == "instalment"
    assert receipt.payment.order == f"sc-2013-9.10; {ORDER}"
    assert receipt.payment.bill_month == "2026-02"
    assert receipt.payment.shares[0] == Share(Head.CURRENT_DUTY, 118_00)
    form = payments.prepare(desk, cashier, ARREARS, NOW)
    assert (form.payable.amount, form.paid_today) == (2038_00, True)


def test_under_protest_is_said_and_the_average_is_offered(desk: Desk, cashier: Session) -> None:
    form = payments.prepare(desk, cashier, PLAIN, NOW)
    assert form.dues is not None
    with desk.book.reading() as connection:
        before = [use.amount for use in reference.history(connection, PLAIN) if use.month < form.bill.month]
    assert form.dues.average == sum(before[-6:]) // 6
    receipt = payments.take(desk, cashier, replace(paying(PLAIN, 800_00), protest=True), NOW)
    assert receipt.payment.protest
    assert receipt.balance == 813_00


# -- the work that it leaves ------------------------------------------------------------------------------


def test_a_reconnection_waits_until_somebody_says_it_is_done(desk: Desk, cashier: Session) -> None:
    receipt = payments.take(desk, cashier, charged("reconnection", 340_00), NOW)
    (row,) = tasks.waiting(desk, cashier, NOW)
    assert (row.task, row.of, row.consumer, row.amount) == (Task.RECONNECT, receipt.act, PLAIN, 340_00)
    assert (row.receipt, row.since, row.name_en) == (receipt.number, NOW, "Suresh Malviya")
    act, later = uuid4(), NOW + timedelta(hours=3)
    for _ in range(2):
        tasks.end(desk, cashier, act, Task.RECONNECT, receipt.act, "लाइनमैन रमेश", later)
    with desk.book.reading() as connection:
        found = journal.entry_of_act(connection, act)
    assert found is not None
    assert found[0].kind == Kind.TASK_DONE
    assert found[1] == TaskDone(Task.RECONNECT, receipt.act, "लाइनमैन रमेश", "REKHA")
    assert tasks.waiting(desk, cashier, later) == ()
    with nothing_recorded(desk), pytest.raises(TaskUnknown):
        tasks.end(desk, cashier, uuid4(), Task.RECONNECT, receipt.act, "", later)


def test_what_never_waited_cannot_be_done(desk: Desk, cashier: Session) -> None:
    receipt = payments.take(desk, cashier, paying(PLAIN), NOW)
    for task in Task:
        with nothing_recorded(desk), pytest.raises(TaskUnknown):
            tasks.end(desk, cashier, uuid4(), task, receipt.act, "", NOW)


def test_nobody_is_reconnected_for_a_cancelled_receipt(desk: Desk, cashier: Session) -> None:
    receipt = payments.take(desk, cashier, charged("reconnection", 340_00), NOW)
    word = Word(SUPERVISOR.code, PASSWORD)
    undoing.cancel(desk, cashier, uuid4(), receipt.act, Why.WRONG_CONSUMER, "", word, NOW)
    assert tasks.waiting(desk, cashier, NOW) == ()
