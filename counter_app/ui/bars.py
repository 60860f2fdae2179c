"""The key bar and the status line at the foot of the window."""

from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from counter_app.domain.days import in_india
from counter_app.ui import theme
from counter_app.ui.actions import BY_NAME, accessible_name, label
from counter_app.ui.icons import Icon
from counter_app.ui.page import GAP, Keys
from counter_app.ui.parts import CapLook, cap_width, draw_cap, row
from counter_app.ui.shell import KEYS_HEIGHT, STATUS_HEIGHT
from counter_app.ui.text import Run, Text
from counter_app.words.dates import clock, day, weekday
from counter_app.words.say import Both, Language

_WIDE, _NARROW, _CLOSE = 20, 10, 2


class _Press(NamedTuple):
    """A key as the bar shows it: the name it tells when pressed, its cap, words, spoken name, and look."""

    name: str
    cap: str
    words: Both
    spoken: str
    look: CapLook = CapLook.BASE


class _KeyButton(QAbstractButton):
    """A key and its words; the mouse may press it, the focus never comes here."""

    def __init__(self) -> None:
        super().__init__()
        self.press: _Press | None = None
        self._short = False
        self._widths = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def put(self, press: _Press | None) -> None:
        """Be another key, or none and hidden."""
        if press == self.press:
            return
        self.press = press
        self.setDown(False)  # a mouse that went down on the key before presses no other when it comes up
        self.setVisible(press is not None)
        self.setObjectName(f"key {press.name}" if press else "")
        if press is None:
            return
        self.setText(press.cap)
        self.setAccessibleName(press.spoken)
        metrics, cap = QFontMetrics(theme.font("caption")), cap_width(press.cap)
        lead, second = (cap + 8 + metrics.horizontalAdvance(line) + 2 for line in press.words)
        self._widths = (max(lead, second), lead)
        self.update()

    def shorten(self, *, short: bool) -> None:
        """Show the leading words alone, or both."""
        self._short = short
        self.setFixedSize(self._widths[short], theme.scaled(36))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.press is None:
            return
        painter = QPainter(self)
        width = cap_width(self.press.cap)
        draw_cap(
            painter, QRectF(0, theme.scaled(5), width, theme.scaled(26)), self.press.cap, self.press.look
        )
        painter.setFont(theme.font("caption"))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        lead, second = self.press.words
        lines = [lead] if self._short or not second else [lead, second]
        high = theme.scaled(17)
        top = (self.height() - high * len(lines)) // 2
        for place, line in enumerate(lines):
            painter.setPen(theme.colour("base3" if place else "base-ink"))
            box = QRect(width + 8, top + high * place, self.width() - width - 8, high)
            painter.drawText(box, left | Qt.TextFlag.TextDontClip, line)


class KeyBar(QWidget):
    """What the keys do now. ``pressed`` is an action's name, "escape", "accept", or another key's cap.

    Its buttons stay and become other keys: each page has its own, and to make a dozen anew takes longer than
    all else that a change of page draws.
    """

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme.scaled(KEYS_HEIGHT))
        self._line = row(spacing=_WIDE, margins=(GAP, 0, GAP, 0))
        self._left, self._right = row(spacing=_WIDE), row(spacing=_WIDE)
        self._line.addLayout(self._left)
        self._line.addStretch(1)
        self._line.addLayout(self._right)
        self.setLayout(self._line)
        self._buttons: tuple[list[_KeyButton], list[_KeyButton]] = ([], [])
        self._shown: tuple[Keys, Language, bool] | None = None

    def show_keys(self, keys: Keys, language: Language, *, live: bool) -> None:
        """Show a page's keys; ``live`` False (saving) greys nothing but takes no press."""
        if self._shown == (keys, language, live):
            return
        self._shown = (keys, language, live)
        left = [_pressed(name, keys, language) for name in keys.actions]
        left += [_Press(key.cap, key.cap, key.words, f"{key.cap} {key.words.lead}") for key in keys.more]
        right = [
            _Press(name, cap, words, f"{cap} {words.lead}", look)
            for name, cap, words, look in (
                ("escape", "Esc", keys.escape, CapLook.BASE),
                ("accept", "Enter", keys.accept, CapLook.BASE_ACCEPT),
            )
            if words.lead
        ]
        for side, buttons, presses in zip(
            (self._left, self._right), self._buttons, (left, right), strict=True
        ):
            while len(buttons) < len(presses):
                buttons.append(self._added(side))
            for place, button in enumerate(buttons):
                button.put(presses[place] if place < len(presses) else None)
        self.setEnabled(live)
        self._fit()

    def print_anew(self) -> None:
        """Print larger, or in the usual size again, with the next keys."""
        self.setFixedHeight(theme.scaled(KEYS_HEIGHT))
        self._shown = None
        for button in (*self._buttons[0], *self._buttons[1]):
            button.put(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour("base"))

    def _added(self, side: QHBoxLayout) -> _KeyButton:
        button = _KeyButton()
        button.clicked.connect(self._tell_pressed)
        side.addWidget(button)
        return button

    def _fit(self) -> None:
        """Where the keys have no room they move together; where that is not enough they say it once, and then
        go to the very edges.
        """
        buttons = [button for side in self._buttons for button in side if button.press]
        for short in (False, True):
            for button in buttons:
                button.shorten(short=short)
            left = self.width() - 2 * GAP - sum(button.width() for button in buttons)
            spacing = left // max(len(buttons), 1)
            if spacing >= _NARROW:
                break
        edge = GAP if spacing >= _NARROW else _CLOSE
        self._line.setContentsMargins(edge, 0, edge, 0)
        if edge < GAP:
            spacing += 2 * (GAP - edge) // max(len(buttons), 1)
        for line in (self._left, self._right):
            line.setSpacing(max(min(spacing, _WIDE), 0))

    def _tell_pressed(self) -> None:
        self.pressed.emit(self.sender().objectName().removeprefix("key "))


def _pressed(name: str, keys: Keys, language: Language) -> _Press:
    """An action among a page's keys, as the bar shows it."""
    action, look = BY_NAME[name], CapLook.BASE
    if name == keys.current:
        look = CapLook.BASE_CURRENT
    elif name == keys.suggested:
        look = CapLook.BASE_ACCEPT
    renamed = next((words for at, words in keys.renamed if at == name), None)
    if renamed is not None:
        return _Press(name, action.cap, renamed, f"{action.cap} {renamed.lead}", look)
    return _Press(name, action.cap, label(action, language), accessible_name(action, language), look)


class _Item(QWidget):
    """Icon and words of the status line; ``pressed`` when the mouse clicks there."""

    pressed = Signal()

    def __init__(self, icon: str, tone: str = "base3") -> None:
        super().__init__()
        line = row(spacing=8)
        self.setLayout(line)
        self._icon = Icon(icon, 16, tone)
        self._text = Text(gap="  ", elide=True)
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
        self.setFixedHeight(theme.scaled(STATUS_HEIGHT))
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
