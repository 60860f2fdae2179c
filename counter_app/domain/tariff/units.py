"""Units that are billed beside the meter: a minimum consumption over the year, and none metered at all."""

from collections.abc import Sequence

from counter_app.domain.bill import Per
from counter_app.domain.days import Month
from counter_app.domain.refusals import RuleMissing
from counter_app.domain.tariff.load import Load
from counter_app.domain.tariff.rates import Tariff


def adjusted_units(used: Sequence[int], minimum: int) -> tuple[int, ...]:
    """Units billed in each month of a year with a minimum of so many a month.

    What is used above the minimum makes up for months below it, before and after: so far as the year
    has gone, the higher of both sums is billed.
    """
    billed: list[int] = []
    actual = so_far = 0
    for place, units in enumerate(used, start=1):
        actual += units
        billed.append(max(actual, minimum * place) - so_far)
        so_far += billed[-1]
    return tuple(billed)


def assessed_units(tariff: Tariff, month: Month, load: Load, phases: int) -> int:
    """Units that stand for a month's reading without a meter; ``RuleMissing`` where none are given."""
    for row in tariff.assessed:
        if row.in_month(month.month) and row.phases in (None, phases):
            return row.units * (1 if row.per is Per.CONNECTION else load.whole(row.per))
    raise RuleMissing("assessed units")


def half_year_units(tariff: Tariff, first: Month, load: Load, phases: int) -> int:
    """The same for as many months as the tariff's bill is for, from the first of them."""
    months = (first.plus(step) for step in range(tariff.months))
    return sum(assessed_units(tariff, month, load, phases) for month in months)
