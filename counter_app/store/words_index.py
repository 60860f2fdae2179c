"""What the search looks in: reversed numbers for tails, folded words of names and places.

The index of words lies in the database as encrypted blobs, never as words that people wrote. Consumers
put later are a small index of their own beside it until both are made one.
Folded keys come from ``domain.names``; an index made with other keys, or in another shape, is made anew.
"""

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from itertools import chain
from operator import or_
from typing import Any, NamedTuple
from zlib import crc32

from sqlalchemy import Row
from sqlalchemy.engine import Connection

from counter_app.domain.consumer import Consumer, Supply
from counter_app.domain.names import KEY_VERSION, spellings
from counter_app.store.columns import consumer_key
from counter_app.store.words import WordRow, Words, parts_of

INDEX_VERSION = 2
VERSION_NOW = f"{KEY_VERSION}.{INDEX_VERSION}.{sys.byteorder}".encode()

NUMBER, MOBILE, METER, OLD_NUMBER = range(4)

# A thread's own time: a search must not end early because the window is being painted. Windows tells it too
# coarsely; there a search may take as long again, waiting included.
CLOCK, LONGEST_NS = (
    (time.perf_counter_ns, 13_000_000) if sys.platform == "win32" else (time.thread_time_ns, 6_500_000)
)

# Whom another office serves now stands below the own ones, as who has no supply does.
_FIELDS = """id, iif(id IN (SELECT consumer FROM moved), '', supply), name_hi, name_en, relation_hi,
    relation_en, house, locality_hi, locality_en, ward"""
_NAMED = f"SELECT {_FIELDS} FROM consumers WHERE id > ? ORDER BY id LIMIT ?"  # noqa: S608 - constants
_CHANGED = f"SELECT {_FIELDS} FROM consumers WHERE id IN (SELECT consumer FROM changed_words) ORDER BY id"  # noqa: S608
_PUT_NUMBERS = "INSERT OR IGNORE INTO consumer_numbers (kind, reversed, consumer) VALUES (?, ?, ?)"
_STANDS = """
    SELECT (SELECT body FROM word_index WHERE part = 'until'), (SELECT max(id) FROM changed_words)"""
_NEWEST_CHANGE = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'changed_words'"
_STATE = """
    SELECT (SELECT count(*) FROM changed_words),
        (SELECT body FROM word_index WHERE part = 'version' AND 'until' IN (SELECT part FROM word_index))"""
_BETWEEN = re.compile("[^0-9A-Z]+")
_NAMES = 2
_CHUNK = 5000
# Changed consumers that may stand beside the index after a long job, and at a start: 1,000 are read in 20 ms.
_BESIDE, _MOST_BESIDE = 100, 2000


def plain_number(typed: str) -> str:
    """A number as it lies in the index: digits and capital letters of ASCII, nothing between them."""
    return _BETWEEN.sub("", typed.upper())


def index_consumers(connection: Connection, consumers: Sequence[Consumer]) -> None:
    """Make consumers found, in place of what was there under their numbers."""
    numbered = {consumer_key(consumer.number): consumer for consumer in consumers}
    many(connection, "DELETE FROM consumer_numbers WHERE consumer = ?", [(key,) for key in numbered])
    many(connection, _PUT_NUMBERS, [row for consumer in numbered.values() for row in _numbers(consumer)])
    many(connection, "INSERT INTO changed_words (consumer) VALUES (?)", [(key,) for key in numbered])


def rank_anew(connection: Connection, number: str) -> None:
    """Something that a consumer is ranked by has changed."""
    many(connection, "INSERT INTO changed_words (consumer) VALUES (?)", [(consumer_key(number),)])


def gather_words(connection: Connection) -> None:
    """After many consumers were put: make the index anew, so that the next search need not look beside it."""
    changed, _ = connection.exec_driver_sql(_STATE).one()
    if changed > _BESIDE:
        index_words_again(connection)


def words_are_old(connection: Connection) -> bool:
    """Whether the index is another version's, or so much has changed since that searches would begin late."""
    changed, version = connection.exec_driver_sql(_STATE).one()
    return bool(version != VERSION_NOW or changed > _MOST_BESIDE)


