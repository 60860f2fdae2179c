"""The line to the centre: what is safe here, what is still to be sent, what is held, and trying at once."""

from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.desk import centre, tasks
from counter_app.desk.centre import SHOWN, HeldEntry, Standing, Waiting, What
from counter_app.domain.days import business_day, in_india
from counter_app.domain.people import Right, may
from counter_app.domain.refusals import CertificateUnreadable, CodeNotGood, FileUnreadable, Refused
from counter_app.domain.task import Task
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import Field
from counter_app.ui.icons import Icon
from counter_app.ui.link import TROUBLES
from counter_app.ui.link_bar import LinkBar
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.pages.held_card import HeldCard
from counter_app.ui.pages.pen_drive import PenDrive
from counter_app.ui.parts import Card, Facts, Kind, column, row
from counter_app.ui.table import Table
from counter_app.ui.text import Run, Text, heading, sentence
from counter_app.words.dates import age, ages, clock, day
from counter_app.words.refusals import sentence as refusal_sentence
from counter_app.words.say import N_, Both, both

ACTIONS = ("help", "find", "complaint", "status", "receipts", "lock")
_WHAT = {
    What.PAYMENTS: ("receipt", N_("Payments")),
    What.COMPLAINTS: ("complaint", N_("Complaints")),
    What.OTHER: ("info", N_("Other entries")),
}


