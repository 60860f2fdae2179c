"""Closing a drawer by a blind count: the count is fixed before anybody sees what was expected."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from counter_app.desk.desk import Desk, demand, recorded
from counter_app.domain.days import business_day
from counter_app.domain.drawer import DrawerClosed
from counter_app.domain.entry import Kind
from counter_app.domain.money import Paise
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import AmountNotPositive, DrawerMissing
from counter_app.domain.text import clean_text
from counter_app.store import finds

LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class DrawerNow:
    """What may be shown of an open drawer: since when, and how many receipts; never an amount."""

    opened_at: datetime
    receipts: int


def now(desk: Desk, session: Session) -> DrawerNow | None:
    """The open drawer of this session; None without one."""
    if session.drawer is None:
        return None
    with desk.book.reading() as connection:
        row = finds.drawer(connection, session.drawer)
    if row is None or row.closed_at is not None:
        return None
    return DrawerNow(row.opened_at, row.receipts)


def close(desk: Desk, session: Session, act: UUID, counted: Paise, note: str, at: datetime) -> DrawerClosed:
    """Fix the count and close the drawer; what was expected comes back with the answer.

    Taking money afterwards needs a new sign-in, which opens a new drawer.
    """
    demand(desk, session, Right.TAKE_PAYMENT, at)
    said = clean_text(note, LONGEST_NOTE)
    if counted < 0:
        raise AmountNotPositive
    if session.drawer is None:
        raise DrawerMissing
    with desk.book.writing() as page:
        stored = recorded(page.connection, act, Kind.DRAWER_CLOSED)
        if stored is not None:
            assert isinstance(stored[0], DrawerClosed)
            return stored[0]
        row = finds.drawer(page.connection, session.drawer)
        if row is None or row.closed_at is not None:
            raise DrawerMissing
        closed = DrawerClosed(
            session.drawer, session.person.code, business_day(at), row.opening + row.cash, counted, said
        )
        page.record(closed, act=act, person=session.person.id, at=at, drawer=session.drawer)
        return closed
