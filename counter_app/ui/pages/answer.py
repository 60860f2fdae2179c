"""Agreeing over the telephone: the officer types what is read out, and reads back the answer."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from counter_app.desk import second
from counter_app.domain.approval import Deed
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import DigitsField, Field
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Card, Figure, key_line, row
from counter_app.ui.text import heading, sentence
from counter_app.words import labels
from counter_app.words.say import N_, Both, both


class AnswerPage(Page):
    """A digit says what is asked for; then number, amount, and the six digits that are read out."""

    name = "answer"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.main_column.addWidget(self._build_work(), 1)
        self.side_column.addWidget(self._build_side(), 1)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        last = bool(self._deeds.key()) and self._asked.has_focus()
        accept = self._both(N_("Give the answer") if last else N_("Next"))
        return Keys(("help", "find", "lock"), escape=self._both(N_("Back")), accept=accept)

    def enter(self, _visit: Visit) -> None:
        """Nothing is typed yet."""
        self._deeds.select(-1)
        for field in (self._number, self._to, self._amount, self._asked):
            field.put("")
            field.setVisible(field is not self._to)
        self._answer.put("")
        self.setFocus()

    def again(self) -> None:
        """Back from another page."""
        self.setFocus()

    def digit(self, digit: str) -> bool:
        """Until something is chosen a digit chooses it."""
        free = not any(field.has_focus() for field in self._fields())
        return free and self._deeds.pick(digit)

    def step(self, rows: int) -> bool:
        """Up and down move among what can be asked for."""
        self._deeds.step(rows)
        return True

    def accept(self) -> None:
        """Enter: from field to field, then the answer."""
        if not self._deeds.key():
            self.setFocus()
            return
        fields = self._fields()
        place = next((at for at, field in enumerate(fields) if field.has_focus()), -1)
        if place + 1 < len(fields):
            fields[place + 1].edit.setFocus()
            self.frame.keys_changed()
            return
        desk, session, at, deed = self.frame.desk, self.frame.session, self.frame.now(), self._deed()
        number, amount, to, asked = (
            field.text() for field in (self._number, self._amount, self._to, self._asked)
        )
        self._answer.put("")
        self.save(lambda: second.answer_for(desk, session, deed, number, amount, to, asked, at), self._show)

    # -- inside --------------------------------------------------------------------------------------

    def _deed(self) -> Deed:
        return list(Deed)[int(self._deeds.key()) - 1]

    def _fields(self) -> tuple[Field, ...]:
        """Those that are filled, in their order."""
        if not self._deeds.key():
            return (self._number, self._amount, self._asked)
        deed = self._deed()
        number = (self._number,) if deed.of_a_receipt else ()
        amount = (self._amount,) if deed.of_money else ()
        to = (self._to,) if deed.of_another else ()
        return (*number, *amount, *to, self._asked)

    @Slot(str)
    def _picked(self, _key: str) -> None:
        fields = self._fields()
        for field in (self._number, self._amount, self._to):
            field.setVisible(field in fields)
        fields[0].edit.setFocus()
        self.frame.keys_changed()

    @Slot()
    def _forget(self) -> None:
        """Another question: the answer is to the one before."""
        self._answer.put("")

    def _show(self, answer: str) -> None:
        self.frame.untell()
        self._answer.put(f"{answer[:3]} {answer[3:]}")
        self.setFocus()
        self.frame.keys_changed()

    # -- building ------------------------------------------------------------------------------------

    def _build_work(self) -> QWidget:
        card = Card(spacing=8)
        card.body.addWidget(heading(self._both(N_("Agree over the telephone")), "lead"))
        card.body.addWidget(heading(self._both(N_("What is asked for?"))))
        rows = [Choice(str(place), labels.deed(deed, self.language)) for place, deed in enumerate(Deed, 1)]
        self._deeds = Choices(rows, dense=True)
        self._deeds.picked.connect(self._picked)
        card.body.addWidget(self._deeds)
        self._number = Field(
            self._both(N_("Number of the receipt")),
            hint=self._both(N_("Like 2214-2-004187")),
            limit=40,
        )
        self._amount = Field(self._both(N_("Amount in rupees")), limit=20)
        self._to = Field(self._both(N_("The new consumer")), limit=40)
        self._asked = DigitsField(self._both(N_("The six digits that are read out")), limit=12)
        line = row(spacing=16)
        for field in (self._number, self._amount, self._to, self._asked):
            field.edited.connect(self._forget)
        line.addWidget(self._number, 1)
        line.addWidget(self._amount, 1)
        card.body.addLayout(line)
        last = row(spacing=16)
        last.addWidget(self._to, 1)
        last.addWidget(self._asked, 1)
        card.body.addLayout(last)
        card.body.addStretch(1)
        return card

    def _build_side(self) -> QWidget:
        side = Card(spacing=8)
        side.body.addWidget(heading(self._both(N_("How it goes"))))
        for words in (
            self._both(N_("The clerk presses * and reads out the six digits, the number and the amount.")),
            self._both(N_("Ask why, and who is there, before you answer.")),
            self._both(N_("The answer holds for this deed, this receipt and this amount alone, once.")),
            self._both(N_("It is recorded at the other counter as your word.")),
        ):
            side.body.addWidget(sentence(words, "body"))
        side.body.addStretch(1)
        self._answer = Figure(self._both(N_("The answer to read back")), "", "display")
        side.section().addWidget(self._answer)
        words = self._both(N_("Next, at the end: the answer"))
        side.section().addLayout(key_line([("Enter", words)]))
        return side

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
