"""Files with people's data that leave the counter: each time one entry says who took them, and what."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from counter_app.desk.desk import Desk, demand, recorded
from counter_app.domain.acts import FileHandedOut, FilesHandedOut, Purpose
from counter_app.domain.entry import Kind
from counter_app.domain.people import Right, Session
from counter_app.store import exporting
from counter_app.store.exporting import Exported


def hand_out_journal(desk: Desk, session: Session, act: UUID, file: Path | None, at: datetime) -> Exported:
    """The journal and its second file for an auditor; refuses as ``exporting.export_journal`` does.

    Only for who may verify. The entry about it stands behind what is handed out.
    """
    demand(desk, session, Right.VERIFY, at)

    def note(made: Exported) -> None:
        out = FileHandedOut(made.file.name, made.sha256, made.entries)
        note_handed_out(desk, session, act, Purpose.AUDIT, [out], at)

    return exporting.export_journal(desk.book, file, note)


def note_handed_out(
    desk: Desk, session: Session, act: UUID, purpose: Purpose, files: Iterable[FileHandedOut], at: datetime
) -> None:
    """Record it, before the files take their names: none lies anywhere of which the journal does not know."""
    with desk.book.writing() as page:
        if recorded(page.connection, act, Kind.FILES_HANDED_OUT) is None:
            handed = FilesHandedOut(session.person.code, purpose, tuple(files))
            page.record(handed, act=act, person=session.person.id, at=at)
