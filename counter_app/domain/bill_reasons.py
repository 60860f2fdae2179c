"""Why a bill differs from another of the same connection: reasons that add up to the difference."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.bill import Bill, Charge, Per
from counter_app.domain.bill_making import Priced, days_of
from counter_app.domain.money import Paise, portion
from counter_app.domain.refusals import RuleMissing
from counter_app.domain.tariff.charges import widened

_AVERAGES = {"average", "assessed"}
_OWN_REASON = {Charge.ENERGY, Charge.DUTY, Charge.FIXED, Charge.FPPAS, Charge.SUBSIDY}


class Why(StrEnum):
    """Reasons for another amount."""

    USE = "use"
    DAYS = "days"
    AVERAGE = "average"
    READ_AGAIN = "read_again"
    PRICE = "price"
    ORDER = "order"
    FIXED_BY_LOAD = "fixed_by_load"
    FIXED_BY_CONNECTION = "fixed_by_connection"
    FIXED = "fixed"
    SUBSIDY_LOST = "subsidy_lost"
    SUBSIDY_WON = "subsidy_won"
    SUBSIDY = "subsidy"
    FPPAS = "fppas"
    HEAD = "head"
    ARREARS = "arrears"
    SURCHARGE = "surcharge"
    BILLING = "billing"
    ROUNDING = "rounding"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason and what it makes in paise (above zero: dearer).

    ``before`` and ``now`` are its facts: tenths of a unit a day (use), days, units (limit of the fixed
    charge by connection, in ``now``), else paise. ``head`` is that of ``Why.HEAD``.
    """

    why: Why
    amount: Paise
    before: int = 0
    now: int = 0
    head: Charge | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two bills of a connection and why the later one is another, the weightiest reason first."""

    before: Bill
    now: Bill
    reasons: tuple[Reason, ...]

    @property
    def difference(self) -> Paise:
        """How much more the later bill asks for; the reasons add up to it."""
        return self.now.net - self.before.net


def compare(before: Bill, now: Bill, rates_before: Priced | None, rates_now: Priced | None) -> Comparison:
    """Why ``now`` asks for more or less than ``before``.

    Each is worked out by putting days, use and rates of the later bill in place of the earlier one's,
    one after the other. Where the rates of a bill are not known here, its own mean price a unit stands
    for them.
    """
    found = [*_used(before, now, rates_before, rates_now), *_heads(before, now)]
    found += [
        Reason(Why.ARREARS, _arrears(now) - _arrears(before), _arrears(before), _arrears(now)),
        Reason(Why.SURCHARGE, now.surcharge - before.surcharge, before.surcharge, now.surcharge),
    ]
    rounding = now.net - before.net - sum(reason.amount for reason in found)
    found.append(Reason(Why.ROUNDING, rounding))
    order = list(Why)
    weighty = (reason for reason in found if reason.amount)
    return Comparison(
        before, now, tuple(sorted(weighty, key=lambda row: (-abs(row.amount), order.index(row.why))))
    )


@dataclass(frozen=True, slots=True)
class _Model:
    """What a bill's rates make of other units and days; without rates, its own mean price a unit."""

    bill: Bill
    rates: Priced | None

    def of(self, units: int, days: int) -> tuple[Paise, Paise] | None:
        """Energy with duty, and the fixed charge; None where the rates are not known."""
        if self.rates is None or units < 0:
            return None
        try:
            made = self.rates.charges(units, days)
        except RuleMissing:
            return None
        return made.amount(Charge.ENERGY) + made.amount(Charge.DUTY), made.amount(Charge.FIXED)

    def near(self, units: int, days: int) -> tuple[Paise, Paise]:
        """The same, near enough where the rates are not known."""
        known = self.of(units, days)
        if known is not None:
            return known
        used = _by_use(self.bill)
        return (portion(used, units, self.bill.units) if self.bill.units else used), self.bill.charge(
            Charge.FIXED
        )


