"""Which part of a name or a number a search has found: whole letters only, in either script."""

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QTextBoundaryFinder

from counter_app.domain.consumer import apart
from counter_app.domain.names import fold, keys, prefixes, words
from counter_app.domain.text import western_digits

Marks = tuple[tuple[int, int], ...]

_ALIKE = 0.7
_SHORTEST_TAIL = 4
_MOST_WORDS = 8
_REMEMBERED = 256  # a few screens of rows


class _Part(NamedTuple):
    """One word, or two written as one: which words it is made of, and how it is written."""

    places: frozenset[int]
    written: str


def marks(name: str, typed: str) -> Marks:
    """Start and length (UTF-16 units, as Qt counts) of the parts of a name that were typed.

    The beginnings of words, as far as typed; words written joined or apart; words that look alike, whole.
    """
    return _marked(name, words(typed)[:_MOST_WORDS], (_begins, _is_like))[0]


def left_over(name: str, typed: str, *, alike: bool = True) -> str:
    """The words typed that ``marks`` finds nothing for in a name; without ``alike`` misspelt ones as well."""
    sought = words(typed)[:_MOST_WORDS]
    done = _marked(name, sought, (_begins, _is_like) if alike else (_begins,))[1]
    return " ".join(word for place, word in enumerate(sought) if place not in done)


_Fits = Callable[[_Part, _Part], bool]


@lru_cache(_REMEMBERED)
def _marked(name: str, typed: tuple[str, ...], ways: tuple[_Fits, ...]) -> tuple[Marks, frozenset[int]]:
    """The marks, and the places of the words typed that they are for."""
    spans = [found.span() for found in re.finditer(r"\S+", name) if words(found.group())]
    named, sought = _parts([name[start:end] for start, end in spans]), _parts(typed)
    found: dict[int, tuple[int, int]] = {}
    done: set[int] = set()
    for fits in ways:
        for one in sought:
            for other in named:
                if done.isdisjoint(one.places) and found.keys().isdisjoint(other.places) and fits(other, one):
                    begun = len(other.places) == 1 and fits is _begins
                    for place in other.places:
                        start, end = spans[place]
                        length = _whole_letters(name[start:end], one.written) if begun else end - start
                        found[place] = start, length
                    done |= one.places
    marked = tuple(
        (_units(name[:start]), _units(name[start : start + length]))
        for start, length in sorted(found.values())
    )
    return marked, frozenset(done)


def number_marks(shown: str, typed: str) -> Marks:
    """The part of a number that was typed, also beside a name: its end, or its beginning behind the N."""
    written = western_digits(" ".join(apart(typed)[1])).upper()
    plain = "".join(sign for sign in written if sign.isascii() and sign.isalnum())
    plain = plain.removeprefix("N")
    visible = re.sub(".*[^0-9A-Z]", "", shown.upper())
    if len(plain) < _SHORTEST_TAIL or not visible:
        return ()
    if visible.endswith(plain) or plain.endswith(visible.removeprefix("N")):
        length = min(len(plain), len(visible))
        return ((len(shown) - length, length),)
    *before, serial = (part.lstrip("0") for part in re.findall("[0-9A-Z]+", written))
    if before and serial == visible.lstrip("0"):  # 18-31-9921 for …31-009921
        return ((len(shown) - len(serial), len(serial)),)
    return ((1, len(plain)),) if shown.startswith("N" + plain) else ()


def _parts(written: tuple[str, ...] | list[str]) -> list[_Part]:
    """Each two neighbours as one, then the words."""
    single = [_Part(frozenset({place}), word) for place, word in enumerate(written)]
    double = (
        _Part(one.places | other.places, one.written + other.written) for one, other in pairwise(single)
    )
    return [*double, *single]


def _begins(named: _Part, sought: _Part) -> bool:
    """Whether a word begins as typed; two as one have to be the whole of it."""
    spelled = keys(named.written)
    if len(named.places) + len(sought.places) > 2:
        return not set(keys(sought.written)).isdisjoint(spelled)
    return any(key.startswith(prefixes(sought.written)) for key in spelled)


def _is_like(named: _Part, sought: _Part) -> bool:
    """Whether a word looks like a misspelt one."""
    if len(named.places) + len(sought.places) > 2:
        return False
    from difflib import SequenceMatcher  # most searches mark no misspelt word

    one, other = fold(named.written), fold(sought.written)
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _whole_letters(word: str, typed: str) -> int:
    """How many signs hold the beginning of a word that was typed."""
    spelled = keys(word)
    beginning = max((one for one in prefixes(typed) if any(key.startswith(one) for key in spelled)), key=len)
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, word)
    while (place := finder.toNextBoundary()) > 0:
        part = word.encode("utf-16-le")[: 2 * place].decode("utf-16-le")
        if any(key.startswith(beginning) for key in keys(part)):
            return len(part)
    return len(word)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
