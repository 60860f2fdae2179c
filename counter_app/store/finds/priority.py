"""Who was served first, by day."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from counter_app.domain.priority import Priority
from counter_app.store.tables import priorities


def served_on(connection: Connection, day: date) -> dict[Priority, int]:
    """How many of each on a day."""
    counted = select(priorities.c.to, func.count()).where(priorities.c.day == day).group_by(priorities.c.to)
    found = {Priority(to): count for to, count in connection.execute(counted)}
    return {to: found.get(to, 0) for to in Priority}


def served_by_day(
    connection: Connection, first: date, last: date
) -> tuple[tuple[date, Priority, str, int], ...]:
    """Day, who, the clerk who served them, and how many."""
    columns = priorities.c.day, priorities.c.to, priorities.c.clerk
    asked = select(*columns, func.count()).where(priorities.c.day.between(first, last))
    rows = connection.execute(asked.group_by(*columns).order_by(*columns))
    return tuple((day, Priority(to), clerk, count) for day, to, clerk, count in rows)
