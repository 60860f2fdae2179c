"""The index of names in memory: which consumers have which folded words, and which words a consumer has.

A word of a name is known by its place in the vocabulary, a word of relation or place by the same place
behind all names. Rows stand in the order of their consumers. What is made is never changed.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from itertools import accumulate, chain
from typing import NamedTuple

from counter_app.store.vocabulary import Vocabulary

_WIDEST_SHORT = 1 << 16


class WordRow(NamedTuple):
    """A consumer to be indexed: key, whether the supply is live, words of the name, of relation and place."""

    consumer: int
    live: bool
    name: tuple[str, ...]
    other: tuple[str, ...]


class Words:
    """An index, from its parts as they are kept.

    ``postings[starts[w]:starts[w + 1]]`` are the rows of word w, ``words[offsets[r]:offsets[r + 1]]`` the
    words of row r.
    """

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        vocabulary = parts["vocabulary"].decode()
        self.vocabulary = Vocabulary(vocabulary.split("\n") if vocabulary else ())
        self.consumers = _array("q", parts["consumers"])
        self.starts, self.offsets = _array("I", parts["starts"]), _array("I", parts["offsets"])
        self.postings = _array(_type_of(len(self.consumers)), parts["postings"])
        self.words = _array(_type_of(2 * len(self.vocabulary.words)), parts["words"])
        self.live = parts["live"]

    @classmethod
    def of(cls, rows: Iterable[WordRow]) -> "Words":
        """The index of some consumers, in the order of their keys."""
        return cls(parts_of(rows))

    def __len__(self) -> int:
        return len(self.consumers)

    def row_of(self, consumer: int) -> int | None:
        """The row of a consumer's key."""
        row = bisect_left(self.consumers, consumer)
        return row if row < len(self) and self.consumers[row] == consumer else None

    def bytes_used(self) -> int:
        """The memory that all of it takes."""
        arrays = self.starts, self.postings, self.offsets, self.words, self.consumers, self.live
        strings = sum(map(sys.getsizeof, self.vocabulary.words)) + 16 * len(self.vocabulary.words)
        return sum(map(sys.getsizeof, arrays)) + strings


def parts_of(rows: Iterable[WordRow]) -> dict[str, bytes]:
    """The parts of an index as they are kept, for rows in the order of their keys."""
    met: dict[str, int] = {}
    consumers, offsets, live = array("q"), array("I", [0]), bytearray()
    names, others = array("I"), array("I")
    named = array("I")
    for consumer, alive, name, other in rows:
        consumers.append(consumer)
        live.append(alive)
        names.extend(met.setdefault(word, len(met)) for word in name)
        own = frozenset(name)
        others.extend(met.setdefault(word, len(met)) for word in other if word not in own)
        named.append(len(names))
        offsets.append(len(names) + len(others))
    vocabulary = sorted(met)
    words = _merged(names, others, named, offsets, _places(met, vocabulary))
    starts, postings = _postings(words, offsets, 2 * len(vocabulary))
    return {
        "vocabulary": "\n".join(vocabulary).encode(),
        "starts": starts.tobytes(),
        "postings": postings.tobytes(),
        "offsets": offsets.tobytes(),
        "words": words.tobytes(),
        "consumers": consumers.tobytes(),
        "live": bytes(live),
    }


def _places(met: Mapping[str, int], vocabulary: list[str]) -> "array[int]":
    """Of each word, by when it was met, its place in the vocabulary."""
    places = array("I", bytes(4 * len(met)))
    for place, word in enumerate(vocabulary):
        places[met[word]] = place
    return places


def _merged(
    names: "array[int]",
    others: "array[int]",
    named: "array[int]",
    offsets: "array[int]",
    places: "array[int]",
) -> "array[int]":
    """The words of each row, those of the name first, by their places."""
    size = len(places)
    kind = _type_of(2 * size)
    words = array(kind)
    name_at = other_at = 0
    name_places = array(kind, map(places.__getitem__, names))
    other_places = array(kind, (size + places[word] for word in others))
    for row, name_end in enumerate(named):
        other_end = offsets[row + 1] - name_end
        words.extend(name_places[name_at:name_end])
        words.extend(other_places[other_at:other_end])
        name_at, other_at = name_end, other_end
    return words


def _postings(words: "array[int]", offsets: "array[int]", size: int) -> "tuple[array[int], array[int]]":
    """The rows of each word, and where they start."""
    rows_of: list[list[int]] = [[] for _ in range(size)]
    for row in range(len(offsets) - 1):
        for word in words[offsets[row] : offsets[row + 1]]:
            rows_of[word].append(row)
    starts = array("I", accumulate(map(len, rows_of), initial=0))
    return starts, array(_type_of(len(offsets) - 1), chain.from_iterable(rows_of))


def _type_of(count: int) -> str:
    """The narrowest array that holds so many different numbers."""
    return "H" if count <= _WIDEST_SHORT else "I"


def _array(kind: str, body: bytes) -> "array[int]":
    made = array(kind)
    made.frombytes(body)
    return made
