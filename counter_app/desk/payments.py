"""Taking a payment: what the form shows, the guards, and the one transaction that records it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from counter_app.desk.desk import Desk, check_clock, demand, recorded
from counter_app.desk.finding import address, current_dues, known_consumer
from counter_app.domain.allocation import allocate
from counter_app.domain.bill import Bill, Payable
from counter_app.domain.consumer import Consumer
from counter_app.domain.days import business_day
from counter_app.domain.entry import Kind
from counter_app.domain.money import Paise, checked
from counter_app.domain.numbering import Number, Series, hash_letters
from counter_app.domain.payment import PaymentTaken, Tender, TenderKind
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import (
    BillUnknown,
    DrawerMissing,
    NothingDue,
    PaidToday,
    ReceiptUnknown,
    SplitDoesNotAdd,
    UtrUsed,
)
from counter_app.domain.rules import Order, Tenders
from counter_app.domain.text import clean_text
from counter_app.store import drafts, finds, journal, reference
from counter_app.store.book import Page
from counter_app.store.engine import Connection
from counter_app.store.rows import PaymentRow, ReceiptRow

LONGEST_APPROVAL = 12


@dataclass(frozen=True, slots=True)
class PayForm:
    """What the pay screen shows before anything is typed. ``today`` is a receipt of today, if there is one."""

    consumer: Consumer
    bill: Bill
    payable: Payable
    dues_as_of: datetime | None
    today: ReceiptRow | None
    last_paid: PaymentRow | None
    order: Order
    tenders: Tenders
    next_number: str


@dataclass(frozen=True, slots=True)
class PaymentDraft:
    """A payment about to be recorded. ``act`` was drawn when the screen opened; ``advance`` was chosen knowingly."""

    act: UUID
    consumer: str
    amount: Paise
    tenders: tuple[Tender, ...]
    advance: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """A recorded payment as screens and papers show it. ``job`` is the original's print job.

    ``balance`` is what remained of the dues it was taken against, below zero when more was paid.
    """

    act: UUID
    number: Number
    payment: PaymentTaken
    at: datetime
    name_hi: str
    name_en: str
    address: str
    job: UUID

    @property
    def balance(self) -> Paise:
        """What remained due after this payment; below zero the consumer is ahead."""
        return self.payment.due - self.payment.amount

    @property
    def returned(self) -> Paise:
        """Cash that goes back over the counter."""
        return sum(tender.returned for tender in self.payment.tenders)


def prepare(desk: Desk, session: Session, number: str, at: datetime) -> PayForm:
    """What the pay screen needs to know of a consumer."""
    demand(desk, session, Right.TAKE_PAYMENT, at)
    day = business_day(at)
    with desk.book.reading() as connection:
        consumer = known_consumer(connection, number)
        bill, now_payable = current_dues(desk, connection, consumer.number, at)
        if bill is None or now_payable is None:
            raise BillUnknown(consumer.number)
        payments = finds.payments_of(connection, consumer.number)
        serial = finds.last_serial(connection, Series.RECEIPT) + 1
        return PayForm(
            consumer=consumer,
            bill=bill,
            payable=now_payable,
            dues_as_of=reference.dues_as_of(connection),
            today=finds.paid_today(connection, consumer.number, day),
            last_paid=payments[0] if payments else None,
            order=desk.rules.order(day),
            tenders=desk.rules.tenders_on(day),
            next_number=Number(Series.RECEIPT, desk.office.code, desk.office.counter, serial, "").stem,
        )


def take(desk: Desk, session: Session, draft: PaymentDraft, at: datetime) -> Receipt:
    """Record a payment and its original's print job in one transaction; the receipt stands once this returns.

    The same act again returns the stored receipt before anything is looked at.
    """
    with desk.book.reading() as connection:
        if recorded(connection, draft.act, Kind.PAYMENT_TAKEN):
            return stored_receipt(connection, draft.act)
    demand(desk, session, Right.TAKE_PAYMENT, at)
    if session.drawer is None:
        raise DrawerMissing
    check_clock(desk, at)
    desk.book.room_for_money()
    tenders = _checked_tenders(desk, draft, at)
    with desk.book.writing() as page:
        if recorded(page.connection, draft.act, Kind.PAYMENT_TAKEN) is None:
            _demand_open(page.connection, session.drawer)
            payment = _payment(desk, session, page, draft, tenders, at)
            page.record(
                payment, act=draft.act, person=session.person.id, at=at,
                drawer=session.drawer, money=payment.amount,
            )  # fmt: skip
            drafts.drop(page, draft.act)
        return stored_receipt(page.connection, draft.act)


def stored_receipt(connection: Connection, act: UUID) -> Receipt:
    """The receipt that an act recorded; ``ReceiptUnknown`` when it recorded none."""
    found = journal.entry_of_act(connection, act)
    if found is None or not isinstance(found[1], PaymentTaken):
        raise ReceiptUnknown(str(act))
    row, payment, entry_hash = finds.receipt(connection, act), found[1], found[2]
    if row is None:
        raise ReceiptUnknown(str(act))
    consumer = reference.consumer(connection, payment.consumer)
    letters = hash_letters(entry_hash)
    number = Number(Series.RECEIPT, payment.office, payment.counter, payment.serial, letters)
    place = address(consumer) if consumer else ""
    return Receipt(act, number, payment, row.at, row.name_hi, row.name_en, place, job=act)


def _checked_tenders(desk: Desk, draft: PaymentDraft, at: datetime) -> tuple[Tender, ...]:
    """The tenders, each allowed today and adding up to the amount."""
    checked(draft.amount)
    allowed = desk.rules.tenders_on(business_day(at))
    for tender in draft.tenders:
        allowed.demand(tender.kind)
        checked(tender.amount)
        clean_text(tender.approval, LONGEST_APPROVAL)
    if sum(tender.amount for tender in draft.tenders) != draft.amount:
        raise SplitDoesNotAdd
    return draft.tenders


def _demand_open(connection: Connection, drawer: UUID) -> None:
    row = finds.drawer(connection, drawer)
    if row is None or row.closed_at is not None:
        raise DrawerMissing


def _payment(
    desk: Desk, session: Session, page: Page, draft: PaymentDraft, tenders: tuple[Tender, ...], at: datetime
) -> PaymentTaken:
    """Look at everything once more inside the transaction, then take the next serial."""
    day = business_day(at)
    consumer = known_consumer(page.connection, draft.consumer)
    bill, now_payable = current_dues(desk, page.connection, consumer.number, at)
    if bill is None or now_payable is None:
        raise BillUnknown(consumer.number)
    if not draft.advance:
        _refuse_double(page.connection, consumer.number, now_payable, at)
    _refuse_used_utr(page.connection, tenders)
    order = desk.rules.order(day)
    return PaymentTaken(
        serial=page.next_serial(Series.RECEIPT),
        office=desk.office.code,
        counter=desk.office.counter,
        day=day,
        consumer=consumer.number,
        bill_number=bill.number,
        bill_month=str(bill.month),
        due_date=bill.due,
        due=now_payable.amount,
        dues_as_of=reference.dues_as_of(page.connection),
        amount=draft.amount,
        tenders=tenders,
        shares=allocate(draft.amount, now_payable.owed, order.heads),
        order=order.ruling.name,
        advance=draft.advance,
        clerk=session.person.code,
    )


def _refuse_double(connection: Connection, number: str, now_payable: Payable, at: datetime) -> None:
    today = finds.paid_today(connection, number, business_day(at))
    if today is not None:
        raise PaidToday(str(today.number), today.amount, today.at)
    if now_payable.amount == 0:
        raise NothingDue


def _refuse_used_utr(connection: Connection, tenders: tuple[Tender, ...]) -> None:
    for tender in tenders:
        if tender.kind is TenderKind.UPI:
            used = finds.utr_receipt(connection, tender.reference, tender.amount)
            if used is not None:
                raise UtrUsed(used)
