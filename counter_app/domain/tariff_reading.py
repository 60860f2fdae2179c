"""From TOML tables to what electricity costs: rates, duty, conditions, subsidies, deposits."""

from collections.abc import Callable
from typing import TypeVar

from counter_app.domain.bill import Charge, Per
from counter_app.domain.rule_text import Table
from counter_app.domain.ruling import Ruling
from counter_app.domain.tariff.conditions import (
    Conditions,
    Deposit,
    ExcessBand,
    Fppas,
    LoadFactorStep,
    OnlineRebate,
    PointStep,
    PowerFactor,
    PromptPayment,
    Subsidy,
    Surcharge,
    SurchargeMinimum,
    TimeOfDay,
    Window,
)
from counter_app.domain.tariff.rates import ALL_LOADS, Assessed, Duty, DutyStep, FixedBand, Slab, Tariff

Row = TypeVar("Row")


def tariff(table: Table, ruling: Ruling) -> Tariff:
    """The rates of one category; bounds follow one another and the last is open."""
    above, upto = _loads(table)
    fixed = _rows(table, "fixed", _band) if table.has("fixed") else ()
    step_units = table.whole("step_units", 1) if table.has("step_units") else 0
    if not step_units and any(band.per is Per.STEP for band in fixed):
        raise table.wrong("step_units", "is missing")
    return Tariff(
        ruling,
        category=table.text("category"),
        slabs=_rows(table, "slabs", _slab) if table.has("slabs") else (),
        fixed=fixed,
        fixed_kva=_rows(table, "fixed_kva", _band) if table.has("fixed_kva") else (),
        flat=table.flag("flat"),
        demand_based=table.flag("demand_based"),
        load_above=above,
        load_upto=upto,
        step_units=step_units,
        minimum_energy=table.optional_whole("minimum_energy"),
        temporary_minimum=table.optional_whole("temporary_minimum"),
        most_units=table.optional_whole("most_units", 1),
        months=table.whole("months", 1, 12) if table.has("months") else 1,
        assessed=tuple(map(_assessed, table.tables("assessed"))) if table.has("assessed") else (),
    )


def duty(table: Table, ruling: Ruling) -> Duty:
    """Electricity duty for some uses."""

    def step(row: Table, above: int, upto: int | None) -> DutyStep:
        return DutyStep(above, upto, row.whole("basis_points"))

    return Duty(ruling, table.texts("uses"), _rows(table, "steps", step))


def surcharge(table: Table, ruling: Ruling) -> Surcharge:
    """Delayed payment surcharge."""

    def minimum(row: Table, above: int, upto: int | None) -> SurchargeMinimum:
        return SurchargeMinimum(above, upto, row.whole("amount"))

    return Surcharge(
        ruling,
        category=table.text("category") if table.has("category") else "",
        basis_points_a_month=table.whole("basis_points_a_month"),
        unit=table.whole("unit", 1) if table.has("unit") else 1,
        minimums=_rows(table, "minimums", minimum),
    )


def fppas(table: Table, ruling: Ruling) -> Fppas:
    """A month's adjustment of fuel and power purchase."""
    return Fppas(ruling, table.whole("basis_points", -10_000, 10_000), _heads(table, "base"))


def conditions(table: Table, ruling: Ruling) -> Conditions:
    """The general conditions."""

    def excess(row: Table, above: int, upto: int | None) -> ExcessBand:
        return ExcessBand(above, upto, row.whole("percent"))

    online, prompt = table.table("online"), table.table("prompt")
    prepaid, factor = table.table("prepaid"), table.table("power_factor")
    made = Conditions(
        ruling,
        billing_demand_percent=table.whole("billing_demand_percent", 0, 100),
        excess=_rows(table, "excess", excess),
        temporary_percent=table.whole("temporary_percent", 100),
        online=OnlineRebate(online.whole("basis_points"), online.whole("least"), online.whole("most")),
        prompt=PromptPayment(prompt.whole("basis_points"), prompt.whole("least_bill"), prompt.whole("days")),
        advance_basis_points=table.whole("advance_basis_points"),
        prepaid_rate=prepaid.whole("rate"),
        prepaid_category=prepaid.text("category"),
        load_factor=tuple(
            LoadFactorStep(row.optional_whole("above"), row.whole("rate"))
            for row in table.tables("load_factor")
        ),
        power_factor=_power_factor(factor),
    )
    for part in (online, prompt, prepaid, factor):
        part.finish()
    return made


