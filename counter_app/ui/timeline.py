"""The life of a complaint, painted: five stages as a strip, and every step with its time as a column."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from counter_app.ui import icons, theme
from counter_app.ui.parts import clear, column, row
from counter_app.ui.text import Run, Text
from counter_app.words.say import N_, Both, Language, both

_STEP = 50  # two lines of text, no more: a life of four steps fits the smallest screen
_FEWEST = 4
_DOT = 26
_TIME_COLUMN = 64


class StageMark(NamedTuple):
    """A stage of the strip: its words, when it was reached, and how it stands: done, now or ahead."""

    words: Both
    time: str
    state: str


class StageStrip(QWidget):
    """The stages side by side; colour, weight and the missing time say how far it is."""

    def __init__(self) -> None:
        super().__init__()
        self._row = row(spacing=6)
        self.setLayout(self._row)

    def show_stages(self, marks: Sequence[StageMark]) -> None:
        """Show other stages."""
        clear(self._row)
        for mark in marks:
            cell = QWidget()
            lines = column(spacing=0)
            cell.setLayout(lines)
            lines.addWidget(_Level(mark.state))
            lines.addSpacing(8)
            ahead = mark.state == "ahead"
            lines.addWidget(
                Text(Run(mark.words.lead, "body", "ink3" if ahead else "ink", not ahead), elide=True)
            )
            below = f"{mark.words.second} {mark.time}".strip()
            lines.addWidget(Text(Run(below, "caption", "ink3" if ahead else "ink2"), elide=True))
            cell.setAccessibleName(f"{mark.words.lead} {mark.time}".strip())
            self._row.addWidget(cell, 1)


class _Level(QWidget):
    """The coloured line above a stage."""

    def __init__(self, state: str) -> None:
        super().__init__()
        self._tone = {"done": "good", "now": "accent"}.get(state, "line")
        self.setFixedHeight(4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour(self._tone))


class Event(NamedTuple):
    """A step of the column: time, date where it changes, words, more, and done, now or ahead."""

    time: str
    day: str
    words: Both
    more: str
    state: str


class Timeline(QWidget):
    """The steps from top to bottom, oldest first."""

    def __init__(self) -> None:
        super().__init__()
        self._events: tuple[Event, ...] = ()
        self._lines = column()
        self.setLayout(self._lines)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_events(self, events: Sequence[Event]) -> None:
        """Show other steps."""
        self._events = tuple(events)
        clear(self._lines)
        for event in self._events:
            self._lines.addWidget(_EventWords(event))
        self._lines.addStretch(1)
        self.setMinimumHeight(theme.scaled(_STEP) * len(self._events))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(500, theme.scaled(_STEP) * len(self._events))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dot = theme.scaled(_DOT)
        middle = theme.scaled(_TIME_COLUMN) + dot / 2
        painter.setPen(QPen(theme.colour("line"), 2))
        if len(self._events) > 1:
            last = theme.scaled(_STEP) * (len(self._events) - 1) + theme.scaled(_DOT) / 2
            painter.drawLine(QPointF(middle, theme.scaled(_DOT) / 2), QPointF(middle, last))
        for place, event in enumerate(self._events):
            box = QRectF(theme.scaled(_TIME_COLUMN), theme.scaled(_STEP) * place, dot, dot)
            _draw_dot(painter, box, event.state)


def _draw_dot(painter: QPainter, box: QRectF, state: str) -> None:
    if state == "ahead":
        painter.setBrush(theme.colour("surface"))
        painter.setPen(QPen(theme.colour("edge"), 2))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        return
    painter.setBrush(theme.colour("accent" if state == "now" else "good"))
    painter.setPen(QPen(theme.colour("surface"), 0))
    painter.drawEllipse(box)
    icons.draw(painter, "clock" if state == "now" else "check", box.adjusted(5, 5, -5, -5), "on-accent")


class Steps(QWidget):
    """As many steps of a timeline as there is room for, the newest first of all to be seen.

    ``step`` goes through the others; a line above says how many stand before and behind what is shown.
    """

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._events: tuple[Event, ...] = ()
        self._first = 0
        self._follows = True  # what is newest stays in sight until somebody goes back
        self._others = Text(elide=True, gap="  ·  ")
        self._shown = Timeline()
        whole = column(spacing=4)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        whole.addWidget(self._others)
        whole.addWidget(self._shown, 1)
        self.setLayout(whole)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_events(self, events: Sequence[Event]) -> None:
        """Show other steps; the same ones again stay where they are."""
        if self._events != tuple(events):
            self._events, self._follows = tuple(events), True
            self.setMinimumHeight(self._height(min(len(events), _FEWEST)))
            self._fit()

    def step(self, rows: int) -> bool:
        """Go back (below 0) or forth by so many steps; tells whether there were any."""
        last = max(0, len(self._events) - self._room())
        first = min(max(0, self._first + rows), last)
        moved, self._follows = first != self._first, first == last
        self._first = first
        if moved:
            self._fit()
        return moved

    def turn(self, pages: int) -> bool:
        """Go back or forth by what is shown at once."""
        return self.step(pages * max(1, self._room() - 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _height(self, steps: int) -> int:
        return theme.scaled(_STEP) * steps

    def _room(self) -> int:
        """How many steps are shown at once."""
        if self.height() >= self._height(len(self._events)):
            return len(self._events)
        return max(1, (self.height() - self._others.sizeHint().height() - 4) // theme.scaled(_STEP))

    def _fit(self) -> None:
        last = max(0, len(self._events) - self._room())
        self._first = last if self._follows else min(self._first, last)
        end = self._first + self._room()
        before, behind = self._first, max(0, len(self._events) - end)
        earlier = both(N_("{count} earlier: ↑"), self._language, count=before).lead if before else ""
        later = both(N_("{count} later: ↓"), self._language, count=behind).lead if behind else ""
        self._others.show_runs(Run(earlier, "caption", "accent"), Run(later, "caption", "accent"))
        self._others.setVisible(last > 0)
        self._shown.show_events(self._events[self._first : end])


class _EventWords(QWidget):
    """Time at the left, words at the right; the column between is painted by the timeline."""

    def __init__(self, event: Event) -> None:
        super().__init__()
        self.setFixedHeight(theme.scaled(_STEP))
        whole = row()
        self.setLayout(whole)
        times = column()
        whole.addLayout(times)
        times.addWidget(_right(event.time or "—", "body", "ink", bold=True))
        times.addWidget(_right(event.day, "caption", "ink2"))
        times.addStretch(1)
        whole.addSpacing(theme.scaled(_DOT) + 22)
        words = column()
        whole.addLayout(words, 1)
        ahead = event.state == "ahead"
        words.addWidget(
            Text(
                Run(event.words.lead, "body", "ink2" if ahead else "ink", not ahead),
                Run(event.words.second, "body", "ink3"),
                elide=True,
            )
        )
        words.addWidget(Text(Run(event.more, "body", "ink2"), elide=True))
        words.addStretch(1)
        self.setAccessibleName(f"{event.time} {event.words.lead} {event.more}".strip())


def _right(text: str, size: str, tone: str, *, bold: bool = False) -> Text:
    shown = Text(Run(text, size, tone, bold), align=Qt.AlignmentFlag.AlignRight)
    shown.setFixedWidth(theme.scaled(_TIME_COLUMN) - 10)
    return shown
