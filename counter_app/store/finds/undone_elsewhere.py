"""What was done about receipts of this counter and only the office's feed tells of: a restore had lost it."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy.engine import Connection

from counter_app.domain.money import Paise

_TOLD = """
    SELECT EXISTS (SELECT 1 FROM cancelled_elsewhere WHERE receipt = :stem) AS cancelled,
        EXISTS (SELECT 1 FROM moved_elsewhere WHERE receipt = :stem)
            OR EXISTS (SELECT 1 FROM tenders_elsewhere WHERE act = :act AND slip > 0) AS put_right,
        (SELECT coalesce(sum(amount), 0) FROM known_tasks
            WHERE receipt = :act AND task = 'refund') AS refunds"""


class UndoneElsewhere(NamedTuple):
    """Whether a receipt was cancelled, or put right; and what was asked back of it."""

    cancelled: bool
    put_right: bool
    refunds: Paise


def undone_elsewhere(connection: Connection, receipt: UUID, stem: str) -> UndoneElsewhere:
    """Of a receipt by its act and its number without letters."""
    row = connection.exec_driver_sql(_TOLD, {"act": receipt.bytes, "stem": stem}).one()
    return UndoneElsewhere(bool(row.cancelled), bool(row.put_right), row.refunds)
