"""What the central office said beside the files: who moved away, what was paid too much, which rules hold,
whom to trust.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.engine import Connection

from counter_app.domain.money import Paise
from counter_app.store import reference
from counter_app.store.columns import consumer_key, consumer_number
from counter_app.store.tables import moved, rule_files, surpluses

_REVOKED = "SELECT body FROM feed WHERE kind = ? AND entry IS NULL"


@dataclass(frozen=True, slots=True)
class Surplus:
    """A bill that was paid more than once: by how much all its payments together are too much."""

    consumer: str
    bill_number: str
    amount: Paise


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


def _surpluses(connection: Connection, *where: ColumnElement[bool]) -> tuple[Surplus, ...]:
    asked = select(surpluses).where(surpluses.c.amount > 0, *where).order_by(surpluses.c.consumer)
    found = []
    for row in connection.execute(asked).all():
        number = consumer_number(row.consumer)
        newest = reference.bill(connection, number)
        if newest is None or newest.number == row.bill_number:
            found.append(Surplus(number, row.bill_number, row.amount))
    return tuple(found)


def is_revoked(connection: Connection, device: UUID) -> bool:
    """Whether the feed says that a device is trusted no more."""
    from counter_app.wire.bodies import Revoke, read_body
    from counter_app.wire.messages import Item, ItemKind

    said = connection.exec_driver_sql(_REVOKED, (int(ItemKind.REVOKE),)).scalars()
    return Revoke(device) in {read_body(Item(ItemKind.REVOKE, body)) for body in said}


def sent_rules(connection: Connection) -> dict[str, str]:
    """The rule files that the company sent, by file name."""
    return {f"{row.name}.toml": row.text for row in connection.execute(select(rule_files))}
