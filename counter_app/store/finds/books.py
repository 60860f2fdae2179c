"""Rows of the office's books, in the order of their columns. Sums leave out what was cancelled."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import RowMapping, Select, func, select
from sqlalchemy.engine import Connection

from counter_app.domain.days import midnight
from counter_app.domain.numbering import Number, Series
from counter_app.domain.payment import TenderKind
from counter_app.domain.undoing import LOST, Outcome
from counter_app.store.finds.receipts import number_of
from counter_app.store.reference import names
from counter_app.store.rows import Names
from counter_app.store.tables import (
    complaint_states,
    paper_jobs,
    payment_shares,
    payments,
    tenders,
    undoings,
    unlocks,
)

Row = tuple[Any, ...]
_NOBODY = Names("", "")


class Days(NamedTuple):
    """From a day to a day, both of them in it."""

    first: date
    last: date


class Receipt(NamedTuple):
    """A receipt of the day book; ``kinds`` are its ways of paying."""

    number: Number
    row: RowMapping
    names: Names
    kinds: tuple[TenderKind, ...]


def receipts(connection: Connection, days: Days) -> tuple[Receipt, ...]:
    """Every receipt by its serial, cancelled ones among them."""
    found = connection.execute(
        select(payments).where(payments.c.day.between(*days)).order_by(payments.c.serial)
    )
    rows = found.mappings().all()
    named = names(connection, {row["consumer"] for row in rows})
    kinds = _kinds(connection, days)
    return tuple(
        Receipt(
            number_of(row, Series.RECEIPT), row, named.get(row["consumer"], _NOBODY),
            kinds.get(row["serial"], ()),
        )
        for row in rows
    )  # fmt: skip


def _kinds(connection: Connection, days: Days) -> Mapping[int, tuple[TenderKind, ...]]:
    """The ways of paying of each receipt as they stand: corrected ones, and of a cancelled one the last."""
    asked = select(tenders.c.payment, tenders.c.kind, tenders.c.live, payments.c.cancelled)
    asked = asked.join(payments, payments.c.serial == tenders.c.payment)
    asked = asked.where(payments.c.day.between(*days)).order_by(tenders.c.payment, tenders.c.position)
    found: dict[int, tuple[TenderKind, ...]] = {}
    for serial, kind, live, cancelled in connection.execute(asked):
        if live or cancelled:
            found[serial] = (*found.get(serial, ()), TenderKind(kind))
    return found


def by_cashier(connection: Connection, days: Days) -> tuple[Row, ...]:
    """Clerk, day, receipts, how many were cancelled, cash, what was not cash, all."""
    counts = payments.c.cancelled.is_(False)
    cash = select(tenders.c.payment, func.sum(tenders.c.amount).label("cash"))
    cash = cash.where(tenders.c.live, tenders.c.kind == str(TenderKind.CASH)).group_by(tenders.c.payment)
    of_cash = cash.subquery()
    taken = func.coalesce(func.sum(payments.c.amount).filter(counts), 0)
    in_cash = func.coalesce(func.sum(of_cash.c.cash).filter(counts), 0)
    asked = select(
        payments.c.clerk, payments.c.day, func.count().filter(counts),
        func.count().filter(payments.c.cancelled), in_cash, taken - in_cash, taken,
    ).select_from(payments.outerjoin(of_cash, of_cash.c.payment == payments.c.serial))  # fmt: skip
    asked = asked.where(payments.c.day.between(*days)).group_by(payments.c.clerk, payments.c.day)
    return _rows(connection, asked.order_by(payments.c.day, payments.c.clerk))


def by_tender(connection: Connection, days: Days) -> tuple[Row, ...]:
    """Way of paying, receipts, what is pending of it, what was lost, all."""
    pending = tenders.c.outcome == str(Outcome.PENDING)
    lost = tenders.c.outcome.in_(map(str, LOST))
    asked = select(
        tenders.c.kind,
        func.count(tenders.c.payment.distinct()),
        func.coalesce(func.sum(tenders.c.amount).filter(pending), 0),
        func.coalesce(func.sum(tenders.c.amount).filter(lost), 0),
        func.sum(tenders.c.amount),
    ).join(payments, payments.c.serial == tenders.c.payment)
    asked = asked.where(tenders.c.live, payments.c.cancelled.is_(False), payments.c.day.between(*days))
    return _rows(connection, asked.group_by(tenders.c.kind).order_by(tenders.c.kind))


def by_head(connection: Connection, days: Days) -> tuple[Row, ...]:
    """What it was for (of money that is no bill its charge), receipts, all."""
    head = func.coalesce(func.nullif(payments.c.charge, ""), payment_shares.c.head)
    asked = select(head, func.count(payments.c.serial.distinct()), func.sum(payment_shares.c.amount))
    asked = asked.join(payments, payments.c.serial == payment_shares.c.payment)
    asked = asked.where(payments.c.cancelled.is_(False), payments.c.day.between(*days))
    return _rows(connection, asked.group_by(head).order_by(head))


def undone(connection: Connection, days: Days) -> tuple[tuple[RowMapping, RowMapping], ...]:
    """Everything that was done about receipts, by its own number, and the receipt each time."""
    within = undoings.c.day.between(*days)
    done = connection.execute(select(undoings).where(within).order_by(undoings.c.serial))
    rows = done.mappings().all()
    asked = select(payments).where(payments.c.serial.in_(select(undoings.c.payment).where(within)))
    of = {row["serial"]: row for row in connection.execute(asked).mappings()}
    return tuple((row, of[row["payment"]]) for row in rows)


def copies(
    connection: Connection, days: Days, hidden: Collection[str]
) -> tuple[tuple[RowMapping, RowMapping | None], ...]:
    """Every copy that was asked for, and the receipt where it is one's; no slip of ``hidden`` types."""
    at = paper_jobs.c.asked_at
    within = (paper_jobs.c.copy > 1) & (at >= midnight(days.first))
    within &= at < midnight(days.last + timedelta(days=1))
    of_hidden = select(complaint_states.c.act).where(complaint_states.c.type.in_(hidden))
    within &= paper_jobs.c.subject.is_(None) | paper_jobs.c.subject.not_in(of_hidden)
    rows = connection.execute(select(paper_jobs).where(within).order_by(at)).mappings().all()
    subjects = select(paper_jobs.c.subject).where(within)
    of_receipts = connection.execute(select(payments).where(payments.c.act.in_(subjects)))
    of = {row["act"]: row for row in of_receipts.mappings()}
    return tuple((row, of.get(row["subject"])) for row in rows)


def unlocked(connection: Connection, days: Days) -> tuple[Row, ...]:
    """Each opening of a drawer without a payment: when, who, why."""
    asked = select(unlocks.c.unlocked_at, unlocks.c.clerk, unlocks.c.reason)
    asked = asked.where(unlocks.c.day.between(*days)).order_by(unlocks.c.unlocked_at)
    return _rows(connection, asked)


def _rows(connection: Connection, asked: Select[*tuple[Any, ...]]) -> tuple[Row, ...]:
    return tuple(tuple(row) for row in connection.execute(asked))
