"""What a complaint said of a person is gone everywhere, whatever comes after; chains hold, rows are equal."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from counter_app.central import company, enrolling, erasing, integrating
from counter_app.central.database import Database, retried
from counter_app.central.feeds import Feeds
from counter_app.central.ledger import in_ledger
from counter_app.central.moving import Moves
from counter_app.central.releasing import all_held
from counter_app.central.tables import TABLES, devices
from counter_app.domain.complaint import PictureAttached, Stage
from counter_app.domain.days import from_millis
from counter_app.domain.entry import COMPLAINT_KINDS, Entry, check_payload
from counter_app.domain.numbering import Number, Series, hash_letters, read_number
from counter_app.domain.picture import name_of
from counter_app.domain.refusals import ComplaintUnknown
from counter_app.store.book import Book
from counter_app.store.finds import complaints_of
from counter_app.store.finds.pictures import pictures_of
from counter_app.store.journal import entries as journal_entries
from counter_app.store.projections import rebuild_and_compare
from counter_app.store.rows import ComplaintRow
from counter_app.store.sync_ledger import SyncLedger
from counter_app.store.tables import OWN, PROJECTION, REFERENCE
from counter_app.wire.centre_side import take_back
from counter_app.wire.feed import beginning
from counter_app.wire.ledgers import Enrolled, FallBack
from counter_app.wire.messages import Cursor, Return
from tests.central.books import (
    belongs,
    feed,
    heard,
    integrate,
    let_in,
    received,
    recorded,
    registering,
    stepping,
)
from tests.central.gateways import Counter, wall_ms
from tests.store.hearing import COMPANY, enrolled, hear
from tests.store.office import SURESH, create, register, step

HERE, THERE = "2214", "2215"
CARRIERS = itertools.count(10)
PRIVATE = ("6666648210", "9826048210", "मंदिर", "सुबह से बंद है", "बीमार")


@pytest.fixture(autouse=True)
def key(store: Database) -> None:
    public = COMPANY.public_key().public_bytes_raw()
    retried(store, lambda transaction: company.keep_key(transaction, public))


@pytest.fixture
def counter(store: Database) -> Counter:
    return let_in(store, HERE, 1)


def number_of(registered: Entry, counter: Counter) -> str:
    letters = hash_letters(registered.hash)
    return str(Number(Series.COMPLAINT, counter.node.office, counter.node.counter, 1, letters))


def erase(store: Database, number: str) -> int:
    sought = read_number(number)
    return retried(store, lambda transaction: erasing.erase(transaction, COMPANY, sought, number))


def centre_says(store: Database) -> list[str]:
    """The tables of the centre in which anything of the person is."""
    found = []
    for table in TABLES.sorted_tables:
        rows = retried(store, lambda transaction, table=table: transaction.rows(select(table), {}))
        text = b"\n".join(one if isinstance(one, bytes) else str(one).encode() for row in rows for one in row)
        found += [table.name for private in PRIVATE if private.encode() in text]
    return found


def counter_says(book: Book) -> list[str]:
    """The tables of a counter in which anything is of the person whom the complaint is about."""
    found = []
    with book.reading() as connection:
        for table in (*OWN.sorted_tables, *PROJECTION.sorted_tables, *REFERENCE.sorted_tables):
            if table.name in {"consumers", "consumer_numbers"}:
                continue
            rows = connection.exec_driver_sql(f'SELECT * FROM "{table.name}"').all()
            text = b"\n".join(
                one if isinstance(one, bytes) else str(one).encode() for row in rows for one in row
            )
            found += [table.name for private in PRIVATE if private.encode() in text]
    return found


def read(book: Book, store: Database) -> None:
    """Read what is new in the feed of the book's office."""
    hear(book, *feed(store, book.office.code)[SyncLedger(book).cursor().seq :])


def row(book: Book, consumer: str = SURESH.number) -> ComplaintRow:
    with book.reading() as connection:
        assert rebuild_and_compare(connection) == ()
        (found,) = complaints_of(connection, consumer, ())
    return found


def complain(counter: Counter) -> tuple[Entry, Entry]:
    asked = recorded(counter, registering(counter, SURESH.number))
    return asked, recorded(counter, stepping(asked, Stage.ASSIGNED, "माँ बीमार है"))


def all_of(counter: Counter) -> list[Entry]:
    return [*counter.node.disk.own().values()]


