"""Cycles of objects are collected in the UI thread alone.

Python collects wherever it happens to allocate. In a worker thread that would destroy widgets and timers
there, and Qt ends the whole program for it.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 250
ENOUGH = 2_000
"""So many new objects are worth looking through."""
ALL_EVERY = 240
"""Each so many rounds the older ones are looked through too."""


class Collector(QObject):
    """Takes Python's collecting over from when it starts, for as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
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
        if self._rounds % ALL_EVERY == 0:
            gc.collect()
        elif gc.get_count()[0] > ENOUGH:
            gc.collect(1)
