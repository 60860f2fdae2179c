"""Cycles of objects are collected in the UI thread alone.

Python collects wherever it happens to allocate. In a worker thread that would destroy widgets and timers
there, and Qt ends the whole program for it.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 250
ENOUGH = 2_000
"""So many new objects are worth looking through."""
ALL_EVERY = 240
"""After so many rounds the older ones are looked through too, once nothing is under way: 500 bills that are
being drawn are millions of objects, and the window would stand still for all of them.
"""


class Collector(QObject):
    """Takes Python's collecting over from when it starts, for as long as it lives.

    ``busy``: whether work of the window is under way off the UI thread.
    """

    def __init__(self, parent: QObject, busy: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._busy = busy
        self._rounds = 0
        self._round = QTimer(self)
        self._round.setInterval(EVERY_MS)
        self._round.timeout.connect(self.collect)

    def start(self) -> None:
        """From now on collect here only; what is there now stays, so that each round is short."""
        gc.disable()
        gc.freeze()
        self._round.start()

    @Slot()
    def keep(self) -> None:
        """What is there now stays, the pages before all: no round looks through it."""
        gc.freeze()

    @Slot()
    def collect(self) -> None:
        """One round, where it is worth it."""
        self._rounds += 1
        if self._rounds >= ALL_EVERY and not self._busy():
            self._rounds = 0
            gc.collect()
        elif gc.get_count()[0] > ENOUGH:
            gc.collect(1)
