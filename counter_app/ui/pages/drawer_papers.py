"""Z reports and slips of this counter: printed again as numbered copies; the deposit of a closing noted."""

from typing import NamedTuple
from uuid import UUID, uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from counter_app.desk import closings, paper
from counter_app.desk.closings import Papers
from counter_app.desk.rows import ClosingRow, JobRow, MoveRow
from counter_app.documents.page import Document
from counter_app.domain.drawer import Move
from counter_app.domain.numbering import Number, Series
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Card
from counter_app.ui.preview import Preview
from counter_app.ui.table import Table
from counter_app.ui.text import Run, Text, heading
from counter_app.words.amounts import rupees
from counter_app.words.dates import clock, short_day
from counter_app.words.labels import move
from counter_app.words.say import N_, Both, both

_REASONS = {"1": N_("Printer jam"), "2": N_("Paper lost"), "3": N_("Another copy")}
_DEPOSIT = "4"


class _Shown(NamedTuple):
    """A paper in the list: its act, its number, the cells of its row; ``to_bank``: its deposit is missing."""

    act: UUID
    number: str
    cells: tuple[Cell, ...]
    to_bank: bool


class DrawerPapersPage(Page):
    """Enter arms the copy, a digit gives its reason and prints; 4 notes the bank's stamp."""

    name = "drawer_papers"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._shown: _Shown | None = None
        self._unprinted = False
        self._armed = False
        self.main_column.addWidget(self._build_list(), 1)
        self.side_column.addWidget(self._build_side(), 1)

    def keys(self) -> Keys:
        accept = self._both(N_("Print again")) if self._shown else Both("", "")
        return Keys(("help", "find", "receipts", "lock"), escape=self._both(N_("Back")), accept=accept)

    def enter(self, _visit: Visit) -> None:
        """Read the newest papers."""
        self._act, self._shown = uuid4(), None
        self._arm(armed=False)
        self.setFocus()
        self._ask()

    def again(self) -> None:
        """Back from another page."""
        self.setFocus()
        self._ask()

    def refresh(self) -> None:
        """Something was recorded."""
        self._ask()

    def step(self, rows: int) -> bool:
        """Up and down move in the list."""
        self._arm(armed=False)
        return self._table.step(rows)

    def digit(self, digit: str) -> bool:
        """After Enter a digit is the reason of the copy; 4 notes the deposit."""
        return (self._armed or digit == _DEPOSIT) and self._reasons.pick(digit)

    def accept(self) -> None:
        """Enter arms the copy; an original that did not print yet prints now."""
        if self._shown is not None and self._unprinted:
            self.frame.print_job(self._shown.act)
        elif self._shown is not None:
            self._arm(armed=True)

    def escape(self) -> None:
        """One step back: the copy is not printed."""
        if self._armed:
            self._arm(armed=False)
        else:
            super().escape()

    # -- building ------------------------------------------------------------------------------------

    def _build_list(self) -> QWidget:
        whole = Card()
        whole.body.addWidget(heading(self._both(N_("Z reports and slips of the drawers"))))
        columns = (
            Column(self._both(N_("Number")), 140),
            Column(self._both(N_("Time")), 105),
            Column(self._both(N_("What"))),
            Column(self._both(N_("By")), 80),
            Column(self._both(N_("Amount")), 110, right=True),
            Column(self._both(N_("The cash")), 180),
        )
        self._rows: Rows[_Shown] = Rows(columns, lambda one: one.cells)
        empty = self._both(N_("No drawer was closed yet, and no cash moved without a receipt."))
        self._table = Table(self._rows, self._both(N_("Z reports and slips of the drawers")).lead, empty)
        self._table.moved.connect(self._moved)
        whole.flush(self._table, stretch=1)
        return whole

    def _build_side(self) -> QWidget:
        whole = Card()
        self._title = Text(elide=True)
        whole.body.addWidget(self._title)
        self._preview = Preview(self._both(N_("Paper")).lead)
        whole.body.addWidget(self._preview, 1)
        again = whole.section()
        self._again = Text(elide=True)
        again.addWidget(self._again)
        self._reasons = Choices(
            [
                *(Choice(key, self._both(words)) for key, words in _REASONS.items()),
                Choice(_DEPOSIT, self._both(N_("Note the deposit: the bank has stamped"))),
            ],
            dense=True,
        )
        self._reasons.picked.connect(self._picked)
        again.addWidget(self._reasons)
        return whole

    # -- filling -------------------------------------------------------------------------------------

    def _ask(self) -> None:
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.fetch(lambda: closings.papers(desk, session, at), self._show)

    def _show(self, papers: Papers) -> None:
        place = max(self._table.place(), 0)
        found = [(row.closed_at, self._closing(row)) for row in papers.closings]
        found += [(row.moved_at, self._slip(row)) for row in papers.moves]
        found.sort(key=lambda one: one[0], reverse=True)
        self._rows.replace([shown for _, shown in found])
        self._table.select(place)

    def _number(self, series: Series, row: ClosingRow | MoveRow) -> str:
        office = self.frame.desk.office
        return str(Number(series, office.code, office.counter, row.serial, row.letters))

    def _closing(self, row: ClosingRow) -> _Shown:
        if row.handed_to:
            waits = self._both(N_("waits for {code}"), code=row.handed_to)
            state = self._both(N_("taken over")) if row.arrived else waits
        elif not row.to_bank:
            state = self._both(N_("nothing for the bank"))
        else:
            state = self._both(N_("at the bank")) if row.arrived else self._both(N_("on its way to the bank"))
        tone, icon = ("warn", "clock") if row.on_its_way else ("good", "ok")
        number = self._number(Series.CLOSING, row)
        cells = (
            Cell(number.rpartition("-")[0], bold=True), Cell(f"{short_day(row.day)} {clock(row.closed_at)}"),
            Cell(self._both(N_("Z report")).lead), Cell(row.clerk, "ink2"),
            Cell(rupees(row.counted), bold=True), Cell(state.lead, tone, icon=icon),
        )  # fmt: skip
        return _Shown(row.closing, number, cells, row.on_its_way and row.to_bank > 0)

    def _slip(self, row: MoveRow) -> _Shown:
        kind = Move(row.move) if row.move in set(Move) else None
        number = self._number(Series.MOVE, row)
        cells = (
            Cell(number.rpartition("-")[0], bold=True), Cell(f"{short_day(row.day)} {clock(row.moved_at)}"),
            Cell(move(kind, self.language).lead), Cell(row.clerk, "ink2"),
            Cell(rupees(row.amount), bold=True), Cell(row.other, "ink2"),
        )  # fmt: skip
        return _Shown(row.act, number, cells, to_bank=False)

    @Slot(int)
    def _moved(self, place: int) -> None:
        shown = self._rows.at(place) if place >= 0 else None
        if shown is None or self._shown is None or shown.act != self._shown.act:
            self._act = uuid4()
            self._arm(armed=False)
        self._shown = shown
        if shown is None:
            self._preview.show_document(None)
            self._title.show_runs(Run(self._both(N_("No paper chosen")).lead, "body", "ink3"))
        else:
            self._title.show_runs(Run(shown.number, "body", "ink", bold=True))
            desk, session, at = self.frame.desk, self.frame.session, self.frame.now()

            def job() -> tuple[UUID, tuple[JobRow, ...], Document]:
                jobs = paper.jobs(desk, session, shown.act, at)
                return shown.act, jobs, paper.page_of(desk, session, shown.act, at)

            self.fetch(job, self._show_paper)
        self.frame.keys_changed()

    def _show_paper(self, found: tuple[UUID, tuple[JobRow, ...], Document]) -> None:
        act, jobs, document = found
        if self._shown is not None and self._shown.act == act:
            self._unprinted = paper.never_came_out(jobs[0])
            self._preview.show_document(document)

    def _arm(self, *, armed: bool) -> None:
        self._armed = armed
        self._reasons.select(-1)
        words = self._both(N_("Now the reason, a digit") if armed else N_("Enter, then the reason"))
        tone = "accent" if armed else "ink"
        self._again.show_runs(Run(words.lead, "body", tone, bold=True), Run(words.second, "body", "ink3"))

    @Slot(str)
    def _picked(self, key: str) -> None:
        shown, act = self._shown, self._act
        if shown is None:
            return
        if key == _DEPOSIT:
            self._arm(armed=False)
            self.frame.go("deposit", Visit(act=shown.act))
            return
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        reason = self._both(_REASONS[key]).lead
        self.save(lambda: paper.ask_copy(desk, session, act, shown.act, reason, at), self._asked)

    def _asked(self, job: JobRow) -> None:
        self._act = uuid4()
        self._arm(armed=False)
        self.frame.print_job(job.job)

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