def test_a_photo_reaches_the_offices_counters_and_is_erased_with_its_complaint(
    store: Database, counter: Counter, tmp_path: Path
) -> None:
    belongs(store, SURESH.number, HERE)
    book = enrolled(create(tmp_path / "book", counter=3))
    asked, content = recorded(counter, registering(counter, SURESH.number)), b"\xff\xd8\xff photo \xff\xd9"
    for number, part in enumerate((content[:7], content[7:]), 1):
        at = from_millis(wall_ms())
        recorded(counter, PictureAttached(asked.header.act, name_of(content), number, 2, part, at, "R02"))

    def pictures() -> list[bytes | None]:
        read(book, store)
        with book.reading() as connection:
            return [one.content for one in pictures_of(connection, asked.header.act)]

    received(store, all_of(counter))
    integrate(store)
    assert pictures() == [content]
    assert erase(store, number_of(asked, counter)) == 3
    assert pictures() == []
    told = [one for one in feed(store, HERE) if isinstance(one, Entry) and one.header.kind in COMPLAINT_KINDS]
    assert [one.payload for one in told] == [b""] * 3
    book.close()


def test_steps_that_come_later_are_erased_and_every_counter_shows_the_same(
    store: Database, counter: Counter, tmp_path: Path
) -> None:
    belongs(store, SURESH.number, HERE)
    books = [enrolled(create(tmp_path / name, counter=at)) for at, name in enumerate(("a", "b"), 3)]
    asked, _ = complain(counter)
    received(store, all_of(counter))
    integrate(store)
    read(books[0], store)
    assert counter_says(books[0])
    assert erase(store, number_of(asked, counter)) == 2
    assert centre_says(store) == []
    read(books[0], store)
    later = [recorded(counter, stepping(asked, stage, "बीमार")) for stage in (Stage.ON_SITE, Stage.ATTENDED)]
    received(store, later)
    assert centre_says(store) == ["entries"], "it waits"
    integrate(store)
    assert centre_says(store) == []
    for book in books:
        read(book, store)
        assert counter_says(book) == []
    shown = [row(book) for book in books]
    assert shown[0] == shown[1], "who read it before and who reads it only now"
    assert [one.stage for one in shown[0].state.steps] == [Stage.ASSIGNED, Stage.ON_SITE, Stage.ATTENDED]
    assert shown[0].state.stage is Stage.ATTENDED
    for one in feed(store, HERE):
        if isinstance(one, Entry):
            check_payload(one)
    for book in books:
        book.close()


def test_what_waited_for_the_books_is_erased_as_it_goes_in(store: Database, counter: Counter) -> None:
    asked, stepped = complain(counter)
    received(store, [one for one in all_of(counter) if one != stepped])
    integrate(store)
    received(store, [stepped])
    assert erase(store, number_of(asked, counter)) == 1
    integrate(store)
    assert centre_says(store) == []
    assert erase(store, number_of(asked, counter)) == 2, "once more changes nothing"
    assert centre_says(store) == []


def returned(store: Database, *made: Entry) -> None:
    """Another counter had read these, and the centre has lost them."""
    number = next(CARRIERS)
    carrier = let_in(store, HERE, number).node
    who = Enrolled(carrier.device, carrier.public_key, HERE, number)
    bare = tuple(replace(one, signature=b"") for one in made)
    in_ledger(store, lambda ledger: take_back(ledger, who, Return(1, carrier.device, bare), wall_ms()))


def test_what_others_gave_back_is_erased_before_and_after(store: Database, counter: Counter) -> None:
    asked, stepped = complain(counter)
    third = recorded(counter, stepping(asked, Stage.ON_SITE, "बीमार"))
    returned(store, asked, stepped)
    received(store, [one for one in all_of(counter) if one not in {stepped, third}])
    integrate(store)
    assert "returned" in centre_says(store)
    assert erase(store, number_of(asked, counter)) == 2
    assert centre_says(store) == []
    returned(store, third)
    assert centre_says(store) == []
    received(store, [stepped, third])
    integrate(store)
    assert centre_says(store) == []
    assert heard(store, HERE) == {one.hash for one in all_of(counter)}


