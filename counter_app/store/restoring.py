"""A copy put back: proven, brought up to what is still to be had, and only then in the place of the records.

It only goes forward. Entries that the copy lacks come back where the old database, or the centre, still has
them; above all numbers that are known to have been given out the counter goes on with a gap that is declared.
"""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from counter_app.domain.backup import read_name, stem
from counter_app.domain.backup_refusals import (
    BackupForeign,
    BackupsNone,
    BackupsOfSeveral,
    BackupUnreadable,
    RecordsWhole,
    RecoveryKeysMissing,
)
from counter_app.domain.entry import COMPLAINT_KINDS, Entry, EntryDamaged, chained
from counter_app.domain.numbering import Serials, Series
from counter_app.domain.refusals import DiskFailed, KeyMissing, KeyNotFitting, Refused, StoreDamaged
from counter_app.store import journal
from counter_app.store.anchor import read_anchor
from counter_app.store.backup import KEYS_ENDING, look_through
from counter_app.store.book import FILE, Book
from counter_app.store.complaint_states import restate
from counter_app.store.engine import Connections, wrong_key
from counter_app.store.facts import PUBLIC_KEY, fact
from counter_app.store.keys import Keys
from counter_app.store.migrate import version_of
from counter_app.store.projected import DoesNotFollow, last_serial
from counter_app.store.projections import project
from counter_app.store.recovery import unseal
from counter_app.store.replacing import STAGE, clear
from counter_app.store.seal import SealCheck
from counter_app.wire.payloads import PayloadDamaged, PayloadUnknown, decode

LARGEST_KEYS = 4096
_AT_ONCE = 500


def copies_at(place: Path) -> tuple[Path, ...]:
    """The copies that lie in a folder, newest first; a file is the one it is itself.

    ``BackupsNone``, ``BackupsOfSeveral``: of more than one counter.
    """
    if not place.is_dir():
        return (place,)
    copies = sorted(filter(None, (read_name(file.name) for file in place.iterdir())), reverse=True)
    whose = sorted({(one.office, one.counter) for one in copies})
    if not whose:
        raise BackupsNone(str(place))
    if len(whose) > 1:
        raise BackupsOfSeveral(str(place), ", ".join(f"{office}-{counter}" for office, counter in whose))
    return tuple(place / one.name for one in copies)


def sealed_beside(file: Path) -> bytes:
    """The sealed keys that lie beside a copy; ``RecoveryKeysMissing``."""
    told = read_name(file.name)
    keys = file.with_name(f"{stem(told.office, told.counter)}{KEYS_ENDING}" if told else f"{file.stem}.keys")
    try:
        with keys.open("rb") as opened:
            return opened.read(LARGEST_KEYS)
    except OSError:
        raise RecoveryKeysMissing(file.name) from None


def keys_by_code(file: Path, code: str) -> Keys:
    """The keys beside a copy, opened by the recovery code; ``RecoveryKeysMissing``, ``RecoveryCodeWrong``."""
    return unseal(sealed_beside(file), code)


def stage_newest(folder: Path, copies: Sequence[Path], keys: Keys) -> tuple[Path, Path]:
    """Stage the newest copy that is whole: its file, and where it lies now. Refuses as ``stage``."""
    for file in copies[:-1]:
        with suppress(BackupUnreadable):
            return file, stage(folder, file, keys)
    return copies[-1], stage(folder, copies[-1], keys)


def stage(folder: Path, file: Path, keys: Keys) -> Path:
    """Copy a backup into the folder's stage and prove all of it: pages, chain, every signature.

    ``BackupUnreadable`` when it is none or damaged, ``KeyMissing`` when it has another key, ``StoreNewer``,
    ``DiskFailed`` when the folder takes it not.
    """
    there = folder / STAGE
    clear(there)
    try:
        there.mkdir(parents=True)
        shutil.copyfile(file, there / FILE)
        (there / FILE).chmod(0o600)
    except OSError as fault:
        raise (BackupUnreadable(file.name) if fault.filename == str(file) else DiskFailed()) from fault
    copy = Connections(there / FILE, keys.database, "ro")
    try:
        with copy.reader() as connection:
            _prove(connection)
    except DBAPIError as fault:
        raise (KeyMissing() if wrong_key(fault) else BackupUnreadable(file.name)) from fault
    except StoreDamaged as fault:
        raise BackupUnreadable(file.name) from fault
    finally:
        copy.close()
    return there


