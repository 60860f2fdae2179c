"""Who works at the counter: code and password, at the start and when the counter was locked."""

from uuid import uuid4

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from counter_app.domain.days import in_india
from counter_app.domain.people import Session
from counter_app.domain.refusals import Refused
from counter_app.ui import theme
from counter_app.ui.fields import Field, SecretField
from counter_app.ui.header import office_names
from counter_app.ui.icons import Icon
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Banner, Card, Hairline, Kind, column, row
from counter_app.ui.text import Run, Text, heading
from counter_app.words.dates import clock, day, weekday
from counter_app.words.say import Both, both

WIDTH = 894


class SignInPage(Page):
    """Signs in, or unlocks what waits behind it. Shows no consumer. Also tells how the opening goes."""

    name = "sign_in"
    wide = True
    needs_sign_in = False

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act = uuid4()
        self._middle = QWidget()
        self._middle.setFixedWidth(WIDTH)
        inside = column(spacing=20)
        self._middle.setLayout(inside)
        inside.addLayout(self._build_top())
        inside.addWidget(self._build_card())
        self._wait = Text(Run("", "body", "ink2"), elide=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(8)
        self._bar.setAccessibleName(both("Progress", self.language).lead)
        self._bar.hide()
        inside.addWidget(self._wait)
        inside.addWidget(self._bar)
        self.main_column.addStretch(2)
        centred = row()
        centred.addStretch(1)
        centred.addWidget(self._middle)
        centred.addStretch(1)
        self.main_column.addLayout(centred)
        self.main_column.addStretch(3)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        language = self.language
        accept = both("Unlock", language) if self._waiting() else both("Sign in", language)
        if not self.frame.is_open:
            accept = Both("", "")
        return Keys(
            ("help", "language") if self.frame.open_drill is not None else ("language",),
            escape=both("Clear", language),
            accept=accept,
            renamed=(("help", both("Practise", language)),),
        )

    def acts(self, action: str) -> bool:
        """F1 opens the zone to practise at: nobody has to be signed in for that."""
        if action == "help" and self.frame.open_drill is not None:
            self.frame.open_drill()
            return True
        return False

    def typed(self) -> str:
        return self._code.text()

    def enter(self, visit: Visit) -> None:
        self._act = uuid4()
        self._code.put(visit.typed)
        self._password.put("")
        (self._password if self._waiting() else self._code).setFocus()
        self.refresh()

    def refresh(self) -> None:
        now, language = self.frame.now(), self.language
        self._time.show_runs(Run(clock(now), "display", "ink", bold=True))
        on = in_india(now).date()
        self._date.show_runs(Run(f"{weekday(on, language)} {day(on)}", "body", "ink2"))
        waiting = self._waiting()
        if waiting is not None:
            self._code.put(waiting.person.code)
        self._locked.setVisible(waiting is not None)
        if not self.frame.is_open:
            self.show_progress(both("Opening the data of this counter", language), 0, 0)
            return
        lead, second = office_names(self.frame.desk.office, language)
        self._office.show_runs(Run(lead, "amount", "ink", bold=True))
        self._place.show_runs(Run(second, "lead", "ink2"))
        self._wait.show_runs()
        self._bar.hide()
        if waiting is None and not self._code.text():
            self._fill_in()
        elif waiting is not None and self.frame.demo_signs is not None:
            self._password.put(self.frame.demo_signs[1])

    def accept(self) -> None:
        if not self.frame.is_open:
            return
        code, password = self._code.text().strip(), self._password.text()
        if not code:
            self._code.wrong(both("Type your code.", self.language))
            self._code.setFocus()
            return
        if not password:
            self._password.setFocus()
            return
        waiting = self._waiting()
        desk, act, at = self.frame.desk, self._act, self.frame.now()

        def job() -> Session:
            from counter_app.desk import sign_in

            if waiting is not None and code.casefold() == waiting.person.code.casefold():
                return sign_in.unlock(desk, waiting, password, act, at)
            return sign_in.sign_in(desk, code, password, act, at)

        self.save(job, self._signed_in)

    def escape(self) -> None:
        self._password.put("")
        if self._waiting() is None:
            self._code.put("")
            self._code.setFocus()

    def refused(self, trouble: Exception) -> None:
        self._act = uuid4()
        if not isinstance(trouble, Refused):
            self.frame.tell_trouble(trouble)
            return
        from counter_app.words.refusals import sentence

        self._password.put("")
        self._password.wrong(sentence(trouble, self.language))
        self._password.setFocus()

    # -- what app tells ---------------------------------------------------------------------------------

    def show_progress(self, words: Both, done: int, total: int) -> None:
        """Tell how far the opening is; ``total`` 0 shows no bar."""
        self._wait.show_runs(Run(words.lead, "body", "ink2"), Run(words.second, "body", "ink3"))
        self._bar.setVisible(total > 0)
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)

    def _fill_in(self) -> None:
        """The demo office: fill in, say so, and say where its key lies."""
        if self.frame.demo_signs is None:
            return
        code, password, where = self.frame.demo_signs
        self._code.put(code)
        self._password.put(password)
        head = both("DEMO: an invented office, sign-in is filled in", self.language)
        if self.frame.desk.office.training:
            head = both("TRAINING: an invented zone, sign-in is filled in", self.language)
        more = both(
            "Nothing in it is real. Password: {password}. The key of its database lies in {where}.",
            self.language,
            password=password,
            where=where,
        )
        self._note.show_banner(head, Kind.NOTE, more=more)
        self._note.show()
        self._password.setFocus()

    # -- inside -----------------------------------------------------------------------------------------

    def _waiting(self) -> Session | None:
        return self.frame.session if self.frame.locked else None

    def _signed_in(self, session: Session) -> None:
        self._password.put("")
        self.frame.signed_in(session)

    def _build_top(self) -> QHBoxLayout:
        top = row(spacing=20)
        top.addWidget(Icon("bolt", 36, "accent"))
        names = column()
        self._office, self._place = Text(elide=True), Text(elide=True)
        self._office.setFixedHeight(theme.line_height("amount"))
        self._place.setFixedHeight(theme.line_height("lead"))
        self._office.show_runs(
            Run(both("Electricity office", self.language).lead, "amount", "ink", bold=True)
        )
        names.addWidget(self._office)
        names.addWidget(self._place)
        top.addLayout(names, 1)
        times = column()
        side = Qt.AlignmentFlag.AlignRight
        self._time, self._date = Text(align=side), Text(align=side)
        times.addWidget(self._time)
        times.addWidget(self._date)
        top.addLayout(times)
        return top

    def _build_card(self) -> Card:
        card = Card(padding=(28, 20, 28, 20), spacing=10)
        halves = row(spacing=28)
        card.body.addLayout(halves)
        left = column(spacing=10)
        language = self.language
        left.addWidget(heading(both("Who is working", language), "lead"))
        self._code = Field(both("Code", language), hint=both("As on your card", language), limit=40)
        self._password = SecretField(both("Password", language), limit=200)
        left.addWidget(self._code)
        left.addWidget(self._password)
        left.addStretch(1)
        right = column(spacing=12)
        self._note = Banner(Both("", ""), Kind.NOTE)
        self._note.hide()
        self._locked = Banner(
            both("Locked", language),
            Kind.NOTE,
            icon="lock",
            more=both(
                "Your password opens it, or your PIN. Another person signs in with their own code.", language
            ),
        )
        help_line = both("Forgotten? The administrator or the central office gives you a new one.", language)
        right.addWidget(self._note)
        right.addWidget(self._locked)
        right.addStretch(1)
        right.addWidget(
            Text(Run(help_line.lead, "caption", "ink2"), Run(help_line.second, "caption", "ink3"), wrap=True)
        )
        halves.addLayout(left, 1)
        halves.addWidget(Hairline(upright=True))
        halves.addLayout(right, 1)
        return card

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 500)
