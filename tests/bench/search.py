"""The search in a large office: time a keystroke, recall of distorted names, and what the index costs.

CPU time, fifty encrypted rows of the answer fetched each time, as the screen asks for them. What else could
search the same rows is measured beside it, as ratios of the median.
"""

import gc
import random
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text

from counter_app.demo.make import OFFICE
from counter_app.domain.consumer import Consumer
from counter_app.domain.names import tokens
from counter_app.store import finds, reference
from counter_app.store.book import Book
from counter_app.store.engine import Connection
from counter_app.store.keys import demo_keys
from counter_app.store.search import search
from counter_app.store.words_index import WordIndex, index_words_again
from tests.bench import distortions
from tests.bench.figures import Figure, p99
from tests.bench.people import people
from tests.offices import NOW

QUERIES = 2_000
TYPED = 150
HOSTILE = 250
SHOWN = 50
FIRST = 10
SEED = 20261125
_CHUNK = 20_000
_SHORT = (
    "ra",
    "रा",
    "s",
    "क",
    "ra ku si",
    "a",
    "ku",
    "सु",
    "ram",
    "si",
    "m k",
    "ba",
    "sh",
    "r s k",
    "de",
    "11",
    "वि",
    "la",
    "na pa",
    "kum",
)


def measure(consumers: int) -> list[Figure]:
    """Make an office of that size and search it."""
    dice = random.Random(SEED)
    with TemporaryDirectory(prefix="counter-search-") as scratch:
        book = Book.create(
            Path(scratch), demo_keys(Path(scratch)), OFFICE, program="bench", now=NOW, steady=None
        )
        everybody = _filled(book, consumers)
        large = consumers > 50_000
        figures = _index_figures(book, large)
        asked = [everybody[dice.randrange(len(everybody))] for _ in range(TYPED)]
        keystrokes = _keystrokes(asked, dice)
        words = WordIndex()
        gc.freeze()  # the office in this process's memory is no part of the search
        with book.reading() as connection:
            times = [
                _cpu(lambda typed=typed: search(connection, book.words, typed, (), SHOWN))
                for typed in keystrokes
            ]
            hostile = [_worst(connection, words, typed) for typed in (*_SHORT, *_hostile(dice))]
            figures += [
                Figure("keystroke_p50_ms", statistics.median(times), "ms"),
                Figure("keystroke_p99_ms", p99(times), "ms", 10 if large else 6),
                Figure("hostile_p99_ms", p99(hostile), "ms"),
                Figure("hostile_max_ms", max(hostile), "ms", 16),
            ]
            figures += _recall(connection, words, everybody, dice, 0.90 if large else 0.95)
        figures += _others(book, keystrokes[::20], statistics.median(times))
        figures.append(_change(book, everybody[-1]))
        book.close()
    return figures


def _filled(book: Book, count: int) -> list[Consumer]:
    everybody = list(people(count, SEED))
    remaining = iter(everybody)
    while chunk := list(islice(remaining, _CHUNK)):
        with book.writing() as page:
            reference.put_consumers(page, chunk)
    return everybody


def _index_figures(book: Book, large: bool) -> list[Figure]:
    with book.writing() as page:
        build = _cpu(lambda: index_words_again(page.connection)) / 1000
    with book.reading() as connection:
        index = WordIndex()
        load = _cpu(lambda: index.seen_by(connection)) / 1000
        whole = index.seen_by(connection).all
        words = len(whole.vocabulary.words)
        used = whole.bytes_used() / len(whole)
        lengths = connection.exec_driver_sql("SELECT sum(length(body)) FROM word_index").scalar_one()
    return [
        Figure("consumers", len(whole), "count"),
        Figure("vocabulary", words, "count"),
        Figure("index_bytes_per_consumer", used, "B", 80),
        Figure("index_disk_bytes_per_consumer", lengths / len(whole), "B"),
        Figure("build_s", build, "s", None if large else 2),
        Figure("load_s", load, "s", None if large else 0.2),
    ]


def _keystrokes(asked: list[Consumer], dice: random.Random) -> list[str]:
    """What is in the box after each key, as names, distorted names, numbers and tails are typed."""
    typed = []
    for at, consumer in enumerate(asked):
        name = distortions.CLASSES[at % len(distortions.CLASSES)](consumer, dice)
        typed += [name[:length] for length in range(1, len(name) + 1)]
        if at % 5 == 0:
            typed += [consumer.number[:length] for length in range(4, len(consumer.number) + 1)]
            typed += [consumer.meter[-4:], consumer.mobile[-5:]]
    return typed


def _hostile(dice: random.Random) -> Iterable[str]:
    """One to four pieces of three to six letters that make no sense."""
    letters = "aaaeiioukrstnmlpdvhgbjc"
    for _ in range(HOSTILE):
        pieces = range(dice.randrange(1, 5))
        yield " ".join("".join(dice.choices(letters, k=dice.randrange(3, 7))) for _ in pieces)


def _worst(connection: Connection, words: WordIndex, typed: str) -> float:
    """Milliseconds of a search that finds nothing remembered from the keystroke before."""
    for index in words.seen_by(connection)[:2]:
        index.vocabulary.forget()
    return _cpu(lambda: search(connection, words, typed, (), SHOWN))


# -- recall ------------------------------------------------------------------------------------------


