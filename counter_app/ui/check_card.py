"""What a look at this PC found: only what is wrong, in words, and how to repair it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget

from counter_app.domain.checkup import Finding, State
from counter_app.domain.days import in_india
from counter_app.ui.icons import Icon
from counter_app.ui.parts import Card, clear, column, row
from counter_app.ui.text import Run, Text, heading, sentence
from counter_app.words.amounts import number
from counter_app.words.dates import clock, day
from counter_app.words.say import N_, Both, Language, both

_NOT_YET = {"data folder"}
"""That there are no records is known here."""

_NEEDED = {"key store"}
"""What may be missing elsewhere, and without which no counter is made; it has no value then."""


class CheckCard(Card):
    """Filled by ``show_findings``; until then it says that the look is under way."""

    def __init__(self, language: Language) -> None:
        super().__init__(spacing=8)
        self._language = language
        self.body.addWidget(heading(both(N_("This PC"), language)))
        self._lines = column(spacing=10)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)
        self._lines.addWidget(sentence(both(N_("It is being looked at …"), language), "body"))

    def show_findings(self, findings: Sequence[Finding], now: datetime) -> None:
        """What is in the way first, then what is worth knowing, then that the rest is fine."""
        clear(self._lines)
        amiss = [one for one in findings if one.state is not State.OK and one.name not in _NOT_YET]
        graves = {
            one.name for one in amiss if one.state is State.FAULT or (one.name in _NEEDED and not one.value)
        }
        for one in sorted(amiss, key=lambda one: one.name not in graves):
            grave = one.name in graves
            words = Both(one.hindi, one.english)
            if self._language is Language.ENGLISH:
                words = Both(one.english, "")
            self._add(words, "warn" if grave else "info", "bad" if grave else "ink2", one.where)
        fine = len(findings) - len(amiss)
        self._add(both(N_("Checked and fine: {count}"), self._language, count=number(fine)), "ok", "good")
        told = f"{day(in_india(now).date())}, {clock(now)}"
        words = both(
            N_("The PC's clock says {time}. If that is wrong, set it first."), self._language, time=told
        )
        self._add(words, "clock", "ink2")

    def _add(self, words: Both, icon: str, tone: str, where: str = "") -> None:
        line = row(spacing=12)
        line.addWidget(Icon(icon, 20, tone))
        texts = column()
        texts.addWidget(Text(Run(words.lead, "body", "ink"), wrap=True))
        for quiet in (words.second, where):
            if quiet:
                texts.addWidget(Text(Run(quiet, "caption", "ink3"), wrap=True))
        line.addLayout(texts, 1)
        holder = QWidget()
        holder.setLayout(line)
        self._lines.addWidget(holder)
