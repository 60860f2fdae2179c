"""What was done about receipts of this counter and only the office's feed tells of: a restore had lost it."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy.engine import Connection

from counter_app.domain.money import Paise
from counter_app.domain.undoing import Outcome
from counter_app.store.columns import consumer_number

_TOLD = """
    SELECT EXISTS (SELECT 1 FROM cancelled_elsewhere WHERE act = :act) AS cancelled,
        EXISTS (SELECT 1 FROM moved_elsewhere WHERE act = :act)
            OR EXISTS (SELECT 1 FROM corrections_elsewhere WHERE act = :act) AS put_right,
        EXISTS (SELECT 1 FROM known_tasks WHERE receipt = :act AND task = 'refund') AS refunded,
        (SELECT consumer FROM moved_elsewhere WHERE act = :act) AS moved_to,
        (SELECT coalesce(sum(amount), 0) FROM settled_elsewhere
            WHERE act = :act AND outcome IN ('failed', 'dishonoured')) AS lost"""

_SAID = "SELECT outcome FROM settled_elsewhere WHERE act = :act AND position = :position"


class UndoneElsewhere(NamedTuple):
    """Whether a receipt was cancelled, put right, or asked back; to whom it was moved (None: it was not),
    and how much of it the bank did not pay.
    """

    cancelled: bool
    put_right: bool
    refunded: bool
    moved_to: str | None
    lost: Paise


def undone_elsewhere(connection: Connection, receipt: UUID) -> UndoneElsewhere:
    """Of a receipt by its act."""
    row = connection.exec_driver_sql(_TOLD, {"act": receipt.bytes}).one()
    moved_to = None if row.moved_to is None else consumer_number(row.moved_to)
    return UndoneElsewhere(bool(row.cancelled), bool(row.put_right), bool(row.refunded), moved_to, row.lost)


def bank_said(connection: Connection, receipt: UUID, position: int) -> Outcome | None:
    """What the bank said of a tender as it was taken; None where nobody told of it."""
    asked = {"act": receipt.bytes, "position": position}
    said = connection.exec_driver_sql(_SAID, asked).scalar()
    return None if said is None else Outcome(said)
