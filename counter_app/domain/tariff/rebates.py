"""What is taken off or added beside the rates: FPPAS, rebates for ways of paying, power factor, time of day.

Amounts are exact fractions of a paisa, below zero in the consumer's favour; whoever makes a bill line
rounds them with ``half_up``. Rebates are worked out before the state's subsidy.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from counter_app.domain.bill import Charge
from counter_app.domain.money import Paise
from counter_app.domain.refusals import RuleMissing
from counter_app.domain.tariff.conditions import Conditions, Fppas, PointStep, PowerFactor, TimeOfDay

_WHOLE = 10_000  # basis points

Amounts = Mapping[Charge, Paise]
"""What some heads of a bill come to."""


def fppas(rule: Fppas | None, heads: Amounts) -> Fraction:
    """The adjustment of fuel and power purchase; 0 while nobody has settled which heads it is taken of."""
    if rule is None:
        return Fraction(0)
    return Fraction(_sum(heads, rule.base) * rule.basis_points, _WHOLE)


def online_rebate(rule: Conditions, bill: Paise) -> Fraction:
    """For paying a bill online, between its least and its most."""
    if bill <= 0:
        return Fraction(0)
    rated = Fraction(bill * rule.online.basis_points, _WHOLE)
    return -min(max(rated, Fraction(rule.online.least)), Fraction(rule.online.most))


def prompt_payment(rule: Conditions, charged: Paise, arrears: Paise, due: date, paid_on: date) -> Fraction:
    """For paying well before the due date.

    ``charged`` is the current bill without arrears, security deposit, subsidy and duty.
    """
    early = (due - paid_on).days >= rule.prompt.days
    if arrears > 0 or not early or charged < rule.prompt.least_bill:
        return Fraction(0)
    return -Fraction(charged * rule.prompt.basis_points, _WHOLE)


def advance_payment(rule: Conditions, left: Paise) -> Fraction:
    """For money paid in advance: of what is left of it at the end of a calendar month, for that month."""
    return -Fraction(max(left, 0) * rule.advance_basis_points, _WHOLE)


def prepaid_rebate(rule: Conditions, category: str, units: int) -> Paise:
    """For a prepaid meter: so many paise a unit off the basic energy charge."""
    return -units * rule.prepaid_rate if category.startswith(rule.prepaid_category) else 0


def load_factor_concession(rule: Conditions, load_factor: int, units: int) -> Paise:
    """For a steady load: paise a unit by the load factor in whole percent, rounded down."""
    rate = 0
    for step in rule.load_factor:
        if step.above is None:
            raise RuleMissing("load factor")
        if load_factor > step.above:
            rate = step.rate
    return -rate * units


def power_factor(rule: PowerFactor, category: str, percent: int | None, heads: Amounts) -> Fraction:
    """Incentive (below zero) or surcharge by the power factor in whole percent; None: none is recorded.

    ``RuleMissing`` while nobody has settled which heads it is taken of.
    """
    if category.startswith(rule.never):
        return Fraction(0)
    points = power_factor_points(rule, percent)
    if points and not rule.base:
        raise RuleMissing("power factor")
    return Fraction(_sum(heads, rule.base) * points, _WHOLE)


def power_factor_points(rule: PowerFactor, percent: int | None) -> int:
    """The same in 1/100 %, below zero for an incentive."""
    if percent is None:
        return rule.unrecorded
    if percent > rule.incentive_above:
        return -min(_stepped(rule.incentive, percent - rule.incentive_above), rule.most)
    return min(_stepped(rule.surcharge, max(rule.surcharge_below - percent, 0)), rule.most)


def time_of_day(rule: TimeOfDay, energy: Mapping[str, Paise]) -> Fraction:
    """What the hours add or take off, from the ordinary energy charge in paise of each window.

    ``RuleMissing`` for a window that the rates do not know.
    """
    changes = {window.name: window.basis_points for window in rule.windows}
    if not energy.keys() <= changes.keys():
        raise RuleMissing("time of day")
    return Fraction(sum(amount * changes[name] for name, amount in energy.items()), _WHOLE)


def _sum(heads: Amounts, base: tuple[Charge, ...]) -> Paise:
    return sum(heads.get(head, 0) for head in base)


def _stepped(steps: tuple[PointStep, ...], points: int) -> int:
    """Points counted through the steps."""
    return sum(
        max((points if step.upto is None else min(points, step.upto)) - step.above, 0) * step.basis_points
        for step in steps
    )
