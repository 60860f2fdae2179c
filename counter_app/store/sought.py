"""What was typed, as words to look for, and where those words stand in one index."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from counter_app.domain.names import fold, keys, prefixes, tokens, words
from counter_app.store.vocabulary import Near
from counter_app.store.words import Words

# What it costs not to be the very words of a name, in hundredths of an edit: only begun, begun where the next
# letter changes the last one, begun though finished.
BEGUN, TURNED, CUT = 50, 20, 100
JOINED = 70
# Farther than all of these, and counted before who was served lately: a word of relation or place, misspelt,
# the same as another word that was typed; farther than two such words: left out.
FARTHER = 10_000
ELSEWHERE, MISSPELT, AGAIN = FARTHER + 100, FARTHER + 150, FARTHER + 200
LEFT_OUT = 3 * FARTHER

_MOST_WORDS = 6
_SHORTEST_PART, _LONGEST_SPLIT, _MOST_PARTS = 2, 32, 3
_LONGEST_TYPED = 200
# How papers say whose child or wife somebody is: पिता, पति, आत्मज, पुत्र, s/o.
_SAID_OF_RELATIONS = frozenset({"pita", "pati", "atmj", "putra"})
_SHORT_FOR_RELATIONS = re.compile(r"\b[swdc]\s*/\s*o\b", re.IGNORECASE)
_FEW = 4


class Word(NamedTuple):
    """A word as it was typed; the last one may be unfinished."""

    written: str
    unfinished: bool


class Reading(NamedTuple):
    """A way to read what was typed, and what it costs to read it so."""

    words: tuple[Word, ...]
    cost: int = 0


def read(typed: str, *, shortest: int = 2) -> Reading:
    """The words typed, without honorifics and what says "son of" unless there is nothing else.

    None where too little is typed.
    """
    typed = _SHORT_FOR_RELATIONS.sub(" ", typed[:_LONGEST_TYPED])
    if len(typed.strip()) < shortest:
        return Reading(())
    named = set(tokens(typed))
    kept = named - _SAID_OF_RELATIONS or named
    written = [word for word in words(typed) if fold(word) in kept][:_MOST_WORDS]
    last = len(written) - 1
    ended = typed[-1].isspace()
    return Reading(tuple(Word(word, at == last and not ended) for at, word in enumerate(written)))


def joined_and_split(reading: Reading, index: Words) -> Iterator[Reading]:
    """The words with two neighbours written as one, or one as two that are known: Mohan Lal."""
    typed = reading.words
    cost = reading.cost + JOINED
    for at in range(len(typed) - 1):
        both = Word(typed[at].written + typed[at + 1].written, typed[at + 1].unfinished)
        yield Reading((*typed[:at], both, *typed[at + 2 :]), cost)
    for at, word in enumerate(typed):
        for parts in _parted(word, index, _MOST_PARTS):
            yield Reading((*typed[:at], *parts, *typed[at + 1 :]), cost)


def _parted(word: Word, index: Words, most: int) -> Iterator[tuple[Word, ...]]:
    """A word as two or more that are known; not as more than needed."""
    written, unfinished = word
    beginnings = []
    for cut in range(_SHORTEST_PART, min(len(written), _LONGEST_SPLIT) - _SHORTEST_PART + 1):
        first, rest = Word(written[:cut], False), Word(written[cut:], unfinished)
        if Matched(first, index).is_known:
            beginnings.append((first, rest))
    whole = [parts for parts in beginnings if Matched(parts[1], index).is_known]
    yield from whole
    if not whole and most > 2:
        for first, rest in beginnings:
            yield from ((first, *parts) for parts in _parted(rest, index, most - 1))


def with_one_left_out(reading: Reading) -> Iterator[Reading]:
    """The words without one of them, as long as something like a name is left."""
    typed = reading.words
    for at in range(len(typed)):
        left = (*typed[:at], *typed[at + 1 :])
        if any(len(word.written) > _SHORTEST_PART and not word.written.isdecimal() for word in left):
            yield Reading(left, reading.cost + LEFT_OUT)


class Matched:
    """A word that was typed, as places of an index's vocabulary."""

    def __init__(self, word: Word, index: Words) -> None:
        self._word, self._vocabulary = word, index.vocabulary
        self._near: tuple[Near, ...] = ()

    @cached_property
    def whole(self) -> tuple[range, ...]:
        """The very word."""
        found = map(self._vocabulary.whole, keys(self._word.written))
        return tuple(places for places in found if places)

    @cached_property
    def begun(self) -> tuple[range, ...]:
        """Words that begin so."""
        written = self._word.written
        beginnings = dict.fromkeys((fold(written), *prefixes(written)))
        return tuple(places for places in map(self._vocabulary.begun, beginnings) if places)

    @property
    def near(self) -> tuple[range, ...]:
        """Words that may have been meant, once ``look_nearby`` was asked; the nearest first."""
        return tuple(range(near.first, near.after) for near in self._near)

    @property
    def is_known(self) -> bool:
        """Whether there is such a word, or one that begins so where it is unfinished."""
        return bool(self.begun if self._word.unfinished else self.whole)

    def look_nearby(self) -> None:
        """Find the words that may have been meant."""
        written, unfinished = self._word
        near = self._vocabulary.near(fold(written))
        if unfinished:
            near += self._vocabulary.near_begun(prefixes(written)[0])
        self._near = tuple(sorted(near, key=lambda one: one.distance))

    def costs(self) -> tuple[dict[int, int], list[tuple[int, int, int]]]:
        """What a word of the vocabulary costs as this one: by its place, or by a stretch of places."""
        single: dict[int, int] = {}
        stretches: list[tuple[int, int, int]] = []
        begun = BEGUN if self._word.unfinished else CUT
        priced = [(places, 0) for places in self.whole]
        priced += [(places, begun + TURNED * (at > 0)) for at, places in enumerate(self.begun)]
        priced += [(range(near.first, near.after), MISSPELT + near.distance * 3 // 2) for near in self._near]
        for places, cost in priced:
            if len(places) > _FEW:
                stretches.append((places.start, places.stop, cost))
            else:
                for place in places:
                    single.setdefault(place, cost)
        return single, stretches
