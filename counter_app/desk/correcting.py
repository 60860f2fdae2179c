"""A receipt whose money came otherwise than it says, or belongs to another consumer: put right by two."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from counter_app.desk.desk import Desk, demand, recorded
from counter_app.desk.finding import current_dues, known_consumer
from counter_app.desk.second import Word, agreed
from counter_app.desk.tendering import (
    cash_of,
    made_anew,
    refuse_much_cash,
    refuse_much_cash_for_bill,
    refuse_used,
)
from counter_app.desk.undoing import (
    LONGEST_NOTE,
    UndoForm,
    Undone,
    cash_in,
    demand_known,
    form_of,
    in_own_drawer,
    stored_undoing,
)
from counter_app.domain.allocation import Head, Share, allocate
from counter_app.domain.approval import Deed, Matter
from counter_app.domain.charges import ON_DUES
from counter_app.domain.consumer import Consumer
from counter_app.domain.days import business_day
from counter_app.domain.entry import Kind
from counter_app.domain.money import Paise
from counter_app.domain.money_refusals import MoneyLost, NothingChanged
from counter_app.domain.numbering import Series
from counter_app.domain.payment import Tender
from counter_app.domain.people import Right, Session
from counter_app.domain.text import clean_text
from counter_app.domain.undoing import PaymentMoved, TendersCorrected, Why
from counter_app.store.engine import Connection
from counter_app.store.finds import claims


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a payment would go: whose dues it settles and how. ``due`` is what is owed there before."""

    consumer: Consumer
    bill_number: str
    bill_month: str
    due: Paise
    shares: tuple[Share, ...]
    order: str


def correct(
    desk: Desk, session: Session, act: UUID, receipt: UUID, tenders: tuple[Tender, ...], note: str,
    word: Word, at: datetime, *, asked: bool = False,
) -> Undone:  # fmt: skip
    """Record how the money of a receipt really came; ``tenders`` are all of them as they should stand.

    Only in the drawer it was taken into, while that is open. Six digits of a UTR that were seen before stop
    it until somebody was ``asked``; the second person's word is not used up by that. The same act again
    returns what stands.
    """
    with desk.book.reading() as connection:
        if recorded(connection, act, Kind.TENDERS_CORRECTED):
            return stored_undoing(connection, act)
    demand(desk, session, Right.UNDO, at)
    said = clean_text(note, LONGEST_NOTE)
    with desk.book.reading() as connection:
        form = in_own_drawer(connection, session, receipt, cash_moves=False)
        right = _as_they_should_be(desk, connection, form, tenders, at, asked=asked)
    matter = Matter(Deed.CORRECT, form.receipt.number.stem, form.receipt.payment.amount)
    approved = agreed(desk, session, word, act, matter, {form.receipt.payment.clerk}, at)
    with desk.book.writing() as page:
        if recorded(page.connection, act, Kind.TENDERS_CORRECTED) is None:
            form = in_own_drawer(page.connection, session, receipt, cash_moves=False)
            right = _as_they_should_be(desk, page.connection, form, tenders, at, asked=asked)
            payment = form.receipt.payment
            corrected = TendersCorrected(
                page.next_serial(Series.SLIP), payment.office, payment.counter, business_day(at), receipt,
                payment.serial, form.consumer, payment.amount, form.tenders, right,
                cash_in(right) - cash_in(form.tenders), Why.WRONG_TENDER, said, session.person.code, approved,
            )  # fmt: skip
            page.record(corrected, act=act, person=session.person.id, at=at, drawer=session.drawer)
        return stored_undoing(page.connection, act)


def destination(desk: Desk, session: Session, receipt: UUID, number: str, at: datetime) -> Destination:
    """Where the payment of a receipt would go at another consumer; nothing is recorded."""
    demand(desk, session, Right.UNDO, at)
    with desk.book.reading() as connection:
        return _may_go(desk, connection, form_of(connection, session, receipt), number, at)


