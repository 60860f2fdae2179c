"""Drawers: which are open, what is kept or on its way, closings and slips."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, func, literal_column, select
from sqlalchemy.engine import Connection

from counter_app.domain.money import Paise
from counter_app.store.finds.undone_elsewhere import CANCELLED
from counter_app.store.rows import ClosingRow, DrawerRow, MoveRow
from counter_app.store.tables import TOUCHED, cash_moves, deposits, drawers, floats, payments, undoings

if TYPE_CHECKING:
    from counter_app.domain.undoing import Undoing

_UNDONE = "SELECT coalesce(sum(amount), 0) FROM undoings WHERE what = 'cancel'"


def drawer(connection: Connection, drawer: UUID) -> DrawerRow | None:
    """A drawer and what went into it."""
    return _drawers(connection, drawers.c.drawer == drawer)


def closing_of(connection: Connection, act: UUID) -> DrawerRow | None:
    """The drawer that an act closed."""
    return _drawers(connection, drawers.c.closing == act)


def drawer_of(connection: Connection, receipt: UUID) -> DrawerRow | None:
    """The drawer into which a receipt (by its act) was taken."""
    inside = select(payments.c.drawer).where(payments.c.act == receipt).scalar_subquery()
    return _drawers(connection, drawers.c.drawer == inside)


def drawer_in_use(connection: Connection, clerk: str) -> DrawerRow | None:
    """The open drawer of a clerk, of whatever day, in which something was done."""
    return _drawers(connection, drawers.c.clerk == clerk, drawers.c.closed_at.is_(None), TOUCHED)


def open_drawer(connection: Connection, clerk: str, day: date) -> DrawerRow | None:
    """The drawer of a clerk on a day that is not closed."""
    return _drawers(connection, drawers.c.clerk == clerk, drawers.c.day == day, drawers.c.closed_at.is_(None))


def open_drawers(connection: Connection) -> tuple[DrawerRow, ...]:
    """All open drawers in which something was done, or cash lies, the oldest first."""
    columns = [drawers.c[name] for name in DrawerRow._fields]
    something = TOUCHED | (drawers.c.opening > 0)
    asked = select(*columns).where(drawers.c.closed_at.is_(None), something).order_by(drawers.c.opened_at)
    return tuple(DrawerRow(*row) for row in connection.execute(asked))


def uncounted_drawer(connection: Connection, clerk: str, day: date) -> DrawerRow | None:
    """The drawer of a clerk from another day in which something was done and which was never counted.

    A day to come is one too: the clock was set back.
    """
    other = drawers.c.day != day
    return _drawers(connection, drawers.c.clerk == clerk, other, drawers.c.closed_at.is_(None), TOUCHED)


def float_kept(connection: Connection, clerk: str) -> Paise:
    """What a clerk has at hand for the next drawer: kept of the last one, or lying in one not yet used."""
    kept = connection.execute(select(floats.c.amount).where(floats.c.clerk == clerk)).scalar() or 0
    unused = drawers.c.closed_at.is_(None) & ~TOUCHED
    lying = connection.execute(select(drawers.c.opening).where(drawers.c.clerk == clerk, unused)).scalar()
    return int(kept) + int(lying or 0)


def undone_ever(connection: Connection) -> Paise:
    """All money of receipts that were cancelled here, ever."""
    return int(connection.exec_driver_sql(_UNDONE).scalar_one())


def is_cancelled(connection: Connection, receipt: UUID) -> bool:
    """Whether a receipt (by its act) counts no more."""
    asked = select(literal_column(CANCELLED, Boolean)).select_from(payments).where(payments.c.act == receipt)
    return bool(connection.execute(asked).scalar())


def undone_as(connection: Connection, serial: int) -> "frozenset[Undoing]":
    """What was done about a receipt so far."""
    from counter_app.domain.undoing import Undoing

    asked = select(undoings.c.what).where(undoings.c.payment == serial)
    return frozenset(map(Undoing, connection.execute(asked).scalars()))


def undoings_of(connection: Connection, receipt: UUID) -> tuple[UUID, ...]:
    """The acts that did something about a receipt, the oldest first."""
    serial = select(payments.c.serial).where(payments.c.act == receipt).scalar_subquery()
    asked = select(undoings.c.act).where(undoings.c.payment == serial).order_by(undoings.c.serial)
    return tuple(connection.execute(asked).scalars())


def handed_to(connection: Connection, clerk: str) -> tuple[ClosingRow, ...]:
    """Closings whose cash waits for a clerk to take it over, or to take it back, the oldest first."""
    return tuple(row for row in handed_over(connection) if clerk in (row.handed_to, row.clerk))


def handed_over(connection: Connection) -> tuple[ClosingRow, ...]:
    """Closings whose cash waits for anybody to take it over, the oldest first."""
    found = _closings(connection, drawers.c.handed_to != "")
    return tuple(row for row in reversed(found) if not row.arrived)


def closings(connection: Connection, limit: int) -> tuple[ClosingRow, ...]:
    """The newest closings with a number, the newest first."""
    return _closings(connection, limit=limit)


def closing(connection: Connection, act: UUID) -> ClosingRow | None:
    """The closing of an act, and whether its cash arrived."""
    found = _closings(connection, drawers.c.closing == act)
    return found[0] if found else None


def cash_moved(connection: Connection, limit: int) -> tuple[MoveRow, ...]:
    """The newest slips of cash moved, the newest first."""
    columns = [cash_moves.c[name] for name in MoveRow._fields]
    asked = select(*columns).order_by(cash_moves.c.serial.desc()).limit(limit)
    return tuple(MoveRow(*row) for row in connection.execute(asked))


def _closings(
    connection: Connection, *conditions: ColumnElement[bool], limit: int = -1
) -> tuple[ClosingRow, ...]:
    columns = [drawers.c[name] for name in ClosingRow._fields[:-1]]
    arrived = func.coalesce(cash_moves.c.moved_at, deposits.c.noted_at).label("arrived")
    asked = select(*columns, arrived).where(drawers.c.serial > 0, *conditions)
    asked = asked.outerjoin(cash_moves, cash_moves.c.closing == drawers.c.closing)
    asked = asked.outerjoin(deposits, deposits.c.closing == drawers.c.closing)
    rows = connection.execute(asked.order_by(drawers.c.serial.desc()).limit(limit))
    return tuple(ClosingRow._make(row) for row in rows)


def _drawers(connection: Connection, *conditions: ColumnElement[bool]) -> DrawerRow | None:
    columns = [drawers.c[name] for name in DrawerRow._fields]
    row = connection.execute(select(*columns).where(*conditions)).first()
    return DrawerRow(*row) if row else None
