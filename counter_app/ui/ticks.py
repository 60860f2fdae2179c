"""A numbered list of things to tick: a digit or the mouse turns one on and off."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from counter_app.ui import theme
from counter_app.ui.icons import Icon
from counter_app.ui.parts import CapLook, Keycap, clear, column, row
from counter_app.ui.text import Run, Text
from counter_app.words.say import Both


class Tick(NamedTuple):
    """One row: what ``ticked`` calls it, and its words."""

    key: str
    words: Both


class Ticks(QWidget):
    """Rows numbered from 1, read out by ``name``. While it has the focus, digits tick.

    ``changed`` comes with every tick.
    """

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._ticks: tuple[Tick, ...] = ()
        self._rows: list[_TickRow] = []
        self._layout = column(spacing=2)
        self.setLayout(self._layout)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_ticks(self, ticks: tuple[Tick, ...]) -> None:
        """Show other rows, none of them ticked."""
        clear(self._layout)
        self._ticks = ticks
        self._rows = [_TickRow(str(place), tick.words) for place, tick in enumerate(ticks, 1)]
        for one in self._rows:
            self._layout.addWidget(one)
            one.pressed.connect(self.toggle)
        self.setVisible(bool(ticks))

    def ticked(self) -> frozenset[str]:
        """The keys of what is ticked."""
        return frozenset(tick.key for tick, line in zip(self._ticks, self._rows, strict=True) if line.ticked)

    def put(self, keys: frozenset[str]) -> None:
        """Tick these and no others."""
        for tick, line in zip(self._ticks, self._rows, strict=True):
            line.mark(ticked=tick.key in keys)

    def has_focus(self) -> bool:
        """Whether digits that are typed in this window tick here."""
        return self.window().focusWidget() is self

    def toggle(self, digit: str) -> bool:
        """Turn the row of a digit on or off; tells whether there is one."""
        for place, line in enumerate(self._rows, 1):
            if str(place) == digit:
                line.mark(ticked=not line.ticked)
                self.changed.emit()
                return True
        return False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.fillRect(0, 0, 4, self.height(), theme.colour("accent"))


class _TickRow(QWidget):
    """One row of the list."""

    pressed = Signal(str)

    def __init__(self, digit: str, words: Both) -> None:
        super().__init__()
        self._digit, self._words, self.ticked = digit, words, False
        layout = row(spacing=12, margins=(12, 6, 8, 6))
        self.setLayout(layout)
        self._cap = Keycap(digit)
        layout.addWidget(self._cap, 0, Qt.AlignmentFlag.AlignTop)
        self._text = Text(wrap=True)
        layout.addWidget(self._text, 1)
        self._icon = Icon("check", 20, "good")
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        kept = self._icon.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._icon.setSizePolicy(kept)
        self.mark(ticked=False)

    def mark(self, *, ticked: bool) -> None:
        self.ticked = ticked
        self._cap.dress(CapLook.ACCEPT if ticked else CapLook.PLAIN)
        self._icon.setVisible(ticked)
        self._text.show_runs(
            Run(self._words.lead, "body", "ink", bold=ticked), Run(self._words.second, "caption", "ink3")
        )
        self.setAccessibleName(f"{self._digit}: {self._words.lead} {'✓' if ticked else ''}".strip())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self._digit)
