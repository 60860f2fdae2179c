"""Version 2: a bill a month instead of the latest alone; the office's officers and its lines.

The history of use becomes part of the bills: where only the use of a month was known, its row has no
body. Bodies lose the names of their fields on the way. The primary key leads to the latest bill.
"""

from typing import Any

import msgspec
from sqlalchemy.engine import Connection

_CHUNK = 1000


def _carry_bills(connection: Connection) -> None:
    """The latest bills of version 1, bodies written anew; the months before them as they are."""
    put = "INSERT INTO bills VALUES (?, ?, ?, ?, ?, ?, ?)"
    last = -1
    while True:
        asked = "SELECT consumer, month, body FROM old_bills WHERE consumer > ? ORDER BY consumer LIMIT ?"
        rows = connection.exec_driver_sql(asked, (last, _CHUNK)).all()
        if not rows:
            break
        connection.exec_driver_sql(put, [_row(*row) for row in rows])
        last = rows[-1][0]
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO bills SELECT consumer, month, units, reading, amount, basis, NULL FROM history"
    )


def _row(consumer: int, month: int, body: bytes) -> tuple[object, ...]:
    bill: dict[str, Any] = msgspec.msgpack.decode(body)
    charged = sum(line["amount"] for line in bill["charges"])
    amount = (charged + 50) // 100 * 100
    units = bill["metered"] + bill["assessed"]
    reading = bill["current"]["value"]
    return consumer, month, units, reading, amount, bill["basis"], msgspec.msgpack.encode(_nameless(bill))


def _nameless(value: Any) -> Any:
    """Version 1 wrote the fields in the order that version 2 keeps."""
    if isinstance(value, dict):
        return [_nameless(part) for part in value.values()]
    return [_nameless(part) for part in value] if isinstance(value, list) else value


STATEMENTS = (
    "ALTER TABLE bills RENAME TO old_bills",
    """CREATE TABLE bills (
        consumer INTEGER NOT NULL, month INTEGER NOT NULL, units INTEGER NOT NULL,
        reading INTEGER NOT NULL, amount INTEGER NOT NULL, basis TEXT NOT NULL, body BLOB,
        PRIMARY KEY (consumer, month)) WITHOUT ROWID, STRICT""",
    _carry_bills,
    "DROP TABLE old_bills",
    "DROP TABLE history",
    """CREATE TABLE officers (
        post TEXT NOT NULL, category TEXT NOT NULL, "group" TEXT NOT NULL, name_hi TEXT NOT NULL,
        name_en TEXT NOT NULL, phone TEXT NOT NULL,
        PRIMARY KEY (post, category, "group")) WITHOUT ROWID, STRICT""",
    """CREATE TABLE assets (
        kind TEXT NOT NULL, code TEXT NOT NULL, name_hi TEXT NOT NULL, name_en TEXT NOT NULL,
        above TEXT NOT NULL, painted TEXT NOT NULL, PRIMARY KEY (kind, code)) WITHOUT ROWID, STRICT""",
    "CREATE INDEX assets_painted ON assets (painted) WHERE painted <> ''",
)
