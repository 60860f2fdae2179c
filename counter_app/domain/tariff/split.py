"""A bill whose reading period lies in more than one tariff order: split by days."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from counter_app.domain.bill import Charge, ChargeLine, SlabLine
from counter_app.domain.money import Paise, portion
from counter_app.domain.tariff.charges import (
    DAYS_A_MONTH,
    Charges,
    charged_months,
    charges,
    duty_millionths,
    energy_of,
    energy_slabs,
    fixed_charge,
    rounded_duty,
    widened,
)
from counter_app.domain.tariff.load import Load
from counter_app.domain.tariff.rates import Duty, Tariff


@dataclass(frozen=True, slots=True)
class Part:
    """The days of a reading period on which one order and one duty were in force."""

    tariff: Tariff
    duty: Duty
    days: int


def named(parts: Sequence[Part]) -> str:
    """The orders one after another, as a bill names them."""
    return " + ".join(dict.fromkeys(part.tariff.name for part in parts))


def split_charges(
    parts: Sequence[Part],
    units: int,
    *,
    urban: bool,
    days: int = DAYS_A_MONTH,
    load: Load | None = None,
) -> Charges:
    """The charges of one reading period over all orders in force in it.

    The slabs are those of the whole period; each order charges its days' share of the units of each
    slab, of its fixed charge and its duty. The shares add up to the whole: two orders of the same rates
    cost what one would.
    """
    if len(parts) == 1:
        return charges(parts[0].tariff, parts[0].duty, units, urban=urban, days=days, load=load)
    months, days = charged_months(parts[0].tariff, days)
    slabs: list[SlabLine] = []
    energy = least = fixed = duty = 0
    whole = sum(part.days for part in parts)
    pieces = _pieces(parts, units, days)
    first = 0
    for part in parts:
        last = first + part.days
        lines = _lines(part.tariff, pieces, units, days, first, last, whole)
        slabs += lines
        energy += energy_of(part.tariff, lines, 0)
        least += _share((part.tariff.minimum_energy or 0) * months, first, last, whole)
        full = fixed_charge(part.tariff, units, urban=urban, days=days, load=load)
        fixed += _share(full.amount * months, first, last, whole)
        all_lines = energy_slabs(part.tariff, units, days)
        duty += _share(duty_millionths(part.tariff, part.duty, all_lines, days), first, last, whole)
        first = last
    made = [ChargeLine(Charge.FIXED, fixed), ChargeLine(Charge.DUTY, rounded_duty(duty))]
    if any(part.tariff.slabs for part in parts):
        made.insert(0, ChargeLine(Charge.ENERGY, max(energy, least)))
    return Charges(named(parts), tuple(made), tuple(slabs), None)


def fixed_rates(
    parts: Sequence[Part], units: int, *, urban: bool, days: int, load: Load | None
) -> Iterator[Paise]:
    """The fixed charge of a kW or kVA by each order; nothing where an order is not based on demand."""
    for part in parts:
        fixed = fixed_charge(part.tariff, units, urban=urban, days=days, load=load)
        yield fixed.rate if part.tariff.demand_based else 0


def shared(amounts: Iterable[Paise], parts: Sequence[Part]) -> Paise:
    """Of what each order makes of the whole period, its days' share; all together."""
    total = first = 0
    whole = sum(part.days for part in parts)
    for amount, part in zip(amounts, parts, strict=True):
        last = first + part.days
        total += _share(amount, first, last, whole)
        first = last
    return total


def _pieces(parts: Sequence[Part], units: int, days: int) -> list[tuple[int, int]]:
    """The units used, cut at every bound of any order's slabs: first (excluded) and last of each piece."""
    bounds = {0, units}
    for part in parts:
        for slab in part.tariff.slabs:
            if slab.upto is not None:
                bounds.add(min(widened(slab.upto, days), units))
    return list(pairwise(sorted(bounds)))


def _lines(
    tariff: Tariff,
    pieces: Sequence[tuple[int, int]],
    units: int,
    days: int,
    first: int,
    last: int,
    whole: int,
) -> list[SlabLine]:
    """The slab lines of one order: of each piece the units of its days, at the rate that holds there."""
    lines: list[SlabLine] = []
    start = 0
    for line in energy_slabs(tariff, units, days):
        end = start + line.units
        within = sum(
            _share(upper - lower, first, last, whole) for lower, upper in pieces if start <= lower < end
        )
        if within:
            lines.append(SlabLine(line.above, line.upto, line.rate, within, within * line.rate))
        start = end
    return lines


def _share(amount: Paise, first: int, last: int, whole: int) -> Paise:
    """What falls on the days after ``first`` up to ``last``, rounded so that all shares add up."""
    return portion(amount, last, whole) - portion(amount, first, whole)
