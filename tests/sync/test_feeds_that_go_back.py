"""F27, F28, F35, F42 at a counter: centres that are behind, that keep the feed no more or were put back, and
a month of it.
"""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter_app.domain.entry import Entry
from counter_app.domain.link import LinkState, LinkTrouble
from counter_app.store.book import Book
from counter_app.store.held import held_entries
from counter_app.store.journal import entries
from counter_app.store.projections import rebuild_and_compare
from counter_app.store.sync_ledger import SyncLedger
from counter_app.sync.rounds import Rounds, once
from counter_app.wire import counter_side
from counter_app.wire.messages import Return
from tests.store.office import create, open_book, pay, register
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


def test_f35_centre_and_counter_are_put_back_to_different_days(
    book: Book, centre: Centre, counter: Stepped, neighbour: Records, step: Step, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """What only a third one had read comes back by him, what the author still has by the author."""
    monkeypatch.setattr(counter_side, "RETURN_AFTER_MS", 0)
    reader = create(tmp_path / "reader", counter=4)
    centre.admit(reader.device, reader.public_key, 4)

    def everywhere(one: Book) -> set[bytes]:
        with one.reading() as connection:
            return {entry.hash for entry in entries(connection)}

    def recorded(one: Book, many: int) -> None:
        with one.writing() as page:
            for _ in range(many):
                pay(page)

    recorded(book, 3)
    assert once(book, counter.centre, "1.0", clock)
    older = centre.memory.copy()
    recorded(book, 2)
    neighbour(2)
    assert once(book, counter.centre, "1.0", clock)
    book.close()
    backup = shutil.copytree(book.folder, tmp_path / "backup")
    gone = open_book(book.folder)
    recorded(gone, 4)
    assert once(gone, counter.centre, "1.0", clock)
    assert once(reader, counter.centre, "1.0", clock)
    ever = everywhere(gone)
    gone.close()
    # Both are put back, each to a day of its own.
    centre.memory = older
    back = open_book(backup)
    recorded(back, 1)
    for _ in range(2):
        for one in (back, reader):
            assert once(one, counter.centre, "1.0", clock)
    there = centre.memory.entries.keys() | centre.memory.returned.keys()
    assert ever | everywhere(back) <= there
    assert ever - everywhere(back) <= centre.memory.returned.keys()
    with back.reading() as connection:
        assert rebuild_and_compare(connection) == ()
        assert {one.reason for one in held_entries(connection, back.device)} <= {"returned"}
    back.close()
    reader.close()


def test_f42_a_month_offline_while_the_program_ends_again_and_again(
    book: Book, centre: Centre, counter: Stepped, neighbour: Records, step: Step
) -> None:
    """Thirty days of both counters: whatever a run came to is not done again, and all of it arrives."""
    for _ in range(30):
        with book.writing() as page:
            for number in range(30):
                (register if number % 5 == 4 else pay)(page)
    for _ in range(3):
        neighbour(150)
    runs = 0
    while not (arrived(book, centre) and SyncLedger(book).cursor().seq == len(centre.memory.feeds["2214"])):
        runs += 1
        assert runs < 60, "it gets on in every run"
        again = step(book, counter.centre)
        for _ in range(3):
            again.sending.turn(again.heard)
            if again.reading.state.more:
                again.reading.turn(again.heard)
        again.end()
    assert runs > 3
    assert shown(book) == (300, 150)
