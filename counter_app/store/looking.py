"""A look at the records for whoever repairs a machine: how they stand, of nobody."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from counter_app.domain.clock import Doubt
from counter_app.domain.refusals import KeyNotFitting
from counter_app.domain.value import value
from counter_app.store import backup, clock, journal
from counter_app.store.backup import Standing
from counter_app.store.book import FILE, Book
from counter_app.store.engine import Connections, blamed, whole_tables, wrong_key
from counter_app.store.keys import Keys
from counter_app.store.migrate import STEPS, version_of

NEWEST_VERSION = len(STEPS)


@value
class Records:
    """How a counter's records stand.

    ``damage`` is what their check stumbled over, empty when all is well. ``copies``: what lies in each place
    chosen for copies.
    """

    damage: str
    doubt: Doubt | None
    copies: tuple[Standing, ...]
    entries: int


def version(folder: Path, keys: Keys) -> int:
    """The version of the database in a folder; ``KeyNotFitting``, ``StoreNewer``, ``StoreDamaged``."""
    connections = Connections(folder / FILE, keys.database, "ro")
    try:
        with blamed(folder):
            try:
                with connections.reader() as connection:
                    return version_of(connection)
            except DBAPIError as fault:
                if wrong_key(fault):
                    raise KeyNotFitting from fault
                raise
    finally:
        connections.close()


def look(folder: Path, keys: Keys, program: str, now: datetime) -> Records:
    """Look at records of this program's own version; also beside the window. Refuses as ``Book.open``."""
    opened = Book.open(folder, keys, program=program, now=now, reading_only=True)
    with closing(opened) as book, whole_tables(), book.reading() as connection:
        head = journal.head(connection)
        return Records(
            damage=book.start.damage,
            doubt=clock.standing(connection, book.clocks(now), head.clocks if head else None),
            copies=tuple(backup.standing(book, place) for place in backup.places(connection)),
            entries=journal.count(connection),
        )
