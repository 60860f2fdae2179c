"""The second person types code and password; who they are and whether they may is the desk's to say."""

from uuid import UUID

from PySide6.QtWidgets import QWidget

from counter_app.desk.second import Word
from counter_app.ui.fields import Field, SecretField
from counter_app.ui.parts import row
from counter_app.words.say import N_, Language, both


class SecondFields(QWidget):
    """Code and password side by side."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        layout = row(spacing=16)
        self.setLayout(layout)
        self._code = Field(both(N_("Code of the second person"), language), limit=64)
        self._password = SecretField(both(N_("Password of the second person"), language), limit=256)
        for field in self.fields:
            layout.addWidget(field, 1)

    @property
    def fields(self) -> tuple[Field, Field]:
        """In the order in which they are filled."""
        return (self._code, self._password)

    def word(self) -> Word:
        """What was typed."""
        return Word(self._code.text(), self._password.text())

    def forget(self) -> None:
        """The password is gone; who it was stays."""
        self._password.put("")

    def begin(self, _act: UUID) -> None:
        """Nothing is typed; the word will be for this act."""
        for field in self.fields:
            field.put("")
