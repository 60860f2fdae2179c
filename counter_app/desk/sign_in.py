"""Signing in by password, unlocking, signing out. Whoever may take money gets a drawer with it.

The float that was kept of the last drawer lies in the new one.
"""

from datetime import datetime
from uuid import UUID, uuid5

from counter_app.desk.desk import Desk, recorded
from counter_app.desk.drawers import begin
from counter_app.desk.pins import is_pin, proven_by_pin
from counter_app.desk.tries import known_by, proven
from counter_app.domain.acts import SignedIn, SignedOut
from counter_app.domain.days import business_day
from counter_app.domain.entry import Kind
from counter_app.domain.people import Person, Right, Session, may
from counter_app.domain.refusals import ActUsedElsewhere
from counter_app.store import finds
from counter_app.store.book import Page
from counter_app.store.engine import Connection


def sign_in(desk: Desk, code: str, password: str, act: UUID, at: datetime) -> Session:
    """Sign someone in; opens a drawer, or goes on with today's, when the role takes money;
    a drawer of an earlier day that was never counted comes first.

    Code and password are answered together, in about the same time. Five wrong tries are free,
    then each doubles the wait; the count survives a restart.
    """
    with desk.book.reading() as connection:
        person = known_by(connection, code).person
        if _recorded_for(connection, act, person) and person is not None:
            return _again(connection, person, at)
    person = proven(desk, code, password, at)
    with desk.book.writing() as page:
        page.record(SignedIn(person.code, person.role), act=act, person=person.id, at=at)
        return Session(person, _drawer(page, person, act, at))


def unlock(desk: Desk, session: Session, secret: str, act: UUID, at: datetime) -> Session:
    """Open the locked window for the one who locked it: by password, recorded like a signing in, or by PIN.

    A PIN goes on with the session that is there and proves no new day; wrong tries of both are recorded. A
    drawer that was closed meanwhile, or is of an earlier day, is followed by another as at signing in.
    """
    person = session.person
    with desk.book.reading() as connection:
        if _recorded_for(connection, act, person):
            return _again(connection, person, at)
    by_pin = is_pin(desk, person.code, secret)
    (proven_by_pin if by_pin else proven)(desk, person.code, secret, at)
    with desk.book.writing() as page:
        if not by_pin:
            page.record(SignedIn(person.code, person.role), act=act, person=person.id, at=at)
        return Session(person, _drawer(page, person, act, at))


def sign_out(desk: Desk, session: Session, act: UUID, at: datetime) -> None:
    """Record that someone left. The drawer stays theirs for the day."""
    with desk.book.writing() as page:
        if recorded(page.connection, act, Kind.SIGNED_OUT) is None:
            page.record(SignedOut(session.person.code), act=act, person=session.person.id, at=at)


def _recorded_for(connection: Connection, act: UUID, person: Person | None) -> bool:
    """Whether this act signed this person in before; ``ActUsedElsewhere`` when it was somebody else."""
    found = recorded(connection, act, Kind.SIGNED_IN)
    if found is None:
        return False
    if person is None or not isinstance(found[0], SignedIn) or found[0].code != person.code:
        raise ActUsedElsewhere(Kind.SIGNED_IN)
    return True


def _again(connection: Connection, person: Person, at: datetime) -> Session:
    return Session(person, _drawer_to_go_on_with(connection, person, at))


def _drawer_to_go_on_with(connection: Connection, person: Person, at: datetime) -> UUID | None:
    """Another day's drawer with money in it that was never counted, else today's open one."""
    day = business_day(at)
    uncounted = finds.uncounted_drawer(connection, person.code, day)
    going_on = uncounted or finds.open_drawer(connection, person.code, day)
    return going_on.drawer if going_on else None


def _drawer(page: Page, person: Person, act: UUID, at: datetime) -> UUID | None:
    if not may(person.role, Right.TAKE_PAYMENT):
        return None
    if going_on := _drawer_to_go_on_with(page.connection, person, at):
        return going_on
    kept = finds.float_kept(page.connection, person.code)
    return begin(page, person, uuid5(act, "drawer opened"), kept, at)
