"""Copies of the database in other places: made from the open book, encrypted as it is, looked through before
they count.

A copy is one file of SQLite's own backup, under the same key. Beside it lie the counter's keys, sealed under
the recovery code. A copy that does not pass its check is taken away at once, and nothing older for it.
"""

import errno
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from counter_app.domain.backup import ENDING, Backup, own, stem, superfluous
from counter_app.domain.backup_refusals import (
    BackupPlaceFailed,
    BackupPlaceFull,
    BackupPlaceMissing,
    BackupStopped,
    BackupUnsound,
)
from counter_app.domain.entry import Kind
from counter_app.domain.refusals import Refused, StoreDamaged
from counter_app.domain.value import value
from counter_app.progress import Watch, unwatched
from counter_app.store import journal
from counter_app.store.book import FILE, Book, Page
from counter_app.store.facts import BACKUP_PLACES, PUBLIC_KEY, fact, put_fact
from counter_app.store.recovery import sealed_keys
from counter_app.store.start import ENTRIES_CHECKED
from counter_app.whole_file import UNFINISHED, WholeFile, flush_folder, make_private, typed_path

KEYS_ENDING = ".keys"
SPARE_BYTES = 16 << 20
_INSTRUCTIONS = 1_000_000  # of SQLite's machine, between two chances to stop the check

_CLOSED_SINCE = "SELECT 1 FROM journal WHERE id > ? AND kind = ? LIMIT 1"


@value
class Standing:
    """What lies in a place: this counter's newest copy, how many there are, free space; None, 0, None where
    the place is not there. ``same_disk``: it would be lost together with the data.
    """

    place: Path
    newest: Backup | None
    copies: int
    free_mb: int | None
    same_disk: bool


@value
class Outcome:
    """What became of a copy in one place: the copy, or why there is none."""

    place: Path
    made: Backup | None
    refusal: Refused | None


def places(connection: Connection) -> tuple[Path, ...]:
    """Where copies go, as the administrator chose."""
    body = fact(connection, BACKUP_PLACES)
    return () if body is None else tuple(map(Path, msgspec.json.decode(body, type=list[str])))


def absolute(typed: Sequence[str]) -> tuple[Path, ...]:
    """The folders that were typed."""
    return tuple(typed_path(text).absolute() for text in typed)


def put_places(page: Page, chosen: Sequence[Path]) -> None:
    """Choose where copies go."""
    put_fact(page.connection, BACKUP_PLACES, msgspec.json.encode([str(place) for place in chosen]))


def standing(book: Book, place: Path) -> Standing:
    """What lies in a place."""
    try:
        mine = own((file.name for file in place.iterdir()), book.office)
        free = shutil.disk_usage(place).free >> 20
        same_disk = place.stat().st_dev == book.folder.stat().st_dev
    except OSError:
        return Standing(place, None, 0, None, same_disk=False)
    return Standing(place, mine[0] if mine else None, len(mine), free, same_disk)


def entries_everywhere(book: Book, chosen: Sequence[Path]) -> int:
    """How many entries every place has at least, by the names of the newest copies; 0 when one has none."""
    lying = [standing(book, place).newest for place in chosen]
    return min((one.entries if one else 0 for one in lying), default=0)


def closed_since(connection: Connection, entries: int) -> bool:
    """Whether a drawer was sealed behind so many entries."""
    asked = connection.exec_driver_sql(_CLOSED_SINCE, (entries, int(Kind.DRAWER_CLOSED)))
    return asked.first() is not None


def back_up_everywhere(
    book: Book, chosen: Sequence[Path], at: datetime, watch: Watch = unwatched
) -> tuple[Outcome, ...]:
    """A copy in each place; what one of them refuses, the others do not suffer for.

    ``watch`` is told how much of all of them is copied; ``BackupStopped`` out of it stops them.
    """
    outcomes: list[Outcome] = []
    for place in chosen:

        def told(done: int, pages: int) -> None:
            watch(len(outcomes) * pages + done, len(chosen) * pages)

        try:
            outcomes.append(Outcome(place, back_up(book, place, at, told), None))
        except BackupStopped:
            raise
        except Refused as refusal:
            outcomes.append(Outcome(place, None, refusal))
    return tuple(outcomes)


