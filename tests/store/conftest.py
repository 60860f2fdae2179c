from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.store.book import Book
from tests.store.office import create


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = create(tmp_path)
    yield made
    made.close()
