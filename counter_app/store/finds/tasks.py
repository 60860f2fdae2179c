"""Work that waits because of receipts: born with an entry, or by time passing, here or at another counter.

Somebody ends it wherever they are. Whose surcharge is waived only the counter knows that took the money: no
entry tells others when it reached the centre.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Integer, and_, case, exists, literal_column, select
from sqlalchemy.engine import Connection

from counter_app.domain.days import business_day, midnight, to_millis
from counter_app.domain.money import Paise
from counter_app.domain.numbering import Number, Series
from counter_app.domain.task import Task
from counter_app.store import reference
from counter_app.store.centre import KEPT, centre, contacts_since
from counter_app.store.finds.tasks_elsewhere import tasks_elsewhere
from counter_app.store.finds.undone_elsewhere import (
    BEGUN_AGAIN,
    CANCELLED,
    HANDED_OVER_ELSE,
    LOST,
    SAID_BOTH,
    TOLD_HOLDS,
    WHOSE,
)
from counter_app.store.reference import names
from counter_app.store.rows import Names, TaskRow
from counter_app.store.tables import journal, known_follow_ups, payments, tasks, tenders, undoings
from counter_app.store.tables import settled_elsewhere as told
from counter_app.store.told import Surplus, Work, surpluses_to_follow

_NOBODY = Names("", "")
# From the end of a day back, and from a receipt on: only the receipts in between are looked at.
_LAST_BEFORE = """
    SELECT serial FROM payments WHERE day <= ? AND taken_at <= ? ORDER BY day DESC, serial DESC LIMIT 1"""
_FIRST_AFTER = "SELECT serial FROM payments WHERE serial > ? AND taken_at > ? ORDER BY serial LIMIT 1"
# Payments of dues that came in time, settled what was due, and count still; those done with are left out.
_IN_TIME = """
    SELECT act, serial, office, counter, letters, $whose AS consumer, bill_number, day,
        j.payload ->> '$.due_date' AS due_date,
        EXISTS (SELECT 1 FROM marks m WHERE m.segment = j.segment AND m.received >= j.seq) AS arrived
    FROM payments JOIN journal j USING (act)
    WHERE serial > ? AND serial < ? AND charge = '' AND NOT $cancelled AND $lost = 0
        AND j.payload ->> '$.within_due' AND amount >= j.payload ->> '$.due'
        AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t."of" = payments.act AND t.task = 'waive surcharge')
        AND NOT EXISTS (SELECT 1 FROM known_follow_ups k
            WHERE k."of" = payments.act AND k.task = 'waive surcharge')"""
_IN_TIME = _IN_TIME.replace("$lost", LOST).replace("$whose", WHOSE).replace("$cancelled", CANCELLED)

_LATE = """
    SELECT act, serial, office, counter, letters, $whose AS consumer, day, sum(t.amount) AS amount
    FROM tenders t JOIN payments ON serial = t.payment
    WHERE t.outcome = 'pending' AND t.live AND NOT $cancelled AND NOT $handed_over_else AND day < ?
        AND NOT EXISTS (
            SELECT 1 FROM settled_elsewhere s WHERE s.act = payments.act AND s.position = t.position)
        AND $not_asked
    GROUP BY serial"""
_SAID_BOTH = """
    SELECT payments.act, serial, office, counter, letters, $whose AS consumer, day,
        sum(tenders.amount) AS amount
    FROM settled_elsewhere e CROSS JOIN payments ON payments.act = e.act
    JOIN tenders ON tenders.payment = serial AND tenders.position = e.position
    WHERE EXISTS (SELECT 1 FROM $begun_again) AND tenders.live AND NOT $cancelled AND NOT $handed_over_else
        AND $said_both AND $not_asked
    GROUP BY serial"""
_NOT_ASKED = """
    NOT EXISTS (SELECT 1 FROM tasks d WHERE d."of" = payments.act AND d.task = 'pending late')
    AND NOT EXISTS (SELECT 1 FROM known_follow_ups k WHERE k."of" = payments.act AND k.task = 'pending late')
