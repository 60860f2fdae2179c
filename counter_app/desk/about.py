"""What this counter is and works by: itself, its rules with their sources, and who works at it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from counter_app.desk.desk import Desk, demand
from counter_app.desk.rules import left_out
from counter_app.domain.days import business_day
from counter_app.domain.people import Person, Right, Session
from counter_app.domain.ruling import InForce
from counter_app.store import looking, people


@dataclass(frozen=True, slots=True)
class About:
    """``left_out`` are rule files of the company that do not go with this program; ``people`` are who sign in
    here, by code.
    """

    device: UUID
    schema: int
    rules: tuple[InForce, ...]
    left_out: tuple[str, ...]
    people: tuple[Person, ...]


def about(desk: Desk, session: Session, at: datetime) -> About:
    """All of it, on the day of ``at``. Slow the first time: every rule file is read."""
    demand(desk, session, Right.SEE_RULES, at)
    rules = desk.rules.in_force(business_day(at))
    with desk.book.reading() as connection:
        gone = people.ended(connection)
        return About(
            device=desk.book.device,
            schema=looking.NEWEST_VERSION,
            rules=rules,
            left_out=left_out(connection),
            people=tuple(one for one in people.people(connection) if one.id not in gone),
        )
