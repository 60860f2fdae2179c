"""The feed over years and faults: what is erased stays so, who moved stands below, many items are quick."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from counter_app.domain.days import from_millis
from counter_app.domain.entry import Entry
from counter_app.store import journal, reference, told
from counter_app.store.book import Book
from counter_app.store.projections import rebuild_and_compare
from counter_app.store.search import search
from counter_app.store.sync_ledger import SyncLedger
from counter_app.store.words_index import words_are_old
from counter_app.wire import bodies
from counter_app.wire.bodies import Body, PaidElsewhere
from counter_app.wire.feed import beginning
from counter_app.wire.ledgers import FallBack
from counter_app.wire.messages import Cursor
from counter_app.wire.passwords import fits
from tests.store.hearing import complaint_with_step, enrolled, erasing, hear, of_others
from tests.store.office import SURESH, bill_of, create, pay


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = enrolled(create(tmp_path / "counter"))
    yield made
    made.close()


def known_of_the_person(book: Book, entry: Entry) -> tuple[object, object]:
    """What is stored of an entry of others, and the mobile in its row."""
    with book.reading() as connection:
        asked = "SELECT payload FROM foreign_entries WHERE hash = ?"
        stored = connection.exec_driver_sql(asked, (entry.hash,)).scalar()
        return stored, connection.exec_driver_sql("SELECT mobile FROM known_complaints").scalar()


def test_dues_are_as_of_the_newest_that_the_centre_said(book: Book) -> None:
    for millis, known in ((5_000, 5_000), (3_000, 5_000), (9_000, 9_000)):
        hear(book, bodies.DuesAsOf(millis))
        with book.reading() as connection:
            assert reference.dues_as_of(connection) == from_millis(known)


# -- erasing -----------------------------------------------------------------------------------------


def test_an_erased_entry_that_comes_again_after_thirty_days_stays_empty(book: Book, tmp_path: Path) -> None:
    """The centre was put back to a day before the erasure, and gives the whole entry once more."""
    others = of_others(tmp_path / "other")
    start = beginning(0, "2214")
    hear(book, *others[:3])
    hear(book, erasing(others[2].hash))
    assert known_of_the_person(book, others[2]) == (b"", "")
    SyncLedger(book).do([FallBack(Cursor(5, 0, start.chain))])
    assert [one.erased for one in SyncLedger(book).orphans(9) if one.hash == others[2].hash] == [True]
    hear(book, *others[:3])
    assert known_of_the_person(book, others[2]) == (b"", "")


def test_an_entry_that_comes_behind_its_erasure_is_never_kept(book: Book, tmp_path: Path) -> None:
    others = of_others(tmp_path / "other")
    hear(book, erasing(others[2].hash))
    hear(book, *others)
    assert known_of_the_person(book, others[2])[0] == b""
    with book.reading() as connection:
        bodies_there = connection.exec_driver_sql("SELECT body FROM known_complaints").scalars().all()
        assert not any("मंदिर".encode() in one for one in bodies_there)


def test_many_erasures_of_one_page_are_one_look_at_the_journal(book: Book) -> None:
    made = [complaint_with_step(book) for _ in range(150)]

    def seconds(pairs: list[tuple[journal.Recorded, journal.Recorded]]) -> float:
        began = time.process_time()
        hear(book, *(erasing(one.hash) for pair in pairs for one in pair))
        return time.process_time() - began

    few, many = seconds(made[:30]), seconds(made[30:])
    assert many < 10 * few  # four times as many: with a look for each it would be sixteen
    with book.reading() as connection:
        for pair in made:
            for one in pair:
                entry = journal.entry_at(connection, one.place)
                assert entry is not None
                assert entry.erased
        assert rebuild_and_compare(connection) == ()


@pytest.mark.parametrize(
    "change",
    [
        "payload = x'', salt = x''",
        "payload = x'7b7d'",
        "payload = x''",
        "salt = x''",
        "payload = x'', salt = x'', kind = 40",
        "payload = x'', salt = x'', signature = x''",
        "payload = x'', salt = x'', act = zeroblob(16)",
    ],
)
def test_what_nobody_erased_takes_no_change_at_all(book: Book, change: str) -> None:
    registered, stepped = complaint_with_step(book)
    hear(book, erasing(registered.hash))
    asked = f"UPDATE journal SET {change} WHERE segment = ? AND seq = ?"
    place = journal.signed(stepped.place.segment), stepped.place.seq
    with pytest.raises(IntegrityError, match="the journal is not changed"), book.writing() as page:
        page.connection.exec_driver_sql(asked, place)


# -- moved consumers in the search -------------------------------------------------------------------


def test_a_consumer_that_moved_is_found_below_the_own_ones(book: Book) -> None:
    twin = replace(SURESH, number="N2299900002", mobile="7770008210", meter="", old_number="")
    hear(book, bodies.Consumers((twin,)))
    first, second = SURESH.number, twin.number

    def found(typed: str) -> list[str]:
        with book.reading() as connection:
            return [row.number for row in search(connection, book.words, typed, ()).rows]

    assert set(found("सुरेश मालवीय")[:2]) == {first, second}
    assert found("8210") == [first, second]
    hear(book, bodies.MovedOut(first, "2215"))
    by_name = found("सुरेश मालवीय")
    assert by_name.index(second) < by_name.index(first)
    assert found("8210") == [second, first]
    hear(book, bodies.MovedIn(first))
    assert found("8210") == [first, second]


# -- many at once ------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["consumers", "bills", "payments"])
def test_a_page_of_many_is_quick(book: Book, what: str) -> None:
    many = [replace(SURESH, number=f"N33{at:08d}", name_hi="राधा बाई") for at in range(1000)]
    with book.writing() as page:
        for _ in range(300):
            pay(page)
    said: list[Body] = []
    for at in range(0, 1000, 25):
        part = many[at : at + 25]
        if what == "consumers":
            said.append(bodies.Consumers(tuple(part)))
        elif what == "bills":
            said.append(bodies.Bills(tuple(map(bill_of, part))))
        else:
            day = date(2026, 3, 10)
            paid = (PaidElsewhere(one.number, "2026-02", day, 100, "upay", "U", False, False) for one in part)
            said.append(bodies.Payments(tuple(paid)))
    began = time.process_time()
    hear(book, *said)
    assert time.process_time() - began < 1.0
    with book.reading() as connection:
        if what == "consumers":
            assert len(search(connection, book.words, "राधा बाई", ()).rows) == 50
        elif what == "bills":
            assert reference.bill(connection, many[-1].number) == bill_of(many[-1])
        else:
            assert len(reference.known_payments(connection, many[-1].number)) == 1


def test_the_index_of_words_keeps_up_with_a_whole_office(book: Book) -> None:
    for begin in range(0, 4000, 1000):
        new = tuple(replace(SURESH, number=f"N44{begin + at:08d}") for at in range(1000))
        hear(book, bodies.Consumers(new))
    with book.reading() as connection:
        assert not words_are_old(connection)


# -- whom to trust -----------------------------------------------------------------------------------


def test_the_feed_says_whether_this_device_is_trusted(book: Book) -> None:
    hear(book, bodies.Revoke(UUID(int=5)))
    with book.reading() as connection:
        assert not told.is_revoked(connection, book.device)
    hear(book, bodies.Revoke(book.device))
    with book.reading() as connection:
        assert told.is_revoked(connection, book.device)


def test_an_empty_hash_is_nobodys_password() -> None:
    assert not fits("", "")
    assert not fits("", "anything")
