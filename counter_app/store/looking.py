"""A look at the records for whoever repairs a machine: how they stand and how much there is, of nobody."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from counter_app.domain.clock import Doubt
from counter_app.domain.refusals import KeyMissing
from counter_app.domain.value import value
from counter_app.store import backup, centre, clock, journal
from counter_app.store.backup import Standing
from counter_app.store.book import FILE, Book
from counter_app.store.engine import Connection, Connections, blamed, whole_tables, wrong_key
from counter_app.store.held import held_entries
from counter_app.store.keys import Keys
from counter_app.store.migrate import STEPS, version_of
from counter_app.store.tables import OWN, PROJECTION, REFERENCE

NEWEST_VERSION = len(STEPS)


@value
class Records:
    """How a counter's records stand.

    ``damage`` is what their check stumbled over, empty when all is well. ``copies``: what lies in each place
    chosen for copies. ``held`` are own entries that wait for a person at the centre; ``rows``: how many each
    table has.
    """

    damage: str
    doubt: Doubt | None
    copies: tuple[Standing, ...]
    enrolled: bool
    entries: int
    unsent: int
    held: int
    rows: dict[str, int]


def version(folder: Path, keys: Keys) -> int:
    """The version of the database in a folder; ``KeyMissing``, ``StoreNewer``, ``StoreDamaged``."""
    connections = Connections(folder / FILE, keys.database, "ro")
    try:
        with blamed(folder):
            try:
                with connections.reader() as connection:
                    return version_of(connection)
            except DBAPIError as fault:
                if wrong_key(fault):
                    raise KeyMissing from fault
                raise
    finally:
        connections.close()


def look(folder: Path, keys: Keys, program: str, now: datetime) -> Records:
    """Look at records of this program's own version; also beside the window. Refuses as ``Book.open``."""
    opened = Book.open(folder, keys, program=program, now=now, reading_only=True)
    with closing(opened) as book, whole_tables(), book.reading() as connection:
        head, enrolled = journal.head(connection), centre.centre(connection) is not None
        return Records(
            damage=book.start.damage,
            doubt=clock.standing(connection, book.clocks(now), head.clocks if head else None),
            copies=tuple(backup.standing(book, place) for place in backup.places(connection)),
            enrolled=enrolled,
            entries=journal.count(connection),
            unsent=centre.unsent_count(connection) if enrolled else 0,
            held=len(held_entries(connection, book.device)),
            rows=_rows(connection),
        )


def _rows(connection: Connection) -> dict[str, int]:
    tables = [table for known in (OWN, PROJECTION, REFERENCE) for table in known.sorted_tables]
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in tables
    }
