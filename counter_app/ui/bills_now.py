"""Many bills being printed: bundle after bundle, by a process of their own, so that no receipt waits."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from PySide6.QtCore import Signal

from counter_app.domain.file_refusals import BillsStopped
from counter_app.ui.long_work import LongWork

if TYPE_CHECKING:
    from counter_app.desk.desk import Desk
    from counter_app.desk.many_bills import Run
    from counter_app.documents.page import Document
    from counter_app.domain.people import Session
    from counter_app.domain.ways import Ways


class Maker(Protocol):
    """A process that makes PDFs, for as long as a run takes."""

    def pdf(self, document: "Document") -> bytes:
        """The PDF's bytes; ``PaperFailed`` when it cannot be made."""

    def close(self) -> None:
        """End it."""


class BillsNow(LongWork):
    """Steps are bills. ``run`` is how far the newest came, None where none was begun. ``finished``: it is at
    its end, begun by the person of this id; ``failed``: why it is not. ``maker`` starts a process, None where
    there is none; files go into ``folder`` unless another is named.
    """

    finished = Signal(object, object)
    failed = Signal(object)
    stopped = BillsStopped
    maker: Callable[[], Maker] | None = None
    folder = Path()
    run: "Run | None" = None
    _person: UUID

    def begin(
        self, desk: "Desk", session: "Session", run: "Run", ways: "Ways", now: Callable[[], datetime]
    ) -> None:
        """Begin a run, or go on with one, beside the work."""
        if self.maker is None or self.under_way:
            return
        maker = self.maker
        self.run = run
        self._begin(run.done, max(run.total, 1))
        self._person = session.person.id
        self._background.bills(
            lambda: self._make(maker(), desk, session, run, ways, now), self._made, self._not_made
        )

    def _make(
        self, maker: Maker, desk: "Desk", session: "Session", run: "Run", ways: "Ways",
        now: Callable[[], datetime],
    ) -> "Run":  # fmt: skip
        """All bundles, beside the window."""
        from counter_app.desk import many_bills
        from counter_app.printing import printers
        from counter_app.ui.paper_out import on_its_paper

        def pdf(document: "Document") -> bytes:
            return maker.pdf(on_its_paper(document, ways, run.printer))

        def send(document: "Document") -> object:
            paper = on_its_paper(document, ways, run.printer)
            return printers.send(paper, maker.pdf, run.printer, document.title)

        try:
            self.run = run = many_bills.begin(desk, session, run, now())
            while not run.ended:
                self.run = run = many_bills.go_on(desk, session, run, pdf, send, now(), self.watch)
        finally:
            maker.close()
        return run

    def _made(self, run: "Run") -> None:
        self.run = None
        self._end()
        self.finished.emit(run, self._person)

    def _not_made(self, trouble: Exception) -> None:
        self._end()
        self.failed.emit(trouble)