def move(
    desk: Desk, session: Session, act: UUID, receipt: UUID, number: str, note: str, word: Word, at: datetime
) -> Undone:
    """Record that a payment belongs to another consumer; also after its day is closed, for no cash moves.

    It settles what is owed there by the order of today. The same act again returns what stands.
    """
    with desk.book.reading() as connection:
        if recorded(connection, act, Kind.PAYMENT_MOVED):
            return stored_undoing(connection, act)
    demand(desk, session, Right.UNDO, at)
    said = clean_text(note, LONGEST_NOTE)
    with desk.book.reading() as connection:
        form = form_of(connection, session, receipt)
        goes_to = _may_go(desk, connection, form, number, at).consumer.number
    matter = Matter(Deed.MOVE, form.receipt.number.stem, form.receipt.payment.amount, goes_to)
    approved = agreed(desk, session, word, act, matter, {form.receipt.payment.clerk}, at)
    with desk.book.writing() as page:
        if recorded(page.connection, act, Kind.PAYMENT_MOVED) is None:
            form = form_of(page.connection, session, receipt)
            to, payment = _may_go(desk, page.connection, form, number, at), form.receipt.payment
            moved = PaymentMoved(
                page.next_serial(Series.SLIP), payment.office, payment.counter, business_day(at), receipt,
                payment.serial, form.consumer, payment.amount, to.consumer.number, to.bill_number,
                to.bill_month, to.due, to.shares, to.order, Why.WRONG_CONSUMER, said, session.person.code,
                approved,
            )  # fmt: skip
            page.record(moved, act=act, person=session.person.id, at=at)
        return stored_undoing(page.connection, act)


def _as_they_should_be(
    desk: Desk, connection: Connection, form: UndoForm, tenders: tuple[Tender, ...], at: datetime,
    *, asked: bool,
) -> tuple[Tender, ...]:  # fmt: skip
    """What stands already stays as it is; what is new is made by its rules and may be on no other receipt.

    ``MoneyLost`` where the bank did not pay: what is due again is taken again.
    """
    if claims.lost(connection, form.receipt.act):
        raise MoneyLost(form.receipt.number.stem)
    new = [tender for tender in tenders if tender not in form.tenders]
    if not new:
        raise NothingChanged
    kept = [tender for tender in tenders if tender in form.tenders]
    amount = form.receipt.payment.amount - sum(tender.amount for tender in kept)
    made = made_anew(desk.rules.tenders_on(business_day(at)), new, amount, at)
    if _unconfirmed(made) <= _unconfirmed(form.tenders):
        raise NothingChanged
    replaced = [tender.reference for tender in form.tenders if tender not in kept]
    but = form.receipt.payment.serial, replaced
    refuse_used(connection, made, str(form.receipt.number), asked=asked, but=but)
    more = cash_of(made) + cash_of(kept) - cash_of(form.tenders)
    _refuse_much_cash(desk, connection, form, more, form.consumer, form.bill_number)
    return (*kept, *made)


def _refuse_much_cash(
    desk: Desk, connection: Connection, form: UndoForm, more: Paise, consumer: str, bill_number: str
) -> None:
    """The ceilings of the day on which it was taken, where a consumer comes to ``more`` cash by it."""
    if more <= 0:
        return
    day = form.receipt.payment.day
    rules = desk.rules.tenders_on(day)
    refuse_much_cash(connection, rules, more, {consumer} - {""}, day)
    refuse_much_cash_for_bill(connection, rules, more, consumer, bill_number)


def _unconfirmed(tenders: Iterable[Tender]) -> set[Tender]:
    """Tenders as somebody types them, whatever the bank has said since."""
    return {replace(tender, confirmed=False) for tender in tenders}


def _may_go(desk: Desk, connection: Connection, form: UndoForm, number: str, at: datetime) -> Destination:
    """Where the payment goes; refuses more cash than the rules allow from whom it belongs to."""
    demand_known(connection, form)
    to = _destination(desk, connection, form, number, at)
    cash = cash_of(form.tenders)
    _refuse_much_cash(desk, connection, form, cash, to.consumer.number, to.bill_number)
    return to


def _destination(
    desk: Desk, connection: Connection, form: UndoForm, number: str, at: datetime
) -> Destination:
    consumer, payment = known_consumer(connection, number), form.receipt.payment
    if consumer.number == form.consumer:
        raise NothingChanged
    if payment.charge not in ON_DUES:
        return Destination(consumer, "", "", 0, payment.shares, payment.order)
    order = desk.rules.order(business_day(at))
    bill, payable = current_dues(desk, connection, consumer.number, at)
    owed: dict[Head, Paise] = dict(payable.owed) if payable else {}
    return Destination(
        consumer,
        bill.number if bill else "",
        str(bill.month) if bill else "",
        payable.amount if payable else 0,
        allocate(payment.amount, owed, order.heads),
        order.ruling.name,
    )
