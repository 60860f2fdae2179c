"""Money that was not in hand when its receipt was given, and what the bank said of it."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Integer, RowMapping, and_, func, literal_column, or_, select
from sqlalchemy.engine import Connection

from counter_app.domain.days import from_millis
from counter_app.domain.money import Paise
from counter_app.domain.numbering import Number, Series
from counter_app.domain.payment import TenderKind
from counter_app.domain.statement import Claim
from counter_app.domain.undoing import Outcome
from counter_app.store.finds.receipts import number_of
from counter_app.store.finds.standing import OF_WHOM, OUTCOME, STANDS, TOLD
from counter_app.store.finds.undone_elsewhere import LOST, SAID_BOTH
from counter_app.store.reference import names
from counter_app.store.rows import Names
from counter_app.store.tables import payments, tenders
from counter_app.store.tables import settled_elsewhere as told

_SPOKEN_FOR = (TenderKind.UPI, TenderKind.CHEQUE, TenderKind.DRAFT, TenderKind.OTHER)
_CARD_WITHOUT_CODE = (tenders.c.kind == str(TenderKind.CARD)) & (tenders.c.approval == "")
# What a restore has lost of the bank's words holds as the feed told it.
_NEWEST_WORD = """
    SELECT max(age) FROM (
        SELECT settled_age AS age FROM tenders JOIN payments ON payments.serial = tenders.payment
            WHERE payments.act = ?1 AND tenders.position = ?2
        UNION ALL SELECT age FROM settled_elsewhere WHERE act = ?1 AND position = ?2)"""
_SETTLED_AS = func.coalesce(told.c.reference, tenders.c.settled_as)
_SAID_BOTH: ColumnElement[bool] = literal_column(SAID_BOTH, Boolean)
_OF_TENDER = (
    *(column for column in tenders.c if column.name not in payments.c),
    tenders.c.amount.label("tender_amount"),
    OUTCOME.label("now"),
    _SETTLED_AS.label("came_as"),
    OF_WHOM.label("whose"),
    _SAID_BOTH.label("both"),
)


class PendingRow(NamedTuple):
    """A tender that nobody has confirmed: whose, on which receipt, of which bank.

    ``both``: the bank said both that it came and that it did not, and nobody knows which of them later.
    """

    claim: Claim
    number: Number
    names: Names
    bank: str
    dated: date | None
    both: bool


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
    """Those of which nobody knows yet, or not for certain, oldest first."""
    unsaid = and_(tenders.c.outcome == str(Outcome.PENDING), told.c.outcome.is_(None))
    rows = _rows(connection, or_(unsaid, _SAID_BOTH))
    named = names(connection, {row["whose"] for row in rows})
    return tuple(
        PendingRow(
            _claim(row),
            number_of(row, Series.RECEIPT),
            named.get(row["whose"], Names("", "")),
            row["bank"],
            row["dated"],
            row["both"],
        )
        for row in rows
    )


def said_both(connection: Connection, receipt: UUID, position: int) -> bool:
    """Whether the bank said of a tender both that it came and that it did not, as ``PendingRow.both``."""
    asked = select(tenders.c.payment).join(payments, payments.c.serial == tenders.c.payment)
    asked = asked.where(payments.c.act == receipt, tenders.c.position == position, _SAID_BOTH)
    return connection.execute(asked).first() is not None


def newest_word(connection: Connection, receipt: UUID, position: int) -> tuple[Paise, datetime] | None:
    """What the device had taken, and its clock, when the word was recorded that stands of a tender."""
    age = connection.exec_driver_sql(_NEWEST_WORD, (receipt.bytes, position)).scalar()
    if age is None:
        return None
    total, wall_ms = (int.from_bytes(age[first : first + 8], "big") for first in (0, 8))
    return total, from_millis(wall_ms)


def _rows(connection: Connection, *conditions: ColumnElement[bool]) -> list[RowMapping]:
    asked = select(payments, *_OF_TENDER).join(tenders, tenders.c.payment == payments.c.serial)
    asked = asked.outerjoin(told, TOLD)
    asked = asked.where(
        STANDS,
        or_(tenders.c.kind.in_(map(str, _SPOKEN_FOR)), _CARD_WITHOUT_CODE),
        *conditions,
    )
    return list(connection.execute(asked.order_by(payments.c.serial, tenders.c.position)).mappings())


def _claim(row: RowMapping) -> Claim:
    return Claim(
        row["act"], row["serial"], row["position"], row["whose"], TenderKind(row["kind"]),
        row["tender_amount"], row["reference"], row["day"], Outcome(row["now"]), row["came_as"],
    )  # fmt: skip
