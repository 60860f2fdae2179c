"""Version 24: what money of other counters was for, so that nobody takes it twice a day; their receipts and
the work that these left, by consumer.
"""

from sqlalchemy.engine import Connection

_CHUNK = 1000
# Bytes 6 and 7 of a header are the kind of its payload, 136 to 151 its act (docs/journal.md).
_TAKEN = """
    SELECT hash, substr(header, 137, 16) AS act, payload ->> '$.charge' AS charge FROM foreign_entries
    WHERE hash > ? AND hex(substr(header, 7, 2)) = '001E' AND length(payload) > 0 ORDER BY hash LIMIT ?"""
_FOR = "UPDATE receipts_elsewhere SET charge = ? WHERE act = ?"


def _put_charges(connection: Connection) -> None:
    last = b""
    while rows := connection.exec_driver_sql(_TAKEN, (last, _CHUNK)).all():
        last = rows[-1].hash
        for row in rows:
            if row.charge:  # the payload of version 1 has none
                connection.exec_driver_sql(_FOR, (row.charge, row.act))


STATEMENTS = (
    "ALTER TABLE receipts_elsewhere ADD COLUMN charge TEXT NOT NULL DEFAULT ''",
    _put_charges,
    "CREATE INDEX receipts_elsewhere_consumer ON receipts_elsewhere (consumer)",
    "CREATE INDEX known_tasks_receipt ON known_tasks (receipt)",
)
