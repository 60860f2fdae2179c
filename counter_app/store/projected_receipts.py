"""The rows of receipts: tenders, shares, what was done about them, tasks. Sums move with the money."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from counter_app.domain.acts import CopyAsked, Paper
from counter_app.domain.allocation import Share
from counter_app.domain.approval import Approval
from counter_app.domain.charges import RECONNECTION
from counter_app.domain.entry import Header
from counter_app.domain.money import Paise
from counter_app.domain.numbering import Series, hash_letters
from counter_app.domain.payment import PaymentTaken, Tender, TenderKind
from counter_app.domain.task import BORN_OF_TIME, Task
from counter_app.domain.undoing import (
    LOST,
    Outcome,
    PaymentCancelled,
    PaymentMoved,
    RefundAsked,
    TaskDone,
    TendersCorrected,
    TenderSettled,
    Undoing,
    Undoings,
)
from counter_app.store.projected import DoesNotFollow, add_job, at, take_serial, word_age
from counter_app.store.projected_drawers import carry, change_drawer, demand_one
from counter_app.store.tables import (
    follow_ups,
    payment_shares,
    payments,
    tasks,
    tenders,
    undoings,
)

_SAID = ("settled_as", "settled_on", "settled_word", "settled_age")
_UNSAID: dict[str, object] = dict.fromkeys(_SAID) | {"settled_as": ""}
_ADD = """INSERT INTO drawer_sums VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT DO UPDATE SET receipts = receipts + ?3, amount = amount + ?4"""


# -- receipts -------------------------------------------------------------------------------------------


def _payment_taken(connection: Connection, header: Header, payload: PaymentTaken, entry_hash: bytes) -> None:
    take_serial(connection, Series.RECEIPT, payload.serial)
    connection.execute(
        payments.insert(),
        {
            "serial": payload.serial,
            "act": header.act,
            "office": payload.office,
            "counter": payload.counter,
            "letters": hash_letters(entry_hash),
            "day": payload.day,
            "taken_at": at(header),
            "consumer": payload.consumer,
            "bill_number": payload.bill_number,
            "bill_month": payload.bill_month,
            "amount": payload.amount,
            "clerk": payload.clerk,
            "drawer": header.drawer,
            "charge": payload.charge,
            "cancelled": False,
            "lost": 0,
        },
    )
    _put_shares(connection, payload.serial, payload.shares)
    _put_tenders(connection, payload.serial, 0, payload.tenders)
    _add_to_sums(connection, header.drawer, payload.tenders, 1)
    into = sum(tender.given - tender.returned for tender in payload.tenders)
    connection.exec_driver_sql(
        "UPDATE drawers SET receipts = receipts + 1, cash = cash + ?,"
        " first = CASE first WHEN 0 THEN ? ELSE first END, last = ? WHERE drawer = ?",
        (into, payload.serial, payload.serial, header.drawer.bytes),
    )
    if payload.charge == RECONNECTION:
        _put_task(connection, header, Task.RECONNECT, payload.serial, payload.consumer, payload.amount)
    add_job(connection, header, CopyAsked(Paper.RECEIPT, header.act, payload.consumer, "", 1, ""))


def _payment_cancelled(
    connection: Connection, header: Header, payload: PaymentCancelled, entry_hash: bytes
) -> None:
    live = _live_tenders(connection, payload.receipt_serial)
    demand_one(
        connection, update(payments).where(_is_live(payload)).values(cancelled=True), "no receipt to cancel"
    )
    connection.execute(update(tenders).where(tenders.c.payment == payload.receipt_serial).values(live=False))
    _add_to_sums(connection, header.drawer, live, -1)
    change_drawer(
        connection, header.drawer, cash=-payload.cash_back, cancelled=1, cancelled_amount=payload.amount
    )
    _put_undoing(connection, header, Undoing.CANCEL, payload, entry_hash, cash=-payload.cash_back)


def _tenders_corrected(
    connection: Connection, header: Header, payload: TendersCorrected, entry_hash: bytes
) -> None:
    serial = payload.receipt_serial
    rows = _tender_rows(connection, serial)
    before = _live_tenders(connection, serial)
    if not before:
        raise DoesNotFollow("no receipt to correct")
    highest = max(row.position for row in rows)
    connection.execute(update(tenders).where(tenders.c.payment == serial).values(live=False))
    _put_tenders(connection, serial, highest + 1, payload.tenders, [row for row in rows if row.live])
    _add_to_sums(connection, header.drawer, before, -1)
    _add_to_sums(connection, header.drawer, payload.tenders, 1)
    change_drawer(connection, header.drawer, cash=payload.cash, corrected=1)
    _put_undoing(connection, header, Undoing.CORRECT, payload, entry_hash, cash=payload.cash)


def _payment_moved(connection: Connection, header: Header, payload: PaymentMoved, entry_hash: bytes) -> None:
    moved = update(payments).where(_is_live(payload))
    moved = moved.values(
        consumer=payload.to_consumer, bill_number=payload.to_bill_number, bill_month=payload.to_bill_month
    )
    demand_one(connection, moved, "no receipt to move")
    connection.execute(delete(payment_shares).where(payment_shares.c.payment == payload.receipt_serial))
    _put_shares(connection, payload.receipt_serial, payload.shares)
    carry(connection, Undoing.MOVE, payload.receipt_serial, payload.amount)
    _put_undoing(connection, header, Undoing.MOVE, payload, entry_hash)


def _refund_asked(connection: Connection, header: Header, payload: RefundAsked, entry_hash: bytes) -> None:
    _put_task(connection, header, Task.REFUND, payload.receipt_serial, payload.consumer, payload.amount)
    carry(connection, Undoing.REFUND, payload.receipt_serial, payload.amount)
    _put_undoing(connection, header, Undoing.REFUND, payload, entry_hash)


def _tender_settled(
    connection: Connection, header: Header, payload: TenderSettled, entry_hash: bytes
) -> None:
    asked = select(tenders.c.outcome, tenders.c.amount, tenders.c.lost_at).where(
        tenders.c.payment == payload.receipt_serial, tenders.c.position == payload.position, tenders.c.live
    )
    before = connection.execute(asked).first()
    if before is None:
        raise DoesNotFollow("no tender to settle")
    connection.execute(
        update(tenders)
        .where(tenders.c.payment == payload.receipt_serial, tenders.c.position == payload.position)
        .values(
            outcome=payload.outcome, confirmed=payload.outcome is Outcome.CONFIRMED,
            settled_as=payload.reference, settled_on=payload.on, settled_word=header.act,
            settled_age=word_age(header, entry_hash),
            lost_at=(before.lost_at or at(header)) if payload.outcome in LOST else None,
        )
    )  # fmt: skip
    confirmed = payload.outcome is Outcome.CONFIRMED
    carry(connection, payload.outcome, payload.receipt_serial, before.amount, named=not confirmed)
    lost = (payload.outcome in LOST) - (before.outcome in LOST)
    if lost:
        counted = payments.c.lost + lost * before.amount
        connection.execute(
            update(payments).where(payments.c.serial == payload.receipt_serial).values(lost=counted)
        )
    if lost < 0 and _is_refunded(connection, payload.receipt_serial):
        about = payload.receipt_serial, payload.consumer, before.amount
        _put_task(connection, header, Task.REFUND, *about, lost_at=before.lost_at)
    if payload.outcome is Outcome.DISHONOURED:
        _put_task(
            connection, header, Task.DISHONOURED, payload.receipt_serial, payload.consumer, payload.charge
        )


def _is_refunded(connection: Connection, serial: int) -> bool:
    """Whether the refund of a receipt was asked for."""
    asked = select(undoings.c.act).where(undoings.c.payment == serial, undoings.c.what == str(Undoing.REFUND))
    return connection.execute(asked).first() is not None


def _is_task(connection: Connection, payload: TaskDone) -> bool:
    """Whether an entry of this journal gave birth to a task."""
    asked = select(tasks.c.of).where(tasks.c.of == payload.of, tasks.c.task == payload.task)
    return connection.execute(asked).first() is not None


def _task_done(connection: Connection, header: Header, payload: TaskDone, _: bytes) -> None:
    done = update(tasks).where(
        tasks.c.of == payload.of, tasks.c.task == payload.task, tasks.c.done_at.is_(None)
    )
    said = {"done_at": at(header), "done_by": payload.clerk, "note": payload.note}
    if connection.execute(done.values(said)).rowcount == 1:
        return
    if _is_task(connection, payload):
        raise DoesNotFollow("no such task that is open")
    receipt = connection.execute(select(payments).where(payments.c.act == payload.of)).mappings().first()
    if payload.task not in BORN_OF_TIME or receipt is None:
        row = {"of": payload.of, "task": payload.task, **said}
        connection.execute(insert(follow_ups).values(row))
        return
    late = payload.task is Task.PENDING_LATE
    amount = _waiting(connection, receipt["serial"]) if late else receipt["amount"]
    row = {
        "of": payload.of, "task": payload.task, "payment": receipt["serial"],
        "consumer": receipt["consumer"], "amount": amount, "born_at": receipt["taken_at"],
    }  # fmt: skip
    connection.execute(insert(tasks).values(row | said))


RECEIPTS: dict[type[Any], Callable[[Connection, Header, Any, bytes], None]] = {
    PaymentTaken: _payment_taken,
    PaymentCancelled: _payment_cancelled,
    TendersCorrected: _tenders_corrected,
    PaymentMoved: _payment_moved,
    RefundAsked: _refund_asked,
    TenderSettled: _tender_settled,
    TaskDone: _task_done,
}


# -- what they share ------------------------------------------------------------------------------------


def _put_shares(connection: Connection, serial: int, shares: Iterable[Share]) -> None:
    heads: dict[str, Paise] = {}
    for share in shares:
        heads[share.head] = heads.get(share.head, 0) + share.amount
    rows = [{"payment": serial, "head": head, "amount": amount} for head, amount in heads.items()]
    connection.execute(payment_shares.insert(), rows)


def _put_tenders(
    connection: Connection, serial: int, first: int, taken: Iterable[Tender], before: Iterable[Any] = ()
) -> None:
    """Tenders from a place on. What the bank said of one that stood ``before`` stays with it."""
    said = {
        _told(row): {name: getattr(row, name) for name in _SAID}
        for row in before
        if row.settled_as and row.outcome == Outcome.CONFIRMED
    }
    rows = [
        {
            "payment": serial,
            "position": position,
            "kind": tender.kind,
            "amount": tender.amount,
            "given": tender.given,
            "returned": tender.returned,
            "reference": tender.reference,
            "approval": tender.approval,
            "confirmed": tender.confirmed,
            "bank": tender.bank,
            "dated": tender.dated,
            "live": True,
            "outcome": Outcome.CONFIRMED if tender.confirmed else Outcome.PENDING,
        }
        | (said.get(_told(tender), _UNSAID) if tender.confirmed else _UNSAID)
        for position, tender in enumerate(taken, first)
    ]
    connection.execute(tenders.insert(), rows)


def _told(tender: Any) -> tuple[str, Paise, str, str, str]:
    """How a tender, or its row, is known."""
    return tender.kind, tender.amount, tender.reference, tender.approval, tender.bank


def _tender_rows(connection: Connection, serial: int) -> list[Any]:
    return list(connection.execute(select(tenders).where(tenders.c.payment == serial)))


def _waiting(connection: Connection, serial: int) -> Paise:
    """What of a receipt the bank has not confirmed yet."""
    rows = _tender_rows(connection, serial)
    return sum(row.amount for row in rows if row.live and row.outcome == Outcome.PENDING)


def _live_tenders(connection: Connection, serial: int) -> list[Tender]:
    return [Tender(TenderKind(row.kind), row.amount) for row in _tender_rows(connection, serial) if row.live]


def _add_to_sums(connection: Connection, drawer: UUID, taken: Iterable[Tender], sign: int) -> None:
    sums: dict[TenderKind, Paise] = {}
    for tender in taken:
        sums[tender.kind] = sums.get(tender.kind, 0) + tender.amount
    for kind, amount in sums.items():
        connection.exec_driver_sql(_ADD, (drawer.bytes, kind.value, sign, sign * amount))


def _put_undoing(
    connection: Connection,
    header: Header,
    what: Undoing,
    payload: Undoings,
    entry_hash: bytes,
    cash: Paise = 0,
) -> None:
    take_serial(connection, Series.SLIP, payload.serial)
    approved: Approval | None = getattr(payload, "approved", None)
    connection.execute(
        undoings.insert(),
        {
            "serial": payload.serial,
            "act": header.act,
            "what": what,
            "payment": payload.receipt_serial,
            "letters": hash_letters(entry_hash),
            "day": payload.day,
            "done_at": at(header),
            "consumer": payload.consumer,
            "amount": payload.amount,
            "cash": cash,
            "why": payload.why,
            "note": payload.note,
            "clerk": payload.clerk,
            "approved": approved.code if approved else "",
            "way": approved.way if approved else "",
            "drawer": header.drawer,
        },
    )
    add_job(connection, header, CopyAsked(Paper.UNDOING, header.act, payload.consumer, "", 1, ""))


def _put_task(
    connection: Connection,
    header: Header,
    task: Task,
    payment: int,
    consumer: str,
    amount: Paise,
    lost_at: datetime | None = None,
) -> None:
    """``lost_at``: since when the money was lost that came after all."""
    row = {
        "of": header.act,
        "task": task,
        "payment": payment,
        "consumer": consumer,
        "amount": amount,
        "born_at": at(header),
        "done_by": "",
        "note": "",
        "lost_at": lost_at,
    }
    connection.execute(insert(tasks).values(row))


def _is_live(payload: Undoings) -> Any:
    is_it = (payments.c.serial == payload.receipt_serial) & (payments.c.act == payload.receipt)
    return is_it & payments.c.cancelled.is_(False)
