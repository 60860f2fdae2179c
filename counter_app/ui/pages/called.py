"""Danger: was 1912 or the officer telephoned? One key records it, Esc is later. Asked after the registration,
and for what Home lists as not telephoned about.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from PySide6.QtCore import Slot

from counter_app.desk import beside, complaint_steps, complaints
from counter_app.desk.beside import Beside
from counter_app.desk.desk import Desk
from counter_app.desk.rows import ComplaintRow
from counter_app.domain.consumer import masked
from counter_app.domain.people import Session
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Banner, Card, Kind, clear, column
from counter_app.ui.text import Run, Text, sentence
from counter_app.ui.wording import one_name, type_name, whom
from counter_app.words.dates import age
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
        self._registered = False
        self._phones: dict[str, str] = {}
        self._choices = Choices([])
        whole = Card(spacing=12)
        words = self._both(N_("Danger to life: telephone now. Was somebody telephoned?"))
        whole.body.addWidget(Banner(words, Kind.BAD, icon="phone"))
        self._about, self._where = Text(elide=True, gap="   "), Text(elide=True, gap="   ")
        whole.body.addWidget(self._about)
        whole.body.addWidget(self._where)
        self._room = column()
        whole.body.addLayout(self._room)
        later = N_("Esc is later: it stays first on the Home page until a call is recorded.")
        whole.body.addWidget(sentence(self._both(later)))
        self.main_column.addWidget(whole)
        self.main_column.addStretch(1)

    def keys(self) -> Keys:
        return Keys(("help", "status", "lock"), escape=self._both(N_("Later")))

    def enter(self, visit: Visit) -> None:
        """Ask about a complaint; with its number ``typed`` it was just registered."""
        self._act, self._asked, act = uuid4(), None, visit.act
        self._registered = bool(visit.typed)
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

    def acts(self, action: str) -> bool:
        """F6 shows all there is about the complaint."""
        if action != "status" or self._asked is None:
            return False
        self.frame.go("status", Visit(act=self._asked.one.act))
        return True

    def escape(self) -> None:
        """Later: the complaint is recorded all the same."""
        if self._registered:
            self._home(N_("Complaint {number} recorded."))
        else:
            self.frame.back()

    def _show(self, asked: _Asked) -> None:
        self._asked, officer = asked, asked.beside.whom
        self._show_complaint(asked.one)
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

    def _show_complaint(self, one: ComplaintRow) -> None:
        """Which it is: what is said on the telephone."""
        made, language = one.registered, self.language
        kind = type_name(language, self.frame.desk.rules, made.type, made.day)
        since = self._both(N_("since {time}"), time=age(self.frame.now() - made.registered_at, language)).lead
        self._about.show_runs(
            Run(one.number.stem, "title", "ink", bold=True), Run(kind.lead, "lead", "ink"),
            Run(since, "body", "bad"),
        )  # fmt: skip
        where = (made.landmark, one_name(language, one.name_hi, one.name_en), made.pole, made.dtr, made.note)
        mobile = self._both(N_("mobile {mobile}"), mobile=masked(made.mobile)).lead if made.mobile else ""
        self._where.show_runs(*(Run(one, "body", "ink2") for one in (*where, mobile) if one))

    @Slot(str)
    def _picked(self, key: str) -> None:
        asked = self._asked
        if asked is None:
            return
        desk, session, at, act = self.frame.desk, self.frame.session, self.frame.now(), self._act
        said, complaint = self._phones[key], asked.one.act
        self.save(lambda: complaint_steps.note_call(desk, session, act, complaint, said, at), self._recorded)

    def _recorded(self, _one: ComplaintRow) -> None:
        registered = N_("Complaint {number} recorded.")
        self._home(registered if self._registered else N_("Telephoned about {number}: recorded."))

    def _home(self, said: str) -> None:
        if self._asked is None:
            self.frame.home()
            return
        number = self._asked.one.number
        self.frame.home(self._both(said, number=number.stem), str(number))

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)


def _read(desk: Desk, session: Session, act: UUID, at: datetime) -> _Asked:
    return _Asked(complaints.complaint(desk, session, act, at), beside.beside(desk, session, act, at))
