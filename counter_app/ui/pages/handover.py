"""Taking over the cash of a closed drawer: it is counted here, and what is counted goes in."""

from uuid import UUID, uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from counter_app.desk import cash
from counter_app.desk.cash import Moved, Waiting
from counter_app.domain.days import business_day
from counter_app.domain.drawer import HandoverAccepted
from counter_app.domain.refusals import Refused
from counter_app.ui.count import CountCard
from counter_app.ui.fields import Field
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import CARD_GAP, Frame, Keys, Page, Visit
from counter_app.ui.parts import Card, key_line, row
from counter_app.ui.table import Table
from counter_app.ui.text import heading, sentence
from counter_app.ui.wording import one_name
from counter_app.words.amounts import rupees
from counter_app.words.dates import stamp
from counter_app.words.say import N_, Both, both


class HandoverPage(Page):
    """How much the giver counted shows only afterwards; Enter behind the last line takes the cash over."""

    name = "handover"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        faces = frame.desk.rules.counting(business_day(frame.now())).faces
        self._count = CountCard(self.language, faces, self._both(N_("My count")))
        self._count.refused.connect(self.frame.tell_trouble)
        line = row(spacing=CARD_GAP)
        line.addWidget(self._count)
        line.addWidget(self._build_list(), 1)
        self.main_column.addLayout(line, 1)
        self.side_column.addWidget(self._build_side(), 1)

    def keys(self) -> Keys:
        if self._count.has_focus():
            accept = self._both(N_("Next"))
        else:
            accept = self._both(
                N_("Take over what was counted") if self._note.has_focus() else N_("Count it")
            )
        shown = accept if self._rows.rows() else Both("", "")
        return Keys(("help", "find", "lock"), escape=self._both(N_("Back")), accept=shown)

    def enter(self, _visit: Visit) -> None:
        """Ask what waits."""
        self._act = uuid4()
        self._rows.replace(())
        self._count.put({})
        self._note.put("")
        self.setFocus()
        self._ask()

    def again(self) -> None:
        """Back from another page."""
        self.setFocus()
        self._ask()

    def step(self, rows: int) -> bool:
        """Up and down move in the count, else in the list."""
        if self._count.has_focus():
            self._count.step(rows)
        else:
            self._table.step(rows)
        return True

    def accept(self) -> None:
        """Enter: into the count, from line to line, the note, and then it is taken over."""
        if not self._rows.rows():
            return
        if self._note.has_focus():
            self._take_over()
        elif not self._count.has_focus():
            self._count.begin()
        elif not self._count.step(1):
            self._note.edit.setFocus()
        self.frame.keys_changed()

    def _take_over(self) -> None:
        try:
            counts = self._count.counts()
        except Refused as refused:
            self.frame.tell_trouble(refused)
            return
        waits, note = self._rows.at(max(self._table.place(), 0)), self._note.text()
        desk, session, at, act = self.frame.desk, self.frame.session, self.frame.now(), self._act
        self.save(lambda: cash.accept(desk, session, act, waits.closing, counts, note, at), self._taken_over)

    def _taken_over(self, moved: Moved) -> None:
        self.frame.print_job(moved.act)
        payload = moved.payload
        assert isinstance(payload, HandoverAccepted)
        difference, amount = payload.counted - payload.handed, rupees(payload.counted)
        by = rupees(abs(difference))
        words = self._both(N_("{amount} taken over, as it was handed over."), amount=amount)
        if difference < 0:
            words = self._both(
                N_("{amount} taken over, {by} less than was handed over."), amount=amount, by=by
            )
        elif difference > 0:
            words = self._both(
                N_("{amount} taken over, {by} more than was handed over."), amount=amount, by=by
            )
        self.frame.home(words, str(moved.number))

    # -- building ------------------------------------------------------------------------------------

    def _build_list(self) -> QWidget:
        whole = Card(spacing=6)
        whole.body.addWidget(heading(self._both(N_("Cash that waits for you")), "lead"))
        columns = (
            Column(self._both(N_("From whom"))),
            Column(self._both(N_("For whom")), 120),
            Column(self._both(N_("Closed")), 130),
        )
        self._rows = Rows(columns, self._cells)
        empty = self._both(N_("No cash waits for you. A colleague hands it over at the end of the day."))
        self._table = Table(self._rows, self._both(N_("Cash that waits for you")).lead, empty)
        self._table.moved.connect(self._moved)
        whole.flush(self._table, stretch=1)
        foot = whole.section()
        self._note = Field(self._both(N_("Note (optional)")), limit=400)
        foot.addWidget(self._note)
        return whole

    def _build_side(self) -> QWidget:
        side = Card(spacing=8)
        side.body.addWidget(heading(self._both(N_("How it goes"))))
        for words in (
            self._both(N_("Count the cash yourself while the giver stands beside you.")),
            self._both(N_("What you count goes into your drawer, whatever was said to be there.")),
            self._both(N_("The slip shows both sums and the difference; both sign it.")),
            self._both(N_("Who handed it to the wrong person takes it back here.")),
            self._both(N_("What waits for somebody who left is taken over by the JE or AE.")),
        ):
            side.body.addWidget(sentence(words, "body"))
        side.body.addStretch(1)
        side.section().addLayout(key_line([("Enter", self._both(N_("Next, at the end: take over")))]))
        return side

    def _cells(self, one: Waiting) -> tuple[Cell, ...]:
        name = one_name(self.language, one.giver_hi, one.giver_en)
        if one.back:
            name = self._both(N_("Back to me")).lead
        left = self._both(N_("{code} (left)"), code=one.left_by).lead if one.left_by else ""
        return Cell(f"{name} ({one.giver})", bold=True), Cell(left), Cell(stamp(one.closed_at), "ink2")

    def _ask(self) -> None:
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.fetch(lambda: cash.waiting(desk, session, at), self._show)

    def _show(self, waits: tuple[Waiting, ...]) -> None:
        self._rows.replace(waits)
        self._table.select(0)
        self.frame.keys_changed()

    @Slot(int)
    def _moved(self, _place: int) -> None:
        self.frame.keys_changed()

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
