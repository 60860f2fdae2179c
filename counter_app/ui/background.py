"""Work off the UI thread. A thread each for the desk, the search, what is outside, the centre, copies, and
many bills.

Results come home through one signal of an object that lives in the UI thread; nothing else crosses.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any, NamedTuple, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from counter_app.ui.bills_now import BillsNow
from counter_app.ui.copy_now import CopyNow

T = TypeVar("T")
Refusal = Callable[[Exception], None]


class _Outcome(NamedTuple):
    """What a job came to: a value, or the exception it ended in."""

    then: Callable[[Any], None]
    refused: Refusal
    value: object
    trouble: Exception | None


class Background(QObject):
    """Runs jobs and brings their results home.

    ``then`` and ``refused`` must be bound methods of QObjects; they are called in the UI thread, and
    not at all when their object is gone. Without ``refused`` trouble goes to the signal ``trouble``.
    ``changed`` is emitted after every job that recorded something. ``ending`` is set when the program ends:
    long jobs that may be given up look at it. ``copy_now`` is the copy that somebody asked for, ``bills_now``
    the bills that are printed together.
    """

    changed = Signal()
    trouble = Signal(object)
    _home = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = ThreadPoolExecutor(1, "desk")
        self._search = ThreadPoolExecutor(1, "search")
        self._outside = ThreadPoolExecutor(1, "outside")
        self._centre = ThreadPoolExecutor(1, "centre")
        self._copies = ThreadPoolExecutor(1, "copies")
        self._bills = ThreadPoolExecutor(1, "bills")
        self._under_way: set[Future[None]] = set()
        self._newest = 0
        self._open = True
        self.ending = Event()
        self.copy_now = CopyNow(self)
        self.bills_now = BillsNow(self)
        self._home.connect(self._arrive)

    @property
    def busy(self) -> bool:
        """Whether a job, a search apart, is under way or waits for its turn."""
        return bool(self._under_way)

    def run(
        self,
        job: Callable[[], T],
        then: Callable[[T], None],
        refused: Refusal | None = None,
    ) -> None:
        """Do a job of the desk; jobs are done one after the other."""
        self._submit(self._desk, job, then, refused)

    def outside(
        self, job: Callable[[], T], then: Callable[[T], None], refused: Refusal | None = None
    ) -> None:
        """Do a job that waits for a printer or a worker process."""
        self._submit(self._outside, job, then, refused)

    def centre(self, job: Callable[[], T], then: Callable[[T], None], refused: Refusal | None = None) -> None:
        """Do a job that may wait for the centre."""
        self._submit(self._centre, job, then, refused)

    def copies(self, job: Callable[[], T], then: Callable[[T], None], refused: Refusal | None = None) -> None:
        """Do a job that copies all data to another disk."""
        self._submit(self._copies, job, then, refused)

    def bills(self, job: Callable[[], T], then: Callable[[T], None], refused: Refusal | None = None) -> None:
        """Do a job that makes many bills."""
        self._submit(self._bills, job, then, refused)

    def search(self, job: Callable[[], T], then: Callable[[T], None]) -> None:
        """Do a search; the newest wins, older ones are dropped, before or after they ran."""
        if not self._open:
            return
        self._newest += 1
        ticket = self._newest
        refused = self.trouble.emit

        def newest() -> None:
            if ticket == self._newest:
                outcome = _do(job, then, refused)
                if ticket == self._newest:
                    self._home.emit(outcome)

        self._search.submit(newest)

    def forget_searches(self) -> None:
        """What is still being searched for is not wanted any more."""
        self._newest += 1

    def close(self) -> None:
        """Finish what is under way and stop the threads; nothing is begun or comes home any more."""
        self._newest += 1
        self._open = False
        self.ending.set()
        self.bills_now.stop()
        for pool in (self._search, self._outside, self._centre, self._copies, self._bills, self._desk):
            pool.shutdown(wait=True)

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        job: Callable[[], T],
        then: Callable[[T], None],
        refused: Refusal | None,
    ) -> None:
        if not self._open:
            return
        answer = refused or self.trouble.emit
        under_way = pool.submit(lambda: self._home.emit(_do(job, then, answer)))
        self._under_way.add(under_way)
        under_way.add_done_callback(self._under_way.discard)

    @Slot(object)
    def _arrive(self, outcome: _Outcome) -> None:
        receiver = outcome.refused if outcome.trouble else outcome.then
        owner = getattr(receiver, "__self__", None)
        if not self._open or (isinstance(owner, QObject) and not shiboken6.isValid(owner)):
            return
        if outcome.trouble:
            outcome.refused(outcome.trouble)
        else:
            outcome.then(outcome.value)


def _do(job: Callable[[], T], then: Callable[[T], None], refused: Refusal) -> _Outcome:
    try:
        return _Outcome(then, refused, job(), None)
    except Exception as trouble:  # noqa: BLE001 - the one place where a job's trouble turns into something to show
        return _Outcome(then, refused, None, trouble)
