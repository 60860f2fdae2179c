"""The second person's word: code with password or PIN, or by ``*`` over the telephone."""

from uuid import UUID, uuid4

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.desk.second import Word
from counter_app.domain.approval import challenge
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import DigitsField, Field, SecretField
from counter_app.ui.parts import column, row
from counter_app.ui.text import Run, Text
from counter_app.words.say import N_, Both, Language, both

BY_TELEPHONE = "*"


class SecondPerson(QWidget):
    """``begin`` says for which act; ``fields`` are filled in their order. ``turned``: it goes another way.

    Over the telephone the challenge of the act stands here to be read out, and the answer is typed.
    """

    turned = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        whole, fields, telephone = column(), row(spacing=16), row(spacing=16)
        self.setLayout(whole)
        whole.addLayout(fields)
        whole.addLayout(telephone)
        self._code = _CodeField(self._both(N_("Code of the second person")), limit=64)
        self._secret = SecretField(self._both(N_("Password or PIN of the second person")), limit=256)
        self._answer = DigitsField(self._both(N_("Answer from the telephone")), limit=12)
        for field in (self._code, self._secret, self._answer):
            fields.addWidget(field, 1)
        self._way = Choices([Choice(BY_TELEPHONE, self._both(N_("Over the telephone")), "phone")], dense=True)
        self._read_out = Text()
        telephone.addWidget(self._way, 1)
        telephone.addWidget(self._read_out)
        self._code.starred.connect(self._turn)
        self._way.picked.connect(self._turn)
        self.begin(uuid4())

    @property
    def fields(self) -> tuple[Field, Field]:
        """In the order in which they are filled."""
        return (self._code, self._answer if self._by_telephone else self._secret)

    def begin(self, act: UUID) -> None:
        """Nothing is typed, the person is here; the word will be for this act."""
        for field in (self._code, self._secret, self._answer):
            field.put("")
        asked, words = challenge(act), self._both(N_("Read out"))
        self._read_out.show_runs(
            Run(words.lead, "body", "ink2"), Run(words.second, "caption", "ink3"),
            Run(f"{asked[:3]} {asked[3:]}", "title", "ink", bold=True),
        )  # fmt: skip
        self._go(by_telephone=False)

    def word(self) -> Word:
        """What was typed."""
        return Word(self._code.text(), self.fields[1].text(), telephone=self._by_telephone)

    def demand_here(self, yes: bool) -> None:
        """Whether only who stands here may give their word: who gets cash does not get it by telephone."""
        self._way.setVisible(not yes)
        if yes:
            self._go(by_telephone=False)

    def forget(self) -> None:
        """What is secret is gone; who it was stays."""
        self._secret.put("")
        self._answer.put("")

    @property
    def _by_telephone(self) -> bool:
        return not self._answer.isHidden()

    @Slot()
    def _turn(self) -> None:
        if self._way.isHidden():
            return
        self._go(by_telephone=not self._by_telephone)
        (self._code if not self._code.text() else self.fields[1]).edit.setFocus()
        self.turned.emit()

    def _go(self, *, by_telephone: bool) -> None:
        for widget in (self._answer, self._read_out):
            widget.setVisible(by_telephone)
        self._secret.setVisible(not by_telephone)
        self._way.select(0 if by_telephone else -1)

    def _both(self, text: str) -> Both:
        return both(text, self._language)


class _CodeField(Field):
    """A code has no star: that key means the other way."""

    starred = Signal()

    def _make_edit(self) -> QLineEdit:
        edit = _CodeEdit()
        edit.starred.connect(self.starred)
        return edit


class _CodeEdit(QLineEdit):
    starred = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == BY_TELEPHONE:
            self.starred.emit()
        else:
            super().keyPressEvent(event)
