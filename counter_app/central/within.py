"""A central store by its address, for commands: what of it this program works with, and what it refuses."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from counter_app.central import database, steps
from counter_app.central.database import Database, Transaction, retried
from counter_app.central.tables import VERSION
from counter_app.domain.central_refusals import (
    CentreBehind,
    CentreMissing,
    CentreNewer,
    CentreOlder,
    DatabaseSilent,
    DatabaseUrlWrong,
)

T = TypeVar("T")


@contextmanager
def reached(url: str) -> Iterator[Database]:
    """A database, closed in the end. ``DatabaseUrlWrong``, ``DatabaseSilent``."""
    try:
        opened = database.opened(url)
    except database.UrlUnknown:
        raise DatabaseUrlWrong from None
    try:
        yield opened
    except database.Unavailable:
        raise DatabaseSilent(database.told(url)) from None
    finally:
        opened.close()


@contextmanager
def centre_at(url: str) -> Iterator[Database]:
    """The database of a central store of this program's form; ``CentreBehind`` and what ``form`` refuses."""
    with reached(url) as opened:
        retried(opened, lambda transaction: _look(transaction, url))
        yield opened


def in_centre(url: str, work: Callable[[Transaction], T]) -> T:
    """Do something in one transaction of a central store of this program's form."""

    def look_first(transaction: Transaction) -> T:
        _look(transaction, url)
        return work(transaction)

    with reached(url) as opened:
        return retried(opened, look_first)


def form(transaction: Transaction, url: str) -> int:
    """Of which form a central store is, where steps lead from it to this program's. ``CentreMissing``,
    ``CentreOlder``, ``CentreNewer``.
    """
    found = steps.version(transaction)
    if found is None:
        raise CentreMissing(database.told(url))
    if found < steps.OLDEST:
        raise CentreOlder(database.told(url))
    if found > VERSION:
        raise CentreNewer(database.told(url))
    return found


def _look(transaction: Transaction, url: str) -> None:
    if form(transaction, url) < VERSION:
        raise CentreBehind(database.told(url))
