"""Serving senior citizens, women and disabled persons first: one tap each, counted by day."""

from datetime import datetime
from uuid import UUID

from counter_app.desk.desk import Desk, demand, recorded
from counter_app.domain.days import business_day
from counter_app.domain.entry import Kind
from counter_app.domain.people import Right, Session
from counter_app.domain.priority import Priority, PriorityGiven
from counter_app.store.finds.priority import served_on


def tap(desk: Desk, session: Session, act: UUID, to: Priority, at: datetime) -> dict[Priority, int]:
    """Record that somebody is served first; how many of each were today. The same act again counts once."""
    today = business_day(at)
    with desk.book.reading() as connection:
        if recorded(connection, act, Kind.PRIORITY_GIVEN):
            return served_on(connection, today)
    demand(desk, session, Right.REGISTER_COMPLAINT, at)
    with desk.book.writing() as page:
        if recorded(page.connection, act, Kind.PRIORITY_GIVEN) is None:
            given = PriorityGiven(to, today, session.person.code)
            page.record(given, act=act, person=session.person.id, at=at)
        return served_on(page.connection, today)


def served(desk: Desk, session: Session, at: datetime) -> dict[Priority, int]:
    """How many of each were served first today at this counter."""
    demand(desk, session, Right.REGISTER_COMPLAINT, at)
    with desk.book.reading() as connection:
        return served_on(connection, business_day(at))