def test_a_complaint_that_only_others_gave_back_can_be_erased(store: Database, counter: Counter) -> None:
    asked, stepped = complain(counter)
    returned(store, asked, stepped)
    with pytest.raises(ComplaintUnknown):
        erase(store, number_of(stepped, counter))
    assert erase(store, number_of(asked, counter)) == 2
    assert centre_says(store) == []


def test_what_is_held_is_erased_before_and_after(store: Database, counter: Counter) -> None:
    asked, stepped = complain(counter)
    received(store, [one for one in all_of(counter) if one != stepped])
    integrate(store)
    retried(store, lambda transaction: enrolling.revoke(transaction, counter.node.device))
    received(store, [stepped])
    integrate(store)
    assert erase(store, number_of(asked, counter)) == 2
    received(store, [recorded(counter, stepping(asked, Stage.ON_SITE, "बीमार"))])
    integrate(store)
    assert len(retried(store, all_held)) == 2
    assert centre_says(store) == []
    for one in retried(store, all_held):
        assert not integrating.try_again(store, one, looked_at=True), "there is nothing left to read"


def test_an_office_that_the_consumer_moves_to_later_knows_it_too(
    store: Database, counter: Counter, tmp_path: Path
) -> None:
    belongs(store, SURESH.number, HERE)
    asked, _ = complain(counter)
    received(store, all_of(counter))
    integrate(store)
    erase(store, number_of(asked, counter))
    there = let_in(store, THERE, 1)

    def move(transaction):
        moves = Moves(transaction, Feeds(transaction))
        moves.tell(THERE, *moves.to(THERE, [SURESH.number]))
        moves.feeds.write()

    retried(store, move)
    received(store, [recorded(there, stepping(asked, Stage.CLOSED, "बीमार")), *all_of(there)[:1]])
    integrate(store)
    assert centre_says(store) == []
    book = enrolled(create(tmp_path / "there"))
    hear(book, *feed(store, THERE))
    assert counter_says(book) == []
    assert [one.stage for one in row(book).state.steps] == [Stage.ASSIGNED, Stage.CLOSED]
    book.close()


def test_a_step_that_came_before_its_complaint_is_erased_and_reaches_the_other_office(
    store: Database, counter: Counter
) -> None:
    belongs(store, SURESH.number, THERE)
    let_in(store, THERE, 1)
    asked, stepped = complain(counter)
    returned(store, asked)
    erase(store, number_of(asked, counter))
    received(store, [one for one in all_of(counter) if one != asked])
    integrate(store)
    assert centre_says(store) == []
    received(store, [asked])
    integrate(store)
    assert centre_says(store) == []
    assert {asked.hash, stepped.hash} <= heard(store, THERE)


def test_the_counter_that_records_a_later_step_erases_it_once_it_has_arrived(
    store: Database, tmp_path: Path
) -> None:
    book = enrolled(create(tmp_path / "own", counter=1))
    let_in(store, HERE, 2)
    own = (book.device.bytes, book.public_key, HERE, 1, 0, False)
    retried(store, lambda transaction: transaction.fill(devices, [own]))
    with book.writing() as page:
        asked = register(page, counter=1)
    send(book, store)
    assert erase(store, str(Number(Series.COMPLAINT, HERE, 1, 1, asked.letters))) == 1
    with book.writing() as page:
        first = step(page, asked.entry.header.act, Stage.ASSIGNED, 1, note="बीमार")
    read(book, store)
    assert counter_says(book) == ["journal"], "it has not arrived yet"
    send(book, store)
    with book.writing() as page:
        step(page, asked.entry.header.act, Stage.ON_SITE, 2, note="बीमार")
    read(book, store)
    assert counter_says(book) == ["journal"]
    assert [one.note for one in row(book).state.steps] == ["", "बीमार"]
    send(book, store)
    read(book, store)
    assert counter_says(book) == []
    assert centre_says(store) == []
    with book.reading() as connection:
        kept = {one.hash: one for one in journal_entries(connection)}
    assert kept[first.hash].erased
    SyncLedger(book).do([FallBack(Cursor(1, 0, beginning(1, HERE).chain))])
    read(book, store)
    assert counter_says(book) == []
    book.close()


def send(book: Book, store: Database) -> None:
    """What is new of a book arrives and is integrated."""
    with book.reading() as connection:
        own = list(journal_entries(connection))
    known = heard(store, HERE)
    for one in own:
        if one.hash not in known:
            received(store, [one])
    integrate(store)
