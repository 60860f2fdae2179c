"""Cash that goes in and out of a drawer without a receipt, each time on a numbered slip."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from counter_app.desk.clock import trusted
from counter_app.desk.desk import Desk, demand, recorded
from counter_app.desk.drawers import LONGEST_NOTE, working
from counter_app.desk.left_drawers import cash_for
from counter_app.desk.second import Word, agreed
from counter_app.domain.approval import Deed, Matter
from counter_app.domain.days import business_day, from_millis
from counter_app.domain.drawer import INWARD, CashMoved, Counted, HandoverAccepted, Move
from counter_app.domain.entry import Kind
from counter_app.domain.money import Paise, checked
from counter_app.domain.money_refusals import (
    DrawerHoldsLess,
    HandoverUnknown,
    PersonMissing,
    SecondElsewhere,
    SecondMissing,
)
from counter_app.domain.numbering import Number, Series, hash_letters
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import ReasonMissing, ReceiptUnknown
from counter_app.domain.text import clean_text
from counter_app.store import journal, people
from counter_app.store.engine import Connection

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class MoveDraft:
    """Cash about to move. ``other`` is who gives or gets it; a drop is got by the second person."""

    act: UUID
    move: Move
    amount: Paise
    reason: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """Cash that moved, as screens and papers show it; ``act`` is the slip's print job."""

    act: UUID
    number: Number
    payload: CashMoved | HandoverAccepted
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """Cash of a closed drawer that somebody may take over. How much is not told before it is counted.

    ``back``: it is the giver who may take it back. ``left_by``: for whom it waits in vain, where that is why.
    """

    closing: UUID
    number: Number
    giver: str
    giver_hi: str
    giver_en: str
    closed_at: datetime
    back: bool
    left_by: str


def move(desk: Desk, session: Session, draft: MoveDraft, word: Word | None, at: datetime) -> Moved:
    """Record cash moved, with its slip's print job; what goes out needs a second person.

    A drop and change from the head cashier say enough; cash in and out need a reason.
    """
    with desk.book.reading() as connection:
        if recorded(connection, draft.act, Kind.CASH_MOVED):
            return stored_move(connection, draft.act)
    demand(desk, session, Right.TAKE_PAYMENT, at)
    desk.book.room_for_money()
    trusted(desk, session, at)
    amount, outward = checked(draft.amount), draft.move not in INWARD
    reason, other = clean_text(draft.reason, LONGEST_NOTE), clean_text(draft.other, LONGEST_NAME)
    if not reason and draft.move in (Move.IN, Move.OUT):
        raise ReasonMissing
    if not other and draft.move is not Move.DROP:
        raise PersonMissing
    with desk.book.reading() as connection:
        working(connection, session, at)
    approved = None
    if outward:
        if word is None:
            raise SecondMissing
        if word.telephone and draft.move is Move.DROP:
            raise SecondElsewhere
        matter = Matter(Deed.CASH_OUT, amount=amount)
        approved = agreed(desk, session, word, draft.act, matter, {session.person.code}, at)
        other = approved.code if draft.move is Move.DROP else other
    with desk.book.writing() as page:
        if recorded(page.connection, draft.act, Kind.CASH_MOVED) is None:
            row = working(page.connection, session, at)
            # Only told to two together: it says something of what one alone must not know.
            if outward and amount > row.holds:
                raise DrawerHoldsLess
            moved = CashMoved(
                page.next_serial(Series.MOVE), desk.office.code, desk.office.counter, row.drawer, row.clerk,
                business_day(at), draft.move, amount, reason, other, approved,
            )  # fmt: skip
            page.record(moved, act=draft.act, person=session.person.id, at=at, drawer=row.drawer)
        return stored_move(page.connection, draft.act)


def waiting(desk: Desk, session: Session, at: datetime) -> tuple[Waiting, ...]:
    """Cash of closed drawers that this person may take over, the oldest first."""
    demand(desk, session, Right.TAKE_PAYMENT, at)
    with desk.book.reading() as connection:
        found = []
        for row in cash_for(connection, session):
            number = Number(Series.CLOSING, desk.office.code, desk.office.counter, row.serial, row.letters)
            person = people.person(connection, row.clerk)
            hindi, english = (person.name_hi, person.name_en) if person else (row.clerk, "")
            back = row.clerk == session.person.code
            left_by = "" if back or row.handed_to == session.person.code else row.handed_to
            found.append(
                Waiting(row.closing, number, row.clerk, hindi, english, row.closed_at, back, left_by)
            )
        return tuple(found)


def accept(
    desk: Desk, session: Session, act: UUID, closing: UUID, pieces: Sequence[Counted], note: str, at: datetime
) -> Moved:
    """Take cash over into this session's drawer: what was counted now goes in, not what was said to be."""
    with desk.book.reading() as connection:
        if recorded(connection, act, Kind.HANDOVER_ACCEPTED):
            return stored_move(connection, act)
    demand(desk, session, Right.TAKE_PAYMENT, at)
    trusted(desk, session, at)
    said = clean_text(note, LONGEST_NOTE)
    counted = desk.rules.counting(business_day(at)).total(pieces)
    with desk.book.writing() as page:
        if recorded(page.connection, act, Kind.HANDOVER_ACCEPTED) is None:
            row = working(page.connection, session, at)
            offered = cash_for(page.connection, session)
            given = next((one for one in offered if one.closing == closing), None)
            if given is None:
                raise HandoverUnknown
            accepted = HandoverAccepted(
                page.next_serial(Series.MOVE), desk.office.code, desk.office.counter, row.drawer, row.clerk,
                business_day(at), closing, given.clerk, given.counted, counted, said,
            )  # fmt: skip
            page.record(accepted, act=act, person=session.person.id, at=at, drawer=row.drawer)
        return stored_move(page.connection, act)


def stored_move(connection: Connection, act: UUID) -> Moved:
    """The cash that an act moved; ``ReceiptUnknown`` when it moved none."""
    found = journal.entry_of_act(connection, act)
    if found is None:
        raise ReceiptUnknown(str(act))
    header, payload, entry_hash = found
    if not isinstance(payload, CashMoved | HandoverAccepted):
        raise ReceiptUnknown(str(act))
    letters = hash_letters(entry_hash)
    number = Number(Series.MOVE, payload.office, payload.counter, payload.serial, letters)
    return Moved(act, number, payload, from_millis(header.wall_ms))
