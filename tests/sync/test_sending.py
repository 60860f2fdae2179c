"""Whatever the line does, what was recorded arrives once, and nothing is believed that is not proved."""

import shutil
import threading
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from counter_app.domain.entry import Kind
from counter_app.domain.link import LinkState, LinkTrouble
from counter_app.domain.numbering import Series
from counter_app.domain.payment import PaymentTaken
from counter_app.store import centre as store
from counter_app.store.book import Book
from counter_app.store.journal import entries
from counter_app.store.projections import rebuild_and_compare
from counter_app.sync import client
from counter_app.sync.enrol import enrol
from counter_app.sync.rounds import Rounds, once
from counter_app.wire.bodies import Revoke
from counter_app.wire.messages import Hello, Item, ItemKind, Push
from tests.store.office import create, open_book, pay, register
from tests.sync.centre import CODE, Centre, centre_at
from tests.sync.conftest import Step
from tests.sync.steps import Counter as Stepped
from tests.sync.steps import arrived, clock


def record(book: Book, many: int = 3) -> None:
    with book.writing() as page:
        for number in range(many):
            (register if number % 5 == 4 else pay)(page)


def test_everything_recorded_arrives_once(book: Book, centre: Centre, counter: Stepped, step: Step) -> None:
    record(book, 30)
    assert counter.drain()
    assert arrived(book, centre)
    with book.reading() as connection:
        assert store.unsent_count(connection) == 0
        assert store.unsent(connection) == ()
    before = len(centre.asked)
    assert counter.drain()
    assert sum(isinstance(one, Push) for one in centre.asked[before:]) == 0


@pytest.mark.parametrize(
    "fault",
    [
        "lost",
        "killed before",
        "portal",
        "portal as message",
        "redirect",
        "bit",
        "forged",
        "other ask",
        "endless",
    ],
)
def test_a_bad_answer_is_no_answer(
    book: Book, centre: Centre, counter: Stepped, step: Step, fault: str
) -> None:
    assert counter.drain()
    record(book)
    # A connection that breaks is tried once more at once: it may only have been kept too long.
    centre.faults = [fault] * (2 if fault in {"lost", "killed before"} else 1)
    assert not counter.drain()
    with book.reading() as connection:
        assert store.unsent_count(connection) > 0
    counter.hurry()
    assert counter.drain()
    assert arrived(book, centre)


def test_an_answer_cut_anywhere_is_no_answer(
    book: Book, centre: Centre, counter: Stepped, step: Step
) -> None:
    for cut in (0, 1, 2, 5, 6, 7, 20, 40, 60):
        record(book, 1)
        centre.faults = [f"cut {cut}"]
        assert not counter.drain()
        counter.hurry()
        assert counter.drain()
    assert arrived(book, centre)


def test_fifty_lost_answers_in_a_row_double_nothing(
    book: Book, centre: Centre, counter: Stepped, step: Step
) -> None:
    centre.faults = ["", "lost", "lost"] * 50
    for _ in range(50):
        record(book, 1)
        assert not counter.drain()
        counter.hurry()
    assert not centre.faults
    assert counter.drain()
    assert arrived(book, centre)
    paid = Counter(one.serial for one in centre.memory.books.values() if isinstance(one, PaymentTaken))
    assert set(paid.values()) == {1}


def test_a_slow_answer_is_waited_for_while_bytes_move(
    book: Book, centre: Centre, counter: Stepped, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "CONNECT_S", 0.4)
    monkeypatch.setattr(client, "SILENCE_S", 0.5)
    record(book)
    centre.faults = ["dribble", "dribble"]
    assert counter.drain()
    assert arrived(book, centre)
    record(book)
    centre.faults = ["stall"]
    assert not counter.drain()
    counter.hurry()
    assert counter.drain()
    assert arrived(book, centre)


def test_an_answer_may_be_kept_while_there_is_nothing_new(
    book: Book, centre: Centre, counter: Stepped, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "CONNECT_S", 0.3)
    monkeypatch.setattr(client, "SILENCE_S", 0.3)
    assert counter.read()
    reading = threading.Thread(target=counter.reading.turn, args=(counter.heard,))
    reading.start()
    with centre.change:
        assert centre.change.wait_for(lambda: centre.patient, 20)
    reading.join(1.0)  # longer than any silence between two bytes
    assert reading.is_alive()
    centre.transaction(lambda work: work.publish("2214", Item(ItemKind.RULES, b"{}")))
    reading.join(20)
    assert counter.reading.state.line.failures == 0
    with book.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM feed").scalar() == 1


