"""How well the folding finds a Devanagari name by its Latin spelling, on anybody's list of pairs.

The vocabulary is every Devanagari word of the list; each Latin word asks for the nearest ones of it.
"""

import csv
import statistics
from pathlib import Path

from counter_app.domain.names import fold, keys
from counter_app.store.vocabulary import Vocabulary
from tests.bench.figures import Figure

FIRST = 10


def measure(file: Path) -> list[Figure]:
    """Read a CSV of two columns, Devanagari and Latin in either order, and ask for each pair."""
    pairs = _pairs(file)
    spelled: dict[str, set[str]] = {}
    for name, _ in pairs:
        for key in keys(name):
            spelled.setdefault(key, set()).add(name)
    vocabulary = Vocabulary(sorted(spelled))
    places = [_place(vocabulary, spelled, name, latin) for name, latin in pairs]
    return [
        Figure("pairs", len(pairs), "count"),
        Figure("vocabulary", len(vocabulary.words), "count"),
        Figure(
            "key_equal",
            statistics.mean(not set(keys(name)).isdisjoint(keys(latin)) for name, latin in pairs),
            "share",
        ),
        Figure("top1", statistics.mean(place < 1 for place in places), "share"),
        Figure("top10", statistics.mean(place < FIRST for place in places), "share"),
    ]


def _pairs(file: Path) -> list[tuple[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row[:2] for row in csv.reader(lines) if len(row) >= 2]
    pairs = [(one, other) if _is_devanagari(one) else (other, one) for one, other in rows]
    return [(name.strip(), latin.strip()) for name, latin in pairs if _is_devanagari(name) and fold(latin)]


def _is_devanagari(text: str) -> bool:
    return any("\u0900" <= sign <= "\u097f" for sign in text)


def _place(vocabulary: Vocabulary, spelled: dict[str, set[str]], name: str, latin: str) -> int:
    """At which place of the answer the name stands; words with one key count as one place each."""
    answer: dict[str, None] = {}
    for key in keys(latin):
        for place in vocabulary.whole(key):
            answer.update(dict.fromkeys(sorted(spelled[vocabulary.words[place]])))
    for near in vocabulary.near(fold(latin)):
        for place in range(near.first, near.after):
            answer.update(dict.fromkeys(sorted(spelled[vocabulary.words[place]])))
    names = list(answer)
    return names.index(name) if name in answer else len(names) + FIRST
