"""Paid, but not shown: what the last sync and this office's receipts know of a payment."""

from dataclasses import dataclass
from datetime import date, datetime

from counter_app.desk.account import Wanted
from counter_app.desk.desk import Desk, demand, scrap
from counter_app.desk.finding import known_consumer
from counter_app.domain import crediting
from counter_app.domain.acts import Paper
from counter_app.domain.complaint_refusals import PaymentNotDescribed
from counter_app.domain.consumer import Consumer
from counter_app.domain.crediting import Sought, Verdict
from counter_app.domain.days import read_day
from counter_app.domain.money import Paise, read_rupees
from counter_app.domain.people import Right, Session
from counter_app.store import finds, reference
from counter_app.store.rows import KnownPayment, PaymentRow

LONGEST_REFERENCE = 40


@dataclass(frozen=True, slots=True)
class Looked:
    """What became of a payment. ``as_of``: until when what others took is known; None: nothing came."""

    consumer: Consumer
    sought: Sought
    verdict: Verdict
    payments: tuple[PaymentRow, ...]
    as_of: datetime | None

    def claim(self, place: int) -> Wanted | None:
        """The claim slip of one of the payments; None for a receipt of here, and for what the bill has."""
        row = self.payments[place] if 0 <= place < len(self.payments) else None
        if row is None or row.act is not None or row.posted:
            return None
        paid = KnownPayment(
            self.consumer.number, row.month, row.on, row.amount, row.channel, row.reference, row.posted
        )
        return Wanted(Paper.CLAIM, paid)


def look(
    desk: Desk, session: Session, number: str, transaction: str, on: str, amount: str, at: datetime
) -> Looked:
    """Look for a payment by what was typed: the end of its UTR, or its day and amount.

    ``PaymentNotDescribed`` when that is too little; ``DayUnreadable``, ``AmountUnreadable``.
    """
    demand(desk, session, Right.SEE_RECEIPTS, at)
    sought = Sought(scrap(transaction).strip()[:LONGEST_REFERENCE], _day(on), _amount(amount))
    if not sought.enough:
        raise PaymentNotDescribed
    with desk.book.reading() as connection:
        consumer = known_consumer(connection, number)
        verdict, payments = crediting.judge(sought, finds.payments_of(connection, consumer.number))
        return Looked(consumer, sought, verdict, payments, reference.dues_as_of(connection))


def _day(typed: str) -> date | None:
    return read_day(scrap(typed)) if typed.strip() else None


def _amount(typed: str) -> Paise | None:
    return read_rupees(scrap(typed)) if typed.strip() else None
