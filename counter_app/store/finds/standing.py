"""How the money of this counter's receipts stands by all that is known: also what only the feed tells of.

What a drawer and its seal came to goes by what is recorded here alone; whoever asks what was taken asks here.
"""

from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Select,
    String,
    Subquery,
    and_,
    cast,
    exists,
    func,
    literal,
    literal_column,
    not_,
    select,
    union_all,
)

from counter_app.domain.payment import TenderKind
from counter_app.store.finds.undone_elsewhere import CANCELLED, HANDED_OVER_ELSE, TOLD_HOLDS, WHOSE
from counter_app.store.tables import (
    corrections_elsewhere,
    foreign_entries,
    moved_elsewhere,
    payment_shares,
    payments,
    tenders,
    tenders_elsewhere,
)
from counter_app.store.tables import settled_elsewhere as told

IS_CANCELLED: ColumnElement[bool] = literal_column(CANCELLED, Boolean)
OF_WHOM: ColumnElement[str] = literal_column(WHOSE, String)
FOR_BILL: ColumnElement[str] = literal_column(
    """coalesce((SELECT foreign_entries.payload ->> '$.to_bill_number'
        FROM moved_elsewhere JOIN foreign_entries ON foreign_entries.hash = moved_elsewhere.entry
        WHERE moved_elsewhere.act = payments.act), payments.bill_number)""",
    String,
)
"""The bill that a receipt counts for."""

STANDS = and_(not_(IS_CANCELLED), not_(literal_column(HANDED_OVER_ELSE, Boolean)), tenders.c.live)
"""Whether a tender of a receipt here stands: neither of them was undone, here or before a restore."""

TOLD = and_(
    told.c.act == payments.c.act, told.c.position == tenders.c.position, literal_column(TOLD_HOLDS, Boolean)
)
"""Joins the bank's word that a restore has lost to its tender."""

OUTCOME = func.coalesce(told.c.outcome, tenders.c.outcome)
RECEIPT: tuple[ColumnElement[Any], ...] = (
    *(column for column in payments.c if column.name not in ("cancelled", "consumer")),
    IS_CANCELLED.label("cancelled"),
    OF_WHOM.label("consumer"),
)
"""The columns of a receipt, as far as it was cancelled or moved by all that is known."""


def standing(*which: ColumnElement[bool]) -> Subquery:
    """The tenders that stand of receipts for which these conditions hold: ``payment``, ``day``, ``clerk``,
    ``kind``, ``amount``, ``outcome``.
    """
    return union_all(_own(which), _told(which), _cash_told(which)).subquery("standing")


def _own(which: tuple[ColumnElement[bool], ...]) -> Select[*tuple[object, ...]]:
    asked = select(
        payments.c.serial.label("payment"), payments.c.day, payments.c.clerk, tenders.c.kind,
        tenders.c.amount, OUTCOME.label("outcome"),
    )  # fmt: skip
    asked = asked.join(tenders, tenders.c.payment == payments.c.serial).outerjoin(told, TOLD)
    return asked.where(STANDS, *which)


def _told(which: tuple[ColumnElement[bool], ...]) -> Select[*tuple[object, ...]]:
    """What was handed over in truth, of which a restore has lost the correction; cash is not among it."""
    there = tenders_elsewhere.c
    confirmed = literal_column("iif(tenders_elsewhere.confirmed, 'confirmed', 'pending')", String)
    asked = select(
        payments.c.serial, payments.c.day, payments.c.clerk, there.kind, there.amount,
        func.coalesce(told.c.outcome, confirmed),
    )  # fmt: skip
    asked = asked.join(tenders_elsewhere, there.act == payments.c.act)
    asked = asked.outerjoin(told, and_(told.c.act == there.act, told.c.position == there.place))
    return asked.where(not_(IS_CANCELLED), *which)


def _cash_told(which: tuple[ColumnElement[bool], ...]) -> Select[*tuple[object, ...]]:
    """The cash of such a receipt: what is left of it."""
    there = tenders_elsewhere.c
    others = select(func.coalesce(func.sum(there.amount), 0)).where(there.act == payments.c.act)
    cash = payments.c.amount - others.scalar_subquery()
    asked = select(
        payments.c.serial, payments.c.day, payments.c.clerk, literal(str(TenderKind.CASH)), cash,
        literal_column("'confirmed'", String),
    )  # fmt: skip
    corrected = exists().where(corrections_elsewhere.c.act == payments.c.act)
    return asked.where(corrected, cash > 0, not_(IS_CANCELLED), *which)


def standing_shares(*which: ColumnElement[bool]) -> Subquery:
    """What receipts that stand were for, of those for which these conditions hold: ``payment``, ``charge``,
    ``head``, ``amount``. One that was moved is split as its moving says, also where a restore has lost that.
    """
    of_move = moved_elsewhere.c.entry == foreign_entries.c.hash
    moved = exists().where(moved_elsewhere.c.act == payments.c.act, of_move)
    own = select(
        payments.c.serial.label("payment"), payments.c.charge, payment_shares.c.head, payment_shares.c.amount
    )
    own = own.join(payment_shares, payment_shares.c.payment == payments.c.serial).where(not_(moved))
    share = func.json_each(foreign_entries.c.payload, "$.shares").table_valued("value", name="share")
    head, amount = (share.c.value.op("->>")(literal_column(f"'$.{name}'")) for name in ("head", "amount"))
    lost = select(payments.c.serial, payments.c.charge, cast(head, String), cast(amount, Integer))
    lost = lost.join(moved_elsewhere, moved_elsewhere.c.act == payments.c.act)
    lost = lost.join(foreign_entries, of_move).join(share, literal(value=True))
    both = (one.where(not_(IS_CANCELLED), *which) for one in (own, lost))
    return union_all(*both).subquery("standing_shares")
