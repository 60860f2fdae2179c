"""The one search box: what was typed is understood as a number or a name, in either script."""

import re
from itertools import islice

from sqlalchemy import Select, select, text
from sqlalchemy.engine import Connection

from counter_app.domain.consumer import read_mobile
from counter_app.domain.consumer import read_number as read_consumer_number
from counter_app.domain.numbering import Series, read_number
from counter_app.domain.text import western_digits
from counter_app.store.columns import consumer_keys, consumer_number
from counter_app.store.finds.complaints import complaints_found
from counter_app.store.finds.consumers import found
from counter_app.store.finds.receipts import receipts_found
from counter_app.store.finds.words import named_like
from counter_app.store.rows import Found
from counter_app.store.tables import consumers
from counter_app.store.words_index import METER, MOBILE, NUMBER, OLD_NUMBER, WordIndex, plain_number

_SHORTEST_TAIL = 4
_LONGEST_NUMBER = 24
_DIGITS = 10
NEIGHBOURS = "*"
_PARTS = re.compile("[0-9]+")
_BESIDE = """
    SELECT consumers.id FROM consumers JOIN consumers AS this ON consumers.dtr = this.dtr
    WHERE this.id = ? AND this.dtr <> '' ORDER BY consumers.pole <> this.pole, consumers.pole, consumers.id
    LIMIT ?"""
_OLD = """
    SELECT id, old_number FROM consumer_numbers JOIN consumers ON consumers.id = consumer
    WHERE kind = ? AND reversed >= ? AND reversed < ? LIMIT 1000"""
_BY_TAIL = text(
    "SELECT kind, consumer, length(reversed) FROM consumer_numbers"
    " WHERE kind = :kind AND reversed >= :tail AND reversed < :after ORDER BY reversed LIMIT :most"
)


def search(connection: Connection, words: WordIndex, typed: str, limit: int = 50) -> Found:
    """Consumers for anything typed or scanned: whole number, link, tail, mobile, meter, receipt, name.

    A number with a star behind it asks for the neighbours on its transformer. Any text may come; what
    cannot be understood finds nothing.
    """
    beside = read_consumer_number(typed.strip().removesuffix(NEIGHBOURS)) if NEIGHBOURS in typed else None
    if beside is not None:
        return Found("neighbours", found(connection, _neighbours(connection, beside, limit)))
    number = read_consumer_number(typed)
    if number is not None:
        kind = "link" if "://" in typed else "number"
        return Found(kind, found(connection, (number,)))
    paper = _of_paper(connection, words, typed, limit)
    if paper is not None and paper.rows:
        return paper
    mobile = read_mobile(typed)
    plain = plain_number(western_digits(typed[: _LONGEST_NUMBER + 1]))
    if mobile is not None:
        plain = mobile
    if _SHORTEST_TAIL <= len(plain) <= _LONGEST_NUMBER and any(sign.isdigit() for sign in plain):
        understood, numbers = _by_digits(connection, plain, limit)
        if numbers:
            return Found(understood, found(connection, numbers))
        numbers = _by_old_parts(connection, typed, limit)
        if numbers:
            return Found("old number", found(connection, numbers))
    numbers = named_like(connection, words, typed, limit)
    if numbers:
        return Found("name", found(connection, numbers))
    return Found("mobile" if mobile else "nothing", ())


def _of_paper(connection: Connection, words: WordIndex, typed: str, limit: int) -> Found | None:
    """The consumer of a receipt or complaint whose number was typed; None when it is no such number."""
    sought = read_number(typed)
    if sought is None or (sought.office is None and sought.series is not Series.COMPLAINT):
        return None
    if sought.series is Series.COMPLAINT:
        consumers_of = [row.registered.consumer for row in complaints_found(connection, words, typed, limit)]
        understood = "complaint"
    else:
        consumers_of = [row.consumer for row in receipts_found(connection, words, typed, limit)]
        understood = "receipt"
    return Found(understood, found(connection, [number for number in consumers_of if number]))


def _by_digits(connection: Connection, plain: str, limit: int) -> tuple[str, tuple[str, ...]]:
    """Consumers by the end of one of their numbers, or by the beginning of their consumer number.

    Whole numbers come first, then ends and beginnings of consumer numbers, mobiles, meters.
    """
    ranked: dict[str, tuple[bool, int, str]] = {}
    bare = plain[1:] if plain[0] == "N" and plain[1:].isdigit() else plain
    for place, (kind, understood) in enumerate(_KINDS):
        tail = bare[::-1] if kind == NUMBER else plain[::-1]
        # Behind every digit and capital letter comes "[".
        asked = {"kind": kind, "tail": tail, "after": tail + "[", "most": limit}
        for _, key, length in connection.execute(_BY_TAIL, asked):
            ranked.setdefault(consumer_number(key), (length != len(tail), place, understood))
    if bare.isdigit() and len(bare) < _DIGITS and len(ranked) < limit:
        for key in connection.execute(_beginning(bare, limit)).scalars():
            ranked.setdefault(consumer_number(key), (True, len(_KINDS), "number"))
    numbers = tuple(sorted(ranked, key=lambda number: (ranked[number][:2], number))[:limit])
    return (ranked[numbers[0]][2] if numbers else "nothing"), numbers


_KINDS = ((NUMBER, "number"), (MOBILE, "mobile"), (METER, "meter"), (OLD_NUMBER, "old number"))


def _by_old_parts(connection: Connection, typed: str, limit: int) -> tuple[str, ...]:
    """Consumers by the last parts of an old service number, zeros before a part left out: 18-31-9921."""
    parts = [int(part) for part in _PARTS.findall(western_digits(typed[:_LONGEST_NUMBER]))]
    if len(parts) < 2:
        return ()
    tail = str(parts[-1])[::-1]
    rows = connection.exec_driver_sql(_OLD, (OLD_NUMBER, tail, tail + "["))
    fitting = (key for key, old in rows if list(map(int, _PARTS.findall(old)))[-len(parts) :] == parts)
    return tuple(map(consumer_number, islice(fitting, limit)))


def _neighbours(connection: Connection, number: str, limit: int) -> tuple[str, ...]:
    """Consumers on the same transformer, those on the same pole first; among them the consumer."""
    rows = connection.exec_driver_sql(_BESIDE, (*consumer_keys([number]).values(), limit))
    return tuple(consumer_number(key) for (key,) in rows)


def _beginning(digits: str, limit: int) -> Select[int]:
    """Consumer numbers that begin with these digits."""
    unit = 10 ** (_DIGITS - len(digits))
    first = int(digits) * unit
    return select(consumers.c.id).where(consumers.c.id >= first, consumers.c.id < first + unit).limit(limit)
