"""Danger about which nobody was telephoned yet: it waits on Home before everything else."""

from counter_app.desk.confidential import hidden_types
from counter_app.desk.desk import Desk
from counter_app.domain.people import Right, Session, may
from counter_app.store.finds.danger import not_called
from counter_app.store.rows import ComplaintRow

MOST = 20


def not_telephoned(desk: Desk, session: Session) -> tuple[ComplaintRow, ...]:
    """Open complaints of danger here and without a recorded call, the oldest first, at most ``MOST``.

    None for who may not record one. Home asks this by itself: nobody tried anything, so nothing is noted.
    """
    if not may(session.person.role, Right.MOVE_COMPLAINT):
        return ()
    with desk.book.reading() as connection:
        return not_called(connection, hidden_types(desk, session), desk.office.code, MOST)
