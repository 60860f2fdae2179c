"""What somebody left who takes no money here any more: an open drawer, or cash that waits to be taken over.

The drawer two others count and seal: one has the right to agree, the other takes money and looks at the
count. All of the cash goes to the bank or to a colleague, for nobody opens this drawer again. Cash that was
handed to them goes into the drawer of who has the right to agree, as it would have gone into theirs.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from counter_app.desk.desk import Desk, demand, holds
from counter_app.domain.people import Right, Session, may
from counter_app.domain.refusals import DrawerMissing
from counter_app.domain.value import value
from counter_app.store import counts, finds, people
from counter_app.store.engine import Connection
from counter_app.store.rows import ClosingRow, DrawerRow


@value
class LeftDrawer:
    """Whose it is and since when it is open; never an amount. ``counted``: its count is fixed."""

    drawer: UUID
    clerk: str
    name_hi: str
    name_en: str
    opened_at: datetime
    counted: bool


def waiting(desk: Desk, session: Session, at: datetime) -> tuple[LeftDrawer, ...]:
    """Those that wait, the oldest first."""
    demand(desk, session, Right.APPROVE, at)
    with desk.book.reading() as connection:
        return tuple(_shown(connection, row) for row in _left(connection))


def waiting_for_home(desk: Desk, session: Session) -> int:
    """How many; 0 for who may not count them. Home asks this by itself, so nothing is noted."""
    if not holds(desk, session, Right.APPROVE):
        return 0
    with desk.book.reading() as connection:
        return len(_left(connection))


def in_place_of(desk: Desk, session: Session, drawer: UUID, at: datetime) -> Session:
    """The session as it counts one of these drawers. ``DrawerMissing`` when it waits for nobody."""
    demand(desk, session, Right.APPROVE, at)
    with desk.book.reading() as connection:
        if drawer not in {row.drawer for row in _left(connection)}:
            raise DrawerMissing
    return replace(session, drawer=drawer)


def to_count(connection: Connection, session: Session) -> DrawerRow:
    """The open drawer that this session may count: its own, or one that was left. ``DrawerMissing``."""
    row = finds.drawer(connection, session.drawer) if session.drawer else None
    if row is None or row.closed_at is not None:
        raise DrawerMissing
    if row.clerk != session.person.code:
        role = people.role(connection, session.person.id)
        if role is None or not may(role, Right.APPROVE) or takes_money(connection, row.clerk):
            raise DrawerMissing
    return row


def cash_for(connection: Connection, session: Session) -> tuple[ClosingRow, ...]:
    """Closings whose cash this person may take over: what was handed to them, what is theirs to take back,
    and, with the right to agree, what waits for somebody who takes no money here any more.
    """
    role = people.role(connection, session.person.id)
    agrees = role is not None and may(role, Right.APPROVE)
    return tuple(
        row
        for row in finds.handed_over(connection)
        if session.person.code in (row.handed_to, row.clerk)
        or (agrees and not takes_money(connection, row.handed_to))
    )


def takes_money(connection: Connection, code: str) -> bool:
    """Whether somebody signs in here and takes money."""
    person = people.person(connection, code)
    role = people.role(connection, person.id) if person else None
    return role is not None and may(role, Right.TAKE_PAYMENT)


def _left(connection: Connection) -> list[DrawerRow]:
    return [row for row in finds.open_drawers(connection) if not takes_money(connection, row.clerk)]


def _shown(connection: Connection, row: DrawerRow) -> LeftDrawer:
    person = people.person(connection, row.clerk)
    hindi, english = (person.name_hi, person.name_en) if person else (row.clerk, "")
    fixed = counts.fixed(connection, row.drawer) is not None
    return LeftDrawer(row.drawer, row.clerk, hindi, english, row.opened_at, fixed)
