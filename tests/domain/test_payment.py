"""Tenders and the payment they make up; what each role may do; a drawer's difference."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.allocation import Head, Share
from counter_app.domain.drawer import DrawerClosed
from counter_app.domain.money import LARGEST_AMOUNT
from counter_app.domain.payment import PaymentTaken, Tender, TenderKind, card, cash, upi
from counter_app.domain.people import RIGHTS, Right, Role, may
from counter_app.domain.refusals import (
    AmountNotPositive,
    AmountNotWholeRupees,
    CardNumberTyped,
    CardTailWrong,
    GivenTooLittle,
    Refused,
    SplitDoesNotAdd,
    UtrWrong,
)

RUPEES = st.integers(1, LARGEST_AMOUNT // 100).map(lambda rupees: rupees * 100)


def _payment(amount: int, tenders: tuple[Tender, ...], shares: tuple[Share, ...]) -> PaymentTaken:
    return PaymentTaken(
        serial=1,
        office="2214",
        counter=2,
        day=date(2026, 3, 12),
        consumer="N2204518731",
        bill_number="",
        bill_month="",
        due_date=None,
        due=amount,
        dues_as_of=None,
        amount=amount,
        tenders=tenders,
        shares=shares,
        order="sc-2013-9.10",
        advance=False,
        clerk="R07",
    )


@given(RUPEES, RUPEES)
def test_cash_gives_back_what_is_over(one: int, other: int) -> None:
    amount, given_over = sorted((one, other))
    tender = cash(amount, given_over)
    assert (tender.amount + tender.returned, tender.given) == (given_over, given_over)
    assert tender.confirmed


def test_too_little_cash_says_how_much_is_short() -> None:
    with pytest.raises(GivenTooLittle) as refused:
        cash(1618_00, 1500_00)
    assert refused.value.short == 118_00


@pytest.mark.parametrize("utr", ["412345678901", " 4123 4567 8901 ", "४१२३४५६७८९०१", "678901"])
def test_a_utr_is_whole_or_its_last_six_and_never_confirmed(utr: str) -> None:
    tender = upi(1618_00, utr)
    assert tender.reference in {"412345678901", "678901"}
    assert not tender.confirmed


@pytest.mark.parametrize(
    ("utr", "digits"), [("", 0), ("41234567890", 11), ("4123456789012", 13), ("T12345", 5), ("abc", 0)]
)
def test_another_utr_is_refused_with_its_count_of_digits(utr: str, digits: int) -> None:
    with pytest.raises(UtrWrong) as refused:
        upi(1618_00, utr)
    assert refused.value.digits == digits


def test_of_a_card_only_the_last_four_are_taken() -> None:
    assert card(1618_00, "4242", "A1").reference == "4242"
    assert card(1618_00, "4242", "A1").confirmed
    assert not card(1618_00, "4242").confirmed
    assert not card(1618_00, "4242", "  ").confirmed
    with pytest.raises(CardNumberTyped):
        card(1618_00, "4111 1111 1111 1111")
    for tail in ("", "424", "42424", "42x2", "N4242"):
        with pytest.raises(CardTailWrong):
            card(1618_00, tail)


@pytest.mark.parametrize(
    ("amount", "refusal"), [(0, AmountNotPositive), (-100, AmountNotPositive), (150, AmountNotWholeRupees)]
)
def test_no_tender_of_nothing_or_of_paise(amount: int, refusal: type[Refused]) -> None:
    for made in (
        lambda: cash(amount, 10_000_00),
        lambda: upi(amount, "678901"),
        lambda: card(amount, "4242"),
    ):
        with pytest.raises(refusal):
            made()


def test_tenders_and_shares_add_up_to_the_payment() -> None:
    split = (cash(1000_00, 2000_00), upi(618_00, "412345678901"))
    shares = (Share(Head.CURRENT_DUTY, 118_00), Share(Head.CURRENT, 1500_00))
    assert _payment(1618_00, split, shares).amount == 1618_00
    for tenders, appropriated in ((split[:1], shares), (split, shares[:1]), ((), ()), (split, ())):
        with pytest.raises(SplitDoesNotAdd):
            _payment(1618_00, tenders, appropriated)


def test_each_role_may_do_its_work_and_no_more() -> None:
    assert set(RIGHTS) == set(Role)
    takes = {role for role in Role if may(role, Right.TAKE_PAYMENT)}
    assert takes == {Role.CASHIER, Role.AGENT, Role.SUPERVISOR}
    assert not may(Role.AUDITOR, Right.MOVE_COMPLAINT)
    assert not may(Role.ADMINISTRATOR, Right.SEE_CONSUMERS)


def test_the_difference_of_a_drawer_is_below_zero_when_short() -> None:
    closed = DrawerClosed(UUID(int=1), "R07", date(2026, 3, 12), expected=5000_00, counted=4730_00)
    assert closed.difference == -270_00
    assert TenderKind.CASH == "cash"
