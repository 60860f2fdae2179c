"""Counters that sync beside their work: how soon the other one knows, and what the window feels of it.

Books are encrypted, rounds run in their threads as in the program, gateway and PostgreSQL are processes of
their own, TLS is spoken. The window is a process, too: ``python -m tests.bench.sync_counters FOLDER``.
"""

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import cycle
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from counter_app import demo
from counter_app.central.database import retried
from counter_app.central.enrolling import new_code
from counter_app.demo.staff import STAFF
from counter_app.domain.acts import PaperOutcome, PaperState
from counter_app.domain.numbering import Number, Series, hash_letters
from counter_app.domain.people import Session
from counter_app.store import centre as store
from counter_app.store.book import Book, Page
from counter_app.store.journal import Recorded
from counter_app.store.reference import known_payments
from counter_app.sync.enrol import enrol
from counter_app.sync.rounds import Rounds
from tests.bench.figures import Figure
from tests.bench.start import screen
from tests.central.databases import Centre, new_centre, new_database, postgres_server
from tests.central.gateways import gateway, until, wall_ms
from tests.store.office import NOW, OFFICE, PERSON, SURESH, create, open_book, pay
from tests.sync.centre import certificate
from tests.sync.steps import clock

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QWindow

    from counter_app.app import Counter

OTHER = 1
"""The counter beside ``OFFICE``'s own."""

PAYMENTS, SOONEST_S, LATEST_S = 60, 0.05, 1.5
LOOK_EVERY_S = 0.01
CONSUMERS = 5_000
BACKLOG, AT_ONCE, PAUSE_S = 1_000, 5, 0.05
RECORD_EVERY_S = 0.1
KEY_EVERY_MS = 60
WORDS = ("suresh", "सुरेश मा", "9826", "ram ku", "गीता", "N22", "sharma")
_ROOT = Path(__file__).parents[2]


class Place:
    """A centre with its gateway, for counters of one office."""

    def __init__(self, centre: Centre, address: str) -> None:
        self.centre, self.address = centre, address

    def enrol(self, book: Book) -> None:
        """Let a counter in, as every counter is."""
        number = book.office.counter
        code = retried(
            self.centre.store, lambda transaction: new_code(transaction, OFFICE.code, number, wall_ms())
        )
        enrol(book, self.address, code, certificate()[0], clock())


@contextmanager
def place(folder: Path) -> Iterator[Place]:
    """One gateway over an empty store."""
    words = []
    for name, text in zip(("certificate", "key"), certificate(), strict=True):
        (folder / name).write_text(text)
        words += [f"--{name}", str(folder / name)]
    with ExitStack() as stack:
        url = stack.enter_context(new_database(stack.enter_context(postgres_server())))
        centre = stack.enter_context(new_centre(url))
        yield Place(centre, stack.enter_context(gateway(centre.url, *words)).address)


@contextmanager
def syncing(book: Book, there: Place) -> Iterator[None]:
    """The counter is let in, and its rounds run; a fault of theirs ends the measuring."""
    there.enrol(book)
    with book.reading() as connection:
        at = store.centre(connection)
    assert at is not None
    faults: list[Exception] = []
    rounds = Rounds(book, at, book.program, clock, lambda _: None, faults.append)
    rounds.start()
    try:
        yield
    finally:
        rounds.stop()
        book.close()
    assert not faults, faults


def _take_time(seconds: float) -> None:
    """The pace of somebody who records or looks."""
    threading.Event().wait(seconds)


# -- from one counter to the other -----------------------------------------------------------------


def propagation() -> list[Figure]:
    """From a payment's commit until the other counter's screens know of it."""
    with TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        there = stack.enter_context(place(folder))
        here, other = create(folder / "here"), create(folder / "other", OTHER)
        for book in (here, other):
            stack.enter_context(syncing(book, there))
        took = _propagated(here, other)
    return [
        Figure("propagation_p95_s", statistics.quantiles(took, n=20, method="inclusive")[18], "s", 5),
        Figure("propagation_max_s", max(took), "s"),
    ]


def _propagated(here: Book, other: Book) -> list[float]:
    """Record at uneven moments, look at the other's book all the time; seconds for each payment."""
    chance, under_way, took = Random(1), dict[str, float](), list[float]()
    recorded, due = 0, time.monotonic()

    def looked() -> bool:
        nonlocal recorded, due
        if recorded < PAYMENTS and time.monotonic() >= due:
            with here.writing() as page:
                number = _number(pay(page), recorded + 1)
            under_way[number] = time.monotonic()
            recorded, due = recorded + 1, time.monotonic() + chance.uniform(SOONEST_S, LATEST_S)
        with other.reading() as connection:
            known = {one.reference for one in known_payments(connection, SURESH.number)}
        at = time.monotonic()
        took.extend(at - under_way.pop(one) for one in known & under_way.keys())
        _take_time(LOOK_EVERY_S)
        return len(took) == PAYMENTS

    until(looked, 300)
    return took


def _number(recorded: Recorded, serial: int) -> str:
    letters = hash_letters(recorded.hash)
    return str(Number(Series.RECEIPT, OFFICE.code, OFFICE.counter, serial, letters))


# -- the window meanwhile --------------------------------------------------------------------------


