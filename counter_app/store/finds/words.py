"""Names, relations and places by their folded words: candidates from the index, put in order here."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from sqlalchemy import text
from sqlalchemy.engine import Connection

from counter_app.domain.consumer import Supply
from counter_app.domain.names import fold, keys, prefixes, skeleton, tokens, words
from counter_app.store.columns import consumer_number

CANDIDATES = 200

_FEW = 10
_MOST_WORDS = 6
_SHORTEST_PART = 2
_LONGEST_SPLIT = 14
_ANYWHERE = "{name place}"
_SHORTEST_TYPED = 2
_SHORTEST_SKELETON = 2
_LONGEST_TYPED = 200
_ASKED = text("SELECT rowid, name, supply FROM consumer_words WHERE consumer_words MATCH :query LIMIT :most")


def named_like(connection: Connection, typed: str, limit: int) -> tuple[str, ...]:
    """Consumer numbers, best first, for words typed in either script and any order, the last unfinished.

    Every word must begin (the last) or be (the others) a word of name, relation or place; when that
    finds few, words with the same consonants, words that are all begun only, and neighbours written as
    one count too. Any text may come; what holds no word finds nothing.
    """
    sought = _Sought(typed[:_LONGEST_TYPED])
    if not sought.keys or len(typed.strip()) < _SHORTEST_TYPED:
        return ()
    found: dict[int, tuple[str, str]] = {}
    for query, loose in sought.queries():
        if len(found) >= (_FEW if loose else CANDIDATES):
            break
        for key, name, supply in connection.execute(_ASKED, {"query": query, "most": CANDIDATES}):
            found.setdefault(key, (name, supply))
    ranked = sorted(found, key=lambda key: (sought.distance(*found[key]), key))
    return tuple(consumer_number(key) for key in ranked[:limit])


class _Sought:
    """What was typed, as words and their keys; the last word may be unfinished."""

    def __init__(self, typed: str) -> None:
        kept = set(tokens(typed))  # without honorifics
        self._words = [word for word in words(typed) if fold(word) in kept][:_MOST_WORDS]
        self.keys = tuple(map(keys, self._words))
        self._open = bool(self.keys) and not typed[-1].isspace() and bool(prefixes(self._words[-1]))

    def queries(self) -> Iterable[tuple[str, bool]]:
        """Queries of the index, the closest first, and whether each is only for when little was found.

        Keys are a–z and 0–9, so they need no quoting beyond the marks that keep them from being operators.
        """
        exact = " AND ".join(map(_whole, self._words))
        yield f"name : ({exact})", False
        typed = self._all(self._words)
        if self._open:
            yield f"name : ({typed})", False
        yield f"{_ANYWHERE} : ({typed})", False
        if self._open:
            yield f"{_ANYWHERE} : ({self._all(self._words, shorter=True)})", True
        if len(self._words) > 1:
            begun = " AND ".join(map(_begun, self._words))
            yield f"{_ANYWHERE} : ({begun})", True
        other_words = [self._all(others) for others in self._joined_and_split()]
        if other_words:
            yield f"{_ANYWHERE} : ({' OR '.join(f'({one})' for one in other_words)})", True
        bones = [skeleton(usual) for usual, *_ in self.keys]
        if all(len(bone) >= _SHORTEST_SKELETON for bone in bones):
            ends = [""] * (len(bones) - 1) + [" *" if self._open else ""]
            parts = [f'"{bone}"{end}' for bone, end in zip(bones, ends, strict=True)]
            yield f"skeleton : ({' AND '.join(parts)})", True

    def distance(self, name: str, supply: str) -> tuple[int, int, int, int]:
        """How far a candidate is: words not in the name, words only begun, supply, words left over."""
        have = name.split()
        missing = begun = 0
        for spelled in self.keys:
            if not any(key in have for key in spelled):
                begun += 1
                starts = self._beginnings if self._open and spelled == self.keys[-1] else spelled
                missing += not any(word.startswith(starts) for word in have)
        return missing, begun, supply != Supply.LIVE, len(have)

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        return prefixes(self._words[-1])

    def _all(self, typed: Sequence[str], *, shorter: bool = False) -> str:
        """All of some words, the last only begun where it is unfinished."""
        if not self._open:
            return " AND ".join(map(_whole, typed))
        return " AND ".join([*map(_whole, typed[:-1]), _begun(typed[-1], shorter=shorter)])

    def _joined_and_split(self) -> Iterable[list[str]]:
        """The words with two neighbours written as one, or one written as two: Mohan Lal, Mohanlal."""
        typed = self._words
        for place in range(len(typed) - 1):
            yield [*typed[:place], typed[place] + typed[place + 1], *typed[place + 2 :]]
        for place, word in enumerate(typed):
            for cut in range(_SHORTEST_PART, min(len(word), _LONGEST_SPLIT) - _SHORTEST_PART + 1):
                if fold(word[:cut]) and fold(word[cut:]):
                    yield [*typed[:place], word[:cut], word[cut:], *typed[place + 1 :]]


def _whole(word: str) -> str:
    return "(" + " OR ".join(f'"{key}"' for key in keys(word)) + ")"


def _begun(word: str, *, shorter: bool = False) -> str:
    """Words that begin like this one; ``shorter``: the letter to come may still turn its last vowel."""
    beginnings = prefixes(word)
    if shorter:
        beginnings = tuple(begin.rstrip("aeiou") or begin for begin in beginnings)
    return "(" + " OR ".join(f'"{begin}" *' for begin in dict.fromkeys(beginnings)) + ")"
