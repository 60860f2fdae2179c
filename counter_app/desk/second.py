"""The second person: someone else of the office, with the right, proven by their own password."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from counter_app.desk.desk import Desk
from counter_app.desk.sign_in import proven
from counter_app.domain.approval import Approval, Way
from counter_app.domain.money_refusals import SecondIsSame, SecondMayNot, SecondMissing
from counter_app.domain.people import Right, Session, may


@dataclass(frozen=True, slots=True)
class Word:
    """What the second person typed."""

    code: str
    password: str


def agreed(desk: Desk, session: Session, word: Word, took: Collection[str], at: datetime) -> Approval:
    """The word of a second person; whoever acts, and who ``took`` the money (codes), cannot give it.

    Wrong tries are recorded and waited for like those of signing in.
    """
    if not word.code.strip():
        raise SecondMissing
    person = proven(desk, word.code, word.password, at)
    if person.id == session.person.id or person.code in took:
        raise SecondIsSame
    if not may(person.role, Right.APPROVE):
        raise SecondMayNot
    return Approval(person.code, Way.PASSWORD)
