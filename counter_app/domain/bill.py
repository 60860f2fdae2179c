"""Bills as the billing system made them, and what is payable on a given day."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from counter_app.domain.allocation import Head, allocate
from counter_app.domain.days import Month
from counter_app.domain.money import Paise, to_rupee
from counter_app.domain.value import value


class Charge(StrEnum):
    """Heads of a bill's break-up, in the order in which the bill prints them.

    The first three make sub-total 1, the next two sub-total 2, and all up to the subsidy sub-total 3.
    """

    ENERGY = "energy"
    FPPAS = "fppas"
    FIXED = "fixed"
    DUTY = "duty"
    ADJUSTMENT = "adjustment"
    PENAL = "penal"
    POWER_FACTOR = "power_factor"
    DEPOSIT_INSTALMENT = "deposit_instalment"
    TIME_OF_DAY = "time_of_day"
    DEPOSIT_INTEREST = "deposit_interest"
    LOAD_FACTOR = "load_factor"
    LOCK_CREDIT = "lock_credit"
    EMPLOYEE = "employee"
    PREPAID = "prepaid"
    ONLINE = "online"
    PROMPT = "prompt"
    ADVANCE = "advance"
    DEMAND_SIDE = "demand_side"
    GREEN = "green"
    REBATE = "rebate"
    SUBSIDY = "subsidy"


class Per(StrEnum):
    """What a fixed charge is counted by."""

    CONNECTION = "connection"
    STEP = "0.1 kW"  # of the load that the consumption stands for, not of the sanctioned load
    KW = "kW"
    KVA = "kVA"
    HP = "HP"
    KW_DAY = "kW a day"


@value
class ChargeLine:
    """One head and its amount in paise (below zero: in the consumer's favour)."""

    charge: Charge
    amount: Paise


@value
class SlabLine:
    """Units charged in one slab: from ``above`` (excluded) to ``upto`` (None: open), rate in paise a unit."""

    above: int
    upto: int | None
    rate: Paise
    units: int
    amount: Paise


@value
class Reading:
    """A meter reading."""

    on: date
    value: int


@value
class Measured:
    """What a bill is made by beside its units; None or empty where the billing system does not say it.

    ``contract`` and ``recorded`` are demands in watts, or volt-amperes where ``apparent``; ``power_factor``
    counts thousandths; ``by_window`` gives the units of time of day windows by their names on the bill.
    """

    contract: int | None = None
    recorded: int | None = None
    apparent: bool = False
    power_factor: int | None = None
    by_window: tuple[tuple[str, int], ...] = ()
    prepaid: bool = False


@value
class Bill:
    """One month's bill. Amounts in paise; ``net`` is whole rupees.

    ``net`` = charges + arrear + arrear_duty + surcharge, rounded to the rupee. ``late_surcharge`` is
    added when paid after ``due``. ``rates`` names the tariff order, ``fixed_steps`` the number of
    ``fixed_per`` and the rate of each where the fixed charge is by load. ``deposit_pending`` is what is still
    wanting of the security deposit; None where the billing system does not say it.
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
    fixed_per: Per = Per.STEP
    measured: Measured | None = None
    deposit_pending: Paise | None = None

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


@value
class MonthUse:
    """A row of the consumption history; ``measured`` where the bill says more than units."""

    month: Month
    units: int
    reading: int
    amount: Paise
    basis: str
    measured: Measured | None = None


@value
class Payable:
    """What is payable on ``on``. ``amount`` is what to ask for (never below 0).

    ``balance`` below zero is money in the consumer's favour: "not for payment".
    ``until_due`` and ``after_due`` are the two figures of the bill's strip, less the same payments.
    ``amount``, ``until_due`` and ``after_due`` are whole rupees. ``owed`` adds up to ``balance``: no
    head is below zero but the advance, which then is what the consumer has over.
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


def payable(
    bill: Bill,
    paid: Paise,
    on: date,
    order: tuple[Head, ...],
    paid_late: Paise = 0,
    last_day: date | None = None,
) -> Payable:
    """What is payable for a bill on a day, after payments not in it yet.

    ``paid`` is the sum of payments the billing system has not posted and of this counter's own
    receipts that it cannot know yet; ``paid_late`` that part of it which came after ``last_day``, until
    which the bill is paid in time (None: the due date). The late surcharge is owed, whole, after that day
    when something of the bill was unpaid on it (tariff order: on the outstanding, a month or part of one).
    So a receipt for a part, and the account after it, name the same rest. The billing system's own print
    drops the surcharge once late payments reach the bill without it, and asks for it on the next bill
    instead. ``order`` is the order of appropriation in force; earlier payments are taken off the heads in it.
    """
    before = bill.net - paid
    late = bill.late_surcharge if before + paid_late > 0 else 0
    surcharge_added = late if on > (last_day or bill.due) else 0
    balance = before + surcharge_added
    return Payable(
        on=on,
        amount=_asked(balance),
        balance=balance,
        surcharge_added=surcharge_added,
        paid=paid,
        until_due=_asked(before),
        after_due=_asked(before + late),
        owed=_owed(bill, paid, surcharge_added, order),
    )


def _asked(balance: Paise) -> Paise:
    """What to ask for: whole rupees, never below zero."""
    return max(to_rupee(balance), 0)


def _owed(bill: Bill, paid: Paise, surcharge_added: Paise, order: tuple[Head, ...]) -> dict[Head, Paise]:
    """What remains owed by head. The rounding of the bill stands in the current head.

    A head below zero (a credit in the arrears, say) pays for the others like money paid in.
    """
    billed = {
        Head.CURRENT_DUTY: bill.charge(Charge.DUTY),
        Head.ARREAR_DUTY: bill.arrear_duty,
        Head.SURCHARGE: bill.surcharge + surcharge_added,
        Head.ARREAR: bill.arrear,
    }
    billed[Head.CURRENT] = bill.net + surcharge_added - sum(billed.values())
    credit = -sum(min(amount, 0) for amount in billed.values())
    owed = {head: max(amount, 0) for head, amount in billed.items()}
    for share in allocate(paid + credit, owed, order):
        owed[share.head] = owed.get(share.head, 0) - share.amount
    return owed
