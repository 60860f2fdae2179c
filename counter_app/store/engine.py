"""Connections to the encrypted database, their settings, and who is to blame when it fails.

One connection writes and does every checkpoint; readers are opened read-only by the file system's
own flag, so that not even a mistake writes through them. WAL with ``synchronous=EXTRA``: nothing
weaker survives a power cut (EXTRA must be set before the file first becomes WAL).
"""

import errno
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import create_engine
from sqlalchemy.engine import Connection as Connection
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import NullPool
from sqlalchemy.sql.compiler import Compiled
from sqlalchemy.util import LRUCache

from counter_app.domain.refusals import DiskFailed, DiskFull, Refused, StoreDamaged, StoreTooOld
from counter_app.progress import Watch

OLDEST_SQLITE = (3, 51, 3)  # older libraries can lose commits when the WAL is reset
# A connection's pages in the clear. Searching decrypts the same pages again and again: a keystroke is
# three times as quick with room for them; it is filled only as it is used.
CACHE_KIB = 2048
READING_CACHE_KIB = 24 * 1024
CHECKPOINT_PAGES = 1000

_MIB = 1 << 20
_NEARLY_FULL = 8 * _MIB
_LARGEST_LOG = 16 * _MIB
_READERS_KEPT = 3
_READERS_END = 10
_BEGUN = "SELECT 1 FROM sqlite_master LIMIT 1"
_STEP = 500  # pages that are copied before anybody is told, or may stop it
# A statement becomes SQL once in a process, whoever reads or writes it in which file.
_COMPILED: LRUCache[Any, Compiled] = LRUCache(1000)

SQLITE_ERROR = 1  # a statement that does not fit the tables that are there
_CORRUPT, _FULL, _NOT_A_DATABASE, _CANNOT_OPEN = 11, 13, 26, 14
_DISK_CODES = frozenset({3, 5, 6, 8, 10, _CANNOT_OPEN})  # permission, busy, locked, read-only, I/O, open


class Connections:
    """The connections of one database file; ``mode`` is "rwc" (make it), "rw" or "ro"."""

    def __init__(self, file: Path, key: bytes, mode: str) -> None:
        self._file, self._key = file, key
        self._writer_engine = _engine(file, key, mode)
        self._reader_engine = _engine(file, key, "ro")
        self._writer: Connection | None = None
        self._idle: list[Connection] = []
        self._reading = 0
        self._closed = False
        self._change = threading.Condition()

    def writer(self) -> Connection:
        """The one connection that writes, its settings proved. Only one thread may hold it."""
        if self._writer is None:
            self._demand_open()
            connection = self._writer_engine.connect()
            try:
                prove(connection)
            except BaseException:
                connection.close()
                raise
            self._writer = connection
        return self._writer

    @contextmanager
    def reader(self) -> Iterator[Connection]:
        """A read-only connection with one consistent view; any thread, any number."""
        with self._change:
            self._demand_open()
            self._reading += 1
            connection = self._idle.pop() if self._idle else None
        try:
            if connection is None:
                connection = self._reader_engine.connect()
            connection.exec_driver_sql("BEGIN")
            try:
                yield connection
            finally:
                connection.rollback()
            with self._change:
                if len(self._idle) < _READERS_KEPT:
                    self._idle.append(connection)
                    connection = None
        finally:
            if connection is not None:
                connection.close()
            with self._change:
                self._reading -= 1
                self._change.notify_all()

    def copy_into(self, file: Path, watch: Watch) -> None:
        """Copy the database as it is at this moment into an empty file that stands alone, under the same key.

        Whoever writes meanwhile does not wait. ``watch`` is told how many pages of how many are there; an
        exception out of it stops the copy. ``StoreDamaged`` when it cannot be read, OSError (ENOSPC, EIO)
        when the file takes no more.
        """

        def told(_state: int, left: int, pages: int) -> None:
            watch(pages - left, pages)

        with self.reader() as connection:
            connection.exec_driver_sql(_BEGUN)  # the view of this moment lasts from one step to the next
            source = connection.connection.dbapi_connection
            assert isinstance(source, sqlcipher.Connection)
            target = _connected(file, self._key, "rw")
            try:
                source.backup(target, pages=_STEP, progress=told)
                target.execute("PRAGMA journal_mode = DELETE")
            except sqlcipher.Error as fault:
                code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
                if code in {_CORRUPT, _NOT_A_DATABASE}:
                    raise StoreDamaged(str(fault)) from fault
                raise OSError(errno.ENOSPC if code == _FULL else errno.EIO, str(fault)) from fault
            finally:
                target.close()

    @contextmanager
    def beside(self, file: Path) -> Iterator[Connection]:
        """Another file under the same key, only to be looked at."""
        other = Connections(file, self._key, "ro")
        try:
            with other.reader() as connection:
                yield connection
        finally:
            other.close()

    def drop_writer(self) -> None:
        """Close a writing connection that is of no use any more; what it had not committed is gone."""
        if self._writer is not None:
            writer, self._writer = self._writer, None
            writer.close()

    def close(self) -> None:
        """Let go of everything for good: whoever asks for a connection afterwards is at fault."""
        self.let_go()
        self._closed = True

    def let_go(self) -> None:
        """Close everything, readers first: the writer's closing then empties and removes the WAL.

        Waits for reads that are under way. After a failed commit this is what makes the outcome
        certain: with no connection left, the next one reads the file itself, not shared memory.
        """
        with self._change:
            if not self._change.wait_for(lambda: not self._reading, _READERS_END):
                raise DiskFailed
            for connection in self._idle:
                connection.close()
            self._idle.clear()
            self.drop_writer()

    def _demand_open(self) -> None:
        if self._closed:
            raise RuntimeError("the book is closed")


