"""Practice: five flows with their goals and one's best; at a real office the way to the zone for it."""

from PySide6.QtCore import Slot

from counter_app.desk import drills
from counter_app.domain.drill import GOALS, Flow, Run
from counter_app.ui import theme
from counter_app.ui.drill import Ended
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Banner, Card, Kind
from counter_app.ui.table import HEAD, ROW, Table
from counter_app.ui.text import Run as Words
from counter_app.ui.text import Text, heading, sentence
from counter_app.words.say import N_, Both, both, say

_FLOWS = {
    Flow.PAY_CASH: N_("Take cash"),
    Flow.PAY_SCAN: N_("Take cash, the bill scanned"),
    Flow.COMPLAINT: N_("Complaint: no supply"),
    Flow.REPRINT_LAST: N_("Print the last receipt again"),
    Flow.HINDI_NAME: N_("Find by the name"),
}
_HOW = (
    N_("This is an invented zone: nothing here is real, nothing leaves it, papers go to files."),
    N_("A line at the top says who has come. Do it as at the window; the first key starts the clock."),
    N_(
        "Esc on Home with nothing typed gives up, as does a click on that line. To come back here, "
        "type drill on Home."
    ),
)


class DrillPage(Page):
    """A digit or the arrows choose, Enter lets somebody come. At a real office Enter opens that window."""

    name = "drill"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._best: dict[Flow, Run] = {}
        self._result = Banner(Both("", ""), Kind.GOOD)
        self._result.hide()
        self.main_column.addWidget(self._result)
        self.main_column.addWidget(self._build_flows() if frame.drill is not None else self._build_way())
        self.main_column.addStretch(1)
        how = Card(spacing=8)
        how.body.addWidget(heading(self._both(N_("How it works"))))
        for text in _HOW:
            words = self._both(text)
            how.body.addWidget(Text(Words(words.lead), wrap=True))
            if words.second:
                how.body.addWidget(Text(Words(words.second, "caption", "ink3"), wrap=True))
        self.side_column.addWidget(how)
        self.side_column.addStretch(1)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        begin = N_("Begin") if self.frame.drill is not None else N_("Open")
        return Keys(("help", "find", "lock"), escape=self._both(N_("Back")), accept=self._both(begin))

    def enter(self, _visit: Visit) -> None:
        """Show how the last one went, and choose the next."""
        self.setFocus()
        drill = self.frame.drill
        if drill is None:
            return
        drill.stop()
        self._result.setVisible(drill.last is not None)
        if drill.last is None:
            desk = self.frame.desk
            self.fetch(lambda: drills.best(desk), self._show_best)
            self._table.select(0)
        else:
            self._show_ended(drill.last)

    def again(self) -> None:
        self.enter(Visit())

    def accept(self) -> None:
        if self.frame.drill is not None:
            self.frame.drill.begin(self._rows.at(self._table.place()))
        elif self.frame.open_drill is not None:
            self.frame.open_drill()

    def step(self, rows: int) -> bool:
        return self.frame.drill is not None and self._table.step(rows)

    def digit(self, digit: str) -> bool:
        """The flow of a place begins."""
        if self.frame.drill is None or not 1 <= int(digit) <= len(Flow):
            return False
        self._table.select(int(digit) - 1)
        self.accept()
        return True

    # -- building ------------------------------------------------------------------------------------

    def _build_flows(self) -> Card:
        whole = Card(padding=(20, 14, 20, 14))
        title = self._both(N_("Practise"))
        whole.body.addWidget(heading(title, "lead"))
        columns = (
            Column(Both("", ""), 56),
            Column(self._both(N_("What"))),
            Column(self._both(N_("Goal")), 190),
            Column(self._both(N_("Your best")), 190),
        )
        self._rows = Rows(columns, self._cells)
        self._rows.replace(tuple(Flow))
        self._table = Table(self._rows, title.lead, Both("", ""))
        self._table.setFixedHeight(theme.scaled(HEAD + len(Flow) * ROW) + 4)
        whole.flush(self._table)
        return whole

    def _build_way(self) -> Card:
        whole = Card(spacing=8)
        whole.body.addWidget(heading(self._both(N_("Practise")), "lead"))
        words = self._both(N_("Enter opens an invented zone in its own window. This counter is not touched."))
        whole.body.addWidget(sentence(words, "body", "ink"))
        return whole

    # -- filling -------------------------------------------------------------------------------------

    def _cells(self, flow: Flow) -> tuple[Cell, ...]:
        best = self._best.get(flow)
        good = best is not None and best.reaches(GOALS[flow])
        return (
            Cell(str(list(Flow).index(flow) + 1), "ink2", bold=True),
            Cell(say(_FLOWS[flow], self.language)),
            Cell(self._run(GOALS[flow]), "ink2"),
            Cell(self._run(best) if best is not None else "—", icon="ok" if good else ""),
        )

    def _show_best(self, best: dict[Flow, Run]) -> None:
        self._best = best
        place = self._table.place()
        self._rows.replace(tuple(Flow))
        self._table.select(max(place, 0))

    @Slot(object)
    def _show_ended(self, ended: Ended) -> None:
        """How it went; the next one is chosen, or the same again where it was not yet good."""
        reached = ended.right and ended.run.reaches(GOALS[ended.flow])
        text = N_("Done, but not as it was asked for: {keys} keys, {seconds} s. Once more.")
        if reached:
            text = N_("Goal reached: {keys} keys, {seconds} s.")
        elif ended.right:
            text = N_("Done: {keys} keys, {seconds} s. The goal is not reached yet.")
        words = self._both(text, keys=ended.run.keys, seconds=_seconds(ended.run))
        self._result.show_banner(words, Kind.GOOD if reached else Kind.NOTE)
        self._show_best(ended.best)
        self._table.select((list(Flow).index(ended.flow) + reached) % len(Flow))

    def _run(self, run: Run) -> str:
        return say("{keys} keys, {seconds} s", self.language, keys=run.keys, seconds=_seconds(run))

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)


def _seconds(run: Run) -> str:
    return f"{run.ms / 1000:.1f}".removesuffix(".0")
