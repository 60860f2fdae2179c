"""Receipts of other counters and of channels: what was handed over for them, and what was done about them.

They are known by their acts, for a counter that was cloned gives out one number twice; whatever is heard of
first, the rows come to the same.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, tuple_, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from counter_app.domain.charges import RECONNECTION
from counter_app.domain.entry import Entry, Header
from counter_app.domain.money import Paise
from counter_app.domain.numbering import Number
from counter_app.domain.payment import PaymentTaken, Tender, TenderKind
from counter_app.domain.task import Task
from counter_app.domain.undoing import LOST, Outcome, PaymentMoved, TaskDone, TenderSettled
from counter_app.store.columns import consumer_key, consumer_keys, consumer_number
from counter_app.store.projected import at, word_age
from counter_app.store.reference import payment_row
from counter_app.store.rows import ELSEWHERE, KnownPayment
from counter_app.store.tables import (
    cancelled_elsewhere,
    known_payments,
    known_tasks,
    moved_elsewhere,
    receipts_elsewhere,
    settled_elsewhere,
    tenders_elsewhere,
)
from counter_app.store.words_index import many

if TYPE_CHECKING:
    from counter_app.store.page import Page

_ADD_PAYMENT = """
    INSERT INTO known_payments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET receipt = excluded.receipt WHERE receipt = ''"""
_GIVE_OUT = "INSERT OR IGNORE INTO receipts_elsewhere VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_CORRECT = """
    INSERT INTO corrections_elsewhere VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET tenders = excluded.tenders, entry = excluded.entry
    WHERE excluded.entry > entry"""
_NEWEST = "SELECT slip, entry FROM corrections_elsewhere WHERE act = ? ORDER BY slip DESC LIMIT 1"
# Those of each correction stand behind all that were before. Of an own receipt, corrections that a restore
# has lost stand behind what is left of it.
_PLACE = """
    UPDATE tenders_elsewhere AS t SET place = position + iif(slip = 0, 0, coalesce(
            (SELECT r.tenders FROM receipts_elsewhere r WHERE r.act = t.act),
            (SELECT max(o.position) + 1 FROM payments p JOIN tenders o ON o.payment = p.serial
                WHERE p.act = t.act))
        + (SELECT coalesce(sum(c.tenders), 0) FROM corrections_elsewhere c
            WHERE c.act = t.act AND c.slip < t.slip))
    WHERE act = ?"""
_SPEAK = """
    UPDATE tenders_elsewhere AS t SET waits = NOT confirmed AND NOT EXISTS (
        SELECT 1 FROM settled_elsewhere s WHERE s.act = t.act AND s.position = t.place)
    WHERE act = ?"""
_END = """
    INSERT INTO known_follow_ups VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET done_at = excluded.done_at, done_by = excluded.done_by, note = excluded.note
    WHERE (excluded.done_at, excluded.done_by, excluded.note) < (done_at, done_by, note)"""
_SETTLE = """
    INSERT INTO settled_elsewhere VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET age = excluded.age, word = excluded.word, outcome = excluded.outcome,
        amount = excluded.amount, reference = excluded.reference
    WHERE excluded.age > age"""


def add_payment(page: "Page", paid: KnownPayment, act: UUID) -> None:
    """Add a payment as another counter or a channel recorded it; what the billing side said of it stays."""
    many(page.connection, _ADD_PAYMENT, [payment_row(paid._replace(lost=_lost(page.connection, act)))])


def give_out(page: "Page", entry: Entry, receipt: Number, paid: PaymentTaken) -> None:
    """Another counter gave out a receipt; that of a reconnection leaves work."""
    act = entry.header.act
    whose = paid.day.isoformat(), paid.consumer, paid.amount, paid.charge, len(paid.tenders)
    page.connection.exec_driver_sql(_GIVE_OUT, (act.bytes, receipt.stem, receipt.letters, *whose))
    if paid.charge == RECONNECTION:
        leave(page, entry.header, Task.RECONNECT, act, paid.amount)


def leave(page: "Page", header: Header, task: Task, receipt: UUID, amount: Paise) -> None:
    """An entry of another counter gave birth to work because of a receipt, the act of which is named."""
    row = {"of": header.act, "task": task, "receipt": receipt, "amount": amount, "born_at": at(header)}
    page.connection.execute(insert(known_tasks).values(row).on_conflict_do_nothing())


def end(page: "Page", header: Header, done: TaskDone) -> None:
    """Another counter ended some work; of several that did the first by its clock is named."""
    row = done.of.bytes, str(done.task), header.wall_ms, done.clerk, done.note
    page.connection.exec_driver_sql(_END, row)


def is_cancelled(connection: Connection, act: UUID) -> bool:
    """Whether another counter cancelled a receipt, by its act."""
    asked = select(cancelled_elsewhere.c.act).where(cancelled_elsewhere.c.act == act)
    return connection.execute(asked).first() is not None


def cancel(page: "Page", receipt: Number, act: UUID, consumer: str) -> None:
    """Another counter's receipt counts no more, also when it is only heard of later."""
    connection = page.connection
    connection.execute(insert(cancelled_elsewhere).values(act=act).on_conflict_do_nothing())
    connection.execute(delete(known_payments).where(*_is_receipt(connection, receipt, act, [consumer])))
    connection.execute(delete(tenders_elsewhere).where(tenders_elsewhere.c.act == act))


