"""Somebody who goes through the real window by keys, and keeps a picture of what there is to see."""

from collections.abc import Callable
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from counter_app import demo
from counter_app.demo.staff import PASSWORD
from counter_app.desk import finding, sign_in
from counter_app.desk.desk import Desk
from counter_app.domain.people import Session
from counter_app.ui import theme
from counter_app.ui.pages.table import build
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.offices import NOW, open_desk
from tests.screens.conftest import press, type_keys
from tests.screens.looked_at import faults

SIZES = {"1366": (1366, 768), "1920": (1920, 1080), "1280": (1280, 720)}
PATIENCE_MS = 20_000
POLL_MS = 2
ROUNDS = 3
CAPS = {
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
    "Del": Qt.Key.Key_Delete,
    "Down": Qt.Key.Key_Down,
    "Up": Qt.Key.Key_Up,
    "PgDn": Qt.Key.Key_PageDown,
    **{f"F{n}": Qt.Key(Qt.Key.Key_F1 + n - 1) for n in range(1, 13)},
}


def some_owing(desk: Desk, session: Session, at: datetime, count: int) -> tuple[str, ...]:
    """Numbers of the first consumers who owe more than a thousand rupees."""
    with desk.book.reading() as connection:
        numbers = demo.numbers(connection)
    owed = ((number, finding.preview(desk, session, number, at).payable) for number in numbers)
    return tuple(islice((number for number, payable in owed if payable and payable.amount > 1000_00), count))


class Lost(Exception):
    """A key did not lead where the tour goes; the text tells the stop and what was shown instead."""


class Tourist:
    """A window on an office's folder; ``out`` takes the pictures (None: none are made), ``clock`` stands."""

    def __init__(
        self,
        application: QApplication,
        folder: Path,
        language: Language,
        out: Path | None,
        at: datetime = NOW,
    ) -> None:
        self._application, self._folder, self._language, self._out = application, folder, language, out
        self._at = at
        self.window = Window(language, lambda: at, build)
        self.window.resize(*SIZES["1366"])
        self.window.show()
        self.window.activateWindow()
        self.window.attach(open_desk(folder, at))
        self.owing: tuple[str, ...] = ()
        self.seen: dict[str, tuple[str, ...]] = {}
        self.until(lambda: self.window.is_open)

    def close(self) -> None:
        """Close window, threads and data."""
        self.window.work.stop()
        self.window.background.close()
        self.window.desk.book.close()
        self.window.deleteLater()

    def sign_in(self, code: str) -> None:
        """Somebody sits down, and Home is shown."""
        desk = self.window.desk
        session = sign_in.sign_in(desk, code, PASSWORD, uuid4(), self._at)
        self.owing = some_owing(desk, session, self._at, 4)
        self.window.signed_in(session)
        self.to("home")

    def press(self, *caps: str) -> None:
        """Press keys by what stands on them; anything that is no cap is typed."""
        for cap in caps:
            if cap in CAPS:
                press(self.window, CAPS[cap])
            else:
                type_keys(self.window, cap)
            self._breathe()

    def find(self, typed: str) -> None:
        """From Home: somebody found by what is typed, the first row marked."""
        self.home()
        self.press(typed)
        self.until(lambda: bool(self.window.page().consumer()), f"found by {typed}")

    def open(self, typed: str) -> None:
        """The consumer's page."""
        self.find(typed)
        self.press("Enter")
        self.to("consumer")

    def pay(self, number: str) -> None:
        """Take all that is due in cash, counted out exactly."""
        self.open(number)
        self.press("F4")
        self.to("pay")
        self.press("Enter")
        self.to("home")

    def home(self) -> None:
        """Back to an empty Home."""
        self.window.home()
        self.to("home")

    def say(self, words: str, page: str) -> None:
        """From Home: a page without a key, by its word."""
        self.home()
        self.press(words, "Enter")
        self.to(page)

    def to(self, page: str) -> None:
        """Wait until a page is shown and what it asked for has come."""
        self.until(lambda: self.window.page().name == page, page)
        self._breathe()

    def until(self, holds: Callable[[], bool], wanted: str = "") -> None:
        """Let the window live until what must come is there."""
        deadline = QDeadlineTimer(PATIENCE_MS)
        loop = QEventLoop()
        poll = QTimer(interval=POLL_MS)
        poll.timeout.connect(lambda: loop.quit() if holds() or deadline.hasExpired() else None)
        poll.start()
        loop.exec()
        poll.stop()
        if not holds():
            raise Lost(f"{wanted}: {self.window.page().name} is shown")

    def look(self, name: str, *, every: bool = True) -> None:
        """Note the faults of what is shown and keep its pictures, in each size and theme where ``every``."""
        self._breathe()
        found: list[str] = []
        for size in SIZES if every else ["1366"]:
            self.window.resize(*SIZES[size])
            self._breathe()
            found += [f"{size}: {fault}" for fault in faults(self.window)]
            for dark in (False, True) if self._out else ():
                shade = "dark" if dark else "light"
                self._picture(f"{name}-{self._language.value}-{size}-{shade}", dark=dark)
        self.window.resize(*SIZES["1366"])
        self._breathe()
        self.seen[name] = tuple(found)

    def _picture(self, name: str, *, dark: bool) -> None:
        assert self._out is not None
        theme.wear(self._application, dark=dark)
        self.window.grab().save(str(self._out / f"{name}.png"))
        theme.wear(self._application, dark=False)

    def _breathe(self) -> None:
        """Let everything that was asked of the desk be answered, and what the answers asked in turn."""
        self.window.settle_keys()
        for _ in range(ROUNDS):
            answered: list[None] = []
            self.window.background.run(lambda: None, answered.append)
            self.until(lambda answered=answered: bool(answered), "an answer")
