"""Consumers by words of name, relation and place, in either script."""

import json
from collections.abc import Callable, Collection, Iterable

from sqlalchemy.engine import Connection

from counter_app.store.columns import consumer_keys, consumer_number
from counter_app.store.sought import Reading, read
from counter_app.store.vocabulary import is_ready
from counter_app.store.word_search import Ranked, Search
from counter_app.store.words_index import LONGEST_NS, WordIndex

_SERVED = """
    SELECT * FROM (SELECT consumer FROM payments ORDER BY serial DESC LIMIT ?)
    UNION SELECT * FROM (
        SELECT c.consumer FROM complaints c JOIN complaint_states s USING (act)
        WHERE s.type NOT IN (SELECT value FROM json_each(?)) ORDER BY c.serial DESC LIMIT ?)"""
_SERVED_LATELY = 20


def named_like(
    connection: Connection,
    words: WordIndex,
    typed: str,
    hidden: Collection[str],
    limit: int,
    otherwise: str = "",
) -> tuple[str, ...]:
    """Consumer numbers, best first, for words typed in any order, the last unfinished.

    Who was served lately (complaints of ``hidden`` types are no sign of it) comes first, then who is nearest
    to what was typed, live before disconnected.
    Where nobody is, ``otherwise`` is looked for. Any text may come; what holds no word finds nothing.
    """
    readings = read(typed), read(otherwise)
    return _ranked(connection, words, readings, hidden, limit, lambda search, one: search.ranked(one, limit))


def named_among(
    connection: Connection,
    words: WordIndex,
    typed: str,
    numbers: Iterable[str],
    hidden: Collection[str],
    limit: int,
) -> tuple[str, ...]:
    """Those of some consumers who have all the words typed, in the same order; one letter is a word here."""
    reading, keys = read(typed, shortest=1), consumer_keys(numbers).values()
    return _ranked(
        connection, words, (reading,), hidden, limit, lambda search, one: search.among(one, keys, limit)
    )


def _ranked(
    connection: Connection,
    words: WordIndex,
    readings: Iterable[Reading],
    hidden: Collection[str],
    limit: int,
    look: Callable[[Search, Reading], list[Ranked]],
) -> tuple[str, ...]:
    """What the first reading finds that finds anybody, in the index and in what has changed since, as one."""
    sought = [reading for reading in readings if reading.words]
    if not sought:
        return ()
    whole, changed, replaced = words.seen_by(connection)
    asked = _SERVED_LATELY, json.dumps(list(hidden)), _SERVED_LATELY
    served = connection.exec_driver_sql(_SERVED, asked).scalars()
    lately = frozenset(consumer_keys(served).values())

    def in_time() -> list[Ranked]:
        end = words.clock() + LONGEST_NS
        found: list[Ranked] = []
        for reading in sought:
            for index, gone in ((changed, frozenset[int]()), (whole, replaced)):
                found += look(Search(index, gone, lately, lambda: words.clock() > end), reading)
            if found:
                break
        return found

    was_ready = is_ready()
    found = in_time()
    if is_ready() and not was_ready:  # loading took the time that was for searching
        found = in_time()
    return tuple(consumer_number(one.consumer) for one in sorted(found)[:limit])
