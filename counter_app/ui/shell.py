"""The empty window: painted before anything else is imported, so that the program is there at once."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QMainWindow, QWidget

from counter_app.ui.tokens import colours

if TYPE_CHECKING:
    # Each class of Qt that is named costs its share of the first paint.
    from PySide6.QtGui import QCloseEvent, QPaintEvent

USUAL = (1366, 768)
SMALLEST = (1280, 640)
KEYS_HEIGHT, STATUS_HEIGHT = 52, 30


class MayClose(Protocol):
    """Whoever is asked before the window closes."""

    def may_close(self) -> bool:
        """Whether it may be closed now."""


class Shell(QMainWindow):
    """The top-level window. ``painted`` comes once, after it has been on the screen for the first time."""

    painted = Signal()

    def __init__(self, *, dark: bool) -> None:
        super().__init__()
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self.setWindowTitle("counter-app")
        tokens = colours(dark=dark)
        self._paper, self._keys, self._status = (QColor(tokens[name]) for name in ("paper", "base", "base2"))
        self._new = True
        self._asked: MayClose | None = None

    def furnish(self, content: QWidget, asked: MayClose) -> None:
        """Put in what stands in the window; ``asked`` is asked before the window closes."""
        self._asked = asked
        self.setCentralWidget(content)

    def paintEvent(self, _event: "QPaintEvent") -> None:
        if self._asked is not None:
            return
        painter = QPainter(self)
        width, height = self.width(), self.height()
        status = height - STATUS_HEIGHT
        painter.fillRect(0, 0, width, height, self._paper)
        painter.fillRect(0, status - KEYS_HEIGHT, width, KEYS_HEIGHT, self._keys)
        painter.fillRect(0, status, width, STATUS_HEIGHT, self._status)
        painter.end()
        if self._new:
            self._new = False
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: "QCloseEvent") -> None:
        if self._asked is not None and not self._asked.may_close():
            event.ignore()
            return
        super().closeEvent(event)
