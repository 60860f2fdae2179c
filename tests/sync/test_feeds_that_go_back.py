"""F27, F28 at a counter: a centre that is behind by turns, and one that does not keep the feed any more."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter_app.domain.entry import Entry
from counter_app.domain.link import LinkState, LinkTrouble
from counter_app.store.book import Book
from counter_app.store.projections import rebuild_and_compare
from counter_app.sync.rounds import Rounds, once
from counter_app.wire.messages import Return
from tests.store.office import create, pay, register
from tests.sync.centre import Centre
from tests.sync.conftest import Step
from tests.sync.steps import Counter as Stepped
from tests.sync.steps import arrived, clock

Records = Callable[[int], None]


@pytest.fixture
def neighbour(centre: Centre, counter: Stepped, step: Step, tmp_path: Path) -> Iterator[Records]:
    """Another counter of the office; a call records there, and brings it to the centre."""
    other = create(tmp_path / "other", counter=3)
    centre.admit(other.device, other.public_key, 3)
    elsewhere = step(other, counter.centre)

    def records(many: int) -> None:
        with other.writing() as page:
            for number in range(many):
                (register if number % 3 == 2 else pay)(page, counter=3)
        assert elsewhere.drain()

    yield records
    other.close()


def shown(book: Book) -> tuple[int, int]:
    """How many payments and complaints of others the screens have."""
    with book.reading() as connection:
        assert rebuild_and_compare(connection) == ()
        payments = connection.exec_driver_sql("SELECT count(*) FROM known_payments").scalar_one()
        return payments, connection.exec_driver_sql("SELECT count(*) FROM known_complaints").scalar_one()


def test_f27_a_centre_that_is_behind_by_turns_takes_nothing_off_the_screens(
    book: Book, centre: Centre, counter: Stepped, neighbour: Records
) -> None:
    """As two machines of which one follows the other, behind an address that leads to either."""
    neighbour(4)
    behind = centre.memory.copy()
    neighbour(5)
    ahead = centre.memory
    seen = (0, 0)
    for turn in range(8):
        centre.memory = ahead if turn % 2 == 0 else behind
        assert once(book, counter.centre, "1.0", clock)
        assert shown(book) >= seen, "what was seen once never vanishes"
        seen = shown(book)
        if turn == 4:
            centre.memory = ahead
            neighbour(3)
            behind, ahead = ahead, centre.memory
    centre.memory = ahead
    with book.writing() as page:
        pay(page)
    assert once(book, counter.centre, "1.0", clock)
    assert arrived(book, centre)
    with book.reading() as connection:
        seqs = connection.exec_driver_sql("SELECT seq, entry FROM feed ORDER BY seq").all()
        placed = connection.exec_driver_sql("SELECT count(*) FROM foreign_entries WHERE NOT placed").scalar()
    there = [item.hash if isinstance(item, Entry) else None for item in ahead.feeds["2214"]]
    assert [tuple(one) for one in seqs][: len(there)] == list(enumerate(there, 1)), "no silent gap"
    assert placed == 0
    assert not any(isinstance(one, Return) for one in centre.asked), "nothing is given back for a short while"


def test_f28_a_feed_that_is_kept_no_more_is_said_and_own_entries_arrive_all_the_same(
    book: Book, centre: Centre, counter: Stepped, neighbour: Records
) -> None:
    neighbour(3)
    assert once(book, counter.centre, "1.0", clock)
    seen = shown(book)
    neighbour(6)
    whole = centre.memory.copy()
    centre.memory.floors["2214"] = 8
    with book.writing() as page:
        pay(page)
        register(page)
    told, said = threading.Event(), list[LinkState]()

    def tell(state: LinkState) -> None:
        said.append(state)
        if state.trouble is LinkTrouble.NEEDS_SNAPSHOT and not state.unsent:
            told.set()

    rounds = Rounds(book, counter.centre, "1.0", clock, tell, lambda fault: pytest.fail(repr(fault)))
    rounds.start()
    assert told.wait(20), said
    rounds.stop()
    assert arrived(book, centre)
    assert shown(book) == seen
    # One that has all of it takes its place: nobody has to do anything at the counter.
    centre.memory = whole
    assert once(book, counter.centre, "1.0", clock)
    assert arrived(book, centre)
    assert shown(book) == (2 + 4, 1 + 2)
