"""What stands beside a complaint: whom to telephone, what is planned on its line, what was brought."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from counter_app.desk.complaint_steps import known_complaint
from counter_app.desk.confidential import hidden_types
from counter_app.desk.desk import Desk, demand
from counter_app.domain.catalogue import SUPPLY
from counter_app.domain.complaint import OutageTold
from counter_app.domain.complaint_life import told_of
from counter_app.domain.network import Shutdown
from counter_app.domain.office import POSTS, Duty, Officer, Post
from counter_app.domain.people import Right, Session
from counter_app.domain.service_level import Level, overrun_to
from counter_app.store import finds, reference
from counter_app.store.engine import Connection
from counter_app.store.finds.pictures import pictures_of

AHEAD = timedelta(hours=24)
"""How long before a shutdown it is told of: who comes today asks about today."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Of one complaint: ``shutdowns`` now or soon, the first first; ``whom`` to telephone about danger;
    ``parts``: how many complaints are over or go on with it. ``whole`` is the number of what it is itself a
    part of, empty for none, and ``told`` why the supply is off, while that lasts. ``level`` has it because a
    limit is overrun, None while none is, and ``above`` is who answers there.
    """

    complaint: UUID
    shutdowns: tuple[Shutdown, ...]
    whom: Duty | Officer | None
    pictures: int
    parts: int
    whole: str = ""
    told: OutageTold | None = None
    level: Level | None = None
    above: Duty | Officer | None = None


def beside(desk: Desk, session: Session, complaint: UUID, at: datetime) -> Beside:
    """What stands beside a complaint now."""
    demand(desk, session, Right.SEE_CONSUMERS, at)
    hidden = hidden_types(desk, session)
    with desk.book.reading() as connection:
        row = known_complaint(connection, complaint, hidden)
        made, wholes = row.registered, finds.all_wholes(connection, row)
        consumer = reference.consumer(connection, made.consumer) if made.consumer else None
        group = consumer.group if consumer else ""
        level = overrun_to(row.state.ladder, at) if row.state.open and row.state.done_at is None else None
        kind = desk.rules.known_type(made.type, made.day)
        about = SUPPLY if kind is None or kind.dangerous else kind.group
        return Beside(
            complaint=complaint,
            shutdowns=shutdowns_soon(connection, made.dtr, made.feeder, at),
            whom=whom_to_telephone(connection, group, at),
            pictures=len(pictures_of(connection, complaint)),
            parts=finds.parts_of(connection, complaint, hidden),
            whole=next((one.number.stem for one in wholes if one.registered.type not in hidden), ""),
            told=told_of(row.state, [event for one in wholes for event in one.events]),
            level=level,
            above=whom_to_telephone(connection, group, at, about, POSTS[level]) if level else None,
        )


def shutdowns_soon(connection: Connection, dtr: str, feeder: str, at: datetime) -> tuple[Shutdown, ...]:
    """What is planned on a transformer and its feeder, from now on; that of the day to come as well."""
    return finds.shutdowns_on(connection, (dtr, feeder), at, at + AHEAD)


def whom_to_telephone(
    connection: Connection, group: str, at: datetime, category: str = SUPPLY, posts: Iterable[Post] = Post
) -> Duty | Officer | None:
    """Who answers for the line, or for a category of complaints in one of these posts: by the roster who is
    on duty, else by the list of officers.
    """
    among = frozenset(posts)
    found: tuple[Duty | Officer, ...] = (
        *finds.on_duty(connection, category, group, at),
        *finds.officers_for(connection, category, group),
    )
    return next((one for one in found if one.phone and one.post in among), None)