def _recall(
    connection: Connection, words: WordIndex, everybody: list[Consumer], dice: random.Random, goal: float
) -> list[Figure]:
    """The share of the right rows (or of ten of them) among the first ten, for every class of distortion."""
    right_of: dict[tuple[str, ...], set[str]] = {}
    for consumer in everybody:
        for key in _right_keys(consumer):
            right_of.setdefault(key, set()).add(consumer.number)
    shares: dict[str, list[float]] = {kind.__name__: [] for kind in distortions.CLASSES}
    hits = 0
    for at in range(QUERIES):
        kind = distortions.CLASSES[at % len(distortions.CLASSES)]
        consumer = everybody[dice.randrange(len(everybody))]
        found = [row.number for row in search(connection, words, kind(consumer, dice), (), FIRST).rows]
        right = right_of[_right_key(kind, consumer)]
        met = len(right.intersection(found))
        hits += bool(met)
        shares[kind.__name__].append(met / min(FIRST, len(right)))
    every = [share for part in shares.values() for share in part]
    figures = [
        Figure("recall_at_10", statistics.mean(every), "share", goal, at_least=True),
        Figure("a_right_row_in_10", hits / QUERIES, "share"),
    ]
    return figures + [
        Figure(f"recall_{kind}", statistics.mean(part), "share") for kind, part in shares.items()
    ]


def _right_keys(consumer: Consumer) -> set[tuple[str, ...]]:
    return {_right_key(kind, consumer) for kind in (distortions.latin, distortions.place, distortions.father)}


def _right_key(kind: distortions.Distortion, consumer: Consumer) -> tuple[str, ...]:
    """What makes a row right: the same name in Devanagari, and the same of what else was typed."""
    if kind is distortions.place:
        return "place", consumer.name_hi.split()[0], consumer.locality_hi.split()[-1]
    if kind is distortions.father:
        return "father", consumer.name_hi, consumer.relation_hi.split()[0]
    return "name", consumer.name_hi


# -- what else could search ----------------------------------------------------------------------------

_BESIDE = (
    ("like", "CREATE TABLE beside_like (id INTEGER PRIMARY KEY, body TEXT)",
     "SELECT id FROM beside_like WHERE body LIKE :typed LIMIT 50"),
    ("trigram", "CREATE VIRTUAL TABLE beside_trigram USING fts5(body, tokenize = 'trigram')",
     "SELECT rowid FROM beside_trigram WHERE beside_trigram MATCH :typed LIMIT 50"),
    ("folded", "CREATE VIRTUAL TABLE beside_folded USING fts5(body, tokenize = 'ascii', prefix = '1 2 3')",
     "SELECT rowid FROM beside_folded WHERE beside_folded MATCH :typed LIMIT 50"),
)  # fmt: skip


def _others(book: Book, keystrokes: list[str], median: float) -> list[Figure]:
    """LIKE, FTS5 on trigrams, FTS5 on folded keys, the same fifty rows fetched: ratios to the search."""
    figures = []
    for name, create, ask in _BESIDE:
        with book.writing() as page:
            page.connection.exec_driver_sql(create)
            _fill_beside(page.connection, name)
        with book.reading() as connection:
            times = [_cpu(partial(_beside, connection, name, ask, typed)) for typed in keystrokes]
        figures.append(Figure(f"{name}_p50_ratio", statistics.median(times) / median, "ratio"))
        figures.append(Figure(f"{name}_p99_ms", p99(times), "ms"))
    return figures


def _fill_beside(connection: Connection, name: str) -> None:
    rows = connection.exec_driver_sql(
        "SELECT id, name_hi, name_en, locality_hi, locality_en FROM consumers"
    ).all()
    bodies = [(key, " ".join(texts)) for key, *texts in rows]
    if name == "folded":
        bodies = [(key, " ".join(dict.fromkeys(tokens(body)))) for key, body in bodies]
    key = "id" if name == "like" else "rowid"
    connection.exec_driver_sql(f"INSERT INTO beside_{name} ({key}, body) VALUES (?, ?)", bodies)


def _beside(connection: Connection, name: str, ask: str, typed: str) -> None:
    asked = f"%{typed}%"
    if name == "trigram":
        asked = '"' + typed.replace('"', "") + '"'
    elif name == "folded":
        asked = " AND ".join(f'"{key}" *' for key in tokens(typed)) or '"zzzz"'
    keys = connection.execute(text(ask), {"typed": asked}).scalars().all()
    finds.found(connection, [f"N{key:010d}" for key in keys], ())


# -- a change --------------------------------------------------------------------------------------------


def _change(book: Book, consumer: Consumer) -> Figure:
    """Seconds until a changed consumer is found, a thousand others changed just before."""
    with book.reading() as connection:
        some = [
            reference.consumer(connection, number) for number in reference.consumer_numbers(connection)[:1000]
        ]
    with book.writing() as page:
        reference.put_consumers(page, [replace(one, ward="99") for one in some if one])
    began = time.perf_counter()
    with book.writing() as page:
        reference.put_consumers(
            page, [replace(consumer, name_hi="झुमरीलाल टटोल्कर", name_en="Jhumrilal Tatolkar")]
        )
    with book.reading() as connection:
        found = search(connection, book.words, "jhumrilal tatolkar", (), SHOWN)
    took = time.perf_counter() - began
    assert [row.number for row in found.rows][:1] == [consumer.number]
    return Figure("change_findable_s", took, "s", 1)


def _cpu(job: Callable[[], object]) -> float:
    """Milliseconds of this thread's CPU."""
    began = time.thread_time()
    job()
    return (time.thread_time() - began) * 1000
