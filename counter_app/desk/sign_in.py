"""Signing in by password, unlocking, signing out. Whoever may take money gets a drawer with it."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4, uuid5

from counter_app.desk.desk import Desk, recorded
from counter_app.domain.acts import SignedIn, SignedOut, SignInRefused
from counter_app.domain.days import business_day
from counter_app.domain.drawer import DrawerOpened
from counter_app.domain.entry import NOBODY, Kind
from counter_app.domain.people import Person, Right, Session, may
from counter_app.domain.refusals import ActUsedElsewhere, PasswordWrong, Refused, TriesUsedUp
from counter_app.domain.text import clean_text
from counter_app.store import finds, people
from counter_app.store.book import Page
from counter_app.store.engine import Connection
from counter_app.store.rows import Tries
from counter_app.wire.passwords import fits

FREE_TRIES = 5
LONGEST_WAIT = timedelta(hours=8)
LONGEST_CODE = 32
MOST_STRANGERS = 1_000


def sign_in(desk: Desk, code: str, password: str, act: UUID, at: datetime) -> Session:
    """Sign someone in; opens a drawer, or goes on with today's, when the role takes money;
    a drawer of an earlier day that was never counted comes first.

    Code and password are answered together, in about the same time. Five wrong tries are free,
    then each doubles the wait; the count survives a restart.
    """
    with desk.book.reading() as connection:
        person = _person(connection, code)
        if _recorded_for(connection, act, person) and person is not None:
            return _again(connection, person, at)
    person = proven(desk, code, password, at)
    with desk.book.writing() as page:
        page.record(SignedIn(person.code, person.role), act=act, person=person.id, at=at)
        return Session(person, _drawer(page, person, act, at))


def proven(desk: Desk, code: str, password: str, at: datetime) -> Person:
    """Whose code and password these are; ``PasswordWrong``, or ``TriesUsedUp`` while a wait runs.

    A wrong password is recorded. A code that nobody has takes as long as a wrong password.
    """
    with desk.book.reading() as connection:
        person = _person(connection, code)
        known_hash = people.password_hash(connection, person.code) if person else None
        tries = people.tries(connection, person.code) if person else _strangers_tries(desk, code)
    _demand_wait_over(tries, at)
    if not fits(known_hash, password) or person is None:
        _note_refusal(desk, person, code, tries, at)
        raise PasswordWrong(max(FREE_TRIES - tries.failed - 1, 0))
    return person


def unlock(desk: Desk, session: Session, password: str, act: UUID, at: datetime) -> Session:
    """Open the locked window for the one who locked it, recorded like a signing in; so are wrong tries.

    A drawer that was closed meanwhile, or is of an earlier day, is followed by another as at signing in.
    """
    person = session.person
    with desk.book.reading() as connection:
        if _recorded_for(connection, act, person):
            return _again(connection, person, at)
    proven(desk, person.code, password, at)
    with desk.book.writing() as page:
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


def _person(connection: Connection, code: str) -> Person | None:
    """Whose code was typed; a text that cannot be a code is nobody's."""
    try:
        return people.person(connection, clean_text(code, LONGEST_CODE))
    except Refused:
        return None


def _demand_wait_over(tries: Tries, at: datetime) -> None:
    """Refuse while the wait after too many wrong tries is running."""
    if tries.failed >= FREE_TRIES and tries.last_at is not None:
        wait = min(timedelta(minutes=2 ** min(tries.failed - FREE_TRIES, 10)), LONGEST_WAIT)
        # A clock set back must not make the wait longer than it is.
        left = min(tries.last_at + wait - at, wait)
        if left > timedelta(0):
            raise TriesUsedUp(-(-left // timedelta(minutes=1)))


def _note_refusal(desk: Desk, person: Person | None, code: str, tries: Tries, at: datetime) -> None:
    # A code nobody has may be a password typed into the wrong field: it is not kept.
    refused = SignInRefused(person.code if person else "", known=person is not None)
    with desk.book.writing() as page:
        page.record(refused, act=uuid4(), person=NOBODY, at=at)
    if person is None:
        if len(desk.strangers) > MOST_STRANGERS:
            desk.strangers.clear()
        desk.strangers[_stranger(code)] = Tries(tries.failed + 1, at)


def _strangers_tries(desk: Desk, code: str) -> Tries:
    """Tries with a code nobody has, counted like a person's so that the answer tells nothing."""
    return desk.strangers.get(_stranger(code), Tries(0, None))


def _stranger(code: str) -> int:
    return hash(code.strip().casefold())


def _drawer_to_go_on_with(connection: Connection, person: Person, at: datetime) -> UUID | None:
    """An earlier day's drawer with money in it that was never counted, else today's open one."""
    day = business_day(at)
    uncounted = finds.uncounted_drawer(connection, person.code, day)
    going_on = uncounted or finds.open_drawer(connection, person.code, day)
    return going_on.drawer if going_on else None


def _drawer(page: Page, person: Person, act: UUID, at: datetime) -> UUID | None:
    if not may(person.role, Right.TAKE_PAYMENT):
        return None
    day = business_day(at)
    if going_on := _drawer_to_go_on_with(page.connection, person, at):
        return going_on
    drawer = uuid5(act, "drawer")
    opened = DrawerOpened(drawer, person.code, day, 0)
    page.record(opened, act=uuid5(act, "drawer opened"), person=person.id, at=at, drawer=drawer)
    return drawer
