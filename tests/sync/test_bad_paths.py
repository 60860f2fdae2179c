"""F19 and F20 on the way to the centre: names and addresses that lead nowhere, paths that swallow."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from counter_app.store.book import Book
from counter_app.sync import client
from counter_app.sync.rounds import Rounds
from counter_app.wire.line import LONGEST_PAUSE_MS
from tests.sync.centre import Centre
from tests.sync.conftest import Step
from tests.sync.path import DOWN, Path, Weather, nobody_there, path_to
from tests.sync.steps import Counter, arrived, clock
from tests.sync.test_sending import record

NAME = "centre.test"
CONNECT_S, SILENCE_S = 0.4, 0.5
PATIENT = client.CONNECT_S, client.SILENCE_S
Found = list[tuple[str, int]]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "CONNECT_S", CONNECT_S)
    monkeypatch.setattr(client, "SILENCE_S", SILENCE_S)


@pytest.fixture
def path(centre: Centre) -> Iterator[Path]:
    with path_to(centre.server.server_port) as made:
        yield made


@pytest.fixture
def far(book: Book, counter: Counter, step: Step, path: Path) -> Counter:
    """The counter, behind the path."""
    return step(book, replace(counter.centre, url=f"https://127.0.0.1:{path.port}"))


def resolved(monkeypatch: pytest.MonkeyPatch, found: Callable[[], Found]) -> None:
    """The machine's own resolver, but for one name."""
    real = socket.getaddrinfo

    def ask(host: str, port: int, *rest: int, **named: int) -> list[tuple[object, ...]]:
        if host != NAME:
            return list(real(host, port, *rest, **named))
        return [one for address in found() for one in real(*address, 0, socket.SOCK_STREAM)]

    monkeypatch.setattr(socket, "getaddrinfo", ask)


def named(step: Step, book: Book, counter: Counter) -> Counter:
    """The counter, which knows the centre by its name."""
    return step(book, replace(counter.centre, url=f"https://{NAME}:{443}"))


def drained(counter: Counter, tries: int) -> int:
    """How often it had to try again until all was sent."""
    for failed in range(tries):
        if counter.drain():
            return failed
        line = counter.sending.state.line
        assert 0 < line.pause(counter.sending._now()) <= LONGEST_PAUSE_MS
        counter.hurry()
    raise AssertionError("it does not drain")


# -- names -------------------------------------------------------------------------------------------


