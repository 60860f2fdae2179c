"""Thirteen months of bills and what was paid of them, from the dated tariff."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random

from counter_app.domain.bill import Bill, Charge, MonthUse, Reading
from counter_app.domain.consumer import Consumer, Supply
from counter_app.domain.days import Month
from counter_app.domain.money import Paise, to_rupee
from counter_app.domain.rules import Duty, Rules, Tariff
from counter_app.domain.tariff import Charges, charges, late_surcharge
from counter_app.store.rows import KnownPayment

MONTHS = 13
PAID_MONTHS = 4
# Use by calendar month, in percent of a mean month: hot Mays, mild Februaries.
_SEASON = (88, 84, 96, 122, 148, 152, 128, 112, 106, 98, 90, 88)
_CHANNELS = (
    "portal", "upay", "upay", "bbps", "bbps", "bbps", "mponline", "agent", "pos", "other counter",
    "other counter", "kiosk", "atp",
)  # fmt: skip
_NEWEST_BILL_AFTER = timedelta(days=2)
_DAYS_TO_PAY = 15


@dataclass(frozen=True, slots=True)
class Account:
    """What the billing system would send of one consumer."""

    consumer: Consumer
    bill: Bill
    history: tuple[MonthUse, ...]
    payments: tuple[KnownPayment, ...]


class Biller:
    """Makes the accounts of a town as of a day."""

    def __init__(self, rules: Rules, today: date, dice: Random) -> None:
        self._rules, self._today, self._dice = rules, today, dice
        # Twenty thousand bills share two orders and some hundred counts of units: each is worked out once.
        self._rates = cache(self._rates_of)
        self._made: dict[tuple[str, str, int, bool], tuple[Charges, Paise]] = {}
        self._serial = 0

    def account(self, consumer: Consumer) -> Account:
        """One consumer's latest bill, history and payments."""
        dice = self._dice
        read_on = int(consumer.group) % 9 + 17
        month = _latest_month(self._today, read_on)
        months = _months_to(month)
        mean = int(min(max(dice.lognormvariate(4.7, 0.6), 12), 900))
        used = [mean * _SEASON[one.month - 1] * dice.randrange(80, 121) // 10_000 for one in months]
        value = dice.randrange(900, 20_000)
        history = []
        for one, units in zip(months, used, strict=True):
            value += units
            _, amount = self._charged(one, units, consumer.urban)
            history.append(MonthUse(one, units, value, amount, "actual"))
        unpaid = _unpaid_months(dice)
        bill = self._bill(consumer, history, read_on, unpaid)
        supply = Supply.DISCONNECTED if unpaid >= 4 else Supply.LIVE
        paid = tuple(self._payments(bill, history, unpaid))
        return Account(replace(consumer, supply=supply), bill, tuple(history), paid)

    def _rates_of(self, month: Month) -> tuple[Tariff, Duty]:
        on = date(month.year, month.month, 1)
        return self._rules.complete_tariff(on), self._rules.duty(on)

    def _charged(self, month: Month, units: int, urban: bool) -> tuple[Charges, Paise]:
        """The charges of a month, and their sum in whole rupees."""
        tariff, duty = self._rates(month)
        key = tariff.name, duty.ruling.name, units, urban
        if key not in self._made:
            made = charges(tariff, duty, units, urban=urban)
            self._made[key] = made, to_rupee(made.total)
        return self._made[key]

    def _bill(self, consumer: Consumer, history: list[MonthUse], read_on: int, unpaid: int) -> Bill:
        latest, before = history[-1], history[-2]
        made, _ = self._charged(latest.month, latest.units, consumer.urban)
        on = date(latest.month.year, latest.month.month, read_on)
        issued = on + _NEWEST_BILL_AFTER
        arrear_duty = arrear = 0
        for use in history[-1 - unpaid : -1]:
            duty = self._charged(use.month, use.units, consumer.urban)[0].amount(Charge.DUTY)
            arrear_duty += duty
            arrear += use.amount - duty
        rule = self._rules.surcharge(issued)
        surcharge = late_surcharge(rule, arrear + arrear_duty, unpaid) if unpaid else 0
        net = to_rupee(made.total + arrear + arrear_duty + surcharge)
        self._serial += 1
        return Bill(
            number=f"{latest.month.year % 100:02d}{latest.month.month:02d}{self._serial:07d}",
            consumer=consumer.number,
            month=latest.month,
            issued=issued,
            due=issued + timedelta(days=_DAYS_TO_PAY),
            basis="actual",
            tariff=consumer.tariff,
            rates=made.rates,
            meter=consumer.meter,
            previous=Reading(date(before.month.year, before.month.month, read_on), before.reading),
            current=Reading(on, latest.reading),
            factor=1,
            metered=latest.units,
            assessed=0,
            charges=made.lines,
            slabs=made.slabs,
            fixed_steps=made.fixed_steps,
            arrear=arrear,
            arrear_duty=arrear_duty,
            surcharge=surcharge,
            net=net,
            late_surcharge=late_surcharge(rule, net),
        )

    def _payments(self, bill: Bill, history: list[MonthUse], unpaid: int) -> Iterator[KnownPayment]:
        """Earlier months that were paid, posted; the latest bill where somebody has paid it, unposted."""
        for use in history[-1 - unpaid - PAID_MONTHS : -1 - unpaid]:
            on = date(use.month.year, use.month.month, 28) + timedelta(days=self._dice.randrange(1, 12))
            if on < self._today and use.amount > 0:
                yield self._payment(bill.consumer, use.month, on, use.amount, posted=True)
        days = (self._today - bill.issued).days
        if not unpaid and days > 0 and bill.net > 0 and self._dice.random() < 0.3:
            on = bill.issued + timedelta(days=self._dice.randrange(days))
            if on <= bill.due:
                yield self._payment(bill.consumer, bill.month, on, bill.net, posted=False)

    def _payment(self, number: str, month: Month, on: date, amount: Paise, *, posted: bool) -> KnownPayment:
        channel = self._dice.choice(_CHANNELS)
        reference = f"{self._dice.randrange(10**12):012d}"
        return KnownPayment(number, str(month), on, amount, channel, reference, posted)


@cache
def _months_to(latest: Month) -> tuple[Month, ...]:
    return tuple(latest.plus(step - MONTHS + 1) for step in range(MONTHS))


def _latest_month(today: date, read_on: int) -> Month:
    month = Month.of(today)
    issued = date(month.year, month.month, read_on) + _NEWEST_BILL_AFTER
    return month if issued <= today else month.plus(-1)


def _unpaid_months(dice: Random) -> int:
    return dice.choices((0, 1, 2, 3, 4, 6), (86, 7, 3, 2, 1, 1))[0]
