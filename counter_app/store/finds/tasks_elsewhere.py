"""Work that receipts of the office's other counters leave, as the office's feed told of it."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection, Row

from counter_app.domain.channel import channel_of
from counter_app.domain.days import business_day, from_millis, midnight
from counter_app.domain.numbering import read_number
from counter_app.domain.task import Task
from counter_app.store import reference
from counter_app.store.columns import consumer_number
from counter_app.store.finds.undone_elsewhere import LOST, TOLD_HOLDS

# Joined in the order in which it is written (CROSS): the few receipts that something waits of come first. Of
# what is refunded the bank may have taken back a part since, or all; or it came only then. Own receipts are
# among them where a restore has lost what was done about them.
_WAITS = """
    WITH about AS (
        SELECT act FROM receipts_elsewhere WHERE consumer = :consumer
        UNION SELECT act FROM moved_elsewhere WHERE consumer = substr(:consumer, 2) + 0
        UNION SELECT k.receipt FROM known_tasks k CROSS JOIN payments p ON p.act = k.receipt
            WHERE p.consumer = :consumer
        UNION SELECT t.act FROM tenders_elsewhere t INDEXED BY tenders_elsewhere_waiting
            CROSS JOIN payments p ON p.act = t.act WHERE t.waits AND p.consumer = :consumer
        UNION SELECT receipt FROM known_tasks WHERE :consumer IS NULL
        UNION SELECT act FROM tenders_elsewhere INDEXED BY tenders_elsewhere_waiting
            WHERE waits AND :consumer IS NULL),
    own AS NOT MATERIALIZED (
        SELECT printf('%s-%d-%06d', office, counter, serial) AS receipt, *, $lost AS not_paid FROM payments),
    work AS (
        SELECT k."of", k.task, a.act, k.amount, k.born_at
            FROM about a CROSS JOIN known_tasks k ON k.receipt = a.act
        UNION ALL SELECT a.act, 'pending late', a.act, sum(t.amount), NULL
            FROM about a CROSS JOIN tenders_elsewhere t ON t.act = a.act WHERE t.waits GROUP BY a.act)
    SELECT w."of", w.task, w.born_at, coalesce(r.receipt, o.receipt) AS receipt,
        coalesce(r.letters, o.letters) AS letters, coalesce(r.day, o.day) AS day,
        coalesce(r.consumer, o.consumer) AS consumer, m.consumer AS moved_to,
        iif(w.task = 'refund', coalesce(r.amount - (
            SELECT coalesce(sum(s.amount), 0) FROM settled_elsewhere s
            WHERE s.act = w.act AND s.outcome IN ('failed', 'dishonoured')), o.amount - o.not_paid),
            w.amount) AS amount
    FROM work w LEFT JOIN receipts_elsewhere r ON r.act = w.act
    LEFT JOIN own o ON r.act IS NULL AND o.act = w.act
    LEFT JOIN moved_elsewhere m ON m.act = w.act
    WHERE coalesce(r.receipt, o.receipt) LIKE :office || '-%'
        AND (w.task <> 'pending late' OR coalesce(r.day, o.day) < :before)
        AND NOT EXISTS (SELECT 1 FROM follow_ups f WHERE f."of" = w."of" AND f.task = w.task)
        AND NOT EXISTS (SELECT 1 FROM known_follow_ups k WHERE k."of" = w."of" AND k.task = w.task)
        AND (w.task <> 'dishonoured' OR EXISTS (
            SELECT 1 FROM settled_elsewhere LEFT JOIN tenders
                ON tenders.payment = o.serial AND tenders.position = settled_elsewhere.position
            WHERE settled_elsewhere.act = w.act AND settled_elsewhere.word = w."of" AND $told_holds))
        AND NOT (w.task = 'reconnect'
            AND EXISTS (SELECT 1 FROM cancelled_elsewhere c WHERE c.act = r.act))"""
_WAITS = _WAITS.replace("$lost", LOST).replace("$told_holds", TOLD_HOLDS)


def tasks_elsewhere(
    connection: Connection, asked_after: timedelta, at: datetime, consumer: str | None = None
) -> list[dict[str, Any]]:
    """What waits there, as rows like those of the own; of one consumer where one is given.

    A channel asks about its own money itself.
    """
    before = business_day(at) - asked_after
    code = reference.office(connection).code
    asked = {"office": code, "before": before.isoformat(), "consumer": consumer}
    rows = (_row(row, asked_after) for row in connection.exec_driver_sql(_WAITS, asked))
    return [
        row for row in rows
        if row["amount"] > 0 or row["task"] is not Task.REFUND
        if row["task"] is not Task.PENDING_LATE or channel_of(row["counter"]) is None
    ]  # fmt: skip


def _row(row: Row[Any], asked_after: timedelta) -> dict[str, Any]:
    sought, day = read_number(row.receipt), date.fromisoformat(row.day)
    assert sought is not None
    return {
        "of": UUID(bytes=row.of), "task": Task(row.task), "amount": row.amount, "letters": row.letters,
        "office": sought.office, "counter": sought.counter, "serial": sought.serial,
        "consumer": row.consumer if row.moved_to is None else consumer_number(row.moved_to),
        "since": from_millis(row.born_at) if row.born_at is not None
        else midnight(day + asked_after + timedelta(days=1)),
    }  # fmt: skip
