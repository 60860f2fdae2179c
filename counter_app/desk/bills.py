"""How a consumer's bill was made, and why it differs from the months one asks about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from counter_app.desk.desk import Desk, demand
from counter_app.desk.finding import known_consumer
from counter_app.domain.bill import Bill
from counter_app.domain.bill_making import Check, MadeLine, check, lines_of, priced, with_order
from counter_app.domain.bill_reasons import Comparison, compare
from counter_app.domain.consumer import Consumer
from counter_app.domain.days import Month
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import BillUnknown
from counter_app.domain.rules import Rules
from counter_app.store import reference

A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Making:
    """A bill's lines, what the order makes of them, and how it stands beside two earlier bills.

    None where the earlier bill is not here. ``months`` are those of the consumer's bills that are here,
    the oldest first.
    """

    bill: Bill
    lines: tuple[MadeLine, ...]
    check: Check
    last_month: Comparison | None
    last_year: Comparison | None
    months: tuple[Month, ...]


def how_made(desk: Desk, session: Session, number: str, month: Month | None, at: datetime) -> Making:
    """How the bill of a month came about, the latest without one; ``BillUnknown`` when there is none."""
    demand(desk, session, Right.SEE_CONSUMERS, at)
    with desk.book.reading() as connection:
        consumer = known_consumer(connection, number)
        months = reference.bill_months(connection, consumer.number)
        asked = month or max(months, default=None)
        if asked not in months:
            raise BillUnknown(consumer.number)
        wanted = (asked, asked.plus(-1), asked.plus(-A_YEAR))
        found = (reference.bill_of(connection, consumer.number, one) for one in wanted)
        bills = tuple(filter(None, found))
    return making(desk.rules, consumer, bills, months)


def making(rules: Rules, consumer: Consumer, bills: Sequence[Bill], months: tuple[Month, ...]) -> Making:
    """The same from a consumer's bills, the one that is asked about first."""
    bill, *earlier = bills
    by_month = {one.month: one for one in earlier}
    found = check(rules, consumer, bill)

    def beside(month: Month) -> Comparison | None:
        before = by_month.get(month)
        if before is None:
            return None
        both = (with_order(rules, consumer, one) for one in (before, bill))
        earlier, later = ((one, priced(rules, consumer, one)) for one in both)
        return compare(earlier[0], later[0], earlier[1], later[1])

    last_month, last_year = beside(bill.month.plus(-1)), beside(bill.month.plus(-A_YEAR))
    return Making(bill, lines_of(bill, found), found, last_month, last_year, months)
