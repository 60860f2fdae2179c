"""The key bar and the status line at the foot of the window."""

from datetime import datetime

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from counter_app.domain.days import in_india
from counter_app.ui import theme
from counter_app.ui.actions import BY_NAME, accessible_name, label
from counter_app.ui.icons import Icon
from counter_app.ui.page import GAP, Keys
from counter_app.ui.parts import CapLook, cap_width, clear, draw_cap, row
from counter_app.ui.shell import KEYS_HEIGHT, STATUS_HEIGHT
from counter_app.ui.text import Run, Text
from counter_app.words.dates import clock, day, weekday
from counter_app.words.say import Both, Language

_WIDE, _NARROW = 20, 10


class _KeyButton(QAbstractButton):
    """A key and its words; the mouse may press it, the focus never comes here."""

    def __init__(self, cap: str, words: Both, spoken: str, look: CapLook) -> None:
        super().__init__()
        self._words, self._look, self._short = words, look, False
        self.setText(cap)
        self.setAccessibleName(spoken)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("caption"))
        words = max(metrics.horizontalAdvance(text) for text in self._shown())
        return QSize(cap_width(self.text()) + 8 + words + 2, 36)

    def shorten(self, *, short: bool) -> None:
        """Show the leading words alone, or both."""
        self._short = short
        self.setFixedSize(self.sizeHint())
        self.update()

    def _shown(self) -> list[str]:
        return [self._words.lead] if self._short else [line for line in self._words if line] or [""]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        width = cap_width(self.text())
        draw_cap(painter, QRectF(0, 5, width, 26), self.text(), self._look)
        painter.setFont(theme.font("caption"))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        lines = self._shown()
        top = (self.height() - 17 * len(lines)) // 2
        for place, line in enumerate(lines):
            painter.setPen(theme.colour("base3" if place else "base-ink"))
            box = QRect(width + 8, top + 17 * place, self.width() - width - 8, 17)
            painter.drawText(box, left | Qt.TextFlag.TextDontClip, line)


class KeyBar(QWidget):
    """What the keys do now. ``pressed`` is an action's name, "escape", "accept", or another key's cap."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(KEYS_HEIGHT)
        self._line = row(spacing=_WIDE, margins=(GAP, 0, GAP, 0))
        self.setLayout(self._line)
        self._shown: tuple[Keys, Language, bool] | None = None

    def show_keys(self, keys: Keys, language: Language, *, live: bool) -> None:
        """Show a page's keys; ``live`` False (saving) greys nothing but takes no press."""
        if self._shown == (keys, language, live):
            return
        self._shown = (keys, language, live)
        clear(self._line)
        for name in keys.actions:
            action = BY_NAME[name]
            look = CapLook.BASE
            if name == keys.current:
                look = CapLook.BASE_CURRENT
            elif name == keys.suggested:
                look = CapLook.BASE_ACCEPT
            renamed = next((words for at, words in keys.renamed if at == name), None)
            spoken = accessible_name(action, language) if renamed is None else ""
            self._add(name, action.cap, renamed or label(action, language), look, spoken)
        for key in keys.more:
            self._add(key.cap, key.cap, key.words, CapLook.BASE)
        self._line.addStretch(1)
        if keys.escape.lead:
            self._add("escape", "Esc", keys.escape, CapLook.BASE)
        if keys.accept.lead:
            self._add("accept", "Enter", keys.accept, CapLook.BASE_ACCEPT)
        self.setEnabled(live)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour("base"))

    def _add(self, name: str, cap: str, words: Both, look: CapLook, spoken: str = "") -> None:
        button = _KeyButton(cap, words, spoken or f"{cap} {words.lead}", look)
        button.setObjectName(f"key {name}")
        button.clicked.connect(self._pressed)
        self._line.addWidget(button)

    def _fit(self) -> None:
        """Where the keys have no room they move together; where that is not enough they say it once."""
        buttons = [item for item in self.findChildren(_KeyButton) if self._line.indexOf(item) >= 0]
        for short in (False, True):
            for button in buttons:
                button.shorten(short=short)
            left = self.width() - 2 * GAP - sum(button.width() for button in buttons)
            spacing = left // max(len(buttons), 1)
            if spacing >= _NARROW:
                break
        self._line.setSpacing(max(min(spacing, _WIDE), _NARROW))

    def _pressed(self) -> None:
        self.pressed.emit(self.sender().objectName().removeprefix("key "))


class _Item(QWidget):
    """Icon and words of the status line; ``pressed`` when the mouse clicks there."""

    pressed = Signal()

    def __init__(self, icon: str, tone: str = "base3") -> None:
        super().__init__()
        line = row(spacing=8)
        self.setLayout(line)
        self._icon = Icon(icon, 16, tone)
        self._text = Text(gap="  ")
        line.addWidget(self._icon)
        line.addWidget(self._text)

    def put(self, words: Both, icon: str, tone: str = "base3") -> None:
        """Show other words."""
        self._icon.show_icon(icon, tone)
        self._text.show_runs(Run(words.lead, "caption", "base-ink"), Run(words.second, "caption", "base3"))
        self.setVisible(bool(words.lead))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()


class StatusLine(QWidget):
    """Link and what is to be sent, drawer (never its amount), printer, who, and the time."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(STATUS_HEIGHT)
        line = row(spacing=28, margins=(GAP, 0, GAP, 0))
        self.setLayout(line)
        self.link, self.drawer, self.printer = _Item("unlinked"), _Item("drawer"), _Item("printer")
        self.person = _Item("person")
        self._time = Text()
        for item in (self.link, self.drawer, self.printer):
            line.addWidget(item)
            item.put(Both("", ""), "info")
        line.addStretch(1)
        line.addWidget(self.person)
        line.addWidget(self._time)
        self.person.put(Both("", ""), "person")

    def show_time(self, now: datetime, language: Language) -> None:
        """Weekday, date and minute."""
        on = in_india(now).date()
        words = f"{weekday(on, language)} {day(on)}  {clock(now)}"
        self._time.show_runs(Run(words, "caption", "base-ink"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour("base2"))
