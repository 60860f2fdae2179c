"""Closing a drawer by a blind count: the count is fixed before anybody sees what was expected."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from counter_app.desk.desk import Desk, demand, recorded
from counter_app.domain.days import from_millis
from counter_app.domain.drawer import Counted, DrawerClosed, counted_total
from counter_app.domain.entry import Kind
from counter_app.domain.numbering import Number, Series, hash_letters
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import DrawerMissing, ReceiptUnknown
from counter_app.domain.text import clean_text
from counter_app.store import drafts, finds, journal
from counter_app.store.engine import Connection
from counter_app.store.rows import DrawerRow

LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class DrawerNow:
    """What may be shown of an open drawer: since when, and how many receipts; never an amount."""

    opened_at: datetime
    receipts: int


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed drawer as screens and papers show it; ``act`` is the original report's print job."""

    act: UUID
    number: Number
    report: DrawerClosed
    opened_at: datetime
    closed_at: datetime


def now(desk: Desk, session: Session) -> DrawerNow | None:
    """The open drawer of this session; None without one."""
    if session.drawer is None:
        return None
    with desk.book.reading() as connection:
        row = finds.drawer(connection, session.drawer)
    if row is None or row.closed_at is not None:
        return None
    return DrawerNow(row.opened_at, row.receipts)


def close(
    desk: Desk, session: Session, act: UUID, counts: tuple[Counted, ...], note: str, at: datetime
) -> Closed:
    """Fix the count and close the drawer, with a Z report; what was expected comes back with the answer.

    Taking money afterwards needs a new sign-in, which opens a new drawer.
    """
    with desk.book.reading() as connection:
        if recorded(connection, act, Kind.DRAWER_CLOSED):
            return stored_closing(connection, act)
    demand(desk, session, Right.TAKE_PAYMENT, at)
    said = clean_text(note, LONGEST_NOTE)
    counted_total(counts)
    with desk.book.writing() as page:
        if recorded(page.connection, act, Kind.DRAWER_CLOSED) is None:
            row = finds.drawer(page.connection, session.drawer) if session.drawer else None
            if row is None or row.closed_at is not None or row.clerk != session.person.code:
                raise DrawerMissing
            serial = page.next_serial(Series.CLOSING)
            closed = _report(desk, page.connection, row, counts, said, serial)
            page.record(closed, act=act, person=session.person.id, at=at, drawer=row.drawer)
            drafts.drop(page, act)
        return stored_closing(page.connection, act)


def stored_closing(connection: Connection, act: UUID) -> Closed:
    """The closing that an act recorded; ``ReceiptUnknown`` when it recorded none."""
    found, row = journal.entry_of_act(connection, act), finds.closing_of(connection, act)
    if found is None or row is None:
        raise ReceiptUnknown(str(act))
    header, closed, entry_hash = found
    if not isinstance(closed, DrawerClosed):
        raise ReceiptUnknown(str(act))
    letters = hash_letters(entry_hash)
    number = Number(Series.CLOSING, closed.office, closed.counter, closed.serial, letters)
    return Closed(act, number, closed, row.opened_at, from_millis(header.wall_ms))


def _report(
    desk: Desk, connection: Connection, row: DrawerRow, counts: tuple[Counted, ...], note: str, serial: int
) -> DrawerClosed:
    """All that a closing seals."""
    head = journal.head(connection)
    return DrawerClosed(
        row.drawer, row.clerk, row.day,
        expected=row.holds,
        counted=counted_total(counts),
        note=note,
        serial=serial,
        office=desk.office.code,
        counter=desk.office.counter,
        counts=counts,
        opening=row.opening,
        cash=row.cash,
        moved_in=row.moved_in,
        moved_out=row.moved_out,
        tenders=finds.tender_sums(connection, row.drawer),
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
    )  # fmt: skip
