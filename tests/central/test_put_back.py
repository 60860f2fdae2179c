"""F27 to F31, F35, F42 with the real centre: feeds that are behind or kept no more, counters and centres that
are put back or cloned, and a month offline.
"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import insert, select

from counter_app.central import compacting
from counter_app.central.database import retried
from counter_app.central.enrolling import new_code
from counter_app.central.feeds import Feeds
from counter_app.central.tables import arrivals, entries, floors, forks, held, payments, returned
from counter_app.store.book import Book
from counter_app.store.centre import Centre as Enrolment
from counter_app.store.journal import entries as journal_entries
from counter_app.store.projections import rebuild_and_compare
from counter_app.sync.enrol import enrol
from counter_app.sync.rounds import once
from counter_app.wire import counter_side
from tests.central.databases import Centre
from tests.central.gateways import Gateway, enrolled, gateway, until, wall_ms
from tests.central.test_faults import backup
from tests.store.office import create, open_book, pay, register
from tests.sync.steps import Counter, clock

Enrols = Callable[[str, int], tuple[Book, Enrolment]]


@pytest.fixture
def let_in(centre: Centre, running: Gateway, tmp_path: Path) -> Enrols:
    """A real counter that is enrolled, in a folder of this name."""

    def made(name: str, number: int) -> tuple[Book, Enrolment]:
        book = create(tmp_path / name, number)
        code = retried(centre.store, lambda transaction: new_code(transaction, "2214", number, wall_ms()))
        return book, enrol(book, running.address, code, "", clock())

    return made


def record(book: Book, many: int) -> None:
    """Payments, and complaints among them."""
    with book.writing() as page:
        for number in range(many):
            (register if number % 3 == 2 else pay)(page, counter=book.office.counter)


def synced(book: Book, at: Enrolment) -> None:
    assert once(book, at, "1.0", clock)


def own(book: Book) -> set[bytes]:
    with book.reading() as connection:
        return {entry.hash for entry in journal_entries(connection)}


def shown(book: Book) -> int:
    """How much of others the screens have; rows made anew are the same."""
    with book.reading() as connection:
        assert rebuild_and_compare(connection) == ()
        tables = ("known_payments", "known_complaints")
        return sum(connection.exec_driver_sql(f"SELECT count(*) FROM {one}").scalar_one() for one in tables)


def there(centre: Centre) -> set[bytes]:
    """What the centre has, and whether each of it is in the books or held."""
    until(lambda: centre.count(arrivals) == 0)
    found = retried(centre.store, lambda transaction: transaction.rows(select(entries.c.hash), {}))
    assert len(found) == len(set(found))
    return {bytes(one) for (one,) in found}


def head(centre: Centre) -> int:
    return retried(centre.store, lambda transaction: Feeds(transaction).head("2214")).seq


def test_f27_gateways_of_which_one_is_behind_take_nothing_off_the_screens(
    centre: Centre, running: Gateway, let_in: Enrols, tmp_path: Path
) -> None:
    """As behind an address that leads to either; of an older copy nobody made a replica."""
    (reader, at), (writer, there_) = let_in("reader", 1), let_in("writer", 2)
    record(writer, 6)
    synced(writer, there_)
    centre.count(arrivals)
    until(lambda: centre.count(arrivals) == 0)
    running.stop()
    centre.store.close()
    with backup(centre.url) as restore, gateway(centre.url) as ahead:
        record(writer, 6)
        synced(writer, replace(there_, url=ahead.address))
        until(lambda: centre.count(arrivals) == 0)
        synced(reader, replace(at, url=ahead.address))
        seen = shown(reader)
        assert seen == 12
        record(reader, 1)
        ahead.stop()
        centre.store.close()
        restore()
        with gateway(centre.url) as behind:
            for _ in range(3):
                synced(reader, replace(at, url=behind.address))
                assert shown(reader) == seen
            synced(writer, replace(there_, url=behind.address))
            assert there(centre) == own(reader) | own(writer)
            synced(reader, replace(at, url=behind.address))
            assert shown(reader) == seen
        centre.store.close()
    reader.close()
    writer.close()


def test_f28_a_counter_below_the_floor_takes_a_snapshot_and_keeps_what_it_did_not_send(
    centre: Centre, let_in: Enrols
) -> None:
    (reader, at), (writer, there_) = let_in("reader", 1), let_in("writer", 2)
    record(writer, 3)
    synced(writer, there_)
    until(lambda: centre.count(arrivals) == 0)
    synced(reader, at)
    record(reader, 4)
    record(writer, 6)
    synced(writer, there_)
    until(lambda: centre.count(arrivals) == 0)
    made = compacting.make(centre.store, "2214", wall_ms())
    floor = {"office": "2214", "seq": made.cursor.seq, "moving": False}
    retried(centre.store, lambda transaction: transaction.do(insert(floors).values(floor), {}))
    synced(reader, at)
    assert there(centre) == own(reader) | own(writer)
    assert shown(reader) == 9
    reader.close()
    writer.close()


def went_on(book: Book, kept: Path) -> tuple[Path, Book]:
    """A copy of a counter's data that is kept, and the counter, which goes on without it."""
    book.close()
    shutil.copytree(book.folder, kept)
    gone = open_book(book.folder)
    record(gone, 6)
    return kept, gone


