"""The board of the JE or AE: what is open by urgency, by line, and how the day and the month went."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from counter_app.desk import board
from counter_app.desk.board import SHOWN, Row, Shown, Went
from counter_app.desk.books import MakesPdf
from counter_app.desk.rows import Names
from counter_app.domain.board import Branch
from counter_app.domain.days import Month, business_day, in_india
from counter_app.domain.service_level import Level
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, Key, Keys, Page, Visit
from counter_app.ui.pages.board_side import LEVELS, VIEWS, BoardSide
from counter_app.ui.parts import Card, column
from counter_app.ui.plot import Plot, PlotView, pdf, png
from counter_app.ui.table import DENSE, Table
from counter_app.ui.text import Run, Text
from counter_app.ui.wording import one_name, type_name
from counter_app.words import labels
from counter_app.words.dates import age, clock, day, month_name
from counter_app.words.say import N_, Both, both

ACTIONS = ("help", "find", "complaint", "status", "lock")
READ_EVERY_MS = 60_000
_WAYS = {"8": ("pdf", N_("Plots as PDF")), "9": ("png", N_("Plots as PNG"))}


class Line(NamedTuple):
    """A row of the tree: a feeder, a transformer below it, or a consumer below that."""

    level: int
    key: str
    code: str
    branch: Branch | None
    names: Names = Names("", "")


class BoardPage(Page):
    """Read anew every minute while it is shown. Enter opens a complaint, or what hangs on a line."""

    name = "board"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._shown: Shown | None = None
        self._went: Went | None = None
        self._open: set[str] = set()
        self._below: dict[str, dict[str, Names]] = {}
        whole = Card(padding=(20, 14, 20, 14))
        self._title = Text(elide=True)
        whole.body.addWidget(self._title)
        self._stack = QStackedWidget()
        for view in (self._build_list(), self._build_lines(), self._build_plots()):
            self._stack.addWidget(view)
        whole.flush(self._stack, stretch=1)
        self.main_column.addWidget(whole, 1)
        self._side = BoardSide(self.language)
        self._side.viewed.connect(self._choose)
        self._side.narrowed.connect(self.refresh)
        self.side_column.addWidget(self._side)
        self.side_column.addStretch(1)
        self._again = QTimer(self)
        self._again.timeout.connect(self.refresh)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        accept = Both("", "") if self._stack.currentIndex() == 2 else self._both(N_("Open"))
        ways = tuple(Key(key, self._both(text)) for key, (_, text) in _WAYS.items())
        return Keys(ACTIONS, more=ways, escape=self._both(N_("Back")), accept=accept)

    def enter(self, _visit: Visit) -> None:
        """What is most urgent first."""
        self._open.clear()
        self._side.show_all()
        self._choose("1")
        self.again()

    def again(self) -> None:
        """Back from another page."""
        self.setFocus()
        self._again.start(READ_EVERY_MS)
        self.refresh()

    def leave(self) -> None:
        """Nobody looks: nothing is read."""
        self._again.stop()

    @Slot()
    def refresh(self) -> None:
        """Read the board again; what is selected stays."""
        desk, session, at, only = self.frame.desk, self.frame.session, self.frame.now(), self._side.only
        self.fetch(lambda: board.look(desk, session, at, only), self.show_board)
        self.fetch(lambda: board.went(desk, session, at), self.show_went)

    def consumer(self) -> str:
        """Whom the function keys act on."""
        one, line = self._one(), self._line()
        if self._stack.currentIndex() == 0:
            return one.consumer if one else ""
        return line.code if line and line.level == 2 else ""

    def digit(self, digit: str) -> bool:
        """Another view, or a way to take the plots out."""
        if digit in _WAYS:
            self._take_out(digit)
        return digit in _WAYS or self._side.pick(digit)

    def step(self, rows: int) -> bool:
        """Up and down move in what is shown."""
        table = (self._table, self._tree, None)[self._stack.currentIndex()]
        return table is not None and table.step(rows)

    def accept(self) -> None:
        """Enter: the complaint, or what is below the line, or the consumer."""
        one, line = self._one(), self._line()
        if self._stack.currentIndex() == 0 and one is not None:
            self.frame.go("status", Visit(act=one.act))
        elif self._stack.currentIndex() == 1 and line is not None:
            if line.level == 2:
                self.frame.go("consumer", Visit(consumer=line.code))
            else:
                self._turn(line)

    # -- building ------------------------------------------------------------------------------------

    def _build_list(self) -> QWidget:
        columns = (
            Column(self._both(N_("Number")), 130),
            Column(self._both(N_("Type"))),
            Column(self._both(N_("Name, place")), 134),
            Column(self._both(N_("Level")), 62),
            Column(self._both(N_("Time")), 178),
            Column(self._both(N_("State")), 110),
        )
        self._rows = Rows(columns, self._cells)
        empty = self._both(N_("Nothing is listed. What is registered stands here at once."))
        self._table = Table(self._rows, self._both(N_("Board")).lead, empty)
        return self._table

    def _build_lines(self) -> QWidget:
        columns = (
            Column(self._both(N_("Feeder, transformer, consumer"))),
            Column(self._both(N_("Open now")), 140, right=True),
            Column(self._both(N_("Overdue")), 130, right=True),
            Column(self._both(N_("Danger")), 120, right=True),
        )
        self._lines = Rows(columns, self._line_cells)
        empty = self._both(N_("Nothing is listed. What is registered stands here at once."))
        self._tree = Table(self._lines, self._both(N_("By line")).lead, empty, pitch=DENSE)
        return self._tree

    def _build_plots(self) -> QWidget:
        view = QWidget()
        layout = column(spacing=20, margins=(20, 8, 20, 8))
        view.setLayout(layout)
        self._plots = (PlotView(), PlotView())
        for plot in self._plots:
            layout.addWidget(plot, 1)
        return view

    # -- filling -------------------------------------------------------------------------------------

    def show_board(self, shown: Shown) -> None:
        """Fill list, tree and counts."""
        before, line = self._one(), self._line()
        self._shown = shown
        whole = shown.board
        self._rows.replace(shown.rows)
        acts = [one.act for one in shown.rows]
        self._table.select(acts.index(before.act) if before and before.act in acts else 0)
        self._show_lines(line.key if line else "")
        self._side.show_board(whole)
        self._show_title()
        self.frame.keys_changed()

    def show_went(self, went: Went) -> None:
        """Fill the plots."""
        self._went = went
        for view, plot in zip(self._plots, self._both_plots(went), strict=True):
            view.show_plot(plot)

    def _show_title(self) -> None:
        assert self._shown is not None
        whole = self._shown.board
        words = self._both(VIEWS[self._side.views.key()])
        read = self._both(N_("read at {time}"), time=clock(whole.at))
        more = self._both(N_("the {shown} most urgent of {all}"), shown=SHOWN, all=whole.asked)
        many = whole.asked > SHOWN and self._side.views.key() == "1"
        self._title.show_runs(
            Run(words.lead, "body", "ink", bold=True), Run(words.second, "body", "ink3"),
            Run(read.lead, "caption", "ink2"), Run(more.lead if many else "", "caption", "ink2"),
        )  # fmt: skip

    def _cells(self, one: Row) -> tuple[Cell, ...]:
        at = self._shown.board.at if self._shown else self.frame.now()
        kind = type_name(self.language, self.frame.desk.rules, one.type, business_day(one.registered_at))
        stage = labels.stage(one.stage, self.language).lead
        dangerous = one.priority == 1
        return (
            Cell(one.number.stem, "bad" if dangerous else "ink", bold=True, icon="stop" if dangerous else ""),
            Cell(kind.lead),
            Cell(self._name(one.consumer) or one.place or "—", "ink2"),
            Cell(self._both(LEVELS[one.level]).lead, "ink2" if one.level is Level.ZONE else "warn"),
            self._time(one, at),
            Cell(stage, "warn" if one.attention else "ink2", icon="warn" if one.attention else ""),
        )

    def _time(self, one: Row, now: datetime) -> Cell:
        if one.done_at is not None:
            done = self._both(N_("Done in {time}"), time=age(one.done_at - one.registered_at, self.language))
            if one.due_at is not None and one.done_at > one.due_at:
                return Cell(done.lead, "bad", icon="warn")
            return Cell(done.lead, "good", icon="ok")
        if one.due_at is None:
            since = self._both(N_("since {time}"), time=age(now - one.registered_at, self.language))
            return Cell(since.lead, "ink2")
        if one.due_at < now:
            words = self._both(N_("{time} over the limit"), time=age(now - one.due_at, self.language))
            return Cell(words.lead, "bad", icon="warn")
        words = self._both(N_("{time} left"), time=age(one.due_at - now, self.language))
        return Cell(words.lead, icon="clock")

    def _name(self, number: str) -> str:
        names = self._shown.people.get(number) if self._shown else None
        return one_name(self.language, names.hi, names.en) if names else number

    # -- the tree ------------------------------------------------------------------------------------

    def _show_lines(self, selected: str) -> None:
        lines = list(self._tree_rows())
        self._lines.replace(lines)
        keys = [line.key for line in lines]
        self._tree.select(keys.index(selected) if selected in keys else 0)

    def _tree_rows(self) -> "list[Line]":
        rows: list[Line] = []
        for feeder in self._shown.board.lines if self._shown else ():
            rows.append(Line(0, feeder.code, feeder.code, feeder))
            for dtr in feeder.below if feeder.code in self._open else ():
                key = f"{feeder.code}/{dtr.code}"
                rows.append(Line(1, key, dtr.code, dtr))
                people = self._below.get(key, {}) if key in self._open else {}
                rows += [Line(2, f"{key}/{number}", number, None, names) for number, names in people.items()]
        return rows

    def _line_cells(self, line: Line) -> tuple[Cell, ...]:
        indent = " " * 6 * line.level
        if line.branch is None:
            name = one_name(self.language, *line.names)
            return Cell(f"{indent}{line.code}  {name}", "ink2"), Cell(""), Cell(""), Cell("")
        names = self._shown.lines.get(line.code) if self._shown else None
        named = one_name(self.language, names.hi, names.en) if names else ""
        missing = self._both((N_("Feeder not known"), N_("Transformer not known"))[line.level]).lead
        mark = "▾" if line.key in self._open else "▸"
        text = f"{indent}{mark} {line.code or missing}  {named}".rstrip()
        late, danger = line.branch.late, line.branch.dangerous
        return (
            Cell(text, bold=line.level == 0),
            Cell(str(line.branch.open), bold=True),
            Cell(str(late) if late else "", "bad"),
            Cell(str(danger) if danger else "", "bad", bold=True),
        )

    def _turn(self, line: Line) -> None:
        """Open or close a branch; the people below a transformer are named when it is opened."""
        if line.key in self._open:
            self._open.discard(line.key)
        else:
            self._open.add(line.key)
        if line.level == 1 and line.key in self._open:
            desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
            feeder = line.key.removesuffix(f"/{line.code}")
            read = partial(board.below, desk, session, feeder, line.code, at)
            self.fetch(read, partial(self._show_below, line.key))
        self._show_lines(line.key)

    def _show_below(self, key: str, people: dict[str, Names]) -> None:
        self._below[key] = people
        self._show_lines(key)

    # -- doing ---------------------------------------------------------------------------------------

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._side.views.select_key(key)
        self._stack.setCurrentIndex(int(key) - 1)
        if self._shown is not None:
            self._show_title()
        self.frame.keys_changed()

    def _take_out(self, key: str) -> None:
        """Plots into a file."""
        went = self._went
        if went is None:
            return
        plots = self._both_plots(went)
        title = self._both(N_("Complaints")).lead
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        make: Callable[[], bytes] = partial(pdf, plots, title) if key == "8" else partial(png, plots)
        name = f"board {went.day.isoformat()}.{_WAYS[key][0]}"

        def hand_out(_pdf: MakesPdf, folder: Path) -> Path:
            return board.take_out(desk, session, make, folder / name, at)

        self.frame.take_out(hand_out)

    def _both_plots(self, went: Went) -> tuple[Plot, Plot]:
        came, done = (self._both(text).lead for text in (N_("registered"), N_("done")))
        now = in_india(self.frame.now())
        today = self._both(N_("Complaints on {day}, by the hour"), day=day(went.day)).lead
        month = month_name(Month.of(went.day), self.language)
        whole = self._both(N_("Complaints in {month}, by the day"), month=month).lead
        return (
            Plot(today, came, done, went.hours, now.hour),
            Plot(whole, came, done, went.days, went.day.day),
        )

    # -- small things --------------------------------------------------------------------------------

    def _one(self) -> Row | None:
        place = self._table.place()
        return self._rows.at(place) if 0 <= place < self._rows.rowCount() else None

    def _line(self) -> Line | None:
        place = self._tree.place()
        return self._lines.at(place) if 0 <= place < self._lines.rowCount() else None

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
