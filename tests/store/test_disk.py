"""A disk that is full or fails: no acknowledgement, nothing changed, and work goes on afterwards."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from counter_app.domain.numbering import Series
from counter_app.domain.refusals import DiskFailed, DiskFull, OutcomeUnknown
from counter_app.store import finds, journal, projections
from counter_app.store.book import Book
from tests.store.office import create, elsewhere, open_book, pay


def paid_until_full(book: Book) -> int:
    """How many payments were recorded until one was refused for want of room."""
    for recorded in range(200):
        try:
            with book.writing() as page:
                pay(page)
        except DiskFull:
            return recorded
    pytest.fail("the limit was never reached")


def test_a_full_database_refuses_and_goes_on_when_there_is_room(book: Book) -> None:
    with book.writing() as page:
        pay(page)
        pages = page.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    with book.writing() as page:
        page.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 3}")
    recorded = 1 + paid_until_full(book)
    with book.reading() as connection:
        assert finds.last_serial(connection, Series.RECEIPT) == recorded
    recorded += paid_until_full(book)
    with book.writing() as page:
        page.connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    with book.writing() as page:
        assert page.next_serial(Series.RECEIPT) == recorded + 1
        pay(page)
    with book.reading() as connection:
        assert projections.rebuild_and_compare(connection) == ()
        assert journal.check(connection, book.public_key) == journal.count(connection)


def test_a_commit_that_the_disk_refuses_is_not_recorded(tmp_path: Path) -> None:
    """The size limit of a process stands in for a disk: the write-ahead log cannot grow at COMMIT."""
    create(tmp_path).close()
    code = """
import resource, sys
from pathlib import Path
from counter_app.domain.numbering import Series
from counter_app.domain.refusals import DiskFailed, DiskFull
from counter_app.store import finds, journal
from tests.store.office import open_book, pay
book = open_book(Path(sys.argv[1]))
with book.writing() as page:
    pay(page)
log = (book.folder / "counter.db-wal").stat().st_size
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (log + 5000, hard))
try:
    with book.writing() as page:
        pay(page)
    print("recorded")
except (DiskFailed, DiskFull):
    print("refused")
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
with book.reading() as connection:
    print(finds.last_serial(connection, Series.RECEIPT))
with book.writing() as page:
    pay(page)
with book.reading() as connection:
    print(finds.last_serial(connection, Series.RECEIPT), journal.check(connection, book.public_key))
book.close()
"""
    done = elsewhere(code, str(tmp_path))
    assert done.stdout == "refused\n1\n2 3\n", done.stderr
    book = open_book(tmp_path)
    assert (book.start.anchor, book.start.clean_close) == ("same", True)
    book.close()


def at_commit(book: Book, fails: Callable[[Connection], None]) -> Callable[[], None]:
    """Let something happen in the place of the next COMMIT; gives the way to undo it."""
    writer = book._connections._writer_engine
    event.listen(writer, "commit", fails)
    return lambda: event.remove(writer, "commit", fails)


def disk_error() -> OperationalError:
    fault = sqlcipher.OperationalError("disk I/O error")
    fault.sqlite_errorcode = 10
    return OperationalError("COMMIT", {}, fault)


def test_an_error_from_a_commit_that_took_place_is_no_refusal(book: Book) -> None:
    act = uuid4()

    def commit_and_fail(connection: Connection) -> None:
        connection.connection.commit()
        raise disk_error()

    undo = at_commit(book, commit_and_fail)
    with book.writing() as page:
        pay(page, act=act)
    undo()
    assert book.last_entry_at is not None
    with book.reading() as connection:
        assert journal.entry_of_act(connection, act) is not None
    with book.writing() as page:
        pay(page)
    with book.reading() as connection:
        assert journal.check(connection, book.public_key) == 3


def test_an_error_from_a_commit_that_did_not_take_place_is_a_refusal(book: Book) -> None:
    act = uuid4()

    def fail(_: Connection) -> None:
        raise disk_error()

    undo = at_commit(book, fail)
    with pytest.raises(DiskFailed), book.writing() as page:
        pay(page, act=act)
    undo()
    with book.reading() as connection:
        assert journal.entry_of_act(connection, act) is None
    with book.writing() as page:
        pay(page, act=act)


def test_when_even_looking_fails_the_outcome_is_unknown_until_the_disk_is_back(book: Book) -> None:
    act, away = uuid4(), book.folder.with_name("away")

    def commit_and_vanish(connection: Connection) -> None:
        connection.connection.commit()
        book.folder.rename(away)
        raise disk_error()

    undo = at_commit(book, commit_and_vanish)
    with pytest.raises(OutcomeUnknown), book.writing() as page:
        pay(page, act=act)
    undo()
    with pytest.raises(DiskFailed), book.writing() as page:
        pay(page)
    away.rename(book.folder)
    with book.reading() as connection:
        assert journal.entry_of_act(connection, act) is not None
    with book.writing() as page:
        pay(page)
    with book.reading() as connection:
        assert journal.check(connection, book.public_key) == 3
        assert projections.rebuild_and_compare(connection) == ()
