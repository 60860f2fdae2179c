"""The PC's clock: what stands against it, what follows, and what a supervisor says of it."""

from uuid import UUID, uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from counter_app.desk import clock
from counter_app.domain.clock import Decision, Doubt
from counter_app.domain.people import Right, may
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import Field
from counter_app.ui.icons import Icon
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Card, Facts, column, key_line, row
from counter_app.ui.second_person import SecondPerson
from counter_app.ui.text import Run, Text, heading, sentence
from counter_app.words.clock_words import doubt_words, outcome_words
from counter_app.words.dates import stamp
from counter_app.words.say import N_, Both, both

_DECISIONS = {
    Decision.IS_RIGHT: N_("The clock is right now"),
    Decision.GO_ON: N_("Work goes on; receipts say that the time is in doubt"),
}


class ClockPage(Page):
    """A digit decides; who lacks the right needs the word of a second person. No default."""

    name = "clock"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._doubt: Doubt | None = None
        self.main_column.addWidget(self._build_found())
        self._deciding = self._build_deciding()
        self.main_column.addWidget(self._deciding)
        self.main_column.addStretch(1)
        self.side_column.addWidget(self._build_side(), 1)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        accept = Both("", "")
        if self._doubt is not None:
            accept = self._both(N_("Decide") if self._is_last() else N_("Next"))
        return Keys(("help", "find", "lock"), escape=self._both(N_("Back")), accept=accept)

    def enter(self, _visit: Visit) -> None:
        """Ask what stands against the clock."""
        self._act = uuid4()
        self._second.begin(self._act)
        self._second.setVisible(not self._may_decide())
        self._ways.select(-1)
        self.setFocus()
        self._ask()

    def again(self) -> None:
        """Back from another page."""
        self.setFocus()
        self._ask()

    def refresh(self) -> None:
        """Something was recorded."""
        self._ask()

    def digit(self, digit: str) -> bool:
        """A digit says what is decided."""
        free = not any(field.has_focus() for field in self._fields())
        return self._doubt is not None and free and self._ways.pick(digit)

    def step(self, rows: int) -> bool:
        """Up and down move between the two."""
        if self._doubt is not None:
            self._ways.step(rows)
        return True

    def accept(self) -> None:
        """Enter: what is decided, then the second person's word, and then it is recorded."""
        if self._doubt is None or not self._ways.key():
            return
        if not self._is_last():
            fields = self._fields()
            place = next((at for at, field in enumerate(fields) if field.has_focus()), -1)
            fields[place + 1].edit.setFocus()
            self.frame.keys_changed()
            return
        desk, session, act, at = self.frame.desk, self.frame.session, self._act, self.frame.now()
        decision = list(_DECISIONS)[int(self._ways.key()) - 1]
        word = None if self._may_decide() else self._second.word()
        self._second.forget()
        self.save(lambda: clock.decide(desk, session, act, decision, word, at), self._decided)

    # -- inside --------------------------------------------------------------------------------------

    def _may_decide(self) -> bool:
        return may(self.frame.session.person.role, Right.DECIDE_CLOCK)

    def _fields(self) -> tuple[Field, ...]:
        return () if self._may_decide() else self._second.fields

    def _is_last(self) -> bool:
        fields = self._fields()
        return bool(self._ways.key()) and (not fields or fields[-1].has_focus())

    def _ask(self) -> None:
        desk, at = self.frame.desk, self.frame.now()
        self.fetch(lambda: clock.doubt(desk, at), self._show)

    def _show(self, doubt: Doubt | None) -> None:
        self._doubt = doubt
        now = self.frame.now()
        self._deciding.setVisible(doubt is not None)
        self._facts.put(0, stamp(now))
        self._facts.put(1, stamp(doubt.found_at) if doubt else "")
        if doubt is None:
            head, more = self._both(N_("Nothing stands against the clock.")), Both("", "")
        else:
            head = doubt_words(doubt, self.language)
            more = outcome_words(doubt, now, self.language)
        grave = doubt is not None and doubt.stops(now)
        tone = "good" if doubt is None else "bad" if grave else "warn"
        self._icon.show_icon("clock" if doubt else "ok", tone)
        self._head.show_runs(Run(head.lead, "title", "ink", bold=True), Run(head.second, "body", "ink3"))
        self._more.show_runs(Run(more.lead, "body", "ink"), Run(more.second, "caption", "ink3"))
        self.frame.keys_changed()

    @Slot(str)
    def _picked(self, _key: str) -> None:
        fields = self._fields()
        if fields:
            fields[0].edit.setFocus()
        self.frame.keys_changed()

    def _decided(self, _nothing: None) -> None:
        self.frame.home(self._both(N_("It is recorded what was decided about the clock.")))

    # -- building ------------------------------------------------------------------------------------

    def _build_found(self) -> QWidget:
        card = Card(spacing=8)
        line = row(spacing=20)
        self._icon = Icon("clock", 36, "ink2")
        self._head, self._more = Text(Run("—", "title"), wrap=True), Text(wrap=True)
        words = column(spacing=4)
        words.addWidget(self._head)
        words.addWidget(self._more)
        line.addWidget(self._icon)
        line.addLayout(words, 1)
        card.body.addLayout(line)
        self._facts = Facts()
        self._facts.add(self._both(N_("The PC says")))
        self._facts.add(self._both(N_("Found at")))
        card.section().addWidget(self._facts)
        return card

    def _build_deciding(self) -> QWidget:
        card = Card(spacing=8)
        card.body.addWidget(heading(self._both(N_("What the supervisor decides"))))
        rows = [Choice(str(place), self._both(text)) for place, text in enumerate(_DECISIONS.values(), 1)]
        self._ways = Choices(rows, dense=True)
        self._ways.picked.connect(self._picked)
        card.body.addWidget(self._ways)
        self._second = SecondPerson(self.language)
        self._second.turned.connect(self.frame.keys_changed)
        card.body.addWidget(self._second)
        return card

    def _build_side(self) -> QWidget:
        side = Card(spacing=8)
        side.body.addWidget(heading(self._both(N_("How it goes"))))
        for words in (
            self._both(
                N_("Set the PC's clock right first. If it was wrong by as much, work goes on by itself.")
            ),
            self._both(N_("Once the centre has answered, its clock proves this one right.")),
            self._both(N_("Else the supervisor decides: here, or by a code over the telephone.")),
            self._both(N_("Complaints and papers go on all the time.")),
        ):
            side.body.addWidget(sentence(words, "body"))
        side.body.addStretch(1)
        keys = [("1–2", self._both(N_("Decide"))), ("Enter", self._both(N_("Next")))]
        side.section().addLayout(key_line(keys))
        return side

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
