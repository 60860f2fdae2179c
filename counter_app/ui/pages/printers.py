"""Printers: where each kind of paper goes, who takes over, and how far ready-made forms are off."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from counter_app.desk import paper
from counter_app.domain.acts import Paper
from counter_app.domain.refusals import Refused, TrialsMissed
from counter_app.domain.ways import TENTHS, Offset, Way
from counter_app.printing.printers import printers, save, send
from counter_app.printing.receipt_printers import PORT, TCP
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import Field
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, Key, Keys, Page, Visit
from counter_app.ui.parts import Card, clear, column, row
from counter_app.ui.table import Table
from counter_app.ui.text import Run, Text, heading, sentence
from counter_app.words import labels
from counter_app.words.say import N_, Both, both

if TYPE_CHECKING:
    from counter_app.documents.page import Document

_MOST = 9
_OTHERWISE, _FORM, _TRIAL = "+", "*", "Ins"


class PrintersPage(Page):
    """A row is a kind of paper, a digit its printer; + and a digit who prints when that one cannot."""

    name = "printers"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._names: tuple[str, ...] = ("",)
        self._kinds: tuple[Paper | None, ...] = (None, *Paper)
        self._otherwise = False
        self._choices = Choices([])
        self.main_column.addWidget(self._build_kinds(), 1)
        self.main_column.addWidget(self._build_fields())
        self.side_column.addWidget(self._build_side(), 1)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        more = (
            Key(_OTHERWISE, self._both(N_("Who takes over"))),
            Key(_FORM, self._both(N_("Ready-made form"))),
            Key(_TRIAL, self._both(N_("Test page") if self._kind() else N_("Test pages: all"))),
        )
        accept = self._both(N_("Keep"))
        return Keys(("help", "lock"), escape=self._both(N_("Back")), accept=accept, more=more)

    def enter(self, _visit: Visit) -> None:
        """Ask which printers there are."""
        self.setFocus()
        self._otherwise = False
        self._show_kinds()
        self._table.select(0)
        self.frame.background.outside(printers, self._show_printers)

    def refresh(self) -> None:
        """Something was chosen."""
        self._show_kinds()
        self._show_choices()

    def digit(self, digit: str) -> bool:
        """A printer for the kind that is marked; in the fields digits are typed."""
        return not any(field.has_focus() for field in self._fields) and self._choices.pick(digit)

    def step(self, rows: int) -> bool:
        """Up and down move among the kinds."""
        return self._table.step(rows)

    def other_key(self, _key: int, text: str) -> bool:
        """Plus: the next digit is who takes over. Star: ready-made form, or not. Ins: a test page."""
        if text == _OTHERWISE:
            self._otherwise = not self._otherwise
            self._show_choices()
        elif text == _FORM:
            way = self._way()
            self._choose(replace(way, form=not way.form))
        elif text == _TRIAL:
            self._try()
        return text in (_OTHERWISE, _FORM, _TRIAL)

    def accept(self) -> None:
        """Enter keeps what was typed: a printer's address, or how far its forms are off."""
        if self._address.has_focus() and (typed := self._address.text().strip()):
            address = typed if "/" in typed or typed.startswith("LPT") else f"{TCP}{typed}"
            self._choose(self._with_printer(address))
            self._address.put("")
        elif self._right.has_focus() or self._down.has_focus():
            self._keep_offset()

    # -- building ------------------------------------------------------------------------------------

    def _build_kinds(self) -> QWidget:
        whole = Card(padding=(20, 14, 20, 14))
        whole.body.addWidget(heading(self._both(N_("Where papers go"))))
        columns = (
            Column(self._both(N_("Paper")), 190),
            Column(self._both(N_("Printer"))),
            Column(self._both(N_("If it cannot"))),
            Column(self._both(N_("Form")), 150),
        )
        self._rows = Rows(columns, self._cells)
        self._table = Table(self._rows, self._both(N_("Where papers go")).lead, Both("", ""))
        self._table.moved.connect(self._moved)
        whole.flush(self._table, stretch=1)
        return whole

    def _build_fields(self) -> QWidget:
        whole = Card()
        line = row(spacing=16)
        hint = self._both(N_("Such as 192.168.1.87:{port}"), port=PORT)
        self._address = Field(self._both(N_("Receipt printer on the network")), hint=hint, limit=80)
        moved = self._both(N_("Minus: back"))
        self._right = Field(self._both(N_("Form: right, mm")), hint=moved, limit=6)
        self._down = Field(self._both(N_("Form: down, mm")), hint=moved, limit=6)
        self._fields = (self._address, self._right, self._down)
        for field, stretch in zip(self._fields, (2, 1, 1), strict=True):
            line.addWidget(field, stretch)
        whole.body.addLayout(line)
        return whole

    def _build_side(self) -> QWidget:
        whole = Card(spacing=8)
        self._head = Text(elide=True)
        whole.body.addWidget(self._head)
        self._list = column()
        whole.body.addLayout(self._list)
        whole.body.addStretch(1)
        words = self._both(N_("What one printer refused goes to the one that takes over, never to both."))
        whole.body.addWidget(sentence(words))
        return whole

    # -- filling -------------------------------------------------------------------------------------

    def _show_kinds(self) -> None:
        place = self._table.place()
        self._rows.replace(self._kinds)
        self._table.select(max(place, 0))
        self._show_offset()

    def _cells(self, kind: Paper | None) -> tuple[Cell, ...]:
        ways = self.frame.ways
        own = kind is None or kind in ways.kinds
        way = ways.usual if kind is None else ways.of(kind)
        name = self._both(N_("All papers")) if kind is None else labels.paper(kind, self.language)
        tone = "ink" if own else "ink3"
        form = self._both(N_("ready-made")) if way.form else Both("", "")
        return (
            Cell(name.lead, bold=own),
            Cell(self._printer(way.printer).lead, tone),
            Cell(way.otherwise or "—", tone),
            Cell(form.lead, tone),
        )

    @Slot(object)
    def _show_printers(self, names: tuple[str, ...]) -> None:
        self._names = ("", *names)
        self._show_choices()

    def _show_choices(self) -> None:
        """The printers, those that are in use though they do not answer among them."""
        ways = self.frame.ways
        used = [name for way in (ways.usual, *ways.kinds.values()) for name in (way.printer, way.otherwise)]
        self._names = tuple(dict.fromkeys((*self._names, *used)))[:_MOST]
        words = self._both(N_("Who prints when it cannot")) if self._otherwise else self._both(N_("Printer"))
        self._head.show_runs(Run(words.lead, "body", "ink", bold=True), Run(words.second, "body", "ink3"))
        way = self._way()
        chosen = way.otherwise if self._otherwise else way.printer
        clear(self._list)
        rows = [
            Choice(str(place), self._nobody() if self._otherwise and not name else self._printer(name))
            for place, name in enumerate(self._names, start=1)
        ]
        self._choices = Choices(rows, current=self._names.index(chosen), dense=True)
        self._choices.picked.connect(self._picked)
        self._list.addWidget(self._choices)

    def _show_offset(self) -> None:
        offset = self.frame.ways.offset(self._way().printer)
        self._right.put(f"{offset.right / TENTHS:g}")
        self._down.put(f"{offset.down / TENTHS:g}")

    def _nobody(self) -> Both:
        return self._both(N_("Nobody: it is told, and printed again"))

    def _printer(self, name: str) -> Both:
        return Both(name, "") if name else self._both(N_("PDF files"))

    # -- choosing ------------------------------------------------------------------------------------

    @Slot(int)
    def _moved(self, _place: int) -> None:
        self._otherwise = False
        self.frame.keys_changed()
        self._show_choices()
        self._show_offset()

    @Slot(str)
    def _picked(self, key: str) -> None:
        self._choose(self._with_printer(self._names[int(key) - 1]))

    def _with_printer(self, name: str) -> Way:
        otherwise, self._otherwise = self._otherwise, False
        return replace(self._way(), otherwise=name) if otherwise else replace(self._way(), printer=name)

    def _choose(self, way: Way) -> None:
        kind = self._kind()
        self.frame.choose_ways(lambda desk, session, at: paper.choose_way(desk, session, kind, way, at))

    def _try(self) -> None:
        """Print a test page the way of the marked kind; for all papers, one of every kind its own way."""
        desk, session, at, ways = self.frame.desk, self.frame.session, self.frame.now(), self.frame.ways
        marked = self._kind()
        asked = [(kind, ways.of(kind).printer) for kind in ([marked] if marked else Paper)]

        def hand_out(pdf: "Callable[[Document], bytes]", folder: Path) -> Path | str:
            files: list[Path] = []
            went: dict[str, None] = {}
            refused: dict[str, Refused] = {}
            for kind, printer in asked:
                where = printer or str(folder)
                page = paper.trial(desk, session, kind, printer, at)
                try:
                    if printer:
                        send(page, pdf, printer, f"{page.title} {uuid4()}")
                    else:
                        files.append(save(page, pdf(page), folder))
                except Refused as refusal:
                    refused.setdefault(where, refusal)  # the others are tried all the same
                else:
                    went[where] = None
            if refused and (others := [where for where in went if where not in refused]):
                raise TrialsMissed(", ".join(refused), ", ".join(others))
            if refused:
                raise next(iter(refused.values()))
            return files[0] if marked and files else ", ".join(went)

        one = N_("The test page went to the printer: {printer}. Look whether both scripts are right.")
        each = N_("A test page of each kind of paper went here: {printer}. Look at both scripts of each.")
        self.frame.take_out(hand_out, one if marked else each)

    def _keep_offset(self) -> None:
        wrong = False
        values = []
        for field in (self._right, self._down):
            try:
                values.append(round(float(field.text().strip().replace(",", ".") or 0) * TENTHS))
            except (ValueError, OverflowError):
                field.wrong(self._both(N_("Millimetres, such as 1.5 or -2")))
                wrong = True
        if not wrong:
            offset, printer = Offset(*values), self._way().printer
            self.frame.choose_ways(
                lambda desk, session, at: paper.choose_offset(desk, session, printer, offset, at)
            )
            self.setFocus()

    def _kind(self) -> Paper | None:
        return self._kinds[max(self._table.place(), 0)]

    def _way(self) -> Way:
        kind, ways = self._kind(), self.frame.ways
        return ways.usual if kind is None else ways.of(kind)

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
