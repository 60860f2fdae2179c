"""Whom to telephone: who is on duty now by the roster, and who answers in each post."""

from dataclasses import dataclass
from datetime import datetime

from counter_app.desk.desk import Desk, demand
from counter_app.domain.office import Duty, Officer
from counter_app.domain.people import Right, Session
from counter_app.store.finds.network import all_officers, everybody_on_duty


@dataclass(frozen=True, slots=True)
class Reachable:
    """Both level by level, the junior engineer first."""

    on_duty: tuple[Duty, ...]
    officers: tuple[Officer, ...]


def reachable(desk: Desk, session: Session, at: datetime) -> Reachable:
    """All who may be telephoned now."""
    demand(desk, session, Right.SEE_CONSUMERS, at)
    with desk.book.reading() as connection:
        return Reachable(everybody_on_duty(connection, at), all_officers(connection))
