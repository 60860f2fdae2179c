"""After danger was registered: was 1912 or the officer telephoned? One key records it, Esc is later."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from PySide6.QtCore import Slot

from counter_app.desk import beside, complaint_steps, complaints
from counter_app.desk.beside import Beside
from counter_app.desk.desk import Desk
from counter_app.desk.rows import ComplaintRow
from counter_app.domain.people import Session
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Banner, Card, Kind, clear, column
from counter_app.ui.text import sentence
from counter_app.ui.wording import one_name, whom
from counter_app.words.say import N_, Both, both

_CENTRE = "1912"


@dataclass(frozen=True, slots=True)
class _Asked:
    one: ComplaintRow
    beside: Beside


class CalledPage(Page):
    """1: 1912 was telephoned, 2: the officer. Enter answers nothing: what was not done is not recorded."""

    name = "called"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._asked: _Asked | None = None
        self._phones: dict[str, str] = {}
        self._choices = Choices([])
        whole = Card(spacing=12)
        words = self._both(N_("Danger to life: telephone now. Was somebody telephoned?"))
        whole.body.addWidget(Banner(words, Kind.BAD, icon="phone"))
        self._room = column()
        whole.body.addLayout(self._room)
        later = N_(
            "Esc is later: the call is then recorded where the complaint stands, with F6 and the full stop."
        )
        whole.body.addWidget(sentence(self._both(later)))
        self.main_column.addWidget(whole)
        self.main_column.addStretch(1)

    def keys(self) -> Keys:
        return Keys(("help", "lock"), escape=self._both(N_("Later")))

    def enter(self, visit: Visit) -> None:
        """Ask about the complaint that was just registered."""
        self._act, self._asked, act = uuid4(), None, visit.act
        clear(self._room)
        self.setFocus()
        if act is not None:
            desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
            self.fetch(lambda: _read(desk, session, act, at), self._show)

    def again(self) -> None:
        """Back from another page."""
        self.setFocus()

    def digit(self, digit: str) -> bool:
        """Who was telephoned."""
        return self._asked is not None and self._choices.pick(digit)

    def accept(self) -> None:
        """Enter has no default here."""

    def escape(self) -> None:
        """Later: the complaint is recorded all the same."""
        self._home()

    def _show(self, asked: _Asked) -> None:
        self._asked, officer = asked, asked.beside.whom
        self._phones = {"1": _CENTRE}
        choices = [Choice("1", self._both(N_("1912 was telephoned")), icon="phone")]
        if officer is not None:
            name = one_name(self.language, officer.name_hi, officer.name_en)
            self._phones["2"] = f"{name} {officer.phone}"
            words = self._both(N_("Telephoned: {whom}"), whom=whom(self.language, officer))
            choices.append(Choice("2", words, icon="phone"))
        clear(self._room)
        self._choices = Choices(choices)
        self._choices.picked.connect(self._picked)
        self._room.addWidget(self._choices)

    @Slot(str)
    def _picked(self, key: str) -> None:
        asked = self._asked
        if asked is None:
            return
        desk, session, at, act = self.frame.desk, self.frame.session, self.frame.now(), self._act
        said, complaint = self._phones[key], asked.one.act
        self.save(lambda: complaint_steps.note_call(desk, session, act, complaint, said, at), self._recorded)

    def _recorded(self, _one: ComplaintRow) -> None:
        self._home()

    def _home(self) -> None:
        if self._asked is None:
            self.frame.home()
            return
        number = self._asked.one.number
        self.frame.home(self._both(N_("Complaint {number} recorded."), number=number.stem), str(number))

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)


def _read(desk: Desk, session: Session, act: UUID, at: datetime) -> _Asked:
    return _Asked(complaints.complaint(desk, session, act, at), beside.beside(desk, session, act, at))
