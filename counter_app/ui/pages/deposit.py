"""The cash of a closed drawer has come to the bank: what its stamp says is noted, once."""

from uuid import UUID, uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from counter_app.desk import closings
from counter_app.desk.closings import Stamp
from counter_app.desk.rows import ClosingRow
from counter_app.domain.days import business_day, read_day
from counter_app.domain.money import read_rupees
from counter_app.domain.refusals import Refused
from counter_app.ui.fields import Field, MoneyField
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Card, Facts, key_line, row
from counter_app.ui.table import Table
from counter_app.ui.text import heading, sentence
from counter_app.words.amounts import rupees
from counter_app.words.dates import day, stamp
from counter_app.words.refusals import sentence as refusal_sentence
from counter_app.words.say import N_, Both, both


class DepositPage(Page):
    """Up and down choose the closing; Enter goes through what the stamp says and at the end notes it."""

    name = "deposit"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._wanted: UUID | None = None
        self.main_column.addWidget(self._build_list(), 1)
        self.main_column.addWidget(self._build_form())
        self.side_column.addWidget(self._build_side(), 1)

    def keys(self) -> Keys:
        last = self._fields[-1].has_focus()
        accept = self._both(N_("Note the deposit") if last else N_("Next"))
        shown = accept if self._rows.rows() else Both("", "")
        return Keys(("help", "find", "lock"), escape=self._both(N_("Back")), accept=shown)

    def enter(self, visit: Visit) -> None:
        """``act`` of the visit is the closing."""
        self._act, self._wanted = uuid4(), visit.act
        self._rows.replace(())
        self._bank.put("")
        self._reference.put("")
        self._day.put(day(business_day(self.frame.now())))
        self.setFocus()
        self._ask()

    def again(self) -> None:
        """Back from another page."""
        self.setFocus()
        self._ask()

    def step(self, rows: int) -> bool:
        """Up and down choose the closing."""
        return self._table.step(rows)

    def accept(self) -> None:
        """Enter: the next field, and behind the last one it is noted."""
        if not self._rows.rows():
            return
        place = next((at for at, field in enumerate(self._fields) if field.has_focus()), -1)
        if place + 1 < len(self._fields):
            self._fields[place + 1].edit.setFocus()
            self.frame.keys_changed()
        else:
            self._note()

    def _note(self) -> None:
        row = self._rows.at(max(self._table.place(), 0))
        try:
            amount = read_rupees(self._amount.text())
        except Refused as refused:
            self._amount.wrong(refusal_sentence(refused, self.language))
            return
        try:
            on = read_day(self._day.text())
        except Refused as refused:
            self._day.wrong(refusal_sentence(refused, self.language))
            return
        said = Stamp(on, amount, self._bank.text(), self._reference.text())
        desk, session, at, act = self.frame.desk, self.frame.session, self.frame.now(), self._act
        self.save(lambda: closings.note_deposit(desk, session, act, row.closing, said, at), self._noted)

    def _noted(self, row: ClosingRow) -> None:
        words = self._both(
            N_("The deposit of {day} is noted: {amount}."), day=day(row.day), amount=rupees(row.to_bank)
        )
        self.frame.home(words)

    # -- building ------------------------------------------------------------------------------------

    def _build_list(self) -> QWidget:
        whole = Card(spacing=6)
        whole.body.addWidget(heading(self._both(N_("Cash on its way to the bank")), "lead"))
        columns = (
            Column(self._both(N_("Report no.")), 170),
            Column(self._both(N_("Closed")), 170),
            Column(self._both(N_("By"))),
            Column(self._both(N_("To the bank")), 150, right=True),
        )
        self._rows = Rows(columns, self._cells)
        empty = self._both(N_("No cash is on its way: every closing is at the bank or was taken over."))
        self._table = Table(self._rows, self._both(N_("Cash on its way to the bank")).lead, empty)
        self._table.moved.connect(self._chosen)
        whole.flush(self._table, stretch=1)
        return whole

    def _build_form(self) -> QWidget:
        whole = Card(spacing=6)
        whole.body.addWidget(heading(self._both(N_("What the stamp says"))))
        self._amount = MoneyField(self._both(N_("Amount paid in")))
        self._bank = Field(self._both(N_("Bank and branch")), limit=120)
        self._reference = Field(self._both(N_("Number of the pay-in slip")), limit=70)
        self._day = Field(self._both(N_("Day of the stamp")), limit=10)
        self._fields: tuple[Field, ...] = (self._amount, self._bank, self._reference, self._day)
        whole.body.addWidget(self._amount)
        beside = row(spacing=16)
        for field in self._fields[1:]:
            beside.addWidget(field, 1)
        whole.body.addLayout(beside)
        return whole

    def _build_side(self) -> QWidget:
        side = Card(spacing=8)
        side.body.addWidget(heading(self._both(N_("The closing"))))
        self._facts = Facts()
        for text in (N_("Cash counted"), N_("Kept as float"), N_("To the bank")):
            self._facts.add(self._both(text))
        side.body.addWidget(self._facts)
        for words in (
            self._both(N_("The counterfoil comes back stamped: note it here the next morning.")),
            self._both(N_("Each closing is noted once; what was noted stays.")),
        ):
            side.body.addWidget(sentence(words, "body"))
        side.body.addStretch(1)
        side.section().addLayout(key_line([("Enter", self._both(N_("Next, at the end: note")))]))
        return side

    def _cells(self, row: ClosingRow) -> tuple[Cell, ...]:
        office = self.frame.desk.office
        number = f"{office.code}-{office.counter}-Z{row.serial:05d}"
        return (
            Cell(number, bold=True), Cell(stamp(row.closed_at)), Cell(row.clerk, "ink2"),
            Cell(rupees(row.to_bank), bold=True),
        )  # fmt: skip

    def _ask(self) -> None:
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.fetch(lambda: closings.papers(desk, session, at).closings, self._show)

    def _show(self, rows: tuple[ClosingRow, ...]) -> None:
        waiting = [row for row in rows if row.on_its_way and row.to_bank > 0]
        self._rows.replace(waiting)
        self._table.select(next((at for at, row in enumerate(waiting) if row.closing == self._wanted), 0))
        self.frame.keys_changed()

    @Slot(int)
    def _chosen(self, place: int) -> None:
        row = self._rows.at(place) if place >= 0 else None
        for at, amount in enumerate((row.counted, row.kept, row.to_bank) if row else (0, 0, 0)):
            self._facts.put(at, rupees(amount) if row else "", bold=at == 2)
        self._amount.put(str(row.to_bank // 100) if row else "")

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
