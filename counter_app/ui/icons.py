"""The line icons: SVG path data in a box of 20, drawn with the colour of the text beside them."""

import math
import re
from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from counter_app.resources import resource
from counter_app.ui import theme

BOX = 20
STROKE = 1.75

_TOKEN = re.compile(r"[A-Za-z]|-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_TAKES = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "a": 7, "z": 0}


class Icon(QWidget):
    """One icon of a fixed size; ``tone`` is a colour token. Say in words what it means beside it."""

    def __init__(self, name: str, size: int = 20, tone: str = "ink2") -> None:
        super().__init__()
        self._name, self._tone = name, tone
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, name: str, tone: str) -> None:
        """Show another icon in the same place."""
        if (name, tone) != (self._name, self._tone):
            self._name, self._tone = name, tone
            self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw(painter, self._name, QRectF(self.rect()), self._tone)


def draw(painter: QPainter, name: str, box: QRectF, tone: str) -> None:
    """Draw an icon into a square box with a colour token."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / BOX, box.height() / BOX)
    pen = QPen(theme.colour(tone), STROKE)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(outline(name))
    painter.restore()


@lru_cache(maxsize=64)
def outline(name: str) -> QPainterPath:
    """The path of an icon in its box; KeyError when there is no such icon."""
    return read_path(_table()[name])


@lru_cache
def _table() -> dict[str, str]:
    lines = resource("icons", "paths.txt").read_text("utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines if ": " in line and not line.startswith("#"))


def read_path(data: str) -> QPainterPath:
    """Turn SVG path data (M L H V C S A Z, both cases) into a painter path."""
    tokens = _TOKEN.findall(data)
    pen = _Pen()
    place, command = 0, "M"
    while place < len(tokens):
        if tokens[place].isalpha():
            command = tokens[place]
            place += 1
        count = _TAKES[command.lower()]
        numbers = [float(token) for token in tokens[place : place + count]]
        place += count
        pen.apply(command, numbers)
        if command in "Mm":
            command = "l" if command == "m" else "L"
    return pen.path


class _Pen:
    """Follows the commands of SVG path data."""

    def __init__(self) -> None:
        self.path = QPainterPath()
        self.x = self.y = 0.0
        self.handle: tuple[float, float] | None = None

    def apply(self, command: str, numbers: list[float]) -> None:
        kind = command.lower()
        x0, y0 = (self.x, self.y) if command.islower() else (0.0, 0.0)
        handle, self.handle = self.handle, None
        if kind == "z":
            self.path.closeSubpath()
            return
        if kind == "h":
            self.x = x0 + numbers[0]
        elif kind == "v":
            self.y = y0 + numbers[0]
        elif kind == "a":
            self._arc(numbers, x0 + numbers[5], y0 + numbers[6])
            return
        elif kind in "cs":
            self._curve([n + (x0, y0)[place % 2] for place, n in enumerate(numbers)], handle)
            return
        else:
            self.x, self.y = x0 + numbers[0], y0 + numbers[1]
        if kind == "m":
            self.path.moveTo(self.x, self.y)
        else:
            self.path.lineTo(self.x, self.y)

    def _curve(self, points: list[float], handle: tuple[float, float] | None) -> None:
        if len(points) == 4:
            reflected = (2 * self.x - handle[0], 2 * self.y - handle[1]) if handle else (self.x, self.y)
            points = [*reflected, *points]
        self.path.cubicTo(*points)
        self.handle = (points[2], points[3])
        self.x, self.y = points[4], points[5]

    def _arc(self, numbers: list[float], x: float, y: float) -> None:
        """A circular arc (the icons have no others) by its end point, as SVG gives it."""
        radius, large, sweep = numbers[0], numbers[3] != 0, numbers[4] != 0
        dx, dy = (x - self.x) / 2, (y - self.y) / 2
        half = math.hypot(dx, dy)
        radius = max(radius, half)
        reach = math.sqrt(max(radius * radius - half * half, 0.0)) / half
        side = 1 if large == sweep else -1
        cx, cy = (self.x + x) / 2 + side * reach * dy, (self.y + y) / 2 - side * reach * dx
        start = math.degrees(math.atan2(cy - self.y, self.x - cx))
        turn = math.degrees(math.atan2(cy - y, x - cx)) - start
        if sweep and turn >= 0:
            turn -= 360
        elif not sweep and turn <= 0:
            turn += 360
        self.path.arcTo(cx - radius, cy - radius, 2 * radius, 2 * radius, start, turn)
        self.x, self.y = x, y
