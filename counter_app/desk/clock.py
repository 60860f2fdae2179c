"""The PC's clock at the desk: what stands against it, whether money may be taken, what a supervisor says."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from counter_app.desk.desk import Desk, demand, recorded
from counter_app.domain.approval import Deed, Matter
from counter_app.domain.clock import ClockDecided, Decision, Doubt
from counter_app.domain.entry import Kind
from counter_app.domain.money_refusals import ClockDoubted
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import ClockBehind
from counter_app.store import clock, journal
from counter_app.store.engine import Connection

if TYPE_CHECKING:
    from counter_app.desk.second import Word


def doubt(desk: Desk, at: datetime) -> Doubt | None:
    """What stands against the clock, whether it was recorded yet or not; None: nothing does."""
    with desk.book.reading() as connection:
        return doubt_in(desk, connection, at)


def doubt_in(desk: Desk, connection: Connection, at: datetime) -> Doubt | None:
    """The same inside a view, or a page on which nothing is recorded yet."""
    head = journal.head(connection)
    return clock.standing(connection, desk.book.clocks(at), head.clocks if head else None)


def trusted(desk: Desk, session: Session, at: datetime) -> bool:
    """Whether money that moves now may say when it did; False: it is flagged.

    ``ClockBehind`` while a clock that was set back stands before a time that is known, ``ClockDoubted`` when
    it may be another day: nobody takes money before the clock is set or somebody with the right has decided.
    What was found is recorded.
    """
    found = doubt(desk, at)
    if found is None:
        return True
    if not found.stops(at):
        return False
    with desk.book.writing() as page:
        page.look_at_the_clock(person=session.person.id, at=at)
    raise ClockBehind(found.behind(at)) if found.behind(at) else ClockDoubted(found.by)


def decide(
    desk: Desk, session: Session, act: UUID, decision: Decision, word: "Word | None", at: datetime
) -> None:
    """Say that the clock is right, or that work goes on although nobody knows.

    ``word``: of the second person whom somebody without the right needs. The same act again changes nothing.
    """
    code = session.person.code
    with desk.book.reading() as connection:
        if recorded(connection, act, Kind.CLOCK_DECIDED):
            return
    if word is None:
        demand(desk, session, Right.DECIDE_CLOCK, at)
    else:
        from counter_app.desk.second import agreed  # Home, which comes first, asks for no second person

        code = agreed(desk, session, word, act, Matter(Deed.CLOCK), (), at).code
    with desk.book.writing() as page:
        page.look_at_the_clock(person=session.person.id, at=at)
        if clock.known(page.connection) is not None:
            page.record(ClockDecided(decision, code), act=act, person=session.person.id, at=at)
            if decision is Decision.IS_RIGHT:
                clock.believe(page)
