"""Whom to telephone: who is on duty now, then who answers in each post, with their numbers."""

from counter_app.desk import roster
from counter_app.desk.roster import Reachable
from counter_app.domain.days import business_day
from counter_app.domain.office import Duty, Officer
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Card
from counter_app.ui.table import DENSE, Table
from counter_app.ui.text import heading, sentence
from counter_app.ui.wording import group_name, one_name
from counter_app.words import labels
from counter_app.words.dates import stamp
from counter_app.words.say import N_, Both, both

ACTIONS = ("help", "find", "complaint", "status", "lock")


class RosterPage(Page):
    """Read only: files of the central office say who it is."""

    name = "roster"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        whole = Card(padding=(20, 14, 20, 14))
        whole.body.addWidget(heading(self._both(N_("Whom to telephone"))))
        columns = (
            Column(self._both(N_("Post")), 190),
            Column(self._both(N_("Name"))),
            Column(self._both(N_("Telephone")), 130),
            Column(self._both(N_("For")), 130),
            Column(self._both(N_("On duty until")), 160),
        )
        self._rows: Rows[Duty | Officer] = Rows(columns, self._cells)
        empty = self._both(N_("No officer is known here. The central office sends them."))
        self._table = Table(self._rows, self._both(N_("Whom to telephone")).lead, empty, pitch=DENSE)
        whole.flush(self._table, stretch=1)
        self.main_column.addWidget(whole, 1)
        side = Card()
        side.body.addWidget(heading(self._both(N_("Danger to life"))))
        helpline = frame.desk.office.helpline
        side.body.addWidget(
            sentence(self._both(N_("Telephone {number} first, then who is on duty."), number=helpline))
        )
        side.section().addWidget(
            sentence(self._both(N_("Officers and roster come from the central office; it changes them.")))
        )
        self.side_column.addWidget(side)
        self.side_column.addStretch(1)

    def keys(self) -> Keys:
        return Keys(ACTIONS, escape=self._both(N_("Back")))

    def enter(self, _visit: Visit) -> None:
        """Who can be telephoned now."""
        self.again()

    def again(self) -> None:
        """Back from another page."""
        self.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Read who it is."""
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.fetch(lambda: roster.reachable(desk, session, at), self._show)

    def step(self, rows: int) -> bool:
        """Up and down move in the list."""
        return self._table.step(rows)

    def _show(self, found: Reachable) -> None:
        place = max(self._table.place(), 0)
        self._rows.replace((*found.on_duty, *found.officers))
        self._table.select(min(place, self._rows.rowCount() - 1))

    def _cells(self, one: Duty | Officer) -> tuple[Cell, ...]:
        on_duty = isinstance(one, Duty)
        until = Cell(stamp(one.until), "good", icon="ok") if isinstance(one, Duty) else Cell("—", "ink3")
        group = self._both(N_("group {group}"), group=one.group).lead if one.group else ""
        rules, today = self.frame.desk.rules, business_day(self.frame.now())
        about = group_name(self.language, rules, one.category, today)
        concerns = " · ".join(part for part in (about, group) if part)
        return (
            Cell(labels.post(one.post, self.language).lead, bold=on_duty),
            Cell(one_name(self.language, one.name_hi, one.name_en)),
            Cell(one.phone or "—", bold=True),
            Cell(concerns or self._both(N_("everything")).lead, "ink2"),
            until,
        )

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
