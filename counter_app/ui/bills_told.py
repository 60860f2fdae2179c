"""How many bills ended, said to who works here: never on the locked page, and no numbers to anybody else."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from counter_app.domain.file_refusals import BillsStopped
from counter_app.ui.parts import Kind
from counter_app.ui.wording import trouble_words
from counter_app.words.say import Both, both

if TYPE_CHECKING:
    from counter_app.desk.many_bills import Run
    from counter_app.ui.window import Window


class BillsTold(QObject):
    """While nobody is signed in, or the counter is locked, what is to be said waits."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._waiting: Callable[[], None] | None = None
        window.background.bills_now.finished.connect(self._finished)
        window.background.bills_now.failed.connect(self._failed)

    def tell_waiting(self) -> None:
        """A page stands there to work at: say what waited for that."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._say(waiting)

    @Slot(object, object)
    def _finished(self, run: "Run", person: UUID) -> None:
        self._say(lambda: self._tell_made(run, person))

    @Slot(object)
    def _failed(self, trouble: Exception) -> None:
        self._say(lambda: self._tell_trouble(trouble))

    def _say(self, telling: Callable[[], None]) -> None:
        if self._window.is_working and self._window.page().needs_sign_in:
            telling()
        else:
            self._waiting = telling

    def _tell_made(self, run: "Run", person: UUID) -> None:
        """Many bills are at their end. The numbers of those that have none are for who began."""
        from counter_app.words.amounts import number

        language, count = self._window.language, number(run.done - run.missed)
        where = run.printer or run.folder
        words = both("Bills made: {count}. They lie here: {where}", language, count=count, where=where)
        if run.printer:
            words = both("Bills handed to the printer: {count}. {where}", language, count=count, where=where)
        lacking = Both("", "")
        if run.missed:
            lacking = both("Without a bill that can be printed: {count}.", language, count=run.missed)
            if person == self._window.session.person.id:
                facts = {"count": run.missed, "numbers": " ".join(run.left_out)}
                lacking = both("Without a bill that can be printed: {count}. {numbers}", language, **facts)
        self._window.tell(words, Kind.WARN if run.missed else Kind.GOOD, lacking)

    def _tell_trouble(self, trouble: Exception) -> None:
        """Enter goes on with the rest on its own page alone: elsewhere it may record a payment."""
        language = self._window.language
        head, kind, more = trouble_words(trouble, language)
        if isinstance(trouble, BillsStopped):
            more = both("The rest waits on Home (F9).", language)
            if self._window.page().name == "many_bills":
                more = both("Enter goes on with the rest.", language)
        self._window.tell(head, kind, more)
