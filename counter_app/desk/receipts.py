"""The receipts of this counter: today's list, looking one up, one in full."""

from datetime import datetime
from uuid import UUID

from counter_app.desk import paper
from counter_app.desk.desk import Desk, demand, scrap
from counter_app.desk.payments import Receipt, stored_receipt
from counter_app.documents.page import Document
from counter_app.domain.days import business_day
from counter_app.domain.people import Right, Session
from counter_app.store import finds
from counter_app.store.rows import JobRow, ReceiptRow


def today(desk: Desk, session: Session, at: datetime) -> tuple[ReceiptRow, ...]:
    """Today's receipts of this counter, newest first; no totals before the count is fixed."""
    demand(desk, session, Right.SEE_RECEIPTS, at)
    with desk.book.reading() as connection:
        return finds.receipts_of_day(connection, business_day(at))


def find(desk: Desk, session: Session, typed: str, at: datetime) -> tuple[ReceiptRow, ...]:
    """Receipts of any day by number, tail, amount, consumer number or name, newest first."""
    demand(desk, session, Right.SEE_RECEIPTS, at)
    with desk.book.reading() as connection:
        return finds.receipts_found(connection, desk.book.words, scrap(typed))


def receipt(desk: Desk, session: Session, act: UUID, at: datetime) -> tuple[Receipt, tuple[JobRow, ...]]:
    """One receipt and its print jobs, the original first."""
    demand(desk, session, Right.SEE_RECEIPTS, at)
    with desk.book.reading() as connection:
        return stored_receipt(connection, act), finds.jobs_of(connection, act)


def receipt_with_page(
    desk: Desk, session: Session, act: UUID, at: datetime
) -> tuple[Receipt, tuple[JobRow, ...], Document]:
    """One receipt, its print jobs and the page of its original."""
    found, jobs = receipt(desk, session, act, at)
    return found, jobs, paper.page_of(desk, session, act, at)
