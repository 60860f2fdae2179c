"""The drawer: what can be done with it, a digit each. No amount stands here."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from counter_app.desk import drawer_now
from counter_app.desk.drawer_now import DrawerNow
from counter_app.ui.actions import BY_NAME, DRAWER_ACTIONS, label
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Card, Facts
from counter_app.ui.text import Run, Text, heading, sentence
from counter_app.words.dates import clock
from counter_app.words.say import N_, Both, both


class DrawerPage(Page):
    """A digit, or the arrows and Enter, open what is to be done."""

    name = "drawer"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.main_column.addWidget(self._build_ways(), 1)
        self.side_column.addWidget(self._build_side(), 1)

    def keys(self) -> Keys:
        actions = ("help", "find", "receipts", "day_end", "lock")
        return Keys(actions, escape=self._both(N_("Back")), accept=self._both(N_("Open")))

    def enter(self, _visit: Visit) -> None:
        """Ask how the drawer stands."""
        self._ways.select(0)
        self.setFocus()
        self._ask()

    def again(self) -> None:
        """Back from one of the pages."""
        self.setFocus()
        self._ask()

    def refresh(self) -> None:
        """Something was recorded."""
        self._ask()

    def digit(self, digit: str) -> bool:
        """A digit opens what stands beside it."""
        return self._ways.pick(digit)

    def step(self, rows: int) -> bool:
        """Up and down."""
        self._ways.step(rows)
        return True

    def accept(self) -> None:
        """Enter opens the marked one."""
        self._ways.pick(self._ways.key())

    def _build_ways(self) -> QWidget:
        whole = Card(spacing=6)
        whole.body.addWidget(heading(self._both(N_("The drawer")), "lead"))
        found = [
            Choice(str(place), Both(self._long(name), label(BY_NAME[name], self.language).second), icon)
            for place, (name, icon) in enumerate(DRAWER_ACTIONS.items(), 1)
        ]
        self._ways = Choices(found, dense=True)
        self._ways.picked.connect(self._picked)
        whole.body.addWidget(self._ways)
        whole.body.addStretch(1)
        return whole

    def _long(self, name: str) -> str:
        return both(BY_NAME[name].long, self.language).lead

    def _build_side(self) -> QWidget:
        side = Card(spacing=8)
        side.body.addWidget(heading(self._both(N_("How it stands"))))
        self._facts = Facts()
        for text in (N_("Open since"), N_("Receipts"), N_("Counting"), N_("Cash waits to be taken over")):
            self._facts.add(self._both(text))
        side.body.addWidget(self._facts)
        self._waits = Text(wrap=True)
        side.body.addWidget(self._waits)
        for words in (
            self._both(N_("Each move of cash prints a numbered slip; both sign it.")),
            self._both(N_("What goes out needs a second person. No sum shows before the count.")),
            self._both(N_("Every page here is found from the search box by its name as well.")),
        ):
            side.body.addWidget(sentence(words))
        side.body.addStretch(1)
        return side

    def _ask(self) -> None:
        desk, session = self.frame.desk, self.frame.session
        self.fetch(lambda: drawer_now.now(desk, session), self._show)

    def _show(self, drawer: DrawerNow | None) -> None:
        words = self._both(N_("not open"))
        self._facts.put(0, clock(drawer.opened_at) if drawer else words.lead)
        self._facts.put(1, str(drawer.receipts) if drawer else "")
        fixed, open_ = self._both(N_("fixed, to be sealed")), self._both(N_("not yet"))
        self._facts.put(2, (fixed if drawer.counted else open_).lead if drawer else "")
        self._facts.put(3, str(drawer.waiting) if drawer else "", bold=bool(drawer and drawer.waiting))
        waits = Both("", "")
        if drawer is not None and drawer.waiting:
            waits = self._both(N_("Cash was handed to you. Count it and take it over."))
        self._waits.show_runs(
            Run(waits.lead, "body", "warn", bold=True), Run(waits.second, "caption", "ink3")
        )
        self._waits.setVisible(bool(waits.lead))

    @Slot(str)
    def _picked(self, key: str) -> None:
        self.frame.act(list(DRAWER_ACTIONS)[int(key) - 1])

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
