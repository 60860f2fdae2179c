"""Money of other counters and of channels with a reference at the bank, as the office's feed told of it."""

from datetime import date

from sqlalchemy import case, func, or_, select
from sqlalchemy.engine import Connection

from counter_app.domain.payment import REFERRED, TenderKind
from counter_app.domain.statement import ClaimElsewhere
from counter_app.domain.undoing import Outcome
from counter_app.store.rows import ELSEWHERE
from counter_app.store.tables import known_payments as known
from counter_app.store.tables import settled_elsewhere as came
from counter_app.store.tables import tenders_elsewhere as there


def claims_elsewhere(connection: Connection, first: date) -> tuple[ClaimElsewhere, ...]:
    """All of them of receipts that count, from a day on; those of which no day is known too."""
    days = _days(connection)
    # A correction's tenders have other places at their own counter than here: there the reference tells.
    same = func.substr(came.c.reference, -func.length(there.c.reference)) == there.c.reference
    place = case((there.c.slip == 0, came.c.position == there.c.position), else_=same)
    asked = select(there, came.c.outcome, came.c.reference.label("came_as"))
    asked = asked.outerjoin(came, (came.c.act == there.c.act) & place)
    asked = asked.where(there.c.kind.in_(list(map(str, REFERRED))), there.c.reference != "")
    return tuple(
        ClaimElsewhere(
            row.receipt, TenderKind(row.kind), row.amount, row.reference, days.get(row.receipt),
            Outcome(row.outcome or Outcome.PENDING), row.came_as or "",
        )
        for row in connection.execute(asked.order_by(there.c.receipt, there.c.position))
        if days.get(row.receipt, first) >= first
    )  # fmt: skip


def _days(connection: Connection) -> dict[str, date]:
    """The days of receipts, by their numbers without letters."""
    number = func.iif(known.c.receipt != "", known.c.receipt, known.c.reference)
    asked = select(number.label("number"), known.c.paid_on)
    asked = asked.where(or_(known.c.receipt != "", known.c.channel == ELSEWHERE))
    return {row.number.rpartition("-")[0]: row.paid_on for row in connection.execute(asked)}
