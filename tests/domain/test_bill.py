"""What is payable on a day, and the order in which a payment is appropriated."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.desk.rules import load_rules
from counter_app.domain.allocation import Head, Share, allocate
from counter_app.domain.bill import Bill, Charge, ChargeLine, payable
from counter_app.domain.money import to_rupee
from tests.domain.bills import PLAIN, bill

ORDER = load_rules().order(date(2026, 3, 12)).heads
DUE = PLAIN.due
LATE = DUE + timedelta(days=1)
MONEY = st.integers(-50_000_00, 50_000_00)
RUPEES = st.integers(0, 50_000).map(lambda rupees: rupees * 100)


@st.composite
def bills(draw: st.DrawFn) -> Bill:
    """Bills of any kind, credits among them."""
    lines = tuple(ChargeLine(charge, draw(MONEY)) for charge in (Charge.ENERGY, Charge.DUTY, Charge.SUBSIDY))
    arrear, arrear_duty, surcharge = draw(MONEY), draw(MONEY), draw(MONEY)
    net = to_rupee(sum(line.amount for line in lines) + arrear + arrear_duty + surcharge)
    return bill(charges=lines, arrear=arrear, arrear_duty=arrear_duty, surcharge=surcharge, net=net,
                late_surcharge=draw(RUPEES))  # fmt: skip


# -- appropriation -----------------------------------------------------------------------------------

OWED = {
    Head.CURRENT_DUTY: 118_00, Head.CURRENT: 1495_00, Head.ARREAR_DUTY: 80_00, Head.ARREAR: 820_00,
    Head.SURCHARGE: 25_00,
}  # fmt: skip


def test_clause_9_10_with_a_part_payment() -> None:
    assert allocate(1000_00, OWED, ORDER) == (
        Share(Head.CURRENT_DUTY, 118_00), Share(Head.ARREAR_DUTY, 80_00), Share(Head.SURCHARGE, 25_00),
        Share(Head.ARREAR, 777_00),
    )  # fmt: skip


def test_clause_9_10_with_more_than_is_owed() -> None:
    shares = allocate(3000_00, OWED, ORDER)
    assert shares[-1] == Share(Head.ADVANCE, 462_00)
    assert {share.head: share.amount for share in shares[:-1]} == OWED


def test_clause_9_10_on_the_bill_itself() -> None:
    owed = bill(arrear=820_00, arrear_duty=80_00, surcharge=25_00, net=2538_00, late_surcharge=0)
    after = payable(owed, 1000_00, DUE, ORDER)
    assert after.amount == 1538_00
    assert after.owed == {
        Head.CURRENT_DUTY: 0,
        Head.ARREAR_DUTY: 0,
        Head.SURCHARGE: 0,
        Head.ARREAR: 43_00,
        Head.CURRENT: 1495_00,
    }


@given(st.integers(1, 10**9), st.dictionaries(st.sampled_from(ORDER), MONEY), st.permutations(ORDER))
def test_shares_add_up_to_the_payment_and_never_exceed_what_is_owed(
    amount: int, owed: dict[Head, int], order: list[Head]
) -> None:
    shares = allocate(amount, owed, tuple(order))
    assert sum(share.amount for share in shares) == amount
    assert all(share.amount > 0 for share in shares)
    for share in shares:
        assert share.head is Head.ADVANCE or share.amount <= owed[share.head]
    if shares[-1].head is Head.ADVANCE:
        paid = {share.head: share.amount for share in shares}
        assert all(paid.get(head, 0) == due for head, due in owed.items() if due > 0)


# -- payable -----------------------------------------------------------------------------------------


def test_until_the_due_date_the_bill_and_after_it_the_surcharge_as_well() -> None:
    before, after = payable(PLAIN, 0, DUE, ORDER), payable(PLAIN, 0, LATE, ORDER)
    assert (before.amount, before.surcharge_added) == (1613_00, 0)
    assert (after.amount, after.surcharge_added) == (1633_00, 20_00)
    assert (before.until_due, before.after_due) == (after.until_due, after.after_due) == (1613_00, 1633_00)
    assert after.owed[Head.SURCHARGE] == 20_00


def test_what_was_paid_is_taken_off_and_what_is_over_is_not_for_payment() -> None:
    part, full, over = (payable(PLAIN, paid, LATE, ORDER) for paid in (613_00, 1613_00, 2000_00))
    assert (part.amount, part.not_for_payment) == (1020_00, False)
    assert (full.amount, full.balance, full.not_for_payment) == (0, 0, False)
    assert (over.amount, over.balance, over.not_for_payment) == (0, -387_00, True)
    assert over.owed[Head.ADVANCE] == -387_00


def test_a_late_payment_with_the_surcharge_leaves_nothing_and_no_credit() -> None:
    settled = payable(PLAIN, 1633_00, LATE, ORDER, paid_late=1633_00)
    assert (settled.balance, settled.surcharge_added) == (0, 20_00)
    assert payable(PLAIN, 1633_00, LATE, ORDER).balance == -20_00
    assert payable(PLAIN, 1700_00, LATE, ORDER, paid_late=1700_00).balance == -67_00
    assert payable(PLAIN, 1613_00, LATE, ORDER, paid_late=1613_00).balance == 20_00


@given(bills(), RUPEES, st.data(), st.integers(1, 5))
def test_a_late_payment_leaves_what_its_receipt_says(
    one: Bill, early: int, data: st.DataObject, days: int
) -> None:
    on = one.due + timedelta(days=days)
    before = payable(one, early, on, ORDER)
    now = data.draw(st.integers(0, 60_000).map(lambda rupees: rupees * 100))
    after = payable(one, early + now, on, ORDER, paid_late=now)
    assert after.balance == before.balance - now


def test_a_credit_in_the_arrears_pays_for_the_other_heads() -> None:
    credit = bill(arrear=-500_00, net=1113_00)
    state = payable(credit, 0, DUE, ORDER)
    assert state.owed[Head.ARREAR] == 0
    assert (state.owed[Head.CURRENT_DUTY], state.owed[Head.CURRENT]) == (0, 1113_00)


def test_what_is_asked_for_is_whole_rupees_even_when_a_bill_brings_paise() -> None:
    state = payable(bill(late_surcharge=20_16), 0, LATE, ORDER)
    assert (state.amount, state.balance) == (1633_00, 1633_16)


@given(bills(), RUPEES, st.data(), st.integers(-5, 5))
def test_heads_add_up_to_the_balance(one: Bill, paid: int, data: st.DataObject, days: int) -> None:
    late = data.draw(st.integers(0, paid))
    state = payable(one, paid, one.due + timedelta(days=days), ORDER, paid_late=late)
    assert sum(state.owed.values()) == state.balance == one.net - paid + state.surcharge_added
    assert all(amount >= 0 for head, amount in state.owed.items() if head is not Head.ADVANCE)
    assert state.owed.get(Head.ADVANCE, 0) == min(state.balance, 0)
    assert state.amount == max(state.balance, 0)
    assert state.surcharge_added == 0 or days > 0
    assert 0 <= state.surcharge_added <= one.late_surcharge


@given(bills(), st.integers(-5, 5))
def test_paying_what_is_asked_for_leaves_nothing_for_that_day(one: Bill, days: int) -> None:
    on = one.due + timedelta(days=days)
    asked = payable(one, 0, on, ORDER).amount
    late = asked if on > one.due else 0
    settled = payable(one, asked, on, ORDER, paid_late=late)
    assert settled.amount == 0
    assert settled.balance == min(one.net, 0)


def test_a_bill_sums_its_lines() -> None:
    assert PLAIN.units == 200
    assert PLAIN.charge(Charge.DUTY) == 118_00
    assert PLAIN.charge(Charge.SUBSIDY) == 0
    assert PLAIN.current_month == 1613_00


@pytest.mark.parametrize(
    ("paise", "rupees"), [(1370_49, 1370_00), (1370_50, 1371_00), (0, 0), (-49, 0), (-51, -1_00), (99, 1_00)]
)
def test_bills_are_rounded_to_the_rupee(paise: int, rupees: int) -> None:
    assert to_rupee(paise) == rupees
