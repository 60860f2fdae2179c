"""Copies of the data while the window is open: asks now and then whether one is due, tells what failed."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from counter_app.domain.backup_refusals import BackupStopped

if TYPE_CHECKING:
    from counter_app.desk.backups import Copying, Outcome
    from counter_app.machine import Steady
    from counter_app.ui.window import Window

LOOK_EVERY_MS = 60_000


class BackupWork(QObject):
    """Runs beside the pages, in a thread of its own; nobody waits for it but who closes the program."""

    def __init__(self, window: "Window", copying: "Copying", steady: Callable[[], "Steady"]) -> None:
        super().__init__(window)
        self._window, self._copying, self._steady = window, copying, steady
        self._looking = False
        self._failed: tuple[str, ...] = ()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_EVERY_MS)
        window.background.changed.connect(self.look)
        self.look()

    @Slot()
    def look(self) -> None:
        """Make what is due; one look at a time."""
        if self._looking:
            return
        self._looking = True
        copying, steady, at = self._copying, self._steady, self._window.now()
        job = partial(copying.copy_if_due, at, steady().ms, self._go_on)
        self._window.background.copies(job, self._made, self._not_made)

    def close(self) -> None:
        """The program ends: what was sealed since the last copy is still copied."""
        self._timer.stop()
        job = partial(self._copying.copy_if_due, self._window.now(), self._steady().ms, closing=True)
        self._window.background.copies(job, self._made, self._not_made)

    def _go_on(self, _done: int, _all: int) -> None:
        """A copy that is under way when the program ends is given up: nobody is to wait for it."""
        if self._window.background.ending.is_set():
            raise BackupStopped

    @Slot(object)
    def _made(self, outcomes: "tuple[Outcome, ...]") -> None:
        self._looking = False
        failed = [one.refusal for one in outcomes if one.refusal is not None]
        names = tuple(type(one).__name__ for one in failed)
        if failed and names != self._failed:
            self._window.tell_trouble(failed[0])
        if outcomes:
            self._failed = names

    @Slot(object)
    def _not_made(self, trouble: Exception) -> None:
        self._looking = False
        self._window.tell_trouble(trouble)
