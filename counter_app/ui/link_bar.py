"""A day of the line as a bar: linked where it is filled, not linked where it is hatched."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from counter_app.ui import theme

HEIGHT = 20


class LinkBar(QWidget):
    """The last hours up to now; what it shows is said in words beside it."""

    def __init__(self, span: timedelta) -> None:
        super().__init__()
        self._span = span
        self._parts: tuple[tuple[float, float], ...] = ()
        self.setFixedHeight(HEIGHT)

    def show_contacts(self, contacts: Sequence[tuple[datetime, datetime]], now: datetime) -> None:
        """Show spans of contact, from instant to instant."""
        begin = now - self._span

        def part(at: datetime) -> float:
            return min(max((at - begin) / self._span, 0.0), 1.0)

        self._parts = tuple((part(since), part(until)) for since, until in contacts)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = QRectF(self.rect())
        painter.fillRect(room, theme.colour("warn-soft"))
        painter.fillRect(room, QBrush(theme.colour("warn"), Qt.BrushStyle.BDiagPattern))
        for since, until in self._parts:
            left, right = room.width() * since, room.width() * until
            painter.fillRect(QRectF(left, 0, max(right - left, 2.0), room.height()), theme.colour("good"))
