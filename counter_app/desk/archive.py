"""Papers as they were printed, years later: for who looks at one, and the copies that an auditor takes."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from counter_app.desk.confidential import hidden_types, paper_is_hidden
from counter_app.desk.desk import Desk, demand
from counter_app.desk.handing_out import note_handed_out
from counter_app.documents.keeping import PaperDamaged, unpacked
from counter_app.domain.acts import FileHandedOut, Purpose
from counter_app.domain.days import midnight
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import FileUnwritable, StoreDamaged
from counter_app.store import archive, finds
from counter_app.store.archive import KeptPaper
from counter_app.whole_file import WholeFile

if TYPE_CHECKING:
    from counter_app.documents.page import Document

_MADE = (1980, 1, 1, 0, 0, 0)  # the same papers make the same file


@dataclass(frozen=True, slots=True)
class Archived:
    """A file of papers, and how many are in it."""

    file: Path
    papers: int
    sha256: str


def as_printed(desk: Desk, session: Session, job: UUID, at: datetime) -> "tuple[Document, ...]":
    """What went out for a job, each time it did, as it was drawn then."""
    demand(desk, session, Right.SEE_RECEIPTS, at)
    with desk.book.reading() as connection:
        row = finds.job(connection, job)
        if row is None or paper_is_hidden(desk, session, connection, row.subject):
            return ()
        return tuple(_document(one) for one in archive.kept(connection, job))


def hand_out_papers(
    desk: Desk, session: Session, act: UUID, day: date, file: Path, make: "Callable[[Document], bytes]",
    at: datetime,
) -> Archived:  # fmt: skip
    """All papers that went out on a day, as the PDF/A files that they were, in one ZIP; ``FileUnwritable``.

    ``make`` makes a PDF. Only for who may verify; slips of what is confidential to them are left out. The
    entry about it stands before the file takes its name.
    """
    demand(desk, session, Right.VERIFY, at)
    hidden = hidden_types(desk, session)
    with desk.book.reading() as connection:
        since, until = midnight(day), midnight(day + timedelta(days=1))
        papers = archive.kept_between(connection, since, until, hidden)
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_STORED) as out:
        for number, one in enumerate(papers, 1):
            document = _document(one)
            name = f"{number:04d} {one.paper} {document.title}.pdf".replace("/", "-")
            out.writestr(zipfile.ZipInfo(name, _MADE), make(document))
    try:
        with WholeFile(file) as whole:
            whole.write(body.getvalue())
            handed = FileHandedOut(file.name, whole.sha256, len(papers))
            note_handed_out(desk, session, act, Purpose.AUDIT, [handed], at)
            whole.keep()
    except OSError as fault:
        raise FileUnwritable(str(file)) from fault
    return Archived(file, len(papers), handed.sha256)


def _document(one: KeptPaper) -> "Document":
    try:
        return unpacked(one.body)
    except PaperDamaged as fault:
        raise StoreDamaged("kept_papers") from fault
