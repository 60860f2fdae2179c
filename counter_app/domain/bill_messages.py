"""What a bill tells beside its figures: what the company has to say, and what the rules, plans and readings
that are held here say of this very bill. Nothing is said that no dated rule, list or bill gives.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum

from counter_app.domain.bill import Bill, Charge, Payable
from counter_app.domain.consumer import Consumer
from counter_app.domain.days import midnight
from counter_app.domain.money import Paise, half_up
from counter_app.domain.network import Shutdown
from counter_app.domain.office import Office
from counter_app.domain.payment import TenderKind
from counter_app.domain.rules import Rules
from counter_app.domain.tariff.rebates import online_rebate
from counter_app.domain.value import value

WRONG_BILL = "BIL-02"
"""The type of complaint whose standard a bill names."""

_UNREAD = ("average", "assessed")


class About(StrEnum):
    """What a message is about, the most urgent first."""

    SHUTDOWN = "shutdown"
    COMPANY = "company"
    HOLIDAY = "holiday"
    NOT_READ = "not read"
    NO_SUBSIDY = "no subsidy"
    ONLINE = "online"
    WRONG_BILL = "wrong bill"


@value
class BillMessage:
    """One message. What its kind does not need is empty.

    ``hi`` and ``en`` are words that came with it: the company's own, or why the supply is off.
    ``since`` and ``until`` are that stretch of time; ``on`` is the day until which is paid in time;
    ``units`` the most that the subsidy is for; ``amount`` a rebate in paise for paying in one of these
    ``ways``; ``days`` the standard.
    """

    about: About
    hi: str = ""
    en: str = ""
    since: datetime | None = None
    until: datetime | None = None
    on: date | None = None
    units: int = 0
    amount: Paise = 0
    ways: tuple[TenderKind, ...] = ()
    days: int = 0


def bill_messages(
    rules: Rules,
    office: Office,
    consumer: Consumer,
    bill: Bill,
    payable: Payable,
    shutdowns: Iterable[Shutdown] = (),
) -> tuple[BillMessage, ...]:
    """What applies to a bill on the day for which ``payable`` was worked out, the most urgent first."""
    planned = (
        BillMessage(About.SHUTDOWN, one.reason_hi, one.reason_en, one.since, one.until) for one in shutdowns
    )
    of_rules = (*_of_the_company(rules, bill, payable.on), *_of_rules(rules, bill, payable))
    return (*planned, *of_rules, *_standard(rules, office, consumer, payable.on))


def _of_the_company(rules: Rules, bill: Bill, on: date) -> Iterator[BillMessage]:
    """The newest first."""
    found = [row for row in rules.billing.messages if row.ruling.covers(on)]
    for row in sorted(found, key=lambda row: row.ruling.valid_from, reverse=True):
        if bill.tariff.startswith(row.category):
            yield BillMessage(About.COMPANY, row.hi, row.en)


def _of_rules(rules: Rules, bill: Bill, payable: Payable) -> Iterator[BillMessage]:
    last_day = rules.last_day(bill.due)
    if bill.due < last_day >= payable.on:
        yield BillMessage(About.HOLIDAY, on=last_day)
    if bill.basis.casefold() in _UNREAD:
        yield BillMessage(About.NOT_READ)
    if not bill.charge(Charge.SUBSIDY):
        for row in rules.billing.subsidies:
            of_it = row.ruling.covers(bill.issued) and f"{bill.tariff}.".startswith(f"{row.category}.")
            if of_it and row.most_units is not None and bill.units > row.most_units:
                yield BillMessage(About.NO_SUBSIDY, units=row.most_units)
    ways = rules.tenders_on(payable.on).rebated
    if payable.amount > 0 and ways:
        rebate = half_up(-online_rebate(rules.conditions(payable.on), bill.net))
        yield BillMessage(About.ONLINE, amount=rebate, ways=ways)


def _standard(rules: Rules, office: Office, consumer: Consumer, on: date) -> Iterator[BillMessage]:
    """Within how many days a complaint about the bill is decided."""
    kind = rules.known_type(WRONG_BILL, on)
    service = rules.service(kind, on) if kind else None
    if service is None:
        return
    begin = midnight(on)
    ends = [due.due_at for due in service.ladder(office.area(urban=consumer.urban), begin) if due.due_at]
    if ends:
        yield BillMessage(About.WRONG_BILL, days=-(-(max(ends) - begin) // timedelta(days=1)))
