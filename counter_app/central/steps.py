"""From one form of the central store to the next: forward only, each step in one transaction.

What a step does stays as it was written, whatever later ones do.
"""

import json
from collections.abc import Callable
from functools import partial

from sqlalchemy import bindparam, select, text, update

from counter_app.central.database import Database, Transaction, retried
from counter_app.central.tables import VERSION, facts

OLDEST = 2
"""The form from which steps lead on; what was before was never handed out."""

_PLACE = "office VARCHAR NOT NULL, device {blob} NOT NULL, segment {blob} NOT NULL, seq BIGINT NOT NULL"

_CHUNK = 1000
_MOST_WINDOWS, _LONGEST_REFERENCE = 90, 35
_TAKEN = text("""
    SELECT p.consumer, p.bill_number, p.nth, p.office, p.counter, p.serial, p.hash, p.device, p.segment,
        p.seq AS place, e.payload
    FROM payments p JOIN entries e ON e.office = p.office AND e.device = p.device AND e.segment = p.segment
        AND e.seq = p.seq AND e.hash = p.hash
    WHERE p.slip = 0 AND p.counter <= :most AND (p.consumer, p.bill_number, p.nth) > (:consumer, :bill, :nth)
    ORDER BY p.consumer, p.bill_number, p.nth LIMIT :chunk""")
_TENDER = text("""
    INSERT INTO tenders VALUES (
        :office, :counter, :serial, :hash, :position, :device, :segment, :seq, 0, :kind, :reference)""")
_OF_RECEIPT = ("office", "counter", "serial", "hash", "device", "segment", "seq")


def _put_tenders(transaction: Transaction) -> None:
    """What was handed over at windows under a reference that pays once."""
    asked = {"consumer": "", "bill": "", "nth": 0, "most": _MOST_WINDOWS, "chunk": _CHUNK}
    while rows := transaction.rows(_TAKEN, asked):
        for *found, payload in (row[3:] for row in rows):
            receipt = dict(zip(_OF_RECEIPT, found, strict=True))
            referred = [one for one in json.loads(payload)["tenders"] if one["kind"] in ("upi", "other")]
            for position, one in enumerate(referred):
                fits = len(one["reference"]) <= _LONGEST_REFERENCE and "\0" not in one["reference"]
                named = {"kind": one["kind"], "reference": one["reference"] if fits else ""}
                transaction.do(_TENDER, receipt | named | {"position": position})
        asked |= dict(zip(("consumer", "bill", "nth"), rows[-1][:3], strict=True))


# ``blob``: what the database calls bytes.
_STEPS: dict[int, tuple[str | Callable[[Transaction], None], ...]] = {
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
    # Corrections, and what the bank said, are folded once more, like the moves of step 5; payments are not:
    # their rows are made here.
    8: (
        """CREATE TABLE tenders (
            office VARCHAR NOT NULL, counter INTEGER NOT NULL, serial BIGINT NOT NULL, hash {blob} NOT NULL,
            position INTEGER NOT NULL, device {blob} NOT NULL, segment {blob} NOT NULL, seq BIGINT NOT NULL,
            slip BIGINT NOT NULL, kind VARCHAR NOT NULL, reference VARCHAR NOT NULL,
            PRIMARY KEY (office, counter, serial, hash, position))""",
        "CREATE INDEX tenders_reference ON tenders (reference)",
        """CREATE TABLE settled (
            office VARCHAR NOT NULL, counter INTEGER NOT NULL, serial BIGINT NOT NULL, hash {blob} NOT NULL,
            device {blob} NOT NULL, segment {blob} NOT NULL, seq BIGINT NOT NULL, consumer VARCHAR NOT NULL,
            position BIGINT NOT NULL, total BIGINT NOT NULL, at_ms BIGINT NOT NULL, amount BIGINT NOT NULL,
            outcome VARCHAR NOT NULL, reference VARCHAR NOT NULL,
            PRIMARY KEY (office, counter, serial, hash))""",
        "CREATE INDEX settled_consumer ON settled (consumer)",
        "CREATE INDEX settled_reference ON settled (reference)",
        _put_tenders,
        """INSERT INTO unfinished (office, device, segment, seq, hash, what)
            SELECT e.office, e.device, e.segment, e.seq, e.hash,
                CASE substr(e.header, 6, 3) WHEN :settled THEN 35 ELSE 32 END * 256 + 1
            FROM entries e JOIN acts a ON a.act = substr(e.header, 137, 16) AND a.hash = e.hash
            WHERE substr(e.header, 6, 3) IN (:corrected, :settled) ON CONFLICT DO NOTHING""",
    ),
    # Hours are counted from here on.
    9: (
        """CREATE TABLE hours (
            office VARCHAR NOT NULL, hour_ms BIGINT NOT NULL, source VARCHAR NOT NULL,
            receipts BIGINT NOT NULL, collected BIGINT NOT NULL, complaints BIGINT NOT NULL,
            PRIMARY KEY (office, hour_ms, source))""",
        "CREATE TABLE viewers (code VARCHAR NOT NULL, password_hash VARCHAR NOT NULL, PRIMARY KEY (code))",
        """CREATE TABLE viewings (
            token_hash {blob} NOT NULL, code VARCHAR NOT NULL, until_ms BIGINT NOT NULL,
            PRIMARY KEY (token_hash))""",
    ),
    10: (
        "CREATE TABLE message_cursors (office VARCHAR NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (office))",
        """CREATE TABLE message_parts (
            whole {blob} NOT NULL, part {blob} NOT NULL, PRIMARY KEY (whole, part))""",
        """CREATE TABLE messages (
            event {blob} NOT NULL, complaint {blob} NOT NULL, state VARCHAR NOT NULL, tries INTEGER NOT NULL,
            next_ms BIGINT NOT NULL, until_ms BIGINT NOT NULL, PRIMARY KEY (event, complaint))""",
        "CREATE INDEX messages_due ON messages (state, next_ms)",
        "CREATE INDEX items_hash ON items (office, hash)",
    ),
    # Gaps of numbers are folded once more, of both versions: older programs counted none. An unused code ends
    # where its counter is taken. Of several for a counter the one stays that is good longest: of those made
    # in one way it is the newest, and when each was made nobody noted.
    11: (
        """INSERT INTO unfinished (office, device, segment, seq, hash, what)
            SELECT e.office, e.device, e.segment, e.seq, e.hash, 2 * 256 + 1
            FROM entries e JOIN acts a ON a.act = substr(e.header, 137, 16) AND a.hash = e.hash
            WHERE substr(e.header, 7, 2) = :gap ON CONFLICT DO NOTHING""",
        """DELETE FROM codes WHERE used_by IS NULL AND (
            EXISTS (SELECT 1 FROM devices d
                WHERE d.office = codes.office AND d.counter = codes.counter AND NOT d.revoked)
            OR EXISTS (SELECT 1 FROM codes c
                WHERE c.office = codes.office AND c.counter = codes.counter AND c.used_by IS NULL
                    AND (c.until_ms, c.code_hash) > (codes.until_ms, codes.code_hash)))""",
    ),
}
# Version and kind of what is folded once more, as they stand in a header (docs/journal.md); of gaps the kind.
_VALUES = {
    "moved": bytes((1, 0, 33)),
    "corrected": bytes((1, 0, 32)),
    "settled": bytes((1, 0, 35)),
    "gap": bytes((0, 2)),
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
            if callable(statement):
                statement(transaction)
            else:
                transaction.do(text(statement.format(blob=transaction.blob)), _VALUES)
