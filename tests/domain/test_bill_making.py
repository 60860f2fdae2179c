"""How a bill was made, and why it differs from another one: every paisa is told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.desk.rules import load_rules
from counter_app.domain.bill import Bill, Charge, ChargeLine, Measured, Per, Reading, SlabLine
from counter_app.domain.bill_making import (
    Beside,
    DutyShare,
    FixedCount,
    MadeLine,
    Units,
    check,
    lines_of,
    priced,
    with_order,
)
from counter_app.domain.bill_reasons import Comparison, Why, compare
from counter_app.domain.days import Month
from counter_app.domain.money import to_rupee
from counter_app.domain.tariff.load import Load
from counter_app.domain.tariff.whole import Use, bill_charges
from tests.domain.bills import bill as plain_bill
from tests.domain.connections import HOME

RULES = load_rules()


def billed(
    month: Month, units: int, *, days: int = 30, more: tuple[ChargeLine, ...] = (), **changed: object
) -> Bill:
    """A bill as the order in force makes it, read on the fifth."""
    current = date(month.year, month.month, 5)
    previous = date(month.plus(-1).year, month.plus(-1).month, 5) - timedelta(days=days - 30)
    made = bill_charges(RULES, HOME, Use(previous, current, units))
    lines = (*made.lines, *more)
    owed = sum(int(changed.get(key, 0)) for key in ("arrear", "arrear_duty", "surcharge"))  # type: ignore[call-overload]
    facts: dict[str, object] = {
        "month": month, "rates": made.rates, "previous": Reading(previous, 1000),
        "current": Reading(current, 1000 + units), "metered": units, "charges": lines, "slabs": made.slabs,
        "fixed_steps": made.fixed_steps, "fixed_per": made.fixed_per, "basis": "actual",
        "net": to_rupee(sum(line.amount for line in lines) + owed),
    }  # fmt: skip
    return plain_bill(**(facts | changed))


def made(bill: Bill) -> tuple[MadeLine, ...]:
    return lines_of(bill, check(RULES, HOME, bill))


def whole(lines: tuple[MadeLine, ...]) -> int:
    """The lines that are no part of another, without the two sums."""
    sums = {Beside.MONTH, Beside.NET}
    return sum(line.amount for line in lines if not line.part and line.what not in sums)


# -- how it was made ----------------------------------------------------------------------------------


def test_every_line_says_how_it_came_about() -> None:
    lines = made(billed(Month(2021, 10), 200))
    assert [(line.what, line.amount, line.how, line.part) for line in lines] == [
        (Charge.ENERGY, 1034_00, Units(200), False),
        (Charge.ENERGY, 206_50, SlabLine(0, 50, 413, 50, 206_50), True),
        (Charge.ENERGY, 505_00, SlabLine(50, 150, 505, 100, 505_00), True),
        (Charge.ENERGY, 322_50, SlabLine(150, 300, 645, 50, 322_50), True),
        (Charge.FIXED, 336_00, FixedCount(14, Per.STEP, 24_00), False),
        (Charge.DUTY, 110_00, None, False),
        (Charge.DUTY, 41_31, DutyShare(0, 100, 900, 459_00), True),
        (Charge.DUTY, 69_00, DutyShare(100, None, 1200, 575_00), True),
        (Beside.MONTH, 1480_00, None, False),
        (Beside.NET, 1480_00, None, False),
    ]
    assert not any(line.differs for line in lines)


@pytest.mark.parametrize("units", [0, 10, 140, 200, 450])
def test_a_bill_that_came_without_slabs_shows_those_of_the_order(units: int) -> None:
    right = billed(Month(2021, 10), units)
    bare = replace(right, slabs=(), fixed_steps=None, fixed_per=Per.STEP, rates="")
    assert made(bare) == made(right)


def test_slabs_that_make_another_energy_charge_are_not_taken_for_the_bills() -> None:
    right = billed(Month(2021, 10), 200)
    odd = replace(right, slabs=(), charges=(ChargeLine(Charge.ENERGY, 1000_00), *right.charges[1:]))
    assert not any(line.part and line.what is not Charge.DUTY for line in made(odd))


def test_what_the_order_makes_otherwise_is_said_plainly() -> None:
    right = billed(Month(2021, 10), 200)
    wrong = replace(
        right,
        charges=tuple(
            replace(line, amount=line.amount + 24_00) if line.charge is Charge.FIXED else line
            for line in right.charges
        ),
    )
    found = check(RULES, HOME, wrong)
    assert (found.order, found.in_force) == ("MPERC 2021-22", True)
    differing = [line for line in lines_of(wrong, found) if line.differs]
    assert [(line.what, line.amount, line.ours) for line in differing] == [(Charge.FIXED, 360_00, 336_00)]


def test_a_head_that_the_bill_forgot_stands_with_nothing() -> None:
    right = billed(Month(2021, 10), 200)
    without = replace(right, charges=right.charges[:-1])
    line = next(line for line in made(without) if line.what is Charge.DUTY)
    assert (line.amount, line.ours, line.differs) == (0, 110_00, True)


def test_the_least_energy_charge_and_an_unexplained_rest_have_lines() -> None:
    least = made(billed(Month(2021, 10), 10))
    assert [(line.what, line.amount) for line in least if line.part][:2] == [
        (Charge.ENERGY, 41_30), (Beside.MINIMUM, 28_70),
    ]  # fmt: skip
    right = billed(Month(2021, 10), 200)
    odd = replace(right, charges=(ChargeLine(Charge.ENERGY, 1000_00), *right.charges[1:]))
    rest = [line for line in made(odd) if line.what is Beside.UNEXPLAINED]
    assert [line.amount for line in rest] == [-34_00]


def test_where_the_order_in_force_is_not_known_the_named_one_is_worked_out() -> None:
    later = replace(
        billed(Month(2022, 10), 200),
        previous=Reading(date(2026, 5, 5), 1000),
        current=Reading(date(2026, 6, 5), 1200),
    )
    found = check(RULES, HOME, later)
    assert (found.order, found.in_force) == ("MPERC 2022-23", False)
    assert not any(line.differs for line in lines_of(later, found))
    unknown = replace(later, rates="MPERC 2026-27")
    assert not check(RULES, HOME, unknown).heads
    assert all(line.ours is None for line in made(unknown))


def test_a_demand_that_the_bill_does_not_say_is_not_worked_out() -> None:
    factory = replace(HOME, tariff="LV-4.1a", load=20_000)
    bill = replace(billed(Month(2021, 10), 200), tariff="LV-4.1a")
    assert set(check(RULES, factory, bill).heads) == {Charge.ENERGY, Charge.DUTY}


def test_a_demand_that_the_bill_says_is_worked_out() -> None:
    factory = replace(HOME, tariff="LV-4.1a", load=20_000)
    use = Use(date(2021, 9, 5), date(2021, 10, 5), 1000, Load(20_000), Load(28_000))
    right = bill_charges(RULES, factory, use)
    facts = {
        "tariff": "LV-4.1a", "previous": Reading(use.previous, 0), "current": Reading(use.current, 1000),
        "metered": 1000, "charges": right.lines, "fixed_steps": None, "rates": "",
        "net": to_rupee(right.total),
    }  # fmt: skip
    said = plain_bill(**facts, measured=Measured(20_000, 28_000))
    heads = check(RULES, factory, said).heads
    assert heads == {line.charge: line.amount for line in right.lines}
    assert {Charge.FIXED, Charge.PENAL} < heads.keys()
    lines = lines_of(said, check(RULES, factory, said))
    assert not any(line.differs for line in lines)
    assert FixedCount(24, Per.KW, 320_00) in [line.how for line in lines]
    low = check(RULES, factory, replace(said, measured=Measured(20_000, 10_000)))
    assert low.heads[Charge.FIXED] == 18 * 320_00
    in_kva = check(RULES, factory, replace(said, measured=Measured(20_000, 22_000, apparent=True)))
    assert in_kva.heads[Charge.FIXED] == 22 * 256_00
    unsaid = check(RULES, factory, replace(said, measured=Measured(None, 28_000)))
    assert not {Charge.FIXED, Charge.PENAL} & unsaid.heads.keys()


def test_prepaid_hours_and_power_factor_count_as_far_as_they_are_settled() -> None:
    bill = billed(Month(2021, 10), 200)
    assert check(RULES, HOME, replace(bill, measured=Measured(prepaid=True))).heads[Charge.PREPAID] == -50_00
    shop = replace(HOME, tariff="LV-2.2", load=12_000)
    ruling = replace(RULES.billing.times_of_day[0].ruling, valid_from=date(2021, 7, 8))
    known = replace(RULES.billing.times_of_day[0], ruling=ruling)
    billing = RULES.billing._replace(times_of_day=(known,))
    rules = replace(RULES, read_billing=lambda: billing)
    hours = replace(bill, tariff="LV-2.2", measured=Measured(by_window=(("TOD2", 50), ("TOD1", 150))))
    assert check(rules, shop, hours).heads[Charge.TIME_OF_DAY] == 69_00
    short = replace(hours, measured=Measured(by_window=(("TOD2", 50),)))
    assert Charge.TIME_OF_DAY not in check(rules, shop, short).heads
    unsettled = check(rules, shop, replace(hours, measured=Measured(power_factor=990)))
    assert unsettled.in_force
    assert Charge.POWER_FACTOR not in unsettled.heads
    (general,) = RULES.billing.general
    factor = replace(general.power_factor, base=(Charge.ENERGY,))
    certain = billing._replace(general=(replace(general, power_factor=factor),))
    settled = replace(RULES, read_billing=lambda: certain)
    worked = check(settled, shop, replace(hours, measured=Measured(power_factor=900)))
    assert worked.heads[Charge.POWER_FACTOR] == -(200 * 690) * 25 // 1000
    parted = check(settled, shop, replace(hours, measured=Measured(power_factor=905)))
    assert Charge.POWER_FACTOR not in parted.heads


def test_readings_that_cannot_be_are_left_as_they_are() -> None:
    bill = billed(Month(2021, 10), 200)
    turned = replace(bill, previous=bill.current, current=bill.previous)
    assert whole(made(turned)) == bill.net


@given(
    units=st.integers(0, 1500),
    amounts=st.lists(st.integers(-(10**6), 10**6), max_size=8),
    arrear=st.integers(-(10**6), 10**6),
    surcharge=st.integers(0, 10**5),
)
def test_the_lines_add_up_to_the_bill(units: int, amounts: list[int], arrear: int, surcharge: int) -> None:
    more = tuple(ChargeLine(head, amount) for head, amount in zip(reversed(Charge), amounts, strict=False))
    bill = billed(Month(2021, 10), units, more=more, arrear=arrear, surcharge=surcharge)
    lines = made(bill)
    assert whole(lines) == bill.net == lines[-1].amount
    energy = [line.amount for line in lines if line.part and line.what in {Charge.ENERGY, Beside.MINIMUM}]
    assert sum(energy) == bill.charge(Charge.ENERGY)


# -- why it differs -----------------------------------------------------------------------------------


def compared(before: Bill, now: Bill) -> Comparison:
    return compare(before, now, priced(RULES, HOME, before), priced(RULES, HOME, now))


def told(before: Bill, now: Bill) -> dict[Why, int]:
    found = compared(before, now)
    assert sum(reason.amount for reason in found.reasons) == found.difference == now.net - before.net
    weights = [abs(reason.amount) for reason in found.reasons]
    assert weights == sorted(weights, reverse=True)
    return {reason.why: reason.amount for reason in found.reasons}


def test_more_units_a_day_and_crossing_into_the_charge_by_load() -> None:
    before, now = billed(Month(2021, 9), 140), billed(Month(2021, 10), 151)
    reasons = told(before, now)
    assert list(reasons) == [Why.FIXED_BY_LOAD, Why.USE, Why.DAYS, Why.ROUNDING]
    assert reasons[Why.FIXED_BY_LOAD] == 264_00 - 109_00
    fixed, use = compared(before, now).reasons[:2]
    assert (fixed.before, fixed.now) == (140, 150)
    assert (use.before, use.now) == (45, 50)  # 140 in 31 days, 151 in 30
    assert told(now, before)[Why.FIXED_BY_CONNECTION] == 109_00 - 264_00


def test_more_days_are_a_reason_of_their_own() -> None:
    reasons = told(billed(Month(2021, 9), 100), billed(Month(2021, 10), 120, days=36))
    assert reasons[Why.DAYS] > abs(reasons.get(Why.USE, 0))


def test_another_order_is_a_reason_of_its_own() -> None:
    reasons = told(billed(Month(2021, 10), 200), billed(Month(2022, 10), 200))
    assert reasons == {Why.ORDER: 21_00 + 28_00 + 3_00}


def test_bills_that_name_no_order_are_compared_by_those_in_force() -> None:
    before, now = (billed(Month(year, 10), 200) for year in (2021, 2022))
    bare = [replace(bill, rates="", slabs=(), fixed_steps=None) for bill in (before, now)]
    named = [with_order(RULES, HOME, bill) for bill in bare]
    assert [bill.rates for bill in named] == [before.rates, now.rates]
    reasons = {reason.why: reason.amount for reason in compared(*named).reasons}
    assert Why.USE not in reasons
    assert reasons[Why.ORDER] == compared(before, now).difference
    assert with_order(RULES, HOME, before) is before
    long_ago = replace(bare[0], previous=Reading(date(1990, 4, 5), 0), current=Reading(date(1990, 5, 5), 200))
    assert with_order(RULES, HOME, long_ago).rates == ""
    change = next(row.ruling.valid_from for row in RULES.billing.tariffs if row.name == now.rates)
    across = replace(bare[1], previous=Reading(change - timedelta(days=15), 0), current=Reading(change, 200))
    assert with_order(RULES, HOME, across).rates.endswith(f" + {now.rates}")


def test_an_average_instead_of_a_reading_is_the_reason_of_its_units() -> None:
    before = billed(Month(2021, 9), 100)
    assert Why.AVERAGE in told(before, billed(Month(2021, 10), 140, basis="average"))
    assert Why.READ_AGAIN in told(replace(before, basis="assessed"), billed(Month(2021, 10), 140))


def test_a_lost_subsidy_fppas_and_arrears_are_told_with_their_amounts() -> None:
    before = billed(
        Month(2021, 9), 150,
        more=(ChargeLine(Charge.SUBSIDY, -468_00), ChargeLine(Charge.FPPAS, -10_00)),
    )  # fmt: skip
    now = billed(
        Month(2021, 10), 150,
        more=(ChargeLine(Charge.FPPAS, 7_00), ChargeLine(Charge.PENAL, 50_00)),
        arrear=300_00, arrear_duty=20_00, surcharge=5_00,
    )  # fmt: skip
    reasons = told(before, now)
    assert reasons[Why.SUBSIDY_LOST] == 468_00
    assert reasons[Why.ARREARS] == 320_00
    assert (reasons[Why.FPPAS], reasons[Why.SURCHARGE], reasons[Why.HEAD]) == (17_00, 5_00, 50_00)
    assert next(iter(reasons)) is Why.SUBSIDY_LOST
    assert Why.SUBSIDY_WON in told(now, before)


def test_rates_that_are_not_known_do_not_hide_a_paisa() -> None:
    before, now = billed(Month(2021, 9), 100), billed(Month(2021, 10), 200)
    unknown = [replace(bill, rates="unknown") for bill in (before, now)]
    assert set(told(*unknown)) <= {Why.USE, Why.DAYS, Why.FIXED_BY_LOAD, Why.ROUNDING}
    dearer = (ChargeLine(Charge.ENERGY, 1100_00), *now.charges[1:])
    other = replace(now, rates="unknown", charges=dearer, slabs=(), net=now.net + 66_00)
    assert told(before, other)[Why.ORDER] == 66_00


def test_the_same_use_is_never_called_more_where_rates_are_not_known() -> None:
    bill = replace(billed(Month(2021, 10), 200), rates="unknown")
    dearer = replace(
        bill,
        charges=(ChargeLine(Charge.ENERGY, 1100_00), *bill.charges[1:]), net=bill.net + 66_00,
    )  # fmt: skip
    assert told(bill, dearer) == {Why.PRICE: 66_00}
    assert told(dearer, bill) == {Why.PRICE: -66_00}


@given(
    first=st.integers(0, 800),
    second=st.integers(0, 800),
    days=st.integers(2, 70),  # in a month of 28 days one day less would read before the reading before
    months=st.integers(1, 20),
    odd=st.integers(-(10**5), 10**5),
    owed=st.integers(-(10**5), 10**5),
    basis=st.sampled_from(["actual", "average"]),
)
def test_the_reasons_always_add_up(
    first: int, second: int, days: int, months: int, odd: int, owed: int, basis: str
) -> None:
    before = billed(Month(2021, 9), first, arrear=owed)
    now = billed(
        Month(2021, 8).plus(min(months, 18)), second, days=min(days, 35), basis=basis,
        more=(ChargeLine(Charge.FPPAS, odd),),
    )  # fmt: skip
    told(before, now)
    told(now, before)
    told(before, before)
    told(replace(before, metered=-first), now)


@pytest.mark.parametrize("units", [0, 150, 151])
def test_a_bill_does_not_differ_from_itself(units: int) -> None:
    bill = billed(Month(2021, 10), units)
    assert compared(bill, bill).reasons == ()