def test_a_centre_that_asks_for_peace_is_left_alone(
    book: Book, centre: Centre, counter: Stepped, step: Step
) -> None:
    record(book)
    centre.faults = ["busy"]
    assert not counter.drain()
    rest_ms = counter.sending.turn(counter.heard)
    assert 100_000 < rest_ms <= 120_000


def test_a_centre_that_asks_for_nothing_is_left_alone_for_longer_each_time(
    book: Book, centre: Centre, counter: Stepped
) -> None:
    record(book)
    assert counter.drain()
    record(book)
    centre.faults = ["too many"] * 9
    pauses: list[int] = []
    while centre.faults:
        assert not counter.drain()
        assert not counter.outcomes[-1].answer
        pauses.append(counter.sending.turn(counter.heard))
        counter.hurry()
    assert 0 < pauses[0] <= 1_000 < 15_000 < pauses[-1] <= 60_000
    assert counter.drain()
    assert arrived(book, centre)


def test_a_clock_that_is_wrong_is_put_right(book: Book, centre: Centre, counter: Stepped, step: Step) -> None:
    centre.ahead_ms = 7 * 365 * 86_400_000
    record(book)
    counter.drain()
    counter.hurry()
    assert counter.drain()
    assert arrived(book, centre)


def test_one_round_with_a_wrong_clock_is_a_whole_round(book: Book, centre: Centre, counter: Stepped) -> None:
    centre.ahead_ms = -400 * 86_400_000
    record(book)
    assert once(book, counter.centre, "1.0", clock)
    assert arrived(book, centre)


def test_a_centre_that_was_put_back_gets_again_what_it_lost(
    book: Book, centre: Centre, counter: Stepped
) -> None:
    record(book, 5)
    assert counter.drain()
    backup = centre.memory.copy()
    record(book, 5)
    assert counter.drain()
    centre.memory = backup
    assert once(book, counter.centre, "1.0", clock)
    assert arrived(book, centre)


def test_a_centre_with_another_certificate_is_not_spoken_to(
    book: Book, centre: Centre, counter: Stepped, step: Step, tmp_path: Path
) -> None:
    strange = step(book, store.Centre(centre.url, "", counter.centre.installation, "2214", 2))
    assert not strange.drain()
    assert strange.outcomes[-1].stranger
    assert not centre.asked


def test_a_counter_put_back_goes_on_and_nothing_is_lost(
    book: Book, centre: Centre, counter: Stepped, step: Step, tmp_path: Path
) -> None:
    record(book, 5)
    assert counter.drain()
    book.close()
    backup = shutil.copytree(book.folder, tmp_path / "backup")
    gone = open_book(book.folder)
    record(gone, 5)
    assert step(gone, counter.centre).drain()
    lost = {entry.hash for entry in entries_of(gone)}
    gone.close()
    back = open_book(backup)
    record(back, 4)
    assert step(back, counter.centre).drain()
    # What the centre knows was given out is not given out again, and an entry says so.
    with back.writing() as page:
        known = [
            payload.serial for payload in centre.memory.books.values() if isinstance(payload, PaymentTaken)
        ]
        assert page.next_serial(Series.RECEIPT) == max(known) + 1
    record(back, 1)
    assert step(back, counter.centre).drain()
    with back.reading() as connection:
        assert rebuild_and_compare(connection) == ()
    assert [one.header.kind for one in entries_of(back)].count(Kind.NUMBER_GAP) == 1
    assert lost | {one.hash for one in entries_of(back)} == set(centre.memory.entries)
    # What the copy had lost comes back in the feed: the screens show it as from another counter.
    step(back, counter.centre).read()
    with back.reading() as connection:
        rows = connection.exec_driver_sql("SELECT count(*) FROM known_payments").scalar()
    assert rows == 4
    back.close()


def test_a_clone_of_the_disk_loses_nothing(
    book: Book, centre: Centre, counter: Stepped, step: Step, tmp_path: Path
) -> None:
    record(book, 2)
    book.close()
    twin = open_book(Path(shutil.copytree(book.folder, tmp_path / "twin")))
    mine = open_book(book.folder)
    for one in (mine, twin, mine, twin):
        record(one, 2)
        assert step(one, counter.centre).drain()
    both = {entry.hash for each in (mine, twin) for entry in entries_of(each)}
    assert both == set(centre.memory.entries)
    assert len(centre.memory.alarms) == 1
    mine.close()
    twin.close()