"""
_LATE, _SAID_BOTH = (
    one.replace("$whose", WHOSE).replace("$cancelled", CANCELLED).replace("$not_asked", _NOT_ASKED)
    .replace("$handed_over_else", HANDED_OVER_ELSE).replace("$said_both", SAID_BOTH)
    .replace("$begun_again", BEGUN_AGAIN)
    for one in (_LATE, _SAID_BOTH)
)  # fmt: skip


class _Silence(NamedTuple):
    """A time in which the centre did not answer; ``over`` is False while it lasts."""

    since: datetime
    until: datetime
    over: bool


def open_tasks(
    connection: Connection, at: datetime, asked_after: timedelta, consumer: str | None = None
) -> tuple[TaskRow, ...]:
    """What waits, the oldest first; of one consumer where one is given. After ``asked_after`` somebody asks
    about money that the bank has not confirmed.
    """
    rows = _born_with_entries(connection) + list(_to_waive(connection, at))
    rows += late_pending(connection, asked_after, at)
    rows += tasks_elsewhere(connection, asked_after, at, consumer)
    rows = [row for row in rows if consumer in (None, row["consumer"])]
    over = [one for one in surpluses_to_follow(connection) if consumer in (None, one.consumer)]
    named = names(connection, {*(row["consumer"] for row in rows), *(one.consumer for one in over)})
    found = [_row(row, named.get(row["consumer"], _NOBODY)) for row in rows]
    found += [_of_surplus(one, one.work, named.get(one.consumer, _NOBODY)) for one in over if one.work]
    return tuple(sorted(found, key=lambda row: (row.since, row.receipt.serial)))


def _row(row: Mapping[str, Any], named: Names) -> TaskRow:
    number = Number(Series.RECEIPT, row["office"], row["counter"], row["serial"], row["letters"])
    return TaskRow(
        row["of"], Task(row["task"]), number, row["consumer"], named.hi, named.en, row["amount"], row["since"]
    )


def _of_surplus(one: Surplus, work: Work, named: Names) -> TaskRow:
    """Somebody asks the consumer what becomes of what was paid too much."""
    about = one.consumer, named.hi, named.en, one.amount, work.since, one.bill_number
    return TaskRow(work.of, Task.REFUND, work.receipt, *about)


def _born_with_entries(connection: Connection) -> list[dict[str, Any]]:
    # Of what is refunded the bank may have taken back a part since, or all; or it came only then. What came
    # when the refund was paid already is work of its own, by the bank's word.
    came = payments.c.amount - literal_column(LOST)
    refund, asked_for = tasks.c.task == str(Task.REFUND), exists().where(undoings.c.act == tasks.c.of)
    asked = select(
        tasks.c.of, tasks.c.task, tasks.c.born_at.label("since"),
        case((and_(refund, asked_for), came), else_=tasks.c.amount).label("amount"),
        payments.c.office, payments.c.counter, payments.c.serial, payments.c.letters,
        literal_column(WHOSE).label("consumer"),
    )  # fmt: skip
    ended = exists().where(known_follow_ups.c.of == tasks.c.of, known_follow_ups.c.task == tasks.c.task)
    asked = asked.join(payments, payments.c.serial == tasks.c.payment)
    asked = asked.where(tasks.c.done_at.is_(None), ~ended)
    # What was paid for a reconnection went back with the receipt: nobody is reconnected for it.
    cancelled = literal_column(CANCELLED, Boolean)
    asked = asked.where((tasks.c.task != str(Task.RECONNECT)) | ~cancelled)
    # A charge waits while its word is the bank's last of the tender; money that came, while it is not gone.
    said_since = exists().where(
        told.c.act == payments.c.act, told.c.position == tenders.c.position,
        literal_column(TOLD_HOLDS, Boolean),
    ).correlate(payments, tenders)  # fmt: skip
    last_said = exists().where(
        tenders.c.payment == tasks.c.payment, tenders.c.settled_word == tasks.c.of, ~said_since
    )
    is_here = exists().where(
        journal.c.act == tasks.c.of, tenders.c.payment == tasks.c.payment,
        tenders.c.position == literal_column("journal.payload ->> '$.position'", Integer),
        tenders.c.lost_at.is_(None), ~said_since,
    )  # fmt: skip
    asked = asked.where((tasks.c.task != str(Task.DISHONOURED)) | last_said)
    asked = asked.where(~refund | case((asked_for, came > 0), else_=and_(is_here, _paid_without())))
    return [dict(row) for row in connection.execute(asked).mappings()]


def _paid_without() -> ColumnElement[bool]:
    """Whether the refund of a receipt was paid, here or elsewhere, while the money of the work was lost."""
    refund, elsewhere = tasks.alias("refund"), known_follow_ups.c
    within = tasks.c.lost_at, tasks.c.born_at
    paid_there = exists().where(
        elsewhere.of == refund.c.of, elsewhere.task == refund.c.task, elsewhere.done_at.between(*within)
    ).correlate(refund, tasks)  # fmt: skip
    same = refund.c.payment == tasks.c.payment, refund.c.task == tasks.c.task
    asked_for = refund.c.of == undoings.c.act
    return exists().where(*same, asked_for, refund.c.done_at.between(*within) | paid_there)


def late_pending(connection: Connection, asked_after: timedelta, at: datetime) -> list[dict[str, Any]]:
    """Receipts with money that nobody confirmed in so many days after theirs, or of which the bank said both
    that it came and that it did not; and nobody asked about yet.
    """
    before = (business_day(at) - asked_after).isoformat()
    found: dict[bytes, dict[str, Any]] = {}
    for asked, values, waited in ((_SAID_BOTH, (), timedelta()), (_LATE, (before,), asked_after)):
        for row in connection.exec_driver_sql(asked, values).mappings():
            since = midnight(date.fromisoformat(row["day"]) + waited + timedelta(days=1))
            work = {"of": UUID(bytes=row["act"]), "task": Task.PENDING_LATE, "since": since}
            also = found.get(row["act"])
            if also is not None:
                also["amount"] += row["amount"]
            else:
                found[row["act"]] = dict(row) | work
    return list(found.values())


# -- surcharge that nobody owes ------------------------------------------------------------------------


def _to_waive(connection: Connection, at: datetime) -> Iterator[dict[str, Any]]:
    """Payments that came in time and of which the centre could hear only after the day.

    The billing side puts a surcharge on what it posts late, so somebody has to waive it.
    """
    if centre(connection) is None:
        return
    for silence in _silences(connection, at):
        before = _last_before(connection, silence.since)
        after = _first_after(connection, before, silence.until)
        for row in connection.exec_driver_sql(_IN_TIME, (before, after)).mappings():
            day, due = date.fromisoformat(row["day"]), date.fromisoformat(row["due_date"])
            ended = midnight(max(day, due) + timedelta(days=1))
            if ended <= silence.until and (silence.over or not row["arrived"]):
                yield dict(row) | {
                    "of": UUID(bytes=row["act"]), "task": Task.WAIVE_SURCHARGE, "since": ended,
                    "amount": _surcharge(connection, row["consumer"], row["bill_number"]),
                }  # fmt: skip


def _silences(connection: Connection, at: datetime) -> Iterator[_Silence]:
    """The times of another day in which the centre did not answer, as far back as they are known."""
    spans = contacts_since(connection, at - KEPT)
    silences = [_Silence(one.until, following.since, over=True) for one, following in pairwise(spans)]
    if spans:
        silences.append(_Silence(spans[-1].until, at, over=False))
    return (one for one in silences if business_day(one.since) < business_day(one.until))


def _last_before(connection: Connection, at: datetime) -> int:
    day = business_day(at).isoformat()
    return connection.exec_driver_sql(_LAST_BEFORE, (day, to_millis(at))).scalar() or 0


def _first_after(connection: Connection, serial: int, at: datetime) -> int:
    found = connection.exec_driver_sql(_FIRST_AFTER, (serial, to_millis(at))).scalar()
    return int(found) if found is not None else 1 << 62


def _surcharge(connection: Connection, consumer: str, bill_number: str) -> Paise:
    """What is asked for paying a bill late; 0 once another bill is the newest."""
    bill = reference.bill(connection, consumer)
    return bill.late_surcharge if bill is not None and bill.number == bill_number else 0