def index_words_again(connection: Connection) -> None:
    """Make the index of words anew from all consumers."""
    parts = parts_of(_rows(_all(connection)))
    until = connection.exec_driver_sql(_NEWEST_CHANGE).scalar_one()
    parts |= {"version": VERSION_NOW, "until": str(until).encode()}
    parts["sum"] = _sum(parts)
    put = "INSERT OR REPLACE INTO word_index (part, body) VALUES (?, ?)"
    many(connection, put, list(parts.items()))
    connection.exec_driver_sql("DELETE FROM changed_words")


def many(connection: Connection, statement: str, rows: list[tuple[object, ...]]) -> None:
    """Run one statement for many rows, without a layer between."""
    if rows:
        connection.exec_driver_sql(statement, rows)


class Indexes(NamedTuple):
    """Both indexes as the database has them at one moment: all consumers, and those changed since.

    ``replaced`` are the rows of the first that the second has newer words of.
    """

    all: Words
    changed: Words
    replaced: frozenset[int]


class WordIndex:
    """The index of words in memory, brought up to what a connection sees. Any thread may ask.

    ``clock`` tells nanoseconds; by it a search ends in time. ``is_lacking`` once what the database has was
    found not to be an index, and searches go on in one made for memory alone.
    """

    def __init__(self, clock: Callable[[], int] = CLOCK) -> None:
        self.clock = clock
        self.is_lacking = False
        self._seen: tuple[object, object, Indexes] = (None, None, Indexes(_EMPTY, _EMPTY, frozenset()))

    def seen_by(self, connection: Connection) -> Indexes:
        """The indexes as this connection sees the database."""
        until, newest = connection.exec_driver_sql(_STANDS).one()
        until_before, newest_before, indexes = self._seen
        if (until, newest) != (until_before, newest_before):
            whole = indexes.all if until == until_before else self._read(connection)
            changed = Words.of(_rows(connection.exec_driver_sql(_CHANGED)))
            replaced = (whole.row_of(key) for key in changed.consumers)
            indexes = Indexes(whole, changed, frozenset(row for row in replaced if row is not None))
            self._seen = until, newest, indexes
        return indexes

    def _read(self, connection: Connection) -> Words:
        parts = dict(map(tuple, connection.exec_driver_sql("SELECT part, body FROM word_index")))
        is_whole = parts.pop("sum", b"") == _sum(parts)
        self.is_lacking = not is_whole or parts["version"] != VERSION_NOW
        return Words.of(_rows(_all(connection))) if self.is_lacking else Words(parts)


_EMPTY = Words.of(())


def _sum(parts: dict[str, bytes]) -> bytes:
    """What the parts come to: by it an index that is not whole is known."""
    total = 0
    for part in sorted(parts):
        total = crc32(parts[part], crc32(part.encode(), total))
    return b"%08x" % total


def _all(connection: Connection) -> Iterator[Row[Any]]:
    last = -1
    while rows := connection.exec_driver_sql(_NAMED, (last, _CHUNK)).all():
        yield from rows
        last = rows[-1][0]


def _rows(rows: Iterable[Row[Any]]) -> Iterator[WordRow]:
    """Rows of ``_FIELDS`` as their words."""
    for key, supply, *texts in map(tuple, rows):
        yield WordRow(key, supply == Supply.LIVE, _keys(texts[:_NAMES]), _keys(texts[_NAMES:]))


def _keys(texts: Iterable[str]) -> tuple[str, ...]:
    """The keys of all words: once where both scripts have it, twice for Ram Ram."""
    written = [list(chain.from_iterable(spellings(text))) for text in texts]
    found = dict.fromkeys(chain.from_iterable(written))
    if all(len(set(keys)) == len(keys) for keys in written):
        return tuple(found)
    most = reduce(or_, map(Counter, written))
    return tuple(most.elements())


def _numbers(consumer: Consumer) -> Iterable[tuple[object, ...]]:
    key = consumer_key(consumer.number)
    written = (
        (NUMBER, consumer.number[1:]),
        (MOBILE, consumer.mobile),
        (METER, consumer.meter),
        (OLD_NUMBER, consumer.old_number),
    )
    for kind, number in written:
        plain = plain_number(number)
        if plain:
            yield kind, plain[::-1], key
