"""Paid, but not shown: by UTR, or by day and amount, what is known of the payment and what to do."""

from uuid import UUID, uuid4

from PySide6.QtCore import Slot

from counter_app.desk import account, crediting
from counter_app.desk.crediting import Looked
from counter_app.desk.rows import DraftRow, JobRow, PaymentRow
from counter_app.domain.complaint_refusals import PaymentNotDescribed
from counter_app.domain.crediting import Verdict
from counter_app.domain.days import business_day
from counter_app.domain.refusals import DayUnreadable
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import DigitsField, Field
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Banner, Card, Kind, clear, column, row
from counter_app.ui.table import Table
from counter_app.ui.text import Run, Text, heading
from counter_app.ui.wording import names
from counter_app.words import labels
from counter_app.words.amounts import rupees
from counter_app.words.dates import day, stamp
from counter_app.words.refusals import sentence
from counter_app.words.say import N_, Both, both

ACTIONS = ("help", "find", "complaint", "pay", "bill", "status", "receipts", "lock")
PAID_NOT_SHOWN = "BIL-05"
_VERDICTS = {
    Verdict.POSTED: (
        Kind.GOOD,
        "ok",
        N_("It is posted."),
        N_("The next bill has it. Nothing more is needed."),
    ),
    Verdict.WAITS: (
        Kind.WARN,
        "clock",
        N_("It is found, but not posted yet."),
        N_("Dues here are less by it already. It is no reason to disconnect."),
    ),
    Verdict.LIKELY: (
        Kind.WARN,
        "warn",
        N_("A payment of that day and amount is known."),
        N_("Compare its number with the consumer's phone. 1 registers a complaint if it is another."),
    ),
    Verdict.UNKNOWN: (
        Kind.BAD,
        "warn",
        N_("It is not known here."),
        N_("Look at the phone again. 1 registers the complaint, filled in."),
    ),
}


