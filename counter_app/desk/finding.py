"""Finding consumers and showing what is known of one."""

from datetime import date, datetime, timedelta
from uuid import UUID

from counter_app.desk.confidential import hidden_types
from counter_app.desk.desk import Desk, demand, holds, recorded, scrap
from counter_app.domain.acts import ContactShown
from counter_app.domain.bill import Bill, MonthUse, Payable, payable
from counter_app.domain.consumer import Consumer, whole_number
from counter_app.domain.days import business_day
from counter_app.domain.entry import Kind
from counter_app.domain.money import Paise
from counter_app.domain.network import Asset
from counter_app.domain.office import Officer
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import ConsumerUnknown
from counter_app.domain.value import value
from counter_app.store import finds, reference, search, told
from counter_app.store.engine import Connection
from counter_app.store.finds.network import asset, officers_for
from counter_app.store.finds.tasks import open_tasks
from counter_app.store.rows import ComplaintRow, Found, FoundRow, PaymentRow, RecentRow, TaskRow
from counter_app.store.told import Surplus
from counter_app.store.words_index import index_words_again

SHOWN = 30
"""Three screens of a list; whoever is not among them is found by a letter more."""


@value
class Preview:
    """What the side panel says of a row of the list."""

    row: FoundRow
    payable: Payable | None
    dues_as_of: datetime | None
    complaints: tuple[ComplaintRow, ...]
    last_payment: PaymentRow | None


@value
class Card:
    """All that is known of a consumer: dues as of ``dues_as_of``, payments and complaints newest first.

    ``moved_to`` is the office that the consumer belongs to now (empty: one not known), None for this one;
    ``surpluses`` are bills that were paid more than once; ``engineer`` is whom to telephone first;
    ``feeder`` and ``dtr`` are by the office's list of lines; ``tasks`` is work that waits.
    """

    consumer: Consumer
    bill: Bill | None
    payable: Payable | None
    dues_as_of: datetime | None
    payments: tuple[PaymentRow, ...]
    complaints: tuple[ComplaintRow, ...]
    history: tuple[MonthUse, ...]
    moved_to: str | None
    surpluses: tuple[Surplus, ...]
    engineer: Officer | None
    feeder: Asset | None
    dtr: Asset | None
    tasks: tuple[TaskRow, ...]


def find(desk: Desk, session: Session, typed: str, at: datetime, limit: int = SHOWN) -> Found:
    """The consumers a scrap of text leads to, best first; any input, never a refusal for its form."""
    demand(desk, session, Right.SEE_CONSUMERS, at)
    hidden = hidden_types(desk, session)
    with desk.book.reading() as connection:
        return search.search(connection, desk.book.words, scrap(typed), hidden, limit)


def get_ready(desk: Desk) -> None:
    """Read what names are looked for in, so that the first key typed need not wait; mend it if need be."""
    with desk.book.reading() as connection:
        desk.book.words.seen_by(connection)
    if desk.book.words.is_lacking:
        with desk.book.writing() as page:
            index_words_again(page.connection)
        desk.book.words.is_lacking = False


def due_of(desk: Desk, row: FoundRow, at: datetime) -> Payable | None:
    """What is payable for a row of a list; None without a bill. Reads nothing."""
    if row.bill is None:
        return None
    return _payable(desk, row.bill, row.paid, row.paid_late, business_day(at))


def recent(desk: Desk, session: Session, at: datetime) -> tuple[RecentRow, ...]:
    """The eight consumers served last at this counter; none for who may not see consumers.

    Home asks this by itself: nobody tried anything, so nothing is noted.
    """
    if not holds(desk, session, Right.SEE_CONSUMERS):
        return ()
    hidden = hidden_types(desk, session)
    with desk.book.reading() as connection:
        return finds.recent(connection, hidden, 8)


