"""What Home keeps in sight beside the search: numbers to be paid together, and work that waits."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout

from counter_app.desk.rows import TaskRow
from counter_app.ui.icons import Icon
from counter_app.ui.parts import Card, Keycap, clear, column, row
from counter_app.ui.text import Run, Text, heading, sentence
from counter_app.words.dates import age
from counter_app.words.say import N_, Language, both
from counter_app.words.tasks import task as task_name

_SHOWN = 3


class BasketCard(Card):
    """The numbers that are paid together: one count of the cash, a receipt for each."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        head = row(spacing=8)
        head.addWidget(heading(both(N_("To be paid together"), language)), 1)
        head.addWidget(Keycap("F4"))
        self.body.addLayout(head)
        self._rows = column(spacing=2)
        self.body.addLayout(self._rows)
        self.hide()

    def show_basket(self, basket: Mapping[str, str]) -> None:
        """Show them in the order in which they were added; nothing of an empty basket."""
        clear(self._rows)
        for number, name in basket.items():
            self._rows.addWidget(Text(Run(number, "body", "ink", bold=True), Run(name), elide=True, gap="  "))
        self.setVisible(bool(basket))


class WaitingCard(Card):
    """The oldest work that waits because of receipts, and how much more there is."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._head = Text()
        self.body.addWidget(self._head)
        self._rows = column(spacing=4)
        self.body.addLayout(self._rows)
        self.body.addWidget(sentence(both(N_('Type "waiting" to see all of it.'), language)))
        self.hide()

    def show_waiting(self, waiting: Sequence[TaskRow], now: datetime) -> None:
        """Show it, the oldest first."""
        words = both(N_("Waiting work: {count}"), self._language, count=len(waiting))
        self._head.show_runs(Run(words.lead, "body", "ink", bold=True), Run(words.second, "body", "ink3"))
        clear(self._rows)
        for task in waiting[:_SHOWN]:
            self._rows.addLayout(self._line(task, now))

    def _line(self, task: TaskRow, now: datetime) -> QHBoxLayout:
        line = row(spacing=10)
        line.addWidget(Icon("clock", 20, "warn"))
        words = task_name(task.task, task.bill, self._language)
        since = age(now - task.since, self._language)
        line.addWidget(Text(Run(words.lead), elide=True), 1)
        line.addWidget(Text(Run(task.consumer, "caption", "ink2"), Run(since, "caption", "ink3")))
        return line
