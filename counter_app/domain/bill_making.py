"""How a bill was made, line by line, and whether the order in force makes the same of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from counter_app.domain.bill import Bill, Charge, Per, SlabLine
from counter_app.domain.consumer import Consumer
from counter_app.domain.money import Paise, portion
from counter_app.domain.refusals import RuleMissing
from counter_app.domain.rules import Rules
from counter_app.domain.tariff.charges import Charges, billed_days, charges, duty_bases
from counter_app.domain.tariff.load import Load
from counter_app.domain.tariff.rates import Duty, Tariff
from counter_app.domain.tariff.split import named
from counter_app.domain.tariff.whole import Use, bill_charges, parts_of


class Beside(StrEnum):
    """Lines of a bill that are no head of its charges."""

    MINIMUM = "minimum"
    UNEXPLAINED = "unexplained"
    MONTH = "month"
    ARREAR = "arrear"
    ARREAR_DUTY = "arrear_duty"
    SURCHARGE = "surcharge"
    ROUNDING = "rounding"
    NET = "net"


@dataclass(frozen=True, slots=True)
class Units:
    """All units of the bill."""

    count: int


@dataclass(frozen=True, slots=True)
class FixedCount:
    """A fixed charge of so many of ``per`` at ``rate`` paise each."""

    count: int
    per: Per
    rate: Paise


@dataclass(frozen=True, slots=True)
class DutyShare:
    """Duty of ``basis_points`` on the energy charge (``base`` paise) of some units a month."""

    above: int
    upto: int | None
    basis_points: int
    base: Paise


@dataclass(frozen=True, slots=True)
class MadeLine:
    """A line of a bill and how it came about. ``part``: it is contained in the head above it.

    ``ours`` is what the order makes of the head in paise; None where that was not worked out.
    """

    what: Charge | Beside
    amount: Paise
    how: Units | SlabLine | FixedCount | DutyShare | None = None
    part: bool = False
    ours: Paise | None = None

    @property
    def differs(self) -> bool:
        """Whether the billing system charged another amount than the order makes."""
        return self.ours is not None and self.ours != self.amount


@dataclass(frozen=True, slots=True)
class Check:
    """What an order makes of a bill's units: ``heads`` in paise, only those that the bill lets one work out.

    ``in_force``: the order held while the units were used; otherwise it is only the one that the bill
    names. No heads: no order here makes this bill. ``slabs`` and ``fixed`` are how energy and fixed charge
    come about.
    """

    order: str
    in_force: bool
    heads: Mapping[Charge, Paise]
    duty: Duty | None = None
    slabs: tuple[SlabLine, ...] = ()
    fixed: FixedCount | None = None

    def makes(self, bill: Bill, head: Charge) -> bool:
        """Whether the order makes the bill's very amount of a head."""
        return self.heads.get(head) == bill.charge(head)


def check(rules: Rules, consumer: Consumer, bill: Bill) -> Check:
    """Work a bill out again: by the orders in force, else by the one it names."""
    nothing = Check(bill.rates, in_force=False, heads={})
    if bill.units < 0 or bill.current.on < bill.previous.on:
        return nothing
    consumer = replace(consumer, tariff=bill.tariff)
    try:
        made = bill_charges(rules, consumer, _use(rules, bill))
        tariff = rules.tariff(bill.current.on, bill.tariff, consumer.load)
        return _found(bill, made, tariff, _duty(rules, consumer, bill), in_force=True)
    except RuleMissing:
        pass
    named = priced(rules, consumer, bill)
    if named is None:
        return nothing
    try:
        made = named.charges(bill.units, days_of(bill))
    except RuleMissing:
        return nothing
    return _found(bill, made, named.tariff, named.duty, in_force=False)


@dataclass(frozen=True, slots=True)
class Priced:
    """The rates that a bill says it was made by, for this connection."""

    tariff: Tariff
    duty: Duty
    urban: bool
    load: Load

    def charges(self, units: int, days: int) -> Charges:
        """What they make of some units; ``RuleMissing`` where a figure is not known."""
        return charges(self.tariff, self.duty, units, urban=self.urban, days=days, load=self.load)


def priced(rules: Rules, consumer: Consumer, bill: Bill) -> Priced | None:
    """The rates a bill names; None where they are not known here."""
    tariff = rules.named_tariff(bill.rates, bill.tariff, consumer.load)
    if tariff is None:
        return None
    try:
        duty = rules.duty(bill.current.on, bill.tariff, consumer.purpose)
    except RuleMissing:
        return None
    return Priced(tariff, duty, consumer.urban, Load(consumer.load))


def with_order(rules: Rules, consumer: Consumer, bill: Bill) -> Bill:
    """The bill; one that names no order, with the name of what was in force while its units were used."""
    if bill.rates:
        return bill
    try:
        parts = parts_of(rules, replace(consumer, tariff=bill.tariff), bill.previous.on, bill.current.on)
    except RuleMissing:
        return bill
    return replace(bill, rates=named(parts))


