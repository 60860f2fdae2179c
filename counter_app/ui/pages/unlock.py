"""Opening the drawer without a receipt: only with a reason, and every time is counted."""

from uuid import UUID, uuid4

from PySide6.QtCore import Slot

from counter_app.desk import drawers
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import Field
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Card, key_line
from counter_app.ui.text import heading, sentence
from counter_app.words.say import N_, Both, both

_REASONS = {
    "1": N_("To give change for a note"),
    "2": N_("To look at a note or coin again"),
    "3": N_("To put money in order"),
}
_OTHER = "4"


class UnlockPage(Page):
    """A digit gives the reason; Enter records that the drawer was opened."""

    name = "unlock"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        whole = Card(spacing=6)
        whole.body.addWidget(heading(self._both(N_("Open the drawer without a receipt")), "lead"))
        choices = [Choice(key, self._both(words)) for key, words in _REASONS.items()]
        self._whys = Choices([*choices, Choice(_OTHER, self._both(N_("Other reason")))], dense=True)
        self._whys.picked.connect(self._picked)
        whole.body.addWidget(self._whys)
        self._reason = Field(self._both(N_("Reason")), limit=400)
        whole.body.addWidget(self._reason)
        whole.body.addStretch(1)
        self.main_column.addWidget(whole, 1)
        side = Card(spacing=8)
        side.body.addWidget(heading(self._both(N_("How it goes"))))
        for words in (
            self._both(N_("Each opening without a receipt is recorded with its reason.")),
            self._both(N_("The Z report says how many there were.")),
        ):
            side.body.addWidget(sentence(words, "body"))
        side.body.addStretch(1)
        side.section().addLayout(
            key_line([("1–4", self._both(N_("Reason"))), ("Enter", self._both(N_("Record")))])
        )
        self.side_column.addWidget(side, 1)

    def keys(self) -> Keys:
        accept = self._both(N_("Record")) if self._whys.key() else Both("", "")
        return Keys(("help", "find", "lock"), escape=self._both(N_("Back")), accept=accept)

    def enter(self, _visit: Visit) -> None:
        """Nothing is chosen yet: this must be deliberate."""
        self._act = uuid4()
        self._whys.select(-1)
        self._reason.put("")
        self._reason.hide()
        self.setFocus()

    def again(self) -> None:
        """Back from another page."""
        self.setFocus()

    def digit(self, digit: str) -> bool:
        """A digit gives the reason."""
        return self._whys.pick(digit)

    def step(self, rows: int) -> bool:
        """Up and down choose as well."""
        self._whys.step(rows)
        self._picked(self._whys.key())
        return True

    def accept(self) -> None:
        """Enter records it."""
        key = self._whys.key()
        if not key:
            return
        reason = self._reason.text()
        if key in _REASONS:
            words = self._both(_REASONS[key])
            reason = " · ".join(text for text in words if text)
        desk, session, at, act = self.frame.desk, self.frame.session, self.frame.now(), self._act
        self.save(lambda: drawers.unlock(desk, session, act, reason, at), self._recorded)

    def _recorded(self, _nothing: None) -> None:
        self.frame.home(self._both(N_("The opening is recorded with its reason.")))

    @Slot(str)
    def _picked(self, key: str) -> None:
        self._reason.setVisible(key == _OTHER)
        if key == _OTHER:
            self._reason.edit.setFocus()
        else:
            self.setFocus()
        self.frame.keys_changed()

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
