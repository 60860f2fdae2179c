"""The rules that change by order and notice: dated values, looked up by day.

Nothing here knows a rate or a limit; they stand in ``resources/rules`` with their sources and are
read by ``rule_reading``, those of complaints and of the bill when they are first asked for. Where no rule
covers a day the lookup refuses with ``RuleMissing``: a rate is never guessed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from counter_app.domain.allocation import Head
from counter_app.domain.banking import Banking
from counter_app.domain.charges import CHOOSING, ChargeHead
from counter_app.domain.days import business_day
from counter_app.domain.money import Paise
from counter_app.domain.money_refusals import AgentDayFull, AgentReceiptTooLarge, ChargeUnknown, FaceUnknown
from counter_app.domain.payee import Payee
from counter_app.domain.payment import PAPER, TenderKind
from counter_app.domain.refusals import ComplaintTypeUnknown, RuleMissing, TenderOff
from counter_app.domain.ruling import Dated, InForce, Ruling
from counter_app.domain.service_level import (
    Area,
    Compensation,
    Due,
    Ladder,
    Promise,
    Service,
    ServiceLevels,
)  # fmt: skip
from counter_app.domain.value import value

if TYPE_CHECKING:
    from counter_app.domain.billing_reading import BillingRules
    from counter_app.domain.catalogue import Catalogue, ComplaintType
    from counter_app.domain.complaint_reading import ComplaintRules
    from counter_app.domain.drawer import Counted, Face
    from counter_app.domain.tariff.conditions import (
        Conditions,
        Deposit,
        Fppas,
        Subsidy,
        Surcharge,
        TimeOfDay,
    )
    from counter_app.domain.tariff.rates import Duty, Tariff

DOMESTIC = "LV-1.2"


@value
class Order:
    """The order in which a payment is appropriated; every head but the advance is in it once."""

    ruling: Ruling
    heads: tuple[Head, ...]

    @property
    def key(self) -> str:
        """There is only one at a time."""
        return ""


@value
class Tenders:
    """What is taken at the counter, what is known but not taken, and how far each goes.

    ``cash_a_day`` and ``cash_a_bill``: the most cash from one person on one day, for one bill; None: no limit
    is known. Cheques and drafts: taken until ``paper_until`` (Indian time), and in time for a due date when
    they come ``paper_days`` before it. ``rebated`` earn the online rebate in the next bill.
    """

    ruling: Ruling
    taken: tuple[TenderKind, ...]
    off: tuple[TenderKind, ...]
    cash_a_day: Paise | None = None
    cash_a_bill: Paise | None = None
    paper_until: time | None = None
    paper_days: int = 0
    rebated: tuple[TenderKind, ...] = ()

    @property
    def key(self) -> str:
        """There is only one at a time."""
        return ""

    def demand(self, kind: str) -> None:
        """Refuse a tender that is not taken with ``TenderOff``."""
        if kind not in self.taken:
            raise TenderOff(kind)

    def last_day(self, kind: TenderKind, last_day: date) -> date:
        """Until when a tender is in time for a bill that can be paid until ``last_day``."""
        return last_day - timedelta(days=self.paper_days) if kind in PAPER else last_day


@value
class Holidays:
    """Public holidays: a due date that falls on one moves to the next day that is none (Supply Code 9.4)."""

    ruling: Ruling
    days: tuple[date, ...]

    @property
    def key(self) -> str:
        """There is only one at a time."""
        return ""


@value
class AgentLimits:
    """The most that an agent takes, in paise: on one receipt, and on one day; None: no limit."""

    ruling: Ruling
    per_receipt: Paise | None
    per_day: Paise | None

    @property
    def key(self) -> str:
        """There is only one at a time."""
        return ""

    def demand(self, amount: Paise, before: Paise) -> None:
        """Refuse a receipt above the limits; ``before`` is what the agent took today."""
        if self.per_receipt is not None and amount > self.per_receipt:
            raise AgentReceiptTooLarge(self.per_receipt)
        if self.per_day is not None and before + amount > self.per_day:
            raise AgentDayFull(self.per_day)


@value
class Counting:
    """By which notes and coins (paise) a drawer is counted, the largest first.

    ``tolerance``: by how much a count may differ before a second person has to agree.
    """

    ruling: Ruling
    notes: tuple[Paise, ...]
    coins: tuple[Paise, ...]
    tolerance: Paise

    @property
    def key(self) -> str:
        """There is only one at a time."""
        return ""

    @property
    def faces(self) -> "tuple[Face, ...]":
        """All of them, notes first."""
        from counter_app.domain.drawer import Piece  # a start counts nothing

        return (*((Piece.NOTE, face) for face in self.notes), *((Piece.COIN, face) for face in self.coins))

    def total(self, counts: "Iterable[Counted]") -> Paise:
        """What was counted; ``FaceUnknown`` for a note or coin that is not among them."""
        from counter_app.domain.drawer import counted_total

        counts = tuple(counts)
        for one in counts:
            if (one.piece, one.face) not in self.faces:
                raise FaceUnknown(one.face)
        return counted_total(counts)


Rule = TypeVar("Rule", bound=Dated)


@dataclass(frozen=True)
class Rules:
    """All rule sets of the program, each kind in the order of validity.

    ``read_complaints`` and ``read_billing`` read those of complaints and of the bill, which are many and
    not needed at the start. ``sent``: the files of the company among them, as name and text.
    """

    orders: tuple[Order, ...]
    tenders: tuple[Tenders, ...]
    charges: tuple[ChargeHead, ...]
    holidays: tuple[Holidays, ...]
    banking: tuple[Banking, ...]
    agents: tuple[AgentLimits, ...]
    countings: tuple[Counting, ...]
    payees: tuple[Payee, ...]
    read_complaints: "Callable[[], ComplaintRules]" = field(repr=False, compare=False)
    read_billing: "Callable[[], BillingRules]" = field(repr=False, compare=False)
    sent: frozenset[tuple[str, str]] = field(default=frozenset(), repr=False, compare=False)

    @cached_property
    def complaints(self) -> "ComplaintRules":
        """The rules of complaints; ``RuleFileWrong`` when a file of them is wrong."""
        return self.read_complaints()

    @cached_property
    def billing(self) -> "BillingRules":
        """The rules of the bill; ``RuleFileWrong`` when a file of them is wrong."""
        return self.read_billing()

    @property
    def kinds(self) -> set[str]:
        """The kinds of which there is at least one rule; ``RuleFileWrong`` like ``billing``."""
        return {kind for kind, found in self._by_kind().items() if found}

    def in_force(self, on: date) -> tuple[InForce, ...]:
        """What is in force on a day or known to come, kind by kind; ``RuleFileWrong`` like ``billing``."""
        found = (
            InForce(kind, rule.ruling)
            for kind, rules in self._by_kind().items()
            for rule in rules
            if rule.ruling.valid_to is None or on <= rule.ruling.valid_to
        )
        return tuple(dict.fromkeys(found))

    def _by_kind(self) -> dict[str, tuple[Dated, ...]]:
        of_counter: dict[str, tuple[Dated, ...]] = {
            "orders": self.orders, "tenders": self.tenders, "payees": self.payees, "charges": self.charges,
            "banking": self.banking, "agents": self.agents, "countings": self.countings,
            "holidays": self.holidays,
        }  # fmt: skip
        return of_counter | self.complaints._asdict() | self.billing._asdict()

    def tariff(self, on: date, category: str = DOMESTIC, load: int | None = None) -> "Tariff":
        """The tariff in force on a day for a load in watts, complete or not.

        Without a load, that of the category's smallest loads.
        """
        return _in_force("tariff", self._tariffs(category, load), on)

    def named_tariff(self, name: str, category: str, load: int) -> "Tariff | None":
        """The tariff of an order by the name that a bill gives it; None when it is not known here."""
        return next((row for row in self._tariffs(category, load) if row.name == name), None)

    def complete_tariff(self, on: date, category: str = DOMESTIC) -> "Tariff":
        """The latest complete tariff that began on or before a day, even if one with gaps replaced it."""
        rows = self._tariffs(category, None)
        begun = [row for row in rows if row.complete and row.ruling.valid_from <= on]
        if not begun:
            raise RuleMissing("tariff")
        return begun[-1]

    def duty(self, on: date, category: str = DOMESTIC, purpose: str = "") -> "Duty":
        """The electricity duty on a day: by the purpose of the supply, else by its tariff category."""
        rows = [row for row in self.billing.duties if purpose and purpose in row.uses]
        if not rows:
            fits = [max((use for use in row.uses if category.startswith(use)), key=len, default="")
                    for row in self.billing.duties]  # fmt: skip
            closest = max(map(len, fits), default=0)
            rows = [
                row for row, use in zip(self.billing.duties, fits, strict=True) if len(use) == closest > 0
            ]
        return _in_force("duty", rows, on)

    def surcharge(self, on: date, category: str = DOMESTIC) -> "Surcharge":
        """The delayed payment surcharge on a day."""
        own = [row for row in self.billing.surcharges if row.category == category]
        return _in_force("surcharge", own or [row for row in self.billing.surcharges if not row.category], on)

    def fppas(self, on: date) -> "Fppas | None":
        """The adjustment of fuel and power purchase on a day; None where none is known."""
        return next((row for row in self.billing.fppas_rates if row.ruling.covers(on)), None)

    def conditions(self, on: date) -> "Conditions":
        """The general conditions on a day."""
        return _in_force("conditions", self.billing.general, on)

    def time_of_day(self, on: date, category: str, load: int) -> "TimeOfDay | None":
        """The time of day rates of a category and load in watts; None where there are none."""
        for row in self.billing.times_of_day:
            known = category in row.categories and load > row.load_above
            if known and row.ruling.covers(on):
                return row
        return None

    def subsidy(self, on: date, scheme: str, category: str, load: int = 0) -> "Subsidy":
        """A scheme of the state on a day, for a tariff category and a load in watts."""
        rows = [
            row for row in self.billing.subsidies
            if row.scheme == scheme and _is_for(row, load) and f"{category}.".startswith(f"{row.category}.")
        ]  # fmt: skip
        return _in_force("subsidy", rows, on)

    def deposit(self, on: date) -> "Deposit":
        """How the security deposit is worked out on a day."""
        return _in_force("deposit", self.billing.deposits, on)

    def order(self, on: date) -> Order:
        """The order of appropriation on a day."""
        return _in_force("order", self.orders, on)

    def tenders_on(self, on: date) -> Tenders:
        """The tenders taken on a day."""
        return _in_force("tenders", self.tenders, on)

    def banking_on(self, on: date) -> Banking:
        """What holds for money that the bank has still to confirm on a day."""
        return _in_force("bank", self.banking, on)

    def agent_limits(self, on: date) -> AgentLimits | None:
        """What agents may take on a day; None where no rule limits them."""
        return next((row for row in self.agents if row.ruling.covers(on)), None)

    def payee(self, on: date) -> Payee | None:
        """Whom UPI apps pay on a day; None while the company has named nobody."""
        return next((row for row in self.payees if row.ruling.covers(on)), None)

    def counting(self, on: date) -> Counting:
        """By what a drawer is counted on a day."""
        return _in_force("counting", self.countings, on)

    def charges_on(self, on: date) -> tuple[ChargeHead, ...]:
        """The heads of money that is no bill on a day, by the key that chooses them."""
        found = [row for row in self.charges if row.ruling.covers(on)]
        return tuple(sorted(found, key=lambda row: CHOOSING.index(row.digit)))

    def charge(self, on: date, key: str) -> ChargeHead:
        """One head on a day; ``ChargeUnknown``."""
        for row in self.charges_on(on):
            if row.key == key:
                return row
        raise ChargeUnknown

    def last_day(self, due: date) -> date:
        """Until when a bill can be paid in time: its due date, or the next day that is no holiday."""
        while any(due in row.days for row in self.holidays if row.ruling.covers(due)):
            due += timedelta(days=1)
        return due

    def catalogue(self, on: date) -> "Catalogue":
        """The complaint catalogue on a day."""
        return _in_force("complaints", self.complaints.catalogues, on)

    @property
    def confidential(self) -> frozenset[str]:
        """The codes of complaint types that any catalogue keeps confidential: what was told so, stays so."""
        return frozenset[str]().union(*(one.confidential for one in self.complaints.catalogues))

    def levels_on(self, on: date) -> ServiceLevels:
        """The service levels on a day."""
        return _in_force("service levels", self.complaints.service_levels, on)

    def service(self, kind: "ComplaintType", on: date) -> Service | None:
        """The service whose standard holds for a complaint type on a day; None for one without."""
        return self.levels_on(on).service(kind.service) if kind.service else None

    def known_type(self, code: str, on: date) -> "ComplaintType | None":
        """The complaint type of a code on a day; None for one of a catalogue that is not here."""
        try:
            return self.catalogue(on).type(code)
        except (RuleMissing, ComplaintTypeUnknown):
            return None

    def compensation(self, code: str, on: date, promise: Promise, at: datetime) -> Compensation:
        """What is due at an instant for a complaint of this type that was registered on a day."""
        kind = self.known_type(code, on)
        levels = next((row for row in self.complaints.service_levels if row.ruling.covers(on)), None)
        return levels.compensation(kind.service, promise, at) if kind and levels else Compensation()

    def ladder(self, kind: "ComplaintType", area: Area, at: datetime) -> Ladder:
        """Who must act on a complaint of this type that is registered at an instant, level by level."""
        service = self.service(kind, business_day(at))
        return service.ladder(area, at) if service else (Due(kind.actor.level, None),)

    def _tariffs(self, category: str, load: int | None) -> "tuple[Tariff, ...]":
        return tuple(
            row for row in self.billing.tariffs if row.category == category and _is_for(row, load or 0)
        )


def _is_for(row: "Tariff | Subsidy", load: int) -> bool:
    """Whether rates are for a load in watts; nothing counts as the smallest load."""
    return row.load_above < max(load, 1) <= row.load_upto


def _in_force(kind: str, rows: Iterable[Rule], on: date) -> Rule:
    for row in rows:
        if row.ruling.covers(on):
            return row
    raise RuleMissing(kind)
