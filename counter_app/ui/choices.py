"""A numbered list of choices: a digit or the arrows choose, the keyboard is enough."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from counter_app.ui import theme
from counter_app.ui.icons import Icon
from counter_app.ui.parts import CapLook, Hairline, Keycap, column, draw_marked, row
from counter_app.ui.text import LeadingText, Run, Text
from counter_app.words.say import Both

_FEW = 10


class Choice(NamedTuple):
    """One row: the key that picks it, its words, an icon, words at the right; ``off``: it cannot be."""

    key: str
    words: Both
    icon: str = ""
    more: str = ""
    right: str = ""
    off: bool = False


class Choices(QWidget):
    """Rows of 60, when ``dense`` of 44, of which more than ten are lower, so that fourteen fit beside a page
    on the smallest screen; or one row of them ``across``. ``picked`` says which key was chosen by digit or
    mouse.

    ``current`` is the selected row, -1 for none: pages whose answer must be deliberate start with none.
    """

    picked = Signal(str)

    def __init__(
        self, choices: list[Choice], *, current: int = -1, lines: bool = False, dense: bool = False,
        across: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self._choices = list(choices)
        high = 60 if not dense else 44 if len(choices) <= _FEW else 36
        self._rows = [_ChoiceRow(choice, place, high, dense=dense) for place, choice in enumerate(choices)]
        layout = row() if across else column()
        self.setLayout(layout)
        for place, line in enumerate(self._rows):
            if lines and place:
                layout.addWidget(Hairline())
            layout.addWidget(line)
            line.pressed.connect(self._press)
        self.current = -1
        self.select(current)

    def key(self) -> str:
        """The key of the selected row; empty for none."""
        return self._choices[self.current].key if self.current >= 0 else ""

    def select(self, place: int) -> None:
        """Select a row by its place; -1 selects none."""
        self.current = place
        for at, line in enumerate(self._rows):
            line.mark(at == place)

    def select_key(self, key: str) -> bool:
        """Select the row of a key unless it is off; tells whether there is one."""
        for place, choice in enumerate(self._choices):
            if choice.key == key and not choice.off:
                self.select(place)
                return True
        return False

    def rename(self, key: str, words: Both) -> None:
        """The row of a key says this from now on."""
        for place, choice in enumerate(self._choices):
            if choice.key == key:
                self._choices[place] = choice._replace(words=words)
                self._rows[place].put(self._choices[place])

    def step(self, step: int) -> None:
        """Select the next row up or down that is not off."""
        place = self.current + step
        while 0 <= place < len(self._choices):
            if not self._choices[place].off:
                self.select(place)
                return
            place += step

    def pick(self, key: str) -> bool:
        """Select the row of a key and say so; tells whether there is one."""
        found = self.select_key(key)
        if found:
            self.picked.emit(key)
        return found

    def _press(self, place: int) -> None:
        self.pick(self._choices[place].key)


class _ChoiceRow(QWidget):
    """One row of the list."""

    pressed = Signal(int)

    def __init__(self, choice: Choice, place: int, high: int, *, dense: bool) -> None:
        super().__init__()
        self._choice, self._place, self._marked = choice, place, False
        self.setFixedHeight(theme.scaled(high))
        self.setAccessibleName(f"{choice.key}: {choice.words.lead}")
        layout = row(spacing=14, margins=(16, 2, 16, 2))
        self.setLayout(layout)
        self._cap = Keycap(choice.key)
        layout.addWidget(self._cap)
        tone = "ink3" if choice.off else "ink"
        if choice.icon:
            layout.addWidget(Icon(choice.icon, 20, tone))
        self._lead = (Text if choice.more else LeadingText)(elide=True, gap="  ")
        words = column()
        layout.addLayout(words, 1)
        if dense:
            words.addWidget(self._lead)
        else:
            words.addStretch(1)
            words.addWidget(self._lead)
            if choice.words.second:
                words.addWidget(Text(Run(choice.words.second, "caption", "ink3"), elide=True))
            words.addStretch(1)
        if choice.right:
            layout.addWidget(Text(Run(choice.right, "caption", "ink2")))
        self._dense = dense
        self.mark(False)

    def put(self, choice: Choice) -> None:
        self._choice = choice
        self.setAccessibleName(f"{choice.key}: {choice.words.lead}")
        self.mark(self._marked)

    def mark(self, marked: bool) -> None:
        self._marked = marked
        choice = self._choice
        tone = "ink3" if choice.off else "ink"
        second = choice.words.second if self._dense else ""
        self._lead.show_runs(
            Run(choice.words.lead, "body" if self._dense else "lead", tone, marked),
            Run(choice.more, "body", "ink2"),
            Run(second, "body", "ink3"),
        )
        self._cap.dress(CapLook.ACCEPT if marked else CapLook.PLAIN)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._marked:
            draw_marked(QPainter(self), QRectF(self.rect()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self._place)
