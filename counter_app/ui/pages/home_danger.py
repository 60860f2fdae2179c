"""Danger on Home: complaints about which nobody was telephoned, before everything else that waits."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from counter_app.desk.danger import MOST
from counter_app.desk.rows import ComplaintRow
from counter_app.domain.rules import Rules
from counter_app.ui import theme
from counter_app.ui.icons import Icon
from counter_app.ui.parts import Card, clear, column, draw_marked, row
from counter_app.ui.text import Run, Text
from counter_app.ui.wording import one_name, type_name
from counter_app.words.dates import age
from counter_app.words.say import N_, Language, both

_SHOWN = 3


class DangerCard(Card):
    """Rows of which one is selected: the arrows move, Enter or the mouse opens (``opened``)."""

    opened = Signal()

    def __init__(self, language: Language, rules: Rules) -> None:
        super().__init__(padding=(20, 12, 20, 12))
        self._language, self._rules = language, rules
        self._waiting: tuple[ComplaintRow, ...] = ()
        self._now: datetime | None = None
        self._place = 0
        head = row(spacing=10)
        head.addWidget(Icon("phone", 24, "bad"))
        self._head = Text(elide=True)
        head.addWidget(self._head, 1)
        self.body.addLayout(head)
        self._rows = column()
        self.body.addLayout(self._rows)
        self.hide()

    @property
    def waits(self) -> bool:
        """Whether there is any."""
        return bool(self._waiting)

    def selected(self) -> UUID | None:
        """The act of the selected complaint, while the card is seen."""
        return None if self.isHidden() else self._waiting[self._place].act

    def step(self, rows: int) -> bool:
        """Select another one; tells whether the card is seen."""
        if self.isHidden():
            return False
        self._place = min(max(self._place + rows, 0), len(self._waiting) - 1)
        self._draw()
        return True

    def show_waiting(self, waiting: Sequence[ComplaintRow], now: datetime) -> None:
        """Show these; what was selected stays so."""
        selected = self._waiting[self._place].act if self._waiting else None
        acts = [one.act for one in waiting]
        self._waiting, self._now = tuple(waiting), now
        self._place = acts.index(selected) if selected in acts else 0
        self._draw()

    def _draw(self) -> None:
        count = f"{len(self._waiting)}{'+' if len(self._waiting) == MOST else ''}"
        words = both(N_("Danger to life, nobody was telephoned: {count}"), self._language, count=count)
        self._head.show_runs(Run(words.lead, "lead", "bad", bold=True), Run(words.second, "body", "ink3"))
        clear(self._rows)
        first = min(max(self._place - _SHOWN + 1, 0), max(len(self._waiting) - _SHOWN, 0))
        for place, one in enumerate(self._waiting[first : first + _SHOWN], first):
            line = _Line(self._texts(one), marked=place == self._place)
            line.pressed.connect(lambda at=place: self._press(at))
            self._rows.addWidget(line)

    def _texts(self, one: ComplaintRow) -> tuple[str, str, str, str]:
        made, language = one.registered, self._language
        kind = type_name(language, self._rules, made.type, made.day).lead
        place = made.landmark or one_name(language, one.name_hi, one.name_en) or made.pole or made.dtr
        assert self._now is not None
        since = both(N_("since {time}"), language, time=age(self._now - made.registered_at, language)).lead
        return one.number.stem, kind, place, since

    def _press(self, place: int) -> None:
        self._place = place
        self.opened.emit()


class _Line(QWidget):
    """Number, type, place, since when."""

    pressed = Signal()

    def __init__(self, texts: tuple[str, str, str, str], *, marked: bool) -> None:
        super().__init__()
        self._marked = marked
        number, kind, place, since = texts
        self.setFixedHeight(theme.scaled(36))
        self.setAccessibleName(", ".join(part for part in texts if part))
        line = row(spacing=16, margins=(12, 2, 12, 2))
        self.setLayout(line)
        said = Text(Run(number, bold=True), Run(kind), Run(place, "body", "ink2"), elide=True, gap="   ")
        line.addWidget(said, 1)
        line.addWidget(Text(Run(since, "caption", "bad")))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._marked:
            draw_marked(QPainter(self), QRectF(self.rect()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()
