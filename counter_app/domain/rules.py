"""The rules that change by order and notice: dated values, looked up by day.

Nothing here knows a rate or a limit; they stand in ``resources/rules`` with their sources and are
read by ``rule_reading``. Where no rule covers a day the lookup refuses with ``RuleMissing``: a rate
is never guessed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from counter_app.domain.allocation import Head
from counter_app.domain.complaint import ComplaintGroup, ComplaintType
from counter_app.domain.money import Paise
from counter_app.domain.payment import TenderKind
from counter_app.domain.refusals import ComplaintTypeUnknown, RuleMissing, TenderOff

DOMESTIC = "LV-1.2"


class Confidence(StrEnum):
    """How far the source of a rule is to be trusted; what is weaker than this is not a rule here."""

    HIGH = "high"
    MEDIUM = "medium"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What every rule set says of itself. ``valid_to`` is its last day, None while no end is known.

    ``scope`` is whom it binds; so far that is always the company.
    """

    name: str
    valid_from: date
    valid_to: date | None
    scope: str
    source: str
    confidence: Confidence

    def covers(self, on: date) -> bool:
        """Whether the rule set is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Slab:
    """Units a month above ``above`` and up to ``upto`` (None: open) at ``rate`` paise a unit."""

    above: int
    upto: int | None
    rate: Paise


@dataclass(frozen=True, slots=True)
class FixedBand:
    """The fixed charge of a consumption: paise a connection, or ``by_load`` paise a step of load.

    None where no source gives the figure.
    """

    above: int
    upto: int | None
    by_load: bool
    urban: Paise | None
    rural: Paise | None


@dataclass(frozen=True, slots=True)
class Tariff:
    """The rates of one category by one order.

    ``step_units`` is how many units make one step of load (0.1 kW). ``minimum_energy`` is the least
    energy charge of a month in paise; None where no source says whether there is one.
    """

    ruling: Ruling
    category: str
    slabs: tuple[Slab, ...]
    fixed: tuple[FixedBand, ...]
    step_units: int
    minimum_energy: Paise | None

    @property
    def name(self) -> str:
        """The order, as the bill names it."""
        return self.ruling.name

    @property
    def complete(self) -> bool:
        """Whether every fixed charge is known, so that any bill can be made from it."""
        known = [band.urban is not None and band.rural is not None for band in self.fixed]
        return bool(known) and all(known)


@dataclass(frozen=True, slots=True)
class DutyStep:
    """Units a month above ``above`` and up to ``upto``: duty in 1/100 % of their energy charge."""

    above: int
    upto: int | None
    basis_points: int


@dataclass(frozen=True, slots=True)
class Duty:
    """Electricity duty, by steps of consumption."""

    ruling: Ruling
    steps: tuple[DutyStep, ...]


@dataclass(frozen=True, slots=True)
class SurchargeMinimum:
    """The least surcharge a month on an outstanding above ``above`` and up to ``upto``, all in paise."""

    above: Paise
    upto: Paise | None
    amount: Paise


@dataclass(frozen=True, slots=True)
class Surcharge:
    """Delayed payment surcharge: 1/100 % of the outstanding a month or part of one, with minimums."""

    ruling: Ruling
    basis_points_a_month: int
    minimums: tuple[SurchargeMinimum, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """The order in which a payment is appropriated; every head but the advance is in it once."""

    ruling: Ruling
    heads: tuple[Head, ...]


@dataclass(frozen=True, slots=True)
class Tenders:
    """What is taken at the counter, and what is known but not taken."""

    ruling: Ruling
    taken: tuple[TenderKind, ...]
    off: tuple[str, ...]

    def demand(self, kind: str) -> None:
        """Refuse a tender that is not taken with ``TenderOff``."""
        if kind not in self.taken:
            raise TenderOff(kind)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The complaint types of the counter under their groups, in the order of the list."""

    ruling: Ruling
    groups: tuple[ComplaintGroup, ...]
    types: tuple[ComplaintType, ...]

    def type(self, key: str) -> ComplaintType:
        """The type of a two-digit key or a code; ``ComplaintTypeUnknown`` when there is none."""
        for row in self.types:
            if key in {row.key, row.code}:
                return row
        raise ComplaintTypeUnknown(key)


class Dated(Protocol):
    """A rule set of any kind."""

    @property
    def ruling(self) -> Ruling:
        """Its name, validity and source."""


Rule = TypeVar("Rule", bound=Dated)


@dataclass(frozen=True, slots=True)
class Rules:
    """All rule sets of the program, each kind in the order of validity."""

    tariffs: tuple[Tariff, ...]
    duties: tuple[Duty, ...]
    surcharges: tuple[Surcharge, ...]
    orders: tuple[Order, ...]
    tenders: tuple[Tenders, ...]
    catalogues: tuple[Catalogue, ...]

    def tariff(self, on: date, category: str = DOMESTIC) -> Tariff:
        """The tariff in force on a day, complete or not."""
        return _in_force("tariff", self._tariffs(category), on)

    def complete_tariff(self, on: date, category: str = DOMESTIC) -> Tariff:
        """The latest complete tariff that began on or before a day, even if one with gaps replaced it."""
        begun = [row for row in self._tariffs(category) if row.complete and row.ruling.valid_from <= on]
        if not begun:
            raise RuleMissing("tariff")
        return begun[-1]

    def duty(self, on: date) -> Duty:
        """The electricity duty on a day."""
        return _in_force("duty", self.duties, on)

    def surcharge(self, on: date) -> Surcharge:
        """The delayed payment surcharge on a day."""
        return _in_force("surcharge", self.surcharges, on)

    def order(self, on: date) -> Order:
        """The order of appropriation on a day."""
        return _in_force("order", self.orders, on)

    def tenders_on(self, on: date) -> Tenders:
        """The tenders taken on a day."""
        return _in_force("tenders", self.tenders, on)

    def catalogue(self, on: date) -> Catalogue:
        """The complaint catalogue on a day."""
        return _in_force("complaints", self.catalogues, on)

    def _tariffs(self, category: str) -> tuple[Tariff, ...]:
        return tuple(row for row in self.tariffs if row.category == category)


def _in_force(kind: str, rows: Iterable[Rule], on: date) -> Rule:
    for row in rows:
        if row.ruling.covers(on):
            return row
    raise RuleMissing(kind)
