"""Print jobs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.engine import Connection

from counter_app.domain.acts import Paper, PaperState
from counter_app.domain.days import to_millis
from counter_app.store.journal import signed
from counter_app.store.rows import JobRow
from counter_app.store.tables import paper_jobs

_ORIGINAL = 1
_NOT_OUT = """
    SELECT count(*) FROM paper_jobs
    WHERE copy = 1 AND subject = job AND state IN ('waiting', 'unknown', 'failed') AND asked_at >= ?"""
_COPIES = "SELECT count(*) FROM paper_jobs WHERE paper = 'receipt' AND copy > 1 AND asked_at >= ?"
_NEVER_BEGUN = (str(PaperState.WAITING), str(PaperState.FAILED))


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
    """Originals of which nobody knows whether they came out, oldest first.

    ``running`` is the segment of the present run: what it sent or still has to print is under way and not
    asked about; what the printer left open is. Of what earlier runs sent, all is asked about where the
    printer tells what came out; where none ever does, the newest only: after every other one the clerk
    went on with the next.
    """
    column = paper_jobs.c
    newest = select(func.max(column.asked_at)).where(column.copy == _ORIGINAL).scalar_subquery()
    told = select(column.printer, func.min(column.asked_at).label("since"))
    telling = told.where(column.state == str(PaperState.CONFIRMED)).group_by(column.printer).subquery()
    tells = exists().where(telling.c.printer == column.printer, telling.c.since <= column.asked_at)
    sent = (column.state == str(PaperState.SENT)) & ((column.asked_at == newest) | tells)
    earlier = (column.segment != signed(running)) & (column.state.in_(_NEVER_BEGUN) | sent)
    return _jobs(
        connection,
        (column.state == str(PaperState.UNKNOWN)) | earlier,
        column.copy == _ORIGINAL,
        column.subject == column.job,
    )


def copies_since(connection: Connection, at: datetime) -> int:
    """How many copies of receipts were asked for since an instant."""
    return int(connection.exec_driver_sql(_COPIES, (to_millis(at),)).scalar_one())


def not_out_since(connection: Connection, at: datetime) -> int:
    """How many originals since an instant are not known to have come out."""
    return int(connection.exec_driver_sql(_NOT_OUT, (to_millis(at),)).scalar_one())


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
            printer=row["printer"],
        )
        for row in connection.execute(asked).mappings()
    )
