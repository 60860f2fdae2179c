"""The one search box: what was typed is understood as a number or a name, in either script."""

import json
import re
from collections.abc import Collection, Iterable
from itertools import islice

from sqlalchemy import Select, select, text
from sqlalchemy.engine import Connection

from counter_app.domain.consumer import apart, read_mobile
from counter_app.domain.consumer import read_number as read_consumer_number
from counter_app.domain.numbering import Series, read_number
from counter_app.domain.text import western_digits
from counter_app.store import reference
from counter_app.store.columns import consumer_keys, consumer_number
from counter_app.store.finds.complaints import complaints_found
from counter_app.store.finds.consumers import found
from counter_app.store.finds.receipts import receipts_found
from counter_app.store.finds.words import named_among, named_like
from counter_app.store.rows import Found
from counter_app.store.tables import consumers
from counter_app.store.words_index import METER, MOBILE, NUMBER, OLD_NUMBER, WordIndex, plain_number

_SHORTEST_TAIL = 4
_LONGEST_NUMBER = 24
_DIGITS = 10
_SERIAL_DIGITS = 6
_LONGEST_TYPED = 200
_NARROWED = 1000  # with the number that stands beside a name
_PIECES = 4
_TELLING = 6  # a number of so many digits tells more than the name beside it
_Answer = tuple[str, tuple[str, ...]]
_NOBODY: _Answer = "nothing", ()
NEIGHBOURS = "*"
_PARTS = re.compile("[0-9]+")
_BESIDE = """
    SELECT consumers.id FROM consumers JOIN consumers AS this ON consumers.dtr = this.dtr
    WHERE this.id = ? AND this.dtr <> '' ORDER BY consumers.pole <> this.pole, consumers.pole, consumers.id
    LIMIT ?"""
_OLD = """
    SELECT id, old_number FROM consumer_numbers JOIN consumers ON consumers.id = consumer
    WHERE kind = ? AND reversed >= ? AND reversed < ? LIMIT 1000"""
_MOVED = "SELECT consumer FROM moved WHERE consumer IN (SELECT value FROM json_each(?))"
_BY_TAIL = text(
    "SELECT kind, consumer, length(reversed) FROM consumer_numbers"
    " WHERE kind = :kind AND reversed >= :tail AND reversed < :after ORDER BY reversed LIMIT :most"
)


def search(
    connection: Connection, words: WordIndex, typed: str, hidden: Collection[str], limit: int = 50
) -> Found:
    """Consumers for anything typed or scanned: whole number, link, tail, mobile, meter, receipt, name.

    A number with a star behind it asks for the neighbours on its transformer; a number beside a name leads to
    who has both. Any text may come; what cannot be understood finds nothing. Complaints of ``hidden`` types
    lead to nobody.
    """
    beside = read_consumer_number(typed.strip().removesuffix(NEIGHBOURS)) if NEIGHBOURS in typed else None
    if beside is not None:
        return Found("neighbours", found(connection, _neighbours(connection, beside, limit), hidden))
    understood, numbers = _by_number(connection, words, typed, hidden, limit)
    if not numbers:
        understood, numbers = _by_name(connection, words, typed, hidden, limit)
    if numbers:
        return Found(understood, found(connection, numbers, hidden))
    if read_consumer_number(typed) is not None:
        return Found("link" if "://" in typed else "number", ())
    return Found("mobile" if read_mobile(typed) else "nothing", ())


def _by_number(
    connection: Connection, words: WordIndex, typed: str, hidden: Collection[str], limit: int
) -> _Answer:
    """Consumers by a number alone, whole or in part: the surest reading that leads to anybody."""
    number = read_consumer_number(typed)
    if number is not None and reference.names(connection, (number,)):
        return ("link" if "://" in typed else "number"), (number,)
    of_paper = _of_paper(connection, words, typed, hidden, limit)
    if of_paper[1]:
        return of_paper
    plain = read_mobile(typed) or plain_number(western_digits(typed[: _LONGEST_NUMBER + 1]))
    if not _SHORTEST_TAIL <= len(plain) <= _LONGEST_NUMBER or not any(map(str.isdigit, plain)):
        return _NOBODY
    if any(sign.isalpha() and not sign.isascii() for sign in typed):
        return _NOBODY
    understood, numbers = _by_digits(connection, plain, limit)
    for kind, more in (
        ("old number", () if numbers else _by_old_parts(connection, typed, limit)),
        _of_paper_tail(connection, words, typed, hidden, limit),
    ):
        understood, numbers = understood if numbers else kind, tuple(dict.fromkeys((*numbers, *more)))
    return understood, numbers[:limit]


def _by_name(
    connection: Connection, words: WordIndex, typed: str, hidden: Collection[str], limit: int
) -> _Answer:
    """Consumers by words; where a number stands among them, those who have both, or who has the number.

    Where the two lead to nobody together, the words do so alone.
    """
    named, numbered = apart(typed[:_LONGEST_TYPED])
    if named and numbered:
        written = " ".join(numbered)
        understood, numbers = _by_number(connection, words, written, hidden, _NARROWED)
        for piece in sorted(numbered, key=len, reverse=True)[: 0 if numbers else _PIECES]:
            if not numbers:
                understood, numbers = _by_number(connection, words, written := piece, hidden, _NARROWED)
        name_ended = not typed.endswith(named[-1])
        name = " ".join(named) + " " * name_ended
        both = named_among(connection, words, name, numbers, hidden, limit) if numbers else ()
        if both:
            return "name and number", both
        if numbers and len(plain_number(western_digits(written))) >= _TELLING:
            return understood, numbers[:limit]
    alone = " ".join(named) if numbered else ""
    return "name", named_like(connection, words, typed, hidden, limit, otherwise=alone)


