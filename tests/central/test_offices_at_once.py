"""Two offices become one, or a part of one goes to another: by a snapshot, during traffic, whole or again."""

import itertools
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from counter_app.central import compacting, importing, snapshots
from counter_app.central.database import Database, Transaction, retried
from counter_app.central.moving import Moves
from counter_app.central.tables import arrivals, consumers, floors, forks, held, payments
from counter_app.domain.acts import FileKind
from counter_app.domain.complaint import Stage
from counter_app.domain.entry import Entry
from counter_app.store import reference, told
from counter_app.store.book import Book
from counter_app.wire.bodies import MovedAway, MovedIn, MovedOut, read_body
from counter_app.wire.messages import AskPiece, Item
from tests.central.books import feed, integrate, let_in, received, recorded, registering, stepping
from tests.central.databases import Centre
from tests.central.gateways import Counter, enrolled, gateway, until, wall_ms
from tests.central.test_snapshots import HERE, SAMPLES, THERE, new_book, numbers, read
from tests.store.office import TODAY
from tests.store.test_loading import compared, differing


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """The samples have fifty people: of ten a snapshot tells."""
    monkeypatch.setattr(importing, "MOST_ONE_BY_ONE", 10)


@pytest.fixture
def books(tmp_path: Path) -> Iterator[tuple[Book, Book]]:
    made = new_book(tmp_path / "here"), new_book(tmp_path / "there", office=THERE)
    yield made
    for one in made:
        one.close()


def bring(store: Database, office: str) -> importing.Imported:
    kinds = (FileKind.CONSUMERS, FileKind.BILLS, FileKind.PAYMENTS)
    return importing.take(store, office, {kind: SAMPLES[kind] for kind in kinds}, {}, None, TODAY, wall_ms())


def bodies(store: Database, office: str) -> list[object]:
    return [read_body(one) for one in feed(store, office) if isinstance(one, Item)]


def worked(store: Database, counter: Counter) -> list[Entry]:
    """Payments and a complaint about the office's first consumers."""
    first, second, *_ = numbers(store)
    made = [*counter.pay(1, consumer=first), *counter.pay(1, consumer=second)]
    asked = recorded(counter, registering(counter, first))
    made += [asked, recorded(counter, stepping(asked, Stage.ATTENDED))]
    received(store, made)
    integrate(store)
    return made


def homes(store: Database) -> dict[str, str]:
    asked = select(consumers.c.consumer, consumers.c.office)
    return dict(retried(store, lambda transaction: transaction.rows(asked, {})))


def test_all_of_an_office_goes_to_another_one(store: Database, books: tuple[Book, Book]) -> None:
    here, there = books
    bring(store, HERE)
    theirs = let_in(store, THERE, 3)
    worked(store, let_in(store, HERE, 3))
    read(store, here)
    read(store, there)
    before = len(feed(store, THERE))
    made = bring(store, THERE)
    assert made.moved == len(homes(store))
    assert set(homes(store).values()) == {THERE}
    said = bodies(store, HERE), bodies(store, THERE)[before:]
    assert [type(one) for one in said[0] if isinstance(one, MovedAway | MovedOut)] == [MovedAway]
    assert not any(isinstance(one, MovedIn) for one in said[1])
    assert any(isinstance(one, AskPiece) for one in read(store, there)), "it was at the feed's end before"
    received(store, theirs.pay(1, consumer=numbers(store)[2]))
    integrate(store)
    read(store, there)
    fresh = new_book(there.folder.parent / "fresh", counter=4, office=THERE)
    read(store, fresh)
    assert differing(rows(there), rows(fresh)) == {}
    read(store, here)
    with here.reading() as connection:
        assert {told.moved_to(connection, one) for one in numbers(store)} == {THERE}
    fresh.close()


def rows(book: Book) -> dict[str, set[Any]]:
    return {name: found for name, found in compared(book).items() if name not in {"office_facts", "erased"}}


def test_what_the_old_office_recorded_is_there_also_what_it_records_later(
    store: Database, books: tuple[Book, Book]
) -> None:
    _, there = books
    bring(store, HERE)
    counter = let_in(store, HERE, 3)
    made = worked(store, counter)
    late = counter.pay(1, consumer=numbers(store)[3])
    bring(store, THERE)
    received(store, late)
    integrate(store)
    read(store, there)
    with there.reading() as connection:
        known = set(connection.exec_driver_sql("SELECT hash FROM foreign_entries").scalars())
    assert {one.hash for one in (*made[1:], *late)} <= known | {made[0].hash}


