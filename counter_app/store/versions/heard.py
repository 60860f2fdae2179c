"""Payments of others as a step reads them from what is kept of the feed."""

from collections.abc import Callable

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DataError, IntegrityError

from counter_app.domain.entry import Entry, EntryDamaged
from counter_app.domain.payment import PaymentTaken
from counter_app.wire.payloads import PayloadDamaged, PayloadUnknown, decode

_CHUNK = 1000
# Bytes 6 and 7 of a header are the kind of its payload (docs/journal.md).
_TAKEN = """
    SELECT hash, header, payload FROM foreign_entries
    WHERE hash > ? AND hex(substr(header, 7, 2)) = '001E' AND length(payload) > 0 ORDER BY hash LIMIT ?"""

_LEFT_OUT = (
    EntryDamaged, PayloadUnknown, PayloadDamaged, IntegrityError, DataError, OverflowError, ValueError,
)  # fmt: skip


def put_taken(connection: Connection, put: Callable[[Connection, Entry, PaymentTaken], None]) -> None:
    """Put the rows of each; one that is not known here, or is more than a table takes, is left out."""
    last = b""
    while rows := connection.exec_driver_sql(_TAKEN, (last, _CHUNK)).all():
        last = rows[-1].hash
        for row in rows:
            entry = Entry(row.header, row.payload, b"", b"")
            try:
                said = decode(entry.header.kind, entry.header.kind_version, entry.payload)
                assert isinstance(said, PaymentTaken)
                with connection.begin_nested():
                    put(connection, entry, said)
            except _LEFT_OUT:
                continue
