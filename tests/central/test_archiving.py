"""What lies in a checked backup is archived, and only that may be let go of at the counters."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from counter_app.central import archiving
from counter_app.central.database import Database, retried
from counter_app.central.tables import TABLES, arrivals, devices, entries, held, payments
from counter_app.domain.complaint import Stage
from counter_app.domain.entry import Entry, Kind
from counter_app.store import journal
from counter_app.store.book import Book
from counter_app.store.centre import Centre as Enrolment
from counter_app.store.centre import centre as enrolment_of
from counter_app.store.journal import Recorded
from counter_app.store.projections import rebuild_and_compare
from counter_app.sync.enrol import enrol
from counter_app.sync.rounds import once
from counter_app.wire.messages import Mark
from tests.central.books import integrate, let_in, received, registering, stepping
from tests.central.books import recorded as records
from tests.central.databases import Centre, new_centre, new_database
from tests.central.gateways import Counter, centre_command, gateway, until
from tests.program import called
from tests.simulation.counter_memory import CounterMemory
from tests.store.office import create, open_book, pay, register, step
from tests.sync.steps import clock

Backup = Callable[[], Centre]


@pytest.fixture
def backup(centre: Centre, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backup]:
    """Puts back elsewhere what the store has at the moment."""

    @contextmanager
    def elsewhere() -> Iterator[str]:
        if centre.url.startswith("sqlite"):
            yield f"sqlite:///{tmp_path / 'back.db'}"
            return
        with new_database(request.getfixturevalue("server")) as made:
            yield made

    with elsewhere() as url, new_centre(url) as other:

        def put_back() -> Centre:
            for table in TABLES.sorted_tables:
                asked = select(table)
                rows = retried(centre.store, lambda transaction, asked=asked: transaction.rows(asked, {}))
                with other.store.transaction() as transaction:
                    transaction.do(table.delete(), {})
                    transaction.fill(table, rows)
            return other

        yield put_back


def archive(centre: Centre, backup: Centre) -> tuple[int, int]:
    """How many entries are newly archived, and how many segments go further in the backup."""
    said = centre_command("archive", "--database", centre.url, "--backup", backup.url)
    return said["entries"], said["left"]


def marks(centre: Centre, counter: Counter) -> list[Mark]:
    asked = counter.node.office, counter.node.device
    return retried(centre.store, lambda transaction: archiving.marks(transaction, *asked))


def own(book: Book) -> list[Entry]:
    with book.reading() as connection:
        return list(journal.entries(connection))


def closed(book: Book) -> tuple[Recorded, Recorded]:
    """A complaint, and the step that closed it."""
    with book.writing() as page:
        registered = register(page)
        return registered, step(page, registered.entry.header.act, Stage.CLOSED, 60, "ठीक हुआ")


@contextmanager
def linked(centre: Centre, book: Book) -> Iterator[Callable[[], None]]:
    """A counter at a gateway; a call is a run of its program, after which all is in the books."""
    with gateway(centre.url) as running:
        words = ("--office", "2214", "--counter", "2")
        code = centre_command("enrol", "--database", centre.url, *words)["code"]
        enrolled = enrol(book, running.address, str(code), "", clock())

        def run() -> None:
            sync(book, enrolled, running.address)
            until(lambda: centre.count(arrivals) == 0)

        yield run


def sync(book: Book, enrolled: Enrolment, address: str) -> None:
    assert once(book, replace(enrolled, url=address), "1.0", clock)


def test_a_counter_lets_go_of_closed_complaints_that_are_archived(
    centre: Centre, backup: Backup, tmp_path: Path
) -> None:
    book = create(tmp_path / "counter")
    with linked(centre, book) as run:
        closed(book)
        with book.writing() as page:
            pay(page)
            register(page)
        run()
        before = own(book)
        run()
        assert own(book) == before, "nothing is archived"
        assert archive(centre, backup()) == (len(before), 0)
        later = closed(book)
        run()
        gone = [one.header.kind for one in own(book) if one.erased]
        assert gone == [Kind.COMPLAINT_REGISTERED, Kind.COMPLAINT_STEP]
        assert [one.hash for one in own(book)][: len(before)] == [one.hash for one in before]
        assert not any(one.erased for one in own(book)[-2:]), "they came after the backup"
        run()
        assert not any(one.erased for one in own(book)[-2:])
        assert archive(centre, backup()) == (len(later), 0)
        run()
        assert all(one.erased for one in own(book)[-2:])
    with book.reading() as connection:
        assert rebuild_and_compare(connection) == ()
        journal.check(connection, book.public_key)
        mobiles = connection.exec_driver_sql("SELECT mobile FROM complaints ORDER BY serial").scalars()
        assert mobiles.all() == ["", "9826048210", ""]
    book.close()
    # All of it is at the centre, whole, and what the journal still says goes on as if nothing was.
    whole = retried(centre.store, lambda transaction: transaction.rows(select(entries.c.payload), {}))
    assert all(payload for (payload,) in whole)
    again = open_book(tmp_path / "counter")
    with again.writing() as page:
        pay(page)
    again.close()


def test_a_centre_put_back_to_its_archive_gets_the_rest(
    centre: Centre, backup: Backup, tmp_path: Path
) -> None:
    book = create(tmp_path / "counter")
    with linked(centre, book) as run:
        closed(book)
        run()
        put_back = backup()
        archive(centre, put_back)
        with book.writing() as page:
            pay(page)
        closed(book)
        run()
    assert sum(one.erased for one in own(book)) == 2
    with gateway(put_back.url) as running:
        with book.reading() as connection:
            known = enrolment_of(connection)
        assert known is not None
        sync(book, known, running.address)
        until(lambda: put_back.count(arrivals) == 0)
    assert put_back.count(entries) == len(own(book))
    assert (put_back.count(payments), put_back.count(held)) == (1, 0)
    book.close()


def test_what_came_back_to_life_is_kept(centre: Centre, backup: Backup, tmp_path: Path) -> None:
    """A complaint that was reopened, or of which an own step is not archived, stays as it is."""
    book = create(tmp_path / "counter")
    with linked(centre, book) as run:
        registered, _ = closed(book)
        with book.writing() as page:
            step(page, registered.entry.header.act, Stage.REOPENED, 90, "फिर बंद")
        run()
        archive(centre, backup())
        run()
        assert not any(one.erased for one in own(book))
        with book.writing() as page:
            step(page, registered.entry.header.act, Stage.CLOSED, 120)
        run()
        assert not any(one.erased for one in own(book)), "its last step is in no backup"
    book.close()


# -- what a backup is worth --------------------------------------------------------------------------


@pytest.fixture
def counter(store: Database) -> Counter:
    """Its six entries are at the centre: a complaint, two payments and their segment's beginning."""
    made = let_in(store, "2214", 3)
    registered = records(made, registering(made, "N2204500001"))
    records(made, stepping(registered, Stage.CLOSED))
    made.pay(2)
    received(store, [*made.node.disk.own().values()])
    integrate(store)
    return made


