"""Print jobs and drawers."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.engine import Connection

from counter_app.domain.acts import Paper, PaperState
from counter_app.domain.money import Paise
from counter_app.domain.payment import TenderKind
from counter_app.store.journal import signed
from counter_app.store.rows import DrawerRow, JobRow
from counter_app.store.tables import drawer_sums, drawers, paper_jobs, payments, undoings

if TYPE_CHECKING:
    from counter_app.domain.drawer import TenderSum
    from counter_app.domain.undoing import Undoing

_ORIGINAL = 1
_DOUBTFUL = (PaperState.WAITING, PaperState.SENT, PaperState.UNKNOWN, PaperState.FAILED)


def job(connection: Connection, job: UUID) -> JobRow | None:
    """A print job."""
    found = _jobs(connection, paper_jobs.c.job == job)
    return found[0] if found else None


def jobs_of(connection: Connection, subject: UUID) -> tuple[JobRow, ...]:
    """The jobs of a receipt or slip: the original, then its copies."""
    return _jobs(connection, paper_jobs.c.subject == subject)


def next_copy(
    connection: Connection, paper: Paper, *, subject: UUID | None = None, consumer: str = "", month: str = ""
) -> int:
    """The number of the next copy: from 2 for receipts and slips, from 1 for a consumer's bill of a month."""
    newest = select(func.max(paper_jobs.c.copy)).where(paper_jobs.c.paper == str(paper))
    if subject is not None:
        newest = newest.where(paper_jobs.c.subject == subject)
    else:
        ours = (paper_jobs.c.consumer == consumer) & (paper_jobs.c.month == month)
        newest = newest.where(paper_jobs.c.subject.is_(None), ours)
    return (connection.execute(newest).scalar() or 0) + 1


def jobs_in_doubt(connection: Connection, running: int) -> tuple[JobRow, ...]:
    """Originals of earlier program runs of which nobody knows whether they came out, oldest first.

    ``running`` is the segment of the present run: its jobs are still under way. Of those that were sent
    to a printer only the newest is asked about: after every other one the clerk went on with the next.
    """
    newest = select(func.max(paper_jobs.c.asked_at)).where(paper_jobs.c.copy == _ORIGINAL)
    return _jobs(
        connection,
        paper_jobs.c.state.in_(list(map(str, _DOUBTFUL))),
        (paper_jobs.c.state != str(PaperState.SENT)) | (paper_jobs.c.asked_at == newest.scalar_subquery()),
        paper_jobs.c.copy == _ORIGINAL,
        paper_jobs.c.subject == paper_jobs.c.job,
        paper_jobs.c.segment != signed(running),
    )


def drawer(connection: Connection, drawer: UUID) -> DrawerRow | None:
    """A drawer and what went into it."""
    return _drawers(connection, drawers.c.drawer == drawer)


def closing_of(connection: Connection, act: UUID) -> DrawerRow | None:
    """The drawer that an act closed."""
    return _drawers(connection, drawers.c.closing == act)


def tender_sums(connection: Connection, drawer: UUID) -> "tuple[TenderSum, ...]":
    """What a drawer took by each tender, in the order of the tenders."""
    from counter_app.domain.drawer import TenderSum

    found = {
        TenderKind(row.kind): TenderSum(TenderKind(row.kind), row.receipts, row.amount)
        for row in connection.execute(select(drawer_sums).where(drawer_sums.c.drawer == drawer))
    }
    return tuple(found[kind] for kind in TenderKind if kind in found)


def copies_since(connection: Connection, at: datetime) -> int:
    """How many copies of receipts were asked for since an instant."""
    asked = select(func.count()).select_from(paper_jobs)
    copies = paper_jobs.c.paper == str(Paper.RECEIPT), paper_jobs.c.copy > _ORIGINAL
    return connection.execute(asked.where(*copies, paper_jobs.c.asked_at >= at)).scalar_one()


def undone_ever(connection: Connection) -> Paise:
    """All money of receipts that were cancelled here, ever."""
    from counter_app.domain.undoing import Undoing

    asked = select(func.coalesce(func.sum(undoings.c.amount), 0))
    return int(connection.execute(asked.where(undoings.c.what == str(Undoing.CANCEL))).scalar_one())


def drawer_of(connection: Connection, receipt: UUID) -> DrawerRow | None:
    """The drawer into which a receipt (by its act) was taken."""
    inside = select(payments.c.drawer).where(payments.c.act == receipt).scalar_subquery()
    return _drawers(connection, drawers.c.drawer == inside)


def is_cancelled(connection: Connection, receipt: UUID) -> bool:
    """Whether a receipt (by its act) counts no more."""
    return bool(connection.execute(select(payments.c.cancelled).where(payments.c.act == receipt)).scalar())


def undone_as(connection: Connection, serial: int) -> "frozenset[Undoing]":
    """What was done about a receipt so far."""
    from counter_app.domain.undoing import Undoing

    asked = select(undoings.c.what).where(undoings.c.payment == serial)
    return frozenset(map(Undoing, connection.execute(asked).scalars()))


def open_drawer(connection: Connection, clerk: str, day: date) -> DrawerRow | None:
    """The drawer of a clerk on a day that is not closed."""
    return _drawers(connection, drawers.c.clerk == clerk, drawers.c.day == day, drawers.c.closed_at.is_(None))


def uncounted_drawer(connection: Connection, clerk: str, day: date) -> DrawerRow | None:
    """The drawer of a clerk from another day in which there was something and which was never counted.

    A day to come is one too: the clock was set back.
    """
    touched = (drawers.c.receipts > 0) | (drawers.c.moved_in > 0) | (drawers.c.moved_out > 0)
    touched |= drawers.c.opening > 0
    return _drawers(
        connection, drawers.c.clerk == clerk, drawers.c.day != day, drawers.c.closed_at.is_(None), touched
    )


def _jobs(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[JobRow, ...]:
    asked = select(paper_jobs).where(*conditions).order_by(paper_jobs.c.asked_at, paper_jobs.c.copy)
    return tuple(
        JobRow(
            job=row["job"],
            paper=Paper(row["paper"]),
            subject=row["subject"],
            consumer=row["consumer"],
            month=row["month"],
            copy=row["copy"],
            reason=row["reason"],
            state=PaperState(row["state"]),
            asked_at=row["asked_at"],
        )
        for row in connection.execute(asked).mappings()
    )


def _drawers(connection: Connection, *conditions: ColumnElement[bool]) -> DrawerRow | None:
    columns = [drawers.c[name] for name in DrawerRow._fields]
    row = connection.execute(select(*columns).where(*conditions)).first()
    return DrawerRow(*row) if row else None
