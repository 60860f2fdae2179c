"""What was done about receipts of this counter and only the office's feed tells of: a restore had lost it."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, literal_column, or_
from sqlalchemy.engine import Connection

from counter_app.store.columns import consumer_number
from counter_app.store.tables import settled_elsewhere as told
from counter_app.store.tables import tenders

_IST_S = 19_800
_TOLD = """
    SELECT EXISTS (SELECT 1 FROM cancelled_elsewhere WHERE act = :act) AS cancelled,
        EXISTS (SELECT 1 FROM moved_elsewhere WHERE act = :act)
            OR EXISTS (SELECT 1 FROM corrections_elsewhere WHERE act = :act) AS put_right,
        EXISTS (SELECT 1 FROM known_tasks WHERE receipt = :act AND task = 'refund') AS refunded,
        (SELECT consumer FROM moved_elsewhere WHERE act = :act) AS moved_to"""

TOLD_LATER = or_(
    tenders.c.settled_on.is_(None),
    tenders.c.settled_on < func.date(told.c.at / literal_column("1000.0") + _IST_S, "unixepoch"),
)
"""Whether what the feed told of an own tender's place holds: nothing is known of it here, or of a day before.

Only a restore makes that: it has lost what was recorded then.
"""

SAID_ON = f"date(s.\"at\" / 1000.0 + {_IST_S}, 'unixepoch')"
"""SQL of the day in India on which a row ``s`` of ``settled_elsewhere`` was recorded."""

# The same as text, for what is asked after every key that is typed.
LOST = """(payments.lost + coalesce((
    SELECT sum(s.amount * ((s.outcome IN ('failed', 'dishonoured'))
        - coalesce(t.outcome IN ('failed', 'dishonoured'), 0)))
    FROM settled_elsewhere s LEFT JOIN tenders t ON t.payment = payments.serial AND t.position = s.position
    WHERE s.act = payments.act AND (t.settled_on IS NULL
        OR t.settled_on < $said_on)), 0))""".replace("$said_on", SAID_ON)
"""SQL of what the bank did not pay of a receipt of this counter."""


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
