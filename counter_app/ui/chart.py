"""Thirteen months of consumption as bars: the value above, the month below, the average dotted."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.ui import theme

_CAPTION = 18
_WIDEST_BAR = 38


class Bar(NamedTuple):
    """One month: its short name and its units."""

    month: str
    units: int


class UseChart(QWidget):
    """The bars, oldest first. The last is this month; the first of thirteen is the same month last year."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(120)

    def show_bars(self, bars: Sequence[Bar], spoken: str) -> None:
        """Show other bars; ``spoken`` is what a screen reader says of them."""
        self._bars = tuple(bars)
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, 180)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = QPainter(self)
        ground = self.height() - theme.scaled(_CAPTION) - 6
        top = theme.scaled(_CAPTION) + 4
        most = max(max(bar.units for bar in self._bars), 1)
        step = self.width() / len(self._bars)
        wide = min(step * 0.6, _WIDEST_BAR)
        for place, bar in enumerate(self._bars):
            tall = (ground - top) * max(bar.units, 0) / most
            box = QRectF(step * (place + 0.5) - wide / 2, ground - tall, wide, tall)
            self._draw(
                painter, place, bar, box, QRectF(step * place, ground + 6, step, theme.scaled(_CAPTION))
            )
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(QPointF(0, ground + 0.5), QPointF(self.width(), ground + 0.5))
        average = sum(bar.units for bar in self._bars) / len(self._bars)
        level = ground - (ground - top) * average / most
        painter.setPen(QPen(theme.colour("ink2"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(0, level), QPointF(self.width(), level))

    def _draw(self, painter: QPainter, place: int, bar: Bar, box: QRectF, below: QRectF) -> None:
        last = place == len(self._bars) - 1
        year_ago = len(self._bars) == 13 and place == 0
        if year_ago:
            painter.setPen(QPen(theme.colour("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0.75, 0.75, -0.75, 0))
        else:
            painter.fillRect(box, theme.colour("accent" if last else "bar"))
        value = QRectF(
            below.left(), box.top() - theme.scaled(_CAPTION) - 1, below.width(), theme.scaled(_CAPTION)
        )
        painter.setPen(theme.colour("ink"))
        painter.setFont(theme.font("caption", bold=last or year_ago))
        painter.drawText(value, Qt.AlignmentFlag.AlignCenter, str(bar.units))
        painter.setPen(theme.colour("ink2"))
        painter.setFont(theme.font("caption"))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, bar.month)
