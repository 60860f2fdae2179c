"""An application that takes the UI thread's time: for each event, and for each change of page."""

import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

WEIGHED = 20_000
"""Events by which the way through Python is weighed."""


class Timed(QApplication):
    """While ``measuring``: the time of each event with all that it leads to at once, and of each page.

    ``shown`` tells which page is shown. A change of page lasts from the event that brings it until the window
    has been painted after it. Times are milliseconds of the UI thread's own work: it never waits, and what
    else the machine does is no matter. An event leads to hundreds of others, and each comes through this
    class and so through Python, as in no other application: this way is weighed, and taken off.
    """

    def __init__(self, arguments: list[str], shown: Callable[[], object] = lambda: None) -> None:
        super().__init__(arguments)
        self.measuring = False
        self.longest = 0.0
        self.events = 0
        self.switches: list[float] = []
        self.shown = shown
        self._deep = self._painted = False
        self._within = 0
        self._last: object = None
        self._switch: float | None = None
        self.way = self._weighed()

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if not self.measuring or threading.current_thread() is not threading.main_thread():
            return super().notify(receiver, event)
        if self._deep:
            self._within += 1
            return super().notify(receiver, event)
        self._painted = event.type() is QEvent.Type.UpdateRequest
        self._deep, self._within, began = True, 0, time.thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            self._deep = False
            self._took(1000 * (time.thread_time() - began - self._within * self.way))

    def _weighed(self) -> float:
        """Seconds that an event within another takes because it comes through this class."""
        nobody, nothing = QObject(), QEvent(QEvent.Type.User)
        self.measuring = self._deep = True
        began = time.thread_time()
        for _ in range(WEIGHED):
            self.sendEvent(nobody, nothing)
        through = time.thread_time()
        for _ in range(WEIGHED):
            super().notify(nobody, nothing)
        past = time.thread_time()
        self.measuring = self._deep = False
        return max((through - began) - (past - through), 0.0) / WEIGHED

    def _took(self, spent: float) -> None:
        self.events += 1
        self.longest = max(self.longest, spent)
        shown = self.shown()
        if shown != self._last:
            self._last, self._switch = shown, spent
        elif self._switch is not None:
            self._switch += spent
        if self._painted and self._switch is not None:
            self.switches.append(self._switch)
            self._switch = None
