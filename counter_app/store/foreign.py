"""What others recorded and the centre says, as rows that the screens show.

Whatever is put again changes nothing. An item whose values no table takes is left out, and nothing else is.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Table, delete
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DataError, IntegrityError

from counter_app.domain.channel import channel_of
from counter_app.domain.charges import ON_DUES
from counter_app.domain.complaint import (
    AboutComplaint,
    ComplaintRegistered,
    PictureAttached,
    impersonal,
)
from counter_app.domain.days import from_millis
from counter_app.domain.entry import Entry
from counter_app.domain.numbering import Number, Series, hash_letters
from counter_app.domain.payment import PaymentTaken
from counter_app.domain.task import Task
from counter_app.domain.undoing import (
    PaymentCancelled,
    PaymentMoved,
    RefundAsked,
    TaskDone,
    TendersCorrected,
    TenderSettled,
)
from counter_app.store import elsewhere, people, reference
from counter_app.store.centre import company_signed
from counter_app.store.columns import consumer_key
from counter_app.store.complaint_states import restate
from counter_app.store.erasing import (
    erase_complaint,
    erase_foreign,
    erase_own,
    foreign_entry,
    payload_of,
    remember,
)
from counter_app.store.extracts import Counts, Extracts
from counter_app.store.page import Page
from counter_app.store.rows import ELSEWHERE, KnownComplaint, KnownPayment
from counter_app.store.tables import known_pictures, moved, rule_files, surpluses
from counter_app.store.words_index import rank_anew
from counter_app.wire.bodies import (
    Assets,
    Bills,
    Body,
    ComplaintErased,
    Consumers,
    DuesAsOf,
    Erase,
    MovedAway,
    MovedIn,
    MovedOut,
    Officers,
    Overpaid,
    Payments,
    Roster,
    Rules,
    Shutdowns,
    Staff,
    read_body,
)
from counter_app.wire.messages import FeedItem, Item
from counter_app.wire.payloads import Payload

Extract = Consumers | Bills | Payments | Officers | Assets | Shutdowns | Roster
"""What the billing side and the office's engineers keep in lists."""


def put(page: Page, items: Sequence[FeedItem]) -> None:
    """Put the rows of items in their order; own entries must not be among them."""
    try:
        with page.connection.begin_nested():
            for item in items:
                _put_item(page, item)
    except (IntegrityError, DataError, OverflowError, ValueError):
        # One of them is more than a table takes: the others are put without it.
        if len(items) > 1:
            half = len(items) // 2
            put(page, items[:half])
            put(page, items[half:])


def _put_item(page: Page, item: FeedItem) -> None:
    if isinstance(item, Item):
        body = read_body(item)
        if body is not None:
            _put_body(page, body)
        return
    payload = payload_of(item)
    if payload is not None:
        _put_payload(page, item, payload)


def _put_payload(page: Page, entry: Entry, payload: Payload) -> None:
    act, letters = entry.header.act, hash_letters(entry.hash)
    match payload:
        case PaymentTaken():
            number = Number(Series.RECEIPT, payload.office, payload.counter, payload.serial, letters)
            elsewhere.give_out(page, entry, number, payload)
            _put_payment(page, entry, number, payload)
        case TendersCorrected(tenders=tenders):
            elsewhere.hand_over(page, entry, _receipt(payload), payload.receipt, payload.serial, tenders)
        case TenderSettled():
            elsewhere.settle(page, entry, payload)
        case PaymentCancelled(consumer=consumer):
            elsewhere.cancel(page, _receipt(payload), payload.receipt, consumer)
        case PaymentMoved():
            elsewhere.move(page, entry, _receipt(payload), payload)
        case RefundAsked(receipt=receipt, amount=amount):
            elsewhere.leave(page, entry.header, Task.REFUND, receipt, amount)
        case TaskDone():
            elsewhere.end(page, entry.header, payload)
        case ComplaintRegistered():
            number = Number(Series.COMPLAINT, payload.office, payload.counter, payload.serial, letters)
            where = str(channel_of(payload.counter) or ELSEWHERE)
            reference.put_known_complaints(page, [KnownComplaint(act, number, payload, "", where)])
            restate(page.connection, act)
        case PictureAttached(complaint=complaint):
            _put(page, known_pictures, {"act": act, "complaint": complaint, "entry": entry.hash})
        case _ if isinstance(payload, AboutComplaint):
            reference.put_known_events(page, [(act, payload)])
            restate(page.connection, payload.complaint)


def _put_payment(page: Page, entry: Entry, number: Number, paid: PaymentTaken) -> None:
    act = entry.header.act
    elsewhere.hand_over(page, entry, number, act, 0, paid.tenders)
    if paid.charge not in ON_DUES or elsewhere.is_cancelled(page.connection, act):
        return  # no bill is paid by it
    consumer, month = elsewhere.moved_to(page.connection, act) or (paid.consumer, paid.bill_month)
    known = KnownPayment(consumer, month, paid.day, paid.amount, ELSEWHERE, str(number), posted=False)
    if channel := channel_of(paid.counter):
        named = paid.tenders[0].reference
        known = known._replace(channel=str(channel), reference=named, receipt=str(number))
    elsewhere.add_payment(page, known, act)


