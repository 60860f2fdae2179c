"""Where a complaint stands: its stages, every step with its time, the limit, the answer at the window."""

from collections.abc import Callable
from uuid import UUID, uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from counter_app.desk import beside, complaint_steps, complaints, outages, paper
from counter_app.desk.beside import Beside
from counter_app.desk.rows import ComplaintRow, JobRow
from counter_app.domain.complaint import ComplaintRegistered
from counter_app.domain.complaint_life import DONE
from counter_app.domain.days import business_day
from counter_app.domain.refusals import Refused
from counter_app.ui.fields import Field
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, Key, Keys, Page, Visit
from counter_app.ui.pages import status_side as side
from counter_app.ui.pages.status_beside import BesideCard
from counter_app.ui.pages.status_life import Life
from counter_app.ui.pages.status_side import REASONS, Answers, Said, TimeLimit, step_draft
from counter_app.ui.parts import Card, Kind
from counter_app.ui.table import Table
from counter_app.ui.text import heading
from counter_app.ui.wording import one_name, type_name
from counter_app.words import labels
from counter_app.words.amounts import rupees
from counter_app.words.dates import clock, short_day
from counter_app.words.refusals import sentence
from counter_app.words.say import N_, Both, both

ACTIONS = ("help", "find", "complaint", "pay", "bill", "status", "receipts", "hold", "lock")
_MESSAGE, _PICTURES = "=", "/"


