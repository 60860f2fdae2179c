"""Work that waits because of receipts: a reconnection, a surcharge to waive, a refund. It ends by a word."""

from datetime import datetime
from uuid import UUID

from counter_app.desk.desk import Desk, demand, recorded
from counter_app.domain.days import business_day
from counter_app.domain.entry import Kind
from counter_app.domain.money_refusals import TaskUnknown
from counter_app.domain.people import Right, Session, may
from counter_app.domain.task import Task
from counter_app.domain.text import clean_text
from counter_app.store.engine import Connection
from counter_app.store.finds.tasks import open_tasks
from counter_app.store.rows import TaskRow

LONGEST_NOTE = 200


def waiting(desk: Desk, session: Session, at: datetime) -> tuple[TaskRow, ...]:
    """All that waits, the oldest first."""
    demand(desk, session, Right.END_TASK, at)
    with desk.book.reading() as connection:
        return _open(desk, connection, at)


def waiting_for_home(desk: Desk, session: Session, at: datetime) -> tuple[TaskRow, ...]:
    """The same; none for who may not end it.

    Home asks this by itself: nobody tried anything, so nothing is noted.
    """
    if not may(session.person.role, Right.END_TASK):
        return ()
    with desk.book.reading() as connection:
        return _open(desk, connection, at)


def end(desk: Desk, session: Session, act: UUID, task: Task, of: UUID, note: str, at: datetime) -> None:
    """Record that a task is done: that of the act ``of``, or of a held entry.

    ``TaskUnknown`` when it does not wait.

    The same act again changes nothing.
    """
    # Home asks what waits, and ends nothing.
    from counter_app.domain.undoing import TaskDone
    from counter_app.store.held import held_entries

    with desk.book.reading() as connection:
        if recorded(connection, act, Kind.TASK_DONE):
            return
    demand(desk, session, Right.END_TASK, at)
    said = clean_text(note, LONGEST_NOTE)
    with desk.book.writing() as page:
        if recorded(page.connection, act, Kind.TASK_DONE) is None:
            waits = {(row.task, row.of) for row in _open(desk, page.connection, at)}
            waits |= {(Task.HELD, one.of) for one in held_entries(page.connection, desk.book.device)}
            if (task, of) not in waits:
                raise TaskUnknown
            page.record(
                TaskDone(task, of, said, session.person.code), act=act, person=session.person.id, at=at
            )


def _open(desk: Desk, connection: Connection, at: datetime) -> tuple[TaskRow, ...]:
    return open_tasks(connection, at, desk.rules.banking_on(business_day(at)).asked_after)
