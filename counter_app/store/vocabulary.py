"""The distinct folded words of an index in their order: found whole, begun, or misspelt.

How far a misspelt word is counts by what people do: vowels and h weigh little, letters that sound alike
or lie side by side on the keyboard less than others, two letters changed over as one.
"""

import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, combinations, islice, pairwise
from typing import NamedTuple

# What an edit weighs, in hundredths of one: a letter too many or too few, one for another, two changed over.
_EDIT = 100
_LIGHT = {"a": 30, "h": 30, "e": 40, "i": 40, "o": 40, "u": 40, "y": 40, "n": 70, "r": 80}
_VOWELS = "aeiou"
_BARE = str.maketrans("", "", "aeiouyh")
_MANY = 3
_ALIKE = (
    "dr",
    "dt",
    "tr",
    "kg",
    "kh",
    "sc",
    "cj",
    "pf",
    "vp",
    "mn",
    "lr",
    "nl",
    "gj",
    "iy",
    "vo",
    "vu",
    "ey",
    "fv",
    "sj",
)
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWEL, _SOUND, _NEIGHBOUR, _CHANGED_OVER, _FIRST = 40, 60, 80, 60, 40
_LAST_SIGN = "{"  # behind every letter and digit
_MOST_WEIGHED = 60  # of those with the fewest edits: 1 ms
_REMEMBERED = 256


def is_ready() -> bool:
    """Whether that is loaded which finds misspelt words: 40 ms and 5 MB that most starts do without."""
    return "rapidfuzz.process" in sys.modules


class Near(NamedTuple):
    """Words ``first`` up to and without ``after`` are ``distance`` hundredths away from what was typed."""

    first: int
    after: int
    distance: int


class Vocabulary:
    """Words by their place in the sorted list."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = list(words)
        self._by_length: dict[int, list[str]] = {}
        for word in self.words:
            self._by_length.setdefault(len(word), []).append(word)
        self._known: dict[str, tuple[Near, ...]] = {}

    def whole(self, key: str) -> range:
        """The place of a word, as a range of one; empty when there is no such word."""
        place = bisect_left(self.words, key)
        found = place < len(self.words) and self.words[place] == key
        return range(place, place + found)

    def begun(self, key: str) -> range:
        """The places of the words that begin so."""
        return range(bisect_left(self.words, key), bisect_left(self.words, key + _LAST_SIGN))

    def near(self, key: str) -> tuple[Near, ...]:
        """Words that may have been meant, the nearest first."""
        return self._remembered(key, self._near)

    def near_begun(self, key: str) -> tuple[Near, ...]:
        """Words that begin like those that may have been meant, with the same letter at least."""
        return self._remembered(key + _LAST_SIGN, self._near_begun)

    def _remembered(self, asked: str, find: Callable[[str], tuple[Near, ...]]) -> tuple[Near, ...]:
        if asked not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[asked] = find(asked.removesuffix(_LAST_SIGN))
        return self._known[asked]

    def forget(self) -> None:
        """Forget which words were near to what was asked."""
        self._known.clear()

    def _near(self, key: str) -> tuple[Near, ...]:
        edits, _ = _allowed(key)
        lengths = range(len(key) - edits, len(key) + edits + 1)
        words = [self._by_length[length] for length in lengths if length in self._by_length]
        return tuple(Near(*_ends(self.whole(word)), distance) for distance, word in _within(key, words))

    def _near_begun(self, key: str) -> tuple[Near, ...]:
        same = self.begun(key[0])
        beginnings = dict.fromkeys(word[: len(key)] for word in self.words[same.start : same.stop])
        nearest = _within(key, [tuple(beginnings)])
        return tuple(Near(*_ends(self.begun(beginning)), distance) for distance, beginning in nearest)


def _ends(places: range) -> tuple[int, int]:
    return places.start, places.stop


def _allowed(key: str) -> tuple[int, int]:
    """How many edits a word may be away, and how much they may weigh together; none for numbers."""
    length = len(key)
    if length < 3 or not key.isalpha():
        return 0, 0
    if length < 5:
        return length - 2, 80 if length == 3 else 100
    return (3, 170) if length < 9 else (3, 240)


def _within(key: str, words: Iterable[Sequence[str]]) -> list[tuple[int, str]]:
    """The words that are not too far away, each with how far, the nearest first."""
    edits, farthest = _allowed(key)
    if not edits:
        return []
    from rapidfuzz.distance import OSA  # see is_ready
    from rapidfuzz.process import extract

    found = [
        (count, word)
        for some in words
        for word, count, _ in extract(key, some, scorer=OSA.distance, score_cutoff=edits, limit=None)
    ]
    # Many edits can only be light ones: most of the consonants are the same.
    bare, heavy = key.translate(_BARE), farthest // _EDIT
    likely = (
        word
        for count, word in sorted(found)
        if count < _MANY or OSA.distance(bare, word.translate(_BARE), score_cutoff=heavy) <= heavy
    )
    weighed_ones = ((weighed(key, word, farthest), word) for word in islice(likely, _MOST_WEIGHED))
    return sorted(one for one in weighed_ones if one[0] <= farthest)


def weighed(typed: str, word: str, farthest: int) -> int:
    """The weight of the lightest edits that turn one word into the other; above ``farthest`` when too far."""
    other_first = _FIRST * (typed[0] != word[0])
    typed, word = _differing(typed, word)
    before: list[int] = []
    row = [0, *accumulate(_LIGHT.get(sign, _EDIT) for sign in word)]
    for at, sign in enumerate(typed):
        twice, before = before, row
        dropped, instead = _LIGHT.get(sign, _EDIT), _INSTEAD.get(sign, _NOTHING)
        row = [before[0] + dropped]
        for place, other in enumerate(word):
            if sign == other:
                row.append(before[place])
                continue
            weight = min(
                before[place] + instead.get(other, _EDIT),
                before[place + 1] + dropped,
                row[place] + _LIGHT.get(other, _EDIT),
            )
            if at and place and sign == word[place - 1] and typed[at - 1] == other:
                weight = min(weight, twice[place - 1] + _CHANGED_OVER)
            row.append(weight)
        if min(row) > farthest < min(before):
            return farthest + 1
    return row[-1] + other_first


def _differing(one: str, other: str) -> tuple[str, str]:
    """Two words without the beginning and the end that they share."""
    start, end = 0, min(len(one), len(other))
    while start < end and one[start] == other[start]:
        start += 1
    one, other, end = one[start:], other[start:], end - start
    same = 0
    while same < end and one[-1 - same] == other[-1 - same]:
        same += 1
    return one[: len(one) - same], other[: len(other) - same]


def _instead() -> dict[str, dict[str, int]]:
    """What it weighs to take one letter for another, where that is less than a whole edit."""
    neighbours = [pair for row in _KEYBOARD for pair in pairwise(row)]
    sounds = [(pair[0], pair[1]) for pair in _ALIKE]
    weights: dict[str, dict[str, int]] = {}
    heaviest_first = ((neighbours, _NEIGHBOUR), (sounds, _SOUND), (combinations(_VOWELS, 2), _VOWEL))
    for pairs, weight in heaviest_first:
        for one, other in pairs:
            weights.setdefault(one, {})[other] = weights.setdefault(other, {})[one] = weight
    return weights


_NOTHING: dict[str, int] = {}
_INSTEAD = _instead()
