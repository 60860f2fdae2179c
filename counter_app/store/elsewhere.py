"""Receipts of other counters and of channels: what was handed over for them, and what was done about them.

They are known by their numbers without letters; whatever is heard of first, the rows come to the same.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from counter_app.domain.numbering import Number
from counter_app.domain.payment import REFERRED, Tender
from counter_app.store.columns import consumer_key, consumer_keys, consumer_number
from counter_app.store.reference import payment_row
from counter_app.store.rows import ELSEWHERE, KnownPayment
from counter_app.store.tables import cancelled_elsewhere, known_payments, moved_elsewhere, tenders_elsewhere
from counter_app.store.words_index import many

if TYPE_CHECKING:
    from counter_app.store.page import Page

_ADD_PAYMENT = """
    INSERT INTO known_payments VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET receipt = excluded.receipt WHERE receipt = ''"""


def add_payment(page: "Page", paid: KnownPayment) -> None:
    """Add a payment as another counter or a channel recorded it; what the billing side said of it stays."""
    many(page.connection, _ADD_PAYMENT, [payment_row(paid)])


def is_cancelled(connection: Connection, receipt: str) -> bool:
    """Whether another counter cancelled a receipt, by its number without letters."""
    asked = select(cancelled_elsewhere.c.receipt).where(cancelled_elsewhere.c.receipt == receipt)
    return connection.execute(asked).first() is not None


def cancel(page: "Page", receipt: Number, consumer: str) -> None:
    """Another counter's receipt counts no more, also when it is only heard of later."""
    put = insert(cancelled_elsewhere).values(receipt=receipt.stem).on_conflict_do_nothing()
    page.connection.execute(put)
    page.connection.execute(delete(known_payments).where(*_is_receipt(receipt, [consumer])))
    page.connection.execute(delete(tenders_elsewhere).where(tenders_elsewhere.c.receipt == receipt.stem))


def moved_to(connection: Connection, receipt: str) -> tuple[str, str] | None:
    """For whom, and for which month's bill, another counter's receipt counts since it was moved."""
    asked = select(moved_elsewhere).where(moved_elsewhere.c.receipt == receipt)
    row = connection.execute(asked).first()
    return None if row is None else (consumer_number(row.consumer), row.month)


def move(page: "Page", receipt: Number, slip: int, between: tuple[str, str], month: str) -> None:
    """Another counter's receipt counts for another consumer, also when either is only heard of later.

    ``between``: whose it was, and whose it is; of several moves the one with the highest slip holds.
    """
    row = {"receipt": receipt.stem, "slip": slip, "consumer": consumer_key(between[1]), "month": month}
    put = insert(moved_elsewhere).values(row)
    newer = put.excluded.slip > moved_elsewhere.c.slip
    page.connection.execute(put.on_conflict_do_update(index_elements=["receipt"], set_=row, where=newer))
    now = moved_to(page.connection, receipt.stem)
    where = _is_receipt(receipt, between)
    if is_cancelled(page.connection, receipt.stem):
        page.connection.execute(delete(known_payments).where(*where))
    elif now is not None:
        values = {"consumer": consumer_key(now[0]), "month": now[1]}
        page.connection.execute(update(known_payments).where(*where).values(values))


def hand_over(page: "Page", receipt: Number, slip: int, given: Sequence[Tender]) -> None:
    """For another counter's receipt this was handed over, as it said or as a correction, the ``slip``, says.

    Kept is what has a reference that pays once, and of a correction all; those before it stand no more.
    """
    stem, known = receipt.stem, tenders_elsewhere.c
    rows = [
        {
            "receipt": stem, "position": position, "slip": slip, "kind": str(one.kind), "amount": one.amount,
            "reference": one.reference if one.kind in REFERRED else "",
        }
        for position, one in enumerate(given)
        if slip or one.kind in REFERRED
    ]  # fmt: skip
    newest = select(func.max(known.slip)).where(known.receipt == stem)
    if not rows or is_cancelled(page.connection, stem):
        return
    if slip >= (page.connection.execute(newest).scalar() or 0):
        page.connection.execute(delete(tenders_elsewhere).where(known.receipt == stem))
        page.connection.execute(insert(tenders_elsewhere), rows)


def _is_receipt(receipt: Number, consumers_: Iterable[str]) -> tuple[ColumnElement[bool], ...]:
    """The row of a receipt of another counter or a channel, at one of some consumers."""
    known = known_payments.c
    keys = consumer_keys(consumers_).values()
    by_counter = and_(known.channel == ELSEWHERE, known.reference.like(f"{receipt.stem}-%"))
    return known.consumer.in_(keys), or_(by_counter, known.receipt.like(f"{receipt.stem}-%"))
