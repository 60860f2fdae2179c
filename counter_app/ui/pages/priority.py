"""Serving somebody before the queue: one digit, counted by day, without a name."""

from uuid import uuid4

from PySide6.QtCore import Slot

from counter_app.desk import priority
from counter_app.domain.priority import Priority
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Card, Facts
from counter_app.ui.text import heading, sentence
from counter_app.words import labels
from counter_app.words.say import N_, Both, both

_KEYS = {str(place): to for place, to in enumerate(Priority, 1)}


class PriorityPage(Page):
    """A digit records it, and the counter is at Home again for the person who came first."""

    name = "priority"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act = uuid4()
        whole = Card(spacing=6)
        whole.body.addWidget(heading(self._both(N_("Who is served first"))))
        words = self._both(N_("Senior citizens, women and disabled persons come before the queue."))
        whole.body.addWidget(sentence(words))
        self._choices = Choices(
            [Choice(key, labels.priority(to, self.language)) for key, to in _KEYS.items()]
        )
        self._choices.picked.connect(self._picked)
        whole.body.addWidget(self._choices)
        self.main_column.addWidget(whole)
        self.main_column.addStretch(1)
        side = Card()
        side.body.addWidget(heading(self._both(N_("Today at this counter"))))
        self._counts = Facts()
        side.body.addWidget(self._counts)
        side.section().addWidget(sentence(self._both(N_("No name is noted. The register has the days."))))
        self.side_column.addWidget(side)
        self.side_column.addStretch(1)

    def keys(self) -> Keys:
        return Keys(("help", "find", "lock"), escape=self._both(N_("Back")))

    def enter(self, _visit: Visit) -> None:
        """A new act for whoever comes; nothing is chosen."""
        self._act = uuid4()
        self._choices.select(-1)
        self.setFocus()
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.fetch(lambda: priority.served(desk, session, at), self._show)

    def digit(self, digit: str) -> bool:
        """Who it is."""
        return self._choices.pick(digit)

    @Slot(str)
    def _picked(self, key: str) -> None:
        desk, session, at, act = self.frame.desk, self.frame.session, self.frame.now(), self._act
        to = _KEYS[key]
        self.save(lambda: priority.tap(desk, session, act, to, at), lambda served: self._tapped(to, served))

    def _tapped(self, to: Priority, served: dict[Priority, int]) -> None:
        who = labels.priority(to, self.language).lead
        self.frame.home(self._both(N_("Served first: {who}. Today {count}."), who=who, count=served[to]))

    def _show(self, served: dict[Priority, int]) -> None:
        self._counts.clear()
        for to, count in served.items():
            self._counts.add(labels.priority(to, self.language), str(count), bold=bool(count))

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
