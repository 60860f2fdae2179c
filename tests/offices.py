"""Offices for tests: the demo office, made small once, copied for each test; a desk and a session at it."""

import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from uuid import UUID, uuid4

from counter_app import __version__, demo
from counter_app.desk import sign_in
from counter_app.desk.desk import Desk
from counter_app.desk.rules import load_rules
from counter_app.domain.people import Session
from counter_app.store import reference
from counter_app.store.book import Book
from counter_app.store.keys import demo_keys

NOW = datetime(2026, 3, 12, 6, 13, 8, tzinfo=UTC)
"""A Thursday forenoon in Navgram: 12/03/2026 11:43 in India."""
RULES = load_rules()
"""Read once: each desk of a test works by the same."""


@cache
def pattern(consumers: int = 120, seed: int = 7, now: datetime = NOW) -> Path:
    """The folder of a demo office, made once a test run; copy it, never open it."""
    folder = Path(mkdtemp(prefix="counter-office-"))
    demo.make(folder / "office", consumers=consumers, seed=seed, now=now)
    return folder / "office"


def copied(to: Path, consumers: int = 120, seed: int = 7, now: datetime = NOW) -> Path:
    """A fresh copy of the demo office below ``to``."""
    return Path(shutil.copytree(pattern(consumers, seed, now), to / "office"))


def open_desk(folder: Path, now: datetime = NOW) -> Desk:
    """The desk at an office's folder, as the program opens it. The caller closes ``desk.book``."""
    book = Book.open(folder, demo_keys(folder), program=__version__, now=now, steady=None)
    return Desk(book, RULES, book.office)


def signed_in(desk: Desk, code: str = demo.CASHIER, now: datetime = NOW, act: UUID | None = None) -> Session:
    """Someone of the demo office signed in by password."""
    return sign_in.sign_in(desk, code, demo.PASSWORD, act or uuid4(), now)


def some_consumers(desk: Desk, count: int) -> tuple[str, ...]:
    """Numbers of the first consumers that have a bill with something payable, oldest number first."""
    with desk.book.reading() as connection:
        numbers = demo.numbers(connection)
        return tuple(n for n in numbers if reference.bill(connection, n) is not None)[:count]
