"""Several accounts in one go: one count of the cash, one change, a receipt for each, all or none."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.desk import payments
from counter_app.desk.desk import Desk
from counter_app.desk.payments import Account
from counter_app.domain.acts import PaperState
from counter_app.domain.money_refusals import CashCeiling
from counter_app.domain.payment import shared_cash
from counter_app.domain.people import Session
from counter_app.domain.refusals import (
    AmountNotPositive,
    ConsumerUnknown,
    GivenTooLittle,
    NothingDue,
    PaidToday,
    Refused,
)
from counter_app.store import finds
from tests.desk.small_office import (
    CREDIT,
    NOW,
    OTHERS,
    PAID_ONLINE,
    PLAIN,
    RURAL,
    entries,
    nothing_recorded,
    paying,
    taking,
)

RUPEES = st.integers(1, 50_000).map(lambda rupees: rupees * 100)


def family(*numbers: str) -> list[Account]:
    return [Account(uuid4(), number, 1613_00) for number in numbers]


def test_one_count_one_change_and_separate_receipts(desk: Desk, cashier: Session) -> None:
    before = entries(desk)
    accounts = family(PLAIN, RURAL, OTHERS[0])
    receipts = payments.take_together(desk, cashier, accounts, 5000_00, NOW)
    assert [receipt.payment.consumer for receipt in receipts] == [PLAIN, RURAL, OTHERS[0]]
    assert [receipt.payment.serial for receipt in receipts] == [1, 2, 3]
    assert {receipt.payment.basket for receipt in receipts} == {accounts[0].act}
    assert sum(receipt.returned for receipt in receipts) == 161_00
    assert all(receipt.balance == 0 for receipt in receipts)
    assert entries(desk) == before + 3
    with desk.book.reading() as connection:
        jobs = [finds.job(connection, receipt.job) for receipt in receipts]
        drawer = finds.drawer_of(connection, receipts[0].act)
    assert all(job is not None and job.state is PaperState.WAITING and job.copy == 1 for job in jobs)
    assert drawer is not None
    assert (drawer.holds, drawer.receipts, drawer.first, drawer.last) == (4839_00, 3, 1, 3)


def test_the_same_again_is_the_same_receipts(desk: Desk, cashier: Session) -> None:
    accounts = family(PLAIN, RURAL)
    receipts = payments.take_together(desk, cashier, accounts, 4000_00, NOW)
    with nothing_recorded(desk):
        assert payments.take_together(desk, cashier, accounts, 9000_00, NOW) == receipts


@pytest.mark.parametrize(
    ("numbers", "given_over", "why"),
    [
        ((PLAIN, RURAL), 3225_00, GivenTooLittle),
        ((PLAIN, "N2999999999"), 4000_00, ConsumerUnknown),
        ((PLAIN, PAID_ONLINE), 4000_00, PaidToday),
        ((PLAIN, CREDIT), 4000_00, NothingDue),
        ((PLAIN, RURAL, PLAIN), 9000_00, PaidToday),
    ],
)
def test_when_one_cannot_be_taken_none_is(
    desk: Desk, cashier: Session, numbers: tuple[str, ...], given_over: int, why: type[Refused]
) -> None:
    with nothing_recorded(desk), pytest.raises(why):
        payments.take_together(desk, cashier, family(*numbers), given_over, NOW)
    assert payments.take(desk, cashier, paying(PLAIN), NOW).payment.serial == 1


def test_who_pays_for_all_has_one_ceiling_of_cash(desk: Desk, cashier: Session) -> None:
    limited = taking(desk, cash_a_day=4000_00)
    with nothing_recorded(desk), pytest.raises(CashCeiling):
        payments.take_together(limited, cashier, family(PLAIN, RURAL, OTHERS[0]), 5000_00, NOW)
    payments.take_together(limited, cashier, family(PLAIN, RURAL), 4000_00, NOW)


def test_what_is_typed_of_a_consumer_already_paid_alone_stays_apart(desk: Desk, cashier: Session) -> None:
    alone = payments.take(desk, cashier, paying(PLAIN), NOW)
    assert alone.payment.basket is None
    forms = payments.prepare_together(desk, cashier, [PLAIN, RURAL], NOW)
    assert [form.paid_today for form in forms] == [True, False]


@given(st.lists(RUPEES, min_size=1, max_size=15), RUPEES)
def test_shared_cash_is_exact_but_for_the_last(amounts: list[int], over: int) -> None:
    tenders = shared_cash(amounts, sum(amounts) + over)
    assert [tender.amount for tender in tenders] == amounts
    assert [tender.returned for tender in tenders[:-1]] == [0] * (len(amounts) - 1)
    assert tenders[-1].returned == over
    assert sum(tender.given for tender in tenders) == sum(amounts) + over
    with pytest.raises(GivenTooLittle) as refused:
        shared_cash(amounts, sum(amounts) - 100)
    assert refused.value.short == 100


def test_nobody_pays_for_nobody() -> None:
    with pytest.raises(AmountNotPositive):
        shared_cash([], 100_00)
    with pytest.raises(AmountNotPositive):
        shared_cash([100_00, 0], 100_00)
