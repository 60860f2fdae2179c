"""The own PIN: six digits that stand for a second person on days when they signed in here by password."""

from itertools import pairwise
from uuid import UUID, uuid4

from PySide6.QtWidgets import QWidget

from counter_app.desk import pins
from counter_app.ui.fields import Field, SecretField
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Card, key_line
from counter_app.ui.text import heading, sentence
from counter_app.words.say import N_, Both, both


class PinPage(Page):
    """Password, PIN, PIN again; Enter goes on and, in the last field, records that it was set."""

    name = "pin"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self.main_column.addWidget(self._build_work(), 1)
        self.side_column.addWidget(self._build_side(), 1)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        accept = self._both(N_("Set the PIN") if self._again.has_focus() else N_("Next"))
        return Keys(("help", "find", "lock"), escape=self._both(N_("Back")), accept=accept)

    def enter(self, _visit: Visit) -> None:
        """Nothing is typed yet."""
        self._act = uuid4()
        self._forget()
        self._password.edit.setFocus()

    def again(self) -> None:
        """Back from another page."""
        self._password.edit.setFocus()

    def leave(self) -> None:
        """What is secret does not wait for anybody."""
        self._forget()

    def accept(self) -> None:
        """Enter: from field to field, then it is set."""
        for field, following in pairwise(self._fields):
            if field.has_focus():
                following.edit.setFocus()
                self.frame.keys_changed()
                return
        if not self._again.has_focus():
            self._password.edit.setFocus()
        elif self._pin.text() != self._again.text():
            self._again.wrong(self._both(N_("This is another PIN than above. Type it again.")))
        else:
            desk, session, act, at = self.frame.desk, self.frame.session, self._act, self.frame.now()
            password, pin = self._password.text(), self._pin.text()
            self.save(lambda: pins.set_pin(desk, session, act, password, pin, at), self._set)

    def refused(self, trouble: Exception) -> None:
        """Nothing stands; all is typed again."""
        self._forget()
        self._password.edit.setFocus()
        super().refused(trouble)

    # -- inside --------------------------------------------------------------------------------------

    @property
    def _fields(self) -> tuple[Field, ...]:
        return (self._password, self._pin, self._again)

    def _forget(self) -> None:
        for field in self._fields:
            field.put("")

    def _set(self, _nothing: None) -> None:
        self._forget()
        self.frame.home(self._both(N_("Your PIN is set. It counts on days when you sign in here.")))

    # -- building ------------------------------------------------------------------------------------

    def _build_work(self) -> QWidget:
        card = Card(spacing=8)
        card.body.addWidget(heading(self._both(N_("Set your PIN")), "lead"))
        self._password = SecretField(self._both(N_("Your password")), limit=256)
        self._pin = SecretField(
            self._both(N_("PIN")), hint=self._both(N_("6 digits, not all alike and not in a row")), limit=12
        )
        self._again = SecretField(self._both(N_("PIN once more")), limit=12)
        for field in self._fields:
            field.setMaximumWidth(420)
            card.body.addWidget(field)
        card.body.addStretch(1)
        return card

    def _build_side(self) -> QWidget:
        side = Card(spacing=8)
        side.body.addWidget(heading(self._both(N_("How it goes"))))
        for words in (
            self._both(
                N_("The PIN unlocks this counter for you. Who may agree to another's work agrees by it too.")
            ),
            self._both(N_("It counts only after you signed in here by password on the same day.")),
            self._both(N_("It signs nobody in. A new password ends it.")),
            self._both(N_("Wrong tries are counted with those of the password.")),
        ):
            side.body.addWidget(sentence(words, "body"))
        side.body.addStretch(1)
        side.section().addLayout(key_line([("Enter", self._both(N_("Next, at the end: set")))]))
        return side

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
