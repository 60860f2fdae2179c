"""The charges of a bill from the rates of one order: energy by slabs, fixed charge, duty.

Rates are whole paise and everything is worked out in whole numbers, rounded once at the end of each
charge: a quarter of a million bills are made in a minute.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from counter_app.domain.bill import Charge, ChargeLine, Per, SlabLine
from counter_app.domain.money import RUPEE, Paise, portion
from counter_app.domain.refusals import RuleMissing
from counter_app.domain.tariff.load import Load
from counter_app.domain.tariff.rates import Duty, FixedBand, Tariff

DAYS_A_MONTH = 30

_PERCENT = 100
_DUTY_WHOLE = 10_000 * _PERCENT  # basis points of a rate in percent


@dataclass(frozen=True, slots=True)
class Fixed:
    """A fixed charge in paise: so many of ``per`` at ``rate`` each."""

    amount: Paise
    count: int
    rate: Paise
    per: Per


@dataclass(frozen=True, slots=True)
class Charges:
    """The charges of one bill: bill lines, slab lines, count and rate of the fixed charge, what it counts.

    ``rates`` names the order, or the orders when one followed the other within the reading period.
    """

    rates: str
    lines: tuple[ChargeLine, ...]
    slabs: tuple[SlabLine, ...]
    fixed_steps: tuple[int, Paise] | None
    fixed_per: Per = Per.CONNECTION

    @property
    def total(self) -> Paise:
        """All charges together, in paise, not yet rounded to the rupee."""
        return sum(line.amount for line in self.lines)

    def amount(self, charge: Charge) -> Paise:
        """The amount of one head; 0 when there is no such line."""
        return sum(line.amount for line in self.lines if line.charge is charge)


def charges(
    tariff: Tariff,
    duty: Duty,
    units: int,
    *,
    urban: bool,
    days: int = DAYS_A_MONTH,
    load: Load | None = None,
) -> Charges:
    """Energy, fixed charge and duty of ``units`` used in ``days``.

    Slabs, consumption bands and duty steps are widened by days / 30, to whole units so that every line
    multiplies out. The fixed charge is that of one month. ``load`` is the sanctioned load, or the
    billing demand where the tariff is based on demand. A temporary supply pays for whole months of 30
    days. Raises ``RuleMissing`` where a figure of the order for this case is not known.
    """
    if units < 0 or days < 1:
        raise ValueError("units below 0 or no days")
    months, days = charged_months(tariff, days)
    slabs = energy_slabs(tariff, units, days)
    fixed = fixed_charge(tariff, units, urban=urban, days=days, load=load)
    lines = []
    if tariff.slabs:
        lines.append(
            ChargeLine(Charge.ENERGY, energy_of(tariff, slabs, (tariff.minimum_energy or 0) * months))
        )
    lines.append(ChargeLine(Charge.FIXED, fixed.amount * months))
    lines.append(ChargeLine(Charge.DUTY, rounded_duty(duty_millionths(tariff, duty, slabs, days))))
    steps = None if fixed.per is Per.CONNECTION else (fixed.count, fixed.rate)
    return Charges(tariff.name, tuple(lines), slabs, steps, fixed.per)


def charged_months(tariff: Tariff, days: int) -> tuple[int, int]:
    """For how many months fixed and minimum charges are, and the days of the slabs."""
    if not tariff.temporary:
        return 1, days
    months = -(-days // DAYS_A_MONTH)
    return months, months * DAYS_A_MONTH


def as_temporary(tariff: Tariff, percent: int) -> Tariff:
    """The rates of a temporary supply by the general rule: so many percent of the ordinary ones."""
    return replace(tariff, percent=percent, minimum_energy=tariff.temporary_minimum)


def energy_slabs(tariff: Tariff, units: int, days: int = DAYS_A_MONTH) -> tuple[SlabLine, ...]:
    """The units used, slab by slab; slabs that are not reached are left out.

    Where the tariff is flat, all units at the rate of the slab that is reached. ``RuleMissing`` for
    more units than the category may be billed for.
    """
    if tariff.most_units is not None and units > widened(tariff.most_units, days):
        raise RuleMissing("tariff")
    lines = []
    for slab in tariff.slabs:
        above, upto = widened(slab.above, days), None if slab.upto is None else widened(slab.upto, days)
        if tariff.flat:
            if upto is None or units <= upto:
                return (SlabLine(0, None, slab.rate, units, units * slab.rate),) if units else ()
            continue
        within = (units if upto is None else min(units, upto)) - above
        if within <= 0:
            break
        lines.append(SlabLine(above, upto, slab.rate, within, within * slab.rate))
    return tuple(lines)


def energy_of(tariff: Tariff, slabs: Iterable[SlabLine], minimum: Paise) -> Paise:
    """The energy charge in paise: what the slabs come to, never less than a minimum."""
    return max(portion(sum(line.amount for line in slabs), tariff.percent, _PERCENT), minimum)


def fixed_charge(tariff: Tariff, units: int, *, urban: bool, days: int, load: Load | None) -> Fixed:
    """The fixed charge of one month, or of as many as the tariff's rates are for."""
    bands = tariff.fixed_kva if load is not None and load.apparent else tariff.fixed
    band = next((row for row in bands if row.upto is None or units <= widened(row.upto, days)), None)
    rate = None if band is None else band.urban if urban else band.rural
    if band is None or rate is None:
        raise RuleMissing("fixed charge")
    count = _count(band, tariff, units, days, load)
    return Fixed(portion(count * rate, tariff.percent, _PERCENT), count, rate, band.per)


def duty_exact(tariff: Tariff, duty: Duty, units: int, days: int = DAYS_A_MONTH) -> Fraction:
    """Duty in paise before rounding: of the energy charge alone, each step's share at its own rate."""
    return Fraction(duty_millionths(tariff, duty, energy_slabs(tariff, units, days), days), _DUTY_WHOLE)


def duty_millionths(tariff: Tariff, duty: Duty, slabs: Iterable[SlabLine], days: int) -> int:
    """The same as a whole number of millionths of a paisa."""
    bases = duty_bases(duty, slabs, days)
    steps = zip(bases, duty.steps, strict=True)
    return tariff.percent * sum(base * step.basis_points for base, step in steps)


def duty_bases(duty: Duty, slabs: Iterable[SlabLine], days: int) -> list[Paise]:
    """The energy charge in paise of the units within each step of the duty."""
    bounds = [None if step.upto is None else widened(step.upto, days) for step in duty.steps]
    bases = [0] * len(bounds)
    first = 0
    for line in slabs:
        last, above = first + line.units, 0
        for place, upto in enumerate(bounds):
            within = (last if upto is None else min(last, upto)) - max(first, above)
            if within > 0:
                bases[place] += within * line.rate
            if upto is None or upto >= last:
                break
            above = upto
        first = last
    return bases


def rounded_duty(millionths: int) -> Paise:
    """The duty of a bill: to the nearest whole rupee, half a rupee upwards."""
    return portion(millionths, 1, _DUTY_WHOLE * RUPEE) * RUPEE


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


def widened(bound: int, days: int) -> int:
    """A monthly bound of units for so many days, to the nearest whole unit."""
    return portion(bound, days, DAYS_A_MONTH)


def _count(band: FixedBand, tariff: Tariff, units: int, days: int, load: Load | None) -> int:
    """How many of what the band counts."""
    if band.per is Per.CONNECTION:
        return 1
    if band.per is Per.STEP:
        return -(-units // tariff.step_units)
    if load is None:
        raise RuleMissing("load")
    if band.per is Per.KW_DAY:
        return load.whole(Per.KW) * days
    return load.whole(band.per)
