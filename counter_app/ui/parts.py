"""The quiet parts every page is made of: cards, facts, keycaps, chips, banners, stop cards."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from counter_app.ui import theme
from counter_app.ui.icons import Icon
from counter_app.ui.text import Run, Text
from counter_app.words.say import Both

_Layout = TypeVar("_Layout", bound=QBoxLayout)

RADIUS = 6
FACT_HEIGHT = 26


class Kind(StrEnum):
    """How a message stands: its icon, its colour and, on the screen reader, its urgency."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    NOTE = "note"


KIND_ICON = {Kind.GOOD: "ok", Kind.WARN: "stop", Kind.BAD: "warn", Kind.NOTE: "info"}
KIND_FILL = {Kind.GOOD: "good-soft", Kind.WARN: "warn-soft", Kind.BAD: "bad-soft", Kind.NOTE: "sunken"}
KIND_TONE = {Kind.GOOD: "good", Kind.WARN: "warn", Kind.BAD: "bad", Kind.NOTE: "ink2"}


def column(*, spacing: int = 0, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """A vertical layout without surprises."""
    layout = QVBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    return layout


def row(*, spacing: int = 0, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """A horizontal layout without surprises."""
    layout = QHBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    return layout


def _bare(layout: _Layout, spacing: int, margins: tuple[int, int, int, int]) -> _Layout:
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    return layout


def beside(*widgets: QWidget) -> QHBoxLayout:
    """Widgets close together on one line: an icon and its words."""
    layout = row(spacing=8)
    for widget in widgets:
        layout.addWidget(widget)
    return layout


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; its widgets go away."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            clear(inner)


class Hairline(QWidget):
    """One line between groups."""

    def __init__(self, tone: str = "line", *, upright: bool = False) -> None:
        super().__init__()
        self._tone = tone
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour(self._tone))


class Box(QWidget):
    """A rounded rectangle: ``fill`` and ``border`` are colour tokens, an empty border is none."""

    def __init__(self, fill: str = "surface", border: str = "line", width: int = 1) -> None:
        super().__init__()
        self._fill, self._border, self._width = fill, border, width

    def dress(self, fill: str, border: str = "", width: int = 1) -> None:
        """Change fill and border; nothing moves."""
        self._fill, self._border, self._width = fill, border, width
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        border = theme.colour(self._border) if self._border else None
        rounded(painter, QRectF(self.rect()), theme.colour(self._fill), border, self._width)


def rounded(
    painter: QPainter,
    box: QRectF,
    fill: QColor | None,
    border: QColor | None,
    width: int = 1,
    radius: int = RADIUS,
) -> None:
    """Draw a rounded rectangle whose border lies inside the box."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(border, width) if border is not None else Qt.PenStyle.NoPen)
    inset = width / 2 if border is not None else 0
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)


def draw_marked(painter: QPainter, box: QRectF) -> None:
    """Draw what shows that a line is the selected one: a soft ground, and a bar at its left."""
    painter.fillRect(box, theme.colour("accent-soft"))
    painter.fillRect(QRectF(box.left(), box.top(), 4, box.height()), theme.colour("accent"))


class Card(Box):
    """A white card. ``body`` is its first section; ``section()`` opens another below a hairline."""

    def __init__(self, *, padding: tuple[int, int, int, int] = (20, 14, 20, 14), spacing: int = 4) -> None:
        super().__init__()
        self._padding, self._spacing = padding, spacing
        self.whole = column(margins=(1, 1, 1, 1))
        self.setLayout(self.whole)
        self.body = self._open()

    def section(self, *, stretch: int = 0) -> QVBoxLayout:
        """A padded section below a hairline over the full width."""
        self.whole.addWidget(Hairline())
        return self._open(stretch)

    def flush(self, widget: QWidget, *, stretch: int = 0) -> None:
        """A widget from edge to edge below a hairline (lists)."""
        self.whole.addWidget(Hairline())
        self.whole.addWidget(widget, stretch)

    def _open(self, stretch: int = 0) -> QVBoxLayout:
        left, top, right, bottom = self._padding
        layout = column(spacing=self._spacing, margins=(left - 1, top, right - 1, bottom))
        self.whole.addLayout(layout, stretch)
        return layout


class Facts(QWidget):
    """Rows of label and value; every row keeps its place, an unknown value is "—"."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = column()
        self.setLayout(self._rows)
        self._values: list[Text] = []

    def add(self, label: Both, value: str = "", *, tone: str = "ink", bold: bool = False) -> Text:
        """Append a row; the returned text is its value."""
        line = QWidget()
        line.setFixedHeight(theme.scaled(FACT_HEIGHT))
        layout = row(spacing=12)
        line.setLayout(layout)
        name_tone = "ink" if bold else "ink2"
        name = Text(
            Run(label.lead, "body", name_tone, bold), Run(label.second, "body", "ink2", bold), elide=True
        )
        shown = Text(Run(value or "—", "body", tone, bold), align=Qt.AlignmentFlag.AlignRight, elide=True)
        layout.addWidget(name)
        layout.addStretch(1)
        layout.addWidget(shown)
        self._rows.addWidget(line)
        self._values.append(shown)
        return shown

    def put(self, place: int, value: str, *, tone: str = "ink", bold: bool = False) -> None:
        """Change the value of a row (0 is the first)."""
        self._values[place].show_runs(Run(value or "—", "body", tone, bold))

    def clear(self) -> None:
        """Take all rows away."""
        clear(self._rows)
        self._values.clear()


class CapLook(StrEnum):
    """How a keycap looks."""

    PLAIN = "plain"
    ACCEPT = "accept"
    BASE = "base"
    BASE_CURRENT = "current"
    BASE_ACCEPT = "base accept"


_CAP = {  # fill, border, ink
    CapLook.PLAIN: ("surface", "edge", "ink"),
    CapLook.ACCEPT: ("accent", "accent", "on-accent"),
    CapLook.BASE: ("", "edge", "base-ink"),
    CapLook.BASE_CURRENT: ("base-ink", "base-ink", "base"),
    CapLook.BASE_ACCEPT: ("base-accent", "base-accent", "base2"),
}


def draw_cap(painter: QPainter, box: QRectF, text: str, look: CapLook) -> None:
    """Draw a keycap into a box."""
    fill, border, ink = _CAP[look]
    rounded(painter, box, theme.colour(fill) if fill else None, theme.colour(border), radius=4)
    painter.setFont(theme.font("caption", bold=True))
    painter.setPen(theme.colour(ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class Keycap(QWidget):
    """A key as it looks on the keyboard."""

    def __init__(self, text: str, look: CapLook = CapLook.PLAIN) -> None:
        super().__init__()
        self._text, self._look = text, look
        self.setAccessibleName(text)
        self.setFixedSize(self.sizeHint())

    def dress(self, look: CapLook) -> None:
        """Change the look; the size stays."""
        self._look = look
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(cap_width(self._text), theme.scaled(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_cap(QPainter(self), QRectF(self.rect()), self._text, self._look)


def cap_width(text: str) -> int:
    """The width of a keycap with this text."""
    return max(QFontMetrics(theme.font("caption", bold=True)).horizontalAdvance(text) + 16, theme.scaled(30))


def key_line(keys: Iterable[tuple[str, Both]], *, first_accepts: bool = True) -> QHBoxLayout:
    """Keycaps with their words, as at the foot of a card; the first is the accept key."""
    layout = row(spacing=8)
    for place, (cap, words) in enumerate(keys):
        accepts = first_accepts and not place
        if place:
            layout.addSpacing(8)
        layout.addWidget(Keycap(cap, CapLook.ACCEPT if accepts else CapLook.PLAIN))
        layout.addWidget(Text(Run(words.lead, "body", "ink", accepts), Run(words.second, "body", "ink3")))
    layout.addStretch(1)
    return layout


class Chip(Box):
    """The state of a whole object: icon and word on a tinted strip."""

    def __init__(self, both: Both, kind: Kind, icon: str = "") -> None:
        super().__init__(KIND_FILL[kind], "")
        layout = row(spacing=6, margins=(7, 0, 8, 0))
        self.setLayout(layout)
        self._icon = Icon(icon or KIND_ICON[kind], 16, KIND_TONE[kind])
        self._text = Text(elide=True)
        layout.addWidget(self._icon)
        layout.addWidget(self._text)
        self.setFixedHeight(theme.scaled(24))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_chip(both, kind, icon)

    def show_chip(self, both: Both, kind: Kind, icon: str = "") -> None:
        """Show another state."""
        self.dress(KIND_FILL[kind])
        self._icon.show_icon(icon or KIND_ICON[kind], KIND_TONE[kind])
        self._text.show_runs(Run(both.lead, "caption", "ink"), Run(both.second, "caption", "ink2"))


class Banner(Box):
    """A tinted strip in the page: what happened in bold, then what is safe and what to do.

    It says its text once, politely, to a screen reader.
    """

    def __init__(self, head: Both, kind: Kind, *, more: Both = Both("", ""), icon: str = "") -> None:
        super().__init__(KIND_FILL[kind], "")
        layout = row(spacing=12, margins=(16, 12, 16, 12))
        self.setLayout(layout)
        self._icon = Icon(icon or KIND_ICON[kind], 24, KIND_TONE[kind])
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        lines = column(spacing=2)
        layout.addLayout(lines, 1)
        self._head, self._more, self._second = Text(wrap=True), Text(wrap=True), Text(wrap=True)
        for text in (self._head, self._more, self._second):
            lines.addWidget(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.show_banner(head, kind, more=more, icon=icon)

    def show_banner(self, head: Both, kind: Kind, *, more: Both = Both("", ""), icon: str = "") -> None:
        """Show another message in the same strip."""
        self.dress(KIND_FILL[kind])
        self._icon.show_icon(icon or KIND_ICON[kind], KIND_TONE[kind])
        self._head.show_runs(Run(head.lead, "body", "ink", bold=True))
        self._more.show_runs(Run(more.lead, "body", "ink"))
        between = " " if head.second.endswith((".", "?")) else " · "
        second = between.join(words for words in (head.second, more.second) if words)
        self._second.show_runs(Run(second, "caption", "ink2"))
        self._more.setVisible(bool(more.lead))
        self._second.setVisible(bool(second))
        self.setAccessibleName(f"{head.lead} {more.lead}".strip())


class Figure(QWidget):
    """A caption above one value: a column of the facts of a stop card, or of a strip."""

    def __init__(self, label: Both, value: str = "", size: str = "amount") -> None:
        super().__init__()
        layout = column(spacing=2)
        self.setLayout(layout)
        self._label, self._size = label, size
        layout.addWidget(Text(Run(label.lead, "caption", "ink2"), Run(label.second, "caption", "ink3")))
        self._value = Text()
        layout.addWidget(self._value)
        self.put(value)

    def put(self, value: str) -> None:
        """Change the value; it is read out with its label."""
        self._value.show_runs(Run(value or "—", self._size, "ink", bold=True))
        self._value.setAccessibleName(f"{self._label.lead} {value}")


class Money(Text):
    """A bold amount, always in ink, never cut, read out together with its label."""

    def __init__(self, label: Both, size: str = "due") -> None:
        super().__init__(Run("—", size, "ink", bold=True))
        self._label, self._size = label, size

    def put(self, amount: str) -> None:
        """Show an amount already written out ("₹1,618")."""
        self.show_runs(Run(amount or "—", self._size, "ink", bold=True))
        self.setAccessibleName(f"{self._label.lead} {amount}")


class StopCard(Box):
    """Takes the place of the work: what stopped it, the facts, numbered ways out, a footnote."""

    def __init__(self, head: Both, *, kind: Kind = Kind.WARN, icon: str = "stop") -> None:
        super().__init__("surface", KIND_TONE[kind], 2)
        whole = column(margins=(2, 2, 2, 2))
        self.setLayout(whole)
        strip = Box(KIND_FILL[kind], "")
        whole.addWidget(strip)
        top = row(spacing=16, margins=(22, 14, 22, 14))
        strip.setLayout(top)
        top.addWidget(Icon(icon, 36, KIND_TONE[kind]), 0, Qt.AlignmentFlag.AlignTop)
        words = column()
        top.addLayout(words, 1)
        words.addWidget(Text(Run(head.lead, "title", "ink", bold=True), wrap=True))
        if head.second:
            words.addWidget(Text(Run(head.second, "lead", "ink2"), wrap=True))
        self.facts = row(spacing=24, margins=(24, 16, 24, 12))
        self.ways = column(spacing=4, margins=(24, 16, 24, 16))
        self.foot = row(spacing=8, margins=(24, 12, 24, 12))
        whole.addLayout(self.facts)
        whole.addWidget(Hairline())
        whole.addLayout(self.ways)
        whole.addStretch(1)
        whole.addWidget(Hairline())
        whole.addLayout(self.foot)
        self.setAccessibleName(head.lead)


def scrolling(pane: QWidget) -> QScrollArea:
    """A pane that scrolls where a low screen or large letters leave no room; nothing is ever squeezed."""
    room = QScrollArea()
    room.setWidget(pane)
    room.setWidgetResizable(True)
    room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return room
