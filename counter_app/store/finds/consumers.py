"""Consumers in lists, with their current bill, what was paid since, and who was served lately."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from counter_app.domain.consumer import Supply
from counter_app.store.columns import consumer_keys, consumer_number
from counter_app.store.finds.complaints import open_counts
from counter_app.store.finds.receipts import paid_since_bills
from counter_app.store.reference import names, read_bill
from counter_app.store.rows import FoundRow, PaidSince, RecentRow
from counter_app.store.tables import bills, complaints, consumers, paper_jobs, payments

_AS_IT_IS = (
    "name_hi", "name_en", "relation", "relation_hi", "relation_en", "house", "locality_hi",
    "locality_en", "ward", "mobile", "meter",
)  # fmt: skip
_SHOWN = [consumers.c[name] for name in ("id", "supply", *_AS_IT_IS)]
_NOTHING_PAID = PaidSince(0, 0, None)
_LOOKED_BACK = 40


def found(connection: Connection, numbers: Sequence[str]) -> tuple[FoundRow, ...]:
    """The rows of consumers, in the order asked; those not known here are left out."""
    keys = consumer_keys(numbers)
    shown_columns = select(*_SHOWN).where(consumers.c.id.in_(keys.values()))
    rows = {row["id"]: row for row in connection.execute(shown_columns).mappings()}
    asked = select(bills.c.consumer, bills.c.body).where(bills.c.consumer.in_(keys.values()))
    bill_of = {consumer_number(row.consumer): read_bill(row.body) for row in connection.execute(asked)}
    paid_of = paid_since_bills(connection, list(bill_of.values()))
    open_of = open_counts(connection, list(keys))
    answer = []
    for number, key in keys.items():
        if key in rows:
            shown = rows[key]
            paid = paid_of.get(number, _NOTHING_PAID)
            taken_over: dict[str, Any] = {name: shown[name] for name in _AS_IT_IS}
            answer.append(
                FoundRow(
                    number=number,
                    supply=Supply(shown["supply"]),
                    bill=bill_of.get(number),
                    paid=paid.paid,
                    paid_late=paid.late,
                    paid_at=paid.last_at,
                    open_complaints=open_of.get(number, 0),
                    **taken_over,
                )
            )
    return tuple(answer)


def recent(connection: Connection, limit: int = 8) -> tuple[RecentRow, ...]:
    """Consumers served lately at this counter (payment, complaint or paper), newest first."""
    served: dict[str, datetime] = {}
    newest = (
        select(payments.c.consumer, payments.c.taken_at).order_by(payments.c.serial.desc()),
        select(complaints.c.consumer, complaints.c.registered_at).order_by(complaints.c.serial.desc()),
        select(paper_jobs.c.consumer, paper_jobs.c.asked_at)
        .where(paper_jobs.c.subject.is_(None))
        .order_by(paper_jobs.c.asked_at.desc()),
    )
    for asked in newest:
        for number, at in connection.execute(asked.limit(_LOOKED_BACK)):
            if number and (number not in served or at > served[number]):
                served[number] = at
    latest = sorted(served, key=lambda number: served[number], reverse=True)
    named = names(connection, latest)
    known = [number for number in latest if number in named][:limit]
    return tuple(RecentRow(number, named[number].hi, named[number].en, served[number]) for number in known)