def _receipt(undoing: PaymentCancelled | TendersCorrected | PaymentMoved) -> Number:
    return Number(Series.RECEIPT, undoing.office, undoing.counter, undoing.receipt_serial, "")


def _put_body(page: Page, body: Body) -> None:
    match body:
        case MovedOut(consumer=number, office=office):
            _move_away(page, number, office)
        case MovedAway(consumers=numbers, office=office):
            for number in numbers:
                _move_away(page, number, office)
        case MovedIn(consumer=number, known=known, bill=bill):
            page.connection.execute(delete(moved).where(moved.c.consumer == consumer_key(number)))
            rank_anew(page.connection, number)
            reference.put_consumers(page, [known] if known else [])
            reference.put_bills(page, [bill] if bill else [])
        case Overpaid():
            _put(page, surpluses, _surplus(body))
        case Erase(hash=erased, signature=signature):
            if company_signed(page.connection, body.message, signature):
                _erase(page, bytes.fromhex(erased))
        case ComplaintErased(signature=signature):
            if company_signed(page.connection, body.message, signature):
                _erase_complaint(page, body)
        case DuesAsOf(at_ms=at_ms):
            reference.put_dues_as_of(page, from_millis(at_ms))
        case Rules(name=name, text=text, signature=signature):
            if company_signed(page.connection, body.message, signature):
                _put(page, rule_files, {"name": name, "text": text})
        case Staff(members=members):
            for member in members:
                people.put_person(page, member.person, member.password_hash)
        case Consumers() | Bills() | Payments() | Officers() | Assets() | Shutdowns() | Roster():
            _put_extract(page, body)


def _move_away(page: Page, number: str, office: str) -> None:
    _put(page, moved, {"consumer": consumer_key(number), "office": office})
    rank_anew(page.connection, number)


def _surplus(body: Overpaid) -> dict[str, object]:
    """The row of a surplus. The work that waits because of it is named by the receipt that came last."""
    row = {"consumer": consumer_key(body.consumer), "bill_number": body.bill_number, "amount": body.surplus}
    if not body.receipts:
        return row | {"receipt": "", "since": None, "of": None}
    last = body.receipts[-1]
    entry_hash = bytes.fromhex(last.hash)
    number = Number(Series.RECEIPT, last.office, last.counter, last.serial, hash_letters(entry_hash))
    since = from_millis(body.at_ms)
    return row | {"receipt": str(number), "since": since, "of": UUID(bytes=entry_hash[:16])}


def _put_extract(page: Page, body: Extract) -> None:
    """What the billing side says, as its files say it to a counter that takes them in itself."""
    extracts, counts = Extracts(page), Counts()
    match body:
        case Consumers(consumers=consumers):
            extracts.put_consumers(consumers, counts)
        case Bills(bills=bills):
            extracts.put_bills([bill for bill in bills if not extracts.too_old(bill)], counts)
        case Payments(payments=payments):
            extracts.put_payments(payments, counts)
        case Officers(officers=officers):
            extracts.put_officers(officers, counts)
        case Assets(assets=assets):
            extracts.put_assets(assets, counts)
        case Shutdowns(shutdowns=shutdowns):
            extracts.put_shutdowns(shutdowns, counts)
        case Roster(duties=duties):
            extracts.put_duties(duties, counts)
    extracts.drop_old()


def _put(page: Page, table: Table, row: dict[str, object]) -> None:
    put = insert(table).values(row)
    keys = [column.name for column in table.primary_key]
    page.connection.execute(put.on_conflict_do_update(index_elements=keys, set_=row))


def _erase(page: Page, entry_hash: bytes) -> None:
    """Empty an entry, and take what it said of a person out of its rows."""
    remember(page, entry_hash)
    erased = erase_foreign(page, entry_hash)
    if erased is not None:
        _put_payload(page, *erased)
    erase_own(page, entry_hash)


def _erase_complaint(page: Page, body: ComplaintErased) -> None:
    """Empty what is here of a complaint; those that came empty get their rows from what is left of them."""
    erase_complaint(page, body.complaint)
    for left in body.left:
        entry = foreign_entry(page.connection, bytes.fromhex(left.hash))
        if entry is None:
            continue
        said = payload_of(Entry(entry.packed_header, left.payload.encode(), b"", b""))
        if isinstance(said, AboutComplaint):
            about = said.complaint
        elif isinstance(said, ComplaintRegistered):
            about = entry.header.act
        else:
            continue
        if about == body.complaint:
            remember(page, entry.hash)
            erase_foreign(page, entry.hash)
            _put_payload(page, entry, impersonal(said))
