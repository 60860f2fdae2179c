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
    # Moves that older programs read and made no rows of are folded once more, as those are that no program
    # could read. Other offices hear of them again, which changes nothing there.
    5: (
        """INSERT INTO unfinished (office, device, segment, seq, hash, what)
            SELECT e.office, e.device, e.segment, e.seq, e.hash, 33 * 256 + 1
            FROM entries e JOIN acts a ON a.act = substr(e.header, 137, 16) AND a.hash = e.hash
            WHERE substr(e.header, 6, 3) = :moved
                AND NOT EXISTS (SELECT 1 FROM payments_moved m WHERE m.hash = e.hash)
            ON CONFLICT DO NOTHING""",
    ),
    6: (
        "CREATE TABLE letterheads (office VARCHAR NOT NULL, body {blob} NOT NULL, PRIMARY KEY (office))",
        """CREATE TABLE channel_keys (
            key_hash {blob} NOT NULL, identity {blob} NOT NULL, channel VARCHAR NOT NULL,
            name VARCHAR NOT NULL, offices VARCHAR NOT NULL, per_s INTEGER NOT NULL,
            made_ms BIGINT NOT NULL, revoked_ms BIGINT, PRIMARY KEY (key_hash))""",
        "CREATE UNIQUE INDEX channel_keys_identity ON channel_keys (identity)",
        """CREATE TABLE channel_pens (
            office VARCHAR NOT NULL, channel VARCHAR NOT NULL, device {blob} NOT NULL, drawer {blob} NOT NULL,
            segment {blob} NOT NULL, seq BIGINT NOT NULL, hash {blob} NOT NULL, total BIGINT NOT NULL,
            receipts BIGINT NOT NULL, complaints BIGINT NOT NULL, PRIMARY KEY (office, channel))""",
        """CREATE TABLE channel_requests (
            channel VARCHAR NOT NULL, request VARCHAR NOT NULL, body {blob} NOT NULL, at_ms BIGINT NOT NULL,
            PRIMARY KEY (channel, request))""",
        """CREATE TABLE channel_payments (
            paid_by VARCHAR NOT NULL, reference VARCHAR NOT NULL, act {blob} NOT NULL,
            office VARCHAR NOT NULL, counter INTEGER NOT NULL, serial BIGINT NOT NULL,
            PRIMARY KEY (paid_by, reference))""",
        "CREATE UNIQUE INDEX channel_payments_act ON channel_payments (act)",
    ),
    7: (
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
# Version and kind of a payment that was moved, as they stand in a header (docs/journal.md).
_VALUES = {"moved": bytes((1, 0, 33))}
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
            transaction.do(text(statement.format(blob=transaction.blob)), _VALUES)
