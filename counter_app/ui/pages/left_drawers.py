"""Open drawers whose holder takes no money here any more; Enter counts the marked one."""

from counter_app.desk import left_drawers
from counter_app.desk.left_drawers import LeftDrawer
from counter_app.domain.people import Session
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.pages.day_end import LEFT
from counter_app.ui.parts import Card
from counter_app.ui.table import Table
from counter_app.ui.text import heading, sentence
from counter_app.ui.wording import one_name
from counter_app.words.dates import stamp
from counter_app.words.say import N_, Both, both


class LeftDrawersPage(Page):
    """Whose they are and since when they are open; no amount."""

    name = "left_drawers"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        title = self._both(N_("Drawers that were left"))
        whole = Card(spacing=6)
        whole.body.addWidget(heading(title, "lead"))
        columns = (Column(self._both(N_("Whose"))), Column(self._both(N_("Open since")), 170))
        self._rows = Rows(columns, self._cells)
        empty = self._both(N_("No drawer was left. Whoever has one open here still takes money."))
        self._table = Table(self._rows, title.lead, empty)
        whole.flush(self._table, stretch=1)
        self.main_column.addWidget(whole, 1)
        side = Card(spacing=8)
        side.body.addWidget(heading(self._both(N_("How it goes"))))
        for words in (
            self._both(N_("Two count it: you, and somebody who takes money here and agrees at the end.")),
            self._both(N_("All of the cash goes to the bank or to a colleague, on a Z report of its own.")),
        ):
            side.body.addWidget(sentence(words, "body"))
        side.body.addStretch(1)
        self.side_column.addWidget(side, 1)

    def keys(self) -> Keys:
        accept = self._both(N_("Count it")) if self._rows.rows() else Both("", "")
        return Keys(("help", "find", "lock"), escape=self._both(N_("Back")), accept=accept)

    def enter(self, _visit: Visit) -> None:
        """Ask which there are."""
        self._rows.replace(())
        self.setFocus()
        self.refresh()

    def again(self) -> None:
        """Back from another page."""
        self.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.fetch(lambda: left_drawers.waiting(desk, session, at), self._show)

    def step(self, rows: int) -> bool:
        """Up and down."""
        return self._table.step(rows)

    def accept(self) -> None:
        """Enter: to its count."""
        if not self._rows.rows():
            return
        one = self._rows.at(max(self._table.place(), 0))
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()

        def opened(_: Session) -> None:
            self.frame.go("day_end", Visit(act=one.drawer, typed=f"{LEFT} {one.clerk}"))

        self.fetch(lambda: left_drawers.in_place_of(desk, session, one.drawer, at), opened)

    def _show(self, found: tuple[LeftDrawer, ...]) -> None:
        self._rows.replace(found)
        self._table.select(0 if found else -1)
        self.frame.keys_changed()

    def _cells(self, one: LeftDrawer) -> tuple[Cell, ...]:
        name = one_name(self.language, one.name_hi, one.name_en)
        return Cell(f"{name} ({one.clerk})", bold=True), Cell(stamp(one.opened_at), "ink2")

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