def days_of(bill: Bill) -> int:
    """The days that a bill's slabs are for; at least one."""
    return billed_days(bill.previous.on, max(bill.current.on, bill.previous.on))


def lines_of(bill: Bill, found: Check) -> tuple[MadeLine, ...]:
    """Every line of a bill in its order; those that are no part of another add up to the net bill."""
    lines: list[MadeLine] = []
    for head in Charge:
        given = any(line.charge is head for line in bill.charges)
        ours = found.heads.get(head)
        if given or ours:
            amount = bill.charge(head)
            lines.append(MadeLine(head, amount, _counted(bill, head, found), ours=ours))
            lines.extend(_parts(bill, head, found))
    month = sum(line.amount for line in bill.charges)
    lines.append(MadeLine(Beside.MONTH, month))
    beside = {
        Beside.ARREAR: bill.arrear,
        Beside.ARREAR_DUTY: bill.arrear_duty,
        Beside.SURCHARGE: bill.surcharge,
        Beside.ROUNDING: bill.net - month - bill.arrear - bill.arrear_duty - bill.surcharge,
    }
    lines.extend(MadeLine(what, amount) for what, amount in beside.items() if amount)
    return (*lines, MadeLine(Beside.NET, bill.net))


def _use(rules: Rules, bill: Bill) -> Use:
    """The use that a bill tells of, as far as the rules can be applied to it.

    Nobody has settled what a power factor is taken of, nor how parts of a percent count; hours that do not
    make all units of the bill say nothing of the rest.
    """
    use, said = Use(bill.previous.on, bill.current.on, bill.units), bill.measured
    if said is None:
        return use
    contract, recorded = (
        None if demand is None else Load(demand, said.apparent) for demand in (said.contract, said.recorded)
    )
    percent = None
    if said.power_factor is not None and rules.conditions(bill.current.on).power_factor.base:
        whole, part = divmod(said.power_factor, 10)
        percent = None if part else whole
    hours = dict(said.by_window)
    return replace(
        use, contract=contract, recorded=recorded, power_factor=percent, prepaid=said.prepaid,
        by_window=hours if sum(hours.values()) == bill.units else {},
    )  # fmt: skip


def _found(bill: Bill, made: Charges, tariff: Tariff, duty: Duty, *, in_force: bool) -> Check:
    fixed = FixedCount(made.fixed_steps[0], made.fixed_per, made.fixed_steps[1]) if made.fixed_steps else None
    return Check(made.rates, in_force, _heads(bill, made, tariff), duty, made.slabs, fixed)


def _heads(bill: Bill, made: Charges, tariff: Tariff) -> dict[Charge, Paise]:
    """Heads that follow from what a bill says; many a bill does not say its demand."""
    demands = (bill.measured.contract, bill.measured.recorded) if bill.measured else (None,)
    unsaid = {Charge.FIXED, Charge.PENAL} if tariff.demand_based and None in demands else set()
    return {line.charge: line.amount for line in made.lines if line.charge not in unsaid}


def _duty(rules: Rules, consumer: Consumer, bill: Bill) -> Duty:
    return rules.duty(bill.current.on, bill.tariff, consumer.purpose)


def _counted(bill: Bill, head: Charge, found: Check) -> Units | FixedCount | None:
    if head is Charge.ENERGY:
        return Units(bill.units)
    if head is not Charge.FIXED:
        return None
    if bill.fixed_steps is None:
        return found.fixed if found.makes(bill, head) else None
    count, rate = bill.fixed_steps
    return FixedCount(count, bill.fixed_per, rate)


def _slabs(bill: Bill, found: Check) -> tuple[SlabLine, ...]:
    """The bill's slabs; of a bill that came without, the order's, where they make the same energy charge."""
    return bill.slabs or (found.slabs if found.makes(bill, Charge.ENERGY) else ())


def _parts(bill: Bill, head: Charge, found: Check) -> Iterator[MadeLine]:
    """What a head is made of."""
    slabs = _slabs(bill, found)
    if head is Charge.ENERGY and (slabs or not bill.units):
        for slab in slabs:
            yield MadeLine(head, slab.amount, slab, part=True)
        rest = bill.charge(head) - sum(slab.amount for slab in slabs)
        if rest:
            minimum = rest > 0 and found.makes(bill, head)
            yield MadeLine(Beside.MINIMUM if minimum else Beside.UNEXPLAINED, rest, part=True)
    if head is Charge.DUTY and found.duty is not None and found.makes(bill, head):
        bases = duty_bases(found.duty, slabs, days_of(bill))
        for step, base in zip(found.duty.steps, bases, strict=True):
            if base and step.basis_points:
                share = DutyShare(step.above, step.upto, step.basis_points, base)
                yield MadeLine(head, share_of(share), share, part=True)


def share_of(share: DutyShare) -> Paise:
    """A step's duty before the duty of the month is rounded to the rupee."""
    return portion(share.base, share.basis_points, 10_000)
