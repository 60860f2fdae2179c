"""All charges of a connection's bill by the rules in force while the electricity was used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from counter_app.domain.bill import Charge, ChargeLine
from counter_app.domain.consumer import Consumer
from counter_app.domain.money import Paise, half_up, portion
from counter_app.domain.rules import Rules
from counter_app.domain.tariff.charges import Charges, as_temporary, billed_days
from counter_app.domain.tariff.load import Load, billing_demand, excess_demand, within_contract
from counter_app.domain.tariff.rebates import fppas, power_factor, prepaid_rebate, time_of_day
from counter_app.domain.tariff.split import Part, fixed_rates, shared, split_charges
from counter_app.domain.tariff.subsidies import subsidy

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Use:
    """What a connection used between two readings.

    ``contract`` and ``recorded`` are demands (None: the sanctioned load); ``power_factor`` is whole
    percent (None: not billed by it); ``by_window`` units by the name of a time of day window.
    ``temporary``: a supply for a time, at the general rate of such.
    ``schemes`` are those of the state that the connection is under.
    """

    previous: date
    current: date
    units: int
    contract: Load | None = None
    recorded: Load | None = None
    power_factor: int | None = None
    by_window: Mapping[str, int] = field(default_factory=dict)
    prepaid: bool = False
    temporary: bool = False
    schemes: Sequence[str] = ()


def bill_charges(rules: Rules, consumer: Consumer, use: Use) -> Charges:
    """Every head of the bill that the rules here can make; ``RuleMissing`` where a figure is not known."""
    parts = parts_of(rules, consumer, use.previous, use.current)
    if use.temporary:
        percent = rules.conditions(use.current).temporary_percent
        parts = [replace(part, tariff=as_temporary(part.tariff, percent)) for part in parts]
    latest = parts[-1].tariff
    on = use.current
    contract = use.contract or Load(consumer.load)
    load, demand = contract, None
    if latest.demand_based:
        conditions = rules.conditions(on)
        demand = billing_demand(conditions, contract, use.recorded or contract)
        load = within_contract(conditions, contract, demand)
    days = billed_days(use.previous, use.current)
    made = split_charges(parts, use.units, urban=consumer.urban, days=days, load=load)
    heads = {line.charge: line.amount for line in made.lines}
    if adjusted := half_up(fppas(rules.fppas(on), heads)):
        heads[Charge.FPPAS] = adjusted
    if demand is not None and use.recorded:
        rates = fixed_rates(parts, use.units, urban=consumer.urban, days=days, load=load)
        conditions = rules.conditions(on)
        penal = shared((excess_demand(conditions, contract, use.recorded, rate) for rate in rates), parts)
        if penal:
            heads[Charge.PENAL] = penal
    _beside(rules, consumer, use, heads)
    made = replace(made, lines=tuple(ChargeLine(head, heads[head]) for head in Charge if head in heads))
    return _subsidised(rules, consumer, use, parts, load, days, made)


def parts_of(rules: Rules, consumer: Consumer, previous: date, current: date) -> list[Part]:
    """The orders in force on the days after the previous reading up to the current one."""
    parts: list[Part] = []
    on = min(previous + _DAY, current)
    while on <= current:
        tariff = rules.tariff(on, consumer.tariff, consumer.load)
        duty = rules.duty(on, consumer.tariff, consumer.purpose)
        ends = [row.ruling.valid_to for row in (tariff, duty) if row.ruling.valid_to is not None]
        last = min([current, *ends])
        parts.append(Part(tariff, duty, (last - on).days + 1))
        on = last + _DAY
    return parts


def _beside(rules: Rules, consumer: Consumer, use: Use, heads: dict[Charge, Paise]) -> None:
    """Power factor, time of day and the prepaid rebate, where they are for this connection."""
    if use.power_factor is not None:
        rule = rules.conditions(use.current).power_factor
        changed = half_up(power_factor(rule, consumer.tariff, use.power_factor, heads))
        if changed:
            heads[Charge.POWER_FACTOR] = changed
    hours = rules.time_of_day(use.current, consumer.tariff, consumer.load)
    if hours is not None and use.by_window and use.units:
        energy = {
            name: portion(heads[Charge.ENERGY], units, use.units) for name, units in use.by_window.items()
        }
        if changed := half_up(time_of_day(hours, energy)):
            heads[Charge.TIME_OF_DAY] = changed
    if use.prepaid:
        rebate = prepaid_rebate(rules.conditions(use.current), consumer.tariff, use.units)
        if rebate:
            heads[Charge.PREPAID] = rebate


def _subsidised(
    rules: Rules,
    consumer: Consumer,
    use: Use,
    parts: Sequence[Part],
    load: Load,
    days: int,
    made: Charges,
) -> Charges:
    """The same bill less what the state pays of it."""
    paid = 0
    for scheme in use.schemes:
        rule = rules.subsidy(use.current, scheme, consumer.tariff, consumer.load)
        first = None
        if rule.first_units:
            first = split_charges(parts, rule.first_units, urban=consumer.urban, load=load)
        paid += subsidy(rule, made, first, days)
    if not paid:
        return made
    return replace(made, lines=(*made.lines, ChargeLine(Charge.SUBSIDY, -paid)))
