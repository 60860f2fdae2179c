"""The database behind the central store: PostgreSQL through psycopg, or one SQLite file, by URL.

Statements are written once, with SQLAlchemy Core, and compiled once for each of the two; they run through
the database's own module, on connections that are opened when they are needed and kept.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

import psycopg
import sqlcipher3.dbapi2 as sqlcipher
from psycopg.pq import PipelineStatus
from sqlalchemy import LargeBinary, Table, bindparam, insert
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.elements import BindParameter, ColumnElement

from counter_app.central.connections import Connections
from counter_app.central.tables import TABLES, VERSION, facts

Row = tuple[Any, ...]
T = TypeVar("T")

ATTEMPTS = 6


class Unavailable(Exception):
    """The database is not there, or takes nothing now. What became of the transaction is not known."""


class Occupied(Unavailable):
    """Something is kept by another transaction for too long, or takes too long itself. All is undone."""


class UrlUnknown(Exception):
    """An address of no database that the central store runs on."""


class Conflict(Exception):
    """The database did not take these values, perhaps only not beside others. All is undone."""


class _Among(ColumnElement[bool]):
    """Whether a column is one of many values, given as one parameter. Texts, numbers or bytes."""

    inherit_cache = False

    def __init__(self, what: ColumnElement[Any], name: str) -> None:
        self.what, self.name = what, name


def among(what: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """``what`` is one of the values of the list parameter ``name``."""
    return _Among(what, name)


@compiles(_Among, "postgresql")
def _among_postgresql(element: _Among, compiler: Any, **options: Any) -> str:
    kind = compiler.dialect.type_compiler_instance.process(element.what.type)
    # "b": as PostgreSQL has them itself. As text each value would be looked through for signs first.
    return f"{compiler.process(element.what, **options)} = ANY (%({element.name})b::{kind}[])"


@compiles(_Among, "sqlite")
def _among_sqlite(element: _Among, compiler: Any, **options: Any) -> str:
    value = "unhex(value)" if isinstance(element.what.type, LargeBinary) else "value"
    left = compiler.process(element.what, **options)
    return f"{left} IN (SELECT {value} FROM json_each(:{element.name}))"  # noqa: S608 - names of this program


class Transaction(Protocol):
    """One transaction: statements in, plain rows out. ``blob``: what the database calls bytes."""

    blob: str

    def rows(self, statement: ClauseElement, values: dict[str, Any]) -> list[Row]:
        """Run a statement that gives rows. Lists are parameters of ``among``."""

    def rows_each(self, statements: Sequence[ClauseElement], values: dict[str, Any]) -> list[list[Row]]:
        """Run statements that give rows with the same values, at once."""

    def do(self, statement: ClauseElement, values: dict[str, Any]) -> None:
        """Run a statement that gives none."""

    def do_each(self, statement: ClauseElement, values: Sequence[dict[str, Any]]) -> None:
        """Run a statement that gives none with each of these values."""

    def fill(self, table: Table, rows: Sequence[Row]) -> None:
        """Add whole rows to a table, their columns in the table's order."""

    def has(self, table: Table) -> bool:
        """Whether there is such a table."""


class Database(Protocol):
    """A database by its URL."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Committed at its end, undone when something is raised in it. ``Unavailable``, ``Conflict``."""

    def view(self) -> AbstractContextManager[Transaction]:
        """All of one moment, for reading only, as long as it takes; nobody waits for it. ``Unavailable``."""

    def looking(self) -> AbstractContextManager[Transaction]:
        """For reading only, without what a transaction costs: each statement by itself. ``Unavailable``."""

    def close(self) -> None:
        """Let go of all connections."""


def opened(url: str, *, serving: bool = False) -> Database:
    """The database of ``postgresql[+psycopg]://…`` or ``sqlite:///path``. ``UrlUnknown``.

    ``serving``: others wait for who asks, so nothing is waited for long; rather ``Occupied``.
    """
    try:
        parts = make_url(url)
    except ArgumentError:
        raise UrlUnknown from None
    if parts.drivername in {"postgresql", "postgresql+psycopg"}:
        plain = parts.set(drivername="postgresql").render_as_string(hide_password=False)
        return _Postgres(plain, _SETTINGS + _SERVING if serving else _SETTINGS)
    if parts.drivername == "sqlite" and parts.database:
        return _Sqlite(Path(parts.database))
    raise UrlUnknown


def told(url: str) -> str:
    """A URL as it may be shown and logged: without its password."""
    return make_url(url).render_as_string(hide_password=True)


def retried(database: Database, work: Callable[[Transaction], T]) -> T:
    """Do work in one transaction; again when the database asks for it. ``Unavailable``, ``Conflict``.

    The work must come to the same when it is done twice: after a broken commit nobody knows.
    """
    return _again(database.transaction, work)