def preview(desk: Desk, session: Session, number: str, at: datetime) -> Preview:
    """The short card beside the list."""
    demand(desk, session, Right.SEE_CONSUMERS, at)
    hidden = hidden_types(desk, session)
    with desk.book.reading() as connection:
        rows = finds.found(connection, (number,), hidden)
        if not rows:
            raise ConsumerUnknown(number)
        payments = finds.payments_of(connection, number)
        return Preview(
            row=rows[0],
            payable=due_of(desk, rows[0], at),
            dues_as_of=reference.dues_as_of(connection),
            complaints=finds.complaints_of(connection, number, hidden),
            last_payment=payments[0] if payments else None,
        )


def card(desk: Desk, session: Session, number: str, at: datetime) -> Card:
    """The whole card of a consumer number in any written form."""
    demand(desk, session, Right.SEE_CONSUMERS, at)
    asked_after = desk.rules.banking_on(business_day(at)).asked_after
    hidden = hidden_types(desk, session)
    with desk.book.reading() as connection:
        consumer = known_consumer(connection, number)
        bill, now_payable = current_dues(desk, connection, consumer.number, at)
        dtr = asset(connection, consumer.dtr)
        return Card(
            consumer=consumer,
            bill=bill,
            payable=now_payable,
            dues_as_of=reference.dues_as_of(connection),
            payments=finds.payments_of(connection, consumer.number),
            complaints=finds.complaints_of(connection, consumer.number, hidden),
            history=reference.history(connection, consumer.number),
            moved_to=told.moved_to(connection, consumer.number),
            surpluses=told.surpluses_of(connection, consumer.number),
            engineer=next(iter(officers_for(connection, "", consumer.group)), None),
            feeder=asset(connection, consumer.feeder or (dtr.above if dtr else "")),
            dtr=dtr,
            tasks=open_tasks(connection, at, asked_after, consumer.number),
        )


def see_whole(desk: Desk, session: Session, act: UUID, number: str, at: datetime) -> Consumer:
    """The consumer, to be shown with mobile and address; who asked for that is recorded before it is told."""
    demand(desk, session, Right.SEE_CONTACT, at)
    with desk.book.writing() as page:
        consumer = known_consumer(page.connection, number)
        if recorded(page.connection, act, Kind.CONTACT_SHOWN) is None:
            shown = ContactShown(session.person.code, consumer.number)
            page.record(shown, act=act, person=session.person.id, at=at)
    return consumer


def known_consumer(connection: Connection, number: str) -> Consumer:
    """The consumer of a typed number; ``NumberIncomplete`` or ``ConsumerUnknown`` otherwise."""
    whole = whole_number(number)
    consumer = reference.consumer(connection, whole)
    if consumer is None:
        raise ConsumerUnknown(whole)
    return consumer


def current_dues(
    desk: Desk, connection: Connection, number: str, at: datetime, earlier: int = 0
) -> tuple[Bill | None, Payable | None]:
    """The latest bill and what is payable for it, less what was paid since; both None without a bill.

    ``earlier``: what is asked of somebody whose money is in time only so many days before the others'.
    """
    bill = reference.bill(connection, number)
    if bill is None:
        return None, None
    since = finds.paid_since(connection, bill)
    return bill, _payable(desk, bill, since.paid, since.late, business_day(at), earlier)


def _payable(
    desk: Desk, bill: Bill, paid: Paise, later: tuple[tuple[date, Paise], ...], day: date, earlier: int = 0
) -> Payable:
    """``later`` are the payments after the due date, which may have been in time all the same."""
    last_day = desk.rules.last_day(bill.due)
    late = sum(amount for on, amount in later if on > last_day)
    in_time_until = last_day - timedelta(days=earlier)
    return payable(bill, paid, day, desk.rules.order(day).heads, late, in_time_until)


def address(consumer: Consumer) -> str:
    """House and locality as printed."""
    return ", ".join(part for part in (consumer.house, consumer.locality_hi or consumer.locality_en) if part)
