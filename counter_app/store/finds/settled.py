"""Cash that people took and what became of it: how much each has settled, and how much is outstanding."""

from typing import Any

from sqlalchemy.engine import Connection

from counter_app.store.finds.books import Days
from counter_app.store.finds.undone_elsewhere import CANCELLED, HANDED_OVER_ELSE

# What moved whose cash on which day. A float that stayed of one drawer is the next one's opening: only what
# that has more came in. A drawer in which nothing was done is followed by the next with all of it. Whatever
# clocks said, the last one is the open one, or the closing with the highest number.
_MOVED = """
    WITH known AS (
        SELECT *, closed_at IS NULL OR (serial = max(serial) OVER c AND NOT max(closed_at IS NULL) OVER c) AS
            last_one FROM drawers WINDOW c AS (PARTITION BY clerk)),
    opened AS (
        SELECT clerk, day, opening - coalesce(lag(iif(closing IS NULL, opening, kept)) OVER (
            PARTITION BY clerk ORDER BY last_one, opened_at, closing IS NOT NULL), 0) AS came FROM known),
    moved (clerk, day, cash, came, settled) AS (
        SELECT clerk, day, 0, came, 0 FROM opened WHERE came <> 0
        UNION ALL SELECT payments.clerk, payments.day, tenders.amount, 0, 0
            FROM payments JOIN tenders ON tenders.payment = payments.serial
            WHERE tenders.live AND tenders.kind = 'cash' AND NOT $cancelled AND NOT $handed_over_else
        UNION ALL SELECT clerk, day, amount - (SELECT coalesce(sum(t.amount), 0) FROM tenders_elsewhere t
                WHERE t.act = payments.act), 0, 0
            FROM payments WHERE $handed_over_else AND NOT $cancelled
        UNION ALL SELECT clerk, day, 0, iif(move IN ('out', 'drop'), 0, amount),
            iif(move IN ('out', 'drop'), amount, 0) FROM cash_moves
        UNION ALL SELECT d.clerk, m.day, 0, 0, m.amount FROM cash_moves m JOIN drawers d USING (closing)
        UNION ALL SELECT d.clerk, p.day, 0, 0, p.amount FROM deposits p JOIN drawers d USING (closing))
    SELECT clerk, sum(iif(day < :first, cash + came - settled, 0)), sum(iif(day >= :first, cash, 0)),
        sum(iif(day >= :first, came, 0)), sum(iif(day >= :first, settled, 0)), sum(cash + came - settled)
    FROM moved WHERE day <= :last GROUP BY clerk"""
_MOVED = _MOVED.replace("$cancelled", CANCELLED).replace("$handed_over_else", HANDED_OVER_ELSE)


def by_person(connection: Connection, days: Days) -> tuple[tuple[Any, ...], ...]:
    """Code, outstanding before the days; cash taken in them, other cash that came in, settled; outstanding.

    Settled is what went to the head cashier or out against a slip, what a colleague took over, and what the
    bank's stamp says of a closing. What a count found too little stays outstanding: nobody has had it.
    """
    asked = {"first": days.first.isoformat(), "last": days.last.isoformat()}
    found = connection.exec_driver_sql(_MOVED, asked)
    return tuple(tuple(row) for row in found if any(row[1:]))
