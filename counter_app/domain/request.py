"""Requests at the window: what was answered, looked at and agreed to, as it is recorded."""

import re
from collections.abc import Collection, Mapping
from datetime import date

from counter_app.domain.catalogue import Answer, ComplaintType, Question
from counter_app.domain.complaint import Answered
from counter_app.domain.complaint_refusals import (
    AgreementMissing,
    AnswerMissing,
    AnswerNoDay,
    AnswerNoMobile,
    AnswerNoNumber,
    ReadingAhead,
)
from counter_app.domain.consumer import read_mobile
from counter_app.domain.days import read_day
from counter_app.domain.refusals import DayUnreadable
from counter_app.domain.text import about, clean_text, western_digits

LONGEST_ANSWER = 120
READ_ON = "read_on"
PROOFS, AGREED = "proofs", "agreed"
"""Beside the questions: which papers were looked at, and what was agreed to."""

_NUMBER = re.compile(r"[0-9]{1,8}(?:\.[0-9]{1,3})?")


def answers(
    kind: ComplaintType, typed: Mapping[str, str], seen: Collection[str], *, agreed: bool, today: date
) -> tuple[Answered, ...]:
    """What is recorded of a request: each answer once, in the order of the questions.

    ``typed`` is by the question's key, ``seen`` are keys of papers. Refuses what is missing or cannot be;
    what needs the consumer's word needs its papers as well.
    """
    given = [Answered(one.key, _answer(one, typed.get(one.key, ""), today)) for one in kind.questions]
    given = [one for one in given if one.said]
    for key in (one.key for one in kind.questions if one.key in kind.needs):
        if key not in {one.ask for one in given}:
            raise AnswerMissing(key)
    looked_at = [one.key for one in kind.proofs if one.key in seen]
    if kind.agreement is not None and (not agreed or len(looked_at) < len(kind.proofs)):
        raise AgreementMissing
    if looked_at:
        given.append(Answered(PROOFS, " ".join(looked_at)))
    if kind.agreement is not None:
        given.append(Answered(AGREED, kind.agreement.key))
    return tuple(given)


def so_far(
    kind: ComplaintType, typed: Mapping[str, str], seen: Collection[str], *, agreed: bool
) -> tuple[Answered, ...]:
    """The same while it is being typed: nothing is refused, and nothing of it is recorded."""
    given = [Answered(one.key, typed.get(one.key, "").strip()[:LONGEST_ANSWER]) for one in kind.questions]
    given.append(Answered(PROOFS, " ".join(one.key for one in kind.proofs if one.key in seen)))
    if kind.agreement is not None and agreed:
        given.append(Answered(AGREED, kind.agreement.key))
    return tuple(one for one in given if one.said)


def missing_proofs(kind: ComplaintType, given: Collection[Answered]) -> tuple[str, ...]:
    """The keys of the papers that were not looked at yet."""
    seen = {key for one in given if one.ask == PROOFS for key in one.said.split()}
    return tuple(one.key for one in kind.proofs if one.key not in seen)


def _answer(question: Question, typed: str, today: date) -> str:
    with about(question.key):
        said = clean_text(typed, LONGEST_ANSWER)
    if not said:
        return ""
    if question.answer is Answer.MOBILE:
        number = read_mobile(said)
        if number is None:
            raise AnswerNoMobile(question.key)
        return number
    if question.answer is Answer.NUMBER:
        number = western_digits(said).replace(",", "").strip()
        if not _NUMBER.fullmatch(number):
            raise AnswerNoNumber(question.key)
        return number
    return _day(question, said, today) if question.answer is Answer.DAY else said


def _day(question: Question, said: str, today: date) -> str:
    try:
        day = read_day(said)
    except DayUnreadable as fault:
        raise AnswerNoDay(question.key) from fault
    if question.key == READ_ON and day > today:
        raise ReadingAhead(question.key, day)
    return day.isoformat()
