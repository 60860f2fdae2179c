"""What waits for a person because of the centre: held entries, bills paid twice, rule files left out."""

from collections.abc import Callable
from datetime import datetime

from counter_app.desk.centre import Standing
from counter_app.ui.fields import Field
from counter_app.ui.parts import Card, Chip, Kind, clear, row
from counter_app.ui.text import Run, Text, heading, sentence
from counter_app.words.amounts import rupees
from counter_app.words.labels import held_reason
from counter_app.words.say import N_, Both, Language, both

MOST_SHOWN = 20


class HeldCard(Card):
    """The oldest stands topmost; ``note`` is about that one."""

    def __init__(self, language: Language, when: Callable[[datetime], str]) -> None:
        super().__init__()
        self._language, self._when = language, when
        head = row(spacing=12)
        head.addWidget(heading(self._both(N_("Held at the centre"))))
        head.addStretch(1)
        self._count = Chip(Both("", ""), Kind.WARN, "hold")
        head.addWidget(self._count)
        self.body.addLayout(head)
        self.note = Field(self._both(N_("What came of the topmost (optional)")))
        self.body.addWidget(self.note)
        self._held = self.section(stretch=1)
        words = self._both(N_("A held entry stops no other, and no receipt is undone by it."))
        self.section().addWidget(sentence(words))

    def show_held(self, standing: Standing, *, noting: bool) -> None:
        """Show what waits; ``noting``: whoever looks may say what came of it."""
        clear(self._held)
        self.note.setVisible(noting)
        count, over = len(standing.held), standing.surpluses
        self._count.setVisible(bool(count))
        self._count.show_chip(self._both(N_("{count} held"), count=count), Kind.WARN, "hold")
        if not (count or over or standing.rules_left_out):
            self._held.addWidget(sentence(self._both(N_("Nothing is held."))))
        for one in standing.held[:MOST_SHOWN]:
            number = one.number or self._both(N_("Entry of {at}"), at=self._when(one.at)).lead
            self._need(held_reason(one.reason, self._language), number, one.consumer)
        for surplus in over[:MOST_SHOWN]:
            words = self._both(
                N_("Bill {number} was paid twice. {amount} is an advance; both receipts stand."),
                number=surplus.bill_number, amount=rupees(surplus.amount),
            )  # fmt: skip
            self._need(words, surplus.consumer)
        for file in standing.rules_left_out:
            self._need(self._both(N_("This rule file cannot be used here. Call for help.")), file)
        self._held.addStretch(1)

    def _need(self, words: Both, what: str, consumer: str = "") -> None:
        """One thing that waits for a person: what it is about, and what is the matter."""
        self._held.addWidget(Text(Run(what, "body", "ink", bold=True), Run(consumer, "body", "ink2")))
        self._held.addWidget(Text(Run(words.lead), Run(words.second, "caption", "ink3"), wrap=True))

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self._language, **facts)
