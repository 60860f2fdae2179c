"""Version 15: what is recorded about complaints, whatever its kind; where each complaint stands, in a row.

The states are made when the book is opened the first time by a program that folds otherwise.
"""

import json
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.engine import Connection

_CHUNK = 1000
_STEP = 41


def _carry_known_steps(connection: Connection) -> None:
    """The steps of others, as payloads of version 1."""
    put = "INSERT INTO known_events VALUES (?, ?, ?, 1, ?)"
    last = b""
    asked = "SELECT * FROM known_steps WHERE act > ? ORDER BY act LIMIT ?"
    while rows := connection.exec_driver_sql(asked, (last, _CHUNK)).all():
        connection.exec_driver_sql(put, [(row.act, row.complaint, _STEP, _payload(*row[1:])) for row in rows])
        last = rows[-1].act


def _payload(complaint: bytes, stage: str, done_at: int, done_by: str, note: str) -> bytes:
    at = datetime.fromtimestamp(done_at / 1000, UTC).isoformat()
    step = {"complaint": str(UUID(bytes=complaint)), "stage": stage, "at": at, "by": done_by, "note": note}
    return json.dumps(step, separators=(",", ":"), ensure_ascii=False).encode()


STATEMENTS = (
    """CREATE TABLE complaint_events (
        act BLOB NOT NULL PRIMARY KEY, complaint BLOB NOT NULL) WITHOUT ROWID, STRICT""",
    "INSERT INTO complaint_events SELECT act, complaint FROM complaint_steps",
    "DROP TABLE complaint_steps",
    "CREATE INDEX complaint_events_complaint ON complaint_events (complaint)",
    """CREATE TABLE known_events (
        act BLOB NOT NULL PRIMARY KEY, complaint BLOB NOT NULL, kind INTEGER NOT NULL,
        version INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID, STRICT""",
    _carry_known_steps,
    "DROP TABLE known_steps",
    "CREATE INDEX known_events_complaint ON known_events (complaint)",
    """CREATE TABLE complaint_states (
        act BLOB NOT NULL PRIMARY KEY, office TEXT NOT NULL, counter INTEGER NOT NULL,
        serial INTEGER NOT NULL, tail TEXT NOT NULL, letters TEXT NOT NULL, central_number TEXT NOT NULL,
        consumer TEXT NOT NULL, mobile TEXT NOT NULL, type TEXT NOT NULL, priority INTEGER NOT NULL,
        dtr TEXT NOT NULL, feeder TEXT NOT NULL, registered_at INTEGER NOT NULL, due_at INTEGER,
        stage TEXT NOT NULL, open INTEGER NOT NULL, attention INTEGER NOT NULL, since INTEGER NOT NULL,
        done_at INTEGER, reopened INTEGER NOT NULL, holder TEXT NOT NULL, joined BLOB,
        part INTEGER NOT NULL, own_done_at INTEGER)
        WITHOUT ROWID, STRICT""",
    "CREATE INDEX complaint_states_tail ON complaint_states (tail, registered_at)",
    "CREATE INDEX complaint_states_consumer ON complaint_states (consumer) WHERE consumer <> ''",
    "CREATE INDEX complaint_states_mobile ON complaint_states (mobile) WHERE mobile <> ''",
    "CREATE INDEX complaint_states_central ON complaint_states (central_number) WHERE central_number <> ''",
    "CREATE INDEX complaint_states_open ON complaint_states (priority, registered_at) WHERE open",
    "CREATE INDEX complaint_states_dtr ON complaint_states (dtr, registered_at) WHERE dtr <> ''",
    "CREATE INDEX complaint_states_feeder ON complaint_states (feeder, registered_at) WHERE feeder <> ''",
    "CREATE INDEX complaint_states_joined ON complaint_states (joined) WHERE joined IS NOT NULL",
)