def test_the_store_itself_is_no_backup(centre: Centre, counter: Counter) -> None:
    words = ("archive", "--database", centre.url, "--backup", centre.url)
    done = called("--json", "central", *words)
    assert (done.returncode, "BackupIsStore" in done.stdout) == (3, True)
    assert marks(centre, counter) == []


def test_a_backup_counts_as_far_as_it_is_whole(centre: Centre, backup: Backup, counter: Counter) -> None:
    other, made = backup(), [*counter.node.disk.own().values()]
    rotten = update(entries).where(entries.c.hash == made[3].hash)
    retried(other.store, lambda transaction: transaction.do(rotten.values(payload=b"rot"), {}))
    assert archive(centre, other) == (3, 1)
    place = made[2].header.place
    assert marks(centre, counter) == [Mark(place.segment, 3, made[2].hash)]
    assert archive(centre, backup()) == (2, 0)
    assert [one.seq for one in marks(centre, counter)] == [5]
    assert archive(centre, other) == (0, 0), "an older backup takes nothing back"


def test_what_is_held_is_not_archived(centre: Centre, backup: Backup, counter: Counter) -> None:
    """It waits for a person; until then whoever recorded it keeps it whole."""
    wrong = counter.record(Kind.COMPLAINT_STEP, b'{"complaint":"none"}')
    counter.pay(1)
    received(centre.store, [*counter.node.disk.own().values()][5:])
    integrate(centre.store)
    assert centre.count(held) == 1
    assert archive(centre, backup()) == (5, 1)
    assert [one.seq for one in marks(centre, counter)] == [wrong[0].header.place.seq - 1]


def test_a_strange_backup_archives_nothing(centre: Centre, backup: Backup, counter: Counter) -> None:
    """It has the same counter, and other entries."""
    other = backup()
    retried(other.store, lambda transaction: transaction.do(entries.delete(), {}))
    twin = let_in_again(other, counter)
    received(other.store, [*twin.node.disk.own().values()])
    assert archive(centre, other)[0] == 0
    assert marks(centre, counter) == []


def let_in_again(other: Centre, counter: Counter) -> Counter:
    """The same device, which wrote other entries in the same segment."""
    assert other.count(devices) == 1
    segment = counter.node.memory.segment
    counter.node.disk = CounterMemory(counter.node.office)
    counter.node.memory.segment = segment
    counter.pay(5)
    return counter