def prove(connection: Connection) -> None:
    """``StoreTooOld`` or ``DiskFailed`` unless library and settings are those that survive a power cut."""
    if sqlite_version() < OLDEST_SQLITE:
        raise StoreTooOld
    wanted = {"synchronous": 3, "journal_mode": "wal", "foreign_keys": 1, "mmap_size": 0}
    for setting, value in wanted.items():
        if connection.exec_driver_sql(f"PRAGMA {setting}").scalar() != value:
            raise DiskFailed
    connection.rollback()


def sqlite_version() -> tuple[int, int, int]:
    """The version of the SQLite inside the database library."""
    major, minor, patch = map(int, sqlcipher.sqlite_version.split("."))
    return major, minor, patch


def free_bytes(folder: Path) -> int:
    """Free space where the database lies; ``DiskFailed`` when even that cannot be asked."""
    try:
        return shutil.disk_usage(folder).free
    except OSError as fault:
        raise DiskFailed from fault


@contextmanager
def blamed(folder: Path) -> Iterator[None]:
    """Turn the database's failures into refusals; a broken uniqueness stays what it is."""
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as fault:
        refusal = refusal_of(fault, folder)
        if refusal is None:
            raise
        raise refusal from fault


def refusal_of(fault: DBAPIError, folder: Path) -> Refused | None:
    """The refusal that a database error stands for; None when the program is to blame."""
    code = error_code(fault)
    if code == _FULL:
        return DiskFull(free_bytes(folder) // _MIB)
    if code in _DISK_CODES:
        free = free_bytes(folder)
        return DiskFull(free // _MIB) if free < _NEARLY_FULL else DiskFailed()
    if code in {_CORRUPT, _NOT_A_DATABASE}:
        return StoreDamaged(str(fault.orig))
    return None


@contextmanager
def whole_tables() -> Iterator[None]:
    """A statement that cannot even be prepared while a book is opened: tables are missing or others."""
    try:
        yield
    except DBAPIError as fault:
        if error_code(fault) == SQLITE_ERROR:
            raise StoreDamaged("tables") from fault
        raise


def wrong_key(fault: DBAPIError) -> bool:
    """Whether the file cannot be read with this key (or is no database at all)."""
    return error_code(fault) == _NOT_A_DATABASE


def error_code(fault: DBAPIError) -> int:
    """The primary result code of SQLite; 0 when there is none."""
    return int(getattr(fault.orig, "sqlite_errorcode", 0)) & 0xFF


def _engine(file: Path, key: bytes, mode: str) -> Engine:
    def connect() -> sqlcipher.Connection:
        connection = _connected(file, key, mode)
        try:
            if mode != "ro":
                connection.execute("PRAGMA synchronous = EXTRA")
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("PRAGMA recursive_triggers = ON")
                connection.execute(f"PRAGMA journal_size_limit = {_LARGEST_LOG}")
                connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
            connection.execute("PRAGMA mmap_size = 0")
            connection.execute("PRAGMA temp_store = MEMORY")
            cache = READING_CACHE_KIB if mode == "ro" else CACHE_KIB
            connection.execute(f"PRAGMA cache_size = -{cache}")
        except BaseException:
            connection.close()
            raise
        return connection

    like = _pattern()
    kept = {"compiled_cache": _COMPILED}
    return Engine(NullPool(connect, dialect=like.dialect), like.dialect, like.url, execution_options=kept)


@cache
def _pattern() -> Engine:
    """What engines are made like: one dialect for all files, which has asked the library what it can."""
    pattern = create_engine("sqlite://", module=sqlcipher, poolclass=NullPool)
    pattern.connect().close()
    return pattern


def _connected(file: Path, key: bytes, mode: str) -> sqlcipher.Connection:
    """A bare connection that has the key and no settings yet."""
    address = f"{file.absolute().as_uri()}?mode={mode}"
    connection = sqlcipher.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    except BaseException:
        connection.close()
        raise
    return connection
