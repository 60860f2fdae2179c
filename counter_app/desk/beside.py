"""What stands beside a complaint: whom to telephone, what is planned on its line, what was brought."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from counter_app.desk.complaint_steps import known_complaint
from counter_app.desk.confidential import hidden_types
from counter_app.desk.desk import Desk, demand
from counter_app.domain.complaint import OutageTold
from counter_app.domain.complaint_life import told_of
from counter_app.domain.network import Shutdown
from counter_app.domain.office import Duty, Officer
from counter_app.domain.people import Right, Session
from counter_app.store import finds, reference
from counter_app.store.engine import Connection
from counter_app.store.finds.pictures import pictures_of

ON_THE_LINE = "supply"
"""The category of complaints whose officers answer for the lines."""
AHEAD = timedelta(hours=24)
"""How long before a shutdown it is told of: who comes today asks about today."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Of one complaint: ``shutdowns`` now or soon, the first first; ``whom`` to telephone about danger;
    ``parts``: how many complaints are over or go on with it. ``whole`` is the number of what it is itself a
    part of, empty for none, and ``told`` why the supply is off, while that lasts.
    """

    complaint: UUID
    shutdowns: tuple[Shutdown, ...]
    whom: Duty | Officer | None
    pictures: int
    parts: int
    whole: str = ""
    told: OutageTold | None = None


def beside(desk: Desk, session: Session, complaint: UUID, at: datetime) -> Beside:
    """What stands beside a complaint now."""
    demand(desk, session, Right.SEE_CONSUMERS, at)
    hidden = hidden_types(desk, session)
    with desk.book.reading() as connection:
        row = known_complaint(connection, complaint, hidden)
        made, wholes = row.registered, finds.all_wholes(connection, row)
        consumer = reference.consumer(connection, made.consumer) if made.consumer else None
        return Beside(
            complaint=complaint,
            shutdowns=shutdowns_soon(connection, made.dtr, made.feeder, at),
            whom=whom_to_telephone(connection, consumer.group if consumer else "", at),
            pictures=len(pictures_of(connection, complaint)),
            parts=finds.parts_of(connection, complaint, hidden),
            whole=next((one.number.stem for one in wholes if one.registered.type not in hidden), ""),
            told=told_of(row.state, [event for one in wholes for event in one.events]),
        )


def shutdowns_soon(connection: Connection, dtr: str, feeder: str, at: datetime) -> tuple[Shutdown, ...]:
    """What is planned on a transformer and its feeder, from now on; that of the day to come as well."""
    return finds.shutdowns_on(connection, (dtr, feeder), at, at + AHEAD)


def whom_to_telephone(connection: Connection, group: str, at: datetime) -> Duty | Officer | None:
    """Who answers for the line: by the roster who is on duty, else by the list of officers."""
    found: tuple[Duty | Officer, ...] = (
        *finds.on_duty(connection, ON_THE_LINE, group, at),
        *finds.officers_for(connection, ON_THE_LINE, group),
    )
    return next((one for one in found if one.phone), None)
