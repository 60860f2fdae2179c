"""PINs: six digits that stand for somebody who signed in here by password today."""

import re
from datetime import datetime, timedelta
from uuid import UUID

from counter_app.desk.clock import doubt_in
from counter_app.desk.desk import Desk, demand, recorded
from counter_app.desk.tries import known_by, proven, tried
from counter_app.domain.acts import PinSet
from counter_app.domain.days import business_day
from counter_app.domain.entry import Kind
from counter_app.domain.money_refusals import PinNotToday, PinWeak, PinWrong
from counter_app.domain.people import Person, Right, Session
from counter_app.domain.text import only_digits
from counter_app.store import people
from counter_app.wire.passwords import fits, password_hash

PIN_DIGITS = 6
_DAY = timedelta(days=1)
_DIGITS = re.compile(r"[0-9०-९\s]+")
_IN_A_ROW = "01234567890 09876543210"


def set_pin(desk: Desk, session: Session, act: UUID, password: str, pin: str, at: datetime) -> None:
    """Choose the own PIN, proven by the password. ``PinWeak`` for one that is easily guessed."""
    with desk.book.reading() as connection:
        if recorded(connection, act, Kind.PIN_SET):
            return
    demand(desk, session, Right.SET_PIN, at)
    digits = _refuse_weak(pin)
    person = proven(desk, session.person.code, password, at)
    hashed = password_hash(digits)
    with desk.book.writing() as page:
        people.put_pin(page, person.id, hashed)
        page.record(PinSet(person.code), act=act, person=person.id, at=at)


def is_pin(desk: Desk, code: str, typed: str) -> bool:
    """Whether what was typed is as long as a PIN, and the person has one."""
    if not _DIGITS.fullmatch(typed) or len(only_digits(typed)) != PIN_DIGITS:
        return False
    with desk.book.reading() as connection:
        return known_by(connection, code).pin is not None


def proven_by_pin(desk: Desk, code: str, typed: str, at: datetime) -> Person:
    """Whose code and PIN these are; ``PinNotToday`` for who did not sign in here by password today."""
    if not _signed_in_today(desk, code, at):
        raise PinNotToday
    pin = only_digits(typed)
    return tried(desk, code, at, lambda known: bool(known.password) and fits(known.pin, pin), PinWrong)


def _signed_in_today(desk: Desk, code: str, at: datetime) -> bool:
    """Whether somebody signed in here by password on this day, whatever the clock was set to since."""
    now = desk.book.clocks(at)
    with desk.book.reading() as connection:
        person = known_by(connection, code).person
        last = people.last_sign_in(connection, person.code) if person else None
        if last is None or business_day(last.wall) != business_day(at):
            return False
        if last.boot == now.boot:
            return now.passed_since(last) < _DAY
        return doubt_in(desk, connection, at) is None


def _refuse_weak(pin: str) -> str:
    digits = only_digits(pin)
    if not _DIGITS.fullmatch(pin) or len(digits) != PIN_DIGITS:
        raise PinWeak
    if len(set(digits)) == 1 or digits in _IN_A_ROW:
        raise PinWeak
    return digits
