"""Work that waits because of receipts: who is to be reconnected, whose surcharge waived, what came back."""

from uuid import UUID, uuid4

from PySide6.QtCore import Slot

from counter_app.desk import tasks
from counter_app.desk.rows import TaskRow
from counter_app.domain.task import Task
from counter_app.ui.fields import Field
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Card, Facts, Kind
from counter_app.ui.table import Table
from counter_app.ui.text import Run, Text, heading
from counter_app.ui.wording import one_name
from counter_app.words.amounts import rupees
from counter_app.words.dates import age, stamp
from counter_app.words.say import N_, Both, both
from counter_app.words.tasks import task as task_name

ACTIONS = ("help", "find", "complaint", "pay", "bill", "status", "receipts", "lock")
_WHAT_TO_DO = {
    Task.RECONNECT: N_("The section reconnects within 6 working hours, once all dues are paid."),
    Task.WAIVE_SURCHARGE: N_(
        "The money came in time; the centre heard of it later. The office waives what the next bill asks for."
    ),
    Task.REFUND: N_(
        "A refund was asked for, or money came after one was paid. Whoever refunds looks at the receipt."
    ),
    Task.DISHONOURED: N_(
        "The bank did not pay the cheque. The consumer is told, and pays anew; F4, F4 and * take the charge."
    ),
    Task.PENDING_LATE: N_("Nobody has confirmed this money yet. Ask the bank or the consumer."),
}
_PAID_TWICE = N_("Both receipts stand. Ask the consumer: it stays for the next bill, or it is paid back.")


class TasksPage(Page):
    """Enter goes to the note, and from the note it records that the selected work is done."""

    name = "tasks"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        whole = Card()
        whole.body.addWidget(heading(self._both(N_("Waiting work"))))
        columns = (
            Column(self._both(N_("Since")), 150),
            Column(self._both(N_("What"))),
            Column(self._both(N_("Consumer")), 120),
            Column(self._both(N_("Receipt")), 130),
            Column(self._both(N_("Amount")), 96, right=True),
        )
        empty = self._both(N_("Nothing waits. What receipts leave to be done stands here."))
        self._rows = Rows(columns, self._cells)
        self._table = Table(self._rows, self._both(N_("Waiting work")).lead, empty)
        self._table.moved.connect(self._moved)
        whole.flush(self._table, stretch=1)
        self.main_column.addWidget(whole, 1)
        self.side_column.addWidget(self._build_side())
        self.side_column.addStretch(1)

    def _build_side(self) -> Card:
        side = Card()
        self._title, self._what = Text(wrap=True), Text(wrap=True)
        side.body.addWidget(self._title)
        side.body.addWidget(self._what)
        side.body.addSpacing(8)
        self._facts = Facts()
        side.body.addWidget(self._facts)
        self._note = Field(self._both(N_("Who did it, or why it is not needed (optional)")))
        side.section().addWidget(self._note)
        return side

    def keys(self) -> Keys:
        accept = self._both(N_("It is done")) if self._selected() else Both("", "")
        return Keys(ACTIONS, escape=self._both(N_("Back")), accept=accept)

    def enter(self, visit: Visit) -> None:
        """Show what waits; the oldest is selected."""
        self._act = uuid4()
        self._note.put("")
        self.setFocus()
        self.refresh()

    def again(self) -> None:
        """Back from another page."""
        self.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Ask again for what waits."""
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.fetch(lambda: tasks.waiting(desk, session, at), self._show)

    def consumer(self) -> str:
        """Whom the function keys act on."""
        selected = self._selected()
        return selected.consumer if selected else ""

    def step(self, rows: int) -> bool:
        """Up and down move in the list."""
        return self._table.step(rows)

    def accept(self) -> None:
        """Enter: to the note; from there the selected work is done."""
        selected = self._selected()
        if selected is None:
            return
        if not self._note.has_focus():
            self._note.edit.setFocus()
            return
        desk, session, at, act = self.frame.desk, self.frame.session, self.frame.now(), self._act
        task, of, note = selected.task, selected.of, self._note.text()
        self.save(lambda: tasks.end(desk, session, act, task, of, note, at), self._ended)

    def _ended(self, _nothing: None) -> None:
        self.enter(Visit())
        self.frame.tell(self._both(N_("Noted: it is done.")), Kind.GOOD)

    # -- filling -------------------------------------------------------------------------------

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)

    def _selected(self) -> TaskRow | None:
        place = self._table.place()
        return self._rows.at(place) if 0 <= place < self._rows.rowCount() else None

    @Slot(object)
    def _show(self, found: tuple[TaskRow, ...]) -> None:
        before = self._selected()
        self._rows.replace(found)
        known = {(one.task, one.of): place for place, one in enumerate(found)}
        place = known.get((before.task, before.of), 0) if before else 0
        self._table.select(place if found else -1)
        self.frame.keys_changed()

    def _cells(self, task: TaskRow) -> tuple[Cell, ...]:
        return (
            Cell(stamp(task.since)),
            Cell(task_name(task.task, task.bill, self.language).lead, "ink", bold=True),
            Cell(task.consumer),
            Cell(task.receipt.stem, "ink2"),
            Cell(rupees(task.amount) if task.amount else "—", bold=True),
        )

    @Slot(int)
    def _moved(self, _place: int) -> None:
        selected = self._selected()
        self._facts.clear()
        if selected is None:
            self._title.show_runs(Run("—"))
            self._what.show_runs(Run(""))
            return
        words = task_name(selected.task, selected.bill, self.language)
        what = self._both(_PAID_TWICE if selected.bill else _WHAT_TO_DO[selected.task])
        self._title.show_runs(Run(words.lead, "lead", "ink", bold=True), Run(words.second, "body", "ink3"))
        self._what.show_runs(Run(what.lead, "body", "ink2"), Run(what.second, "caption", "ink3"))
        name = one_name(self.language, selected.name_hi, selected.name_en)
        self._facts.add(self._both(N_("Name")), name)
        if selected.bill:
            self._facts.add(self._both(N_("Bill")), selected.bill)
        self._facts.add(self._both(N_("Receipt")), str(selected.receipt))
        self._facts.add(self._both(N_("Waiting for")), age(self.frame.now() - selected.since, self.language))
