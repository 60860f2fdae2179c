"""Thirteen months of bills and what was paid of them, from the dated tariff."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import NamedTuple

from counter_app.domain.bill import Bill, Charge, Reading
from counter_app.domain.consumer import Consumer, Supply
from counter_app.domain.days import Month
from counter_app.domain.money import Paise, to_rupee
from counter_app.domain.rules import Rules
from counter_app.domain.tariff import Charges, charges, late_surcharge
from counter_app.domain.tariff.conditions import Surcharge
from counter_app.domain.tariff.rates import Duty, Tariff
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
    """What the billing system would send of one consumer; the bills are of thirteen months, oldest first."""

    consumer: Consumer
    bills: tuple[Bill, ...]
    payments: tuple[KnownPayment, ...]

    @property
    def bill(self) -> Bill:
        """The latest bill."""
        return self.bills[-1]


class _Dates(NamedTuple):
    """The days of a month's bill, and how its number begins."""

    previous: date
    read: date
    issued: date
    due: date
    begins: str


class _Rates(NamedTuple):
    """The rules of a month, and what they are called together."""

    tariff: Tariff
    duty: Duty
    late: Surcharge
    names: tuple[str, ...]


class _Month(NamedTuple):
    """What a month's use costs: the charges, their sum in whole rupees, the surcharge when paid late."""

    charges: Charges
    net: Paise
    late: Paise


class Biller:
    """Makes the accounts of a town as of a day."""

    def __init__(self, rules: Rules, today: date, dice: Random) -> None:
        self._rules, self._today, self._dice = rules, today, dice
        # Hundreds of thousands of bills share two orders and some hundred counts of units: each is
        # worked out once.
        self._rates = cache(self._rates_of)
        self._made: dict[tuple[tuple[str, ...], int, bool], _Month] = {}
        self._serial = 0

    def account(self, consumer: Consumer) -> Account:
        """One consumer's bills and payments."""
        dice = self._dice
        read_on = int(consumer.group) % 9 + 17
        months = _months_to(_latest_month(self._today, read_on))
        mean = int(min(max(dice.lognormvariate(4.7, 0.6), 12), 900))
        used = [mean * _SEASON[one.month - 1] * dice.randrange(80, 121) // 10_000 for one in months]
        value = dice.randrange(900, 20_000)
        unpaid = _unpaid_months(dice)
        reading = Reading(_dates(months[0], read_on).previous, value)
        bills: list[Bill] = []
        for place, (month, units) in enumerate(zip(months, used, strict=True)):
            dates = _dates(month, read_on)
            value += units
            previous, reading = reading, Reading(dates.read, value)
            # Nothing of the last ``unpaid`` months before the latest was ever paid.
            owed = bills[MONTHS - 1 - unpaid : place] if unpaid else ()
            bills.append(self._bill(consumer, month, dates, previous, reading, owed))
        supply = Supply.DISCONNECTED if unpaid >= 4 else Supply.LIVE
        paid = tuple(self._payments(bills, unpaid))
        return Account(replace(consumer, supply=supply), tuple(bills), paid)

    def _rates_of(self, month: Month) -> _Rates:
        on = date(month.year, month.month, 1)
        tariff, duty, late = self._rules.complete_tariff(on), self._rules.duty(on), self._rules.surcharge(on)
        return _Rates(tariff, duty, late, (tariff.name, duty.ruling.name, late.ruling.name))

    def _charged(self, rates: _Rates, units: int, urban: bool) -> _Month:
        key = rates.names, units, urban
        known = self._made.get(key)
        if known is None:
            made = charges(rates.tariff, rates.duty, units, urban=urban)
            net = to_rupee(made.total)
            known = self._made[key] = _Month(made, net, late_surcharge(rates.late, net))
        return known

    def _bill(
        self,
        consumer: Consumer,
        month: Month,
        dates: _Dates,
        previous: Reading,
        current: Reading,
        owed: Sequence[Bill],
    ) -> Bill:
        units = current.value - previous.value
        rates = self._rates(month)
        made, net, late = self._charged(rates, units, consumer.urban)
        arrear = arrear_duty = surcharge = 0
        if owed:
            arrear_duty = sum(bill.charge(Charge.DUTY) for bill in owed)
            arrear = sum(bill.current_month for bill in owed) - arrear_duty
            surcharge = late_surcharge(rates.late, arrear + arrear_duty, len(owed))
            net = to_rupee(made.total + arrear + arrear_duty + surcharge)
            late = late_surcharge(rates.late, net)
        self._serial += 1
        return Bill(
            number=f"{dates.begins}{self._serial:07d}",
            consumer=consumer.number,
            month=month,
            issued=dates.issued,
            due=dates.due,
            basis="actual",
            tariff=consumer.tariff,
            rates=made.rates,
            meter=consumer.meter,
            previous=previous,
            current=current,
            factor=1,
            metered=units,
            assessed=0,
            charges=made.lines,
            slabs=made.slabs,
            fixed_steps=made.fixed_steps,
            arrear=arrear,
            arrear_duty=arrear_duty,
            surcharge=surcharge,
            net=net,
            late_surcharge=late,
        )

    def _payments(self, bills: Sequence[Bill], unpaid: int) -> Iterator[KnownPayment]:
        """Earlier months that were paid, posted; the latest bill where somebody has paid it, unposted."""
        bill = bills[-1]
        for paid in bills[-1 - unpaid - PAID_MONTHS : -1 - unpaid]:
            on = date(paid.month.year, paid.month.month, 28) + timedelta(days=self._dice.randrange(1, 12))
            if on < self._today and paid.net > 0:
                yield self._payment(bill.consumer, paid.month, on, paid.net, posted=True)
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
def _dates(month: Month, read_on: int) -> _Dates:
    before = month.plus(-1)
    read = date(month.year, month.month, read_on)
    issued = read + _NEWEST_BILL_AFTER
    due = issued + timedelta(days=_DAYS_TO_PAY)
    begins = f"{month.year % 100:02d}{month.month:02d}"
    return _Dates(date(before.year, before.month, read_on), read, issued, due, begins)


@cache
def _months_to(latest: Month) -> tuple[Month, ...]:
    return tuple(latest.plus(step - MONTHS + 1) for step in range(MONTHS))


def _latest_month(today: date, read_on: int) -> Month:
    month = Month.of(today)
    issued = date(month.year, month.month, read_on) + _NEWEST_BILL_AFTER
    return month if issued <= today else month.plus(-1)


def _unpaid_months(dice: Random) -> int:
    return dice.choices((0, 1, 2, 3, 4, 6), (86, 7, 3, 2, 1, 1))[0]
