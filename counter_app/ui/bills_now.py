"""Many bills being printed: bundle after bundle, by a process of their own, so that no receipt waits."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from PySide6.QtCore import Signal, Slot

from counter_app.domain.file_refusals import BillsNotMade, BillsStopped
from counter_app.domain.refusals import PaperFailed
from counter_app.ui.long_work import LongWork

if TYPE_CHECKING:
    from counter_app.desk.desk import Desk
    from counter_app.desk.many_bills import Run
    from counter_app.documents.page import Document
    from counter_app.domain.people import Session
    from counter_app.domain.ways import Ways
    from counter_app.ui.background import Background


class Maker(Protocol):
    """A process that makes PDFs, for as long as a run takes."""

    def pdf(self, document: "Document") -> bytes:
        """The PDF's bytes; ``PaperFailed`` when it cannot be made, or is not wanted any more."""

    def stop(self) -> None:
        """Make nothing more, nor what is being made. Returns at once; any thread."""

    def close(self) -> None:
        """End it."""


def paper_worker() -> Maker:
    """The process that makes papers, begun with the first."""
    from counter_app.printing.worker import PaperWorker

    return PaperWorker()


class BillsNow(LongWork):
    """Steps are bills that are put out, at ``printer`` or (empty) in files. ``drawn`` more will be when they
    are together; while ``writing`` their file is made, or they are on their way to the printer.

    ``finished``: a run is at its end, begun by the person of this id; ``failed``: why it is not. ``maker``
    gives a process; files go into ``folder`` unless another is named.
    """

    finished = Signal(object, object)
    failed = Signal(object)
    _draws = Signal(int)
    _writes = Signal()
    stopped = BillsStopped
    folder = Path()
    _person: UUID
    _maker: Maker | None = None

    def __init__(self, background: "Background") -> None:
        super().__init__(background)
        self.maker: Callable[[], Maker] = paper_worker
        self.printer, self.drawn, self.writing = "", 0, False
        self._draws.connect(self._drawing)
        self._writes.connect(self._being_written)

    def begin(
        self, desk: "Desk", session: "Session", run: "Run", ways: "Ways", now: Callable[[], datetime]
    ) -> None:
        """Begin a run, or go on with one, beside the work."""
        if self.under_way:
            return
        self._person = session.person.id
        self.printer, self.drawn, self.writing = run.printer, 0, False
        self._begin(run.done, max(run.total, 1))
        self._background.bills(lambda: self._make(desk, session, run, ways, now), self._made, self._not_made)

    def stop(self) -> None:
        """Give up what is under way, also in the middle of a file."""
        super().stop()
        maker = self._maker
        if maker is not None:
            maker.stop()

    def _make(
        self, desk: "Desk", session: "Session", run: "Run", ways: "Ways", now: Callable[[], datetime]
    ) -> "Run":
        """All bundles, beside the window."""
        from counter_app.desk import many_bills
        from counter_app.printing import printers
        from counter_app.ui.paper_out import on_its_paper

        # A stop before this is heard at the first bill, one after it by the maker.
        maker = self._maker = self.maker()

        def made(document: "Document") -> bytes:
            self._writes.emit()
            try:
                return maker.pdf(document)
            except PaperFailed as failed:
                self.hear()
                raise BillsNotMade from failed

        def pdf(document: "Document") -> bytes:
            return made(on_its_paper(document, ways, run.printer))

        def send(document: "Document") -> object:
            paper = on_its_paper(document, ways, run.printer)
            return printers.send(paper, made, run.printer, document.title)

        try:
            run = many_bills.begin(desk, session, run, now())
            while not run.ended:
                self._draws.emit(0)
                self.watch(run.done, max(run.total, run.done, 1))
                run = many_bills.go_on(desk, session, run, pdf, send, now(), self._watched(run))
        finally:
            self._maker = None
            maker.close()
        return run

    def _watched(self, run: "Run") -> Callable[[int, int], None]:
        """Tells how many are drawn behind those of the bundles that are there."""

        def watch(drawn: int, _total: int) -> None:
            self.hear()
            self._draws.emit(drawn - run.done)

        return watch

    @Slot(int)
    def _drawing(self, drawn: int) -> None:
        self.drawn, self.writing = drawn, False
        self.changed.emit()

    @Slot()
    def _being_written(self) -> None:
        self.writing = True
        self.changed.emit()

    def _made(self, run: "Run") -> None:
        self._end()
        self.finished.emit(run, self._person)

    def _not_made(self, trouble: Exception) -> None:
        self._end()
        self.failed.emit(trouble)
