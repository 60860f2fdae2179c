"""Trying a secret: what is wrong is recorded, and after some wrong tries one waits ever longer.

The count stands in the journal, so that it survives a restart; the wait is measured by the clock that
nobody sets: neither a clock put forward nor one put back makes it shorter.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import uuid4

from counter_app.desk.desk import Desk
from counter_app.domain.acts import SignInRefused
from counter_app.domain.clock import Reading
from counter_app.domain.entry import NOBODY
from counter_app.domain.people import Person
from counter_app.domain.refusals import PasswordWrong, Refused, TriesUsedUp
from counter_app.domain.text import clean_text
from counter_app.store import people
from counter_app.store.engine import Connection
from counter_app.store.rows import Tries
from counter_app.wire import passwords

FREE_TRIES = 5
LONGEST_WAIT = timedelta(hours=8)
LONGEST_CODE = 32
MOST_STRANGERS = 1_000


class Known(NamedTuple):
    """Who has a code, and the hashes of password and PIN; a code that nobody has has none of the three."""

    person: Person | None
    password: str | None
    pin: str | None


def known_by(connection: Connection, code: str) -> Known:
    """Whose code was typed; a text that cannot be a code is nobody's."""
    try:
        person = people.person(connection, clean_text(code, LONGEST_CODE))
    except Refused:
        person = None
    if person is None:
        return Known(None, None, None)
    return Known(
        person, people.password_hash(connection, person.code), people.pin_hash(connection, person.id)
    )


def tried(
    desk: Desk, code: str, at: datetime, fits: Callable[[Known], bool], wrong: Callable[[int], Refused]
) -> Person:
    """Whose code it is, once what was typed with it ``fits``.

    ``TriesUsedUp`` while a wait runs; ``wrong``, with the tries that are left, when it does not fit: five are
    free, then each doubles the wait. A code that nobody has is answered the same, and as slowly.
    """
    now = desk.book.clocks(at)
    with desk.book.reading() as connection:
        known = known_by(connection, code)
        tries = people.tries(connection, known.person.code) if known.person else _strangers_tries(desk, code)
    _demand_wait_over(tries, now)
    if fits(known) and known.person is not None:
        return known.person
    _note_refusal(desk, known.person, code, at)
    if known.person is None:
        if len(desk.strangers) > MOST_STRANGERS:
            desk.strangers.clear()
        desk.strangers[_stranger(code)] = Tries(tries.failed + 1, now)
    raise wrong(max(FREE_TRIES - tries.failed - 1, 0))


def proven(desk: Desk, code: str, password: str, at: datetime) -> Person:
    """Whose code and password these are; ``PasswordWrong``, or ``TriesUsedUp`` while a wait runs.

    A wrong password is recorded. A code that nobody has takes as long as a wrong password.
    """
    return tried(desk, code, at, lambda known: passwords.fits(known.password, password), PasswordWrong)


def _demand_wait_over(tries: Tries, now: Reading) -> None:
    """Refuse while the wait after too many wrong tries is running."""
    if tries.failed >= FREE_TRIES and tries.last is not None:
        wait = min(timedelta(minutes=2 ** min(tries.failed - FREE_TRIES, 10)), LONGEST_WAIT)
        left = wait - now.passed_since(tries.last)
        if left > timedelta(0):
            raise TriesUsedUp(-(-left // timedelta(minutes=1)))


def _note_refusal(desk: Desk, person: Person | None, code: str, at: datetime) -> None:
    # A code nobody has may be a password typed into the wrong field: it is not kept.
    refused = SignInRefused(person.code if person else "", known=person is not None)
    with desk.book.writing() as page:
        page.record(refused, act=uuid4(), person=NOBODY, at=at)


def _strangers_tries(desk: Desk, code: str) -> Tries:
    """Tries with a code nobody has, counted like a person's so that the answer tells nothing."""
    return desk.strangers.get(_stranger(code), Tries(0, None))


def _stranger(code: str) -> int:
    return hash(code.strip().casefold())