def test_a_month_offline_arrives(book: Book, centre: Centre, counter: Stepped, step: Step) -> None:
    for _ in range(30):
        record(book, 100)
    assert counter.drain()
    assert arrived(book, centre)
    assert sum(isinstance(one, Push) for one in centre.asked) < 30


def test_the_line_heals_without_a_restart(book: Book, tmp_path: Path) -> None:
    told: list[LinkState] = []
    change = threading.Condition()
    faults: list[Exception] = []

    def tell(state: LinkState) -> None:
        with change:
            told.append(state)
            change.notify_all()

    def wait_for(wanted) -> bool:
        with change:
            return change.wait_for(lambda: bool(told) and wanted(told[-1]), 20)

    with centre_at(tmp_path) as centre:
        at = enrol(book, centre.url, CODE, centre.certificate, clock())
        port, memory = centre.server.server_port, centre.memory
    rounds = Rounds(book, at, "1.0", clock, tell, faults.append)
    rounds.start()
    record(book, 6)
    assert wait_for(lambda state: not state.linked and state.unsent == 7)
    with centre_at(tmp_path, port) as centre:
        centre.memory = memory
        rounds.try_now()
        assert wait_for(lambda state: state.linked and state.unsent == 0 and state.trouble is None)
        record(book, 2)
        assert wait_for(lambda state: state.unsent == 0 and arrived(book, centre))
        rounds.stop()
    assert not faults


def test_stopping_does_not_wait_for_the_centre(
    book: Book, centre: Centre, counter: Stepped, step: Step
) -> None:
    at = enrol(book, centre.url, CODE, centre.certificate, clock())
    linked = threading.Event()
    rounds = Rounds(book, at, "1.0", clock, lambda state: linked.set() if state.linked else None, _raise)
    rounds.start()
    assert linked.wait(20)
    before = datetime.now(UTC)
    rounds.stop()
    assert (datetime.now(UTC) - before).total_seconds() < 3


def test_once_says_whether_all_went_well(book: Book, centre: Centre, counter: Stepped, step: Step) -> None:
    record(book, 3)
    at = enrol(book, centre.url, CODE, centre.certificate, clock())
    assert once(book, at, "1.0", clock)
    assert arrived(book, centre)
    centre.faults = ["portal"] * 2
    assert not once(book, at, "1.0", clock)
    with book.reading() as connection:
        assert store.last_contact(connection) is not None


def entries_of(book: Book) -> list:
    with book.reading() as connection:
        return list(entries(connection))


def _raise(fault: Exception) -> None:
    raise fault


def test_a_revoked_device_is_told_and_goes_on_keeping(
    book: Book, centre: Centre, counter: Stepped, step: Step
) -> None:
    centre.transaction(lambda work: work.revoke(book.device))
    record(book, 2)
    told: list[LinkState] = []
    seen = threading.Event()

    def tell(state: LinkState) -> None:
        told.append(state)
        if state.trouble is LinkTrouble.REVOKED:
            seen.set()

    rounds = Rounds(book, counter.centre, "1.0", clock, tell, _raise)
    rounds.start()
    assert seen.wait(20)
    record(book, 2)
    rounds.stop()
    assert any(isinstance(one, Hello) for one in centre.asked)


def test_a_second_counter_shows_what_the_first_recorded(
    book: Book, centre: Centre, counter: Stepped, step: Step, tmp_path: Path
) -> None:
    other = create(tmp_path / "other")
    centre.admit(other.device, other.public_key, 2)
    record(other, 5)
    elsewhere = step(other, counter.centre)
    assert elsewhere.drain()
    assert counter.read()
    with book.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM known_payments").scalar() == 4
        assert connection.exec_driver_sql("SELECT count(*) FROM known_complaints").scalar() == 1
    other.close()


def test_a_counter_that_the_feed_calls_revoked_says_so(book: Book, centre: Centre) -> None:
    at = enrol(book, centre.url, CODE, centre.certificate, clock())
    body = msgspec.json.encode(Revoke(book.device))
    centre.transaction(lambda work: work.publish("2214", Item(ItemKind.REVOKE, body)))
    told, heard = threading.Event(), list[LinkState]()

    def tell(state: LinkState) -> None:
        heard.append(state)
        if state.trouble is LinkTrouble.REVOKED:
            told.set()

    rounds = Rounds(book, at, "1.0", clock, tell, lambda trouble: pytest.fail(repr(trouble)))
    rounds.start()
    assert told.wait(20), heard
    rounds.stop()
