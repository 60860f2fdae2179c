"""Work of minutes that somebody began: how far it is and may still take, whatever page is shown meanwhile."""

from threading import Event
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QElapsedTimer, QObject, Signal, Slot

from counter_app.domain.refusals import Refused

if TYPE_CHECKING:
    from counter_app.ui.background import Background


class LongWork(QObject):
    """One at a time, in a thread of its own, which asks ``watch`` between two steps.

    ``changed``: it began, is further, or is over. ``done`` of ``total`` steps are made.
    """

    changed = Signal()
    _told = Signal(int, int)
    stopped: ClassVar[type[Refused]]

    def __init__(self, background: "Background") -> None:
        super().__init__(background)
        self._background = background
        self._stop = Event()
        self._since = QElapsedTimer()
        self._first = self._took = 0
        self.under_way, self.done, self.total = False, 0, 1
        self._told.connect(self._further)

    def stop(self) -> None:
        """Give up what is under way; it ends with ``stopped``."""
        self._stop.set()
        if self.under_way:
            self.changed.emit()

    @property
    def stopping(self) -> bool:
        """Whether what is under way is given up and goes to its end."""
        return self.under_way and self._stop.is_set()

    def seconds_left(self) -> int:
        """How long it may still take, by how long it took so far; 0 before anything is known."""
        made = self.done - self._first
        whole = self._took * (self.total - self.done) // made if made > 0 else 0
        return max(whole - (self._since.elapsed() - self._took), 0) // 1000

    def watch(self, done: int, total: int) -> None:
        """Beside the window: tell how far it is, and stop where that is asked for or the program ends."""
        self.hear()
        self._told.emit(done, total)

    def hear(self) -> None:
        """Beside the window: stop where that is asked for or the program ends."""
        if self._stop.is_set() or self._background.ending.is_set():
            raise self.stopped

    def _begin(self, done: int, total: int) -> None:
        """It is under way from here; ``done`` was made before."""
        self._stop.clear()
        self.under_way, self._first = True, done
        self._since.start()
        self._further(done, total)

    def _end(self) -> None:
        self.under_way = False
        self.changed.emit()

    def _not_made(self, trouble: Exception) -> None:
        self._end()
        self._background.trouble.emit(trouble)

    @Slot(int, int)
    def _further(self, done: int, total: int) -> None:
        self.done, self.total, self._took = done, total, self._since.elapsed()
        self.changed.emit()
