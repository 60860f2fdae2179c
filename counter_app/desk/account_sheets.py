"""From what is known of an account to the pages of its papers."""

from datetime import date, datetime
from uuid import UUID

from counter_app.desk.account import MONTHS, first_day, nothing_due, payment_named
from counter_app.desk.desk import Desk
from counter_app.desk.finding import current_dues, known_consumer
from counter_app.documents.account_head import AccountPaper
from counter_app.documents.certificate import NoDuesFacts, no_dues
from counter_app.documents.money_line import read_back
from counter_app.documents.money_told import of_elsewhere, of_no_dues, of_statement
from counter_app.documents.page import Document
from counter_app.documents.paid_elsewhere import ElsewhereFacts, channel_receipt, claim_slip
from counter_app.documents.statement import AccountPayment, StatementFacts, statement
from counter_app.domain.acts import Paper
from counter_app.domain.days import Month, business_day
from counter_app.domain.numbering import hash_letters
from counter_app.domain.people import Session
from counter_app.domain.rules import Rules
from counter_app.store import finds, journal, reference
from counter_app.store.engine import Connection
from counter_app.store.finds.claims import pending
from counter_app.store.rows import JobRow, PaymentRow
from counter_app.words.labels import channel, paid_for
from counter_app.words.say import Both, Language, both

HINDI = Language.HINDI


def sheet(desk: Desk, connection: Connection, session: Session, job: JobRow, at: datetime) -> Document:
    """The page of a job of one of these papers, as it prints now."""
    consumer = known_consumer(connection, job.consumer)
    paper = AccountPaper(
        desk.office, consumer, _number(desk, connection, job), job.copy, at, session.person.name_hi,
        session.person.code, reference.dues_as_of(connection),
    )  # fmt: skip
    if job.paper is Paper.NO_DUES:
        certified = NoDuesFacts(paper, *nothing_due(desk, connection, consumer.number, at))
        return read_back(no_dues(certified), of_no_dues(certified))
    _, payable = current_dues(desk, connection, consumer.number, at)
    if job.paper is Paper.STATEMENT:
        months = reference.history(connection, consumer.number, MONTHS)
        since = first_day(months[0].month if months else Month.of(business_day(at)).plus(1 - MONTHS))
        listed = StatementFacts(paper, months, _payments(desk, connection, job, since), payable)
        return read_back(statement(listed), of_statement(listed))
    paid = payment_named(connection, job)
    facts = ElsewhereFacts(
        paper, paid.on, paid.month, channel(paid.channel, HINDI), paid.reference, paid.amount, paid.posted,
        payable,
    )  # fmt: skip
    page = claim_slip(facts) if job.paper is Paper.CLAIM else channel_receipt(facts)
    return read_back(page, of_elsewhere(facts, job.paper))


def _number(desk: Desk, connection: Connection, job: JobRow) -> str:
    """What names the entry on paper: counter, month or day of asking, print, letters; empty in a preview."""
    found = journal.entry_of_act(connection, job.job)
    if found is None:
        return ""
    when = job.month or business_day(job.asked_at).isoformat()
    return f"{desk.office.code}-{desk.office.counter} {when} {job.copy}-{hash_letters(found[2])}"


def _payments(desk: Desk, connection: Connection, job: JobRow, since: date) -> tuple[AccountPayment, ...]:
    """Payments from a day on, the oldest first."""
    waiting = {row.claim.receipt for row in pending(connection) if row.claim.consumer == job.consumer}
    rows = finds.payments_of(connection, job.consumer)
    shown = [_payment(desk.rules, row, waiting) for row in rows if row.on >= since]
    return tuple(reversed(shown))


def _payment(rules: Rules, row: PaymentRow, waiting: set[UUID]) -> AccountPayment:
    charge = paid_for(row.charge, rules, row.on, HINDI)
    where = charge if charge.lead else channel(row.channel, HINDI)
    return AccountPayment(
        row.on, row.month, where, row.reference, _state(row, waiting), row.amount - row.lost
    )


def _state(row: PaymentRow, waiting: set[UUID]) -> Both:
    if row.lost:
        return both("the bank did not pay", HINDI)
    if row.act in waiting:
        return both("not confirmed", HINDI)
    if row.act is not None:
        return both("received here", HINDI)
    return both("in the bill", HINDI) if row.posted else both("not yet in the bill", HINDI)
