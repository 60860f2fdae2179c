"""What steps do with what is kept of the feed: payments of others, and what is to be read again."""

from collections.abc import Callable, Collection, Sequence

import msgspec
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

_READ = "SELECT body FROM office_facts WHERE name = 'feed_read'"
_NOTE = "UPDATE office_facts SET body = ? WHERE name = 'feed_read'"

Put = Callable[[Connection, Entry, PaymentTaken], None]


def put_taken(connection: Connection, put: Put) -> None:
    """Put the rows of each; one that is not known here, or is more than a table takes, is left out."""
    last = b""
    while rows := connection.exec_driver_sql(_TAKEN, (last, _CHUNK)).all():
        last = rows[-1].hash
        _put(connection, put, [one for row in rows for one in _read(row.header, row.payload)])


def read_again(connection: Connection, kinds: Collection[str]) -> None:
    """Take kinds of entries, each with its version like "33.1", for not read: the next start reads them."""
    read = msgspec.json.decode(connection.exec_driver_sql(_READ).scalar() or b"[]", type=list[str])
    left = [one for one in read if one not in kinds]
    connection.exec_driver_sql(_NOTE, (msgspec.json.encode(left),))


def _read(header: bytes, payload: bytes) -> Sequence[tuple[Entry, PaymentTaken]]:
    entry = Entry(header, payload, b"", b"")
    try:
        said = decode(entry.header.kind, entry.header.kind_version, payload)
    except (EntryDamaged, PayloadUnknown, PayloadDamaged):
        return ()
    assert isinstance(said, PaymentTaken)
    return ((entry, said),)


def _put(connection: Connection, put: Put, taken: Sequence[tuple[Entry, PaymentTaken]]) -> None:
    """Put them in their order. All at once, which takes far less; by halves where one is refused."""
    try:
        with connection.begin_nested():
            for entry, said in taken:
                put(connection, entry, said)
    except (IntegrityError, DataError, OverflowError, ValueError):
        if len(taken) > 1:
            half = len(taken) // 2
            _put(connection, put, taken[:half])
            _put(connection, put, taken[half:])
