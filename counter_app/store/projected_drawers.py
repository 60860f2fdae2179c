"""The rows of cash drawers: opened, cash moved, closed, paid in at the bank. Sums move with the money."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Update, delete, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from counter_app.domain.acts import CopyAsked, Paper
from counter_app.domain.drawer import (
    CashMoved,
    DepositNoted,
    DrawerClosed,
    DrawerOpened,
    DrawerUnlocked,
    HandoverAccepted,
)
from counter_app.domain.entry import Header
from counter_app.domain.money import Paise
from counter_app.domain.numbering import Series, hash_letters
from counter_app.store.projected import DoesNotFollow, add_job, at, take_serial
from counter_app.store.tables import HANDOVER, TOUCHED, cash_moves, deposits, drawers, floats, late, unlocks

_CARRY = """
    INSERT INTO late
    SELECT ?1, iif(?2, printf('%s-%d-%06d', office, counter, payments.serial), ''), ?3
    FROM payments JOIN drawers USING (drawer)
    WHERE payments.serial = ?4 AND drawers.closed_at IS NOT NULL
    ON CONFLICT DO UPDATE SET amount = amount + excluded.amount"""


def _drawer_opened(connection: Connection, header: Header, payload: DrawerOpened, _: bytes) -> None:
    # A drawer in which nothing was done ends when its cashier opens the next; the float goes along.
    connection.execute(
        update(drawers)
        .where(drawers.c.clerk == payload.clerk, drawers.c.closed_at.is_(None), ~TOUCHED)
        .values(closed_at=at(header), expected=drawers.c.opening, counted=drawers.c.opening)
    )
    connection.execute(delete(floats).where(floats.c.clerk == payload.clerk))
    zeros = dict.fromkeys(
        ("cash", "moved_in", "moved_out", "receipts", "first", "last", "cancelled", "cancelled_amount",
         "corrected", "unlocked", "serial", "kept"), 0,
    )  # fmt: skip
    row: dict[str, Any] = {
        "drawer": payload.drawer,
        "clerk": payload.clerk,
        "day": payload.day,
        "opening": payload.opening,
        "opened_at": at(header),
        "note": "",
        "letters": "",
        "handed_to": "",
    }
    connection.execute(drawers.insert(), row | zeros)


def _drawer_closed(connection: Connection, header: Header, payload: DrawerClosed, entry_hash: bytes) -> None:
    letters = ""
    if header.kind_version > 1:  # version 1 gave out no number
        take_serial(connection, Series.CLOSING, payload.serial)
        letters = hash_letters(entry_hash)
        add_job(connection, header, CopyAsked(Paper.DAY_REPORT, header.act, "", "", 1, ""))
    still_open = (drawers.c.drawer == payload.drawer) & drawers.c.closed_at.is_(None)
    closed = update(drawers).where(still_open)
    closed = closed.values(
        closed_at=at(header), expected=payload.expected, counted=payload.counted, note=payload.note,
        serial=payload.serial, letters=letters, closing=header.act, handed_to=payload.handed_to,
        kept=payload.kept,
    )  # fmt: skip
    demand_one(connection, closed, "no open drawer to close")
    if payload.kept:
        connection.execute(insert(floats).values(clerk=payload.clerk, amount=payload.kept))
    for one in payload.carried:
        connection.execute(delete(late).where(late.c.what == one.what, late.c.receipt == one.receipt))


def _cash_moved(connection: Connection, header: Header, payload: CashMoved, entry_hash: bytes) -> None:
    inward = payload.into > 0
    way = {"moved_in": payload.amount} if inward else {"moved_out": payload.amount}
    change_drawer(connection, payload.drawer, demand=True, **way)
    approved = payload.approved.code if payload.approved else ""
    row = {"move": payload.move, "amount": payload.amount, "other": payload.other, "closing": None}
    _put_move(connection, header, payload, entry_hash, row | {"approved": approved, "reason": payload.reason})


def _handover_accepted(
    connection: Connection, header: Header, payload: HandoverAccepted, entry_hash: bytes
) -> None:
    change_drawer(connection, payload.drawer, demand=True, moved_in=payload.counted)
    row = {"move": HANDOVER, "amount": payload.counted, "other": payload.giver, "closing": payload.closing}
    _put_move(connection, header, payload, entry_hash, row | {"approved": "", "reason": payload.note})


def _put_move(
    connection: Connection,
    header: Header,
    payload: CashMoved | HandoverAccepted,
    entry_hash: bytes,
    row: Mapping[str, Any],
) -> None:
    take_serial(connection, Series.MOVE, payload.serial)
    common = {
        "serial": payload.serial,
        "act": header.act,
        "letters": hash_letters(entry_hash),
        "drawer": payload.drawer,
        "day": payload.day,
        "moved_at": at(header),
        "clerk": payload.clerk,
    }
    connection.execute(cash_moves.insert(), common | dict(row))
    add_job(connection, header, CopyAsked(Paper.CASH_SLIP, header.act, "", "", 1, ""))


def _drawer_unlocked(connection: Connection, header: Header, payload: DrawerUnlocked, _: bytes) -> None:
    change_drawer(connection, payload.drawer, demand=True, unlocked=1)
    connection.execute(
        unlocks.insert(),
        {
            "act": header.act,
            "drawer": payload.drawer,
            "day": payload.day,
            "unlocked_at": at(header),
            "clerk": payload.clerk,
            "reason": payload.reason,
        },
    )


def _deposit_noted(connection: Connection, header: Header, payload: DepositNoted, _: bytes) -> None:
    connection.execute(
        deposits.insert(),
        {
            "closing": payload.closing,
            "day": payload.day,
            "noted_at": at(header),
            "amount": payload.amount,
            "bank": payload.bank,
            "reference": payload.reference,
            "clerk": payload.clerk,
        },
    )


DRAWERS: dict[type[Any], Callable[[Connection, Header, Any, bytes], None]] = {
    DrawerOpened: _drawer_opened,
    DrawerClosed: _drawer_closed,
    CashMoved: _cash_moved,
    HandoverAccepted: _handover_accepted,
    DrawerUnlocked: _drawer_unlocked,
    DepositNoted: _deposit_noted,
}


def carry(connection: Connection, what: str, receipt: int, amount: Paise, *, named: bool = True) -> None:
    """What became of a receipt (by its serial) goes into the next Z report if its own drawer is sealed.

    Not ``named``: together with all others of the kind, as one sum.
    """
    connection.exec_driver_sql(_CARRY, (str(what), named, amount, receipt))


def change_drawer(connection: Connection, drawer: UUID, *, demand: bool = False, **by: int) -> None:
    """Move the sums of an open drawer; ``demand``: ``DoesNotFollow`` when it is not open."""
    changes = {name: drawers.c[name] + amount for name, amount in by.items()}
    still_open = (drawers.c.drawer == drawer) & drawers.c.closed_at.is_(None)
    changed = connection.execute(update(drawers).where(still_open).values(changes))
    if demand and changed.rowcount != 1:
        raise DoesNotFollow("no open drawer")


def demand_one(connection: Connection, statement: Update, otherwise: str) -> None:
    """Change exactly one row; ``DoesNotFollow`` otherwise."""
    if connection.execute(statement).rowcount != 1:
        raise DoesNotFollow(otherwise)
