"""Where somebody arrives who signed in: at papers in doubt, at the first steps of a new counter, or Home."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from counter_app.desk.rows import JobRow
    from counter_app.ui.window import Window


class Arriving(QObject):
    """``arrived``: a page stands there to work at."""

    arrived = Signal()

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._doubts: tuple[JobRow, ...] = ()
        self._bare = False

    def begin(self) -> None:
        """Papers in doubt first; then Home, before it what nobody chose at this counter yet."""
        window = self._window
        desk, session = window.desk, window.session

        def job() -> "tuple[tuple[JobRow, ...], bool]":
            from counter_app.desk import paper, today

            return paper.in_doubt(desk, session), today.notices(desk, session).is_bare

        window.background.run(job, self._ask_spooler)

    @Slot(object)
    def _ask_spooler(self, found: "tuple[tuple[JobRow, ...], bool]") -> None:
        """What the print system knows of papers in doubt, nobody has to be asked."""
        window, out = self._window, self._window.work.paper_out
        self._doubts, self._bare = found
        if not self._doubts or out is None:
            self._arrive(self._doubts)
            return
        desk, session, now = window.desk, window.session, window.now
        window.background.outside(
            lambda: out.settle_earlier(desk, session, now), self._arrive, self._not_settled
        )

    @Slot(object)
    def _not_settled(self, _trouble: Exception) -> None:
        self._arrive(self._doubts)

    @Slot(object)
    def _arrive(self, doubts: "tuple[JobRow, ...]") -> None:
        window = self._window
        if doubts:
            window.go("recovery")
        else:
            window.home()
        if window.drill is not None:
            window.go("drill")
        elif self._bare and not doubts:
            window.go("first_steps")
        self.arrived.emit()
