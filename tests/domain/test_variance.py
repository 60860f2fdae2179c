"""Where a difference may come from: every single slip is found, the likeliest stands first."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.drawer import CashMoved, Move
from counter_app.domain.payment import TenderKind
from counter_app.domain.variance import MOST_GUESSES, Cause, Guess, Taken, explain
from tests.desk.small_office import NOW


def taken(serial: int, cash: int, returned: int = 0, **changes: Any) -> Taken:
    """A receipt of so many rupees in cash."""
    one = Taken(serial, NOW + timedelta(minutes=serial), cash * 100, returned * 100)
    return replace(one, **changes)


def upi(serial: int, amount: int) -> Taken:
    return taken(serial, 0, others=((TenderKind.UPI, amount * 100),))


def slip(serial: int, move: Move, amount: int) -> CashMoved:
    return CashMoved(serial, "", 0, UUID(int=1), "R07", date(2026, 3, 12), move, amount * 100, "", "", None)


DAY = (
    taken(1, 1_410, 90), taken(2, 270, 230), taken(3, 150), taken(4, 120, 380), upi(5, 618), taken(6, 2_000),
    taken(7, 0, cancelled=True, back=777_00), taken(8, 333, copies=1),
)  # fmt: skip
SLIPS = (slip(1, Move.CHANGE, 5_000), slip(2, Move.DROP, 12_000), slip(3, Move.OUT, 45))


def found(difference: int, day: tuple[Taken, ...] = DAY) -> list[tuple[Guess, tuple[int, ...]]]:
    return [(cause.guess, cause.serials) for cause in explain(difference * 100, day, SLIPS)]


@pytest.mark.parametrize(
    ("difference", "first"),
    [
        (-270, (Guess.WRONG_TENDER, (2,))),
        (-2_000, (Guess.WRONG_TENDER, (6,))),
        (-380, (Guess.CHANGE_TWICE, (4,))),
        (-5_000, (Guess.SLIP, (1,))),
        (618, (Guess.WRONG_TENDER, (5,))),
        (230, (Guess.CHANGE_KEPT, (2,))),
        (777, (Guess.NOT_GIVEN_BACK, (7,))),
        (333, (Guess.REPRINT, (8,))),
        (12_000, (Guess.SLIP, (2,))),
        (45, (Guess.SLIP, (3,))),
        (-1_560, (Guess.TWO_RECEIPTS, (1, 3))),
        (2_700, (Guess.SWAPPED, (1,))),  # 1410 taken for 4110
    ],
)
def test_a_single_slip_is_named_first(difference: int, first: tuple[Guess, tuple[int, ...]]) -> None:
    assert found(difference)[0] == first


def test_one_difference_may_have_several_causes_and_the_likeliest_leads() -> None:
    assert found(-270) == [
        (Guess.WRONG_TENDER, (2,)),
        (Guess.NO_MONEY, (2,)),
        (Guess.SWAPPED, (1,)),  # ₹1,410 written for ₹1,140
        (Guess.TWO_RECEIPTS, (3, 4)),
    ]
    swapped = next(cause for cause in explain(-270_00, DAY) if cause.guess is Guess.SWAPPED)
    assert (swapped.amount, swapped.instead) == (1_410_00, 1_140_00)


def test_what_fits_in_many_places_is_less_likely_and_never_sure() -> None:
    day = (*(taken(serial, 100) for serial in range(1, 9)), taken(9, 200, 100))
    causes = explain(-100_00, day)
    assert causes[0] == Cause(Guess.CHANGE_TWICE, (9,), day[-1].at, 100_00, sure=True)
    assert not any(cause.sure for cause in causes[1:])
    assert sum(cause.guess is Guess.NO_MONEY for cause in causes) <= 2


def test_no_difference_and_nothing_that_fits_need_no_cause() -> None:
    assert explain(0, DAY, SLIPS) == ()
    assert found(-7) == []
    assert found(99_999) == []


def test_a_swap_is_of_neighbours_and_keeps_the_number_of_digits() -> None:
    assert (Guess.SWAPPED, (1,)) not in found(-990, (taken(1, 1_001),))
    assert found(-90, (taken(1, 100),)) == []  # 010 is no amount of three digits
    assert found(9, (taken(1, 12),)) == [(Guess.SWAPPED, (1,))]


@given(
    amounts=st.lists(st.integers(1, 99_999), min_size=1, max_size=40),
    place=st.integers(0, 39),
    noise=st.integers(-50, 50),
)
def test_a_receipt_without_money_is_always_found(amounts: list[int], place: int, noise: int) -> None:
    day = tuple(taken(serial, amount) for serial, amount in enumerate(amounts, 1))
    missing = amounts[place % len(amounts)]
    causes = explain(-missing * 100, day)
    assert any(cause.guess is Guess.WRONG_TENDER and cause.amount == missing * 100 for cause in causes)
    for cause in causes:
        assert len(causes) <= MOST_GUESSES
        one = day[cause.serials[0] - 1]
        match cause.guess:
            case Guess.SWAPPED:
                assert cause.amount - cause.instead == missing * 100
                assert sorted(str(cause.amount)) == sorted(str(cause.instead))
            case Guess.TWO_RECEIPTS:
                assert cause.amount + cause.instead == missing * 100
            case _:
                assert missing * 100 in (one.cash, one.returned)
    assert explain(noise, day) is not None


def test_a_day_of_two_thousand_receipts_is_explained_at_once() -> None:
    day = tuple(taken(serial, serial % 977 + 1, serial % 53) for serial in range(1, 2_001))
    assert explain(-500_00, day)
    assert explain(52_00, day)
