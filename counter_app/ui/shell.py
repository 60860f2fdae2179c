"""The empty window: painted before anything else is imported, so that the program is there at once."""

from typing import Protocol

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from counter_app.ui import theme

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

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self.setWindowTitle("counter-app")
        self._new = True
        self._asked: MayClose | None = None

    def furnish(self, content: QWidget, asked: MayClose) -> None:
        """Put in what stands in the window; ``asked`` is asked before the window closes."""
        self._asked = asked
        self.setCentralWidget(content)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("paper"))
        keys = QRect(0, self.height() - KEYS_HEIGHT - STATUS_HEIGHT, self.width(), KEYS_HEIGHT)
        painter.fillRect(keys, theme.colour("base"))
        painter.fillRect(keys.translated(0, KEYS_HEIGHT), theme.colour("base2"))
        if self._new:
            self._new = False
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._asked is not None and not self._asked.may_close():
            event.ignore()
            return
        super().closeEvent(event)
