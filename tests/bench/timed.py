"""An application that takes the UI thread's time: for each event, and for each change of page."""

import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication


class Timed(QApplication):
    """While ``measuring``: the time of each event with all that it leads to at once, and of each page.

    ``shown`` tells which page is shown. A change of page lasts from the event that brings it until the window
    has been painted after it. Times are milliseconds of the UI thread's own work: it never waits, and what
    else the machine does is no matter.
    """

    def __init__(self, arguments: list[str], shown: Callable[[], object] = lambda: None) -> None:
        super().__init__(arguments)
        self.measuring = False
        self.longest = 0.0
        self.events = 0
        self.switches: list[float] = []
        self.shown = shown
        self._deep = self._painted = False
        self._last: object = None
        self._switch: float | None = None

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if not self.measuring or threading.current_thread() is not threading.main_thread():
            return super().notify(receiver, event)
        self._painted |= event.type() is QEvent.Type.UpdateRequest
        if self._deep:
            return super().notify(receiver, event)
        self._deep, began = True, time.thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            self._deep = False
            self._took(1000 * (time.thread_time() - began))

    def _took(self, spent: float) -> None:
        self.events += 1
        self.longest = max(self.longest, spent)
        shown, painted = self.shown(), self._painted
        self._painted = False
        if shown != self._last:
            self._last, self._switch = shown, spent
        elif self._switch is not None:
            self._switch += spent
        if painted and self._switch is not None:
            self.switches.append(self._switch)
            self._switch = None
