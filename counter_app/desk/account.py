"""Papers about an account: its statement, the no-dues certificate, and what was paid elsewhere."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from counter_app.desk.desk import Desk, demand, recorded
from counter_app.desk.finding import current_dues, known_consumer
from counter_app.domain.acts import CopyAsked, Paper, PaperState
from counter_app.domain.bill import Bill, Payable
from counter_app.domain.days import Month, business_day
from counter_app.domain.entry import Kind
from counter_app.domain.money_refusals import (
    DuesNotHeard,
    DuesRemain,
    DuesUnsure,
    PaymentInBill,
    PaymentNotKnown,
)
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import BillUnknown, ReceiptUnknown
from counter_app.store import finds, reference, told
from counter_app.store.engine import Connection
from counter_app.store.finds.claims import pending
from counter_app.store.rows import JobRow, KnownPayment

if TYPE_CHECKING:
    from counter_app.documents.page import Document

MONTHS = 12
ELSEWHERE = frozenset({Paper.CLAIM, Paper.CHANNEL_RECEIPT})
PAPERS = frozenset({Paper.STATEMENT, Paper.NO_DUES}) | ELSEWHERE
_PAYMENTS = UUID("5f0c2a43-6c6e-4bb0-9a53-3a7f2f7b8a11")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper of ``PAPERS``; those of money paid elsewhere say of which payment."""

    paper: Paper
    payment: KnownPayment | None = None


def elsewhere(desk: Desk, session: Session, number: str, at: datetime) -> tuple[KnownPayment, ...]:
    """What a consumer paid elsewhere in twelve months, as the billing data has it, the newest first."""
    demand(desk, session, Right.SEE_CONSUMERS, at)
    with desk.book.reading() as connection:
        consumer = known_consumer(connection, number)
        since = first_day(Month.of(business_day(at)).plus(1 - MONTHS))
        return tuple(one for one in reference.known_payments(connection, consumer.number) if one.on >= since)


def preview(desk: Desk, session: Session, number: str, wanted: Wanted, at: datetime) -> "Document":
    """The paper as it would print now; nothing is recorded. Refuses what could not be asked for."""
    from counter_app.desk import account_sheets  # what draws papers is large, and the first page needs none

    demand(desk, session, Right.SEE_CONSUMERS, at)
    with desk.book.reading() as connection:
        asked = _asked(desk, connection, number, wanted, at)
        nobody = UUID(int=0)
        row = JobRow(
            nobody, asked.paper, asked.subject, asked.consumer, asked.month, asked.copy, "",
            PaperState.WAITING, at,
        )  # fmt: skip
        return account_sheets.sheet(desk, connection, session, row, at)


def ask(desk: Desk, session: Session, act: UUID, number: str, wanted: Wanted, at: datetime) -> JobRow:
    """Ask for one of these papers, each print with a number of its own.

    A certificate while something is due, or may be: ``DuesRemain``, ``DuesUnsure``, ``DuesNotHeard``. A claim
    for what the bill has: ``PaymentInBill``.
    """
    with desk.book.reading() as connection:
        if recorded(connection, act, Kind.COPY_ASKED):
            return _job(connection, act)
    demand(desk, session, Right.PRINT_COPY, at)
    with desk.book.writing() as page:
        if recorded(page.connection, act, Kind.COPY_ASKED) is None:
            asked = _asked(desk, page.connection, number, wanted, at)
            page.record(asked, act=act, person=session.person.id, at=at)
        return _job(page.connection, act)


def first_day(month: Month) -> date:
    """The first day of a month."""
    return date(month.year, month.month, 1)


def named(paper: Paper, payment: KnownPayment) -> UUID:
    """What a paper of a payment elsewhere goes by: made from all that the payment is known by."""
    known = (paper, payment.consumer, payment.on, payment.channel, payment.reference)
    return uuid5(_PAYMENTS, "\n".join(map(str, known)))


def payment_named(connection: Connection, job: JobRow) -> KnownPayment:
    """The payment that a paper is about; ``PaymentNotKnown`` when the billing data has it no more."""
    for payment in reference.known_payments(connection, job.consumer):
        if named(job.paper, payment) == job.subject:
            return payment
    raise PaymentNotKnown


def nothing_due(desk: Desk, connection: Connection, number: str, at: datetime) -> tuple[Bill, Payable]:
    """The latest bill and what is payable, where a certificate may rest on them; refused otherwise."""
    bill, payable = current_dues(desk, connection, number, at)
    if bill is None or payable is None:
        raise BillUnknown(number)
    if payable.amount > 0:
        raise DuesRemain(payable.amount)
    unsure = sum(row.claim.amount for row in pending(connection) if row.claim.consumer == number)
    if unsure:
        raise DuesUnsure(unsure)
    if reference.dues_as_of(connection) is None or told.moved_to(connection, number) is not None:
        raise DuesNotHeard
    return bill, payable


def _asked(desk: Desk, connection: Connection, number: str, wanted: Wanted, at: datetime) -> CopyAsked:
    consumer = known_consumer(connection, number).number
    paper, payment = wanted.paper, wanted.payment
    if paper in ELSEWHERE:
        if payment is None or payment not in reference.known_payments(connection, consumer):
            raise PaymentNotKnown
        if paper is Paper.CLAIM and payment.posted:
            raise PaymentInBill
        subject = named(paper, payment)
        copy = finds.next_copy(connection, paper, subject=subject)
        return CopyAsked(paper, subject, consumer, "", copy, "")
    if paper is Paper.NO_DUES:
        nothing_due(desk, connection, consumer, at)
    month = str(Month.of(business_day(at)))
    copy = finds.next_copy(connection, paper, consumer=consumer, month=month)
    return CopyAsked(paper, None, consumer, month, copy, "")


def _job(connection: Connection, act: UUID) -> JobRow:
    row = finds.job(connection, act)
    if row is None:
        raise ReceiptUnknown(str(act))
    return row
