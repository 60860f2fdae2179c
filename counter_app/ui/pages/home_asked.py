"""What Home asks the desk: how the day begins, and who is meant by what was typed."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from counter_app.desk import clock, danger, drafts, drawer_now, finding, tasks
from counter_app.desk.desk import Desk
from counter_app.desk.drawer_now import DrawerNow
from counter_app.desk.rows import ComplaintRow, DraftRow, Found, FoundRow, RecentRow, TaskRow
from counter_app.domain.clock import Doubt
from counter_app.domain.days import business_day
from counter_app.domain.people import Right, Session, may
from counter_app.ui.results import Result

if TYPE_CHECKING:
    from counter_app.desk.today import Notices, Today


class Start(NamedTuple):
    """What Home shows before anything is typed."""

    recent: tuple[RecentRow, ...]
    held: tuple[DraftRow, ...]
    doubt: Doubt | None
    drawer: DrawerNow | None
    waiting: tuple[TaskRow, ...]
    danger: tuple[ComplaintRow, ...]


class Answer(NamedTuple):
    """What the search said to a text."""

    typed: str
    found: Found
    rows: tuple[Result, ...]


def find(desk: Desk, session: Session, typed: str, at: datetime) -> Answer:
    """Who is meant by what was typed, each with what is due."""
    found = finding.find(desk, session, typed, at)

    def due(row: FoundRow) -> Result:
        return Result(row, finding.due_of(desk, row, at), business_day(at))

    return Answer(typed, found, tuple(due(row) for row in found.rows))


def start(desk: Desk, session: Session, at: datetime) -> Start:
    """What stands on Home before anything is typed."""
    return Start(
        finding.recent(desk, session, at), drafts.kept(desk, session), clock.doubt(desk, at),
        drawer_now.now(desk, session), tasks.waiting_for_home(desk, session, at),
        danger.not_telephoned(desk, session),
    )  # fmt: skip


def late(desk: Desk, session: Session, at: datetime) -> "tuple[Today | None, Notices]":
    """What Home tells when nobody waits for the start any more; of the work to who may see consumers."""
    from counter_app.desk.today import notices, today  # as late as its cards

    sees = may(session.person.role, Right.SEE_CONSUMERS)
    return today(desk, session, at) if sees else None, notices(desk, session)
