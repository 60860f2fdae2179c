"""The low tension categories of the orders of 2021-22 and 2022-23, to the paisa."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.desk.rules import load_rules
from counter_app.domain.bill import Charge, Per
from counter_app.domain.days import Month
from counter_app.domain.refusals import RuleMissing
from counter_app.domain.tariff import Charges, Load, as_temporary, charges, surcharge_exact
from counter_app.domain.tariff.load import billing_demand, excess_demand, within_contract
from counter_app.domain.tariff.rates import Tariff
from counter_app.domain.tariff.surcharge import months_late
from counter_app.domain.tariff.units import adjusted_units, assessed_units, half_year_units

RULES = load_rules()
IN_2021, IN_2022 = date(2021, 9, 1), date(2022, 9, 1)
GENERAL = RULES.conditions(IN_2021)
KW, HP = 1000, 746


def made(
    category: str,
    units: int,
    watts: int,
    *,
    on: date = IN_2021,
    urban: bool = True,
    days: int = 30,
    apparent: bool = False,
) -> Charges:
    tariff, duty = RULES.tariff(on, category, watts), RULES.duty(on, category)
    return charges(tariff, duty, units, urban=urban, days=days, load=Load(watts, apparent))


@pytest.mark.parametrize(
    ("category", "units", "watts", "energy", "urban", "rural", "duty"),
    [
        ("LV-1.1", 30, 100, 97_50, 0, 0, 9_00),
        ("LV-1.1", 10, 100, 45_00, 0, 0, 3_00),
        ("LV-2.1", 100, 5 * KW, 640_00, 765_00, 610_00, 77_00),
        ("LV-2.1", 1000, 20 * KW, 6400_00, 5500_00, 4700_00, 941_00),
        ("LV-2.2", 50, 2 * KW, 315_00, 164_00, 134_00, 28_00),
        ("LV-2.2", 51, 2 * KW, 397_80, 276_00, 234_00, 36_00),
        ("LV-2.2", 200, 10 * KW, 1560_00, 1380_00, 1170_00, 211_00),
        ("LV-2.2", 1000, 12 * KW, 6900_00, 3552_00, 2568_00, 1014_00),
        ("LV-3 municipal", 1000, 10 * KW, 5630_00, 3160_00, 3160_00, 0),
        ("LV-3 panchayat", 1000, 10 * KW, 5320_00, 1440_00, 1440_00, 0),
        ("LV-4.1a", 1000, 30 * KW, 6600_00, 9600_00, 6150_00, 594_00),
        ("LV-5.1", 300, 5 * HP, 1407_00, 265_00, 265_00, 0),
        ("LV-5.1", 750, 5 * HP, 3981_00, 320_00, 320_00, 0),
        ("LV-5.1", 800, 5 * HP, 4281_00, 350_00, 350_00, 0),
    ],
)
def test_energy_fixed_charge_and_duty_of_the_order_of_2021(
    category: str, units: int, watts: int, energy: int, urban: int, rural: int, duty: int
) -> None:
    for area, fixed in ((True, urban), (False, rural)):
        bill = made(category, units, watts, urban=area)
        assert bill.amount(Charge.ENERGY) == energy
        assert bill.amount(Charge.FIXED) == fixed
        assert bill.amount(Charge.DUTY) == duty


@pytest.mark.parametrize(
    ("units", "energy", "fixed"),
    [(300, 1437_00, 290_00), (500, 2601_00, 370_00), (750, 4056_00, 370_00), (751, 4062_10, 405_00)],
)
def test_pumps_of_2022(units: int, energy: int, fixed: int) -> None:
    bill = made("LV-5.1", units, 5 * HP, on=IN_2022, urban=False)
    assert (bill.amount(Charge.ENERGY), bill.amount(Charge.FIXED)) == (energy, fixed)


def test_demand_in_kva_has_its_own_rate() -> None:
    assert made("LV-2.2", 0, 12 * KW, apparent=True).amount(Charge.FIXED) == 12 * 237_00
    bill = made("LV-4.1a", 0, 30 * KW, apparent=True, urban=False)
    assert bill.amount(Charge.FIXED) == 30 * 164_00
    assert (bill.fixed_steps, bill.fixed_per) == ((30, 164_00), Per.KVA)


@pytest.mark.parametrize(("watts", "kilowatts"), [(100, 1), (1499, 1), (1500, 2), (2400, 2), (9600, 10)])
def test_a_fraction_of_load_counts_to_the_nearest_whole_and_never_as_nothing(
    watts: int, kilowatts: int
) -> None:
    assert made("LV-2.1", 0, watts).amount(Charge.FIXED) == kilowatts * 153_00


def test_horse_powers_come_from_watts() -> None:
    assert [Load(watts).whole(Per.HP) for watts in (2238, 3730, 7500, 112_000)] == [3, 5, 10, 150]


def test_where_a_figure_is_not_known_there_is_no_bill() -> None:
    for category, units, watts, on in (
        ("LV-1.1", 31, 100, IN_2021),  # the category ends at 30 units
        ("LV-1.1", 10, 100, IN_2022),
        ("LV-1.1", 10, 200, IN_2021),
        ("LV-1.2 cluster", 100, 1000, IN_2021),
        ("LV-2.2 temporary", 100, 1000, IN_2021),
        ("LV-4.1a", 100, 15 * KW, IN_2021),
        ("LV-6", 100, 1000, IN_2021),
        ("LV-2.1", 100, 1000, IN_2022),
    ):
        with pytest.raises(RuleMissing):
            made(category, units, watts, on=on)
    with pytest.raises(RuleMissing):
        made("LV-2.1", 100, 1000, apparent=True)
    tariff = RULES.tariff(IN_2021, "LV-2.1", 1000)
    with pytest.raises(RuleMissing):
        charges(tariff, RULES.duty(IN_2021, "LV-2.1"), 100, urban=True)


def test_a_house_without_a_meter_pays_for_its_assessed_units() -> None:
    tariff = RULES.tariff(IN_2021, "LV-1.2 unmetered", 400)
    units = assessed_units(tariff, Month(2021, 9), Load(400), 1)
    bill = charges(tariff, RULES.duty(IN_2021), units, urban=False)
    assert (units, bill.amount(Charge.ENERGY), bill.amount(Charge.FIXED)) == (75, 382_50, 98_00)
    with pytest.raises(RuleMissing):
        charges(tariff, RULES.duty(IN_2021), units, urban=True)
    with pytest.raises(RuleMissing):
        assessed_units(RULES.tariff(IN_2021), Month(2021, 9), Load(400), 1)


def test_a_ceremony_pays_by_the_kilowatt_and_day() -> None:
    bill = made("LV-1.2 ceremony", 100, 5 * KW, days=3)
    assert (bill.amount(Charge.ENERGY), bill.amount(Charge.FIXED)) == (830_00, 5 * 3 * 70_00)


def test_a_temporary_supply_pays_a_quarter_more_for_whole_months() -> None:
    tariff = as_temporary(RULES.tariff(IN_2021), GENERAL.temporary_percent)
    duty = RULES.duty(IN_2021)
    house = charges(tariff, duty, 400, urban=True)
    assert house.amount(Charge.ENERGY) == 2930_00
    assert house.amount(Charge.FIXED) == 843_75
    ordinary = charges(RULES.tariff(IN_2021), duty, 400, urban=True)
    assert ordinary.amount(Charge.DUTY) == 268_00
    assert house.amount(Charge.DUTY) == 334_00
    assert charges(tariff, duty, 100, urban=True).amount(Charge.ENERGY) == 1000_00
    for days in (31, 60):
        two = charges(tariff, duty, 0, urban=True, days=days)
        assert (two.amount(Charge.ENERGY), two.amount(Charge.FIXED)) == (2000_00, 160_00)
    shop = as_temporary(RULES.tariff(IN_2021, "LV-2.1", 5 * KW), GENERAL.temporary_percent)
    assert (
        charges(shop, RULES.duty(IN_2021, "LV-2.1"), 10, urban=True, days=12, load=Load(5 * KW)).total
        == 80_00 + 956_25 + 7_00
    )


def test_a_pump_at_a_flat_rate_has_a_bill_a_half_year() -> None:
    small, large = RULES.tariff(IN_2021, "LV-5.4", 5 * HP), RULES.tariff(IN_2021, "LV-5.4", 12 * HP)
    nothing = RULES.duty(IN_2021, "LV-5.4")
    for tariff, horses, total in ((small, 5, 1875_00), (small, 10, 3750_00), (large, 12, 9000_00)):
        bill = charges(tariff, nothing, 0, urban=False, load=Load(horses * HP))
        assert bill.total == bill.amount(Charge.FIXED) == total
        assert (bill.slabs, tariff.months) == ((), 6)
    assert half_year_units(small, Month(2021, 4), Load(5 * HP), 3) == 5 * 6 * 95
    assert half_year_units(small, Month(2021, 10), Load(5 * HP), 3) == 5 * 6 * 170
    with pytest.raises(RuleMissing):
        half_year_units(small, Month(2021, 10), Load(5 * HP), 1)


@pytest.mark.parametrize(
    ("on", "months"),
    [((3, 18), 0), ((3, 19), 1), ((4, 18), 1), ((4, 19), 2), ((5, 1), 2), ((2, 1), 0)],
)
def test_a_part_of_a_month_counts_as_one(on: tuple[int, int], months: int) -> None:
    assert months_late(date(2026, 3, 18), date(2026, *on)) == months


@pytest.mark.parametrize(
    ("outstanding", "months", "rupees"),
    [(100_00, 1, 1), (100_01, 1, 2), (1_00, 1, 1), (1875_00, 2, 38), (0, 5, 0)],
)
def test_the_surcharge_of_a_flat_rate_pump_is_a_rupee_for_each_hundred_or_part(
    outstanding: int, months: int, rupees: int
) -> None:
    rule = RULES.surcharge(IN_2021, "LV-5.4")
    assert surcharge_exact(rule, outstanding, months) == Fraction(rupees * 100)
    assert RULES.surcharge(IN_2021, "LV-5.1") == RULES.surcharge(IN_2021)


def test_the_duty_is_that_of_the_category_or_of_the_purpose() -> None:
    rates = {
        (category, purpose): [step.basis_points for step in RULES.duty(IN_2021, category, purpose).steps]
        for category, purpose in (
            ("LV-1.1", "domestic"), ("LV-2.2", "shop"), ("LV-4.1a", ""), ("LV-6", ""), ("LV-5.1", ""),
            ("LV-3 municipal", ""), ("LV-4.1a", "mines"), ("LV-2.1", "state government"),
            ("LV-2.1", "railway"),
        )
    }  # fmt: skip
    assert list(rates.values()) == [
        [900, 1200], [900, 1500], [900], [1200], [0], [0], [4000], [0], [0],
    ]  # fmt: skip
    with pytest.raises(RuleMissing):
        RULES.duty(IN_2021, "HV-3")


# -- demand -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("recorded", "billed"), [(0, 18), (17_600, 18), (18_400, 18), (18_500, 19), (27_300, 27)]
)
def test_the_billing_demand_is_at_least_nine_tenths_of_the_contract(recorded: int, billed: int) -> None:
    assert billing_demand(GENERAL, Load(20 * KW), Load(recorded)).amount == billed * KW


@pytest.mark.parametrize(
    ("recorded", "ordinary", "excess"),
    [
        (20_000, 20, 0),
        (24_000, 24, 0),
        (25_000, 24, 1 * 130 * 320),
        (26_000, 24, 2 * 130 * 320),
        (28_000, 24, 2 * 130 * 320 + 2 * 200 * 320),
    ],
)
def test_demand_above_the_contract_costs_more(recorded: int, ordinary: int, excess: int) -> None:
    contract = Load(20 * KW)
    demand = billing_demand(GENERAL, contract, Load(recorded))
    assert within_contract(GENERAL, contract, demand).amount == ordinary * KW
    assert excess_demand(GENERAL, contract, Load(recorded), 320_00) == excess


# -- minimum consumption ------------------------------------------------------------------------------


def test_the_minimum_is_adjusted_over_the_year_as_in_the_official_example() -> None:
    cumulative = [95, 215, 315, 395, 530, 650, 725, 805, 945, 1045, 1135, 1195]
    used = [after - before for before, after in zip([0, *cumulative], cumulative, strict=False)]
    billed = adjusted_units(used, 100)
    assert billed == (100, 115, 100, 85, 130, 120, 75, 80, 140, 100, 90, 65)
    assert sum(billed) == 1200


@given(used=st.lists(st.integers(0, 500), max_size=12), minimum=st.integers(0, 200))
def test_a_year_bills_its_use_or_its_minimum_whichever_is_higher(used: list[int], minimum: int) -> None:
    billed = adjusted_units(used, minimum)
    assert all(units >= 0 for units in billed)
    assert sum(billed) >= max(sum(used), minimum * len(used))
    if all(units >= minimum for units in used):
        assert list(billed) == used


# -- what always holds --------------------------------------------------------------------------------

WHOLE = [row for row in RULES.billing.tariffs if row.slabs and row.complete]


@given(
    tariff=st.sampled_from(WHOLE),
    units=st.integers(0, 3000),
    urban=st.booleans(),
    days=st.integers(1, 100),
    kilowatts=st.integers(1, 112),
)
def test_slabs_add_up_and_money_is_whole_paise(
    tariff: Tariff, units: int, urban: bool, days: int, kilowatts: int
) -> None:
    if tariff.most_units is not None:
        units = min(units, tariff.most_units * days // 30)
    load = Load(kilowatts * KW)
    bill = charges(tariff, RULES.duty(IN_2021, tariff.category), units, urban=urban, days=days, load=load)
    assert sum(line.units for line in bill.slabs) == units
    assert all(line.amount == line.units * line.rate for line in bill.slabs)
    assert bill.amount(Charge.ENERGY) == max(
        sum(line.amount for line in bill.slabs), tariff.minimum_energy or 0
    )
    assert all(type(line.amount) is int for line in bill.lines)
    if bill.fixed_steps:
        count, rate = bill.fixed_steps
        assert count * rate == bill.amount(Charge.FIXED)


@given(tariff=st.sampled_from(WHOLE), units=st.integers(0, 2000), kilowatts=st.integers(1, 112))
def test_one_more_unit_never_costs_less(tariff: Tariff, units: int, kilowatts: int) -> None:
    if tariff.most_units is not None:
        units %= tariff.most_units
    duty, load = RULES.duty(IN_2021, tariff.category), Load(kilowatts * KW)
    less, more = (charges(tariff, duty, each, urban=False, load=load).total for each in (units, units + 1))
    assert less <= more
