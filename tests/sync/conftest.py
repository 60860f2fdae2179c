"""A book with an office in it, and a centre it may be enrolled at."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter_app.store import centre as store
from counter_app.store.book import Book
from counter_app.sync.enrol import enrol
from tests.store.office import create
from tests.sync.centre import CODE, Centre, centre_at
from tests.sync.steps import Counter, clock

Step = Callable[..., Counter]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    book = create(tmp_path / "counter")
    yield book
    book.close()


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    with centre_at(tmp_path) as made:
        yield made


@pytest.fixture
def step() -> Iterator[Step]:
    """Makes counters that go turn by turn; their connections end with the test."""
    made: list[Counter] = []

    def one(book: Book, at: store.Centre) -> Counter:
        made.append(Counter(book, at))
        return made[-1]

    yield one
    for each in made:
        each.end()


@pytest.fixture
def counter(step: Step, book: Book, centre: Centre) -> Counter:
    """The book's counter, enrolled."""
    return step(book, enrol(book, centre.url, CODE, centre.certificate, clock()))
