"""Consumers by words of name, relation and place, in either script."""

from sqlalchemy.engine import Connection

from counter_app.store.columns import consumer_keys, consumer_number
from counter_app.store.sought import read
from counter_app.store.word_search import Search
from counter_app.store.words_index import LONGEST_NS, WordIndex

_SERVED = """
    SELECT * FROM (SELECT consumer FROM payments ORDER BY serial DESC LIMIT ?)
    UNION SELECT * FROM (SELECT consumer FROM complaints ORDER BY serial DESC LIMIT ?)"""
_SERVED_LATELY = 20


def named_like(connection: Connection, words: WordIndex, typed: str, limit: int) -> tuple[str, ...]:
    """Consumer numbers, best first, for words typed in any order, the last unfinished.

    Who was served lately comes first, then who is nearest to what was typed, live before disconnected.
    Any text may come; what holds no word finds nothing.
    """
    reading = read(typed)
    if not reading.words:
        return ()
    whole, changed, replaced = words.seen_by(connection)
    end = words.clock() + LONGEST_NS
    served = connection.exec_driver_sql(_SERVED, (_SERVED_LATELY, _SERVED_LATELY)).scalars()
    lately = frozenset(consumer_keys(served).values())

    def late() -> bool:
        return words.clock() > end

    found = Search(changed, (), lately, late).ranked(reading, limit)
    found += Search(whole, replaced, lately, late).ranked(reading, limit)
    return tuple(consumer_number(one.consumer) for one in sorted(found)[:limit])
