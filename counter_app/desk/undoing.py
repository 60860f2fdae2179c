"""A receipt that is wrong: cancelled by two people while its drawer is open; later a refund is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from counter_app.desk.desk import Desk, demand, recorded
from counter_app.desk.payments import Receipt, stored_receipt
from counter_app.desk.second import Word, agreed
from counter_app.domain.approval import Deed, Matter
from counter_app.domain.days import business_day, from_millis
from counter_app.domain.entry import Kind
from counter_app.domain.money import Paise
from counter_app.domain.money_refusals import (
    DrawerCounted,
    DrawerNotYours,
    MoneyLost,
    PutRightBefore,
    ReceiptCancelled,
    ReceiptOpen,
    ReceiptSealed,
    RefundKnown,
)
from counter_app.domain.numbering import Number, Series, hash_letters
from counter_app.domain.payment import Tender
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import DrawerMissing, ReceiptUnknown
from counter_app.domain.text import clean_text
from counter_app.domain.undoing import PaymentCancelled, RefundAsked, Undoing, Undoings, Why
from counter_app.store import counts, finds, journal
from counter_app.store.engine import Connection
from counter_app.store.finds import claims
from counter_app.store.finds.undone_elsewhere import undone_elsewhere

LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class UndoForm:
    """What can be done about a receipt: while ``open`` cancelled, ``cash_back`` returned; else a refund.

    ``consumer``, ``bill_number`` and ``tenders`` are those it has now, after what was put right before.
    """

    receipt: Receipt
    open: bool
    cash_back: Paise
    consumer: str
    bill_number: str
    tenders: tuple[Tender, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """What was done about a receipt, as screens and papers show it; ``act`` is the slip's print job."""

    act: UUID
    number: Number
    payload: Undoings
    receipt: Receipt
    at: datetime


def prepare(desk: Desk, session: Session, receipt: UUID, at: datetime) -> UndoForm:
    """What can be done about a receipt of this counter; refuses when it is undone already or another's."""
    demand(desk, session, Right.UNDO, at)
    with desk.book.reading() as connection:
        return form_of(connection, session, receipt)


def cancel(
    desk: Desk, session: Session, act: UUID, receipt: UUID, why: Why, note: str, word: Word, at: datetime
) -> Undone:
    """Cancel a receipt of this session's open drawer; the slip's print job is born with it.

    The same act again returns what stands. ``ReceiptSealed`` once the drawer is closed.
    """
    with desk.book.reading() as connection:
        if recorded(connection, act, Kind.PAYMENT_CANCELLED):
            return stored_undoing(connection, act)
    demand(desk, session, Right.UNDO, at)
    said = clean_text(note, LONGEST_NOTE)
    moves = why is not Why.NOT_PAID  # money that never came is what a count brings to light
    with desk.book.reading() as connection:
        form = in_own_drawer(connection, session, receipt, cash_moves=moves)
    found = form.receipt
    matter = Matter(Deed.CANCEL, found.number.stem, found.payment.amount)
    approved = agreed(desk, session, word, act, matter, {found.payment.clerk}, at)
    with desk.book.writing() as page:
        if recorded(page.connection, act, Kind.PAYMENT_CANCELLED) is None:
            form = in_own_drawer(page.connection, session, receipt, cash_moves=moves)
            payment = form.receipt.payment
            cancelled = PaymentCancelled(
                page.next_serial(Series.SLIP), payment.office, payment.counter, business_day(at), receipt,
                payment.serial, form.consumer, payment.amount, form.cash_back, why, said,
                session.person.code, approved,
            )  # fmt: skip
            page.record(cancelled, act=act, person=session.person.id, at=at, drawer=session.drawer)
        return stored_undoing(page.connection, act)


