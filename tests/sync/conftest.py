"""A book with an office in it, and a centre it may be enrolled at."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.store.book import Book
from tests.store.office import create
from tests.sync.centre import Centre, centre_at


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    book = create(tmp_path / "counter")
    yield book
    book.close()


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    with centre_at(tmp_path) as made:
        yield made