def _used(before: Bill, now: Bill, rates_before: Priced | None, rates_now: Priced | None) -> Iterator[Reason]:
    """Days, use, rates and fixed charge."""
    old, new = _Model(before, rates_before), _Model(now, rates_now)
    days_before, days = days_of(before), days_of(now)
    span_before, span = _span(before), _span(now)
    same_use = portion(before.units, span, span_before)
    start, start_fixed = old.near(before.units, days_before)
    longer, _ = old.near(same_use, days)
    more, more_fixed = old.near(now.units, days)
    another = before.rates != now.rates or before.tariff != now.tariff
    known = old.of(now.units, days) is not None
    newer, newer_fixed = (new.of(now.units, days) or _actual(now)) if another else (more, more_fixed)
    used, fixed = _by_use(now) - _by_use(before), now.charge(Charge.FIXED) - before.charge(Charge.FIXED)
    by_order, by_days = newer - more + newer_fixed - more_fixed, longer - start
    by_use, by_load = more - longer, more_fixed - start_fixed
    rest = used + fixed - by_order - by_days - by_use - by_load
    by_price = 0
    if not known and not another:
        # Dearer slabs and bands are a part of having used more; where as much was used, they are not.
        by_use, by_load, rest = used - by_days, fixed, 0
        if _a_day(before) == _a_day(now):
            by_use, by_price = 0, by_use
    yield Reason(Why.DAYS, by_days, span_before, span)
    yield Reason(_why_use(before, now), by_use, _a_day(before), _a_day(now))
    yield Reason(Why.PRICE, by_price)
    yield Reason(Why.ORDER, by_order)
    yield Reason(_why_fixed(before, now), by_load, before.units, _limit(rates_before, days))
    yield Reason(Why.BILLING, rest)


def _heads(before: Bill, now: Bill) -> Iterator[Reason]:
    """Subsidy, FPPAS and every other head."""
    for head in Charge:
        was, is_now = before.charge(head), now.charge(head)
        if head is Charge.SUBSIDY:
            why = Why.SUBSIDY
            if was < 0 == is_now:
                why = Why.SUBSIDY_LOST
            elif was == 0 > is_now:
                why = Why.SUBSIDY_WON
            yield Reason(why, is_now - was, was, is_now)
        elif head is Charge.FPPAS:
            yield Reason(Why.FPPAS, is_now - was, was, is_now)
        elif head not in _OWN_REASON:
            yield Reason(Why.HEAD, is_now - was, was, is_now, head)


def _why_use(before: Bill, now: Bill) -> Why:
    if now.basis in _AVERAGES and before.basis not in _AVERAGES:
        return Why.AVERAGE
    if before.basis in _AVERAGES and now.basis not in _AVERAGES:
        return Why.READ_AGAIN
    return Why.USE


def _why_fixed(before: Bill, now: Bill) -> Why:
    if now.fixed_per is Per.STEP and now.fixed_steps and not before.fixed_steps:
        return Why.FIXED_BY_LOAD
    if before.fixed_per is Per.STEP and before.fixed_steps and not now.fixed_steps:
        return Why.FIXED_BY_CONNECTION
    return Why.FIXED


def _limit(rates: Priced | None, days: int) -> int:
    """The units up to which the fixed charge is by connection; 0 where that is not known."""
    bands = rates.tariff.fixed if rates else ()
    return max(
        (widened(band.upto, days) for band in bands if band.per is Per.CONNECTION and band.upto), default=0
    )


def _actual(bill: Bill) -> tuple[Paise, Paise]:
    return _by_use(bill), bill.charge(Charge.FIXED)


def _by_use(bill: Bill) -> Paise:
    return bill.charge(Charge.ENERGY) + bill.charge(Charge.DUTY)


def _arrears(bill: Bill) -> Paise:
    return bill.arrear + bill.arrear_duty


def _span(bill: Bill) -> int:
    """Days between the readings."""
    return max((bill.current.on - bill.previous.on).days, 1)


def _a_day(bill: Bill) -> int:
    """Tenths of a unit used a day."""
    return portion(bill.units * 10, 1, _span(bill))
