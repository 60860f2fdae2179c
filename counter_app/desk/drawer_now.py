"""How the drawer of whoever is signed in stands: Home shows it, so it stands by itself."""

from datetime import datetime

from counter_app.desk.desk import Desk
from counter_app.desk.left_drawers import cash_for, waiting_for_home
from counter_app.domain.people import Session
from counter_app.domain.value import value
from counter_app.store import counts, finds


@value
class DrawerNow:
    """What may be shown of an open drawer: since when, and how many receipts; never an amount.

    ``counted``: its count is fixed. ``waiting``: closings whose cash waits to be taken over. ``left``:
    drawers whose holder is gone, which this person may count.
    """

    opened_at: datetime
    receipts: int
    counted: bool
    waiting: int
    left: int = 0


def now(desk: Desk, session: Session) -> DrawerNow | None:
    """The open drawer of this session; None without one."""
    if session.drawer is None:
        return None
    with desk.book.reading() as connection:
        row = finds.drawer(connection, session.drawer)
        if row is None or row.closed_at is not None:
            return None
        counted = counts.fixed(connection, row.drawer) is not None
        waiting = len(cash_for(connection, session))
    return DrawerNow(row.opened_at, row.receipts, counted, waiting, waiting_for_home(desk, session))
