"""A paper on its way out: page from the desk, PDF from the worker process, file or printer, outcome noted."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol
from uuid import UUID, uuid4

from counter_app.domain.acts import PaperState
from counter_app.domain.people import Right, Session, may
from counter_app.domain.refusals import Refused
from counter_app.domain.ways import TENTHS, Ways
from counter_app.words.say import Language

if TYPE_CHECKING:
    from counter_app.desk.desk import Desk
    from counter_app.desk.rows import JobRow
    from counter_app.documents.page import Document
    from counter_app.printing.printers import Handed


HandsOut = Callable[[Callable[["Document"], bytes], Path], Path | str]
"""Writes a file or prints, given what makes PDFs and the folder of papers; where it lies, or the printer."""


class MakesPdf(Protocol):
    """Whoever turns a document into a PDF."""

    def pdf(self, document: "Document") -> bytes:
        """The PDF's bytes; ``PaperFailed`` when it cannot be made."""


class UnderWay(NamedTuple):
    """A paper that the print system has taken, and the number it goes by there."""

    printer: str
    number: int


class News(NamedTuple):
    """What the print system told of a paper: its state now, or what it waits for."""

    printer: str
    state: PaperState
    waits_for: Refused | None = None


class PaperOut:
    """Puts print jobs out, each the way that was chosen for its kind; files go into ``folder``.

    Every method blocks, and one thread calls them one after the other.
    """

    def __init__(self, worker: MakesPdf, folder: Path, ways: Ways) -> None:
        self._worker, self._folder, self.ways = worker, folder, ways
        self._under_way: dict[UUID, UnderWay] = {}

    @property
    def waits(self) -> bool:
        """Whether the print system has papers of which it has not told the end."""
        return bool(self._under_way)

    def put_out(
        self, desk: "Desk", session: Session, job: UUID, now: Callable[[], datetime],
        language: Language = Language.HINDI,
    ) -> tuple[PaperState, str]:  # fmt: skip
        """Put one job out and note what became of it. The state, and where the paper is."""
        from counter_app.desk import paper

        document = paper.page_of(desk, session, job, now(), language)
        way = self.ways.of(document.paper)
        if way.otherwise:
            try:
                return self._put_out_at(desk, session, job, document, way.printer, now, ready=True)
            except Refused:
                return self._put_out_at(desk, session, job, document, way.otherwise, now)
        return self._put_out_at(desk, session, job, document, way.printer, now)

    def look(self, desk: "Desk", session: Session, now: Callable[[], datetime]) -> list[News]:
        """Ask the print system about the papers it has, and note which of them came to an end."""
        from counter_app.desk import paper
        from counter_app.printing import printers

        if not may(session.person.role, Right.PRINT_COPY):
            return []
        news = []
        for job, (printer, number) in list(self._under_way.items()):
            state = printers.look(printer, number)
            if state is None:
                news.append(News(printer, PaperState.SENT, printers.hindrance(printer)))
                continue
            del self._under_way[job]
            if state is not PaperState.SENT:
                paper.note_outcome(desk, session, uuid4(), job, state, printer, now())
            news.append(News(printer, state))
        return news

    def settle_earlier(
        self, desk: "Desk", session: Session, now: Callable[[], datetime]
    ) -> "tuple[JobRow, ...]":
        """What the print system knows of papers in doubt is noted; those that remain, somebody is asked."""
        from counter_app.desk import paper
        from counter_app.printing import printers

        for row in paper.in_doubt(desk, session):
            if printers.came_out(str(row.job)):
                paper.note_outcome(desk, session, uuid4(), row.job, PaperState.CONFIRMED, row.printer, now())
        return paper.in_doubt(desk, session)

    def take_out(self, hand_out: HandsOut) -> Path | str:
        """Let the desk write a file into the folder of papers, or print. Where it is."""
        return hand_out(self._worker.pdf, self._folder)

    def _put_out_at(
        self,
        desk: "Desk",
        session: Session,
        job: UUID,
        document: "Document",
        printer: str,
        now: Callable[[], datetime],
        *,
        ready: bool = False,
    ) -> tuple[PaperState, str]:
        """Put a job out at one printer; with ``ready`` only if that could print at once."""
        from counter_app.desk import paper
        from counter_app.printing import printers

        if ready:
            printers.demand_ready(printer)
        # Said before it goes: whoever comes second is refused, so no original is printed twice.
        paper.note_outcome(desk, session, uuid4(), job, PaperState.SENT, printer, now(), document)
        try:
            handed, where = self._hand_over(document, printer, str(job))
        except Refused:
            paper.note_outcome(desk, session, uuid4(), job, PaperState.FAILED, printer, now())
            raise
        if handed.job is not None:
            self._under_way[job] = UnderWay(printer, handed.job)
        if handed.state is not PaperState.SENT:
            paper.note_outcome(desk, session, uuid4(), job, handed.state, printer, now())
        return handed.state, where

    def _hand_over(self, document: "Document", printer: str, sign: str) -> "tuple[Handed, str]":
        """Give a document to a printer, or to the folder; what is known of it, and where it is."""
        from counter_app.printing import printers

        document = on_its_paper(document, self.ways, printer)
        earlier = printers.take_back(sign)
        if earlier is not None:
            return printers.Handed(earlier), printer
        if printer:
            return printers.send(document, self._worker.pdf, printer, f"{document.title} {sign}"), printer
        # A file that lies on the disk is proof; a printer that took the pages is not.
        file = printers.save(document, self._worker.pdf(document), self._folder)
        return printers.Handed(PaperState.CONFIRMED), file.name


def on_its_paper(document: "Document", ways: Ways, printer: str) -> "Document":
    """What is to be printed of a document: where its paper is a ready-made form, only what differs."""
    from counter_app.documents.page import on_form

    if not ways.of(document.paper).form:
        return document
    offset = ways.offset(printer)
    return on_form(document, offset.right / TENTHS, offset.down / TENTHS)
