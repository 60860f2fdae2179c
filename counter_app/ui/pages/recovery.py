"""After a power cut: one question about one paper, and the proof that everything else is safe."""

from uuid import UUID, uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from counter_app.desk import complaints, drafts, paper, receipts
from counter_app.desk.complaints import Registered
from counter_app.desk.payments import Receipt
from counter_app.desk.rows import DraftRow, JobRow
from counter_app.domain.acts import Paper
from counter_app.domain.complaint import ComplaintRegistered
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.icons import Icon
from counter_app.ui.page import Frame, Key, Keys, Page, Visit
from counter_app.ui.parts import Banner, Card, Figure, Kind, clear, column, row
from counter_app.ui.text import Run, Text, heading
from counter_app.ui.wording import draft_words, one_name, type_name
from counter_app.words import labels
from counter_app.words.amounts import number, rupees
from counter_app.words.dates import clock, stamp
from counter_app.words.say import N_, Both, both

_ANSWERS = {"1": paper.Answer.COMPLETE, "2": paper.Answer.NOT_PRINTED, "3": paper.Answer.TORN}


class RecoveryPage(Page):
    """No default, Esc does nothing: somebody has to look at the printer."""

    name = "recovery"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._jobs: tuple[JobRow, ...] = ()
        self.main_column.addWidget(self._build_question(), 1)
        self.side_column.addWidget(self._build_safe())
        self.side_column.addWidget(self._build_drafts(), 1)

    def keys(self) -> Keys:
        more = (
            Key("1", self._both(N_("Complete"))),
            Key("2", self._both(N_("Not printed"))),
            Key("3", self._both(N_("Torn"))),
        )
        return Keys(("help", "lock"), more=more)

    def enter(self, _visit: Visit) -> None:
        """Ask about the papers in doubt, one after the other; Home when there is none."""
        self._ask()
        desk, session = self.frame.desk, self.frame.session
        self.fetch(lambda: drafts.kept(desk, session), self._show_drafts)
        self._show_safe()

    def again(self) -> None:
        """After unlocking: the question still stands."""
        self.setFocus()

    def _ask(self) -> None:
        self._act = uuid4()
        desk, session = self.frame.desk, self.frame.session
        self.fetch(lambda: paper.in_doubt(desk, session), self._show_jobs)
        self.setFocus()

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)

    def _say(self, text: str, **facts: object) -> str:
        return both(text, self.language, **facts).lead

    def _type(self, registered: ComplaintRegistered) -> str:
        rules = self.frame.desk.rules
        return type_name(self.language, rules, registered.type, registered.day).lead

    # -- building ------------------------------------------------------------------------------

    def _build_question(self) -> QWidget:
        whole = Card(padding=(24, 18, 24, 18), spacing=6)
        top = row(spacing=16)
        top.addWidget(Icon("printer", 36, "warn"))
        words = column()
        self._head, self._second = Text(elide=True), Text(elide=True)
        words.addWidget(self._head)
        words.addWidget(self._second)
        top.addLayout(words, 1)
        whole.body.addLayout(top)
        facts = whole.section()
        self._figures = row(spacing=24)
        facts.addLayout(self._figures)
        ask = whole.section(stretch=1)
        question = self._both(N_("Look at the printer: did the paper come out?"))
        ask.addWidget(heading(question, "lead"))
        self._answers = Choices(
            [
                Choice("1", self._both(N_("Yes, complete. Nothing is printed again."))),
                Choice("2", self._both(N_("No. The first one prints now, with the same number."))),
                Choice("3", self._both(N_("Half or torn. COPY 2 prints; keep the torn piece."))),
            ],
            lines=True,
        )
        self._answers.picked.connect(self._answered)
        ask.addWidget(self._answers)
        ask.addStretch(1)
        self._money = Banner(Both("", ""), Kind.WARN)
        ask.addWidget(self._money)
        return whole

    def _build_safe(self) -> QWidget:
        whole = Card(spacing=8)
        whole.body.addWidget(heading(self._both(N_("Everything is safe"))))
        self._safe = column(spacing=8)
        whole.body.addLayout(self._safe)
        return whole

    def _build_drafts(self) -> QWidget:
        whole = Card(spacing=8)
        whole.body.addWidget(heading(self._both(N_("Half-typed work"))))
        self._drafts = column(spacing=8)
        whole.body.addLayout(self._drafts)
        whole.body.addStretch(1)
        return whole

    # -- filling -------------------------------------------------------------------------------

    def _show_jobs(self, jobs: tuple[JobRow, ...]) -> None:
        self._jobs = jobs
        if not jobs:
            self.frame.home()
            return
        job = jobs[0]
        head = N_("It was recorded. Printing its paper was not confirmed.")
        if job.paper is Paper.RECEIPT:
            head = N_("The receipt was recorded. Printing was not confirmed.")
        elif job.paper is Paper.SLIP:
            head = N_("The complaint was recorded. Printing its slip was not confirmed.")
        words = self._both(head)
        self._head.show_runs(Run(words.lead, "title", "ink", bold=True))
        self._second.show_runs(Run(words.second or " ", "lead", "ink2"))
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        subject = job.subject or job.job
        if job.paper is Paper.RECEIPT:
            self.fetch(lambda: receipts.receipt(desk, session, subject, at)[0], self._show_receipt)
        elif job.paper is not Paper.SLIP:
            self._show_paper(labels.paper(job.paper, self.language).lead)
        else:
            self.fetch(lambda: complaints.registered(desk, session, subject, at), self._show_complaint)

    def _show_receipt(self, receipt: Receipt) -> None:
        tenders = " + ".join(
            labels.tender(tender.kind, self.language).lead for tender in receipt.payment.tenders
        )
        amount = rupees(receipt.payment.amount)
        name = one_name(self.language, receipt.name_hi, receipt.name_en)
        self._show_figures(
            (N_("Receipt"), receipt.number.stem), (N_("Amount"), f"{amount} {tenders}"),
            (N_("Consumer"), name or receipt.payment.consumer), (N_("Time"), clock(receipt.at)),
        )  # fmt: skip
        more = self._both(N_("{amount} is recorded."), amount=amount)
        if receipt.returned:
            more = self._both(
                N_("{amount} is recorded; {change} was to be returned."),
                amount=amount, change=rupees(receipt.returned),
            )  # fmt: skip
        self._money.show_banner(self._both(N_("Do not take the money again.")), Kind.WARN, more=more)
        self._money.show()

    def _show_complaint(self, complaint: Registered) -> None:
        name = one_name(self.language, complaint.name_hi, complaint.name_en)
        self._show_figures(
            (N_("Complaint"), complaint.number.stem), (N_("Type"), self._type(complaint.registered)),
            (N_("Consumer"), name or complaint.registered.landmark), (N_("Time"), clock(complaint.at)),
        )  # fmt: skip
        self._money.hide()

    def _show_paper(self, paper: str) -> None:
        self._show_figures((N_("Paper"), paper))
        self._money.hide()

    def _show_figures(self, *figures: tuple[str, str]) -> None:
        clear(self._figures)
        for label, value in figures:
            self._figures.addWidget(Figure(self._both(label), value, "lead"), 1)

    def _show_safe(self) -> None:
        clear(self._safe)
        start = self.frame.desk.start
        lines = []
        if not start.clean_close and start.last_entry_at is not None:
            lines.append(
                (self._both(N_("The program stopped after {at}"), at=stamp(start.last_entry_at)), True)
            )
        lines.append(
            (
                self._both(N_("{count} receipts checked, no gap"), count=number(start.receipts_checked)),
                start.gap_free,
            )
        )
        lines.append((self._both(N_("The records pass their check")), start.quick_check_ok))
        lines.append((self._both(N_("The second file agrees")), start.anchor in {"same", "ahead"}))
        for words, good in lines:
            line = row(spacing=12)
            line.addWidget(Icon("ok" if good else "warn", 20, "good" if good else "warn"))
            line.addWidget(Text(Run(words.lead), Run(words.second, "caption", "ink3"), wrap=True), 1)
            holder = QWidget()
            holder.setLayout(line)
            self._safe.addWidget(holder)

    def _show_drafts(self, kept: tuple[DraftRow, ...]) -> None:
        clear(self._drafts)
        for draft in kept[:4]:
            icon, words, whose = draft_words(self.language, draft)
            line = row(spacing=12)
            line.addWidget(Icon(icon, 20, "ink2"))
            line.addWidget(Text(Run(words.lead, "body", "ink", bold=True), Run(whose), elide=True), 1)
            holder = QWidget()
            holder.setLayout(line)
            self._drafts.addWidget(holder)
        words = (
            self._both(N_("It waits on Home, as you left it.")) if kept else self._both(N_("None was left."))
        )
        self._drafts.addWidget(
            Text(Run(words.lead, "caption", "ink2"), Run(words.second, "caption", "ink3"), wrap=True)
        )

    # -- keys ----------------------------------------------------------------------------------

    def digit(self, digit: str) -> bool:
        """1, 2 or 3 answer the question."""
        return bool(self._jobs) and self._answers.pick(digit)

    def escape(self) -> None:
        """Esc does nothing here: the question stays until somebody has looked."""

    @Slot(str)
    def _answered(self, key: str) -> None:
        job, act = self._jobs[0], self._act
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.save(lambda: paper.answer(desk, session, act, job.job, _ANSWERS[key], at), self._settled)

    def refused(self, trouble: Exception) -> None:
        """It was settled meanwhile: say so, and ask what is left."""
        super().refused(trouble)
        self._answers.select(-1)
        self._ask()

    def _settled(self, job: JobRow | None) -> None:
        self._answers.select(-1)
        if job is not None:
            self.frame.print_job(job.job)
        self._ask()
