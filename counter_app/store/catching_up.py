"""What came in the feed before this program could read it: put into rows once a program that can is here."""

import msgspec
from sqlalchemy.engine import Connection

from counter_app.domain.entry import Entry
from counter_app.store import foreign
from counter_app.store.book import Book
from counter_app.store.facts import FEED_READ, fact, put_fact
from counter_app.store.page import Page
from counter_app.wire.bodies import BODIES
from counter_app.wire.messages import FeedItem, Item, ItemKind
from counter_app.wire.payloads import VERSIONS

_CHUNK = 500
# Byte 5 of a header is the version of the payload, bytes 6 and 7 are its kind (docs/journal.md).
_ENTRIES = """
    SELECT hash, header, payload, salt FROM foreign_entries
    WHERE hash > ? AND hex(substr(header, 6, 3)) IN (SELECT value FROM json_each(?)) ORDER BY hash LIMIT ?"""
_ITEMS = """
    SELECT seq, kind, body FROM feed
    WHERE seq > ? AND entry IS NULL AND kind IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT ?"""


def catch_up(book: Book) -> None:
    """Put what programs before could not read: the rows are then as if this one had read all of the feed."""
    with book.reading() as connection:
        is_behind = _read_before(connection) != _readable()
    if is_behind:
        with book.writing() as page:
            _put(page)


def _put(page: Page) -> None:
    before, connection = _read_before(page.connection), page.connection
    entries = [
        f"{version:02X}{kind:04X}" for kind, version in VERSIONS if _entry(kind, version) not in before
    ]
    # What was erased of an entry that could not be read is erased now.
    erasing = {ItemKind.ERASE, ItemKind.COMPLAINT_ERASED} if entries else set()
    items = [int(kind) for kind in BODIES if _item(kind) not in before or kind in erasing]
    behind = b""
    while rows := connection.exec_driver_sql(_ENTRIES, (behind, _json(entries), _CHUNK)).all():
        behind = rows[-1].hash
        said: list[FeedItem] = [Entry(row.header, row.payload, row.salt, b"") for row in rows]
        foreign.put(page, said)
    last = 0
    while rows := connection.exec_driver_sql(_ITEMS, (last, _json(items), _CHUNK)).all():
        last = rows[-1].seq
        foreign.put(page, [Item(row.kind, row.body) for row in rows])
    put_fact(connection, FEED_READ, msgspec.json.encode(sorted(_readable())))


def _read_before(connection: Connection) -> frozenset[str]:
    return frozenset(msgspec.json.decode(fact(connection, FEED_READ) or b"[]", type=list[str]))


def _readable() -> frozenset[str]:
    entries = (_entry(kind, version) for kind, version in VERSIONS)
    return frozenset((*entries, *map(_item, BODIES)))


def _entry(kind: int, version: int) -> str:
    return f"{int(kind)}.{version}"


def _item(kind: int) -> str:
    return f"item {int(kind)}"


def _json(values: list[str] | list[int]) -> str:
    return msgspec.json.encode(values).decode()
