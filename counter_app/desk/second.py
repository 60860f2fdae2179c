"""The second person: someone else of the office, with the right, proven here or over the telephone."""

import hmac
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from counter_app.desk.clock import doubt_in
from counter_app.desk.desk import Desk, demand, recorded
from counter_app.desk.sign_in import proven
from counter_app.desk.tries import Known, known_by, tried
from counter_app.domain.acts import PinSet
from counter_app.domain.approval import DIGITS, Approval, Deed, Matter, Way, answer, challenge
from counter_app.domain.consumer import whole_number
from counter_app.domain.days import business_day
from counter_app.domain.entry import Kind
from counter_app.domain.money import checked, read_rupees
from counter_app.domain.money_refusals import (
    AnswerWrong,
    ChallengeWrong,
    NumberNotWhole,
    PinNotToday,
    PinWeak,
    PinWrong,
    SecondIsSame,
    SecondMayNot,
    SecondMissing,
)
from counter_app.domain.numbering import Number, read_number
from counter_app.domain.people import Person, Right, Session, may
from counter_app.domain.text import only_digits
from counter_app.store import people
from counter_app.wire.passwords import fits, password_hash

PIN_DIGITS = 6
_DAY = timedelta(days=1)
_DIGITS = re.compile(r"[0-9०-९\s]+")
_IN_A_ROW = "01234567890 09876543210"


@dataclass(frozen=True, slots=True)
class Word:
    """What the second person typed, password or PIN; by ``telephone`` the answer that was read out."""

    code: str
    secret: str
    telephone: bool = False


def agreed(
    desk: Desk, session: Session, word: Word, act: UUID, matter: Matter, took: Collection[str], at: datetime
) -> Approval:
    """The word of a second person on a matter; not of who acts, nor of who ``took`` the money (codes).

    An answer over the telephone holds for this act and matter alone. Wrong tries are recorded and waited for
    like those of signing in, all of a person's together.
    """
    if not word.code.strip():
        raise SecondMissing
    if word.telephone:
        person, way = _answered(desk, word, act, matter, at), Way.TELEPHONE
    elif _is_pin(desk, word):
        person, way = _by_pin(desk, word, at), Way.PIN
    else:
        person, way = proven(desk, word.code, word.secret, at), Way.PASSWORD
    if person.id == session.person.id or person.code in took:
        raise SecondIsSame
    if not may(person.role, Right.APPROVE):
        raise SecondMayNot
    return Approval(person.code, way)


def set_pin(desk: Desk, session: Session, act: UUID, password: str, pin: str, at: datetime) -> None:
    """Choose the own PIN, proven by the password. ``PinWeak`` for one that is easily guessed."""
    with desk.book.reading() as connection:
        if recorded(connection, act, Kind.PIN_SET):
            return
    demand(desk, session, Right.APPROVE, at)
    digits = _refuse_weak(pin)
    person = proven(desk, session.person.code, password, at)
    hashed = password_hash(digits)
    with desk.book.writing() as page:
        people.put_pin(page, person.id, hashed)
        page.record(PinSet(person.code), act=act, person=person.id, at=at)


def answer_for(
    desk: Desk, session: Session, deed: Deed, number: str, amount: str, to: str, asked: str, at: datetime
) -> str:
    """What is read back over the telephone to somebody who asks for a word: six digits, for that alone.

    ``number``, ``amount`` (rupees), ``to`` (whom a payment goes to) and ``asked``, the challenge, are as they
    are heard; what the deed is not about is passed over. ``NumberNotWhole``, ``ChallengeWrong``.
    """
    demand(desk, session, Right.APPROVE, at)
    digits = only_digits(asked)
    if len(digits) != DIGITS:
        raise ChallengeWrong(len(digits))
    stem = _stem(number) if deed.of_a_receipt else ""
    goes_to = whole_number(to) if deed.of_another else ""
    matter = Matter(deed, stem, checked(read_rupees(amount)) if deed.of_money else 0, goes_to)
    with desk.book.reading() as connection:
        secret = people.password_hash(connection, session.person.code)
    return answer(secret or "", matter, digits)


def _answered(desk: Desk, word: Word, act: UUID, matter: Matter, at: datetime) -> Person:
    said, asked = only_digits(word.secret), challenge(act)

    def holds(known: Known) -> bool:
        return bool(known.password) and hmac.compare_digest(answer(known.password or "", matter, asked), said)

    return tried(desk, word.code, at, holds, AnswerWrong)


def _is_pin(desk: Desk, word: Word) -> bool:
    """Whether what was typed is as long as a PIN, and the person has one."""
    if not _DIGITS.fullmatch(word.secret) or len(only_digits(word.secret)) != PIN_DIGITS:
        return False
    with desk.book.reading() as connection:
        return known_by(connection, word.code).pin is not None


def _by_pin(desk: Desk, word: Word, at: datetime) -> Person:
    if not _signed_in_today(desk, word.code, at):
        raise PinNotToday
    pin = only_digits(word.secret)
    return tried(desk, word.code, at, lambda known: bool(known.password) and fits(known.pin, pin), PinWrong)


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


def _stem(number: str) -> str:
    sought = read_number(number)
    if sought is None or sought.series is None or sought.office is None or sought.counter is None:
        raise NumberNotWhole
    return Number(sought.series, sought.office, sought.counter, sought.serial, "").stem
