"""Bills as the billing system made them, and what is payable on a given day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from counter_app.domain.allocation import Head, allocate
from counter_app.domain.days import Month
from counter_app.domain.money import Paise, to_rupee


class Charge(StrEnum):
    """Heads of a bill's break-up, in the order in which the bill prints them."""

    ENERGY = "energy"
    FPPAS = "fppas"
    FIXED = "fixed"
    DUTY = "duty"
    REBATE = "rebate"
    SUBSIDY = "subsidy"


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One head and its amount in paise (below zero: in the consumer's favour)."""

    charge: Charge
    amount: Paise


@dataclass(frozen=True, slots=True)
class SlabLine:
    """Units charged in one slab: from ``above`` (excluded) to ``upto`` (None: open), rate in paise a unit."""

    above: int
    upto: int | None
    rate: Paise
    units: int
    amount: Paise


@dataclass(frozen=True, slots=True)
class Reading:
    """A meter reading."""

    on: date
    value: int


@dataclass(frozen=True, slots=True)
class Bill:
    """One month's bill. Amounts in paise; ``net`` is whole rupees.

    ``net`` = charges + arrear + arrear_duty + surcharge, rounded to the rupee. ``late_surcharge`` is
    added when paid after ``due``. ``rates`` names the tariff order, ``fixed_steps`` the number of
    0.1 kW steps and their rate where the fixed charge is by load.
    """

    number: str
    consumer: str
    month: Month
    issued: date
    due: date
    basis: str
    tariff: str
    rates: str
    meter: str
    previous: Reading
    current: Reading
    factor: int
    metered: int
    assessed: int
    charges: tuple[ChargeLine, ...]
    slabs: tuple[SlabLine, ...]
    fixed_steps: tuple[int, Paise] | None
    arrear: Paise
    arrear_duty: Paise
    surcharge: Paise
    net: Paise
    late_surcharge: Paise

    @property
    def units(self) -> int:
        """Units billed."""
        return self.metered + self.assessed

    def charge(self, charge: Charge) -> Paise:
        """The amount of one head; 0 when the bill has no such line."""
        return sum(line.amount for line in self.charges if line.charge is charge)

    @property
    def current_month(self) -> Paise:
        """This month's own charges, rounded to the rupee."""
        return to_rupee(sum(line.amount for line in self.charges))


@dataclass(frozen=True, slots=True)
class MonthUse:
    """A row of the consumption history."""

    month: Month
    units: int
    reading: int
    amount: Paise
    basis: str


@dataclass(frozen=True, slots=True)
class Payable:
    """What is payable on ``on``. ``amount`` is what to ask for (never below 0).

    ``balance`` below zero is money in the consumer's favour: "not for payment".
    ``until_due`` and ``after_due`` are the two figures of the bill's strip, less the same payments.
    """

    on: date
    amount: Paise
    balance: Paise
    surcharge_added: Paise
    paid: Paise
    until_due: Paise
    after_due: Paise
    owed: Mapping[Head, Paise]

    @property
    def not_for_payment(self) -> bool:
        """The consumer owes nothing; the bill prints "not for payment" when it is below zero."""
        return self.balance < 0


def payable(bill: Bill, paid: Paise, on: date, order: tuple[Head, ...]) -> Payable:
    """What is payable for a bill on a day, after payments not in it yet.

    ``paid`` is the sum of payments the billing system has not posted and of this counter's own
    receipts that it cannot know yet. The late surcharge is added after the due date while
    something positive remains (NGB payable rule, domain notes 3.8). ``order`` is the order of
    appropriation in force; earlier payments are taken off the heads in it.
    """
    before = bill.net - paid
    late = bill.late_surcharge if before > 0 else 0
    surcharge_added = late if on > bill.due else 0
    balance = before + surcharge_added
    return Payable(
        on=on,
        amount=max(balance, 0),
        balance=balance,
        surcharge_added=surcharge_added,
        paid=paid,
        until_due=max(before, 0),
        after_due=max(before + late, 0),
        owed=_owed(bill, paid, surcharge_added, order),
    )


def _owed(bill: Bill, paid: Paise, surcharge_added: Paise, order: tuple[Head, ...]) -> dict[Head, Paise]:
    """What remains owed by head. The rounding of the bill stands in the current head."""
    owed = {
        Head.CURRENT_DUTY: bill.charge(Charge.DUTY),
        Head.ARREAR_DUTY: bill.arrear_duty,
        Head.SURCHARGE: bill.surcharge + surcharge_added,
        Head.ARREAR: bill.arrear,
    }
    owed[Head.CURRENT] = bill.net + surcharge_added - sum(owed.values())
    for share in allocate(paid, owed, order):
        if share.head is not Head.ADVANCE:
            owed[share.head] -= share.amount
    return owed
