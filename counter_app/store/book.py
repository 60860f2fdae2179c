"""The book of the counter: opened and proved, read by anybody, written one page at a time.

``with book.writing() as page`` is the only commit there is. Print, show and say "recorded" only
after it has been left.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from counter_app.domain.acts import SegmentOpened
from counter_app.domain.clock import Reading
from counter_app.domain.days import from_millis
from counter_app.domain.office import Office
from counter_app.domain.refusals import (
    DiskFailed,
    DiskFull,
    FileUnreadable,
    KeyNotFitting,
    OutcomeUnknown,
    Refused,
    StoreBehind,
    StoreDamaged,
)  # fmt: skip
from counter_app.machine import Steady, steady
from counter_app.progress import Watch
from counter_app.store import clock, engine, journal, reference
from counter_app.store.anchor import Anchor, Anchored, read_anchor
from counter_app.store.complaint_states import state_all, states_are_old
from counter_app.store.engine import Connections, blamed, free_bytes, whole_tables
from counter_app.store.facts import OFFICE, PUBLIC_KEY, fact, put_fact
from counter_app.store.journal import Pen
from counter_app.store.keys import Keys
from counter_app.store.lock import InstanceLock
from counter_app.store.migrate import migrate, version_of
from counter_app.store.page import Page as Page
from counter_app.store.projected import last_serials
from counter_app.store.reference import office_body
from counter_app.store.replacing import READY, finish
from counter_app.store.seal import Seal
from counter_app.store.start import BEHIND, ENTRIES_CHECKED, StartReport, examine
from counter_app.store.upgrading import upgrade
from counter_app.store.words_index import WordIndex, index_words_again, words_are_old
from counter_app.whole_file import make_private

FILE = "counter.db"
ROOM_FOR_MONEY_MB = 200

_MIB = 1 << 20

SteadyClock = Callable[[], Steady]


class Book:
    """An open book; made by ``create`` and ``open``. ``start`` says what opening found.

    ``after_record`` is called, in the writing thread, whenever something new stands in the journal.
    """

    start: StartReport
    office: Office

    def __init__(
        self, folder: Path, keys: Keys, *, program: str, mode: str, steady: SteadyClock | None
    ) -> None:
        self.folder = folder
        self._reason = ""
        self._steady = steady
        self.program = program
        self.anchor_kept = True
        self.last_entry_at: datetime | None = None
        self.after_record: Callable[[], None] = lambda: None
        self.words = WordIndex()
        self._proven = False
        self._reading_only = mode == "ro"
        self._clean = not _wal(folder).exists()
        self._seal = Seal(keys.device)
        self._pen = Pen(self._seal)
        self._writing = threading.Lock()
        self._written_by: int | None = None
        self._lock = None if self._reading_only else InstanceLock(folder)
        self._anchor: Anchor | None = None
        self._connections = Connections(folder / FILE, keys.database, mode)

    @classmethod
    def exists(cls, folder: Path) -> bool:
        """Whether a book lies in the folder."""
        return (folder / FILE).exists() or (folder / READY / FILE).exists()

    @classmethod
    def create(
        cls,
        folder: Path,
        keys: Keys,
        office: Office,
        *,
        program: str,
        now: datetime,
        steady: SteadyClock | None = steady,
    ) -> "Book":
        """Make a new book that knows the office only, and open it; FileExistsError when there is one.

        ``steady`` as for ``open``.
        """
        if cls.exists(folder):
            raise FileExistsError(folder / FILE)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise DiskFailed from fault
        book = cls(folder, keys, program=program, mode="rwc", steady=steady)
        with book._closing_on_failure(), blamed(folder):
            make_private(folder / FILE)
            writer = book._connections.writer()
            migrate(writer)
            writer.exec_driver_sql("BEGIN IMMEDIATE")
            put_fact(writer, PUBLIC_KEY, book.public_key)
            put_fact(writer, OFFICE, office_body(office))
            writer.commit()
            book._begin(now)
        return book

    @classmethod
    def open(
        cls,
        folder: Path,
        keys: Keys,
        *,
        program: str,
        now: datetime,
        reading_only: bool = False,
        reason: str = "",
        steady: SteadyClock | None = steady,
    ) -> "Book":
        """Open a book and prove it.

        Refuses with ``AlreadyRunning``, ``KeyNotFitting``, ``StoreNewer``,
        ``StoreTooOld``, ``StoreDamaged``, ``StoreBehind``, ``DiskFailed``, or ``FileUnreadable``.
        ``reading_only`` takes no lock, changes nothing, and opens a damaged book as far as it can be read.
        ``steady`` is what the wall's clock is judged by; None where times are told, not measured. ``reason``
        is what the journal shall say of this start, where it is no usual one.
        """
        if not reading_only:
            finish(folder)
        if not cls.exists(folder):
            raise FileUnreadable(FILE)
        book = cls(folder, keys, program=program, mode="ro" if reading_only else "rw", steady=steady)
        book._reason = reason
        with book._closing_on_failure(), blamed(folder), whole_tables():
            book._prove_key()
            if not reading_only:
                upgrade(book._connections, folder / FILE)
            book._begin(now)
        return book

    # -- the book itself ---------------------------------------------------------------------------------

    @property
    def segment(self) -> int:
        """The segment of this program run."""
        return self._pen.segment

    def begin_segment(self, left: int) -> None:
        """Somebody else writes in a segment as well: leave it, if it is the present one."""
        with self._writing:
            if self._pen.segment == left:
                self._pen.begin()

    def salts_of(self, segment: int) -> bytes:
        """What the salts of a segment are drawn from; empty once its program run is over."""
        return self._pen.salts if segment == self._pen.segment else b""

    def sign(self, message: bytes) -> bytes:
        """This counter's signature of a message, 64 bytes."""
        return self._seal.sign(message)

    def agree(self, other: bytes) -> bytes:
        """What opens something that was sealed to this counter."""
        return self._seal.agree(other)

    @property
    def device(self) -> UUID:
        """Who this counter is in its entries."""
        return self._seal.device

    @property
    def public_key(self) -> bytes:
        """What this counter's signatures are checked with, 32 bytes."""
        return self._seal.public_key

    def clocks(self, at: datetime) -> Reading:
        """Both clocks now; ``at``: what the wall's says."""
        return clock.read_together(at, self._steady_now())

    def room_for_money(self) -> None:
        """``DiskFull`` when there is too little room to be sure of what is recorded next."""
        free = free_bytes(self.folder) // _MIB
        if free < ROOM_FOR_MONEY_MB:
            raise DiskFull(free)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view, read-only, from any thread."""
        with blamed(self.folder), self._connections.reader() as connection:
            yield connection

    def copy_into(self, file: Path, watch: Watch) -> None:
        """Copy all of it, as it is now, into an empty file, as ``Connections.copy_into`` does."""
        with blamed(self.folder):
            self._connections.copy_into(file, watch)

    def copied(self, file: Path) -> AbstractContextManager[Connection]:
        """Look at a copy that was made so."""
        return self._connections.beside(file)

    @contextmanager
    def writing(self) -> Iterator[Page]:
        """One page: committed when it is left, given up whole on any exception.

        Refuses with ``DiskFull`` or ``DiskFailed``: nothing was recorded. ``OutcomeUnknown``: the
        disk failed so badly that nobody can say; look the act up when it works again.
        """
        if self._reading_only:
            raise StoreDamaged("opened for reading only")
        if self._written_by == threading.get_ident():
            raise RuntimeError("one page at a time")
        with self._writing, self._mine():
            self._prove_signatures()
            with blamed(self.folder):
                connection = self._connections.writer()
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                with blamed(self.folder):
                    page = Page(
                        connection, self._pen, journal.head(connection), self._opening, self._steady_now()
                    )
                    yield page
            except BaseException:
                self._give_up(connection)
                raise
            self._commit(page)

    def close(self) -> None:
        """Close cleanly: the next opening then knows that the power did not go."""
        with self._writing:
            self._connections.close()
            self._let_go()

    @contextmanager
    def _mine(self) -> Iterator[None]:
        """Whose page is open: a second one inside it would wait for itself forever."""
        self._written_by = threading.get_ident()
        try:
            yield
        finally:
            self._written_by = None

    def _steady_now(self) -> Steady | None:
        return self._steady() if self._steady is not None else None

    # -- inside ------------------------------------------------------------------------------------------

    def _begin(self, now: datetime) -> None:
        """Check everything, take hold of the anchor, and make the report."""
        anchored = self._anchored()
        with self._connections.reader() as connection:
            self.office = reference.office(connection)
            index_is_old = not self._reading_only and words_are_old(connection)
            folded_otherwise = not self._reading_only and states_are_old(connection)
        self.start = examine(self._connections, self.folder, anchored, now=now, clean_close=self._clean)
        self.last_entry_at = self.start.last_entry_at
        self._opening = self._first_entry()
        if self._reading_only:
            return
        if anchored is not None and self.start.damage == BEHIND:
            with self._connections.reader() as connection:
                raise StoreBehind(*last_serials(connection)[:2], *anchored.serials[:2])
        if self.start.damage:
            raise StoreDamaged(self.start.damage)
        if index_is_old or folded_otherwise:
            with self.writing() as page:
                if index_is_old:
                    index_words_again(page.connection)
                if folded_otherwise:
                    state_all(page.connection)

    def _prove_signatures(self) -> None:
        """Before the first entry of a run: the newest entries are signed by this device's own key."""
        if self._proven:
            return
        with blamed(self.folder), self._connections.reader() as connection:
            if fact(connection, PUBLIC_KEY) != self.public_key:
                raise StoreDamaged("public key")
            journal.check_tail(connection, self.public_key, ENTRIES_CHECKED)
        self._proven = True

    def _anchored(self) -> Anchored | None:
        """What the second file says; None when there is nothing to be had from it."""
        try:
            if self._reading_only:
                return read_anchor(self.folder)
            self._anchor = Anchor(self.folder)
            return self._anchor.last
        except OSError:
            self.anchor_kept = False
            return None

    def _prove_key(self) -> None:
        """Read the first page; a key that does not fit looks like no database at all."""
        try:
            with self._connections.reader() as connection:
                version_of(connection)
        except DBAPIError as fault:
            if engine.wrong_key(fault):
                raise KeyNotFitting from fault
            raise

    def _first_entry(self) -> SegmentOpened:
        """The first entry of this run's segment, should anything be recorded."""
        version = ".".join(map(str, engine.sqlite_version()))
        opening = SegmentOpened(self.program, version, self.office.code, self.office.counter)
        # Whoever takes the second file away leaves this in the journal.
        missing = "second file missing" if self.start.anchor == "missing" else opening.reason
        return replace(opening, reason=self._reason or missing)

    def _commit(self, page: Page) -> None:
        with blamed(self.folder):
            serials = last_serials(page.connection) if page.recorded else ()
        try:
            page.connection.commit()
        except DBAPIError as fault:
            self._settle(page, fault)
        if page.recorded:
            newest = page.recorded[-1]
            self.last_entry_at = from_millis(newest.entry.header.wall_ms)
            self._keep(Anchored(newest.place, newest.hash, newest.entry.signature, serials))
            self.after_record()

    def _settle(self, page: Page, fault: DBAPIError) -> None:
        """After an exception from COMMIT nobody knows: reopen, look the entry up, then say."""
        try:
            self._connections.let_go()
            newest = journal.head(self._connections.writer())
            self._connections.writer().rollback()
        except (DBAPIError, Refused) as second:
            raise OutcomeUnknown from second
        if page.recorded and newest is not None and newest.hash == page.recorded[-1].hash:
            return
        raise engine.refusal_of(fault, self.folder) or OutcomeUnknown() from fault

    def _keep(self, anchored: Anchored) -> None:
        """Mirror the head; what is committed stands, whether the second file takes it or not."""
        try:
            if self._anchor is None:
                self._anchor = Anchor(self.folder)
            self._anchor.write(anchored)
            self.anchor_kept = True
        except OSError:
            self.anchor_kept = False

    def _give_up(self, connection: Connection) -> None:
        """Roll back; a connection that cannot even do that is closed, which rolls back too."""
        try:
            connection.rollback()
        except DBAPIError:
            self._connections.drop_writer()

    @contextmanager
    def _closing_on_failure(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self._connections.close()
            self._let_go()
            raise

    def _let_go(self) -> None:
        if self._anchor is not None:
            self._anchor.close()
        if self._lock is not None:
            self._lock.release()


def _wal(folder: Path) -> Path:
    """The write-ahead log: SQLite removes it when the last connection closes, so one that is left
    tells of a program that did not end well.
    """
    return folder / f"{FILE}-wal"
