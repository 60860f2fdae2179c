"""What came in and what was done over a day or a month: bars side by side, on screen, as PNG and as PDF."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPageSize, QPainter, QPaintEvent, QPdfWriter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.domain.board import Counted
from counter_app.ui import theme

_LINE = 20
_LEFT = 34
_WIDEST_BAR = 14
_PICTURE = QSize(1200, 900)
_PAPER_DPI = 150
_BLACK, _DARK, _LIGHT, _HAIR = (QColor(name) for name in ("#000000", "#333333", "#9A9A9A", "#C8C8C8"))


class Plot(NamedTuple):
    """One diagram: its title, what the two bars stand for, its places, and the one that is now (-1: none)."""

    title: str
    came: str
    done: str
    places: tuple[Counted, ...]
    now: int


class Look(NamedTuple):
    """The colours of a diagram: letters, the bars of what came and of what was done, hairlines."""

    ink: QColor
    came: QColor
    done: QColor
    line: QColor


PAPER = Look(_BLACK, _LIGHT, _DARK, _HAIR)


class PlotView(QWidget):
    """A diagram on the screen, in the colours of the theme."""

    def __init__(self) -> None:
        super().__init__()
        self._plot: Plot | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(150)

    def show_plot(self, plot: Plot) -> None:
        """Show another diagram; a screen reader hears its sums."""
        self._plot = plot
        came, done = (sum(one[place] for one in plot.places) for place in (1, 2))
        self.setAccessibleName(f"{plot.title}: {plot.came} {came}, {plot.done} {done}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, 220)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._plot is not None:
            look = Look(*(theme.colour(name) for name in ("ink", "bar", "good", "line")))
            draw(QPainter(self), QRectF(self.rect()), self._plot, look)


def png(plots: Sequence[Plot]) -> bytes:
    """The diagrams under each other as a picture, black on white."""
    image = QImage(_PICTURE, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    _draw_all(painter, QRectF(image.rect()).adjusted(40, 40, -40, -40), plots)
    painter.end()
    return _kept(lambda out: QImageWriter(out, b"png").write(image))


def pdf(plots: Sequence[Plot], title: str) -> bytes:
    """The same as a page, A4 across."""

    def write(out: QBuffer) -> None:
        writer = QPdfWriter(out)
        writer.setTitle(title)
        writer.setResolution(_PAPER_DPI)
        writer.setPageSize(QPageSize(QSizeF(297, 210), QPageSize.Unit.Millimeter))
        writer.setPageMargins(QMarginsF(12, 12, 12, 12))
        painter = QPainter(writer)
        _draw_all(painter, QRectF(0, 0, writer.width(), writer.height()), plots)
        painter.end()

    return _kept(write)


def draw(painter: QPainter, box: QRectF, plot: Plot, look: Look) -> None:
    """Draw one diagram into a box: title and sums above, bars over their ground line, places below."""
    painter.setFont(theme.font("body", bold=True))
    unit = painter.fontMetrics().height() / _LINE
    line = _LINE * unit
    top = QRectF(box.left(), box.top(), box.width(), line * 1.4)
    painter.setPen(look.ink)
    painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, plot.title)
    beside = box.width() - painter.fontMetrics().horizontalAdvance(plot.title)
    painter.setFont(theme.font("caption"))
    top = _legend(painter, top, beside, plot, look)
    left = box.left() + _LEFT * unit
    ground = box.bottom() - line * 1.3
    field = QRectF(left, top.bottom() + line * 0.8, box.right() - left, ground - top.bottom() - line * 0.8)
    _bars(painter, field, plot, look, unit)


def _legend(painter: QPainter, top: QRectF, beside: float, plot: Plot, look: Look) -> QRectF:
    """What the bars stand for, at the right of the title, or below it where they would meet; where it is."""
    sums = [sum(one[place] for one in plot.places) for place in (1, 2)]
    words = ((f"{plot.done} {sums[1]}", look.done), (f"{plot.came} {sums[0]}", look.came))
    line = top.height() / 1.4
    widths = [painter.fontMetrics().horizontalAdvance(text) for text, _ in words]
    if sum(widths) + line * 2 * len(widths) > beside:
        top = top.translated(0, line)
    right = top.right()
    for (text, tone), width in zip(words, widths, strict=True):
        right -= width
        painter.drawText(QPointF(right, top.center().y() + line * 0.28), text)
        painter.fillRect(QRectF(right - line, top.center().y() - line * 0.3, line * 0.6, line * 0.6), tone)
        right -= line * 2
    return top


def _bars(painter: QPainter, field: QRectF, plot: Plot, look: Look, unit: float) -> None:
    line = _LINE * unit
    most = _round_top(max((max(one.came, one.done) for one in plot.places), default=0))
    for part in (0, 1, 2):
        level = field.bottom() - field.height() * part / 2
        painter.setPen(QPen(look.line, 1))
        painter.drawLine(QPointF(field.left(), level), QPointF(field.right(), level))
        painter.setPen(look.ink)
        beside = QRectF(field.left() - _LEFT * unit, level - line / 2, (_LEFT - 6) * unit, line)
        painter.drawText(
            beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(most * part // 2)
        )
    step = field.width() / max(len(plot.places), 1)
    wide = min(step * 0.36, _WIDEST_BAR * unit)
    for place, one in enumerate(plot.places):
        middle = field.left() + step * (place + 0.5)
        for count, tone, at in ((one.came, look.came, middle - wide), (one.done, look.done, middle)):
            tall = field.height() * count / most
            painter.fillRect(QRectF(at, field.bottom() - tall, wide, tall), tone)
        painter.setFont(theme.font("caption", bold=one.place == plot.now))
        painter.setPen(look.ink)
        below = QRectF(middle - step, field.bottom() + 2, step * 2, line)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(one.place))
    painter.setFont(theme.font("caption"))


def _draw_all(painter: QPainter, room: QRectF, plots: Sequence[Plot]) -> None:
    tall = room.height() / max(len(plots), 1)
    for place, plot in enumerate(plots):
        draw(painter, QRectF(room.left(), room.top() + tall * place, room.width(), tall * 0.92), plot, PAPER)


def _round_top(most: int) -> int:
    """The number at the top of the scale: even, so that its half is a whole number."""
    return max(most + most % 2, 2)


def _kept(write: Callable[[QBuffer], object]) -> bytes:
    out = QBuffer()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    write(out)
    return bytes(out.data().data())
