"""Who works at a counter where no centre says it: let in, given another password, let in no more."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from counter_app.desk.desk import Desk, demand, recorded
from counter_app.desk.tries import proven
from counter_app.domain.acts import StaffChange, StaffChanged
from counter_app.domain.entry import Kind
from counter_app.domain.people import Person, Right, Role, Session
from counter_app.domain.setting_up import demand_same, typed_person
from counter_app.domain.setup_refusals import CentreNamesPeople, OwnAccess, PersonCodeFree, PersonCodeTaken
from counter_app.domain.text import about
from counter_app.store import centre, people
from counter_app.store.engine import Connection
from counter_app.wire.passwords import new_password_hash


@dataclass(frozen=True, slots=True)
class Staffing:
    """Everybody by code, who of them signs in here no more, and whether the centre says who works here."""

    people: tuple[Person, ...]
    ended: frozenset[UUID]
    by_centre: bool


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is to sign in here, as typed; one of the names may be empty."""

    code: str
    name_hi: str
    name_en: str
    role: Role
    password: str


def staffing(desk: Desk, session: Session, at: datetime) -> Staffing:
    """Who works here."""
    demand(desk, session, Right.NAME_PEOPLE, at)
    with desk.book.reading() as connection:
        return Staffing(people.people(connection), people.ended(connection), _by_centre(connection))


def add(desk: Desk, session: Session, act: UUID, new: Newcomer, own_password: str, at: datetime) -> None:
    """Let somebody sign in, or again who did before; the administrator's own password proves who says so.

    The id is the same at every counter of the office that names the same code. ``PersonCodeTaken``,
    ``PersonCodeAnothers``, ``PersonCodeWrong``, ``PersonNameMissing``, ``PasswordCommon``.
    """
    if _demanded(desk, session, act, at):
        return
    typed = {"person": new.code, "person_hi": new.name_hi, "person_en": new.name_en}
    person = typed_person(desk.office.code, typed, new.role)
    with desk.book.reading() as connection:
        known, gone = people.person(connection, person.code), people.ended(connection)
    with about("person"):
        if known is not None and known.id not in gone:
            raise PersonCodeTaken(person.code)
        if known is not None:
            demand_same(known, person.name_hi, person.name_en)
    if known is not None:
        person = replace(person, id=known.id)
    hashed = _new_hash(person, new.password)
    _proven(desk, session, own_password, at)
    _change(desk, session, act, person, hashed, StaffChange.ADDED, at)


def reset(
    desk: Desk, session: Session, act: UUID, code: str, password: str, own_password: str, at: datetime
) -> None:
    """Give somebody another password; a PIN ends with the one before. ``PersonCodeFree``."""
    if _demanded(desk, session, act, at):
        return
    person = _known(desk, code)
    hashed = _new_hash(person, password)
    _proven(desk, session, own_password, at)
    _change(desk, session, act, person, hashed, StaffChange.RESET, at)


def end(desk: Desk, session: Session, act: UUID, code: str, own_password: str, at: datetime) -> None:
    """Let somebody sign in no more; what is signed in may do nothing from now on. ``OwnAccess``."""
    if _demanded(desk, session, act, at):
        return
    person = _known(desk, code)
    if person.id == session.person.id:
        raise OwnAccess
    _proven(desk, session, own_password, at)
    _change(desk, session, act, person, "", StaffChange.ENDED, at)


def _demanded(desk: Desk, session: Session, act: UUID, at: datetime) -> bool:
    """Whether it is done already; refused for who may not, and where the centre says it."""
    with desk.book.reading() as connection:
        if recorded(connection, act, Kind.STAFF_CHANGED):
            return True
    demand(desk, session, Right.NAME_PEOPLE, at)
    with desk.book.reading() as connection:
        if _by_centre(connection):
            raise CentreNamesPeople
    return False


def _by_centre(connection: Connection) -> bool:
    return centre.centre(connection) is not None


def _known(desk: Desk, code: str) -> Person:
    with desk.book.reading() as connection:
        person = people.person(connection, code)
        if person is None or person.id in people.ended(connection):
            raise PersonCodeFree(code)
    return person


def _new_hash(person: Person, password: str) -> str:
    with about("password"):
        return new_password_hash(password, (person.code, person.name_hi, person.name_en))


def _proven(desk: Desk, session: Session, password: str, at: datetime) -> None:
    with about("own"):
        proven(desk, session.person.code, password, at)


def _change(
    desk: Desk, session: Session, act: UUID, person: Person, hashed: str, change: StaffChange, at: datetime
) -> None:
    who = session.person
    with desk.book.writing() as page:
        if recorded(page.connection, act, Kind.STAFF_CHANGED):
            return
        if _by_centre(page.connection):
            raise CentreNamesPeople
        people.put_person(page, person, hashed)
        said = StaffChanged(who.code, person.code, person.role, change)
        page.record(said, act=act, person=who.id, at=at)
