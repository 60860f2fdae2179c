"""The vectors of the tariff orders, to the paisa."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.desk.rules import load_rules
from counter_app.domain.bill import Charge
from counter_app.domain.money import half_up, to_rupee
from counter_app.domain.refusals import RuleMissing
from counter_app.domain.tariff import (
    billed_days,
    charges,
    duty_exact,
    energy_slabs,
    late_surcharge,
    surcharge_exact,
)
from counter_app.domain.tariff.rates import Tariff

RULES = load_rules()
IN_2021, IN_2022, IN_2024, IN_2025 = (
    date(2021, 9, 1), date(2022, 9, 1), date(2024, 9, 1), date(2025, 9, 1),
)  # fmt: skip
DUTY = RULES.duty(IN_2025)
COMPLETE = [RULES.tariff(IN_2021), RULES.tariff(IN_2022)]
UNITS = st.integers(0, 5000)


def _energy_and_fixed(on: date, units: int, *, urban: bool = True) -> tuple[int, int]:
    made = charges(RULES.tariff(on), DUTY, units, urban=urban)
    return made.amount(Charge.ENERGY), made.amount(Charge.FIXED)


@pytest.mark.parametrize(
    ("on", "units", "energy", "fixed"),
    [
        (IN_2021, 200, 1034_00, 336_00), (IN_2022, 200, 1055_00, 364_00),
        (IN_2024, 200, 1067_00, 378_00), (IN_2025, 200, 1103_00, 392_00),
        (IN_2021, 300, 1679_00, 480_00), (IN_2022, 300, 1710_00, 520_00),
        (IN_2024, 300, 1728_00, 540_00), (IN_2025, 300, 1782_00, 560_00),
        (IN_2021, 400, 2344_00, 675_00), (IN_2022, 400, 2384_00, 729_00),
        (IN_2024, 400, 2408_00, 729_00), (IN_2025, 400, 2480_00, 756_00),
    ],
)  # fmt: skip
def test_the_totals_in_the_press_are_reproduced(on: date, units: int, energy: int, fixed: int) -> None:
    assert _energy_and_fixed(on, units) == (energy, fixed)


@pytest.mark.parametrize(
    ("units", "energy", "urban", "rural"),
    [
        (30, 123_90, 64_00, 50_00), (50, 206_50, 64_00, 50_00), (51, 211_55, 109_00, 90_00),
        (100, 459_00, 109_00, 90_00), (150, 711_50, 109_00, 90_00), (151, 717_95, 264_00, 231_00),
        (250, 1356_50, 408_00, 357_00), (300, 1679_00, 480_00, 420_00), (301, 1685_65, 525_00, 504_00),
        (500, 3009_00, 850_00, 816_00), (1000, 6334_00, 1675_00, 1608_00),
    ],
)  # fmt: skip
def test_the_order_of_2021_is_reproduced(units: int, energy: int, urban: int, rural: int) -> None:
    assert _energy_and_fixed(IN_2021, units) == (energy, urban)
    assert _energy_and_fixed(IN_2021, units, urban=False) == (energy, rural)


def test_no_units_cost_the_least_energy_charge_and_no_duty() -> None:
    for urban, total in ((True, 134_00), (False, 120_00)):
        made = charges(RULES.tariff(IN_2021), DUTY, 0, urban=urban)
        assert (made.total, made.amount(Charge.DUTY), made.slabs) == (total, 0, ())


def test_slabs_are_widened_by_the_days_between_the_readings() -> None:
    days = billed_days(date(2021, 6, 5), date(2021, 7, 10))
    slabs = energy_slabs(RULES.tariff(IN_2021), 450, days)
    assert days == 36
    assert [(line.units, line.rate) for line in slabs] == [(60, 413), (120, 505), (180, 645), (90, 665)]
    assert [(line.above, line.upto) for line in slabs] == [(0, 60), (60, 180), (180, 360), (360, None)]
    for urban in (True, False):
        made = charges(RULES.tariff(IN_2021), DUTY, 450, urban=urban, days=days)
        assert made.amount(Charge.ENERGY) == 2613_30


@pytest.mark.parametrize(
    ("units", "exact", "rounded"),
    [
        (100, 4437, 44_00),
        (150, 7683, 77_00),
        (200, 11757, 118_00),
        (300, 19905, 199_00),
        (500, 36657, 367_00),
    ],
)
def test_duty_is_marginal_and_rounded_to_the_rupee(units: int, exact: int, rounded: int) -> None:
    got = duty_exact(RULES.tariff(IN_2025), DUTY, units)
    assert got == exact
    assert to_rupee(half_up(got)) == rounded


def test_the_duty_of_a_bill_is_whole_rupees() -> None:
    assert charges(RULES.tariff(IN_2025), DUTY, 200, urban=True).amount(Charge.DUTY) == 118_00


@pytest.mark.parametrize(
    ("outstanding", "months", "exact"),
    [
        (300_00, 1, Fraction(500)), (400_00, 1, Fraction(500)), (401_00, 1, Fraction("501.25")),
        (500_00, 1, Fraction(625)), (501_00, 1, Fraction(1000)), (800_00, 1, Fraction(1000)),
        (801_00, 1, Fraction("1001.25")), (1495_00, 1, Fraction("1868.75")), (10_000_00, 2, Fraction(25000)),
        (0, 3, Fraction(0)), (-100_00, 1, Fraction(0)),
    ],
)  # fmt: skip
def test_the_surcharge_has_its_minimum_and_counts_months(
    outstanding: int, months: int, exact: Fraction
) -> None:
    assert surcharge_exact(RULES.surcharge(IN_2025), outstanding, months) == exact


def test_a_bill_carries_the_surcharge_in_whole_rupees() -> None:
    rule = RULES.surcharge(IN_2025)
    assert [late_surcharge(rule, due) for due in (300_00, 1495_00, 1200_00, 1199_00, 0)] == [
        5_00, 19_00, 15_00, 15_00, 0,
    ]  # fmt: skip


def test_a_charge_that_no_source_gives_is_refused_and_not_guessed() -> None:
    for on, units, urban in ((IN_2025, 100, True), (IN_2025, 200, False), (date(2023, 9, 1), 200, True)):
        with pytest.raises(RuleMissing):
            charges(RULES.tariff(on), DUTY, units, urban=urban)


def test_what_cannot_be_is_a_fault_of_the_program() -> None:
    for units, days in ((-1, 30), (10, 0)):
        with pytest.raises(ValueError, match="units below 0"):
            charges(COMPLETE[0], DUTY, units, urban=True, days=days)
    with pytest.raises(ValueError, match="before"):
        billed_days(date(2026, 3, 2), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("previous", "current", "days"),
    [
        ((2026, 1, 5), (2026, 2, 5), 30),
        ((2026, 2, 5), (2026, 3, 5), 30),
        ((2026, 1, 31), (2026, 2, 28), 30),
        ((2025, 12, 10), (2026, 1, 10), 30),
        ((2026, 1, 5), (2026, 3, 5), 60),
        ((2026, 1, 5), (2026, 2, 4), 31),
        ((2026, 1, 5), (2026, 1, 5), 1),
        ((2026, 1, 30), (2026, 3, 1), 31),
    ],
)
def test_a_whole_month_is_thirty_days_and_else_both_ends_count(
    previous: tuple[int, int, int], current: tuple[int, int, int], days: int
) -> None:
    assert billed_days(date(*previous), date(*current)) == days


@given(tariff=st.sampled_from(COMPLETE), units=UNITS, urban=st.booleans(), days=st.integers(1, 400))
def test_slab_lines_multiply_out_and_add_up(tariff: Tariff, units: int, urban: bool, days: int) -> None:
    made = charges(tariff, DUTY, units, urban=urban, days=days)
    assert sum(line.units for line in made.slabs) == units
    assert all(line.amount == line.units * line.rate for line in made.slabs)
    energy = sum(line.amount for line in made.slabs)
    assert made.amount(Charge.ENERGY) == max(energy, tariff.minimum_energy or 0)
    assert made.amount(Charge.DUTY) % 100 == 0
    assert all(type(line.amount) is int for line in made.lines)
    if made.fixed_steps:
        assert made.fixed_steps[0] * made.fixed_steps[1] == made.amount(Charge.FIXED)
        assert made.fixed_steps[0] * tariff.step_units >= units


@given(tariff=st.sampled_from(COMPLETE), units=UNITS, urban=st.booleans())
def test_one_unit_more_never_costs_less(tariff: Tariff, units: int, urban: bool) -> None:
    assert (
        charges(tariff, DUTY, units, urban=urban).total <= charges(tariff, DUTY, units + 1, urban=urban).total
    )
