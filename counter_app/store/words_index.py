"""What the search looks in: reversed numbers for tails, folded words of names and places.

Folded keys come from ``domain.names``; an index made with other keys is made anew.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import text
from sqlalchemy.engine import Connection

from counter_app.domain.consumer import Consumer
from counter_app.domain.names import KEY_VERSION, skeleton, spellings
from counter_app.store.columns import consumer_key

NAME_KEYS_NOW = str(KEY_VERSION).encode()

NUMBER, MOBILE, METER, OLD_NUMBER = range(4)

_NAMED = text("""
    SELECT id, name_hi, name_en, relation_hi, relation_en, house, locality_hi, locality_en, ward, supply
    FROM consumers WHERE id > :last ORDER BY id LIMIT :chunk""")
_PUT_WORDS = "INSERT INTO consumer_words (rowid, name, place, skeleton, supply) VALUES (?, ?, ?, ?, ?)"
_PUT_NUMBERS = "INSERT OR IGNORE INTO consumer_numbers (kind, reversed, consumer) VALUES (?, ?, ?)"
_CHUNK = 2000


def plain_number(typed: str) -> str:
    """A number as it lies in the index: digits and capital letters of ASCII, nothing between them."""
    return "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())


def index_consumers(connection: Connection, consumers: Sequence[Consumer]) -> None:
    """Add consumers to both indexes, in place of what was there under their numbers."""
    keys: list[tuple[object, ...]] = [(consumer_key(consumer.number),) for consumer in consumers]
    many(connection, "DELETE FROM consumer_numbers WHERE consumer = ?", keys)
    many(connection, "DELETE FROM consumer_words WHERE rowid = ?", keys)
    many(connection, _PUT_NUMBERS, [row for consumer in consumers for row in _numbers(consumer)])
    many(connection, _PUT_WORDS, [_words(consumer) for consumer in consumers])


def index_names_again(connection: Connection) -> None:
    """Make the index of names anew from the consumers, in chunks."""
    connection.execute(text("DELETE FROM consumer_words"))
    last = -1
    while rows := connection.execute(_NAMED, {"last": last, "chunk": _CHUNK}).all():
        many(connection, _PUT_WORDS, [_word_row(row[0], row[1:3], row[3:9], row[9]) for row in rows])
        last = rows[-1][0]


def many(connection: Connection, statement: str, rows: list[tuple[object, ...]]) -> None:
    """Run one statement for many rows, without a layer between."""
    if rows:
        connection.exec_driver_sql(statement, rows)


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


def _words(consumer: Consumer) -> tuple[object, ...]:
    place = (
        consumer.relation_hi, consumer.relation_en, consumer.house,
        consumer.locality_hi, consumer.locality_en, consumer.ward,
    )  # fmt: skip
    names = consumer.name_hi, consumer.name_en
    return _word_row(consumer_key(consumer.number), names, place, consumer.supply)


def _word_row(key: int, names: Iterable[str], place: Iterable[str], supply: str) -> tuple[object, ...]:
    """A row of the index: name keys, keys of relation and place, skeletons of all, state of supply."""
    name_keys = _keys(names)
    place_keys = _keys(place)
    skeletons = dict.fromkeys(map(skeleton, (*name_keys, *place_keys)))
    return key, " ".join(name_keys), " ".join(place_keys), " ".join(skeletons), str(supply)


def _keys(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for written in texts for keys in spellings(written) for key in keys))
