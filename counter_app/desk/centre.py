"""How this counter stands with the centre: what is still to be sent, what is held, when it answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from counter_app.desk import rules
from counter_app.desk.confidential import hidden_types
from counter_app.desk.desk import Desk, demand
from counter_app.domain.entry import Kind
from counter_app.domain.people import Right, Session
from counter_app.store import centre, reference, told
from counter_app.store.centre import Contact, Unsent
from counter_app.store.held import HeldEntry as HeldEntry
from counter_app.store.held import held_entries
from counter_app.store.told import Surplus

SHOWN = timedelta(hours=24)


class What(StrEnum):
    """What people call the entries that wait."""

    PAYMENTS = "payments"
    COMPLAINTS = "complaints"
    OTHER = "other"


_WHAT = {
    Kind.PAYMENT_TAKEN: What.PAYMENTS,
    Kind.COMPLAINT_REGISTERED: What.COMPLAINTS,
    Kind.COMPLAINT_STEP: What.COMPLAINTS,
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Entries that the centre is not known to have, and since when the oldest of them waits."""

    what: What
    count: int
    oldest_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """All of it. ``url`` is empty before the counter is enrolled, ``named`` where it is to be enrolled then;
    ``contacts`` are of the last 24 hours.

    ``rules_left_out``: files that the company sent and that cannot be used. ``clock_offset``: how far the
    centre's clock was ahead at the last contact.
    """

    url: str
    named: centre.CentreNamed | None
    waiting: tuple[Waiting, ...]
    held: tuple[HeldEntry, ...]
    surpluses: tuple[Surplus, ...]
    rules_left_out: tuple[str, ...]
    last_contact: datetime | None
    contacts: tuple[Contact, ...]
    clock_offset: timedelta | None
    dues_as_of: datetime | None


def standing(desk: Desk, session: Session, at: datetime) -> Standing:
    """How the counter stands with the centre."""
    demand(desk, session, Right.SEE_LINE, at)
    hidden = hidden_types(desk, session)
    with desk.book.reading() as connection:
        enrolled = centre.centre(connection)
        return Standing(
            url=enrolled.url if enrolled else "",
            named=centre.named(connection),
            waiting=_grouped(centre.unsent(connection)),
            held=tuple(one.as_seen(hidden) for one in held_entries(connection, desk.book.device)),
            surpluses=told.all_surpluses(connection),
            rules_left_out=rules.left_out(connection),
            last_contact=centre.last_contact(connection),
            contacts=centre.contacts_since(connection, at - SHOWN),
            clock_offset=centre.clock_offset(connection),
            dues_as_of=reference.dues_as_of(connection),
        )


def allow_enrolment(desk: Desk, session: Session, at: datetime) -> None:
    """Refuse enrolling to who may not."""
    demand(desk, session, Right.ENROL, at)


def allow_by_hand(desk: Desk, session: Session, at: datetime) -> None:
    """Refuse files that are carried to and from the centre to who is nobody here."""
    demand(desk, session, Right.SEE_LINE, at)


def _grouped(unsent: tuple[Unsent, ...]) -> tuple[Waiting, ...]:
    found: dict[What, Waiting] = {}
    for one in unsent:
        what = _WHAT.get(Kind(one.kind), What.OTHER) if one.kind in set(Kind) else What.OTHER
        before = found.get(what, Waiting(what, 0, one.oldest_at))
        found[what] = Waiting(what, before.count + one.count, min(before.oldest_at, one.oldest_at))
    return tuple(found[what] for what in What if what in found)