def back_up(book: Book, place: Path, at: datetime, watch: Watch = unwatched) -> Backup:
    """Make a copy in a place and prove it; takes away those it makes superfluous. Delays nobody's work.

    ``watch`` is told how many pages of how many are copied, and again and again that all of them are while
    the copy is proved; ``BackupStopped`` out of it stops that.

    ``BackupPlaceMissing``, ``BackupPlaceFull``, ``BackupPlaceFailed``, ``BackupUnsound``; ``StoreDamaged``
    when it is the book itself that cannot be read. What lay there before then still does.
    """
    if not place.is_dir():
        # A missing drive's folder is never made: the copy would lie on the wrong disk.
        raise BackupPlaceMissing(str(place))
    with _on_failure(place):
        _make_room(book, place)
        part = place / f"{stem(book.office.code, book.office.counter)}{ENDING}{UNFINISHED}"
        part.unlink(missing_ok=True)
        try:
            made = _copied(book, part, at, watch)
            part.replace(place / made.name)
            flush_folder(place)
        finally:
            _remove(part)
        _lay_keys_beside(book, place)
        for old in superfluous(own((file.name for file in place.iterdir()), book.office)):
            (place / old.name).unlink(missing_ok=True)
    return made


def look_through(connection: Connection, public_key: bytes | None = None) -> int:
    """Prove an opened copy: its pages, the whole chain, the signatures of the newest entries, or with a
    ``public_key`` of all. Gives the number of entries; ``StoreDamaged``.
    """
    if connection.exec_driver_sql("PRAGMA quick_check").scalar() != "ok":
        raise StoreDamaged("quick_check")
    entries = journal.check(connection, public_key)
    own_key = fact(connection, PUBLIC_KEY)
    if own_key is None:
        raise StoreDamaged("public key")
    journal.check_tail(connection, own_key, ENTRIES_CHECKED)
    return entries


def _copied(book: Book, part: Path, at: datetime, watch: Watch) -> Backup:
    """A proven copy under a passing name."""
    make_private(part)
    book.copy_into(part, watch)
    _let_go_of_cache(part)
    try:
        with book.copied(part) as connection:
            _let_be_stopped(connection, watch)
            entries = look_through(connection)
    except (StoreDamaged, DBAPIError) as fault:
        watch(1, 1)  # where it was stopped, that is no fault of the copy
        raise BackupUnsound(str(part.parent)) from fault
    return Backup(at, entries, book.office.code, book.office.counter)


def _let_be_stopped(connection: Connection, watch: Watch) -> None:
    """While an opened copy is looked through, an exception out of ``watch`` interrupts that."""

    def told() -> int:
        try:
            watch(1, 1)
        except BackupStopped:
            return 1
        return 0

    driver = connection.connection.dbapi_connection
    assert isinstance(driver, sqlcipher.Connection)
    driver.set_progress_handler(told, _INSTRUCTIONS)


def _make_room(book: Book, place: Path) -> None:
    """Let go of the oldest copies while the next one does not fit; the newest stays in any case."""
    needed = (book.folder / FILE).stat().st_size + SPARE_BYTES
    oldest_first = own((file.name for file in place.iterdir()), book.office)[:0:-1]
    for old in oldest_first:
        if shutil.disk_usage(place).free >= needed:
            return
        (place / old.name).unlink(missing_ok=True)
    free = shutil.disk_usage(place).free
    if free < needed:
        raise BackupPlaceFull(str(place), free >> 20)


def _lay_keys_beside(book: Book, place: Path) -> None:
    with book.reading() as connection:
        sealed = sealed_keys(connection)
    file = place / f"{stem(book.office.code, book.office.counter)}{KEYS_ENDING}"
    if sealed is None or (file.exists() and file.read_bytes() == sealed):
        return
    with WholeFile(file) as whole:
        whole.write(sealed)
        whole.keep()


def _let_go_of_cache(file: Path) -> None:
    """What is checked next comes from the disk, as far as the system lets it: not what is still in memory."""
    descriptor = os.open(file, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


def _remove(part: Path) -> None:
    for file in (part, part.with_name(f"{part.name}-journal")):
        file.unlink(missing_ok=True)


@contextmanager
def _on_failure(place: Path) -> Iterator[None]:
    """The place's own failures as refusals."""
    try:
        yield
    except OSError as fault:
        if fault.errno == errno.ENOSPC:
            raise BackupPlaceFull(str(place), shutil.disk_usage(place).free >> 20) from fault
        raise BackupPlaceFailed(str(place)) from fault
