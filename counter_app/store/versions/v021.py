"""Version 21: what was handed over at other counters under references that pay once.

Corrections heard of are read again. Payments are not, for what the billing side made of them stands.
"""

import json
from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy.engine import Connection

_CHUNK = 1000
_CORRECTED = "32.1"
_REFERRED = ("upi", "other")
# Bytes 6 and 7 of a header are the kind of its payload (docs/journal.md).
_TAKEN = """
    SELECT hash, payload FROM foreign_entries
    WHERE hash > ? AND hex(substr(header, 7, 2)) = '001E' AND length(payload) > 0 ORDER BY hash LIMIT ?"""
_PUT = """
    INSERT OR REPLACE INTO tenders_elsewhere
    SELECT ?1, ?2, 0, ?3, ?4, ?5 WHERE ?1 NOT IN (SELECT receipt FROM cancelled_elsewhere)"""


def _read_again(connection: Connection) -> None:
    asked = "SELECT body FROM office_facts WHERE name = 'feed_read'"
    read = msgspec.json.decode(connection.exec_driver_sql(asked).scalar() or b"[]", type=list[str])
    put = "UPDATE office_facts SET body = ? WHERE name = 'feed_read'"
    connection.exec_driver_sql(put, (msgspec.json.encode([one for one in read if one != _CORRECTED]),))


def _put_tenders(connection: Connection) -> None:
    last = b""
    while rows := connection.exec_driver_sql(_TAKEN, (last, _CHUNK)).all():
        last = rows[-1].hash
        for row in rows:
            said = json.loads(row.payload)
            for position, one in enumerate(said["tenders"]):
                if one["kind"] in _REFERRED:
                    values = (_stem(said), position, one["kind"], one["amount"], one["reference"])
                    connection.exec_driver_sql(_PUT, values)


def _stem(said: Mapping[str, Any]) -> str:
    return f"{said['office']}-{said['counter']}-{said['serial']:06d}"


STATEMENTS = (
    """CREATE TABLE tenders_elsewhere (
        receipt TEXT NOT NULL, position INTEGER NOT NULL, slip INTEGER NOT NULL, kind TEXT NOT NULL,
        amount INTEGER NOT NULL, reference TEXT NOT NULL, PRIMARY KEY (receipt, position))
        WITHOUT ROWID, STRICT""",
    """CREATE INDEX tenders_elsewhere_tail ON tenders_elsewhere (substr(reference, -6))
        WHERE length(reference) >= 6""",
    _put_tenders,
    _read_again,
)
