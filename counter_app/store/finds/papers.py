"""Print jobs and drawers."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, func, select
from sqlalchemy.engine import Connection

from counter_app.domain.acts import Paper, PaperState
from counter_app.domain.payment import TenderKind
from counter_app.store.journal import signed
from counter_app.store.rows import DrawerRow, JobRow
from counter_app.store.tables import drawers, paper_jobs, payments, tenders

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
    row = connection.execute(select(drawers).where(drawers.c.drawer == drawer)).mappings().first()
    return None if row is None else _drawer(connection, row)


def open_drawer(connection: Connection, clerk: str, day: date) -> DrawerRow | None:
    """The newest drawer of a clerk on a day that is not closed."""
    asked = select(drawers).where(
        drawers.c.clerk == clerk, drawers.c.day == day, drawers.c.closed_at.is_(None)
    )
    row = connection.execute(asked.order_by(drawers.c.opened_at.desc()).limit(1)).mappings().first()
    return None if row is None else _drawer(connection, row)


def uncounted_drawer(connection: Connection, clerk: str, before: date) -> DrawerRow | None:
    """The oldest drawer of a clerk from before a day that took money and was never counted."""
    asked = select(drawers).where(
        drawers.c.clerk == clerk, drawers.c.day < before, drawers.c.closed_at.is_(None)
    )
    rows = connection.execute(asked.order_by(drawers.c.opened_at)).mappings().all()
    return next((found for row in rows if (found := _drawer(connection, row)).receipts), None)


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


def _drawer(connection: Connection, row: RowMapping) -> DrawerRow:
    inside = payments.c.drawer == row["drawer"]
    receipts = connection.execute(select(func.count()).select_from(payments).where(inside)).scalar_one()
    came_in = func.coalesce(func.sum(tenders.c.given - tenders.c.returned), 0)
    tendered = select(came_in).join(payments, payments.c.serial == tenders.c.payment)
    cash = connection.execute(tendered.where(inside, tenders.c.kind == str(TenderKind.CASH))).scalar_one()
    return DrawerRow(
        drawer=row["drawer"],
        clerk=row["clerk"],
        day=row["day"],
        opening=row["opening"],
        opened_at=row["opened_at"],
        receipts=receipts,
        cash=cash,
        closed_at=row["closed_at"],
        expected=row["expected"],
        counted=row["counted"],
        note=row["note"],
    )
