"""Consumers by words of name, relation and place: from the closest way of reading them to the farthest."""

from array import array
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from counter_app.store.sought import (
    AGAIN,
    ELSEWHERE,
    FARTHER,
    Matched,
    Reading,
    joined_and_split,
    with_one_left_out,
)
from counter_app.store.words import Words

_ENOUGH = 10  # found so many: nothing farther away is looked for
_FAR = 2  # words that are not those of the name: not so sure
_SCORED = 240  # candidates a way of reading is asked for
_VISITED = 40_000  # rows one word is followed to: 3 ms
_LOOKED_AT = 32  # between two looks at the clock
_WORD_LEFT_OVER = 5
_NEVER = 1 << 30

Slices = tuple[range, ...]


class Ranked(NamedTuple):
    """A consumer that was found, to be sorted by: the nearest first.

    ``farther`` counts the words typed that are not, or not so, in the name itself.
    """

    farther: int
    later: bool
    cost: int
    dead: bool
    consumer: int


class Search:
    """One search of one index.

    ``gone`` are rows that are not looked at, ``lately`` consumers that come first where they fit. When
    ``late`` says so, what was found by then is the answer; words as typed or begun are always looked for.
    """

    def __init__(
        self, index: Words, gone: Collection[int], lately: Collection[int], late: Callable[[], bool]
    ) -> None:
        self._found: dict[int, Ranked] = {}
        self._index, self._gone, self._lately, self._late = index, gone, lately, late

    def ranked(self, reading: Reading, limit: int) -> list[Ranked]:
        """The nearest consumers, the nearest first."""
        if reading.words and len(self._index):
            self._follow(reading, limit)
        return sorted(self._found.values())[:limit]

    def _follow(self, reading: Reading, limit: int) -> None:
        """Look for a reading, and for others while little is found."""
        sought = _Asked(self._index, reading)
        self._score(sought, self._rows_of(self._lately))
        for level, names_only in (("whole", True), ("begun", True), ("begun", False)):
            if len(self._found) >= limit or (self._found and self._late()):
                return
            slices = sought.slices(level, names_only=names_only)
            if sought.is_repetitive:
                self._score(sought, self._rows_with_two(slices))
            self._score(sought, self._rows(slices))
        asked = [sought]
        for other in joined_and_split(reading, self._index):
            if self._late():
                break
            asked.append(_Asked(self._index, other))
            self._score(asked[-1], self._rows(asked[-1].slices("begun")))
        for one in asked:
            if len(self._found) >= _ENOUGH or not self._nearby(one):
                break
        self._follow_fewer(reading)

    def _follow_fewer(self, reading: Reading) -> None:
        """Look for all words but one, where few are near; at least one way, however late it is."""
        if len(self._found) >= _ENOUGH or any(one.farther < _FAR for one in self._found.values()):
            return
        asked = [_Asked(self._index, fewer) for fewer in with_one_left_out(reading)]
        for sought in asked:
            slices = sought.slices("begun")
            self._score(sought, self._rows(slices))
            if all(slices) and self._late():
                return
        for sought in asked:
            if self._found or not self._nearby(sought):
                return

    def among(self, reading: Reading, consumers: Iterable[int], limit: int) -> list[Ranked]:
        """The nearest of some consumers; who is misspelt, only when nobody else is among them."""
        sought, rows = _Asked(self._index, reading), self._rows_of(consumers)
        self._score(sought, rows)
        if not self._found:
            self._look_nearby(sought)
            self._score(sought, rows)
        return sorted(self._found.values())[:limit]

    def _rows_of(self, consumers: Iterable[int]) -> list[int]:
        return [row for key in consumers if (row := self._index.row_of(key)) is not None]

    def _nearby(self, sought: "_Asked") -> bool:
        """Look for misspelt words too; False when it is late."""
        if self._look_nearby(sought):
            self._score(sought, self._rows(sought.slices("near")))
        return not self._late()

    def _look_nearby(self, sought: "_Asked") -> bool:
        """Have misspelt words count as well; False when it is late before all are known."""
        for word in sought.words:
            if self._late():
                return False
            word.look_nearby()
        sought.price()
        return True

    def _score(self, sought: "_Asked", rows: Iterable[int]) -> None:
        for count, row in enumerate(rows):
            if count % _LOOKED_AT == _LOOKED_AT - 1 and self._found and self._late():
                return
            if row not in self._gone:
                cost = sought.cost(row)
                if cost < (self._found[row].cost if row in self._found else _NEVER):
                    index = self._index
                    key = index.consumers[row]
                    later = key not in self._lately
                    self._found[row] = Ranked(cost // FARTHER, later, cost, not index.live[row], key)

    def _rows(self, slices_of: list[Slices]) -> Iterable[int]:
        """Rows with one of the words of each, or candidates for that where they are few already."""
        if not all(slices_of):
            return ()
        postings = self._index.postings
        *narrow, widest = sorted(slices_of, key=lambda slices: sum(map(len, slices)))
        if not narrow:
            return _first(_followed(postings, widest))
        rows = set(chain.from_iterable(_followed(postings, narrow[0])))
        for slices in narrow[1:]:
            if len(rows) <= _SCORED:
                break
            rows = set(chain.from_iterable(map(rows.intersection, _followed(postings, slices))))
        if len(rows) <= _SCORED:
            return rows
        return _first(map(rows.intersection, _followed(postings, widest)))

    def _rows_with_two(self, slices_of: list[Slices]) -> Iterable[int]:
        """Rows where one of the words of each stands beside another that the same was typed for."""
        if not all(slices_of):
            return ()
        postings = self._index.postings
        *narrow, widest = sorted(slices_of, key=lambda slices: sum(map(len, slices)))
        met = Counter(chain.from_iterable(_followed(postings, widest)))
        rows = {row for row, count in met.items() if count > 1}
        for slices in narrow:
            rows = set(chain.from_iterable(map(rows.intersection, _followed(postings, slices))))
        return sorted(rows)[:_SCORED]


def _followed(postings: "array[int]", slices: Slices) -> Iterator["array[int]"]:
    """The rows of a word, stretch by stretch, as far as it pays."""
    visited = 0
    for places in slices:
        part = postings[places.start : min(places.stop, places.start + _VISITED - visited)]
        yield part
        visited += len(part)
        if visited >= _VISITED:
            return


def _first(parts: Iterable[Collection[int]]) -> Iterable[int]:
    """The first rows, enough to be scored."""
    rows: dict[int, None] = {}
    for part in parts:
        rows.update(dict.fromkeys(islice(part, _SCORED)))
        if len(rows) >= _SCORED:
            break
    return rows


class _Asked:
    """A reading put to an index: its words matched, and what each row costs."""

    def __init__(self, index: Words, reading: Reading) -> None:
        self._index, self._read_at = index, reading.cost
        self._size = len(index.vocabulary.words)
        self.words = [Matched(word, index) for word in reading.words]
        self._nothing = (_NEVER,) * len(self.words)
        self._known: dict[int, tuple[int, ...]] = {}
        self.price()

    def price(self) -> None:
        """Work out anew what words cost: nearby ones are known now."""
        self._known.clear()
        self._priced = [word.costs() for word in self.words]
        places = [(*word.begun, *word.whole, *word.near) for word in self.words]
        self._edges = _edges(chain.from_iterable(places))
        self.is_repetitive = sum(map(_width, map(_edges, places))) > _width(self._edges)

    def slices(self, level: str, *, names_only: bool = False) -> list[Slices]:
        """For each word the stretches of the postings it leads to, the closest first; equal ones once."""
        starts, size = self._index.starts, self._size
        answer = []
        for word in self.words:
            places = word.whole
            if level != "whole":
                places += word.begun
            if level == "near":
                places += word.near
            found = [
                (one.start + shift, one.stop + shift)
                for one in places
                for shift in ((0,) if names_only else (0, size))
            ]
            stretches = (range(starts[first], starts[after]) for first, after in found)
            answer.append(tuple(one for one in stretches if one))
        return list(dict.fromkeys(answer))

    def cost(self, row: int) -> int:
        """How far a row is from what was typed; _NEVER or more when a word is missing.

        Of a row's words each stands for one that was typed; to stand for two costs AGAIN.
        """
        index, size, edges, known = self._index, self._size, self._edges, self._known
        best = self._nothing
        left_over = 0
        fitting = []
        for code in index.words[index.offsets[row] : index.offsets[row + 1]]:
            costs = known.get(code)
            if costs is None:
                if not bisect(edges, code if code < size else code - size) & 1:
                    left_over += code < size
                    continue
                costs = known[code] = self._costs(code)
            fitting.append(costs)
            best = tuple(map(min, best, costs))
        total = sum(best)
        if self.is_repetitive and total < _NEVER:
            can_be = len(fitting) >= len(best)
            total = min(_one_for_each(fitting) if can_be else _NEVER, total + AGAIN)
        return total + self._read_at + _WORD_LEFT_OVER * left_over

    def _costs(self, code: int) -> tuple[int, ...]:
        """What a word of a row costs as each of the words typed."""
        place, moved = (code, 0) if code < self._size else (code - self._size, ELSEWHERE)
        costs = []
        for single, stretches in self._priced:
            cost = single.get(place, _NEVER)
            for first, after, other in stretches:
                if first <= place < after and other < cost:
                    cost = other
            costs.append(cost + moved)
        return tuple(costs)


def _one_for_each(fitting: list[tuple[int, ...]]) -> int:
    """The least that words typed cost when each has a word of the row for itself.

    ``fitting`` has for each word of the row what it costs as each of those typed.
    """
    total_of = {0: 0}  # by the set of words typed that are served, as bits
    for costs in fitting:
        for served, total in list(total_of.items()):
            for at, cost in enumerate(costs):
                if cost < _NEVER and not served >> at & 1:
                    one_more = served | 1 << at
                    total_of[one_more] = min(total_of.get(one_more, _NEVER), total + cost)
    return total_of.get((1 << len(fitting[0])) - 1, _NEVER)


def _width(edges: list[int]) -> int:
    """How many places lie between the edges."""
    return sum(edges[1::2]) - sum(edges[::2])


def _edges(stretches: Iterable[range]) -> list[int]:
    """Where the places that any of the stretches holds begin and end, in turn."""
    edges: list[int] = []
    for one in sorted(stretches, key=lambda places: places.start):
        if edges and one.start <= edges[-1]:
            edges[-1] = max(edges[-1], one.stop)
        else:
            edges += (one.start, one.stop)
    return edges
