"""What Home tells of today and of the last days: counts, and sums by the day."""

import json
from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import func, not_, select
from sqlalchemy.engine import Connection

from counter_app.domain.days import midnight, to_millis
from counter_app.domain.payment import TenderKind
from counter_app.domain.undoing import Outcome
from counter_app.store.finds.books import Days
from counter_app.store.finds.standing import IS_CANCELLED, STANDS, TOLD, standing
from counter_app.store.tables import payments, tenders
from counter_app.store.tables import settled_elsewhere as told

_PROMISED = """
    SELECT count(*) FROM complaint_states
    WHERE open AND done_at IS NULL AND due_at >= ? AND due_at < ?
        AND type NOT IN (SELECT value FROM json_each(?))"""

_OVERDUE = """
    SELECT count(*) FROM complaint_states
    WHERE open AND done_at IS NULL AND due_at < ? AND type NOT IN (SELECT value FROM json_each(?))"""


def collected(connection: Connection, days: Days) -> dict[date, tuple[int, int]]:
    """What was taken on days at this counter, in paise: in cash, and else; days with nothing are left out."""
    stand = standing(payments.c.day.between(*days)).c
    cash = func.coalesce(func.sum(stand.amount).filter(stand.kind == str(TenderKind.CASH)), 0)
    asked = select(stand.day, cash, func.sum(stand.amount) - cash)
    rows = connection.execute(asked.group_by(stand.day))
    return {day: (in_cash, other) for day, in_cash, other in rows}


def receipts_on(connection: Connection, day: date) -> int:
    """How many receipts of a day stand."""
    asked = select(func.count()).where(payments.c.day == day, not_(IS_CANCELLED))
    return int(connection.execute(asked).scalar_one())


def pending(connection: Connection) -> int:
    """How many tenders the bank has not confirmed yet."""
    asked = select(func.count()).join_from(payments, tenders, tenders.c.payment == payments.c.serial)
    asked = asked.outerjoin(told, TOLD)
    asked = asked.where(STANDS, tenders.c.outcome == str(Outcome.PENDING), told.c.outcome.is_(None))
    return int(connection.execute(asked).scalar_one())


def overdue(connection: Connection, hidden: Collection[str], at: datetime) -> int:
    """How many complaints are over their limit at an instant, and not done."""
    asked = to_millis(at), json.dumps(list(hidden))
    return int(connection.exec_driver_sql(_OVERDUE, asked).scalar_one())


def promised_on(connection: Connection, hidden: Collection[str], day: date) -> int:
    """How many complaints are to be done on a day and are not."""
    span = to_millis(midnight(day)), to_millis(midnight(day + timedelta(days=1)))
    return int(connection.exec_driver_sql(_PROMISED, (*span, json.dumps(list(hidden)))).scalar_one())
