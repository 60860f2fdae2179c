"""What stands for it that money came in time: when the centre last answered, and a clock nobody doubts."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.engine import Connection

from counter_app.domain.clock import Decision
from counter_app.domain.shield import Evidence
from counter_app.store.centre import ONE_SPAN, last_contact
from counter_app.store.tables import clock_faults


def evidence(connection: Connection, at: datetime) -> Evidence:
    """What is known at an instant. A line that is up is heard of at least once in ``ONE_SPAN``."""
    heard_at = last_contact(connection)
    offline = heard_at is None or not timedelta(0) <= at - heard_at <= ONE_SPAN
    newest = select(clock_faults.c.decision).order_by(clock_faults.c.id.desc()).limit(1)
    decision = connection.execute(newest).scalar()
    return Evidence(heard_at, offline, clock_doubted=decision not in (None, str(Decision.IS_RIGHT)))
