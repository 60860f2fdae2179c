"""What electricity costs: LV-1 charges of a bill and the surcharge for paying late, from dated rules.

Rates are whole paise; percentages are exact fractions, rounded once at the end of each charge.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from counter_app.domain.bill import Charge, ChargeLine, SlabLine
from counter_app.domain.money import RUPEE, Paise, half_up
from counter_app.domain.refusals import RuleMissing
from counter_app.domain.rules import Duty, FixedBand, Surcharge, Tariff

DAYS_A_MONTH = 30

_WHOLE = 10_000  # basis points


@dataclass(frozen=True, slots=True)
class Charges:
    """The charges of one month by one order: bill lines, slab lines, steps and rate of the fixed charge."""

    rates: str
    lines: tuple[ChargeLine, ...]
    slabs: tuple[SlabLine, ...]
    fixed_steps: tuple[int, Paise] | None

    @property
    def total(self) -> Paise:
        """All charges together, in paise, not yet rounded to the rupee."""
        return sum(line.amount for line in self.lines)

    def amount(self, charge: Charge) -> Paise:
        """The amount of one head; 0 when there is no such line."""
        return sum(line.amount for line in self.lines if line.charge is charge)


def charges(tariff: Tariff, duty: Duty, units: int, *, urban: bool, days: int = DAYS_A_MONTH) -> Charges:
    """Energy, fixed charge and duty of ``units`` used in ``days``.

    Slabs, consumption bands and duty steps are widened by days / 30, to whole units so that every line
    multiplies out. The fixed charge is that of one month. Raises ``RuleMissing`` where the order's fixed
    charge for this case is not known.
    """
    if units < 0 or days < 1:
        raise ValueError("units below 0 or no days")
    slabs = energy_slabs(tariff, units, days)
    energy = max(sum(line.amount for line in slabs), tariff.minimum_energy or 0)
    fixed, steps = _fixed_charge(tariff, units, urban, days)
    lines = [
        ChargeLine(Charge.ENERGY, energy),
        ChargeLine(Charge.FIXED, fixed),
        ChargeLine(Charge.DUTY, _rounded(duty_exact(tariff, duty, units, days))),
    ]
    return Charges(tariff.name, tuple(lines), slabs, steps)


def energy_slabs(tariff: Tariff, units: int, days: int = DAYS_A_MONTH) -> tuple[SlabLine, ...]:
    """The units used, slab by slab; slabs that are not reached are left out."""
    lines = []
    for slab in tariff.slabs:
        above, upto = _widened(slab.above, days), slab.upto and _widened(slab.upto, days)
        within = (units if upto is None else min(units, upto)) - above
        if within > 0:
            lines.append(SlabLine(above, upto, slab.rate, within, within * slab.rate))
    return tuple(lines)


def duty_exact(tariff: Tariff, duty: Duty, units: int, days: int = DAYS_A_MONTH) -> Fraction:
    """Duty in paise before rounding: of the energy charge alone, each step's share at its own rate."""
    total = Fraction(0)
    for step in duty.steps:
        lower = min(units, _widened(step.above, days))
        upper = units if step.upto is None else min(units, _widened(step.upto, days))
        within = _energy(tariff, upper, days) - _energy(tariff, lower, days)
        total += Fraction(within * step.basis_points, _WHOLE)
    return total


def billed_days(previous: date, current: date) -> int:
    """Days between two readings for the slabs: 30 for each whole calendar month, else both days counted.

    The tariff order counts 5 June to 10 July as 36 days.
    """
    if current < previous:
        raise ValueError("the current reading lies before the previous one")
    months = (current.year - previous.year) * 12 + current.month - previous.month
    month_end = (current + timedelta(days=1)).day == 1
    if months and (current.day == previous.day or (month_end and previous.day > current.day)):
        return months * DAYS_A_MONTH
    return (current - previous).days + 1


def surcharge_exact(rule: Surcharge, outstanding: Paise, months: int = 1) -> Fraction:
    """Surcharge in paise for so many months or parts of one, before rounding; simple, not compounded."""
    if outstanding <= 0:
        return Fraction(0)
    rated = Fraction(outstanding * rule.basis_points_a_month, _WHOLE)
    least = next(
        row.amount
        for row in rule.minimums
        if row.above < outstanding and (row.upto is None or outstanding <= row.upto)
    )
    return max(rated, Fraction(least)) * months


def late_surcharge(rule: Surcharge, outstanding: Paise, months: int = 1) -> Paise:
    """The same in whole rupees, as a bill carries it."""
    return _rounded(surcharge_exact(rule, outstanding, months))


def _energy(tariff: Tariff, units: int, days: int) -> Paise:
    return sum(line.amount for line in energy_slabs(tariff, units, days))


def _fixed_charge(
    tariff: Tariff, units: int, urban: bool, days: int
) -> tuple[Paise, tuple[int, Paise] | None]:
    band = _band(tariff.fixed, units, days)
    rate = None if band is None else band.urban if urban else band.rural
    if band is None or rate is None:
        raise RuleMissing("fixed charge")
    if not band.by_load:
        return rate, None
    steps = -(-units // tariff.step_units)
    return steps * rate, (steps, rate)


def _band(bands: Iterable[FixedBand], units: int, days: int) -> FixedBand | None:
    for band in bands:
        if band.upto is None or units <= _widened(band.upto, days):
            return band
    return None


def _widened(bound: int, days: int) -> int:
    return half_up(Fraction(bound * days, DAYS_A_MONTH))


def _rounded(paise: Fraction) -> Paise:
    """To the nearest whole rupee, half a rupee upwards."""
    return half_up(Fraction(paise, RUPEE)) * RUPEE