def test_a_name_with_a_dead_address_before_the_live_one(
    book: Book, centre: Centre, counter: Counter, step: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A company's IPv6 is announced and leads nowhere: the next address is tried, and that is no failure."""
    live = "127.0.0.1", centre.server.server_port
    with nobody_there() as dead:
        resolved(monkeypatch, lambda: [dead, live])
        record(book, 20)
        before = time.monotonic()
        assert named(step, book, counter).drain()
        assert CONNECT_S <= time.monotonic() - before < CONNECT_S + 5
    assert arrived(book, centre)


def test_a_name_of_which_every_address_is_dead_is_tried_again_later(
    book: Book, centre: Centre, counter: Counter, step: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: Found = []
    resolved(monkeypatch, lambda: list(found))
    with nobody_there() as dead, socket.create_server(("127.0.0.1", 0)) as closed:
        refusing = "127.0.0.1", int(closed.getsockname()[1])
        closed.close()
        found += [dead, refusing]
        far = named(step, book, counter)
        for _ in range(3):
            record(book)
            assert not far.drain()
            assert not far.outcomes[-1].stranger
            far.hurry()
        found[:] = [("127.0.0.1", centre.server.server_port)]
        assert drained(far, 1) == 0
    assert arrived(book, centre)


def test_a_name_that_nobody_knows_for_a_while(
    book: Book, centre: Centre, counter: Counter, step: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = threading.Event()

    def found() -> Found:
        if not known.is_set():
            raise socket.gaierror(socket.EAI_AGAIN, "temporary failure in name resolution")
        return [("127.0.0.1", centre.server.server_port)]

    resolved(monkeypatch, found)
    far = named(step, book, counter)
    for _ in range(5):
        record(book)
        assert not far.drain()
        far.hurry()
    known.set()
    assert drained(far, 1) == 0
    assert arrived(book, centre)


def test_a_name_that_leads_to_somebody_else_is_not_spoken_to(
    book: Book, centre: Centre, counter: Counter, step: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A captive network answers for every name: who is there cannot prove to be the centre."""
    resolved(monkeypatch, lambda: [("127.0.0.1", centre.server.server_port)])
    strange = step(book, replace(counter.centre, url=f"https://{NAME}:443", certificate=""))
    record(book)
    assert not strange.drain()
    assert strange.outcomes[-1].stranger
    assert not centre.asked


def test_a_resolver_that_keeps_silent_holds_up_nobody(
    book: Book, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answers = threading.Event(), threading.Event()

    def found() -> Found:
        asked.set()
        answers.wait(60)
        raise socket.gaierror(socket.EAI_AGAIN, "too late")

    resolved(monkeypatch, found)
    at = replace(counter.centre, url=f"https://{NAME}:443")
    rounds = Rounds(book, at, "1.0", clock, lambda _: None, lambda fault: pytest.fail(repr(fault)))
    rounds.start()
    assert asked.wait(20)
    before = time.monotonic()
    record(book, 5)
    assert time.monotonic() - before < 2
    before = time.monotonic()
    rounds.stop()
    assert time.monotonic() - before < 4
    answers.set()


# -- paths -------------------------------------------------------------------------------------------


def test_a_path_that_swallows_large_packets_carries_smaller_batches(
    book: Book, centre: Centre, path: Path, far: Counter
) -> None:
    """A tunnel whose limit nobody hears of: after so much said at once no byte moves any more. Once something
    smaller has arrived, it is not tried with more at every turn.
    """
    assert far.drain()
    for _ in range(15):
        record(book, 100)
    path.weather = Weather(swallows=4_000)
    before = time.monotonic()
    failed = drained(far, 99)
    assert 0 < failed <= 3
    assert time.monotonic() - before < failed * (SILENCE_S + 1) + 20
    assert arrived(book, centre)


def test_a_path_that_swallows_large_answers_brings_smaller_pages(
    book: Book, centre: Centre, counter: Counter, path: Path, far: Counter
) -> None:
    record(book, 300)
    assert counter.drain()
    path.weather = Weather(swallows=6_000, towards=DOWN)
    failed = 0
    while not far.read():
        failed += 1
        assert failed <= 8
        far.hurry()
    assert failed
    with book.reading() as connection:
        read = connection.exec_driver_sql("SELECT count(*) FROM feed").scalar()
    assert read == centre.memory.feed_head("2214").seq


def test_a_path_that_loses_now_and_then_is_only_slow(
    book: Book, centre: Centre, path: Path, far: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the program's own patience: one segment in a few hundred is under way for half a second."""
    for name, seconds in zip(("CONNECT_S", "SILENCE_S"), PATIENT, strict=True):
        monkeypatch.setattr(client, name, seconds)
    record(book, 100)
    path.weather = Weather(loss=0.3, again_s=0.02)
    assert drained(far, 1) == 0
    assert far.read()
    assert arrived(book, centre)


def test_a_path_that_loses_nearly_everything_is_left_and_taken_again_when_it_is_better(
    book: Book, centre: Centre, path: Path, far: Counter
) -> None:
    path.weather = Weather(loss=0.99, again_s=0.2)
    for _ in range(4):
        record(book, 5)
        before = time.monotonic()
        assert not far.drain()
        assert time.monotonic() - before < CONNECT_S + 4 * SILENCE_S
        far.hurry()
    path.weather = Weather()
    assert drained(far, 1) == 0
    assert arrived(book, centre)


def test_a_line_that_breaks_again_and_again_carries_something_each_time(
    book: Book, centre: Centre, path: Path, far: Counter
) -> None:
    """Flapping: so much goes through, and it breaks. Batches become small enough to arrive."""
    record(book, 400)
    path.weather = Weather(cut_after=5_000)
    missing = [len(centre.memory.entries)]
    for _ in range(60):
        if far.drain():
            break
        missing.append(len(centre.memory.entries))
        far.hurry()
    assert arrived(book, centre)
    assert path.joined > 3
    stuck = [after for before, after in pairwise(missing) if after == before]
    assert len(stuck) <= len(missing) // 2, missing