def _of_paper(
    connection: Connection, words: WordIndex, typed: str, hidden: Collection[str], limit: int
) -> _Answer:
    """The consumer of a receipt or complaint whose number was typed."""
    sought = read_number(typed)
    if sought is not None and sought.series is Series.COMPLAINT:
        complaints = complaints_found(connection, words, typed, hidden, limit)
        return "complaint", _known(row.registered.consumer for row in complaints)
    if sought is not None and (sought.office is not None or sought.letters is not None):
        return "receipt", _known(row.consumer for row in receipts_found(connection, words, typed, limit))
    return _NOBODY


def _of_paper_tail(
    connection: Connection, words: WordIndex, typed: str, hidden: Collection[str], limit: int
) -> _Answer:
    """The consumer of a receipt whose serial was typed as printed, or of a complaint of the centre's."""
    sought, written = read_number(typed), western_digits(typed.strip())
    if sought is not None and len(written) == _SERIAL_DIGITS:
        receipts = receipts_found(connection, words, written, limit)
        return "receipt", _known(row.consumer for row in receipts if row.number.serial == sought.serial)
    if written.isdecimal() and len(written) > _DIGITS:
        complaints = complaints_found(connection, words, written, hidden, limit)
        return "complaint", _known(row.registered.consumer for row in complaints)
    return _NOBODY


def _known(numbers: Iterable[str]) -> tuple[str, ...]:
    """Each number once; a complaint without a consumer has none."""
    return tuple(dict.fromkeys(number for number in numbers if number))


def _by_digits(connection: Connection, plain: str, limit: int) -> _Answer:
    """Consumers by the end of one of their numbers, or by the beginning of their consumer number.

    Whole numbers come first, then ends of consumer numbers, mobiles, meters, old numbers, then beginnings of
    consumer numbers; where those are too many, some of each. Who belongs to another office stands below.
    """
    ranked: dict[str, tuple[bool, int, int, str]] = {}
    bare = plain[1:] if plain[0] == "N" and plain[1:].isdigit() else plain
    for place, (kind, understood) in enumerate(_KINDS):
        tail = bare[::-1] if kind == NUMBER else plain[::-1]
        # Behind every digit and capital letter comes "[".
        asked = {"kind": kind, "tail": tail, "after": tail + "[", "most": limit}
        for turn, (_, key, length) in enumerate(connection.execute(_BY_TAIL, asked)):
            ranked.setdefault(consumer_number(key), (length != len(tail), place, turn, understood))
    if bare.isdigit() and len(bare) < _DIGITS and len(ranked) < limit:
        for key in connection.execute(_beginning(bare, limit)).scalars():
            ranked.setdefault(consumer_number(key), (True, len(_KINDS), 0, "number"))
    shown = sorted(ranked, key=lambda number: (ranked[number][0], ranked[number][2]))[:limit]
    gone = _moved(connection, shown)

    def rank(number: str) -> tuple[object, ...]:
        is_part, place = ranked[number][:2]
        return is_part, number in gone, place, number

    numbers = tuple(sorted(shown, key=rank))
    return (ranked[numbers[0]][3] if numbers else "nothing"), numbers


_KINDS = ((NUMBER, "number"), (MOBILE, "mobile"), (METER, "meter"), (OLD_NUMBER, "old number"))


def _by_old_parts(connection: Connection, typed: str, limit: int) -> tuple[str, ...]:
    """Consumers by the last parts of an old service number, zeros before a part left out: 18-31-9921.

    Looked for as the parts are usually padded, two digits and six, then by the last part however written.
    """
    parts = [int(part) for part in _PARTS.findall(western_digits(typed[:_LONGEST_NUMBER]))]
    if len(parts) < 2 or any(map(str.isalpha, typed)):
        return ()
    fitting: dict[int, None] = {}
    for tail in (f"{parts[-2]:02}{parts[-1]:06}"[::-1], str(parts[-1])[::-1]):
        rows = connection.exec_driver_sql(_OLD, (OLD_NUMBER, tail, tail + "["))
        fitting |= {
            key: None for key, old in rows if list(map(int, _PARTS.findall(old)))[-len(parts) :] == parts
        }
    return tuple(map(consumer_number, islice(fitting, limit)))


def _moved(connection: Connection, numbers: list[str]) -> set[str]:
    """Those of these consumers that belong to another office now."""
    keys = json.dumps(list(consumer_keys(numbers).values()))
    return {consumer_number(key) for (key,) in connection.exec_driver_sql(_MOVED, (keys,))}


def _neighbours(connection: Connection, number: str, limit: int) -> tuple[str, ...]:
    """Consumers on the same transformer, those on the same pole first; among them the consumer."""
    rows = connection.exec_driver_sql(_BESIDE, (*consumer_keys([number]).values(), limit))
    return tuple(consumer_number(key) for (key,) in rows)


def _beginning(digits: str, limit: int) -> Select[int]:
    """Consumer numbers that begin with these digits."""
    unit = 10 ** (_DIGITS - len(digits))
    first = int(digits) * unit
    return select(consumers.c.id).where(consumers.c.id >= first, consumers.c.id < first + unit).limit(limit)
