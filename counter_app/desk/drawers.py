"""Closing a drawer by a blind count: the count is fixed before anybody sees what was expected."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from counter_app.desk.desk import Desk, demand, recorded
from counter_app.domain.drawer import DrawerClosed
from counter_app.domain.entry import Kind
from counter_app.domain.money import LARGEST_AMOUNT, Paise
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import AmountNotPositive, AmountTooLarge, DrawerMissing
from counter_app.domain.text import clean_text
from counter_app.store import finds
from counter_app.wire.payloads import Payload

LONGEST_NOTE = 200
LARGEST_COUNT: Paise = 100 * LARGEST_AMOUNT


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
    with desk.book.reading() as connection:
        if stored := recorded(connection, act, Kind.DRAWER_CLOSED):
            return _closed(stored[0])
    demand(desk, session, Right.TAKE_PAYMENT, at)
    said = clean_text(note, LONGEST_NOTE)
    if counted < 0:
        raise AmountNotPositive
    if counted > LARGEST_COUNT:
        raise AmountTooLarge(LARGEST_COUNT)
    with desk.book.writing() as page:
        if stored := recorded(page.connection, act, Kind.DRAWER_CLOSED):
            return _closed(stored[0])
        row = finds.drawer(page.connection, session.drawer) if session.drawer else None
        if row is None or row.closed_at is not None or row.clerk != session.person.code:
            raise DrawerMissing
        closed = DrawerClosed(row.drawer, row.clerk, row.day, row.opening + row.cash, counted, said)
        page.record(closed, act=act, person=session.person.id, at=at, drawer=row.drawer)
        return closed


def _closed(payload: Payload) -> DrawerClosed:
    assert isinstance(payload, DrawerClosed)
    return payload
