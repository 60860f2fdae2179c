"""What Home tells of today: the work done, what waits for the clerk, and how the last days went."""

from datetime import datetime, timedelta

from counter_app.desk import rules
from counter_app.desk.confidential import hidden_types
from counter_app.desk.desk import Desk, demand, holds
from counter_app.domain import board
from counter_app.domain.board import Counted
from counter_app.domain.days import business_day
from counter_app.domain.people import Right, Session
from counter_app.domain.value import value
from counter_app.domain.ways import Ways
from counter_app.store import backup, reference
from counter_app.store.finds import board as found
from counter_app.store.finds import today as finds
from counter_app.store.finds.books import Days

SHOWN_DAYS = 14
RUPEE = 100


@value
class Today:
    """Counts of today; ``pending``: UPI and others that the bank has to confirm, of any day, as ``overdue``:
    complaints over their limit that are not done.

    ``complaints`` came and were done day by day. ``collected``: rupees in cash and else day by day, for who
    may see the books; without today for who holds a drawer, and empty for others.
    """

    receipts: int
    registered: int
    done: int
    pending: int
    promised: int
    overdue: int
    complaints: tuple[Counted, ...]
    collected: tuple[Counted, ...]


@value
class Notices:
    """What is to be done about this counter. ``rules_wait``: newer ones hold from the next start of it.
    ``no_printer`` and ``no_copies``: nothing was chosen yet, told to who may choose at a real office.
    """

    rules_wait: bool
    no_printer: bool
    no_copies: bool

    @property
    def is_bare(self) -> bool:
        """Whether nothing was chosen yet that whoever asks should choose."""
        return self.no_printer and self.no_copies


def notices(desk: Desk, session: Session) -> Notices:
    """All of them. Home asks this by itself: nobody tried anything, so nothing is noted."""
    prints, keeps = (
        not desk.office.demo and holds(desk, session, right)
        for right in (Right.CHOOSE_PRINTERS, Right.CHOOSE_PLACES)
    )
    with desk.book.reading() as connection:
        return Notices(
            rules_wait=rules.wait(connection, desk.rules),
            no_printer=prints and reference.ways(connection) == Ways(),
            no_copies=keeps and not backup.places(connection),
        )


def today(desk: Desk, session: Session, at: datetime) -> Today:
    """All of it."""
    demand(desk, session, Right.SEE_CONSUMERS, at)
    day, hidden = business_day(at), hidden_types(desk, session)
    first = day - timedelta(days=SHOWN_DAYS - 1)
    with desk.book.reading() as connection:
        came, done = (find(connection, hidden, first, day) for find in (found.came, found.done))
        complaints = board.of_days(first, day, came, done)
        collected: tuple[Counted, ...] = ()
        if holds(desk, session, Right.SEE_BOOKS):
            last = day - timedelta(days=1) if session.drawer else day
            sums = finds.collected(connection, Days(first, last))
            collected = tuple(
                Counted(one.day, *(part // RUPEE for part in sums.get(one, (0, 0))))
                for one in board.days_from(first, last)
            )
        return Today(
            receipts=finds.receipts_on(connection, day),
            registered=complaints[-1].came,
            done=complaints[-1].done,
            pending=finds.pending(connection),
            promised=finds.promised_on(connection, hidden, day),
            overdue=finds.overdue(connection, hidden, at),
            complaints=complaints,
            collected=collected,
        )
