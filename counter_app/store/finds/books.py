"""Rows of the office's books, in the order of their columns. Sums leave out what was cancelled.

They go by all that is known of this counter's receipts: also by what a restore has lost and the feed tells.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import RowMapping, Select, func, not_, or_, select
from sqlalchemy.engine import Connection

from counter_app.domain.days import midnight
from counter_app.domain.money import Paise
from counter_app.domain.numbering import Number, Series, hash_letters
from counter_app.domain.payment import TenderKind
from counter_app.domain.undoing import (
    LOST,
    Outcome,
    PaymentCancelled,
    PaymentMoved,
    RefundAsked,
    TendersCorrected,
    Undoing,
    Undoings,
)
from counter_app.store.finds.lost import UNDOING, lost
from counter_app.store.finds.receipts import number_of
from counter_app.store.finds.standing import IS_CANCELLED, RECEIPT, standing, standing_shares
from counter_app.store.projected import at
from counter_app.store.reference import names
from counter_app.store.rows import Names
from counter_app.store.tables import (
    complaint_states,
    paper_jobs,
    payments,
    tenders,
    undoings,
    unlocks,
)

Row = tuple[Any, ...]
_NOBODY = Names("", "")
_WHAT = {
    PaymentCancelled: Undoing.CANCEL,
    TendersCorrected: Undoing.CORRECT,
    PaymentMoved: Undoing.MOVE,
    RefundAsked: Undoing.REFUND,
}


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


class Deed(NamedTuple):
    """Something that was done about a receipt, by the slip that says so."""

    slip: Number
    at: datetime
    what: Undoing
    receipt: Number
    why: str
    clerk: str
    approved: str
    amount: Paise


def receipts(connection: Connection, days: Days) -> tuple[Receipt, ...]:
    """Every receipt by its serial, cancelled ones among them."""
    asked = select(*RECEIPT).where(payments.c.day.between(*days)).order_by(payments.c.serial)
    rows = connection.execute(asked).mappings().all()
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
    """The ways of paying of each receipt as they stand, corrected ones, and those of a cancelled one."""
    stand = standing(payments.c.day.between(*days))
    stands = select(stand.c.payment, stand.c.kind)
    undone = select(tenders.c.payment, tenders.c.kind).join(payments, payments.c.serial == tenders.c.payment)
    undone = undone.where(IS_CANCELLED, or_(tenders.c.live, payments.c.cancelled))
    undone = undone.where(payments.c.day.between(*days))
    found: dict[int, set[str]] = {}
    for asked in (stands, undone):
        for serial, kind in connection.execute(asked):
            found.setdefault(serial, set()).add(kind)
    return {serial: tuple(kind for kind in TenderKind if kind in kinds) for serial, kinds in found.items()}


def by_cashier(connection: Connection, days: Days) -> tuple[Row, ...]:
    """Clerk, day, receipts, how many were cancelled, cash, what was not cash, all."""
    counts = not_(IS_CANCELLED)
    stand = standing(payments.c.day.between(*days))
    cash = select(stand.c.payment, func.sum(stand.c.amount).label("cash"))
    of_cash = cash.where(stand.c.kind == str(TenderKind.CASH)).group_by(stand.c.payment).subquery()
    taken = func.coalesce(func.sum(payments.c.amount).filter(counts), 0)
    in_cash = func.coalesce(func.sum(of_cash.c.cash), 0)
    asked = select(
        payments.c.clerk, payments.c.day, func.count().filter(counts),
        func.count().filter(IS_CANCELLED), in_cash, taken - in_cash, taken,
    ).select_from(payments.outerjoin(of_cash, of_cash.c.payment == payments.c.serial))  # fmt: skip
    asked = asked.where(payments.c.day.between(*days)).group_by(payments.c.clerk, payments.c.day)
    return _rows(connection, asked.order_by(payments.c.day, payments.c.clerk))


def by_tender(connection: Connection, days: Days) -> tuple[Row, ...]:
    """Way of paying, receipts, what is pending of it, what was lost, all."""
    stand = standing(payments.c.day.between(*days))
    pending = stand.c.outcome == str(Outcome.PENDING)
    not_paid = stand.c.outcome.in_(map(str, LOST))
    asked = select(
        stand.c.kind,
        func.count(stand.c.payment.distinct()),
        func.coalesce(func.sum(stand.c.amount).filter(pending), 0),
        func.coalesce(func.sum(stand.c.amount).filter(not_paid), 0),
        func.sum(stand.c.amount),
    )
    return _rows(connection, asked.group_by(stand.c.kind).order_by(stand.c.kind))


def by_head(connection: Connection, days: Days) -> tuple[Row, ...]:
    """What it was for (of money that is no bill its charge), receipts, all."""
    shares = standing_shares(payments.c.day.between(*days)).c
    head = func.coalesce(func.nullif(shares.charge, ""), shares.head)
    asked = select(head, func.count(shares.payment.distinct()), func.sum(shares.amount))
    return _rows(connection, asked.group_by(head).order_by(head))


def undone(connection: Connection, days: Days) -> tuple[Deed, ...]:
    """Everything that was done about receipts, by the numbers of the slips."""
    asked = select(payments, *(one.label(f"its_{one.name}") for one in undoings.c))
    asked = asked.join(undoings, undoings.c.payment == payments.c.serial)
    rows = connection.execute(asked.where(undoings.c.day.between(*days))).mappings()
    found = [
        Deed(
            Number(Series.SLIP, row["office"], row["counter"], row["its_serial"], row["its_letters"]),
            row["its_done_at"], Undoing(row["its_what"]), number_of(row, Series.RECEIPT), row["its_why"],
            row["its_clerk"], row["its_approved"], row["its_amount"],
        )
        for row in rows
    ]  # fmt: skip
    found += _undone_before(connection, days)
    return tuple(sorted(found, key=lambda one: (one.slip.serial, one.at)))


def _undone_before(connection: Connection, days: Days) -> list[Deed]:
    """Those of which a restore has lost the slip; what they are about is here."""
    found = []
    for entry in lost(connection, *UNDOING):
        said = entry.payload
        assert isinstance(said, Undoings)
        if days.first <= said.day <= days.last:
            about = connection.execute(select(payments).where(payments.c.act == said.receipt))
            receipt = about.mappings().first()
            if receipt is not None:
                slip = Number(Series.SLIP, said.office, said.counter, said.serial, hash_letters(entry.hash))
                approved = "" if isinstance(said, RefundAsked) else said.approved.code
                found.append(
                    Deed(
                        slip, at(entry.header), _WHAT[type(said)], number_of(receipt, Series.RECEIPT),
                        str(said.why), said.clerk, approved, said.amount,
                    )
                )  # fmt: skip
    return found


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
