"""How far a long piece of work is: a bar, and a sentence with the time left."""

from PySide6.QtWidgets import QProgressBar

from counter_app.ui.parts import Card
from counter_app.ui.text import Run, Text, heading
from counter_app.words.say import N_, Both, Language, both


class GoingCard(Card):
    """Hidden until there is something to show."""

    def __init__(self, head: Both, language: Language) -> None:
        super().__init__(spacing=8)
        self.body.addWidget(heading(head))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(8)
        self._bar.setAccessibleName(both(N_("Progress"), language).lead)
        self._said = Text(elide=True)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._said)
        self.hide()

    def show_going(self, done: int, total: int, words: Both) -> None:
        """So much of it is done."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._said.show_runs(Run(words.lead), Run(words.second, "caption", "ink3"))

    def said(self) -> str:
        """The sentence, as it stands there."""
        return self._said.text()
