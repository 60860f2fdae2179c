"""Money of other counters and of channels with a reference at the bank, as the office's feed told of it."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from counter_app.domain.payment import REFERRED, TenderKind
from counter_app.domain.statement import ClaimElsewhere
from counter_app.domain.undoing import Outcome
from counter_app.store.tables import receipts_elsewhere as received
from counter_app.store.tables import settled_elsewhere as came
from counter_app.store.tables import tenders_elsewhere as there


def claims_elsewhere(connection: Connection, first: date) -> tuple[ClaimElsewhere, ...]:
    """All of them of receipts that count, from a day on; those of which no day is known too."""
    asked = select(there, received.c.day, came.c.outcome, came.c.reference.label("came_as"))
    asked = asked.outerjoin(came, (came.c.act == there.c.act) & (came.c.position == there.c.place))
    asked = asked.outerjoin(received, received.c.act == there.c.act)
    asked = asked.where(there.c.kind.in_(list(map(str, REFERRED))), there.c.reference != "")
    asked = asked.where(or_(received.c.day.is_(None), received.c.day >= first))
    return tuple(
        ClaimElsewhere(
            row.receipt, TenderKind(row.kind), row.amount, row.reference, row.day,
            Outcome(row.outcome or (Outcome.CONFIRMED if row.confirmed else Outcome.PENDING)),
            row.came_as or "",
        )
        for row in connection.execute(asked.order_by(there.c.receipt, there.c.act, there.c.position))
    )  # fmt: skip
