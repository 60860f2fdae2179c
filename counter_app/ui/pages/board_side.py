"""Beside the board: how much is open, for how long, at which level; views, and what alone is listed."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from counter_app.domain.board import Board, Only
from counter_app.domain.service_level import Level, Pendency
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.parts import CapLook, Card, Facts, Keycap, clear, column, row
from counter_app.ui.text import heading, plain
from counter_app.words.say import N_, Both, Language, both

VIEWS = {"1": N_("By urgency"), "2": N_("By line"), "3": N_("Day and month")}
LEVELS = {
    Level.ZONE: N_("Zone"), Level.DIVISION: N_("Division"), Level.CIRCLE: N_("Circle"),
}  # fmt: skip
_ONLY = {"4": Only.LATE, "5": Only.ZONE, "6": Only.DIVISION, "7": Only.CIRCLE}
_PRIORITIES = {
    1: N_("Danger to life"),
    2: N_("Many without supply"),
    3: N_("One without supply"),
    4: N_("Bill, meter, connection"),
    5: N_("Other"),
}


class BoardSide(Card):
    """``viewed`` gives the key of a view; ``narrowed`` comes when ``only`` is another."""

    viewed = Signal(str)
    narrowed = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__(spacing=6)
        self._language = language
        self.only: Only | None = None
        self.body.addWidget(heading(both(N_("Open now"), language)))
        self._counts = Facts()
        self.body.addWidget(self._counts)
        ages = self.section()
        ages.addWidget(heading(both(N_("Open for days"), language)))
        self._ages = row(spacing=8)
        ages.addLayout(self._ages)
        narrow = self.section()
        narrow.addWidget(heading(both(N_("List only"), language)))
        self._narrow = row(spacing=8)
        narrow.addLayout(self._narrow)
        views = self.section()
        self.views = Choices([Choice(key, both(text, language)) for key, text in VIEWS.items()], dense=True)
        self.views.picked.connect(self.viewed)
        views.addWidget(self.views)

    def pick(self, key: str) -> bool:
        """A digit: a view, or what alone is listed; the same again lists all. Tells whether it is one."""
        if key in _ONLY:
            self._pick(_ONLY[key])
        return key in _ONLY or self.views.pick(key)

    def show_all(self) -> None:
        """Nothing is left out any more."""
        self.only = None

    def show_board(self, whole: Board) -> None:
        """Fill the counts."""
        self._counts.clear()
        for priority, count in whole.by_priority:
            tone = "bad" if priority == 1 and count else "ink"
            words = both(_PRIORITIES[priority], self._language)
            self._counts.add(words, str(count), tone=tone, bold=bool(count))
        clear(self._ages)
        for step, count in whole.by_pendency:
            self._ages.addWidget(_Step(step, count), 1)
        counts = {Only.LATE: whole.late} | {Only(level): count for level, count in whole.by_level}
        clear(self._narrow)
        for key, only in _ONLY.items():
            cell = _Narrowed(key, both(self._words(only), self._language), counts[only], self.only is only)
            cell.pressed.connect(partial(self._pick, only))
            self._narrow.addWidget(cell, 1)

    def _words(self, only: Only) -> str:
        return N_("Overdue") if only is Only.LATE else LEVELS[Level(only)]

    def _pick(self, only: Only) -> None:
        self.only = None if self.only is only else only
        self.narrowed.emit()


class _Step(QWidget):
    """How many are open for so many days: the days above, the count below."""

    def __init__(self, step: Pendency, count: int) -> None:
        super().__init__()
        lines = column()
        self.setLayout(lines)
        lines.addWidget(plain(step.value.replace("-", "–"), "caption", "ink2"))
        lines.addWidget(plain(str(count), "body", "ink" if count else "ink3", bold=bool(count)))
        self.setAccessibleName(f"{step.value}: {count}")


class _Narrowed(QWidget):
    """What may be listed alone: its key and how many these are, and in words below."""

    pressed = Signal()

    def __init__(self, key: str, words: Both, count: int, chosen: bool) -> None:
        super().__init__()
        lines, head = column(spacing=2), row(spacing=8)
        self.setLayout(lines)
        cap = Keycap(key)
        cap.dress(CapLook.ACCEPT if chosen else CapLook.PLAIN)
        head.addWidget(cap)
        head.addWidget(plain(str(count), "body", "ink" if count else "ink3", bold=bool(count)))
        head.addStretch(1)
        lines.addLayout(head)
        lines.addWidget(plain(words.lead, "caption", "ink" if chosen else "ink2", bold=chosen))
        self.setAccessibleName(f"{key}: {words.lead}: {count}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()
