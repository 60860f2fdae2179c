"""What the central office said beside the files: who moved away, what was paid too much, which rules hold,
whom to trust.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, not_, select
from sqlalchemy.engine import Connection, Row

from counter_app.domain.money import Paise
from counter_app.domain.numbering import Number, Series, read_number
from counter_app.domain.task import Task
from counter_app.domain.value import value
from counter_app.store import reference
from counter_app.store.columns import consumer_key, consumer_number
from counter_app.store.tables import consumers, follow_ups, known_follow_ups, moved, rule_files, surpluses

_REVOKED = "SELECT body FROM feed WHERE kind = ? AND entry IS NULL"


@value
class Work:
    """What waits because of a surplus: what names it, since when, and the receipt that came last."""

    of: UUID
    since: datetime
    receipt: Number


@value
class Surplus:
    """A bill that was paid more than once: by how much all its payments together are too much.

    ``work``: somebody asks the consumer what becomes of it; None where an older centre said it.
    """

    consumer: str
    bill_number: str
    amount: Paise
    work: Work | None = None


def moved_to(connection: Connection, number: str) -> str | None:
    """The office that a consumer belongs to now, empty where nobody said which; None: to this one."""
    asked = select(moved.c.office).where(moved.c.consumer == consumer_key(number))
    return connection.execute(asked).scalar()


def surpluses_of(connection: Connection, number: str) -> tuple[Surplus, ...]:
    """A consumer's bills that were paid more than once, until a newer bill has come and reckons it in."""
    return _surpluses(connection, surpluses.c.consumer == consumer_key(number))


def all_surpluses(connection: Connection) -> tuple[Surplus, ...]:
    """The same of all consumers."""
    return _surpluses(connection)


def surpluses_to_follow(connection: Connection) -> tuple[Surplus, ...]:
    """Those of the office's own consumers that nobody has seen to yet, here or at another counter."""
    of = surpluses.c.of
    done = (
        exists().where(table.c.of == of, table.c.task == str(Task.REFUND))
        for table in (follow_ups, known_follow_ups)
    )
    here = exists().where(consumers.c.id == surpluses.c.consumer)
    gone = exists().where(moved.c.consumer == surpluses.c.consumer)
    return _surpluses(connection, of.is_not(None), here, not_(gone), *map(not_, done))


def _surpluses(connection: Connection, *where: ColumnElement[bool]) -> tuple[Surplus, ...]:
    asked = select(surpluses).where(surpluses.c.amount > 0, *where).order_by(surpluses.c.consumer)
    found = []
    for row in connection.execute(asked).all():
        number = consumer_number(row.consumer)
        newest = reference.bill(connection, number)
        if newest is None or newest.number == row.bill_number:
            found.append(Surplus(number, row.bill_number, row.amount, _work(row)))
    return tuple(found)


def _work(row: Row[*tuple[Any, ...]]) -> Work | None:
    sought = read_number(row.receipt)
    if row.of is None or sought is None or sought.office is None or sought.counter is None:
        return None
    number = Number(Series.RECEIPT, sought.office, sought.counter, sought.serial, sought.letters or "")
    return Work(row.of, row.since, number)


def is_revoked(connection: Connection, device: UUID) -> bool:
    """Whether the feed says that a device is trusted no more."""
    from counter_app.wire.bodies import Revoke, read_body
    from counter_app.wire.messages import Item, ItemKind

    said = connection.exec_driver_sql(_REVOKED, (int(ItemKind.REVOKE),)).scalars()
    return Revoke(device) in {read_body(Item(ItemKind.REVOKE, body)) for body in said}


def sent_rules(connection: Connection) -> dict[str, str]:
    """The rule files that the company sent, by file name."""
    return {f"{row.name}.toml": row.text for row in connection.execute(select(rule_files))}