def stall() -> list[Figure]:
    """Work of the UI thread for one event at most: a backlog goes out, as much comes in, both go on."""
    with TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        there = stack.enter_context(place(folder))
        numbers = _office_with_backlog(folder / "window", there)
        other = create(folder / "other", OTHER)
        stack.enter_context(syncing(other, there))
        environment = stack.enter_context(screen())
        window = stack.enter_context(_window(folder / "window", environment))
        assert window.stdout is not None
        assert window.stdout.readline() == "begun\n"
        for first in range(0, BACKLOG, AT_ONCE):
            with other.writing() as page:
                for number in numbers[first : first + AT_ONCE]:
                    pay(page, consumer=number, counter=OTHER)
            _take_time(PAUSE_S)
        told = json.loads(window.stdout.readline())
    return [
        Figure("ui_stall_ms_max", told["longest_ms"], "ms", 50),
        Figure("ui_events_measured", told["events"], "events"),
        Figure("ui_keys_typed", told["keys"], "keys"),
        Figure("ui_searches_answered", told["answered"], "searches", len(WORDS), at_least=True),
        Figure("ui_syncing_s", told["took_s"], "s"),
        Figure("load_average", os.getloadavg()[0], "processes"),
    ]


def _office_with_backlog(folder: Path, there: Place) -> tuple[str, ...]:
    """The demo office, enrolled, with so much to send; numbers of as many of its consumers."""
    demo.make(folder, consumers=CONSUMERS, seed=11, now=datetime.now(UTC))
    book = open_book(folder)
    with book.reading() as connection:
        numbers = demo.numbers(connection)[:BACKLOG]
    with book.writing() as page:
        for number in numbers[::2]:
            _pay_with_receipt(page, number)
    there.enrol(book)
    book.close()
    return numbers


def _pay_with_receipt(page: Page, consumer: str) -> None:
    """Two entries: a paper in doubt would be asked for before anything else."""
    printed = PaperOutcome(pay(page, consumer=consumer).entry.header.act, PaperState.CONFIRMED, "POS-80")
    page.record(printed, act=uuid4(), person=PERSON, at=NOW)


@contextmanager
def _window(folder: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    words = [sys.executable, "-m", "tests.bench.sync_counters", str(folder)]
    with subprocess.Popen(words, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, text=True) as running:
        try:
            yield running
            running.wait(60)
        finally:
            running.kill()


def _worked(book: Book) -> bool:
    """Record one more until the other's payments are known; then, whether all that is own is sent."""
    _take_time(RECORD_EVERY_S)
    with book.reading() as connection:
        known = connection.exec_driver_sql("SELECT count(*) FROM foreign_entries").scalar_one()
        if known > BACKLOG:  # all payments, and the entry that opens their segment
            return not store.unsent_count(connection)
    with book.writing() as page:
        _pay_with_receipt(page, SURESH.number)
    return False


def window(folder: str) -> None:
    """The counter as its command starts it, somebody typing in it from when its line begins to the end."""
    import gc

    gc.disable()  # as the command does while it starts
    from counter_app.app import Counter, Opening
    from counter_app.words.say import Language
    from tests.bench.timed import Timed

    application = Timed(sys.argv[:1])
    counter = Counter(application, Opening(Path(folder), True, 0, 0), Language.HINDI)
    typist = _typist(counter, application)
    counter.shell.show()
    application.exec()
    counter.close()
    del typist


def _typist(counter: "Counter", application: Any) -> "QObject":
    """An object that signs the person in and types while the line works; then tells, and ends the program."""
    from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

    class Typist(QObject):
        through = Signal()

        def __init__(self) -> None:
            super().__init__()
            self.began, self.keys, self.answered = 0.0, 0, set[str]()
            self.signs = cycle("".join(f"{word}\x1b" for word in WORDS))
            self.timer = QTimer(self, interval=KEY_EVERY_MS)
            self.timer.timeout.connect(self.type)
            counter.opened.connect(self.opened)
            self.through.connect(self.end)

        @Slot()
        def opened(self) -> None:
            counter.window.work.settled.connect(self.begin, Qt.ConnectionType.SingleShotConnection)
            counter.window.signed_in(Session(STAFF[0], None))

        @Slot()
        def begin(self) -> None:
            print("begun", flush=True)
            self.began, application.measuring = time.monotonic(), True
            self.timer.start()
            threading.Thread(target=self.work, daemon=True).start()

        def work(self) -> None:
            until(partial(_worked, counter.window.desk.book))
            self.through.emit()

        @Slot()
        def type(self) -> None:
            _post_key(counter.shell.windowHandle(), next(self.signs))
            self.keys += 1
            if counter.window.page().name == "home":
                self.answered.add(counter.window.page()._answered)

        @Slot()
        def end(self) -> None:
            application.measuring = False
            self.timer.stop()
            told = {"longest_ms": application.longest, "events": application.events}
            told |= {"keys": self.keys, "answered": len(self.answered - {""})}
            print(json.dumps(told | {"took_s": time.monotonic() - self.began}), flush=True)
            application.quit()

    return Typist()


def _post_key(window: "QWindow", sign: str) -> None:
    """A key pressed and let go as the desktop hands them to the window, each an event of its own."""
    from PySide6.QtCore import QCoreApplication, QEvent, Qt
    from PySide6.QtGui import QKeyEvent

    code = ord(sign.upper())
    key = Qt.Key.Key_Escape if sign == "\x1b" else Qt.Key(code) if code < 0x80 else Qt.Key.Key_unknown
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "" if sign == "\x1b" else sign)
        event.setTimestamp(time.monotonic_ns() // 1_000_000)
        QCoreApplication.postEvent(window, event)


PARTS: dict[str, Callable[[], list[Figure]]] = {"propagation": propagation, "stall": stall}

if __name__ == "__main__":
    window(sys.argv[1])