def ask_refund(
    desk: Desk, session: Session, act: UUID, receipt: UUID, why: Why, note: str, at: datetime
) -> Undone:
    """Ask for the refund of a receipt whose drawer is closed; ``ReceiptOpen`` while it is not.

    What the bank did not pay is not refunded: ``MoneyLost`` where that is all of it.
    """
    with desk.book.reading() as connection:
        if recorded(connection, act, Kind.REFUND_ASKED):
            return stored_undoing(connection, act)
    demand(desk, session, Right.UNDO, at)
    said = clean_text(note, LONGEST_NOTE)
    with desk.book.writing() as page:
        if recorded(page.connection, act, Kind.REFUND_ASKED) is None:
            form = form_of(page.connection, session, receipt)
            if form.open:
                raise ReceiptOpen(form.receipt.number.stem)
            payment = form.receipt.payment
            came = payment.amount - claims.lost(page.connection, receipt)
            if not came:
                raise MoneyLost(form.receipt.number.stem)
            asked = RefundAsked(
                page.next_serial(Series.SLIP), payment.office, payment.counter, business_day(at), receipt,
                payment.serial, form.consumer, came, why, said, session.person.code,
            )  # fmt: skip
            page.record(asked, act=act, person=session.person.id, at=at)
        return stored_undoing(page.connection, act)


def stored_undoing(connection: Connection, act: UUID) -> Undone:
    """What an act did about a receipt; ``ReceiptUnknown`` when it did nothing."""
    found = journal.entry_of_act(connection, act)
    if found is None:
        raise ReceiptUnknown(str(act))
    header, payload, entry_hash = found
    if not isinstance(payload, Undoings):
        raise ReceiptUnknown(str(act))
    letters = hash_letters(entry_hash)
    number = Number(Series.SLIP, payload.office, payload.counter, payload.serial, letters)
    receipt = stored_receipt(connection, payload.receipt)
    return Undone(act, number, payload, receipt, from_millis(header.wall_ms))


def form_of(connection: Connection, session: Session, receipt: UUID) -> UndoForm:
    """What can be done about a receipt; refuses what was undone already, and another's open drawer."""
    found = stored_receipt(connection, receipt)
    stem = found.number.stem
    done = finds.undone_as(connection, found.payment.serial)
    told = undone_elsewhere(connection, receipt)
    if Undoing.CANCEL in done or told.cancelled:
        raise ReceiptCancelled(stem)
    if Undoing.REFUND in done or told.refunded:
        raise RefundKnown(stem)
    drawer = finds.drawer_of(connection, receipt)
    still_open = drawer is not None and drawer.closed_at is None
    if drawer is not None and still_open and drawer.clerk != session.person.code:
        raise DrawerNotYours
    now = finds.receipt(connection, receipt)
    assert now is not None
    back = cash_in(now.tenders) if still_open else 0
    consumer = told.moved_to or now.consumer
    return UndoForm(found, still_open, back, consumer, now.bill_number, now.tenders)


def demand_known(connection: Connection, form: UndoForm) -> None:
    """``PutRightBefore`` where a restore has lost how it was put right: nothing is built on what it was."""
    if undone_elsewhere(connection, form.receipt.act).put_right:
        raise PutRightBefore(form.receipt.number.stem)


def cash_in(tenders: Iterable[Tender]) -> Paise:
    """The cash that lies in the drawer because of them."""
    return sum(tender.given - tender.returned for tender in tenders)


def in_own_drawer(connection: Connection, session: Session, receipt: UUID, *, cash_moves: bool) -> UndoForm:
    """The same for what needs the very drawer, still open: ``ReceiptSealed`` or ``DrawerMissing`` else.

    ``DrawerCounted`` where cash moves once more although the count is fixed.
    """
    form = form_of(connection, session, receipt)
    if not form.open:
        raise ReceiptSealed(form.receipt.number.stem)
    demand_known(connection, form)
    drawer = finds.drawer_of(connection, receipt)
    if drawer is None or drawer.drawer != session.drawer:
        raise DrawerMissing
    if cash_moves and counts.fixed(connection, drawer.drawer):
        raise DrawerCounted
    return form
