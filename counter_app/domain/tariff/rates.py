"""The rates of a tariff order and of the electricity duty, as they are read from the dated files."""

from dataclasses import dataclass

from counter_app.domain.bill import Per
from counter_app.domain.money import Paise
from counter_app.domain.ruling import Ruling

ALL_LOADS = 10**9
"""Watts above any load that a low tension connection can have."""


@dataclass(frozen=True, slots=True)
class Slab:
    """Units a month above ``above`` and up to ``upto`` (None: open) at ``rate`` paise a unit."""

    above: int
    upto: int | None
    rate: Paise


@dataclass(frozen=True, slots=True)
class FixedBand:
    """The fixed charge of a consumption: paise a month for each ``per``.

    None where no source gives the figure.
    """

    above: int
    upto: int | None
    per: Per
    urban: Paise | None
    rural: Paise | None


@dataclass(frozen=True, slots=True)
class Assessed:
    """Units a month that stand for a reading where there is no meter, from one calendar month to another.

    ``phases`` is the kind of supply they are for; None: any.
    """

    first_month: int
    last_month: int
    per: Per
    phases: int | None
    units: int

    def in_month(self, month: int) -> bool:
        """Whether a calendar month (1 to 12) lies within, also over the turn of the year."""
        if self.first_month <= self.last_month:
            return self.first_month <= month <= self.last_month
        return month >= self.first_month or month <= self.last_month


@dataclass(frozen=True, slots=True)
class Tariff:
    """The rates of one category by one order, for loads above ``load_above`` and up to ``load_upto`` watts.

    ``flat``: the rate of the slab that is reached is that of all units. Without slabs there is no
    energy charge. ``step_units`` is how many units make one step of load (0.1 kW). ``minimum_energy``
    is the least energy charge of a month in paise, ``temporary_minimum`` that of a temporary supply;
    None where no source says whether there is one. ``most_units`` a month may be billed by it (None:
    any). ``months`` is how many months the fixed charge is for. ``percent`` is what all rates are
    multiplied by: 100, or more for a temporary supply.
    """

    ruling: Ruling
    category: str
    slabs: tuple[Slab, ...]
    fixed: tuple[FixedBand, ...]
    fixed_kva: tuple[FixedBand, ...] = ()
    flat: bool = False
    demand_based: bool = False
    load_above: int = 0
    load_upto: int = ALL_LOADS
    step_units: int = 0
    minimum_energy: Paise | None = None
    temporary_minimum: Paise | None = None
    most_units: int | None = None
    months: int = 1
    assessed: tuple[Assessed, ...] = ()
    percent: int = 100

    @property
    def key(self) -> tuple[str, int]:
        """Of each, only one may be in force on a day."""
        return self.category, self.load_above

    @property
    def name(self) -> str:
        """The order, as the bill names it."""
        return self.ruling.name

    @property
    def complete(self) -> bool:
        """Whether every fixed charge is known, so that any bill can be made from it."""
        known = [band.urban is not None and band.rural is not None for band in self.fixed]
        return bool(known) and all(known)

    @property
    def temporary(self) -> bool:
        """Whether these are the rates of a temporary supply."""
        return self.percent != 100


@dataclass(frozen=True, slots=True)
class DutyStep:
    """Units a month above ``above`` and up to ``upto``: duty in 1/100 % of their energy charge."""

    above: int
    upto: int | None
    basis_points: int


@dataclass(frozen=True, slots=True)
class Duty:
    """Electricity duty by steps of consumption.

    ``uses`` names whom it is for: beginnings of tariff categories ("LV-1"), or purposes of supply
    ("mines"), which go before the category.
    """

    ruling: Ruling
    uses: tuple[str, ...]
    steps: tuple[DutyStep, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Of each, only one may be in force on a day."""
        return self.uses
