"""What was done about receipts of this counter and only the office's feed tells of: a restore had lost it."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, and_, literal_column, not_, or_, select
from sqlalchemy.engine import Connection

from counter_app.store.columns import consumer_keys, consumer_number
from counter_app.store.tables import moved_elsewhere as moved
from counter_app.store.tables import payments

_TOLD = """
    SELECT EXISTS (SELECT 1 FROM cancelled_elsewhere WHERE act = :act) AS cancelled,
        EXISTS (SELECT 1 FROM moved_elsewhere WHERE act = :act)
            OR EXISTS (SELECT 1 FROM corrections_elsewhere WHERE act = :act) AS put_right,
        EXISTS (SELECT 1 FROM known_tasks WHERE receipt = :act AND task = 'refund') AS refunded,
        (SELECT consumer FROM moved_elsewhere WHERE act = :act) AS moved_to"""

CANCELLED = "(payments.cancelled OR payments.act IN (SELECT act FROM cancelled_elsewhere))"
"""SQL of whether a receipt of this counter was cancelled, here or before a restore.

What a drawer is expected to hold, and its seal, goes by what is recorded here alone.
"""

HANDED_OVER_ELSE = "payments.act IN (SELECT act FROM corrections_elsewhere)"
"""SQL of whether a restore has lost what was handed over for a receipt of this counter in truth."""

WHOSE = """coalesce((SELECT printf('N%010d', consumer) FROM moved_elsewhere WHERE act = payments.act),
    payments.consumer)"""
"""SQL of the consumer for whom a receipt of this counter counts."""

TOLD_HOLDS = "coalesce(tenders.settled_age < settled_elsewhere.age, 1)"
"""SQL of whether what the feed told of a place holds against what is known of it here, in its row of
``tenders`` or none: nothing, or something that was recorded before.

Only a restore makes that: it has lost what was recorded then.
"""

BEGUN_AGAIN = """segments g JOIN journal j ON j.segment = g.segment AND j.seq = 1
        AND j.payload ->> '$.reason' <> 'start'"""
"""SQL of the entries in the journal (``j``) from which on it goes on behind older data that was put back."""

# A journal's header has its clock there (docs/journal.md), a word's age too.
SAID_BOTH = """(tenders.settled_word IS NOT NULL AND EXISTS (
    SELECT 1 FROM settled_elsewhere s JOIN journal w ON w.act = tenders.settled_word
    WHERE s.act = payments.act AND s.position = tenders.position AND s.age > tenders.settled_age
        AND s.outcome <> tenders.outcome AND EXISTS (
            SELECT 1 FROM $begun_again
            WHERE j.id < w.id AND substr(j.header, 73, 8) >= substr(s.age, 9, 8))))
""".replace("$begun_again", BEGUN_AGAIN)
"""SQL of whether a word of the bank that was recorded here, after older data was put back, gives way to
another that was said before and that this had lost. Neither of them knew of the other, and nothing tells
which was said later.
"""

LOST = """(payments.lost + coalesce((
    SELECT sum(settled_elsewhere.amount * ((settled_elsewhere.outcome IN ('failed', 'dishonoured'))
        - coalesce(tenders.outcome IN ('failed', 'dishonoured'), 0)))
    FROM settled_elsewhere LEFT JOIN tenders
        ON tenders.payment = payments.serial AND tenders.position = settled_elsewhere.position
    WHERE settled_elsewhere.act = payments.act AND $told_holds), 0))""".replace("$told_holds", TOLD_HOLDS)
"""SQL of what the bank did not pay of a receipt of this counter."""


def counts_for(number: str) -> ColumnElement[bool]:
    """Whether a receipt of this counter counts for a consumer: taken or moved there, and not cancelled.

    Who has no connection yet has no number either, and nothing is moved to them.
    """
    told = select(moved.c.act)
    taken = and_(payments.c.consumer == number, payments.c.act.not_in(told))
    came = payments.c.act.in_(told.where(moved.c.consumer.in_(consumer_keys([number]).values())))
    return and_(or_(taken, came), not_(literal_column(CANCELLED, Boolean)))


class UndoneElsewhere(NamedTuple):
    """Whether a receipt was cancelled, put right, or asked back; to whom it was moved (None: it was not)."""

    cancelled: bool
    put_right: bool
    refunded: bool
    moved_to: str | None


def undone_elsewhere(connection: Connection, receipt: UUID) -> UndoneElsewhere:
    """Of a receipt by its act."""
    row = connection.exec_driver_sql(_TOLD, {"act": receipt.bytes}).one()
    moved_to = None if row.moved_to is None else consumer_number(row.moved_to)
    return UndoneElsewhere(bool(row.cancelled), bool(row.put_right), bool(row.refunded), moved_to)
