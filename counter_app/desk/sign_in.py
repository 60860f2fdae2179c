"""Signing in by password, unlocking, signing out. Whoever may take money gets a drawer with it."""

from datetime import datetime, timedelta
from functools import cache
from uuid import UUID, uuid5

from counter_app.desk.desk import Desk, recorded
from counter_app.domain.acts import SignedIn, SignedOut, SignInRefused
from counter_app.domain.days import business_day
from counter_app.domain.drawer import DrawerOpened
from counter_app.domain.entry import NOBODY, Kind
from counter_app.domain.people import Person, Right, Session, may
from counter_app.domain.refusals import PasswordWrong, TriesUsedUp
from counter_app.store import finds, people
from counter_app.store.book import Page
from counter_app.store.engine import Connection

FREE_TRIES = 5
LONGEST_WAIT = timedelta(hours=8)
LONGEST_PASSWORD = 1_000


def password_hash(password: str, *, memory_kib: int = 64 * 1024, passes: int = 3) -> str:
    """An argon2id hash that carries its parameters; 64 MiB and 3 passes unless said otherwise."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1).hash(password)


def sign_in(desk: Desk, code: str, password: str, act: UUID, at: datetime) -> Session:
    """Sign someone in; opens a drawer, or goes on with today's, when the role takes money.

    Code and password are answered together, in about the same time. Five wrong tries are free,
    then each doubles the wait; the count survives a restart.
    """
    with desk.book.reading() as connection:
        if recorded(connection, act, Kind.SIGNED_IN):
            return _again(connection, act, at)
        person = people.person(connection, code.strip())
        known_hash = people.password_hash(connection, code.strip()) if person else None
        failed = _demand_wait_over(connection, person, at)
    if not _fits(known_hash, password) or person is None:
        _note_refusal(desk, person, act, at)
        raise PasswordWrong(max(FREE_TRIES - failed - 1, 0))
    with desk.book.writing() as page:
        page.record(SignedIn(person.code, person.role), act=act, person=person.id, at=at)
        return Session(person, _drawer(page, person, act, at))


def unlock(desk: Desk, session: Session, password: str, act: UUID, at: datetime) -> None:
    """Open the locked window for the one who locked it; a wrong password counts as at signing in."""
    with desk.book.reading() as connection:
        failed = _demand_wait_over(connection, session.person, at)
        known_hash = people.password_hash(connection, session.person.code)
    if not _fits(known_hash, password):
        _note_refusal(desk, session.person, act, at)
        raise PasswordWrong(max(FREE_TRIES - failed - 1, 0))


def sign_out(desk: Desk, session: Session, act: UUID, at: datetime) -> None:
    """Record that someone left. The drawer stays theirs for the day."""
    with desk.book.writing() as page:
        if recorded(page.connection, act, Kind.SIGNED_OUT) is None:
            page.record(SignedOut(session.person.code), act=act, person=session.person.id, at=at)


def _again(connection: Connection, act: UUID, at: datetime) -> Session:
    found = recorded(connection, act, Kind.SIGNED_IN)
    assert found is not None and isinstance(found[0], SignedIn)
    person = people.person(connection, found[0].code)
    assert person is not None
    open_drawer = finds.open_drawer(connection, person.code, business_day(at))
    return Session(person, open_drawer.drawer if open_drawer else None)


def _demand_wait_over(connection: Connection, person: Person | None, at: datetime) -> int:
    """The number of wrong tries so far; refuses while the wait after too many is running."""
    if person is None:
        return 0
    tries = people.tries(connection, person.code)
    if tries.failed >= FREE_TRIES and tries.last_at is not None:
        wait = min(timedelta(minutes=2 ** min(tries.failed - FREE_TRIES, 10)), LONGEST_WAIT)
        # A clock set back must not make the wait longer than it is.
        left = min(tries.last_at + wait - at, wait)
        if left > timedelta(0):
            raise TriesUsedUp(-(-left // timedelta(minutes=1)))
    return tries.failed


def _note_refusal(desk: Desk, person: Person | None, act: UUID, at: datetime) -> None:
    # A code nobody has may be a password typed into the wrong field: it is not kept.
    refused = SignInRefused(person.code if person else "", known=person is not None)
    with desk.book.writing() as page:
        page.record(refused, act=uuid5(act, str(at.timestamp())), person=NOBODY, at=at)


def _drawer(page: Page, person: Person, act: UUID, at: datetime) -> UUID | None:
    if not may(person.role, Right.TAKE_PAYMENT):
        return None
    day = business_day(at)
    if going_on := finds.open_drawer(page.connection, person.code, day):
        return going_on.drawer
    drawer = uuid5(act, "drawer")
    opened = DrawerOpened(drawer, person.code, day, 0)
    page.record(opened, act=uuid5(act, "drawer opened"), person=person.id, at=at, drawer=drawer)
    return drawer


@cache
def _nobodys_hash() -> str:
    """A hash for codes nobody has, so that the answer takes as long."""
    return password_hash("nobody's password")


def _fits(known_hash: str | None, password: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        PasswordHasher().verify(known_hash or _nobodys_hash(), password[:LONGEST_PASSWORD])
    except (Argon2Error, InvalidHashError):
        return False
    return known_hash is not None
