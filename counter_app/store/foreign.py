"""What others recorded and the centre says, as rows that the screens show.

Whatever is put again changes nothing. An item whose values no table takes is left out, and nothing else is.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.exc import DataError, IntegrityError

from counter_app.domain.complaint import ComplaintRegistered, ComplaintStep, StepEvent
from counter_app.domain.entry import Entry, EntryDamaged
from counter_app.domain.numbering import Number, Series, hash_letters
from counter_app.domain.payment import PaymentTaken
from counter_app.store import people, reference
from counter_app.store.page import Page
from counter_app.store.rows import ELSEWHERE, KnownComplaint, KnownPayment
from counter_app.store.tables import foreign_entries
from counter_app.wire.bodies import Bills, Body, Consumers, Erase, MovedIn, Staff, read_body
from counter_app.wire.messages import FeedItem, Item
from counter_app.wire.payloads import Payload, PayloadDamaged, PayloadUnknown, decode

_EMPTY = "UPDATE foreign_entries SET payload = x'', salt = x'' WHERE hash = ?"


def put(page: Page, items: Sequence[FeedItem]) -> None:
    """Put the rows of items in their order; own entries must not be among them."""
    try:
        with page.connection.begin_nested():
            for item in items:
                _put(page, item)
    except (IntegrityError, DataError, OverflowError, ValueError):
        # One of them is more than a table takes: the others are put without it.
        if len(items) > 1:
            half = len(items) // 2
            put(page, items[:half])
            put(page, items[half:])


def _put(page: Page, item: FeedItem) -> None:
    if isinstance(item, Item):
        body = read_body(item)
        if body is not None:
            _put_body(page, body)
        return
    payload = _payload(item)
    if payload is not None:
        _put_payload(page, item, payload)


def _payload(entry: Entry) -> Payload | None:
    try:
        header = entry.header
        return decode(header.kind, header.kind_version, entry.payload)
    except (EntryDamaged, PayloadUnknown, PayloadDamaged):
        return None


def _put_payload(page: Page, entry: Entry, payload: Payload) -> None:
    act, letters = entry.header.act, hash_letters(entry.hash)
    match payload:
        case PaymentTaken(consumer=consumer, bill_month=month, day=day, amount=amount):
            number = Number(Series.RECEIPT, payload.office, payload.counter, payload.serial, letters)
            paid = KnownPayment(consumer, month, day, amount, ELSEWHERE, str(number), posted=False)
            reference.put_known_payments(page, [paid])
        case ComplaintRegistered():
            number = Number(Series.COMPLAINT, payload.office, payload.counter, payload.serial, letters)
            reference.put_known_complaints(page, [KnownComplaint(act, number, payload, "", ELSEWHERE)])
        case ComplaintStep():
            reference.put_known_steps(page, [StepEvent(act, payload)])


def _put_body(page: Page, body: Body) -> None:
    match body:
        case MovedIn(known=known, bill=bill):
            reference.put_consumers(page, [known] if known else [])
            reference.put_bills(page, [bill] if bill else [])
        case Erase(hash=erased):
            _erase(page, bytes.fromhex(erased))
        case Staff(members=members):
            for member in members:
                people.put_person(page, member.person, member.password_hash)
        case Consumers(consumers=consumers):
            reference.put_consumers(page, consumers)
        case Bills(bills=bills):
            reference.put_bills(page, bills)


def _erase(page: Page, entry_hash: bytes) -> None:
    """Empty an entry of others, and take what it said of a person out of its rows."""
    stored = foreign_entries.c
    asked = select(stored.header, stored.payload, stored.salt).where(stored.hash == entry_hash)
    row = page.connection.execute(asked).first()
    if row is None:
        return
    entry = Entry(*row, b"")
    match _payload(entry):
        case ComplaintRegistered() as payload:
            _put_payload(page, entry, replace(payload, mobile="", landmark="", note=""))
        case ComplaintStep() as payload:
            _put_payload(page, entry, replace(payload, note=""))
    page.connection.exec_driver_sql(_EMPTY, (entry_hash,))
