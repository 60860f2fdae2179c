"""About this counter: the rules in force with their dates and sources, its identity, who works at it."""

import platform

import PySide6
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from counter_app import __version__
from counter_app.desk import about
from counter_app.desk.about import About
from counter_app.domain.days import business_day
from counter_app.domain.ruling import InForce
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Banner, Card, Facts, Kind
from counter_app.ui.table import Table
from counter_app.ui.text import Run, Text, heading
from counter_app.ui.wording import one_name
from counter_app.words import labels
from counter_app.words.dates import day
from counter_app.words.say import N_, Both, both

SHOWN_DIGITS = 8


class AboutPage(Page):
    """Nothing is changed here: up and down go through the rules, the source of one stands below."""

    name = "about"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.main_column.addWidget(self._build_rules(), 1)
        self.main_column.addWidget(self._build_source())
        self._counter, self._people = Facts(), Facts()
        for title, facts in ((N_("This counter"), self._counter), (N_("Who works here"), self._people)):
            card = Card(spacing=4)
            card.body.addWidget(heading(self._both(title)))
            card.body.addWidget(facts)
            self.side_column.addWidget(card)
        self.side_column.addStretch(1)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        return Keys(("help", "find", "lock"), escape=self._both(N_("Back")))

    def enter(self, _visit: Visit) -> None:
        """Ask what holds today."""
        self.setFocus()
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.fetch(lambda: about.about(desk, session, at), self._show)

    def step(self, rows: int) -> bool:
        """Up and down move among the rules."""
        return self._table.step(rows)

    # -- building ------------------------------------------------------------------------------------

    def _build_rules(self) -> QWidget:
        whole = Card(padding=(20, 14, 20, 14))
        title = self._both(N_("Rules in force"))
        whole.body.addWidget(heading(title))
        columns = (
            Column(self._both(N_("What it is about")), 260),
            Column(self._both(N_("Rule"))),
            Column(self._both(N_("Since")), 112),
            Column(self._both(N_("Until")), 112),
        )
        self._rows = Rows(columns, self._cells)
        self._table = Table(self._rows, title.lead, self._both(N_("The rules are being read.")))
        self._table.moved.connect(self._moved)
        whole.flush(self._table, stretch=1)
        return whole

    def _build_source(self) -> QWidget:
        whole = Card(spacing=4)
        whole.body.addWidget(heading(self._both(N_("Where it is from"))))
        self._source = Text(wrap=True)
        whole.body.addWidget(self._source)
        self._unfit = Banner(Both("", ""), Kind.WARN)
        self._unfit.hide()
        whole.body.addWidget(self._unfit)
        return whole

    # -- filling -------------------------------------------------------------------------------------

    def _cells(self, rule: InForce) -> tuple[Cell, ...]:
        ruling = rule.ruling
        tone = "ink" if ruling.covers(business_day(self.frame.now())) else "ink3"
        until = day(ruling.valid_to) if ruling.valid_to else "—"
        what = labels.rule_kind(rule.kind, self.language).lead
        return (
            Cell(what, tone),
            Cell(one_name(self.language, ruling.name_hi, ruling.name_en or ruling.name), tone),
            Cell(day(ruling.valid_from), tone),
            Cell(until, tone),
        )

    @Slot(object)
    def _show(self, found: About) -> None:
        self._rows.replace(found.rules)
        self._table.select(0)
        self._show_counter(found)
        self._show_people(found)
        self._unfit.setVisible(bool(found.left_out))
        if found.left_out:
            text = N_("Rules of the company that this program does not know: {names}")
            words = self._both(text, names=", ".join(found.left_out))
            renew = self._both(N_("The program has to be renewed first."))
            self._unfit.show_banner(words, Kind.WARN, more=renew)

    @Slot(int)
    def _moved(self, place: int) -> None:
        ruling = self._rows.at(place).ruling if 0 <= place < len(self._rows.rows()) else None
        self._source.show_runs(Run(ruling.source if ruling else " "))

    def _show_counter(self, found: About) -> None:
        office = self.frame.desk.office
        name = one_name(self.language, office.name_hi, office.name_en)
        self._counter.clear()
        for label, value in (
            (self._both(N_("Office")), f"{name} {office.code}"),
            (self._both(N_("Counter")), str(office.counter)),
            (self._both(N_("Device")), str(found.device)[:SHOWN_DIGITS]),
            (self._both(N_("Program")), __version__),
            (self._both(N_("Form of the records")), str(found.schema)),
            (Both("Python", ""), platform.python_version()),
            (Both("Qt", ""), PySide6.__version__),
        ):
            self._counter.add(label, value)

    def _show_people(self, found: About) -> None:
        self._people.clear()
        for one in found.people:
            name = one_name(self.language, one.name_hi, one.name_en)
            self._people.add(Both(one.code, name), labels.role(one.role, self.language).lead)

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