def _prove(connection: Connection) -> None:
    version_of(connection)
    connection.exec_driver_sql("BEGIN")
    look_through(connection, fact(connection, PUBLIC_KEY))


def known_serials(folder: Path) -> Serials | None:
    """The last numbers by the second file of a folder; None when it tells nothing."""
    with suppress(OSError):
        anchored = read_anchor(folder)
        return anchored.serials if anchored else None
    return None


class Remains:
    """What can still be read of the records that lie in a folder, a damaged database perhaps."""

    def __init__(self, folder: Path, keys: Keys, program: str, now: datetime) -> None:
        self._book: Book | None = None
        if Book.exists(folder):
            with suppress(KeyNotFitting, StoreDamaged, DiskFailed, DBAPIError):
                self._book = Book.open(folder, keys, program=program, now=now, reading_only=True)

    def close(self) -> None:
        """Let go of the database."""
        if self._book is not None:
            self._book.close()

    def demand_damage(self, file: Path, public_key: bytes) -> None:
        """``RecordsWhole`` when nothing is wrong with them: nobody puts older data in their place.

        ``BackupForeign`` when they are another counter's.
        """
        if self._book is None:
            return
        with suppress(StoreDamaged, DBAPIError):
            with self._book.reading() as connection:
                if fact(connection, PUBLIC_KEY) not in {None, public_key}:
                    raise BackupForeign(file.name)
                look_through(connection)
            if not self._book.start.damage:
                raise RecordsWhole

    def serials(self) -> Serials | None:
        """The last numbers that it gave out; None when that cannot be read."""
        if self._book is None:
            return None
        with suppress(Refused, DBAPIError), self._book.reading() as connection:
            return tuple(last_serial(connection, series) for series in Series)
        return None

    def entries_after(self, head: journal.Head | None) -> Iterator[Entry]:
        """What it has behind an entry, as far as it can be read; nothing when it lacks that entry."""
        if self._book is None:
            return
        with suppress(Refused, DBAPIError, EntryDamaged, KeyError), self._book.reading() as connection:
            yield from journal.entries(connection, head.place if head else None)


def bring_back(book: Book, lost: Iterable[Entry]) -> int:
    """Put entries of this counter back where they stood, with all the rows that follow from them.

    They must go on behind the newest entry of ``book``, whole and signed by this very counter; the first that
    does not ends it. Gives how many came back.
    """
    check, count = SealCheck(book.public_key), 0
    with book.reading() as connection:
        head = journal.head(connection)
    known = {head.place: head.hash} if head else {}
    batch: list[Entry] = []
    with suppress(EntryDamaged):
        for entry in chained(lost, known=known):
            if entry.erased or not check.holds(entry.hash, entry.signature):
                break
            batch.append(entry)
            if len(batch) == _AT_ONCE:
                count, batch = count + _put(book, batch), []
    return count + _put(book, batch)


def _put(book: Book, batch: Sequence[Entry]) -> int:
    """All of them; where one cannot be put, those before it."""
    try:
        with book.writing() as page:
            for entry in batch:
                _put_one(page.connection, entry)
    except (IntegrityError, DoesNotFollow, PayloadDamaged):
        if len(batch) == 1:
            return 0
        half = len(batch) // 2
        first = _put(book, batch[:half])
        return first if first < half else first + _put(book, batch[half:])
    return len(batch)


def _put_one(connection: Connection, entry: Entry) -> None:
    header = entry.header
    try:
        payload = decode(header.kind, header.kind_version, entry.payload)
    except PayloadUnknown:
        payload = None
    journal.put(connection, entry)
    project(connection, header, payload, entry.hash)
    if header.kind in COMPLAINT_KINDS:
        restate(connection, getattr(payload, "complaint", header.act))