def moved_to(connection: Connection, act: UUID) -> tuple[str, str] | None:
    """For whom, and for which month's bill, another counter's receipt counts since it was moved."""
    asked = select(moved_elsewhere).where(moved_elsewhere.c.act == act)
    row = connection.execute(asked).first()
    return None if row is None else (consumer_number(row.consumer), row.month)


def move(page: "Page", entry: Entry, receipt: Number, said: PaymentMoved) -> None:
    """Another counter's receipt counts for another consumer, also when either is only heard of later.

    Of several moves the one with the highest slip holds; of clones' that have one slip, everywhere the same.
    """
    act, before = said.receipt, moved_to(page.connection, said.receipt)
    row = {
        "act": act, "slip": said.serial, "consumer": consumer_key(said.to_consumer),
        "month": said.to_bill_month, "entry": entry.hash,
    }  # fmt: skip
    put = insert(moved_elsewhere).values(row)
    newer = tuple_(put.excluded.slip, put.excluded.entry) > tuple_(
        moved_elsewhere.c.slip, moved_elsewhere.c.entry
    )
    page.connection.execute(put.on_conflict_do_update(index_elements=["act"], set_=row, where=newer))
    now = moved_to(page.connection, act)
    of = said.consumer, said.to_consumer, *([before[0]] if before else [])
    where = _is_receipt(page.connection, receipt, act, of)
    if is_cancelled(page.connection, act):
        page.connection.execute(delete(known_payments).where(*where))
    elif now is not None:
        values = {"consumer": consumer_key(now[0]), "month": now[1], "lost": _lost(page.connection, act)}
        page.connection.execute(update(known_payments).where(*where).values(values))


def hand_over(
    page: "Page", entry: Entry, receipt: Number, act: UUID, slip: int, given: Sequence[Tender]
) -> None:
    """For another counter's receipt this was handed over, as it said or as a correction, the ``slip``, says.

    What was before a correction stands no more.
    """
    connection, this = page.connection, (slip, entry.hash) if slip else None
    if this:
        connection.exec_driver_sql(_CORRECT, (act.bytes, slip, len(given), entry.hash))
    found = connection.exec_driver_sql(_NEWEST, (act.bytes,)).first()
    newest = tuple(found) if found else None
    rows = [
        {
            "act": act, "position": position, "receipt": receipt.stem, "slip": slip, "kind": str(one.kind),
            "amount": one.amount, "reference": one.reference, "bank": one.bank, "confirmed": one.confirmed,
            "waits": False,
        }
        for position, one in enumerate(given)
        if one.kind is not TenderKind.CASH
    ]  # fmt: skip
    if is_cancelled(connection, act) or not (rows or newest):
        return
    if this == newest:
        connection.execute(delete(tenders_elsewhere).where(tenders_elsewhere.c.act == act))
        for row in rows:
            connection.execute(insert(tenders_elsewhere), row)
    connection.exec_driver_sql(_PLACE, (act.bytes,))
    connection.exec_driver_sql(_SPEAK, (act.bytes,))


def settle(page: "Page", entry: Entry, said: TenderSettled) -> None:
    """The bank said what became of a tender of another counter, also of a receipt heard of later."""
    header, connection, known = entry.header, page.connection, receipts_elsewhere.c
    row = (
        said.receipt.bytes, said.position, word_age(header, entry.hash), header.act.bytes,
        str(said.outcome), said.amount, said.reference,
    )  # fmt: skip
    connection.exec_driver_sql(_SETTLE, row)
    connection.exec_driver_sql(_SPEAK, (said.receipt.bytes,))
    if said.outcome is Outcome.DISHONOURED:
        leave(page, header, Task.DISHONOURED, said.receipt, said.charge)
    asked = select(known.receipt, known.letters).where(known.act == said.receipt)
    for stem, letters in connection.execute(asked):
        now = moved_to(connection, said.receipt)
        where = _is_numbered(f"{stem}-{letters}", [said.consumer, *([now[0]] if now else [])])
        lost = _lost(connection, said.receipt)
        connection.execute(update(known_payments).where(*where).values(lost=lost))


def _lost(connection: Connection, act: UUID) -> Paise:
    """What of a receipt did not come in, or went back."""
    said = settled_elsewhere.c
    asked = select(func.coalesce(func.sum(said.amount), 0))
    asked = asked.where(said.act == act, said.outcome.in_(list(map(str, LOST))))
    return int(connection.execute(asked).scalar_one())


def _is_receipt(
    connection: Connection, receipt: Number, act: UUID, consumers_: Iterable[str]
) -> tuple[ColumnElement[bool], ...]:
    """The row of a receipt of another counter or a channel, at one of some consumers; its letters are not
    known before it was heard of itself.
    """
    asked = select(receipts_elsewhere.c.letters).where(receipts_elsewhere.c.act == act)
    letters = connection.execute(asked).scalar()
    return _is_numbered(f"{receipt.stem}-{letters or '%'}", consumers_)


def _is_numbered(like: str, consumers_: Iterable[str]) -> tuple[ColumnElement[bool], ...]:
    known = known_payments.c
    keys = consumer_keys(consumers_).values()
    by_counter = and_(known.channel == ELSEWHERE, known.reference.like(like))
    return known.consumer.in_(keys), or_(by_counter, known.receipt.like(like))
