"""How a consumer's bill was made, and why it differs from the months one asks about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from counter_app.desk.desk import Desk, demand
from counter_app.desk.finding import known_consumer
from counter_app.domain.bill import Bill
from counter_app.domain.bill_making import Check, MadeLine, check, lines_of, priced
from counter_app.domain.bill_reasons import Comparison, compare
from counter_app.domain.consumer import Consumer
from counter_app.domain.days import Month
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import BillUnknown
from counter_app.domain.rules import Rules
from counter_app.store import reference
from counter_app.store.engine import Connection

A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Making:
    """A bill's lines, what the order makes of them, and how it stands beside two earlier bills.

    None where the earlier bill is not here.
    """

    bill: Bill
    lines: tuple[MadeLine, ...]
    check: Check
    last_month: Comparison | None
    last_year: Comparison | None


def how_made(desk: Desk, session: Session, number: str, at: datetime) -> Making:
    """How the latest bill came about; ``BillUnknown`` when there is none."""
    demand(desk, session, Right.SEE_CONSUMERS, at)
    with desk.book.reading() as connection:
        consumer = known_consumer(connection, number)
        bills = _bills(connection, consumer.number)
    if not bills:
        raise BillUnknown(consumer.number)
    return making(desk.rules, consumer, bills)


def making(rules: Rules, consumer: Consumer, bills: Sequence[Bill]) -> Making:
    """The same from a consumer's bills, the latest first."""
    bill, *earlier = bills
    by_month = {one.month: one for one in earlier}
    found = check(rules, consumer, bill)

    def beside(month: Month) -> Comparison | None:
        before = by_month.get(month)
        if before is None:
            return None
        return compare(before, bill, priced(rules, consumer, before), priced(rules, consumer, bill))

    return Making(
        bill, lines_of(bill, found), found, beside(bill.month.plus(-1)), beside(bill.month.plus(-A_YEAR))
    )


def _bills(connection: Connection, number: str) -> tuple[Bill, ...]:
    """The latest bill of a consumer, then the month before and the same month a year before, if here."""
    latest = reference.bill(connection, number)
    if latest is None:
        return ()
    earlier = (reference.bill_of(connection, number, latest.month.plus(-back)) for back in (1, A_YEAR))
    return (latest, *filter(None, earlier))
