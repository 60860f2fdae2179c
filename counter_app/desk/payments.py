"""Taking a payment: what the form shows, the guards, and the one transaction that records it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from counter_app.desk.clock import doubt, trusted
from counter_app.desk.desk import Desk, demand, recorded
from counter_app.desk.drawers import working
from counter_app.desk.finding import address
from counter_app.desk.pay_form import PayForm, form_of
from counter_app.desk.tendering import (
    cash_of,
    made_anew,
    refuse_much_cash,
    refuse_much_cash_for_bill,
    refuse_used,
)
from counter_app.domain.allocation import Head, Share, allocate
from counter_app.domain.charges import INSTALMENT, ON_DUES
from counter_app.domain.consumer import whole_number
from counter_app.domain.days import business_day
from counter_app.domain.entry import Kind
from counter_app.domain.money import Paise
from counter_app.domain.money_refusals import AuthorityMissing, ChargeUnknown
from counter_app.domain.numbering import Number, Series, hash_letters
from counter_app.domain.payment import PaymentTaken, Tender, shared_cash
from counter_app.domain.people import Right, Role, Session
from counter_app.domain.refusals import (
    DrawerMissing,
    NothingDue,
    PaidToday,
    ReceiptUnknown,
)
from counter_app.domain.text import clean_text
from counter_app.store import drafts, finds, journal, reference
from counter_app.store.book import Page
from counter_app.store.engine import Connection
from counter_app.store.rows import ELSEWHERE

LONGEST_AUTHORITY = 40


@dataclass(frozen=True, slots=True)
class PaymentDraft:
    """A payment about to be recorded. ``act`` was drawn when the screen opened.

    ``advance``: taken although something was paid today, or nothing is due. ``charge``: a head of money that
    is no bill, or an instalment; ``authority``: the number of the order or application it is taken for.
    ``asked``: somebody looked whether six digits of a UTR that were seen before are another transfer.
    """

    act: UUID
    consumer: str
    amount: Paise
    tenders: tuple[Tender, ...]
    advance: bool = False
    charge: str = ""
    authority: str = ""
    protest: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """One of the accounts that are paid together, under an act of its own."""

    act: UUID
    consumer: str
    amount: Paise


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
    """What the pay screen needs to know of a consumer; an empty number is somebody without a connection."""
    demand(desk, session, Right.TAKE_PAYMENT, at)
    doubted = doubt(desk, at) is not None
    with desk.book.reading() as connection:
        return form_of(desk, connection, number, at, doubted=doubted)


def prepare_together(
    desk: Desk, session: Session, numbers: Sequence[str], at: datetime
) -> tuple[PayForm, ...]:
    """The same of accounts that are to be paid together."""
    demand(desk, session, Right.TAKE_PAYMENT, at)
    doubted = doubt(desk, at) is not None
    with desk.book.reading() as connection:
        return tuple(form_of(desk, connection, number, at, doubted=doubted) for number in numbers)


def take(desk: Desk, session: Session, draft: PaymentDraft, at: datetime) -> Receipt:
    """Record a payment and its original's print job in one transaction; the receipt stands once this returns.

    The same act again returns the stored receipt before anything is looked at.
    """
    return _take(desk, session, (draft,), None, at)[0]


def take_together(
    desk: Desk, session: Session, accounts: Sequence[Account], given: Paise, at: datetime
) -> tuple[Receipt, ...]:
    """Record several accounts' dues, paid in cash that is counted once: a receipt for each, all or none.

    They share the first one's act as their ``basket``, and the last one has the change.
    """
    tenders = shared_cash([account.amount for account in accounts], given)
    paid = [
        PaymentDraft(account.act, account.consumer, account.amount, (tender,))
        for account, tender in zip(accounts, tenders, strict=True)
    ]
    return _take(desk, session, paid, paid[0].act, at)


def _take(
    desk: Desk, session: Session, paid: Sequence[PaymentDraft], basket: UUID | None, at: datetime
) -> tuple[Receipt, ...]:
    first = paid[0].act
    with desk.book.reading() as connection:
        if recorded(connection, first, Kind.PAYMENT_TAKEN):
            return tuple(stored_receipt(connection, draft.act) for draft in paid)
    demand(desk, session, Right.TAKE_PAYMENT, at)
    if session.drawer is None:
        raise DrawerMissing
    desk.book.room_for_money()
    rules = desk.rules.tenders_on(business_day(at))
    paid = [replace(one, tenders=made_anew(rules, one.tenders, one.amount, at)) for one in paid]
    cash = sum(cash_of(draft.tenders) for draft in paid)
    doubted = not trusted(desk, session, at)
    with desk.book.writing() as page:
        if recorded(page.connection, first, Kind.PAYMENT_TAKEN) is None:
            working(page.connection, session, at)
            _refuse_above_limits(desk, page.connection, session, [draft.amount for draft in paid], at)
            consumers = {whole_number(draft.consumer) for draft in paid if draft.consumer}
            refuse_much_cash(page.connection, rules, cash, consumers, business_day(at))
            for draft in paid:
                _record(desk, page, session, draft, basket, at, doubted=doubted)
            drafts.drop(page, first)
        return tuple(stored_receipt(page.connection, draft.act) for draft in paid)


def _record(
    desk: Desk, page: Page, session: Session, draft: PaymentDraft, basket: UUID | None, at: datetime,
    *, doubted: bool,
) -> None:  # fmt: skip
    form = form_of(desk, page.connection, draft.consumer, at, doubted=doubted)
    if not draft.advance:
        _refuse_double(form, draft.charge)
    refuse_used(page.connection, draft.tenders, str(form.next_number), asked=draft.asked)
    payment = as_payload(desk, session, form, draft, page.next_serial(Series.RECEIPT), at)
    cash, bill_number = cash_of(draft.tenders), payment.bill_number
    refuse_much_cash_for_bill(page.connection, form.tenders, cash, payment.consumer, bill_number)
    page.record(
        replace(payment, basket=basket), act=draft.act, person=session.person.id, at=at,
        drawer=session.drawer, money=payment.amount,
    )  # fmt: skip


def as_payload(
    desk: Desk, session: Session, form: PayForm, draft: PaymentDraft, serial: int, at: datetime
) -> PaymentTaken:
    """What is recorded of a payment; ``SplitDoesNotAdd`` while its tenders do not add up."""
    payment = PaymentTaken(
        serial=serial,
        office=desk.office.code,
        counter=desk.office.counter,
        day=business_day(at),
        consumer=form.number,
        bill_number="",
        bill_month="",
        due_date=None,
        due=draft.amount,
        dues_as_of=None,
        amount=draft.amount,
        tenders=draft.tenders,
        shares=(Share(Head.CURRENT, draft.amount),),
        order=_order(form, draft),
        advance=False,
        clerk=session.person.code,
        charge=draft.charge,
        offline=form.evidence.offline,
        heard_at=form.evidence.heard_at,
        clock_doubted=form.evidence.clock_doubted,
    )
    return payment if draft.charge not in ON_DUES else _on_dues(form, draft, payment)


def _on_dues(form: PayForm, draft: PaymentDraft, payment: PaymentTaken) -> PaymentTaken:
    """The payment as one of what is owed."""
    dues, payable = form.owes, form.owes.payable_with(draft.tenders)
    shares = allocate(draft.amount, payable.owed, form.order.heads)
    last_days = [form.tenders.last_day(tender.kind, dues.last_day) for tender in draft.tenders]
    return replace(
        payment,
        bill_number=dues.bill.number,
        bill_month=str(dues.bill.month),
        due_date=dues.bill.due,
        due=payable.amount,
        dues_as_of=form.dues_as_of,
        shares=shares,
        # A second payment of a day may still go to dues: only what is over is an advance.
        advance=any(share.head is Head.ADVANCE for share in shares),
        protest=draft.protest,
        within_due=form.evidence.shields(payment.day, min(last_days)),
    )


def _order(form: PayForm, draft: PaymentDraft) -> str:
    """On what the payment rests: the rule, and the order of an officer or the application, as it was typed.

    An amount that no dated rule gives needs one, and so does the money of somebody without a connection.
    """
    authority = clean_text(draft.authority, LONGEST_AUTHORITY)
    if draft.charge in ON_DUES:
        rule = form.order.ruling.name
        needed = draft.charge == INSTALMENT
    else:
        head = next((one for one in form.charges if one.key == draft.charge), None)
        if head is None or not (form.consumer or head.for_anybody):
            raise ChargeUnknown
        rule = head.ruling.name if head.fits(draft.amount) else ""
        needed = not rule or form.consumer is None
    if needed and not authority:
        raise AuthorityMissing
    return "; ".join(filter(None, (rule, authority)))


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
    names = (consumer.name_hi, consumer.name_en) if consumer else ("", "")
    return Receipt(act, number, payment, row.at, *names, place, job=act)


def _refuse_above_limits(
    desk: Desk, connection: Connection, session: Session, amounts: Sequence[Paise], at: datetime
) -> None:
    """What an agent may take, where the rules limit that: each receipt, and the day with all of them."""
    day = business_day(at)
    limits = desk.rules.agent_limits(day) if session.person.role is Role.AGENT else None
    if limits is not None:
        before = finds.taken_on(connection, session.person.code, day)
        for amount in amounts:
            limits.demand(amount, before)
            before += amount


def _refuse_double(form: PayForm, charge: str) -> None:
    """Money for the same once more on a day."""
    if charge not in ON_DUES:
        if charge in form.charged_today:
            raise PaidToday(form.charged_today[charge].amount, finds.COUNTER)
        if charge in form.charged_elsewhere:
            raise PaidToday(form.charged_elsewhere[charge].amount, ELSEWHERE)
        return
    if form.today is not None:
        raise PaidToday(form.today.amount, finds.COUNTER)
    if form.elsewhere:
        raise PaidToday(form.elsewhere[0].amount, form.elsewhere[0].channel)
    if form.payable.amount == 0:
        raise NothingDue
