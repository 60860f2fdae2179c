"""The drawer of whoever is signed in: opened with a float, opened without a receipt, closed for good."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from counter_app.desk.desk import Desk, demand, recorded
from counter_app.domain.days import business_day, from_millis
from counter_app.domain.drawer import DrawerClosed, DrawerOpened, DrawerUnlocked, checked_opening
from counter_app.domain.entry import Kind
from counter_app.domain.money import Paise
from counter_app.domain.money_refusals import DrawerBegun, DrawerCounted, FloatKept
from counter_app.domain.numbering import Number, Series, hash_letters
from counter_app.domain.people import Person, Right, Session
from counter_app.domain.refusals import DrawerMissing, DrawerNotCounted, ReasonMissing, ReceiptUnknown
from counter_app.domain.text import clean_text
from counter_app.store import counts, finds, journal, people
from counter_app.store.book import Page
from counter_app.store.engine import Connection
from counter_app.store.rows import DrawerRow

LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed drawer as screens and papers show it; ``act`` is the original report's print job.

    ``counted_by``: the code of who counted and sealed it, mostly that of its cashier.
    """

    act: UUID
    number: Number
    report: DrawerClosed
    opened_at: datetime
    closed_at: datetime
    counted_by: str


def float_kept(desk: Desk, session: Session, at: datetime) -> Paise:
    """What this person has at hand for the next drawer; ``DrawerBegun`` while the present one is in use."""
    demand(desk, session, Right.TAKE_PAYMENT, at)
    with desk.book.reading() as connection:
        if finds.drawer_in_use(connection, session.person.code):
            raise DrawerBegun
        return finds.float_kept(connection, session.person.code)


def open_with(desk: Desk, session: Session, act: UUID, amount: Paise, at: datetime) -> Session:
    """Open a drawer with a float, in place of one in which nothing was done yet; the session with it.

    ``FloatKept``: less than was kept of the last one. What is missing of that shows at the end of the day.
    """
    with desk.book.reading() as connection:
        if recorded(connection, act, Kind.DRAWER_OPENED):
            return Session(session.person, _drawer_of(act))
    demand(desk, session, Right.TAKE_PAYMENT, at)
    checked_opening(amount)
    with desk.book.writing() as page:
        if recorded(page.connection, act, Kind.DRAWER_OPENED) is None:
            if finds.drawer_in_use(page.connection, session.person.code):
                raise DrawerBegun
            kept = finds.float_kept(page.connection, session.person.code)
            if amount < kept:
                raise FloatKept(kept)
            begin(page, session.person, act, amount, at)
    return Session(session.person, _drawer_of(act))


def begin(page: Page, person: Person, act: UUID, amount: Paise, at: datetime) -> UUID:
    """Record a new drawer of a person; which one it is."""
    drawer = _drawer_of(act)
    opened = DrawerOpened(drawer, person.code, business_day(at), amount)
    page.record(opened, act=act, person=person.id, at=at, drawer=drawer)
    return drawer


def unlock(desk: Desk, session: Session, act: UUID, reason: str, at: datetime) -> None:
    """Note that the drawer was opened without a receipt, and why; the Z report counts these."""
    with desk.book.reading() as connection:
        if recorded(connection, act, Kind.DRAWER_UNLOCKED):
            return
    demand(desk, session, Right.TAKE_PAYMENT, at)
    said = clean_text(reason, LONGEST_NOTE)
    if not said:
        raise ReasonMissing
    with desk.book.writing() as page:
        if recorded(page.connection, act, Kind.DRAWER_UNLOCKED) is None:
            row = working(page.connection, session, at)
            unlocked = DrawerUnlocked(row.drawer, row.clerk, business_day(at), said)
            page.record(unlocked, act=act, person=session.person.id, at=at, drawer=row.drawer)


def working(connection: Connection, session: Session, at: datetime) -> DrawerRow:
    """This session's drawer, if money may go in and out: open, of today, not counted yet."""
    row = own(connection, session)
    if row.day != business_day(at):
        raise DrawerNotCounted(row.day)
    if counts.fixed(connection, row.drawer):
        raise DrawerCounted
    return row


def own(connection: Connection, session: Session) -> DrawerRow:
    """This session's open drawer; ``DrawerMissing`` without one, or when it is somebody else's."""
    row = finds.drawer(connection, session.drawer) if session.drawer else None
    if row is None or row.closed_at is not None or row.clerk != session.person.code:
        raise DrawerMissing
    return row


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
    counted_by = people.code_of(connection, header.person) or closed.clerk
    return Closed(act, number, closed, row.opened_at, from_millis(header.wall_ms), counted_by)


def _drawer_of(act: UUID) -> UUID:
    return uuid5(act, "drawer")
