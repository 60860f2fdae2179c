"""What the state pays of a bill, by its schemes."""

from collections.abc import Sequence

from counter_app.domain.bill import Charge, SlabLine
from counter_app.domain.money import Paise
from counter_app.domain.refusals import RuleMissing
from counter_app.domain.tariff.charges import DAYS_A_MONTH, Charges, widened
from counter_app.domain.tariff.conditions import Subsidy


def subsidy(rule: Subsidy, made: Charges, first: Charges | None = None, days: int = DAYS_A_MONTH) -> Paise:
    """The state's part of a bill in paise, above zero.

    ``first`` is what the scheme's first units alone would cost in a month. ``RuleMissing`` where no
    source says which heads the scheme covers, or what becomes of it in a period that is no month.
    """
    units = sum(line.units for line in made.slabs)
    if rule.whole:
        return max(made.total, 0)
    if rule.first_units:
        return _first_units(rule, units, made, first, days)
    if rule.free_units:
        return _cost(made.slabs, min(units, widened(rule.free_units, days)))
    if rule.fixed_free is None:
        raise RuleMissing("subsidy")
    waived = made.amount(Charge.FIXED) + made.amount(Charge.FPPAS) if rule.fixed_free else 0
    return made.amount(Charge.ENERGY) - _paid(rule, units, days) + waived


def _first_units(rule: Subsidy, units: int, made: Charges, first: Charges | None, days: int) -> Paise:
    """A price for the first units while no more than so many are used; above that, nothing."""
    if days != DAYS_A_MONTH or not rule.covers or first is None:
        raise RuleMissing("subsidy")
    if rule.most_units is not None and units > rule.most_units:
        return 0
    covered = made if units <= rule.first_units else first
    return max(sum(covered.amount(head) for head in rule.covers) - rule.first_price, 0)


def _paid(rule: Subsidy, units: int, days: int) -> Paise:
    """What the consumer pays for the energy instead of the order's rates."""
    total = 0
    for slab in rule.paid:
        upto = units if slab.upto is None else min(units, widened(slab.upto, days))
        total += max(upto - widened(slab.above, days), 0) * slab.rate
    return total


def _cost(slabs: Sequence[SlabLine], units: int) -> Paise:
    """What the first units of the slabs cost."""
    total = 0
    for line in slabs:
        within = min(units, line.units)
        total += within * line.rate
        units -= within
    return total
