"""Money is whole paise, and what is typed becomes whole rupees or a clear refusal."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.money import LARGEST_AMOUNT, checked, half_up, read_rupees, to_rupee
from counter_app.domain.refusals import (
    AmountMissing,
    AmountNotPositive,
    AmountNotWholeRupees,
    AmountTooLarge,
    AmountUnreadable,
    Refused,
)

DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")


def _grouped(rupees: int) -> str:
    head, tail = divmod(rupees, 1000)
    parts = []
    while head:
        head, part = divmod(head, 100)
        parts.append(f"{part:02d}" if head else str(part))
    return ",".join([*reversed(parts), f"{tail:03d}"]) if parts else str(tail)


@given(
    rupees=st.integers(1, LARGEST_AMOUNT // 100),
    grouped=st.booleans(),
    devanagari=st.booleans(),
    before=st.sampled_from(["", " ", "₹", "₹ ", "+", "00"]),
    after=st.sampled_from(["", ".", ".0", ".00", "/-", " "]),
)
def test_every_written_form_gives_the_amount(
    rupees: int, grouped: bool, devanagari: bool, before: str, after: str
) -> None:
    typed = before + (_grouped(rupees) if grouped else str(rupees)) + after
    amount = read_rupees(typed.translate(DEVANAGARI) if devanagari else typed)
    assert amount == rupees * 100
    assert type(amount) is int


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", AmountMissing),
        ("  ", AmountMissing),
        ("₹", AmountMissing),
        ("0", AmountNotPositive),
        ("0.00", AmountNotPositive),
        ("-5", AmountNotPositive),
        ("-0.5", AmountNotPositive),
        ("1618.50", AmountNotWholeRupees),
        ("0.5", AmountNotWholeRupees),
        ("abc", AmountUnreadable),
        ("16x18", AmountUnreadable),
        ("1.6.1", AmountUnreadable),
        ("1e3", AmountUnreadable),
        (".5", AmountUnreadable),
        ("--5", AmountUnreadable),
        ("N2204518731", AmountUnreadable),
        ("10000000", AmountTooLarge),
        ("2204518731", AmountTooLarge),
        ("9826048210", AmountTooLarge),
        ("9" * 5000, AmountTooLarge),
    ],
)
def test_what_is_no_amount_is_refused_by_its_reason(typed: str, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        read_rupees(typed)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_an_amount_or_a_refusal(typed: str) -> None:
    try:
        amount = read_rupees(typed)
    except Refused:
        return
    assert type(amount) is int
    assert checked(amount) == amount


@given(st.integers(-(10**12), 10**12))
def test_rounding_to_the_rupee_moves_by_at_most_half_of_one(paise: int) -> None:
    rounded = to_rupee(paise)
    assert type(rounded) is int
    assert rounded % 100 == 0
    assert -50 < rounded - paise <= 50


@given(st.fractions())
def test_rounding_to_the_paisa_moves_by_at_most_half_of_one(paise: Fraction) -> None:
    rounded = half_up(paise)
    assert type(rounded) is int
    assert -Fraction(1, 2) < rounded - paise <= Fraction(1, 2)
