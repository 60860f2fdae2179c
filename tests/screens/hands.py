"""The hands of somebody at the window: real keys, and patience until what they lead to is there."""

from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt, QTimer

from counter_app.ui.window import Window
from tests.screens.conftest import press, scan, type_keys

PATIENCE_MS = 60_000
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


class Lost(Exception):
    """A key did not lead where the hands go; the text tells the stop and what was shown instead."""


class Hands:
    """Press keys in a window. ``keys``: how many were pressed so far; what a scanner sends is none."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.keys = 0

    def press(self, *caps: str) -> None:
        """Press keys by what stands on them; anything that is no cap is typed."""
        for cap in caps:
            if cap in CAPS:
                press(self.window, CAPS[cap])
            else:
                type_keys(self.window, cap, until_settled=False)
            self.keys += 1 if cap in CAPS else len(cap)
            self.breathe()

    def scan(self, code: str) -> None:
        """Hold a paper's code before the scanner."""
        scan(self.window, code)
        self.breathe()

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
        self.breathe()

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

    def breathe(self) -> None:
        """Let everything that was asked of the desk be answered, and what the answers asked in turn."""
        QTimer.singleShot(0, self.window, self.window.settle_keys)
        for _ in range(ROUNDS):
            answered: list[None] = []
            self.window.background.run(lambda: None, answered.append)
            self.until(lambda answered=answered: bool(answered), "an answer")