def looked(database: Database, work: Callable[[Transaction], T]) -> T:
    """Do work that only reads; again when the database asks for it. ``Unavailable``, ``Conflict``."""
    return _again(database.looking, work)


def _again(begun: Callable[[], AbstractContextManager[Transaction]], work: Callable[[Transaction], T]) -> T:
    for attempt in range(ATTEMPTS):
        try:
            with begun() as transaction:
                return work(transaction)
        except Occupied:
            raise
        except (Unavailable, Conflict):
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError


def create(transaction: Transaction) -> None:
    """Make all tables in a database that has none of them."""
    for table in TABLES.sorted_tables:
        transaction.do(CreateTable(table), {})
        for index in table.indexes:
            transaction.do(CreateIndex(index), {})
    transaction.fill(facts, [("version", str(VERSION))])


# -- both ------------------------------------------------------------------------------------------


@cache
def _said(statement: ClauseElement, dialect: Dialect) -> tuple[str, dict[str, Any]]:
    """The text of a statement and the values that stand in it already; made once for each constant."""
    compiled = statement.compile(dialect=dialect)
    binds: Mapping[str, BindParameter[Any]] = getattr(compiled, "binds", {})
    return str(compiled), {name: bind.value for name, bind in binds.items() if not bind.required}


@cache
def _insertion(table: Table) -> ClauseElement:
    return insert(table).values({one.name: bindparam(one.name, type_=one.type) for one in table.columns})


# -- PostgreSQL ------------------------------------------------------------------------------------

_POSTGRES: Dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]
_COPIED = {
    "LargeBinary": "bytea", "String": "text", "BigInteger": "int8", "Integer": "int4", "Boolean": "bool",
}  # fmt: skip
_AGAIN = {"40001", "40P01"}
_KEPT = {"55P03", "57014"}
# Whoever waits for a row sees, once it is free, what was committed meanwhile.
_SETTINGS = r"-c synchronous_commit=on -c default_transaction_isolation=read\ committed"
# Every statement goes by a key, whatever the values; to plan one each time takes longer than to run it.
_SERVING = " -c plan_cache_mode=force_generic_plan -c lock_timeout=2s -c statement_timeout=10s"
_SERVING += " -c idle_in_transaction_session_timeout=30s"
# Only where can be written, and gone soon when the other machine is: a replica's feeds would go backwards.
_LINE: dict[str, Any] = {
    "connect_timeout": 5, "target_session_attrs": "read-write", "tcp_user_timeout": 15_000,
    "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3,
}  # fmt: skip
_READ_ONLY = (b"in_hot_standby", b"default_transaction_read_only")


class _PostgresTransaction:
    blob = "BYTEA"

    def __init__(self, connection: "psycopg.Connection[Row]", sent: ExitStack) -> None:
        self._connection, self._sent = connection, sent
        # To make one costs as much as a small statement.
        self._asking, self._doing = connection.cursor(binary=True), connection.cursor()

    def rows(self, statement: ClauseElement, values: dict[str, Any]) -> list[Row]:
        text, said = _said(statement, _POSTGRES)
        return self._asking.execute(text.encode(), said | values).fetchall()

    def rows_each(self, statements: Sequence[ClauseElement], values: dict[str, Any]) -> list[list[Row]]:
        self.run_on()
        asking = [self._connection.cursor(binary=True) for _ in statements]
        for cursor, (text, said) in zip(asking, (_said(one, _POSTGRES) for one in statements), strict=True):
            cursor.execute(text.encode(), said | values)
        return [cursor.fetchall() for cursor in asking]

    def run_on(self) -> None:
        """Let no statement wait for the one before it; the next that gives rows does."""
        if self._connection.pgconn.pipeline_status == PipelineStatus.OFF:
            self._sent.enter_context(self._connection.pipeline())

    def do(self, statement: ClauseElement, values: dict[str, Any]) -> None:
        text, said = _said(statement, _POSTGRES)
        self.run_on()
        self._doing.execute(text.encode(), said | values)

    def do_each(self, statement: ClauseElement, values: Sequence[dict[str, Any]]) -> None:
        if len(values) == 1:
            self.do(statement, values[0])
        elif values:
            text, said = _said(statement, _POSTGRES)
            self._doing.executemany(text.encode(), [said | one for one in values])

    def fill(self, table: Table, rows: Sequence[Row]) -> None:
        if len(rows) == 1:
            self.do(_insertion(table), dict(zip(table.columns.keys(), rows[0], strict=True)))
        elif rows:
            self._sent.close()
            with self._connection.cursor() as cursor, cursor.copy(_copying(table)) as copy:
                copy.set_types([_COPIED[type(one.type).__name__] for one in table.columns])
                for row in rows:
                    copy.write_row(row)

    def has(self, table: Table) -> bool:
        found = self._connection.execute("SELECT to_regclass(%s) IS NOT NULL", (table.name,)).fetchone()
        return bool(found and found[0])


