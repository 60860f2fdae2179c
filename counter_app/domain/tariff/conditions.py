"""What stands beside the rates: surcharge, demand, rebates, time of day, subsidies, deposits.

What no source gives is None; the computation then refuses with ``RuleMissing``, or the head is off.
"""

from dataclasses import dataclass
from datetime import time

from counter_app.domain.bill import Charge
from counter_app.domain.money import Paise
from counter_app.domain.ruling import Ruling
from counter_app.domain.tariff.rates import Slab


@dataclass(frozen=True, slots=True)
class SurchargeMinimum:
    """The least surcharge a month on an outstanding above ``above`` and up to ``upto``, all in paise."""

    above: Paise
    upto: Paise | None
    amount: Paise


@dataclass(frozen=True, slots=True)
class Surcharge:
    """Delayed payment surcharge a month or part of one: 1/100 % of each ``unit`` of the outstanding.

    ``unit`` is paise, and part of one counts as whole (1: no such rounding). ``category`` is the only
    one it is for; empty: all others.
    """

    ruling: Ruling
    category: str
    basis_points_a_month: int
    unit: Paise
    minimums: tuple[SurchargeMinimum, ...]

    @property
    def key(self) -> str:
        """Of each, only one may be in force on a day."""
        return self.category


@dataclass(frozen=True, slots=True)
class Fppas:
    """Adjustment of fuel and power purchase: 1/100 % of some heads, also below zero. No heads: off."""

    ruling: Ruling
    basis_points: int
    base: tuple[Charge, ...]

    @property
    def key(self) -> str:
        """Only one may be in force on a day."""
        return ""


@dataclass(frozen=True, slots=True)
class ExcessBand:
    """Demand above so many percent of the contract demand: the fixed charge times ``percent`` / 100."""

    above: int
    upto: int | None
    percent: int


@dataclass(frozen=True, slots=True)
class PointStep:
    """Points of power factor above ``above`` and up to ``upto``: 1/100 % for each."""

    above: int
    upto: int | None
    basis_points: int


@dataclass(frozen=True, slots=True)
class PowerFactor:
    """Incentive and surcharge by power factor, in 1/100 % of some heads; without heads they are off.

    Points are whole percent, counted upwards from ``incentive_above`` and downwards from
    ``surcharge_below``. ``most`` is the limit of both, ``unrecorded`` the surcharge where the meter
    records no power factor. ``never`` is the beginning of the categories without either.
    """

    base: tuple[Charge, ...]
    incentive_above: int
    incentive: tuple[PointStep, ...]
    surcharge_below: int
    surcharge: tuple[PointStep, ...]
    most: int
    unrecorded: int
    never: str


@dataclass(frozen=True, slots=True)
class PromptPayment:
    """Incentive for paying early: 1/100 % of a bill of at least ``least_bill`` paise, ``days`` before due."""

    basis_points: int
    least_bill: Paise
    days: int


@dataclass(frozen=True, slots=True)
class OnlineRebate:
    """Rebate for paying online: 1/100 % of the bill within two bounds in paise."""

    basis_points: int
    least: Paise
    most: Paise


@dataclass(frozen=True, slots=True)
class LoadFactorStep:
    """Load factor in percent above which so many paise a unit are conceded; None: no source gives it."""

    above: int | None
    rate: Paise


@dataclass(frozen=True, slots=True)
class Conditions:
    """The general conditions of the low tension schedule. Percent are whole, or 1/100 % where said."""

    ruling: Ruling
    billing_demand_percent: int
    excess: tuple[ExcessBand, ...]
    temporary_percent: int
    online: OnlineRebate
    prompt: PromptPayment
    advance_basis_points: int
    prepaid_rate: Paise
    prepaid_category: str
    load_factor: tuple[LoadFactorStep, ...]
    power_factor: PowerFactor

    @property
    def key(self) -> str:
        """Only one may be in force on a day."""
        return ""


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of the day and what is added to their energy charge in 1/100 % (below zero: taken off)."""

    name: str
    first: time
    until: time
    basis_points: int


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """Time of day rates for some categories with a load above ``load_above`` watts."""

    ruling: Ruling
    categories: tuple[str, ...]
    load_above: int
    windows: tuple[Window, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Of each, only one may be in force on a day."""
        return self.categories


@dataclass(frozen=True, slots=True)
class Subsidy:
    """A scheme by which the state pays a part of the bill, for loads above and up to so many watts, of a
    tariff category and those below it ("LV-5": "LV-5.1" too).

    ``paid`` is what the consumer pays a unit instead of the energy charge; ``fixed_free``: the fixed
    charge and FPPAS are the state's too. ``free_units`` a month cost nothing; ``whole``: nothing does.
    ``first_units`` together cost ``first_price`` while no more than ``most_units`` a month are used, and
    ``covers`` is what that price replaces. None or empty where no source says.
    """

    ruling: Ruling
    scheme: str
    category: str
    load_above: int
    load_upto: int
    paid: tuple[Slab, ...]
    free_units: int
    whole: bool
    fixed_free: bool | None
    most_units: int | None
    first_units: int
    first_price: Paise
    covers: tuple[Charge, ...]

    @property
    def key(self) -> tuple[str, str, int]:
        """Of each, only one may be in force on a day."""
        return self.scheme, self.category, self.load_above


@dataclass(frozen=True, slots=True)
class Deposit:
    """The security deposit: days of consumption. Money in paise."""

    ruling: Ruling
    days: int
    days_without_title: int
    days_after_defaults: int
    defaults: int
    round_up: Paise

    @property
    def key(self) -> str:
        """Only one may be in force on a day."""
        return ""