class StatusPage(Page):
    """Type a number's tail, a mobile or a name; Enter opens one complaint. Its answers have no default.

    3 or F7 prints its slip: the original when that never came out, else a copy after a digit for the reason.
    """

    name = "status"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._open: ComplaintRow | None = None
        self._number = ""
        self._views = QStackedWidget()
        self.main_column.addWidget(self._views, 1)
        self._views.addWidget(self._build_list())
        self._life = Life(self.language)
        self._views.addWidget(self._life)
        self._answers = Answers(self.language)
        self._answers.said.connect(self._said)
        self._answers.reasoned.connect(self._reasoned)
        self.side_column.addWidget(self._answers)
        self.side_column.addStretch(1)
        self._beside = BesideCard(self.language)
        self.main_column.addWidget(self._beside)
        self._limit = TimeLimit(self.language)
        self.main_column.addWidget(self._limit)

    def keys(self) -> Keys:
        back = self._both(N_("Back"))
        if self._open is None:
            return Keys(ACTIONS, current="status", escape=back, accept=self._both(N_("Open")))
        slip = ("receipts", self._both(N_("Print the slip")))
        more = (Key(_MESSAGE, self._both(N_("Message"))), Key(_PICTURES, self._both(N_("Photo"))))
        return Keys(ACTIONS, current="status", more=more, escape=back, renamed=(slip,))

    def enter(self, visit: Visit) -> None:
        """Show one complaint, a consumer's complaints, what was typed, or all open ones."""
        self._number = visit.consumer
        self._leave_one()
        self._typed.put(visit.typed or visit.consumer)
        if visit.act is not None:
            self._read_one(visit.act, self.show_one)
        self._search()
        self._typed.edit.setFocus()

    def again(self) -> None:
        """Back from another page."""
        self.refresh()
        if self._open is None:
            self._typed.edit.setFocus()
        else:
            self.setFocus()

    def consumer(self) -> str:
        """Whom the function keys act on."""
        return self._open.registered.consumer if self._open else self._number

    def refresh(self) -> None:
        """Read what is shown again."""
        if self._open is not None:
            self._read_one(self._open.act, self._show_again)
        else:
            self._search()

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)

    def _say(self, text: str, **facts: object) -> str:
        return both(text, self.language, **facts).lead

    def _type(self, registered: ComplaintRegistered) -> str:
        rules = self.frame.desk.rules
        return type_name(self.language, rules, registered.type, registered.day).lead

    # -- building ------------------------------------------------------------------------------

    def _build_list(self) -> QWidget:
        whole = Card(padding=(20, 14, 20, 14))
        whole.body.addWidget(heading(self._both(N_("Complaints"))))
        self._typed = Field(
            self._both(N_("Complaint number, mobile, name, transformer; empty shows what is open"))
        )
        self._typed.edited.connect(self._search)
        whole.body.addWidget(self._typed)
        columns = (
            Column(self._both(N_("Number")), 150),
            Column(self._both(N_("Registered")), 110),
            Column(self._both(N_("Type"))),
            Column(self._both(N_("Name, place")), 180),
            Column(self._both(N_("State")), 130),
        )
        empty = self._both(N_("No complaint fits. Type less, or register one with F3."))
        self._rows = Rows(columns, self._cells)
        self._table = Table(self._rows, self._say(N_("Complaints")), empty)
        self._table.view.doubleClicked.connect(self._open_clicked)
        whole.flush(self._table, stretch=1)
        # It takes what room there is, and none from what is shown in its place.
        whole.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        return whole

    # -- the list ------------------------------------------------------------------------------

    @Slot()
    def _search(self) -> None:
        desk, session, typed = self.frame.desk, self.frame.session, self._typed.text()
        at = self.frame.now()
        self.frame.background.search(lambda: complaints.status(desk, session, typed, at), self._show_rows)

    @Slot(object)
    def _show_rows(self, rows: tuple[ComplaintRow, ...]) -> None:
        self._rows.replace(rows)
        self._table.select(0)

    def _cells(self, one: ComplaintRow) -> tuple[Cell, ...]:
        registered = one.registered
        icon, tone, stage = "ok", "good", labels.stage(one.state.stage, self.language).lead
        if one.state.open:
            late = one.state.done_at is None and one.promise.broken(self.frame.now())
            icon, tone = ("warn", "bad") if late or one.state.attention else ("clock", "warn")
        if one.state.attention:
            stage = self._say(N_("Needs attention"))
        when = f"{short_day(registered.day)} {clock(registered.registered_at)}"
        who = one_name(self.language, one.name_hi, one.name_en) or registered.landmark
        return (
            Cell(one.number.stem, bold=True),
            Cell(when),
            Cell(self._type(registered)),
            Cell(who),
            Cell(stage, tone, icon=icon),
        )

    @Slot()
    def _open_clicked(self) -> None:
        self.accept()

    def _read_one(self, act: UUID, then: Callable[[ComplaintRow], None]) -> None:
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.fetch(lambda: complaints.complaint(desk, session, act, at), then)

    # -- one complaint -------------------------------------------------------------------------

    def show_one(self, one: ComplaintRow) -> None:
        """Show a complaint; a new act is drawn for the answer to it, unless something is being asked for."""
        asking = self._answers.is_deep and self._open is not None and self._open.act == one.act
        self._open = one
        self._life.show_one(one, self.frame.desk.rules)
        self._limit.show_limit(one, self.frame.now())
        self._limit.show()
        self._views.setCurrentIndex(1)
        desk, session, at, act = self.frame.desk, self.frame.session, self.frame.now(), one.act
        self.fetch(lambda: beside.beside(desk, session, act, at), self._show_beside)
        if not asking:
            self._act = uuid4()
            self._offer(one)
            self.setFocus()
        self.frame.keys_changed()

    def _show_again(self, one: ComplaintRow) -> None:
        """What was read again; it stays away when somebody went back to the list meanwhile."""
        if self._open is not None and self._open.act == one.act:
            self.show_one(one)

    def _show_beside(self, found: Beside) -> None:
        if self._open is not None and self._open.act == found.complaint:
            self._beside.show_beside(self._open, found)

    def _leave_one(self) -> None:
        self._open = None
        self._beside.show_none()
        self._answers.show_nothing()
        self._limit.hide()
        self._views.setCurrentIndex(0)
        self.frame.keys_changed()

    # -- keys ----------------------------------------------------------------------------------

    def digit(self, digit: str) -> bool:
        """A digit answers for an open complaint, or gives the reason of a copy; in the list it is typed."""
        return self._open is not None and self._answers.pick(digit)

    def other_key(self, key: int, text: str) -> bool:
        """Signs stand for what is no step; two lead to a message for the consumer, and to photos."""
        page = {_MESSAGE: "message", _PICTURES: "pictures"}.get(text)
        if self._open is not None and page is not None:
            self.frame.go(page, Visit(act=self._open.act))
            return True
        return self._open is not None and self._answers.pick(text)

    def acts(self, action: str) -> bool:
        """F7 prints the slip of an open complaint, as 3 does."""
        if action != "receipts" or self._open is None:
            return False
        self._ask_for_slip(self._open.act)
        return True

    def step(self, rows: int) -> bool:
        """Up and down move in the list, or in what happened to the open complaint."""
        if self._open is None:
            return self._table.step(rows)
        self._life.steps.step(rows)
        return True

    def turn(self, pages: int) -> bool:
        """Page up and down go through what happened to the open complaint, then through the page."""
        return (self._open is not None and self._life.steps.turn(pages)) or super().turn(pages)

    def accept(self) -> None:
        """Enter opens the marked complaint; an open one has no default, but what was asked for is taken."""
        if self._open is not None:
            self._answers.accept()
            return
        place = self._table.place()
        if place >= 0:
            self.show_one(self._rows.at(place))

    def escape(self) -> None:
        """One step back: from what is asked to the complaint, to the list, then to where one came from."""
        if self._open is None:
            super().escape()
            return
        if self._answers.is_deep:
            self._offer(self._open)
            self.setFocus()
            return
        self._leave_one()
        self._search()
        self._typed.edit.setFocus()

    @Slot(object)
    def _said(self, said: Said) -> None:
        one, act = self._open, self._act
        if one is None:
            return
        desk, session, at, text = self.frame.desk, self.frame.session, self.frame.now(), said.text
        match said.key:
            case "":
                draft = step_draft(act, one.act, said)
                done = self._done if said.stage in DONE else self._recorded
                self.save(lambda: complaint_steps.step(desk, session, draft, at), done)
            case side.CENTRAL_NUMBER:
                self.save(
                    lambda: complaint_steps.note_central_number(desk, session, act, one.act, text, at),
                    self._number_recorded,
                )
            case side.SLIP:
                self._ask_for_slip(one.act)
            case side.GATHER:
                self.save(lambda: outages.gather(desk, session, act, one.act, at), self._recorded)
            case side.TELL:
                self.save(lambda: outages.tell(desk, session, act, one.act, text, at), self._recorded)
            case side.CALL:
                self.save(
                    lambda: complaint_steps.note_call(desk, session, act, one.act, text, at), self._recorded
                )
            case _:
                self.save(lambda: complaint_steps.claim(desk, session, act, one.act, at), self._recorded)

    def _offer(self, one: ComplaintRow) -> None:
        """Offer what may follow now."""
        catalogue = self.frame.desk.rules.catalogue(business_day(self.frame.now()))
        self._answers.show_steps(one, self._more(one), silence=catalogue.silence_days is not None)

    def _more(self, one: ComplaintRow) -> dict[str, Both]:
        """What may be done about a complaint beside its steps."""
        desk, at = self.frame.desk, self.frame.now()
        more: dict[str, Both] = {}
        kind = desk.rules.known_type(one.registered.type, business_day(at))
        if one.state.open and outages.is_whole(kind, one.registered):
            more[side.GATHER] = self._both(N_("Join all on this line"))
            more[side.TELL] = self._both(N_("Cause, and when supply is back"))
        if one.state.open and one.registered.priority == 1:
            more[side.CALL] = self._both(N_("Telephoned about it"))
        if due := complaint_steps.compensation(desk, one, at).claimable:
            more[side.CLAIM] = self._both(N_("Claim compensation of {amount}"), amount=rupees(due))
        return more

    def refused(self, trouble: Exception) -> None:
        """The desk said no: below the field it is about, where there is one; what was typed stands."""
        if not isinstance(trouble, Refused) or not self._answers.wrong(sentence(trouble, self.language)):
            super().refused(trouble)

    def _number_recorded(self, one: ComplaintRow) -> None:
        self._offer(one)
        self.show_one(one)
        self.frame.tell(self._both(N_("1912 number: {number}"), number=one.central_number), Kind.GOOD)

    def _recorded(self, one: ComplaintRow) -> None:
        self._offer(one)
        self.show_one(one)
        stage = labels.stage(one.state.stage, self.language)
        self.frame.tell(self._both(N_("Recorded: {stage}"), stage=stage), Kind.GOOD)

    def _done(self, one: ComplaintRow) -> None:
        """An outage that is over: those who complained of it are told, and so are shown next."""
        self._recorded(one)
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.fetch(lambda: beside.beside(desk, session, one.act, at), self._show_whom_to_tell)

    def _show_whom_to_tell(self, found: Beside) -> None:
        if found.parts and self._open is not None and self._open.act == found.complaint:
            self.frame.go("message", Visit(act=found.complaint))

    def _ask_for_slip(self, act: UUID) -> None:
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.fetch(lambda: paper.jobs(desk, session, act, at), self._print_slip)

    def _print_slip(self, jobs: tuple[JobRow, ...]) -> None:
        if not jobs:
            self.frame.tell(self._both(N_("The slip is where the complaint was registered.")), Kind.NOTE)
        elif paper.never_came_out(jobs[0]):
            self.frame.print_job(jobs[0].job)
        else:
            self._answers.ask_reason()

    @Slot(str)
    def _reasoned(self, key: str) -> None:
        one, act = self._open, self._act
        if one is None:
            return
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        reason = self._say(REASONS[key])
        self.save(lambda: paper.ask_copy(desk, session, act, one.act, reason, at), self._asked)

    def _asked(self, job: JobRow) -> None:
        self._act = uuid4()
        if self._open is not None:
            self._offer(self._open)
        self.frame.print_job(job.job)
        self.frame.tell(self._both(N_("Copy {copy} is being made."), copy=job.copy), Kind.GOOD)
