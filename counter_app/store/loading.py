"""A snapshot of the office going into the store, chunk by chunk: straight in, nothing lies anywhere else.

What it brings is put like what comes in the feed, over whatever is here; so chunks of two snapshots never
contradict each other, and a counter that has worked for years takes one as a new one does. What the feed has
said before the snapshot's cursor is known here in part only: places that were not passed have no chain.
"""

from collections.abc import Callable, Sequence
from dataclasses import fields
from itertools import compress
from operator import add, attrgetter, itemgetter, not_
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DataError, IntegrityError

from counter_app.domain.bill import Bill
from counter_app.domain.consumer import Consumer
from counter_app.domain.days import Month
from counter_app.domain.entry import Entry
from counter_app.domain.money import to_rupee
from counter_app.domain.network import Asset
from counter_app.domain.office import Officer
from counter_app.store import foreign, reference
from counter_app.store.columns import consumer_key, month_number
from counter_app.store.engine import CACHE_KIB
from counter_app.store.erasing import without_erased
from counter_app.store.extracts import KEPT_BACK, Counts, Extracts
from counter_app.store.facts import FEED_EPOCH, SNAPSHOT, SNAPSHOT_CHUNK, drop_fact, fact, put_fact
from counter_app.store.page import Page
from counter_app.store.reference import put_statement
from counter_app.store.tables import bills, known_payments
from counter_app.store.words_index import gather_words, many
from counter_app.wire.bodies import PaidElsewhere
from counter_app.wire.ledgers import LoadChunk, Loading
from counter_app.wire.messages import FeedItem, Item, ItemKind
from counter_app.wire.snapshots import Manifest, Part, Placed, name_of, read_manifest
from counter_app.wire.values import Row, written

ROOM_KIB = 16 * 1024
"""Pages in the clear while a snapshot is put: half of the time goes without it."""

NO_CHAIN = b""
NO_ITEM = 0
"""The kind of the place that a snapshot ends at, where its item is not one that is kept."""

_FORGET = (
    "DELETE FROM feed",
    "UPDATE foreign_entries SET placed = 0, returned = 0",
)
_PLACE = """
    INSERT INTO foreign_entries (hash, header, payload, salt, placed, returned) VALUES (?, ?, ?, ?, 1, 0)
    ON CONFLICT DO UPDATE SET placed = 1"""
_STEP = "INSERT OR REPLACE INTO feed (seq, chain, kind, entry, body) VALUES (?, ?, ?, ?, ?)"
_STAND = """
    INSERT INTO feed (seq, chain, kind, entry, body) VALUES (?, ?, ?, NULL, x'')
    ON CONFLICT DO UPDATE SET chain = excluded.chain"""
_IS_HERE = "DELETE FROM moved WHERE consumer = ?"
_DROP_OLD = "DELETE FROM bills WHERE consumer = ? AND month < ?"
_BILLS, _PAYMENTS = put_statement(bills), put_statement(known_payments)
_FIELDS = [field.name for field in fields(Bill)]
_SHOWN = itemgetter(
    *map(_FIELDS.index, ("consumer", "month", "metered", "assessed", "current", "charges", "basis"))
)
_VALUE, _AMOUNT = attrgetter("value"), attrgetter("amount")
_PAID_FIELDS = [field.name for field in fields(PaidElsewhere)]
_PAID = itemgetter(
    *map(_PAID_FIELDS.index, ("consumer", "on", "channel", "reference", "month", "amount", "posted"))
)
_REVERSED, _REFERENCE = map(_PAID_FIELDS.index, ("reversed", "reference"))


def loading(connection: Connection) -> Loading | None:
    """The snapshot that is being loaded, and which chunk comes next."""
    manifest = fact(connection, SNAPSHOT)
    if manifest is None:
        return None
    return Loading(manifest, int(fact(connection, SNAPSHOT_CHUNK) or b"0"))


def percent_loaded(connection: Connection) -> int | None:
    """How much of a snapshot is here, by its bytes; None while none is being loaded."""
    now = loading(connection)
    if now is None:
        return None
    sizes = [chunk.size for chunk in read_manifest(now.manifest).chunks]
    return 100 * sum(sizes[: now.chunk]) // sum(sizes)


def begin(page: Page, manifest: bytes) -> None:
    """Begin with a snapshot, from its first chunk on."""
    for statement in _FORGET:
        page.connection.exec_driver_sql(statement)
    put_fact(page.connection, SNAPSHOT, manifest)
    put_fact(page.connection, SNAPSHOT_CHUNK, b"0")


def stop(page: Page) -> None:
    """Go no further: the feed is read from its beginning, over the rows that came."""
    _end(page)
    for statement in _FORGET:
        page.connection.exec_driver_sql(statement)


def load(page: Page, said: LoadChunk, is_own: Callable[[Connection, Entry], bool]) -> None:
    """Put the rows of the next chunk; with the last one the feed is read up to the snapshot's cursor."""
    now = loading(page.connection)
    if now is None or (name_of(now.manifest), now.chunk) != (said.snapshot, said.chunk):
        return
    page.connection.exec_driver_sql(f"PRAGMA cache_size = -{ROOM_KIB}")
    manifest = read_manifest(now.manifest)
    part = manifest.chunks[now.chunk].part
    if part == Part.ITEMS:
        _put_items(page, said.rows, is_own)
    else:
        _put_rows(page, _PUT[part], said.rows)
    following = now.chunk + 1
    if following == len(manifest.chunks):
        _finish(page, manifest)
        return
    put_fact(page.connection, SNAPSHOT_CHUNK, str(following).encode())
    if part == Part.CONSUMERS and not any(one.part == part for one in manifest.chunks[following:]):
        gather_words(page.connection)