class SyncPage(Page):
    """Digit 1 tries at once; 2 goes to the note of what is held, and Enter there says that the topmost was
    seen to; 3 writes what is unsent on a pen drive, 4 reads what came back on one. Before the counter is
    enrolled, Enter goes through the fields and enrols it.
    """

    name = "sync"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._standing: Standing | None = None
        self._act: UUID = uuid4()
        self.main_column.addWidget(self._build_safe())
        self._enrolling = self._build_enrolling()
        self.main_column.addWidget(self._enrolling)
        self.main_column.addWidget(self._build_waiting(), 2)
        self._holding = HeldCard(self.language, self._when)
        self.main_column.addWidget(self._holding, 1)
        self.side_column.addWidget(self._build_link())
        self.side_column.addWidget(self._build_fresh())
        ways = Card()
        ways.body.addWidget(heading(self._both(N_("You can"))))
        again = Choice("1", self._both(N_("Try again now")), "sync")
        look = Choice("2", self._both(N_("See to what is held")), "hold")
        out = Choice("3", self._both(N_("Write to a pen drive")), "usb")
        back = Choice("4", self._both(N_("Read from a pen drive")), "usb")
        self._ways = Choices([again, look, out, back], dense=True)
        self._drive = PenDrive(self.frame, self, self._ask)
        self._ways.picked.connect(self._picked)
        ways.body.addWidget(self._ways)
        self.side_column.addWidget(ways)
        self.side_column.addStretch(1)
        self._enrolling.hide()

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        accept = self._both(N_("Enrol")) if self._may_enrol() else Both("", "")
        if self._first_held() is not None:
            accept = self._both(N_("It was seen to"))
        return Keys(ACTIONS, escape=self._both(N_("Back")), accept=accept)

    def enter(self, _visit: Visit) -> None:
        """Ask how the counter stands."""
        self.setFocus()
        self._ask()

    def again(self) -> None:
        """Back from another page."""
        self.setFocus()
        self._ask()

    def refresh(self) -> None:
        """Something was recorded."""
        self._ask()

    def link_changed(self) -> None:
        """The line stands otherwise."""
        self._ask()

    def digit(self, digit: str) -> bool:
        """1 tries at once, 2 goes to the note of what is held, 3 and 4 are files on a pen drive."""
        return self._ways.pick(digit)

    def accept(self) -> None:
        """Of the topmost that is held: it was seen to. Or from field to field, then enrol."""
        if self._first_held() is not None:
            self._see_to()
            return
        if not self._may_enrol():
            return
        fields = (self._url, self._code, self._certificate)
        for field, following in pairwise(fields):
            if field.has_focus():
                following.edit.setFocus()
                return
        if not self._certificate.has_focus():
            self._url.edit.setFocus()
            return
        self._enrol()

    # -- building ------------------------------------------------------------------------------------

    def _build_safe(self) -> QWidget:
        card = Card()
        line = row(spacing=20)
        self._safe_icon = Icon("ok", 36, "good")
        self._safe_head, self._safe_more = Text(wrap=True), Text(wrap=True)
        self._trouble = Text(wrap=True)
        line.addWidget(self._safe_icon)
        line.addLayout(_upright(self._safe_head, self._safe_more, self._trouble), 1)
        card.body.addLayout(line)
        return card

    def _build_enrolling(self) -> QWidget:
        card = Card(spacing=8)
        card.body.addWidget(heading(self._both(N_("Enrol this counter at the centre"))))
        self._url = Field(self._both(N_("Address of the centre")), hint=Both("https://…", ""))
        self._code = Field(self._both(N_("Code from the centre")), limit=64)
        self._certificate = Field(self._both(N_("File of its certificate (empty: none)")), limit=1000)
        for field in (self._url, self._code, self._certificate):
            card.body.addWidget(field)
        return card

    def _build_waiting(self) -> QWidget:
        card = Card()
        card.body.addWidget(heading(self._both(N_("To be sent"))))
        columns = (
            Column(self._both(N_("What"))),
            Column(self._both(N_("Count")), 110, right=True),
            Column(self._both(N_("Oldest")), 170, right=True),
        )
        self._rows = Rows(columns, self._cells)
        empty = self._both(N_("Nothing waits; the centre has all of it."))
        card.flush(Table(self._rows, self._both(N_("To be sent")).lead, empty), stretch=1)
        return card

    def _build_link(self) -> QWidget:
        card = Card(spacing=8)
        card.body.addWidget(heading(self._both(N_("Link to the centre"))))
        line = row(spacing=16)
        self._link_icon = Icon("unlinked", 24, "warn")
        self._link_head, self._link_more = Text(elide=True), Text(elide=True)
        line.addWidget(self._link_icon)
        line.addLayout(_upright(self._link_head, self._link_more), 1)
        card.body.addLayout(line)
        self._bar = LinkBar(SHOWN)
        card.body.addWidget(self._bar)
        words = self._both(N_("24 hours up to now; hatched: not linked"))
        card.body.addWidget(sentence(words))
        return card

    def _build_fresh(self) -> QWidget:
        card = Card()
        card.body.addWidget(heading(self._both(N_("How fresh"))))
        self._fresh = Facts()
        self._fresh.add(self._both(N_("Dues")))
        self._fresh.add(self._both(N_("Clock of the centre")))
        card.body.addWidget(self._fresh)
        return card

    # -- filling -------------------------------------------------------------------------------------

    def _ask(self) -> None:
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.fetch(lambda: centre.standing(desk, session, at), self._show)

    def _show(self, standing: Standing) -> None:
        self._standing = standing
        now = self.frame.now()
        self._show_safe(standing)
        self._enrolling.setVisible(self._may_enrol())
        if standing.named is not None and not self._url.text():
            self._url.put(standing.named.url)
            self._code.put(standing.named.code)
        self._holding.setVisible(bool(standing.url))
        self._rows.replace(standing.waiting)
        self._holding.show_held(standing, noting=self._first_held() is not None)
        self._show_link(standing, now)
        self._fresh.put(0, self._when(standing.dues_as_of))
        self._fresh.put(1, self._offset(standing.clock_offset))
        self.frame.keys_changed()

    def _show_safe(self, standing: Standing) -> None:
        count = sum(one.count for one in standing.waiting)
        head = self._both(N_("{count} entries are safe on this PC"), count=count)
        more = self._both(N_("They go by themselves when the link is there. Carry on working."))
        if not count and standing.url:
            head = self._both(N_("The centre has everything that was recorded here"))
            more = self._both(N_("What is recorded next goes by itself."))
        elif not standing.url:
            more = self._both(N_("This counter is not enrolled at a centre yet. Everything is kept here."))
        self._safe_head.show_runs(Run(head.lead, "title", "ink", bold=True), Run(head.second, "body", "ink3"))
        self._safe_more.show_runs(Run(more.lead, "body", "ink"), Run(more.second, "caption", "ink3"))
        link = self.frame.link
        trouble = self._both(TROUBLES[link.trouble]) if link and link.trouble else Both("", "")
        self._trouble.show_runs(
            Run(trouble.lead, "body", "warn", bold=True), Run(trouble.second, "caption", "ink2")
        )
        self._trouble.setVisible(bool(trouble.lead))
        self._safe_icon.show_icon(*(("warn", "warn") if trouble.lead else ("ok", "good")))

    def _show_link(self, standing: Standing, now: datetime) -> None:
        link = self.frame.link
        linked = link is not None and link.linked
        last = link.last_contact if link and link.last_contact else standing.last_contact
        self._link_icon.show_icon(*(("linked", "good") if linked else ("unlinked", "warn")))
        if last is None:
            head, more = self._both(N_("No contact yet")), Both("", "")
        elif linked:
            head, more = self._both(N_("Linked")), self._both(N_("Last contact {at}"), at=self._when(last))
        else:
            head = self._both(N_("Last contact {at}"), at=self._when(last))
            more = self._both(N_("{age} ago"), age=ages(now - last, self.language))
        self._link_head.show_runs(
            Run(head.lead, "title", "ink", bold=True), Run(head.second, "caption", "ink3")
        )
        self._link_more.show_runs(Run(more.lead, "body", "ink2"), Run(more.second, "caption", "ink3"))
        self._bar.show_contacts([(one.since, one.until) for one in standing.contacts], now)

    def _cells(self, one: Waiting) -> tuple[Cell, ...]:
        icon, words = _WHAT[one.what]
        return (
            Cell(self._both(words).lead, icon=icon),
            Cell(str(one.count), bold=True),
            Cell(self._when(one.oldest_at)),
        )

    def _when(self, at: datetime | None) -> str:
        if at is None:
            return ""
        today = business_day(at) == business_day(self.frame.now())
        return clock(at) if today else f"{day(in_india(at).date())} {clock(at)}"

    def _offset(self, offset: timedelta | None) -> str:
        if offset is None:
            return ""
        seconds = round(offset.total_seconds())
        if seconds == 0:
            return self._both(N_("same as here")).lead
        word = N_("{age} ahead") if seconds > 0 else N_("{age} behind")
        span = abs(timedelta(seconds=seconds))
        said = (
            self._both(N_("{count} s"), count=abs(seconds)).lead
            if abs(seconds) < 60
            else age(span, self.language)
        )
        return self._both(word, age=said).lead

    # -- doing ---------------------------------------------------------------------------------------

    def _may_enrol(self) -> bool:
        known = self._standing is not None and not self._standing.url
        return known and self.frame.line is not None and may(self.frame.session.person.role, Right.ENROL)

    def _first_held(self) -> HeldEntry | None:
        """What is seen to next, by who may say so."""
        held = self._standing.held if self._standing is not None else ()
        return held[0] if held and may(self.frame.session.person.role, Right.END_TASK) else None

    def _see_to(self) -> None:
        """Enter: to the note; from there somebody has looked at it."""
        first = self._first_held()
        assert first is not None
        if not self._holding.note.has_focus():
            self._holding.note.edit.setFocus()
            return
        desk, session, at, act = self.frame.desk, self.frame.session, self.frame.now(), self._act
        of, note = first.of, self._holding.note.text()
        self.save(lambda: tasks.end(desk, session, act, Task.HELD, of, note, at), self._seen)

    def _seen(self, _nothing: None) -> None:
        self._act = uuid4()
        self._holding.note.put("")
        self.setFocus()
        self.frame.tell(self._both(N_("Noted: it is done.")), Kind.GOOD)
        self._ask()

    @Slot(str)
    def _picked(self, key: str) -> None:
        self._ways.select(-1)
        if key == "1":
            self._try()
        elif key in {"3", "4"}:
            if self._is_enrolled():
                (self._drive.write if key == "3" else self._drive.read)()
        elif self._first_held() is not None:
            self._holding.note.edit.setFocus()
        else:
            self.frame.tell(self._both(N_("Nothing is held.")), Kind.NOTE)

    def _is_enrolled(self) -> bool:
        """Whether there is a centre; where there is none, that is told."""
        if self.frame.line is not None and self._standing is not None and self._standing.url:
            return True
        words = self._both(N_("This counter is not enrolled at a centre yet. Everything is kept here."))
        self.frame.tell(words, Kind.NOTE)
        return False

    def _try(self) -> None:
        if not self._is_enrolled():
            return
        assert self.frame.line is not None
        self.frame.background.centre(self.frame.line.try_now, self._tried)
        self.frame.tell(self._both(N_("The centre is asked now. Work can go on meanwhile.")), Kind.NOTE)

    @Slot(object)
    def _tried(self, _nothing: None) -> None:
        self._ask()

    def _enrol(self) -> None:
        line = self.frame.line
        assert line is not None
        for field in (self._url, self._code, self._certificate):
            field.right()
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        asked = (self._url.text(), self._code.text(), self._certificate.text())

        def job() -> None:
            centre.allow_enrolment(desk, session, at)
            line.enrol(*asked)

        self.frame.background.centre(job, self._enrolled, self._not_enrolled)
        self.frame.tell(self._both(N_("The centre is asked now. Work can go on meanwhile.")), Kind.NOTE)

    @Slot(object)
    def _enrolled(self, _nothing: None) -> None:
        self.setFocus()
        self.frame.tell(self._both(N_("Enrolled. What is here is being sent.")), Kind.GOOD)
        self._ask()

    @Slot(object)
    def _not_enrolled(self, trouble: Exception) -> None:
        wrong = {
            CodeNotGood: self._code,
            CertificateUnreadable: self._certificate,
            FileUnreadable: self._certificate,
        }
        field = wrong.get(type(trouble))
        if field is not None and isinstance(trouble, Refused):
            self.frame.untell()
            field.wrong(refusal_sentence(trouble, self.language))
            field.edit.setFocus()
        else:
            self.frame.tell_trouble(trouble)

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)


def _upright(*texts: Text) -> QVBoxLayout:
    """Lines of text one below the other."""
    layout = column(spacing=2)
    for text in texts:
        layout.addWidget(text)
    return layout
