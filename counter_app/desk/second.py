"""The second person: someone else of the office, with the right, proven here or over the telephone."""

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from counter_app.desk.desk import Desk, demand
from counter_app.desk.pins import is_pin, proven_by_pin
from counter_app.desk.tries import Known, proven, tried
from counter_app.domain.approval import DIGITS, Approval, Deed, Matter, Way, answer, challenge
from counter_app.domain.consumer import whole_number
from counter_app.domain.money import checked, read_rupees
from counter_app.domain.money_refusals import (
    AnswerWrong,
    ChallengeWrong,
    NumberNotWhole,
    SecondIsSame,
    SecondMayNot,
    SecondMissing,
)
from counter_app.domain.numbering import Number, read_number
from counter_app.domain.people import Person, Right, Session, may
from counter_app.domain.text import only_digits
from counter_app.store import people


@dataclass(frozen=True, slots=True)
class Word:
    """What the second person typed, password or PIN; by ``telephone`` the answer that was read out."""

    code: str
    secret: str
    telephone: bool = False


def agreed(
    desk: Desk,
    session: Session,
    word: Word,
    act: UUID,
    matter: Matter,
    took: Collection[str],
    at: datetime,
    right: Right = Right.APPROVE,
) -> Approval:
    """The word of a second person with a right; not of who acts, nor of who ``took`` the money (codes).

    An answer over the telephone holds for this act and matter alone. Wrong tries are recorded and waited for
    like those of signing in, all of a person's together.
    """
    if not word.code.strip():
        raise SecondMissing
    if word.telephone:
        person, way = _answered(desk, word, act, matter, at), Way.TELEPHONE
    elif is_pin(desk, word.code, word.secret):
        person, way = proven_by_pin(desk, word.code, word.secret, at), Way.PIN
    else:
        person, way = proven(desk, word.code, word.secret, at), Way.PASSWORD
    if person.id == session.person.id or person.code in took:
        raise SecondIsSame
    if not may(person.role, right):
        raise SecondMayNot
    return Approval(person.code, way)


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


def _stem(number: str) -> str:
    sought = read_number(number)
    if sought is None or sought.series is None or sought.office is None or sought.counter is None:
        raise NumberNotWhole
    return Number(sought.series, sought.office, sought.counter, sought.serial, "").stem
