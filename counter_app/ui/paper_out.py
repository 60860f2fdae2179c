"""A paper on its way out: page from the desk, PDF from the worker process, file or printer, outcome noted."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID, uuid4

from counter_app.domain.acts import PaperState
from counter_app.domain.people import Session
from counter_app.domain.refusals import Refused

if TYPE_CHECKING:
    from counter_app.desk.desk import Desk
    from counter_app.documents.page import Document


HandsOut = Callable[[Callable[["Document"], bytes], Path], Path]
"""Writes a file that leaves the counter, given what makes PDFs and the folder of papers; where it lies."""


class MakesPdf(Protocol):
    """Whoever turns a document into a PDF."""

    def pdf(self, document: "Document") -> bytes:
        """The PDF's bytes; ``PaperFailed`` when it cannot be made."""


class PaperOut:
    """Puts print jobs out. ``printer`` is a printer's name; empty: a PDF file in ``folder``."""

    def __init__(self, worker: MakesPdf, folder: Path, printer: str = "") -> None:
        self._worker, self._folder, self.printer = worker, folder, printer

    def put_out(
        self, desk: "Desk", session: Session, job: UUID, now: Callable[[], datetime]
    ) -> tuple[PaperState, str]:
        """Put one job out and note what became of it; blocking. The state, and where the paper is."""
        from counter_app.desk import paper

        document = paper.page_of(desk, session, job, now())
        made = self._worker.pdf(document)
        # Said before it goes: whoever comes second is refused, so no original is printed twice.
        paper.note_outcome(desk, session, uuid4(), job, PaperState.SENT, self.printer, now(), document)
        try:
            state, where = self._send(document, made)
        except Refused:
            paper.note_outcome(desk, session, uuid4(), job, PaperState.FAILED, self.printer, now())
            raise
        # A file that lies on the disk is proof; a printer that took the pages is not.
        if not self.printer:
            state = PaperState.CONFIRMED
        if state is not PaperState.SENT:
            paper.note_outcome(desk, session, uuid4(), job, state, self.printer, now())
        return state, where

    def take_out(self, hand_out: HandsOut) -> Path:
        """Let the desk write a file into the folder of papers; blocking. Where it lies."""
        return hand_out(self._worker.pdf, self._folder)

    def _send(self, document: "Document", made: bytes) -> tuple[PaperState, str]:
        from counter_app.printing import printers

        if self.printer:
            return printers.send(document, made, self.printer), self.printer
        return PaperState.SENT, printers.save(document, made, self._folder).name
