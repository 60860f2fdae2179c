"""From one form of the central store to the next: forward only, each step in one transaction.

What a step does stays as it was written, whatever later ones do.
"""

from functools import partial

from sqlalchemy import bindparam, select, text, update

from counter_app.central.database import Database, Transaction, retried
from counter_app.central.tables import VERSION, facts

OLDEST = 2
"""The form from which steps lead on; what was before was never handed out."""

_PLACE = "office VARCHAR NOT NULL, device {blob} NOT NULL, segment {blob} NOT NULL, seq BIGINT NOT NULL"

# ``blob``: what the database calls bytes.
_STEPS: dict[int, tuple[str, ...]] = {
    3: (f"CREATE TABLE archived ({_PLACE}, hash {{blob}} NOT NULL, PRIMARY KEY (office, device, segment))",),
    4: (
        "ALTER TABLE payments ADD COLUMN slip BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE payments ADD COLUMN taken {blob}",
        "CREATE INDEX payments_receipt ON payments (office, counter, serial)",
        """CREATE TABLE payments_moved (
            office VARCHAR NOT NULL, counter INTEGER NOT NULL, serial BIGINT NOT NULL, slip BIGINT NOT NULL,
            consumer VARCHAR NOT NULL, to_consumer VARCHAR NOT NULL, total BIGINT NOT NULL,
            hash {blob} NOT NULL, device {blob} NOT NULL, segment {blob} NOT NULL, seq BIGINT NOT NULL,
            PRIMARY KEY (office, counter, serial, slip))""",
        "CREATE INDEX payments_moved_from ON payments_moved (consumer)",
        "CREATE INDEX payments_moved_to ON payments_moved (to_consumer)",
    ),
    5: (
        """CREATE TABLE floors (
            office VARCHAR NOT NULL, seq BIGINT NOT NULL, moving BOOLEAN NOT NULL, PRIMARY KEY (office))""",
        """CREATE TABLE snapshots (
            office VARCHAR NOT NULL, snapshot {blob} NOT NULL, made_ms BIGINT NOT NULL,
            seq BIGINT NOT NULL, manifest {blob} NOT NULL, PRIMARY KEY (office, snapshot))""",
        """CREATE TABLE chunks (
            office VARCHAR NOT NULL, snapshot {blob} NOT NULL, chunk INTEGER NOT NULL,
            data {blob} NOT NULL, PRIMARY KEY (office, snapshot, chunk))""",
    ),
}
assert _STEPS.keys() == {*range(OLDEST + 1, VERSION + 1)}

_VERSION = select(facts.c.value).where(facts.c.name == "version")
# Who is second waits here for the first, and finds nothing to be done.
_TAKE = (
    update(facts)
    .where(facts.c.name == "version", facts.c.value == bindparam("before"))
    .values(value=bindparam("after"))
    .returning(facts.c.value)
)


def version(transaction: Transaction) -> int | None:
    """Of which form the central store is; None when there is none."""
    if not transaction.has(facts):
        return None
    return int(transaction.rows(_VERSION, {})[0][0])


def take(store: Database, before: int) -> None:
    """Take the steps that lead from a form, which must not be older than ``OLDEST``, to this program's."""
    for number in range(before + 1, VERSION + 1):
        retried(store, partial(_take, number))


def _take(number: int, transaction: Transaction) -> None:
    if transaction.rows(_TAKE, {"before": str(number - 1), "after": str(number)}):
        for statement in _STEPS[number]:
            transaction.do(text(statement.format(blob=transaction.blob)), {})