def time_of_day(table: Table, ruling: Ruling) -> TimeOfDay:
    """Rates by the hour of the day."""
    windows = tuple(
        Window(row.text("name"), row.clock("first"), row.clock("until"),
               row.whole("basis_points", -10_000, 10_000))
        for row in table.tables("windows")
    )  # fmt: skip
    return TimeOfDay(ruling, table.texts("categories"), table.whole("load_above"), windows)


def subsidy(table: Table, ruling: Ruling) -> Subsidy:
    """A scheme of the state."""
    above, upto = _loads(table)
    return Subsidy(
        ruling,
        scheme=table.text("scheme"),
        category=table.text("category"),
        load_above=above,
        load_upto=upto,
        paid=_rows(table, "paid", _slab) if table.has("paid") else (),
        free_units=table.optional_whole("free_units", 1) or 0,
        whole=table.flag("whole"),
        fixed_free=table.flag("fixed_free") if table.has("fixed_free") else None,
        most_units=table.optional_whole("most_units", 1),
        first_units=table.optional_whole("first_units", 1) or 0,
        first_price=table.optional_whole("first_price") or 0,
        covers=_heads(table, "covers"),
    )


def deposit(table: Table, ruling: Ruling) -> Deposit:
    """The security deposit."""
    return Deposit(
        ruling,
        days=table.whole("days", 1),
        days_without_title=table.whole("days_without_title", 1),
        days_after_defaults=table.whole("days_after_defaults", 1),
        defaults=table.whole("defaults", 1),
        round_up=table.whole("round_up", 1),
    )


def _slab(row: Table, above: int, upto: int | None) -> Slab:
    return Slab(above, upto, row.whole("rate"))


def _band(row: Table, above: int, upto: int | None) -> FixedBand:
    per = Per(row.pattern("per", "|".join(Per)))
    return FixedBand(above, upto, per, row.optional_whole("urban"), row.optional_whole("rural"))


def _assessed(row: Table) -> Assessed:
    return Assessed(
        row.whole("first_month", 1, 12),
        row.whole("last_month", 1, 12),
        Per(row.pattern("per", "|".join(Per))),
        row.optional_whole("phases", 1),
        row.whole("units", 1),
    )


def _power_factor(table: Table) -> PowerFactor:
    def step(row: Table, above: int, upto: int | None) -> PointStep:
        return PointStep(above, upto, row.whole("basis_points"))

    return PowerFactor(
        base=_heads(table, "base"),
        incentive_above=table.whole("incentive_above", 0, 100),
        incentive=_rows(table, "incentive", step),
        surcharge_below=table.whole("surcharge_below", 0, 100),
        surcharge=_rows(table, "surcharge", step),
        most=table.whole("most"),
        unrecorded=table.whole("unrecorded"),
        never=table.text("never"),
    )


def _loads(table: Table) -> tuple[int, int]:
    """The loads in watts that the table is for: above the first and up to the second."""
    above, upto = table.optional_whole("load_above"), table.optional_whole("load_upto", 1)
    return above or 0, ALL_LOADS if upto is None else upto


def _heads(table: Table, key: str) -> tuple[Charge, ...]:
    """Heads of the bill; none when the key is not there."""
    if not table.has(key):
        return ()
    named = table.texts(key)
    if not set(named) <= set(Charge):
        raise table.wrong(key, "names a head that no bill has")
    return tuple(map(Charge, named))


def _rows(table: Table, key: str, build: Callable[[Table, int, int | None], Row]) -> tuple[Row, ...]:
    """Rows that follow one another by ``upto``, the last one open, each with its lower and upper bound."""
    rows: list[Row] = []
    above: int | None = 0
    for row in table.tables(key):
        if above is None:
            raise row.wrong("upto", "follows a row without upto")
        upto = row.optional_whole("upto", above + 1)
        rows.append(build(row, above, upto))
        above = upto
    if above is not None:
        raise table.wrong(key, "must end with a row without upto")
    return tuple(rows)