def _finish(page: Page, manifest: Manifest) -> None:
    connection, cursor = page.connection, manifest.cursor
    _end(page)
    put_fact(connection, FEED_EPOCH, str(cursor.epoch).encode())
    if cursor.seq:
        connection.exec_driver_sql(_STAND, (cursor.seq, cursor.chain, NO_ITEM))
    gather_words(connection)


def _end(page: Page) -> None:
    page.connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIB}")
    drop_fact(page.connection, SNAPSHOT)
    drop_fact(page.connection, SNAPSHOT_CHUNK)


def _put_items(page: Page, rows: Sequence[Any], is_own: Callable[[Connection, Entry], bool]) -> None:
    """Items of the feed, kept as they came, then the rows that follow from them."""
    connection = page.connection
    placed: list[Placed] = list(rows)
    whole = without_erased(connection, (one.item for one in placed if isinstance(one.item, Entry)))
    steps: list[tuple[object, ...]] = []
    others: list[tuple[object, ...]] = []
    new: list[FeedItem] = []
    for one in placed:
        item = one.item
        if isinstance(item, Item):
            steps.append((one.seq, NO_CHAIN, item.kind, None, item.body))
            new.append(item)
            continue
        steps.append((one.seq, NO_CHAIN, int(ItemKind.ENTRY), item.hash, b""))
        if not is_own(connection, item):
            entry = whole[item.hash]
            others.append((entry.hash, entry.packed_header, entry.payload, entry.salt))
            new.append(entry)
    many(connection, _PLACE, others)
    many(connection, _STEP, steps)
    foreign.put(page, new)


def _put_rows(page: Page, put: "Callable[[Page, Sequence[Row]], None]", rows: Sequence[Any]) -> None:
    """Put rows; one that holds what no table takes is left out, and nothing else is."""
    try:
        with page.connection.begin_nested():
            put(page, rows)
    except (IntegrityError, DataError, OverflowError, ValueError):
        if len(rows) > 1:
            half = len(rows) // 2
            _put_rows(page, put, rows[:half])
            _put_rows(page, put, rows[half:])


def _put_consumers(page: Page, rows: Sequence[Row]) -> None:
    """Consumers of the office: whoever had moved away is here again."""
    found = [Consumer(*row) for row in rows]
    many(page.connection, _IS_HERE, [(consumer_key(one.number),) for one in found])
    reference.put_consumers(page, found)


def _put_bills(page: Page, rows: Sequence[Row]) -> None:
    """Nameless bills, whose bytes are what is stored of them. A consumer and a month come many times."""
    numbers, months_, metered, assessed, current, charges, bases = zip(*map(_SHOWN, rows), strict=True)
    keys = {number: consumer_key(number) for number in set(numbers)}
    months = {at: month_number(Month(at.year, at.month)) for at in set(months_)}
    whose, when = [keys[one] for one in numbers], [months[one] for one in months_]
    newest: dict[int, int] = {}
    for key, month in zip(whose, when, strict=True):
        if month > newest.get(key, 0):
            newest[key] = month
    units, readings = map(add, metered, assessed), map(_VALUE, current)
    amounts = [to_rupee(sum(map(_AMOUNT, lines))) for lines in charges]
    made = zip(whose, when, units, readings, amounts, bases, written(rows), strict=True)
    many(page.connection, _BILLS, list(made))
    many(page.connection, _DROP_OLD, [(key, month - KEPT_BACK) for key, month in newest.items()])


def _put_payments(page: Page, rows: Sequence[Row]) -> None:
    """What was taken back goes; receipts of this counter are told from others'. Most are neither."""
    here = reference.office(page.connection)
    begins = f"{here.code}-{here.counter}-"
    plain = [not one[_REVERSED] and not one[_REFERENCE].startswith(begins) for one in rows]
    shown = list(map(_PAID, compress(rows, plain)))
    keys = {number: consumer_key(number) for number in {one[0] for one in shown}}
    days = {on: on.isoformat() for on in {one[1] for one in shown}}
    many(page.connection, _PAYMENTS, [(keys[number], days[on], *rest, "", 0) for number, on, *rest in shown])
    others = compress(rows, map(not_, plain))
    Extracts(page).put_payments([PaidElsewhere(*row) for row in others], Counts())


def _put_officers(page: Page, rows: Sequence[Row]) -> None:
    Extracts(page).put_officers([Officer(*row) for row in rows], Counts())


def _put_assets(page: Page, rows: Sequence[Row]) -> None:
    Extracts(page).put_assets([Asset(*row) for row in rows], Counts())


_PUT: dict[int, Callable[[Page, Sequence[Row]], None]] = {
    Part.CONSUMERS: _put_consumers,
    Part.BILLS: _put_bills,
    Part.PAYMENTS: _put_payments,
    Part.OFFICERS: _put_officers,
    Part.ASSETS: _put_assets,
}
