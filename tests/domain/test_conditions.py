"""What stands beside the rates: rebates, power factor, time of day, FPPAS, subsidies, deposits."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from counter_app.desk.rules import load_rules
from counter_app.domain.bill import Charge
from counter_app.domain.refusals import RuleMissing
from counter_app.domain.tariff import Charges, Load, charges
from counter_app.domain.tariff.conditions import LoadFactorStep
from counter_app.domain.tariff.deposit import deposit_needed
from counter_app.domain.tariff.rebates import (
    advance_payment,
    fppas,
    load_factor_concession,
    online_rebate,
    power_factor,
    power_factor_points,
    prepaid_rebate,
    prompt_payment,
    time_of_day,
)
from counter_app.domain.tariff.subsidies import subsidy

RULES = load_rules()
IN_2021, IN_2022 = date(2021, 9, 1), date(2022, 9, 1)
GENERAL = RULES.conditions(IN_2021)
DEPOSIT = RULES.deposit(IN_2021)
HEADS = {Charge.ENERGY: 1000_00, Charge.FIXED: 300_00}
DUE = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("bill", "rebate"),
    [
        (300_00, 500), (1000_00, 500), (1495_00, Fraction("747.5")), (4000_00, 2000), (9000_00, 2000),
        (0, 0), (-100_00, 0),
    ],
)  # fmt: skip
def test_the_online_rebate_has_a_least_and_a_most(bill: int, rebate: Fraction) -> None:
    assert online_rebate(GENERAL, bill) == -rebate


def test_a_large_bill_paid_a_week_early_earns_the_incentive() -> None:
    early, late = date(2026, 3, 11), date(2026, 3, 12)
    assert prompt_payment(GENERAL, 10_000_00, 0, DUE, early) == -50_00
    for charged, arrears, paid_on in ((9_999_99, 0, early), (10_000_00, 1, early), (10_000_00, 0, late)):
        assert prompt_payment(GENERAL, charged, arrears, DUE, paid_on) == 0


def test_money_in_advance_earns_one_percent_a_month_on_what_is_left() -> None:
    assert advance_payment(GENERAL, 5000_00) == -50_00
    assert advance_payment(GENERAL, -5000_00) == 0


def test_a_prepaid_home_pays_less_for_each_unit() -> None:
    assert prepaid_rebate(GENERAL, "LV-1.2", 200) == -50_00
    assert prepaid_rebate(GENERAL, "LV-2.2", 200) == 0


def test_the_load_factor_concession_is_off_until_its_bounds_are_known() -> None:
    with pytest.raises(RuleMissing):
        load_factor_concession(GENERAL, 60, 1000)
    steps = (LoadFactorStep(20, 12), LoadFactorStep(30, 24), LoadFactorStep(40, 36))
    known = replace(GENERAL, load_factor=steps)
    conceded = [load_factor_concession(known, percent, 1000) for percent in (20, 21, 31, 41)]
    assert conceded == [0, -120_00, -240_00, -360_00]


@pytest.mark.parametrize(
    ("percent", "points"),
    [
        (80, 0), (85, 0), (86, -50), (95, -500), (96, -600), (99, -900), (100, -1000),
        (79, 100), (75, 500), (74, 625), (71, 1000), (70, 1000), (40, 1000), (None, 1000),
    ],
)  # fmt: skip
def test_the_power_factor_counts_by_points(percent: int | None, points: int) -> None:
    rule = GENERAL.power_factor
    assert power_factor_points(rule, percent) == points
    taken = replace(rule, base=(Charge.ENERGY,))
    assert power_factor(taken, "LV-4.1a", percent, HEADS) == Fraction(1000_00 * points, 10_000)
    assert power_factor(taken, "LV-1.2", percent, HEADS) == 0


def test_the_power_factor_is_off_until_somebody_says_what_it_is_taken_of() -> None:
    with pytest.raises(RuleMissing):
        power_factor(GENERAL.power_factor, "LV-4.1a", 90, HEADS)
    assert power_factor(GENERAL.power_factor, "LV-4.1a", 82, HEADS) == 0


def test_the_hours_of_the_day_change_the_energy_charge_above_ten_kilowatts() -> None:
    on = date(2024, 9, 1)
    rule = RULES.time_of_day(on, "LV-2.2", 12_000)
    assert rule is not None
    energy = {"TOD1": 100_00, "TOD2": 200_00, "TOD3": 500_00, "TOD4": 100_00}
    assert time_of_day(rule, energy) == 40_00 - 100_00 + 20_00
    for category, load, day in (("LV-2.2", 10_000, on), ("LV-1.2", 12_000, on), ("LV-2.2", 12_000, IN_2021)):
        assert RULES.time_of_day(day, category, load) is None


# -- FPPAS --------------------------------------------------------------------------------------------


def test_fppas_is_off_until_somebody_says_what_it_is_taken_of() -> None:
    rule = RULES.fppas(date(2023, 8, 1))
    assert rule is not None
    assert (rule.basis_points, fppas(rule, HEADS)) == (315, 0)
    assert fppas(replace(rule, base=(Charge.ENERGY,)), HEADS) == 31_50
    both = replace(rule, base=(Charge.ENERGY, Charge.FIXED))
    assert fppas(both, HEADS) == Fraction("4095")
    assert fppas(replace(both, basis_points=-223), HEADS) == Fraction("-2899")
    assert RULES.fppas(date(2023, 8, 24)) is None
    assert fppas(None, HEADS) == 0


# -- subsidies ----------------------------------------------------------------------------------------


def _pump(units: int, horses: int) -> Charges:
    tariff, duty = RULES.tariff(IN_2022, "LV-5.1", horses * 746), RULES.duty(IN_2022, "LV-5.1")
    return charges(tariff, duty, units, urban=False, load=Load(horses * 746))


@pytest.mark.parametrize(("units", "pays"), [(300, 297_00), (500, 531_00), (750, 841_00), (800, 903_50)])
def test_a_small_pump_pays_by_the_unit_and_no_fixed_charge(units: int, pays: int) -> None:
    rule = RULES.subsidy(IN_2022, "metered pump", "LV-5.1", 5 * 746)
    bill = _pump(units, 5)
    assert bill.total - subsidy(rule, bill) == pays


def test_whether_the_fixed_charge_of_a_large_pump_is_paid_no_source_says() -> None:
    with pytest.raises(RuleMissing):
        subsidy(RULES.subsidy(IN_2022, "metered pump", "LV-5.1", 12 * 746), _pump(300, 12))
    with pytest.raises(RuleMissing):
        RULES.subsidy(IN_2021, "metered pump", "LV-5.1", 5 * 746)


def test_a_scheme_is_for_its_category_and_those_below_it() -> None:
    assert RULES.subsidy(IN_2022, "small farmer", "LV-5.4", 746).category == "LV-5"
    for category in ("LV-1.2", "LV-5", "LV-50.1", "LV-5.1 temporary"):
        with pytest.raises(RuleMissing):
            RULES.subsidy(IN_2022, "metered pump", category, 746)


def test_a_small_farmer_pays_nothing_and_a_single_point_home_has_free_units() -> None:
    bill = _pump(400, 5)
    assert subsidy(RULES.subsidy(IN_2022, "small farmer", "LV-5.1", 5 * 746), bill) == bill.total
    with pytest.raises(RuleMissing):
        RULES.subsidy(IN_2022, "small farmer", "LV-5.1", 6 * 746)
    rule = RULES.subsidy(IN_2021, "single point", "LV-1.1", 100)
    for units, free in ((30, 25), (20, 20)):
        home = charges(
            RULES.tariff(IN_2021, "LV-1.1", 100), RULES.duty(IN_2021), units, urban=False, load=Load(100)
        )
        assert subsidy(rule, home) == free * 325


def test_the_first_hundred_units_for_a_hundred_rupees_are_off_until_it_is_known_what_that_replaces() -> None:
    rule = RULES.subsidy(IN_2021, "atal grih jyoti", "LV-1.2")
    tariff, duty = RULES.tariff(IN_2021), RULES.duty(IN_2021)
    homes = {units: charges(tariff, duty, units, urban=True) for units in (10, 60, 100, 150, 151)}
    with pytest.raises(RuleMissing):
        subsidy(rule, homes[100], homes[100])
    known = replace(rule, covers=(Charge.ENERGY, Charge.FIXED))
    given_ = {units: subsidy(known, home, homes[100]) for units, home in homes.items()}
    # 60 units: 257 of energy, 109 fixed; 100 units: 459 and 109; above 150 the whole benefit is lost.
    assert given_ == {10: 34_00, 60: 266_00, 100: 468_00, 150: 468_00, 151: 0}
    with pytest.raises(RuleMissing):
        subsidy(known, homes[100], homes[100], days=36)


# -- security deposit ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("month", "needed"), [(800_66, 1300_00), (800_67, 1300_00), (800_00, 1200_00), (0, 0)]
)
def test_a_deposit_is_raised_to_whole_hundreds(month: int, needed: int) -> None:
    assert deposit_needed(DEPOSIT, month) == needed


def test_a_deposit_of_1201_rupees_is_one_of_1300() -> None:
    of_thirty_days = replace(DEPOSIT, days=30)
    assert [deposit_needed(of_thirty_days, due) for due in (1201_00, 1200_00)] == [1300_00, 1200_00]


def test_who_has_no_title_or_paid_late_leaves_more() -> None:
    assert deposit_needed(DEPOSIT, 1000_00) == 1500_00
    assert deposit_needed(DEPOSIT, 1000_00, defaults=2) == 1500_00
    assert deposit_needed(DEPOSIT, 1000_00, defaults=3) == 2000_00
    assert deposit_needed(DEPOSIT, 1000_00, title=False, defaults=3) == 3000_00
