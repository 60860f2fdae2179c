"""Taking a payment: what the form shows, the guards, and the one transaction that records it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from counter_app.desk.clock import trusted
from counter_app.desk.desk import Desk, demand, recorded
from counter_app.desk.drawers import working
from counter_app.desk.finding import address, current_dues, known_consumer
from counter_app.domain.allocation import Head, allocate
from counter_app.domain.bill import Bill, Payable
from counter_app.domain.consumer import Consumer
from counter_app.domain.days import business_day
from counter_app.domain.entry import Kind
from counter_app.domain.money import Paise, checked
from counter_app.domain.numbering import Number, Series, hash_letters
from counter_app.domain.payment import (
    PaymentTaken,
    Tender,
    TenderKind,
    card,
    cash,
    cheque,
    demand_draft,
    other,
    upi,
)
from counter_app.domain.people import Right, Role, Session
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
from counter_app.store.engine import Connection
from counter_app.store.rows import PaymentRow, ReceiptRow

LONGEST_APPROVAL = 12
UTR_TAIL = 6


@dataclass(frozen=True, slots=True)
class PayForm:
    """What the pay screen shows before anything is typed.

    ``today`` is this counter's newest receipt of today, ``elsewhere`` what channels and other counters
    took today, as far as it is known here.
    """

    consumer: Consumer
    bill: Bill
    payable: Payable
    dues_as_of: datetime | None
    today: ReceiptRow | None
    elsewhere: tuple[PaymentRow, ...]
    last_paid: PaymentRow | None
    order: Order
    tenders: Tenders
    next_number: Number

    @property
    def paid_today(self) -> bool:
        """Whether anything was paid today, here or elsewhere."""
        return self.today is not None or bool(self.elsewhere)


@dataclass(frozen=True, slots=True)
class PaymentDraft:
    """A payment about to be recorded. ``act`` was drawn when the screen opened; ``advance`` was chosen."""

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
    with desk.book.reading() as connection:
        return _form(desk, connection, number, at)


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
    desk.book.room_for_money()
    doubted = not trusted(desk, session, at)
    draft = _checked(desk, draft, at)
    with desk.book.writing() as page:
        if recorded(page.connection, draft.act, Kind.PAYMENT_TAKEN) is None:
            working(page.connection, session, at)
            _refuse_above_limits(desk, page.connection, session, draft.amount, at)
            form = _form(desk, page.connection, draft.consumer, at)
            if not draft.advance:
                _refuse_double(form)
            _refuse_used_utr(page.connection, draft.tenders, form)
            payment = as_payload(desk, session, form, draft, page.next_serial(Series.RECEIPT), at)
            page.record(
                replace(payment, clock_doubted=doubted), act=draft.act, person=session.person.id, at=at,
                drawer=session.drawer, money=payment.amount,
            )  # fmt: skip
            drafts.drop(page, draft.act)
        return stored_receipt(page.connection, draft.act)


def as_payload(
    desk: Desk, session: Session, form: PayForm, draft: PaymentDraft, serial: int, at: datetime
) -> PaymentTaken:
    """What is recorded of a payment; ``SplitDoesNotAdd`` while its tenders do not add up."""
    shares = allocate(draft.amount, form.payable.owed, form.order.heads)
    return PaymentTaken(
        serial=serial,
        office=desk.office.code,
        counter=desk.office.counter,
        day=business_day(at),
        consumer=form.consumer.number,
        bill_number=form.bill.number,
        bill_month=str(form.bill.month),
        due_date=form.bill.due,
        due=form.payable.amount,
        dues_as_of=form.dues_as_of,
        amount=draft.amount,
        tenders=draft.tenders,
        shares=shares,
        order=form.order.ruling.name,
        # A second payment of a day may still go to dues: only what is over is an advance.
        advance=any(share.head is Head.ADVANCE for share in shares),
        clerk=session.person.code,
    )


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


def _form(desk: Desk, connection: Connection, number: str, at: datetime) -> PayForm:
    day = business_day(at)
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
        elsewhere=tuple(paid for paid in payments if paid.act is None and paid.on == day),
        last_paid=payments[0] if payments else None,
        order=desk.rules.order(day),
        tenders=desk.rules.tenders_on(day),
        next_number=Number(Series.RECEIPT, desk.office.code, desk.office.counter, serial, ""),
    )


def _checked(desk: Desk, draft: PaymentDraft, at: datetime) -> PaymentDraft:
    """The draft with its tenders made anew by the rules of each, adding up to the amount."""
    checked(draft.amount)
    allowed = desk.rules.tenders_on(business_day(at))
    tenders = []
    for tender in draft.tenders:
        allowed.demand(tender.kind)
        tenders.append(_made_anew(tender, business_day(at)))
    if sum(tender.amount for tender in tenders) != draft.amount:
        raise SplitDoesNotAdd
    return replace(draft, tenders=tuple(tenders))


def _made_anew(tender: Tender, day: date) -> Tender:
    match tender.kind:
        case TenderKind.CASH:
            return cash(tender.amount, tender.given)
        case TenderKind.UPI:
            return upi(tender.amount, tender.reference)
        case TenderKind.CARD:
            return card(tender.amount, tender.reference, clean_text(tender.approval, LONGEST_APPROVAL))
        case TenderKind.CHEQUE:
            return cheque(tender.amount, tender.reference, tender.bank, tender.dated or day, day)
        case TenderKind.DRAFT:
            return demand_draft(tender.amount, tender.reference, tender.bank, tender.dated or day, day)
        case TenderKind.OTHER:
            return other(tender.amount, tender.reference)


def _refuse_above_limits(
    desk: Desk, connection: Connection, session: Session, amount: Paise, at: datetime
) -> None:
    """What an agent may take, where the rules limit that."""
    day = business_day(at)
    limits = desk.rules.agent_limits(day) if session.person.role is Role.AGENT else None
    if limits is not None:
        limits.demand(amount, finds.taken_on(connection, session.person.code, day))


def _refuse_double(form: PayForm) -> None:
    if form.today is not None:
        raise PaidToday(form.today.amount, finds.COUNTER)
    if form.elsewhere:
        raise PaidToday(form.elsewhere[0].amount, form.elsewhere[0].channel)
    if form.payable.amount == 0:
        raise NothingDue


def _refuse_used_utr(connection: Connection, tenders: tuple[Tender, ...], form: PayForm) -> None:
    tails = set()
    for tender in tenders:
        if tender.kind is TenderKind.UPI:
            used = finds.utr_receipt(connection, tender.reference, tender.amount)
            if used is not None:
                raise UtrUsed(used)
            if tender.reference[-UTR_TAIL:] in tails:
                raise UtrUsed(str(form.next_number))
            tails.add(tender.reference[-UTR_TAIL:])
