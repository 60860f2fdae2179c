"""Z reports and slips of this counter; the deposit of a closing, noted when the bank has stamped it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from counter_app.desk.desk import Desk, demand, recorded
from counter_app.domain.days import business_day
from counter_app.domain.drawer import DepositNoted
from counter_app.domain.entry import Kind
from counter_app.domain.money import Paise, checked
from counter_app.domain.money_refusals import DepositDayWrong, DepositKnown, DepositUnknown, StampMissing
from counter_app.domain.people import Right, Session
from counter_app.domain.text import clean_text
from counter_app.store import finds
from counter_app.store.engine import Connection
from counter_app.store.rows import ClosingRow, MoveRow

SHOWN = 60
LONGEST_BANK = 60
LONGEST_REFERENCE = 35


@dataclass(frozen=True, slots=True)
class Papers:
    """The newest Z reports and slips of cash moved, newest first."""

    closings: tuple[ClosingRow, ...]
    moves: tuple[MoveRow, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the bank's stamp says: when, how much, which bank, which pay-in slip."""

    day: date
    amount: Paise
    bank: str
    reference: str


def papers(desk: Desk, session: Session, at: datetime) -> Papers:
    """The papers of drawers at this counter. What is in an open drawer is not among them."""
    demand(desk, session, Right.TAKE_PAYMENT, at)
    with desk.book.reading() as connection:
        return Papers(finds.closings(connection, SHOWN), finds.cash_moved(connection, SHOWN))


def to_deposit(desk: Desk, session: Session, closing: UUID, at: datetime) -> ClosingRow:
    """The closing whose cash goes to the bank; ``DepositUnknown``, or ``DepositKnown`` when it is there."""
    demand(desk, session, Right.TAKE_PAYMENT, at)
    with desk.book.reading() as connection:
        return _to_deposit(connection, closing)


def note_deposit(
    desk: Desk, session: Session, act: UUID, closing: UUID, stamp: Stamp, at: datetime
) -> ClosingRow:
    """Note that the cash of a closing came to the bank. The same act again returns what stands."""
    with desk.book.reading() as connection:
        if recorded(connection, act, Kind.DEPOSIT_NOTED):
            return _known(connection, closing)
    demand(desk, session, Right.TAKE_PAYMENT, at)
    amount, bank = checked(stamp.amount), clean_text(stamp.bank, LONGEST_BANK)
    reference = clean_text(stamp.reference, LONGEST_REFERENCE)
    if not bank or not reference:
        raise StampMissing
    with desk.book.writing() as page:
        if recorded(page.connection, act, Kind.DEPOSIT_NOTED) is None:
            row = _to_deposit(page.connection, closing)
            if not row.day <= stamp.day <= business_day(at):
                raise DepositDayWrong(stamp.day)
            noted = DepositNoted(closing, stamp.day, amount, bank, reference, session.person.code)
            page.record(noted, act=act, person=session.person.id, at=at)
        return _known(page.connection, closing)


def _to_deposit(connection: Connection, closing: UUID) -> ClosingRow:
    row = _known(connection, closing)
    if row.to_bank <= 0:
        raise DepositUnknown
    if row.arrived is not None:
        raise DepositKnown
    return row


def _known(connection: Connection, closing: UUID) -> ClosingRow:
    row = finds.closing(connection, closing)
    if row is None:
        raise DepositUnknown
    return row
