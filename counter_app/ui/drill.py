"""Practice in the real window: a slim bar that says what is asked for, and counts keys and seconds."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QBoxLayout

from counter_app.desk import drills
from counter_app.desk.drills import Task
from counter_app.domain.drill import GOALS, Flow, Run
from counter_app.ui import theme
from counter_app.ui.icons import Icon
from counter_app.ui.page import GAP, HOME, Keys, Visit
from counter_app.ui.parts import Box, row
from counter_app.ui.text import Run as Words
from counter_app.ui.text import Text, announce
from counter_app.ui.wording import one_name
from counter_app.words.amounts import rupees
from counter_app.words.say import N_, both, say

if TYPE_CHECKING:
    from counter_app.desk.desk import Desk
    from counter_app.ui.window import Window

HEIGHT = 44
TICK_MS = 200
TAIL = 6
PAGE = "drill"

_ASKED = {
    Flow.PAY_CASH: N_("The number ends in {tail}. They give {given} in cash for what is due."),
    Flow.PAY_SCAN: N_("The bill of {name} has been scanned. They pay what is due, exactly, in cash."),
    Flow.COMPLAINT: N_("The number ends in {tail}. There is no supply in their house."),
    Flow.REPRINT_LAST: N_("The last receipt jammed in the printer. They want it once more."),
    Flow.HINDI_NAME: N_("{name} has no number at hand. Find the name and open it."),
}
_SILENT = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta}


class Ended(NamedTuple):
    """A flow that was gone through: how, whether it was done as asked for, and the best runs by now."""

    flow: Flow
    run: Run
    right: bool
    best: dict[Flow, Run]


class Drill(Box):
    """Stands below the header while somebody practises. ``last`` is what was gone through last.

    The clock begins with the first key; where a scanner begins, with that. What ends it is not what was
    pressed, but what the desk has recorded, or the consumer that is shown.
    """

    def __init__(self, window: "Window") -> None:
        super().__init__("accent-soft", "")
        self._window = window
        self.last: Ended | None = None
        self._task: Task | None = None
        self._keys, self._since = 0, QElapsedTimer()
        self.setFixedHeight(theme.scaled(HEIGHT))
        line = row(spacing=12, margins=(GAP, 0, GAP, 0))
        self.setLayout(line)
        line.addWidget(Icon("person", 20, "accent"))
        self._asked, self._count = Text(elide=True, gap="  "), Text()
        line.addWidget(self._asked, 1)
        line.addWidget(Icon("clock", 20, "accent"))
        line.addWidget(self._count)
        whole = window.layout()
        assert isinstance(whole, QBoxLayout)
        whole.insertWidget(1, self)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._show)
        window.background.changed.connect(self._ask)
        window.room.currentChanged.connect(self._look_later)
        self.hide()

    @property
    def running(self) -> bool:
        """Whether somebody waits at the window."""
        return self._task is not None

    def begin(self, flow: Flow) -> None:
        """Let somebody come to the window."""
        desk, session, at = self._window.desk, self._window.session, self._window.now()
        self._window.background.run(lambda: drills.task(desk, session, flow, at), self._come)

    def stop(self) -> None:
        """Nobody waits any more."""
        self._task = None
        self._tick.stop()
        self.hide()

    @Slot(object)
    def _come(self, task: Task) -> None:
        self._task, self._keys = task, 0
        self._since.invalidate()
        self._window.window().windowHandle().installEventFilter(self)
        self._window.home()
        self._show()
        self._tick.start()
        self.show()
        announce(self, self.accessibleName())
        if task.flow is Flow.PAY_SCAN:
            self._since.start()
            self._window.go("consumer", Visit(consumer=task.number, scanned=True))

    def gives_up(self) -> bool:
        """Esc on Home with nothing typed gives up, and leads back to practice; tells whether it did."""
        given_up = self._may_give_up()
        if given_up:
            self._give_up()
        return given_up

    def keys(self, keys: Keys) -> Keys:
        """A page's keys, with this one where it works."""
        words = both(N_("Give up"), self._window.language)
        return replace(keys, escape=words) if self._may_give_up() else keys

    def _may_give_up(self) -> bool:
        return self.running and self._window.page().name == HOME and not self._window.search.text()

    def _give_up(self) -> None:
        self.stop()
        self._window.go(PAGE)

    # -- counting ------------------------------------------------------------------------------------

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        """Count the keys of the window; none is taken away from it."""
        if (
            self.running
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and not event.isAutoRepeat()
            and event.key() not in _SILENT
        ):
            if not self._since.isValid():
                self._since.start()
            self._keys += 1
            self._show()
        return False

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """A click gives up wherever somebody is."""
        self._give_up()

    def _run(self) -> Run:
        return Run(self._keys, self._since.elapsed() if self._since.isValid() else 0)

    def _show(self) -> None:
        task, language = self._task, self._window.language
        if task is None:
            return
        words = both(
            _ASKED[task.flow], language, tail=task.number[-TAIL:], given=rupees(task.given),
            name=one_name(language, task.name_hi, task.name_en),
        )  # fmt: skip
        run, goal = self._run(), GOALS[task.flow]
        self._asked.show_runs(Words(words.lead, "lead", bold=True), Words(words.second, "caption", "ink2"))
        count = say(
            "{keys} of {most} keys · {seconds} of {limit} s", language, keys=run.keys, most=goal.keys,
            seconds=run.ms // 1000, limit=goal.ms // 1000,
        )  # fmt: skip
        self._count.show_runs(Words(count, "lead", bold=True))
        self.setAccessibleName(words.lead)

    # -- the end -------------------------------------------------------------------------------------

    @Slot()
    def _ask(self) -> None:
        """Something was recorded: was it this?"""
        if self._task is not None and self._task.flow is not Flow.HINDI_NAME:
            job = partial(_ended, self._window.desk, self._task, self._run())
            self._window.background.run(job, self._end)

    @Slot()
    def _look_later(self) -> None:
        QTimer.singleShot(0, self, self._look)  # the page that is shown now is told only then for whom

    def _look(self) -> None:
        task, page = self._task, self._window.page()
        if task is None or task.flow is not Flow.HINDI_NAME or page.name != "consumer":
            return
        right = page.consumer() == task.number
        job = partial(_kept, self._window.desk, task.flow, self._run(), right=right)
        self._window.background.run(job, self._end)

    @Slot(object)
    def _end(self, ended: Ended | None) -> None:
        if ended is None or self._task is None or ended.flow is not self._task.flow:
            return
        self.last = ended
        self.stop()
        self._window.go(PAGE)


def _ended(desk: "Desk", task: Task, run: Run) -> Ended | None:
    right = drills.done(desk, task)
    return None if right is None else _kept(desk, task.flow, run, right=right)


def _kept(desk: "Desk", flow: Flow, run: Run, *, right: bool) -> Ended:
    return Ended(flow, run, right, drills.keep(desk, flow, run) if right else drills.best(desk))