class CreditedPage(Page):
    """Enter goes through the fields and looks; 1 leads to the complaint with what was typed, 2 prints the
    claim slip of what is found and not posted.
    """

    name = "credited"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._number = ""
        self._looked: Looked | None = None
        whole = Card(spacing=8)
        whole.body.addWidget(heading(self._both(N_("Paid, but not shown"))))
        self._who = Text(elide=True, gap="   ")
        whole.body.addWidget(self._who)
        fields = row(spacing=16)
        self._utr = DigitsField(self._both(N_("UTR or reference, its last digits")))
        self._on = Field(self._both(N_("Day of payment")), limit=20)
        self._amount = DigitsField(self._both(N_("Amount in rupees")))
        for field, share in ((self._utr, 2), (self._on, 1), (self._amount, 1)):
            fields.addWidget(field, share)
            field.edited.connect(self._edited)
        whole.body.addLayout(fields)
        self.main_column.addWidget(whole)
        found = Card(padding=(20, 14, 20, 14))
        found.body.addWidget(heading(self._both(N_("Payments"))))
        columns = (
            Column(self._both(N_("Day")), 110),
            Column(self._both(N_("Where paid"))),
            Column(self._both(N_("Reference")), 200),
            Column(self._both(N_("State")), 150),
            Column(self._both(N_("Amount")), 110, right=True),
        )
        self._rows = Rows(columns, self._cells)
        empty = self._both(N_("Payments that it may be stand here."))
        self._table = Table(self._rows, self._both(N_("Payments")).lead, empty)
        self._table.moved.connect(self._marked)
        found.flush(self._table, stretch=1)
        self.main_column.addWidget(found, 1)
        self._verdict = Banner(Both("", ""), Kind.NOTE)
        self.side_column.addWidget(self._verdict)
        side = Card(spacing=6)
        self._fresh = Text(wrap=True)
        side.body.addWidget(self._fresh)
        self._ways = column()
        self._choices = Choices([])
        self._offer()
        side.section().addLayout(self._ways)
        self.side_column.addWidget(side)
        self.side_column.addStretch(1)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        return Keys(ACTIONS, escape=self._both(N_("Back")), accept=self._both(N_("Look")))

    def enter(self, visit: Visit) -> None:
        """Ask for a consumer's payment."""
        self._number, self._looked = visit.consumer, None
        self._who.show_runs(Run(visit.consumer, "body", "ink", bold=True))
        for field in self._fields():
            field.put("")
        self._rows.replace(())
        self._offer()
        self._verdict.hide()
        self._fresh.show_runs(Run("—", "caption", "ink3"))
        self._utr.edit.setFocus()

    def again(self) -> None:
        """Back from another page: what was typed still stands."""
        self.setFocus()

    def consumer(self) -> str:
        """Whom the function keys act on."""
        return self._number

    def digit(self, digit: str) -> bool:
        """One leads to the complaint, two prints the claim slip, once somebody has looked."""
        return self._looked is not None and self._choices.pick(digit)

    def step(self, rows: int) -> bool:
        """Up and down move in what was found."""
        return self._table.step(rows)

    def accept(self) -> None:
        """Enter: to the next field; behind the last one look. A whole UTR is enough at once."""
        fields = self._fields()
        here = next((place for place, field in enumerate(fields) if field.has_focus()), len(fields) - 1)
        if here + 1 < len(fields) and not (here == 0 and self._utr.text().strip()):
            fields[here + 1].edit.setFocus()
        else:
            self._look()

    # -- doing ---------------------------------------------------------------------------------------

    def _fields(self) -> tuple[Field, Field, Field]:
        return self._utr, self._on, self._amount

    @Slot()
    def _edited(self) -> None:
        self._looked = None
        self._offer()

    @Slot(int)
    def _marked(self, _place: int) -> None:
        self._offer()

    def _offer(self) -> None:
        """What may be done now; a claim slip of the payment that is marked."""
        ways = [Choice("1", self._both(N_("Register the complaint")), "complaint")]
        if self._looked is not None and self._looked.claim(self._table.place()) is not None:
            ways.append(Choice("2", self._both(N_("Print the claim slip")), "receipt"))
        clear(self._ways)
        self._choices = Choices(ways, dense=True)
        self._choices.picked.connect(self._picked)
        self._ways.addWidget(self._choices)

    def _look(self) -> None:
        desk, session, at, number = self.frame.desk, self.frame.session, self.frame.now(), self._number
        utr, on, amount = (field.text() for field in self._fields())
        self.frame.background.run(
            lambda: crediting.look(desk, session, number, utr, on, amount, at), self._show, self._not_looked
        )

    @Slot(object)
    def _show(self, looked: Looked) -> None:
        self._looked = looked
        consumer = looked.consumer
        lead, other = names(self.language, consumer.name_hi, consumer.name_en)
        self._who.show_runs(
            Run(lead, "title", "ink", bold=True), Run(other, "body", "ink2"),
            Run(consumer.number, "body", "ink", bold=True),
        )  # fmt: skip
        self._rows.replace(looked.payments)
        self._table.select(0)
        self._act = uuid4()
        self._offer()
        kind, icon, head, more = _VERDICTS[looked.verdict]
        self._verdict.show_banner(self._both(head), kind, more=self._both(more), icon=icon)
        self._verdict.show()
        when = stamp(looked.as_of) if looked.as_of else "—"
        words = self._both(N_("What others took is known up to {when}."), when=when)
        self._fresh.show_runs(Run(words.lead, "caption", "ink2"), Run(words.second, "caption", "ink3"))
        self.setFocus()

    @Slot(object)
    def _not_looked(self, trouble: Exception) -> None:
        if isinstance(trouble, PaymentNotDescribed):
            field: Field = self._utr
        elif isinstance(trouble, DayUnreadable):
            field = self._on
        else:
            self.frame.tell_trouble(trouble)
            return
        field.wrong(sentence(trouble, self.language))
        field.edit.setFocus()

    @Slot(str)
    def _picked(self, key: str) -> None:
        looked = self._looked
        wanted = looked.claim(self._table.place()) if looked is not None else None
        if looked is not None and key == "1":
            self._complain(looked)
        elif wanted is not None:
            desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
            act, number = self._act, self._number
            self.save(lambda: account.ask(desk, session, act, number, wanted, at), self._asked)

    def _asked(self, job: JobRow) -> None:
        self._act = uuid4()
        self._choices.select(-1)
        self.frame.print_job(job.job)
        self.frame.tell(self._both(N_("Print {copy} is on its way."), copy=job.copy), Kind.GOOD)

    def _complain(self, looked: Looked) -> None:
        """To the complaint page, with the type and what is known of the payment filled in."""
        sought = looked.sought
        told = [rupees(sought.amount)] if sought.amount else []
        known = [f"{day(one.on)} {one.reference} {rupees(one.amount)}" for one in looked.payments[:2]]
        kind = self.frame.desk.rules.catalogue(business_day(self.frame.now())).type(PAID_NOT_SHOWN)
        body = {"type": kind.key, "mobile": looked.consumer.mobile, "note": " · ".join((*told, *known))}
        body |= {"transaction": sought.reference, "paid_on": day(sought.on) if sought.on else ""}
        draft = DraftRow(uuid4(), "complaint", self._number, "", "", self.frame.now(), body)
        self.frame.go("complaint", Visit(draft=draft))

    # -- filling -------------------------------------------------------------------------------------

    def _cells(self, one: PaymentRow) -> tuple[Cell, ...]:
        state, tone, icon = (
            (N_("posted"), "good", "ok") if one.posted else (N_("not posted yet"), "warn", "clock")
        )
        return (
            Cell(day(one.on)),
            Cell(labels.channel(one.channel, self.language).lead),
            Cell(one.reference, bold=True),
            Cell(self._both(state).lead, tone, icon=icon),
            Cell(rupees(one.amount), bold=True),
        )

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