def test_f29_a_counter_put_back_goes_on_and_both_branches_arrive(
    centre: Centre, let_in: Enrols, tmp_path: Path
) -> None:
    book, at = let_in("counter", 1)
    record(book, 3)
    synced(book, at)
    kept, gone = went_on(book, tmp_path / "kept")
    synced(gone, at)
    lost = own(gone)
    gone.close()
    back = open_book(kept)
    record(back, 9)
    synced(back, at)
    record(back, 3)
    synced(back, at)
    assert there(centre) == lost | own(back)
    assert (centre.count(forks), centre.count(held)) == (1, 0), "one alarm, and nothing is out of the books"
    synced(back, at)
    assert shown(back) == 6, "what the copy had lost is shown as from another counter"
    back.close()


@pytest.mark.parametrize("first", [0, 1])
def test_f30_an_image_that_comes_to_life_twice_writes_two_branches_of_one_segment(
    centre: Centre, running: Gateway, first: int
) -> None:
    """Disk and memory: the same segment, the same numbers, other entries, whoever comes first."""
    one = enrolled(centre, running.address)
    one.pay(3)
    one.send(running.address)
    image = replace(one, node=one.node.twin("image", one.node.disk.copy(), Random(7)))
    image.node.memory = one.node.memory.copy()
    both = [one, image]
    for counter in both:
        counter.pay(2)
    for turn in range(4):
        counter = both[(first + turn) % 2]
        counter.send(running.address)
        counter.pay(1)
    for counter in both:
        counter.send(running.address)
    assert there(centre) == {entry for counter in both for entry in counter.node.disk.own()}
    assert centre.count(forks) == 1
    assert any(len(counter.node.disk.segments) > 1 for counter in both), "who came second left the segment"


@pytest.mark.parametrize("order", [(0, 1, 0, 1), (1, 0, 0, 1), (1, 1, 0, 0)])
def test_f31_a_cloned_disk_loses_nothing_whoever_comes_first(
    centre: Centre, let_in: Enrols, tmp_path: Path, order: tuple[int, ...]
) -> None:
    book, at = let_in("counter", 1)
    record(book, 3)
    book.close()
    both = [open_book(book.folder), open_book(Path(shutil.copytree(book.folder, tmp_path / "clone")))]
    for one in both:
        record(one, 6)
    for turn in order:
        record(both[turn], 3)
        synced(both[turn], at)
    for one in both:
        synced(one, at)
    assert there(centre) == own(both[0]) | own(both[1])
    assert centre.count(forks) == 1
    for one in both:
        synced(one, at)
        shown(one)
        one.close()


def test_f35_centre_and_counter_are_put_back_to_different_days(
    centre: Centre, running: Gateway, let_in: Enrols, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What only a third one had read comes back by that one, and waits for a person."""
    monkeypatch.setattr(counter_side, "RETURN_AFTER_MS", 0)
    (book, at), (reader, its) = let_in("counter", 1), let_in("reader", 2)
    record(book, 3)
    synced(book, at)
    until(lambda: centre.count(arrivals) == 0)
    running.stop()
    centre.store.close()
    with backup(centre.url) as restore:
        with gateway(centre.url) as before:
            at, its = replace(at, url=before.address), replace(its, url=before.address)
            record(book, 3)
            synced(book, at)
            kept, gone = went_on(book, tmp_path / "kept")
            synced(gone, at)
            until(lambda: centre.count(arrivals) == 0)
            synced(reader, its)
            ever = own(gone)
            gone.close()
        centre.store.close()
        restore()
        with gateway(centre.url) as after:
            at, its = replace(at, url=after.address), replace(its, url=after.address)
            back = open_book(kept)
            record(back, 3)
            for _ in range(2):
                for one, where in ((back, at), (reader, its)):
                    synced(one, where)
            given = retried(centre.store, lambda t: t.rows(select(returned.c.hash), {}))
            assert own(back) <= there(centre)
            assert ever - own(back) <= {bytes(one) for (one,) in given} | there(centre)
            assert shown(reader) >= 12, "what was seen did not vanish"
            shown(back)
        centre.store.close()
    back.close()
    reader.close()


def test_f42_a_month_offline_arrives_while_the_program_ends_again_and_again(
    centre: Centre, let_in: Enrols
) -> None:
    (book, at), (other, there_) = let_in("counter", 1), let_in("other", 2)
    for _ in range(30):
        record(book, 30)
        record(other, 15)
    synced(other, there_)
    until(lambda: centre.count(arrivals) == 0)
    runs, whole = 0, False
    while not whole:
        runs += 1
        assert runs < 100, "it gets on in every run"
        again = Counter(book, at)
        for _ in range(3):
            again.sending.turn(again.heard)
            if again.reading.state.more:
                again.reading.turn(again.heard)
        again.end()
        whole = own(book) <= there(centre) and shown(book) == 450
    assert runs > 1
    assert there(centre) == own(book) | own(other)
    assert centre.count(payments) == 900
    assert (centre.count(forks), centre.count(held)) == (0, 0)
    book.close()
    other.close()
