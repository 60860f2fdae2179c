"""Money that is no bill and was paid at another counter, so that nobody takes it twice."""

from datetime import date
from typing import NamedTuple

from sqlalchemy.engine import Connection

from counter_app.domain.money import Paise
from counter_app.store.columns import consumer_key

# What was moved counts for whom it is of now; what was cancelled, or did not come, is none.
_CHARGED = """
    SELECT r.charge, r.receipt, r.amount FROM receipts_elsewhere r
    WHERE r.act IN (
            SELECT act FROM receipts_elsewhere
                WHERE consumer = ? AND act NOT IN (SELECT act FROM moved_elsewhere)
            UNION SELECT act FROM moved_elsewhere WHERE consumer = ?)
        AND r.day = ? AND r.charge NOT IN ('', 'instalment')
        AND r.act NOT IN (SELECT act FROM cancelled_elsewhere)
        AND r.amount > coalesce((SELECT sum(s.amount) FROM settled_elsewhere s
            WHERE s.act = r.act AND s.outcome IN ('failed', 'dishonoured')), 0)
    ORDER BY r.receipt"""


class Charged(NamedTuple):
    """A receipt of another counter, by its number without letters."""

    receipt: str
    amount: Paise


def charged_elsewhere(connection: Connection, number: str, day: date) -> dict[str, Charged]:
    """What a consumer paid on a day at other counters, as far as it was heard of, by what it was for."""
    found = connection.exec_driver_sql(_CHARGED, (number, consumer_key(number), day.isoformat()))
    return {charge: Charged(receipt, amount) for charge, receipt, amount in found}