@cache
def _copying(table: Table) -> bytes:
    names = ", ".join(f'"{one.name}"' for one in table.columns)
    return f"COPY {table.name} ({names}) FROM STDIN (FORMAT BINARY)".encode()


class _Postgres:
    def __init__(self, url: str, settings: str) -> None:
        def connect() -> "psycopg.Connection[Row]":
            return psycopg.connect(url, autocommit=True, options=settings, **_LINE)

        self._connections = Connections(connect)

    def transaction(self) -> AbstractContextManager[Transaction]:
        return self._begun(b"BEGIN")

    def view(self) -> AbstractContextManager[Transaction]:
        return self._begun(b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    @contextmanager
    def _begun(self, beginning: bytes) -> Iterator[Transaction]:
        with self._connection() as connection, ExitStack() as sent:
            begun = _PostgresTransaction(connection, sent)
            begun.run_on()
            connection.execute(beginning)
            yield begun
            connection.execute(b"COMMIT")

    @contextmanager
    def looking(self) -> Iterator[Transaction]:
        with self._connection() as connection, ExitStack() as sent:
            yield _PostgresTransaction(connection, sent)

    @contextmanager
    def _connection(self) -> Iterator["psycopg.Connection[Row]"]:
        try:
            with self._connections.one() as connection:
                if any(connection.pgconn.parameter_status(one) == b"on" for one in _READ_ONLY):
                    raise psycopg.errors.ReadOnlySqlTransaction
                yield connection
        except (psycopg.IntegrityError, psycopg.DataError) as fault:
            raise Conflict(type(fault).__name__) from fault
        except psycopg.Error as fault:
            if fault.sqlstate in _KEPT:
                raise Occupied(type(fault).__name__) from fault
            if fault.sqlstate not in _AGAIN:
                # Where one is broken, the others most likely are.
                self._connections.close()
            raise Unavailable(type(fault).__name__) from fault

    def close(self) -> None:
        self._connections.close()


# -- SQLite ----------------------------------------------------------------------------------------

_SQLITE = SQLiteDialect_pysqlite(paramstyle="named")
_WAIT_MS = 20_000


class _SqliteTransaction:
    blob = "BLOB"

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def rows_each(self, statements: Sequence[ClauseElement], values: dict[str, Any]) -> list[list[Row]]:
        return [self.rows(statement, values) for statement in statements]

    def rows(self, statement: ClauseElement, values: dict[str, Any]) -> list[Row]:
        text, said = _said(statement, _SQLITE)
        found: list[Row] = self._connection.execute(text, said | _listed(values)).fetchall()
        return found

    def do(self, statement: ClauseElement, values: dict[str, Any]) -> None:
        text, said = _said(statement, _SQLITE)
        self._connection.execute(text, said | _listed(values))

    def do_each(self, statement: ClauseElement, values: Sequence[dict[str, Any]]) -> None:
        text, said = _said(statement, _SQLITE)
        self._connection.executemany(text, [said | _listed(one) for one in values])

    def fill(self, table: Table, rows: Sequence[Row]) -> None:
        names = table.columns.keys()
        whole = [dict(zip(names, row, strict=True)) for row in rows]
        self._connection.executemany(_said(_insertion(table), _SQLITE)[0], whole)

    def has(self, table: Table) -> bool:
        asked = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
        return bool(self._connection.execute(asked, (table.name,)).fetchall())


def _listed(values: dict[str, Any]) -> dict[str, Any]:
    """Lists go as JSON, bytes in them as hexadecimal text."""
    return {
        name: json.dumps([one.hex() if isinstance(one, bytes) else one for one in value])
        if isinstance(value, list) else value
        for name, value in values.items()
    }  # fmt: skip


class _Sqlite:
    def __init__(self, file: Path) -> None:
        def connect() -> Any:
            connection = sqlcipher.connect(str(file), isolation_level=None, check_same_thread=False)
            connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
            connection.execute("PRAGMA synchronous = EXTRA")
            connection.execute("PRAGMA journal_mode = WAL")
            return connection

        self._connections = Connections(connect)

    def transaction(self) -> AbstractContextManager[Transaction]:
        return self._begun("BEGIN IMMEDIATE")

    def view(self) -> AbstractContextManager[Transaction]:
        return self._begun("BEGIN")

    looking = view

    @contextmanager
    def _begun(self, beginning: str) -> Iterator[Transaction]:
        try:
            with self._connections.one() as connection:
                connection.execute(beginning)
                yield _SqliteTransaction(connection)
                connection.execute("COMMIT")
        except (sqlcipher.IntegrityError, sqlcipher.DataError, OverflowError) as fault:
            raise Conflict(type(fault).__name__) from fault
        except sqlcipher.Error as fault:
            raise Unavailable(type(fault).__name__) from fault

    def close(self) -> None:
        self._connections.close()
