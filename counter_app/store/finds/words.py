"""Names, relations and places by their folded words: candidates from the index, put in order here."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.engine import Connection

from counter_app.domain.consumer import Supply
from counter_app.domain.names import fold, prefixes, skeleton, tokens, words
from counter_app.store.columns import consumer_number

CANDIDATES = 200

_FEW = 10
_MOST_WORDS = 6
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
    """What was typed, as keys: whole words, and the beginnings the last one may have."""

    def __init__(self, typed: str) -> None:
        unfinished = bool(typed) and not typed[-1].isspace()
        raw = words(typed)
        keys = list(tokens(typed))[:_MOST_WORDS]
        self.keys = tuple(keys)
        self._raw = tuple(word for word in raw[:_MOST_WORDS] if fold(word))
        last = raw[-1] if raw and len(raw) <= _MOST_WORDS else ""
        # An honorific at the end is left out of the keys, so the last key is then a whole word.
        self._open = unfinished and bool(keys) and bool(last) and keys[-1] == fold(last)
        self._whole = tuple(keys[:-1] if self._open else keys)
        self._beginnings = prefixes(last) if self._open else ()
        if self._open and not self._beginnings:
            self._whole, self._open = tuple(keys), False

    def queries(self) -> Iterable[tuple[str, bool]]:
        """Queries of the index, the closest first, and whether each is only for when little was found.

        Keys are a–z and 0–9, so they need no quoting beyond the marks that keep them from being operators.
        """
        exact = " AND ".join(f'"{key}"' for key in self.keys)
        yield f"name : ({exact})", False
        if self._open:
            begun = self._and(self._beginnings)
            yield f"name : ({begun})", False
            yield f"{{name place}} : ({begun})", False
            # The letter typed next may still turn the last vowel into another: Ba, Bai.
            shorter = tuple(begin.rstrip("aeiou") for begin in self._beginnings)
            if shorter != self._beginnings and all(shorter):
                yield f"{{name place}} : ({self._and(shorter)})", True
        else:
            yield f"{{name place}} : ({exact})", False
        bones = [skeleton(key) for key in self.keys]
        if all(len(bone) >= _SHORTEST_SKELETON for bone in bones):
            mark = " *" if self._open else ""
            parts = [f'"{bone}"' for bone in bones[:-1]] + [f'"{bones[-1]}"{mark}']
            yield f"skeleton : ({' AND '.join(parts)})", True
        if len(self._raw) > 1:
            yield from ((f"name : ({query})", True) for query in self._joined())
            every = [_any_of(prefixes(word) or (fold(word),)) for word in self._raw]
            yield f"{{name place}} : ({' AND '.join(every)})", True

    def _joined(self) -> Iterable[str]:
        """Two neighbouring words written as one: "mohan lal yadav" for Mohanlal Yadav."""
        for place in range(len(self._raw) - 1):
            together = self._raw[place] + self._raw[place + 1]
            others = (*self._raw[:place], *self._raw[place + 2 :])
            yield " AND ".join(_any_of((fold(word),)) for word in (together, *others))

    def _and(self, beginnings: Iterable[str]) -> str:
        last = " OR ".join(f'"{begin}" *' for begin in dict.fromkeys(beginnings))
        return " AND ".join([*(f'"{key}"' for key in self._whole), f"({last})"])

    def distance(self, name: str, supply: str) -> tuple[int, int, int, int]:
        """How far a candidate is: words not in the name, words only begun, supply, words left over."""
        have = name.split()
        missing = begun = 0
        for key in self.keys:
            if key in have:
                continue
            begun += 1
            starts = self._beginnings if self._open and key == self.keys[-1] else (key,)
            missing += not any(word.startswith(starts) for word in have)
        return missing, begun, supply != Supply.LIVE, len(have)


def _any_of(beginnings: Iterable[str]) -> str:
    """Words that begin with one of these keys."""
    marked = [f'"{begin}" *' for begin in beginnings if begin]
    return f"({' OR '.join(marked)})"