def test_they_come_back_as_if_they_had_never_gone(store: Database, books: tuple[Book, Book]) -> None:
    here, _ = books
    bring(store, HERE)
    read(store, here)
    before = rows(here)
    bring(store, THERE)
    read(store, here)
    bring(store, HERE)
    read(store, here)
    assert differing(rows(here), before) == {}
    with here.reading() as connection:
        assert {told.moved_to(connection, one) for one in numbers(store)} == {None}


def test_a_few_move_one_by_one_as_ever(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MOST_ONE_BY_ONE", 500)
    bring(store, HERE)
    bring(store, THERE)
    assert sum(isinstance(one, MovedOut) for one in bodies(store, HERE)) == len(homes(store))
    assert not any(retried(store, partial(snapshots.newest, office=one)) for one in (HERE, THERE))


def test_one_that_was_killed_in_between_is_finished_by_the_same_command(
    store: Database, books: tuple[Book, Book], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After every write once; what had moved by then is not forgotten."""
    _, there = books
    bring(store, HERE)
    let_in(store, THERE, 3)
    read(store, there)
    monkeypatch.setattr(importing, "CHUNK", 20)
    chunks = [0]
    whole = Moves.to

    def dying(moves: Moves, office: str, named: Any) -> Any:
        chunks[0] += 1
        if chunks[0] == 3:
            raise KeyboardInterrupt
        return whole(moves, office, named)

    with monkeypatch.context() as dead:
        dead.setattr(Moves, "to", dying)
        with pytest.raises(KeyboardInterrupt):
            bring(store, THERE)
    assert {HERE, THERE} == set(homes(store).values())
    compacting.make(store, THERE, wall_ms())
    assert not retried(store, floor_of), "a snapshot in between is no end of it"
    monkeypatch.setattr(importing, "MOST_ONE_BY_ONE", 10_000)
    with monkeypatch.context() as dead:
        dead.setattr(compacting, "make", died)
        with pytest.raises(KeyboardInterrupt):
            bring(store, THERE)
    assert retried(store, floor_of) > 0
    assert retried(store, lambda t: snapshots.newest(t, THERE)) == b"", "the one in between leads nowhere"
    bring(store, THERE)
    read(store, there)
    with there.reading() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM consumers").scalar()
    assert count == len(numbers(store))


def died(*_: object) -> None:
    raise KeyboardInterrupt


def floor_of(transaction: Transaction) -> int:
    found = transaction.rows(select(floors.c.seq).where(floors.c.office == THERE), {})
    return int(found[0][0])


def test_f38_offices_become_one_while_both_take_money(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some of it before, some behind each chunk: it is nowhere twice, and the new office has all of it."""
    monkeypatch.setattr(importing, "CHUNK", 5)
    bring(centre.store, HERE)
    people, over = numbers(centre.store), threading.Event()

    def trade(counter: Counter, address: str) -> None:
        for turn, number in enumerate(itertools.cycle(people)):
            if over.is_set() and turn > len(people):
                return
            counter.pay(consumer=number)
            counter.send(address)

    with gateway(centre.url) as running, ThreadPoolExecutor() as clerks:
        counters = [enrolled(centre, running.address, office, 3) for office in (HERE, THERE)]
        at_work = [clerks.submit(trade, counter, running.address) for counter in counters]
        until(lambda: centre.count(payments) > len(counters))
        bring(centre.store, THERE)
        over.set()
        for one in at_work:
            one.result()
        until(lambda: centre.count(arrivals) == 0)
    taken = sum(counter.node.next_serial() - 1 for counter in counters)
    assert (centre.count(payments), centre.count(held), centre.count(forks)) == (taken, 0, 0)
    assert set(homes(centre.store).values()) == {THERE}
    with closing(new_book(tmp_path / "fresh", counter=4, office=THERE)) as book:
        read(centre.store, book)
        with book.reading() as connection:
            known = [reference.known_payments(connection, number) for number in people]
            told_of = [one.reference for found in known for one in found]
    ours = [one for one in told_of if one.startswith((f"{HERE}-3-", f"{THERE}-3-"))]
    assert len(ours) == len({*ours}) == taken
