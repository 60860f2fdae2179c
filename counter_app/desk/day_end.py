"""The end of the day at a drawer: a look round, a blind count that is fixed, what was expected, the seal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from counter_app.desk import clock
from counter_app.desk.desk import Desk, demand, recorded
from counter_app.desk.drafts import MANY_BILLS
from counter_app.desk.drawers import LONGEST_NOTE, Closed, stored_closing
from counter_app.desk.left_drawers import to_count
from counter_app.desk.second import Word, agreed
from counter_app.domain.approval import Approval, Deed, Matter
from counter_app.domain.days import business_day
from counter_app.domain.drawer import Counted, DrawerClosed, checked_opening, counted_total
from counter_app.domain.entry import Kind
from counter_app.domain.money import Paise
from counter_app.domain.money_refusals import (
    CashOnItsWay,
    CountMissing,
    FloatForNobody,
    KeptTooMuch,
    ReceiverUnknown,
    SecondMissing,
)
from counter_app.domain.numbering import Series
from counter_app.domain.payment import TenderKind
from counter_app.domain.people import Right, Session, may
from counter_app.domain.refusals import ReasonMissing
from counter_app.domain.text import clean_text
from counter_app.domain.variance import Cause, explain
from counter_app.store import centre, counts, drafts, finds, journal, people
from counter_app.store.engine import Connection
from counter_app.store.finds import day_end as found
from counter_app.store.finds.tasks import late_pending
from counter_app.store.rows import DrawerRow, FixedCount, NonCashRow
from counter_app.words.labels import tender
from counter_app.words.say import Language, both

SHOWN_UNSEEN = 20


@dataclass(frozen=True, slots=True)
class Checks:
    """What to look at before counting; each a number, 0 is well.

    Nothing here stops the day from ending, but a clock so wrong that no money is taken.

    ``pending`` are this drawer's, ``late`` those of any drawer that the bank must be asked about. ``unsent``
    is 0 as well while no centre is known.
    """

    unprinted: int
    pending: int
    late: int
    unsent: int
    held: int
    to_take_over: int
    clock_doubted: bool


@dataclass(frozen=True, slots=True)
class Reveal:
    """The fixed count beside what was expected. ``causes`` are guesses, likeliest first."""

    fixed_at: datetime
    counts: tuple[Counted, ...]
    counted: Paise
    expected: Paise
    opening: Paise
    receipts: int
    non_cash: tuple[NonCashRow, ...]
    causes: tuple[Cause, ...]
    needs_second: bool

    @property
    def difference(self) -> Paise:
        """Counted less expected: below zero is short."""
        return self.counted - self.expected


@dataclass(frozen=True, slots=True)
class Ending:
    """What is said when a drawer is sealed. ``act`` was drawn when the screen opened.

    ``reason``: why count and books differ. ``unseen``: receipts (serials) of which something beside cash was
    not found. The cash goes to the bank, but for what is ``kept`` as the next float, or all of it to the
    person with the code ``handed_to``.
    """

    act: UUID
    reason: str = ""
    note: str = ""
    unseen: tuple[tuple[int, TenderKind], ...] = ()
    handed_to: str = ""
    kept: Paise = 0


def checks(desk: Desk, session: Session, at: datetime) -> Checks:
    """What to look at before counting."""
    demand(desk, session, Right.TAKE_PAYMENT, at)
    doubt = clock.doubt(desk, at)
    with desk.book.reading() as connection:
        row = to_count(connection, session)
        return Checks(
            unprinted=finds.not_out_since(connection, row.opened_at),
            pending=found.pending_of(connection, row.drawer),
            late=len(late_pending(connection, desk.rules.banking_on(business_day(at)).asked_after, at)),
            unsent=centre.unsent_count(connection) if centre.centre(connection) else 0,
            held=sum(draft.screen not in ("day_end", MANY_BILLS) for draft in drafts.kept(connection)),
            to_take_over=len(finds.handed_to(connection, row.clerk)),
            clock_doubted=doubt is not None and doubt.decision is None,
        )


def fix(desk: Desk, session: Session, pieces: Sequence[Counted], at: datetime) -> Reveal:
    """Fix the count of this session's drawer, or of one that was left; only then it can be compared.

    The first count stands: another one changes nothing. From now on no money goes in or out.
    """
    demand(desk, session, Right.TAKE_PAYMENT, at)
    desk.rules.counting(business_day(at)).total(pieces)
    with desk.book.writing() as page:
        row = to_count(page.connection, session)
        counts.fix(page, row.drawer, [one for one in pieces if one.pieces], at)
        return _reveal(desk, session, page.connection, row, at)


def reveal(desk: Desk, session: Session, at: datetime) -> Reveal | None:
    """The fixed count beside what was expected; None while it is not fixed."""
    demand(desk, session, Right.TAKE_PAYMENT, at)
    with desk.book.reading() as connection:
        row = to_count(connection, session)
        fixed = counts.fixed(connection, row.drawer)
        return _reveal(desk, session, connection, row, at) if fixed else None


def close(desk: Desk, session: Session, ending: Ending, word: Word | None, at: datetime) -> Closed:
    """Seal the counted drawer with a Z report. Count and books differ: a reason and a second person; always a
    second one for a drawer that was left.

    Taking money afterwards needs a new drawer. A clock that takes no money ends no day either: somebody with
    the right decides about it first.
    """
    with desk.book.reading() as connection:
        if recorded(connection, ending.act, Kind.DRAWER_CLOSED):
            return stored_closing(connection, ending.act)
    demand(desk, session, Right.TAKE_PAYMENT, at)
    clock.trusted(desk, session, at)
    reason, note = clean_text(ending.reason, LONGEST_NOTE), clean_text(ending.note, LONGEST_NOTE)
    with desk.book.reading() as connection:
        # Pressed twice: the first press may have sealed it since, and then nothing counted is left.
        if recorded(connection, ending.act, Kind.DRAWER_CLOSED):
            return stored_closing(connection, ending.act)
        row, fixed = _counted(connection, session)
    approved = None
    if _needs_second(desk, session, row, fixed, at):
        if not reason and _differs(desk, row, fixed, at):
            raise ReasonMissing
        if word is None:
            raise SecondMissing
        matter = Matter(Deed.DIFFERENCE, amount=abs(counted_total(fixed.counts) - row.holds))
        right = Right.APPROVE if row.clerk == session.person.code else Right.TAKE_PAYMENT
        approved = agreed(desk, session, word, ending.act, matter, {row.clerk}, at, right)
    with desk.book.writing() as page:
        if recorded(page.connection, ending.act, Kind.DRAWER_CLOSED) is None:
            row, fixed = _counted(page.connection, session)
            if approved is None and _needs_second(desk, session, row, fixed, at):
                raise SecondMissing
            receiver = _receiver(page.connection, session, row, ending, counted_total(fixed.counts))
            said = replace(ending, reason=reason, note=_with_unseen(note, ending.unseen), handed_to=receiver)
            serial = page.next_serial(Series.CLOSING)
            closed = _report(desk, page.connection, row, fixed, said, approved, serial)
            page.record(closed, act=ending.act, person=session.person.id, at=at, drawer=row.drawer)
            counts.drop(page, row.drawer)
            drafts.drop(page, ending.act)
        return stored_closing(page.connection, ending.act)


def _counted(connection: Connection, session: Session) -> tuple[DrawerRow, FixedCount]:
    row = to_count(connection, session)
    fixed = counts.fixed(connection, row.drawer)
    if fixed is None:
        raise CountMissing
    return row, fixed


def _needs_second(desk: Desk, session: Session, row: DrawerRow, fixed: FixedCount, at: datetime) -> bool:
    return row.clerk != session.person.code or _differs(desk, row, fixed, at)


def _differs(desk: Desk, row: DrawerRow, fixed: FixedCount, at: datetime) -> bool:
    difference = counted_total(fixed.counts) - row.holds
    return abs(difference) > desk.rules.counting(business_day(at)).tolerance


def _reveal(desk: Desk, session: Session, connection: Connection, row: DrawerRow, at: datetime) -> Reveal:
    fixed = counts.fixed(connection, row.drawer)
    assert fixed is not None
    counted = counted_total(fixed.counts)
    difference = counted - row.holds
    causes: tuple[Cause, ...] = ()
    if difference:
        taken, moved = found.taken_in(connection, row.drawer), found.moves_in(connection, row.drawer)
        causes = explain(difference, taken, moved, found.lost_in(connection, row.drawer))
    return Reveal(
        fixed.at, fixed.counts, counted, row.holds, row.opening, row.receipts,
        found.non_cash(connection, row.drawer), causes, _needs_second(desk, session, row, fixed, at),
    )  # fmt: skip


def _receiver(
    connection: Connection, session: Session, row: DrawerRow, ending: Ending, counted: Paise
) -> str:
    """The code of who takes the cash over; empty when nobody does. Refuses what cannot be."""
    if checked_opening(ending.kept) > (0 if ending.handed_to else counted):
        raise KeptTooMuch
    if ending.kept and row.clerk != session.person.code:
        raise FloatForNobody
    if not ending.handed_to:
        return ""
    code = clean_text(ending.handed_to, LONGEST_NOTE)
    person = people.person(connection, code)
    if person is None or person.id == session.person.id or not may(person.role, Right.TAKE_PAYMENT):
        raise ReceiverUnknown(code)
    if any(one.handed_to == row.clerk for one in finds.handed_to(connection, row.clerk)):
        raise CashOnItsWay
    return person.code


def _with_unseen(note: str, unseen: Sequence[tuple[int, TenderKind]]) -> str:
    """The note, and behind it the receipts of which something was not found."""
    if not unseen:
        return note
    tails = [f"{serial:06d} {tender(kind, Language.ENGLISH).lead}" for serial, kind in unseen[:SHOWN_UNSEEN]]
    more = ["…"] if len(unseen) > SHOWN_UNSEEN else []
    words = both("Not found: {receipts}", Language.HINDI, receipts=", ".join([*tails, *more]))
    return " · ".join(text for text in (note, words.lead, words.second) if text)


def _report(
    desk: Desk,
    connection: Connection,
    row: DrawerRow,
    fixed: FixedCount,
    ending: Ending,
    approved: Approval | None,
    serial: int,
) -> DrawerClosed:
    """All that a closing seals."""
    head = journal.head(connection)
    return DrawerClosed(
        row.drawer, row.clerk, row.day,
        expected=row.holds,
        counted=counted_total(fixed.counts),
        note=ending.note,
        serial=serial,
        office=desk.office.code,
        counter=desk.office.counter,
        counts=fixed.counts,
        opening=row.opening,
        cash=row.cash,
        moved_in=row.moved_in,
        moved_out=row.moved_out,
        tenders=found.tender_sums(connection, row.drawer),
        receipts=row.receipts,
        first=row.first,
        last=row.last,
        cancelled=row.cancelled,
        cancelled_amount=row.cancelled_amount,
        corrected=row.corrected,
        copies=finds.copies_since(connection, row.opened_at),
        unlocked=row.unlocked,
        perpetual=head.running_total if head else 0,
        undone=finds.undone_ever(connection),
        carried=found.late_arrivals(connection),
        reason=ending.reason,
        approved=approved,
        handed_to=ending.handed_to,
        kept=ending.kept,
    )  # fmt: skip
