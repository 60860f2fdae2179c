"""Money that was not in hand when its receipt was given, and what the bank said of it."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    RowMapping,
    and_,
    func,
    literal_column,
    not_,
    or_,
    select,
)
from sqlalchemy.engine import Connection

from counter_app.domain.money import Paise
from counter_app.domain.numbering import Number, Series
from counter_app.domain.payment import TenderKind
from counter_app.domain.statement import Claim
from counter_app.domain.undoing import Outcome
from counter_app.store.finds.receipts import number_of
from counter_app.store.finds.undone_elsewhere import CANCELLED, HANDED_OVER_ELSE, LOST, TOLD_HOLDS, WHOSE
from counter_app.store.reference import names
from counter_app.store.rows import Names
from counter_app.store.tables import payments, tenders
from counter_app.store.tables import settled_elsewhere as told

_SPOKEN_FOR = (TenderKind.UPI, TenderKind.CHEQUE, TenderKind.DRAFT, TenderKind.OTHER)
_CARD_WITHOUT_CODE = (tenders.c.kind == str(TenderKind.CARD)) & (tenders.c.approval == "")
# What a restore has lost of the bank's words holds as the feed told it.
_TOLD = and_(
    told.c.act == payments.c.act, told.c.position == tenders.c.position, literal_column(TOLD_HOLDS, Boolean)
)
_OUTCOME = func.coalesce(told.c.outcome, tenders.c.outcome)
_SETTLED_AS = func.coalesce(told.c.reference, tenders.c.settled_as)
_STANDS = and_(
    not_(literal_column(CANCELLED, Boolean)), not_(literal_column(HANDED_OVER_ELSE, Boolean)), tenders.c.live
)
_OF_TENDER = (
    *(column for column in tenders.c if column.name not in payments.c),
    tenders.c.amount.label("tender_amount"),
    _OUTCOME.label("now"),
    _SETTLED_AS.label("came_as"),
    literal_column(WHOSE).label("whose"),
)


class PendingRow(NamedTuple):
    """A tender that nobody has confirmed: whose, on which receipt, of which bank."""

    claim: Claim
    number: Number
    names: Names
    bank: str
    dated: date | None


def claims_since(connection: Connection, first: date) -> tuple[Claim, ...]:
    """All tenders that the bank speaks for, of receipts from a day on that count, settled or not."""
    return tuple(_claim(row) for row in _rows(connection, payments.c.day >= first))


def claim(connection: Connection, receipt: UUID, position: int) -> Claim | None:
    """One of them, by its receipt's act and its place there."""
    row = next(iter(_rows(connection, payments.c.act == receipt, tenders.c.position == position)), None)
    return _claim(row) if row else None


def lost(connection: Connection, receipt: UUID) -> Paise:
    """What of a receipt of this counter the bank did not pay."""
    asked = select(literal_column(LOST, Integer)).select_from(payments).where(payments.c.act == receipt)
    return connection.execute(asked).scalar() or 0


def pending(connection: Connection) -> tuple[PendingRow, ...]:
    """Those of which nobody knows yet, oldest first."""
    rows = _rows(connection, tenders.c.outcome == str(Outcome.PENDING), told.c.outcome.is_(None))
    named = names(connection, {row["whose"] for row in rows})
    return tuple(
        PendingRow(
            _claim(row),
            number_of(row, Series.RECEIPT),
            named.get(row["whose"], Names("", "")),
            row["bank"],
            row["dated"],
        )
        for row in rows
    )


def _rows(connection: Connection, *conditions: ColumnElement[bool]) -> list[RowMapping]:
    asked = select(payments, *_OF_TENDER).join(tenders, tenders.c.payment == payments.c.serial)
    asked = asked.outerjoin(told, _TOLD)
    asked = asked.where(
        _STANDS,
        or_(tenders.c.kind.in_(map(str, _SPOKEN_FOR)), _CARD_WITHOUT_CODE),
        *conditions,
    )
    return list(connection.execute(asked.order_by(payments.c.serial, tenders.c.position)).mappings())


def _claim(row: RowMapping) -> Claim:
    return Claim(
        row["act"], row["serial"], row["position"], row["whose"], TenderKind(row["kind"]),
        row["tender_amount"], row["reference"], row["day"], Outcome(row["now"]), row["came_as"],
    )  # fmt: skip
