"""Whole bills: an order that changes within the reading period, and every head the rules can make."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.desk.rules import load_rules
from counter_app.domain.bill import Charge
from counter_app.domain.consumer import Consumer
from counter_app.domain.refusals import RuleMissing
from counter_app.domain.tariff import Load, charges
from counter_app.domain.tariff.rates import Duty, Tariff
from counter_app.domain.tariff.split import Part, split_charges
from counter_app.domain.tariff.whole import Use, bill_charges, parts_of
from tests.domain.connections import HOME

RULES = load_rules()
IN_2021, IN_2022 = date(2021, 9, 1), date(2022, 9, 1)
SPLITTABLE = [row for row in RULES.billing.tariffs if row.slabs and row.complete and row.most_units is None]
MARCH, APRIL = date(2022, 3, 16), date(2022, 4, 16)


def test_a_new_order_within_the_period_charges_its_days() -> None:
    parts = parts_of(RULES, HOME, MARCH, APRIL)
    assert [(part.tariff.name, part.days) for part in parts] == [("MPERC 2021-22", 15), ("MPERC 2022-23", 16)]
    bill = split_charges(parts, 310, urban=True)
    assert bill.rates == "MPERC 2021-22 + MPERC 2022-23"
    assert [(line.above, line.units, line.rate) for line in bill.slabs] == [
        (0, 24, 413), (50, 48, 505), (150, 73, 645), (300, 5, 665),
        (0, 26, 421), (50, 52, 517), (150, 77, 655), (300, 5, 674),
    ]  # fmt: skip
    assert bill.amount(Charge.ENERGY) == sum(line.amount for line in bill.slabs) == 1761_97
    # 21 steps of 0.1 kW: 525.00 by the one order, 567.00 by the other.
    assert bill.amount(Charge.FIXED) == 254_03 + 292_65
    assert bill.amount(Charge.DUTY) == 198_00


def test_a_period_without_a_known_order_makes_no_bill() -> None:
    with pytest.raises(RuleMissing):
        parts_of(RULES, HOME, date(2026, 4, 1), date(2026, 5, 1))


@given(
    tariff=st.sampled_from(SPLITTABLE),
    units=st.integers(0, 3000),
    first=st.integers(1, 40),
    second=st.integers(1, 40),
    days=st.integers(1, 90),
    urban=st.booleans(),
)
def test_two_halves_of_one_order_cost_what_the_whole_does(
    tariff: Tariff, units: int, first: int, second: int, days: int, urban: bool
) -> None:
    duty, load = RULES.duty(IN_2021, tariff.category), Load(7_400)
    parts = [Part(tariff, duty, first), Part(tariff, duty, second)]
    split = split_charges(parts, units, urban=urban, days=days, load=load)
    whole = charges(tariff, duty, units, urban=urban, days=days, load=load)
    assert sum(line.units for line in split.slabs) == units
    assert split.amount(Charge.FIXED) == whole.amount(Charge.FIXED)
    assert split.amount(Charge.DUTY) == whole.amount(Charge.DUTY)
    assert split.amount(Charge.ENERGY) == whole.amount(Charge.ENERGY)
    assert (split.rates, split.total) == (whole.rates, whole.total)


@given(
    orders=st.lists(st.sampled_from([RULES.tariff(IN_2021, "LV-5.1"), RULES.tariff(IN_2022, "LV-5.1")]),
                    min_size=2, max_size=4),
    spans=st.lists(st.integers(1, 40), min_size=4, max_size=4),
    units=st.integers(0, 3000),
)  # fmt: skip
def test_orders_with_other_slabs_share_all_units(orders: list[Tariff], spans: list[int], units: int) -> None:
    nothing: Duty = RULES.duty(IN_2021, "LV-5.1")
    parts = [Part(order, nothing, span) for order, span in zip(orders, spans, strict=False)]
    bill = split_charges(parts, units, urban=False, load=Load(3730))
    dear = charges(RULES.tariff(IN_2022, "LV-5.1"), nothing, units, urban=False, load=Load(3730))
    cheap = charges(RULES.tariff(IN_2021, "LV-5.1"), nothing, units, urban=False, load=Load(3730))
    assert sum(line.units for line in bill.slabs) == units
    assert cheap.total <= bill.total <= dear.total


# -- every head ---------------------------------------------------------------------------------------


def _heads(consumer: Consumer, use: Use) -> dict[Charge, int]:
    return {line.charge: line.amount for line in bill_charges(RULES, consumer, use).lines}


def test_a_home_pays_energy_fixed_charge_and_duty() -> None:
    use = Use(date(2021, 8, 5), date(2021, 9, 5), 200)
    assert _heads(HOME, use) == {Charge.ENERGY: 1034_00, Charge.FIXED: 336_00, Charge.DUTY: 110_00}


def test_a_prepaid_home_has_its_rebate() -> None:
    heads = _heads(HOME, Use(date(2021, 8, 5), date(2021, 9, 5), 200, prepaid=True))
    assert heads[Charge.PREPAID] == -50_00


def test_a_house_being_built_pays_a_quarter_more() -> None:
    use = Use(date(2021, 8, 5), date(2021, 9, 5), 400, temporary=True)
    assert _heads(HOME, use) == {Charge.ENERGY: 2930_00, Charge.FIXED: 843_75, Charge.DUTY: 334_00}
    over_two_orders = _heads(HOME, Use(date(2022, 3, 1), date(2022, 4, 20), 0, temporary=True))
    # Two months of 80.00 and 86.25, by 30 and 20 days; the order of 2022-23 knows no least charge.
    assert over_two_orders == {Charge.ENERGY: 1200_00, Charge.FIXED: 165_00, Charge.DUTY: 0}


def test_a_factory_pays_for_its_demand_and_what_is_above_the_contract() -> None:
    factory = replace(HOME, tariff="LV-4.1a", load=20_000)
    use = Use(date(2021, 8, 5), date(2021, 9, 5), 1000, recorded=Load(28_000))
    assert _heads(factory, use) == {
        Charge.ENERGY: 6600_00, Charge.FIXED: 24 * 320_00, Charge.DUTY: 594_00,
        Charge.PENAL: 2 * 1.3 * 320_00 + 2 * 2 * 320_00,
    }  # fmt: skip


def test_a_demand_above_the_contract_is_paid_for_over_two_orders_by_their_days() -> None:
    factory = replace(HOME, tariff="LV-4.1a", load=20_000)
    old = RULES.tariff(IN_2021, "LV-4.1a", 20_000)
    ended = replace(old, ruling=replace(old.ruling, valid_to=date(2021, 8, 20)))
    new = replace(
        old,
        ruling=replace(old.ruling, name="another", valid_from=date(2021, 8, 21)),
        fixed=(replace(old.fixed[0], urban=640_00, rural=640_00),),
    )
    rest = tuple(row for row in RULES.billing.tariffs if row is not old)
    billing = RULES.billing._replace(tariffs=(*rest, ended, new))
    rules = replace(RULES, read_billing=lambda: billing)
    use = Use(date(2021, 8, 5), date(2021, 9, 5), 1000, recorded=Load(28_000))
    made = bill_charges(rules, factory, use)
    whole = 2 * 1.3 * 320_00 + 2 * 2 * 320_00
    assert made.fixed_steps is None
    assert abs(made.amount(Charge.PENAL) - whole * (15 + 2 * 16) / 31) < 1


def test_what_the_state_pays_stands_in_a_line_of_its_own() -> None:
    pump = replace(HOME, tariff="LV-5.1", urban=False, load=3730)
    use = Use(date(2022, 8, 5), date(2022, 9, 5), 300, schemes=("metered pump",))
    heads = _heads(pump, use)
    assert heads == {
        Charge.ENERGY: 1437_00, Charge.FIXED: 290_00, Charge.DUTY: 0,
        Charge.SUBSIDY: -(1437_00 - 297_00 + 290_00),
    }  # fmt: skip
    assert list(heads) == sorted(heads, key=list(Charge).index)


def test_fppas_and_the_hours_come_in_once_they_are_configured() -> None:
    rule = RULES.fppas(date(2023, 8, 1))
    assert rule is not None
    ruling = replace(rule.ruling, valid_from=IN_2021, valid_to=IN_2021)
    hours = RULES.billing.times_of_day[0]
    billing = RULES.billing._replace(
        fppas_rates=(replace(rule, ruling=ruling, basis_points=-223, base=(Charge.ENERGY,)),),
        times_of_day=(replace(hours, ruling=ruling),),
    )
    rules = replace(RULES, read_billing=lambda: billing)
    shop = replace(HOME, tariff="LV-2.2", load=12_000)
    use = Use(date(2021, 8, 1), IN_2021, 1000, by_window={"TOD2": 100, "TOD3": 400, "TOD1": 500})
    made = bill_charges(rules, shop, use)
    assert made.amount(Charge.FPPAS) == -153_87
    assert made.amount(Charge.TIME_OF_DAY) == 138_00 - 552_00
    assert [line.charge for line in made.lines] == [
        Charge.ENERGY, Charge.FPPAS, Charge.FIXED, Charge.DUTY, Charge.TIME_OF_DAY,
    ]  # fmt: skip
