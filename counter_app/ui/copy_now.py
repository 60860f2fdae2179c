"""Copies of the data that somebody asked for: how far they are, whatever page is shown meanwhile."""

from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Signal, Slot

from counter_app.domain.backup_refusals import BackupStopped

if TYPE_CHECKING:
    from counter_app.desk.backups import Outcome
    from counter_app.desk.desk import Desk
    from counter_app.domain.people import Session
    from counter_app.ui.background import Background


class CopyNow(QObject):
    """One at a time. ``changed``: it began, is further, or is over; ``copied``: so many are made and checked.
    What failed goes to the background's ``trouble``. ``done`` of ``pages`` are copied; the check follows.
    """

    changed = Signal()
    copied = Signal(int)
    _told = Signal(int, int)

    def __init__(self, background: "Background") -> None:
        super().__init__(background)
        self._background = background
        self._stopped = Event()
        self._since = QElapsedTimer()
        self.under_way, self.done, self.pages = False, 0, 1
        self._told.connect(self._further)

    def begin(self, desk: "Desk", session: "Session", at: datetime) -> None:
        """Make a copy in each place that was chosen, beside the work."""
        from counter_app.desk import backups

        self._stopped.clear()
        self.under_way = True
        self._since.start()
        self._further(0, 1)
        self._background.copies(
            lambda: backups.back_up_now(desk, session, at, self._watch), self._made, self._not_made
        )

    def stop(self) -> None:
        """Give up what is under way; it ends with ``BackupStopped``."""
        self._stopped.set()

    def seconds_left(self) -> int:
        """How long copying may still take, by how long it took so far; 0 before anything is known."""
        return self._since.elapsed() * (self.pages - self.done) // (1000 * self.done) if self.done else 0

    def _watch(self, done: int, pages: int) -> None:
        """Beside the window: tell how far it is, and stop where that is asked for or the program ends."""
        if self._stopped.is_set() or self._background.ending.is_set():
            raise BackupStopped
        self._told.emit(done, pages)

    @Slot(int, int)
    def _further(self, done: int, pages: int) -> None:
        self.done, self.pages = done, pages
        self.changed.emit()

    def _made(self, outcomes: "tuple[Outcome, ...]") -> None:
        failed = [one.refusal for one in outcomes if one.refusal is not None]
        self._end()
        if failed:
            self._background.trouble.emit(failed[0])
        else:
            self.copied.emit(len(outcomes))

    def _not_made(self, trouble: Exception) -> None:
        self._end()
        self._background.trouble.emit(trouble)

    def _end(self) -> None:
        self.under_way = False
        self.changed.emit()
