"""Loads and demands: whole numbers for the fixed charge, billing demand, excess demand."""

from dataclasses import dataclass

from counter_app.domain.bill import Per
from counter_app.domain.money import Paise, portion
from counter_app.domain.refusals import RuleMissing
from counter_app.domain.tariff.conditions import Conditions

HP_WATTS = 746
"""One horse power in watts, as the two limits of low tension agree: 150 HP are 112 kW."""

_KILO = 1000
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Load:
    """A load or demand: watts, or volt-amperes where it is ``apparent``."""

    amount: int
    apparent: bool = False

    def whole(self, per: Per) -> int:
        """To the nearest whole kW, kVA or HP, at least 1; ``RuleMissing`` where one is no measure of it."""
        if self.apparent != (per is Per.KVA):
            raise RuleMissing("load")
        return max(portion(self.amount, 1, HP_WATTS if per is Per.HP else _KILO), 1)


def billing_demand(rule: Conditions, contract: Load, recorded: Load) -> Load:
    """The higher of the recorded demand and a part of the contract demand, in whole kW or kVA."""
    least = portion(contract.amount, rule.billing_demand_percent, _PERCENT)
    whole = max(portion(max(recorded.amount, least), 1, _KILO), 1)
    return Load(whole * _KILO, contract.apparent)


def within_contract(rule: Conditions, contract: Load, demand: Load) -> Load:
    """The part of a demand that pays the ordinary fixed charge."""
    free = rule.excess[0].upto
    if free is None:
        return demand
    return Load(min(demand.amount, portion(contract.amount, free, _PERCENT)), contract.apparent)


def excess_demand(rule: Conditions, contract: Load, recorded: Load, rate: Paise) -> Paise:
    """The charge in paise for a recorded demand above the contract's limit, over and above the ordinary one.

    ``rate`` is the fixed charge of a kW or kVA; each band of the excess pays its multiple of it.
    """
    total = 0
    for band in rule.excess[1:]:
        lower = band.above * contract.amount
        upper = recorded.amount * _PERCENT
        if band.upto is not None:
            upper = min(upper, band.upto * contract.amount)
        total += max(upper - lower, 0) * band.percent
    return portion(total * rate, 1, _PERCENT * _PERCENT * _KILO)
