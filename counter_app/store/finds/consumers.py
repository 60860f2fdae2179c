"""Consumers in lists, with their current bill, what was paid since, and who was served lately."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import Connection

from counter_app.domain.consumer import Supply
from counter_app.store.bill_body import read_bill
from counter_app.store.columns import consumer_keys, consumer_number
from counter_app.store.finds.complaints import open_counts
from counter_app.store.finds.receipts import paid_since_bills
from counter_app.store.reference import names
from counter_app.store.rows import FoundRow, PaidSince, RecentRow
from counter_app.store.tables import complaint_states, complaints, paper_jobs, payments

# These run after every key that is typed: constant text, so that nothing is compiled or prepared again.
_SHOWN = """
    SELECT id, name_hi, name_en, relation, relation_hi, relation_en, house, locality_hi, locality_en, ward,
        mobile, meter, old_number, supply, body
    FROM consumers LEFT JOIN bills ON bills.consumer = consumers.id AND bills.month =
        (SELECT max(month) FROM bills AS newest WHERE newest.consumer = consumers.id AND body IS NOT NULL)
    WHERE id IN (SELECT value FROM json_each(?))"""
_NOTHING_PAID = PaidSince(0, (), None)
_LOOKED_BACK = 40


def found(connection: Connection, numbers: Sequence[str], hidden: Collection[str]) -> tuple[FoundRow, ...]:
    """The rows of consumers, in the order asked; those not known here are left out.

    Complaints of ``hidden`` types are not counted.
    """
    keys = consumer_keys(numbers)
    shown = connection.exec_driver_sql(_SHOWN, (json.dumps(list(keys.values())),)).all()
    rows = {consumer_number(row[0]): row for row in shown}
    bill_of = {number: read_bill(row[14]) for number, row in rows.items() if row[14] is not None}
    paid_of = paid_since_bills(connection, bill_of)
    open_of = open_counts(connection, list(rows), hidden)
    answer = []
    for number in keys:
        if number in rows:
            row, paid = rows[number], paid_of.get(number, _NOTHING_PAID)
            answer.append(
                FoundRow(
                    number, row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9], row[10],
                    row[11], row[12], Supply(row[13]), bill_of.get(number), paid.paid, paid.late,
                    paid.last_at, open_of.get(number, 0),
                )
            )  # fmt: skip
    return tuple(answer)


def recent(connection: Connection, hidden: Collection[str], limit: int = 8) -> tuple[RecentRow, ...]:
    """Consumers served lately at this counter, newest first; ``hidden`` complaints are no sign of it."""
    served: dict[str, datetime] = {}
    newest = (
        select(payments.c.consumer, payments.c.taken_at).order_by(payments.c.serial.desc()),
        select(complaints.c.consumer, complaints.c.registered_at)
        .join(complaint_states, complaint_states.c.act == complaints.c.act)
        .where(complaint_states.c.type.not_in(hidden))
        .order_by(complaints.c.serial.desc()),
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
