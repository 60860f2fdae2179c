"""Requests at the window: a reading, a mobile number, a change of the connection; each with number and slip.

A request is registered as a complaint of its own types, so whatever holds for complaints holds for it: its
steps, its status, what the centre hears of it, and how it is erased.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from counter_app.desk import pictures
from counter_app.desk.complaint_steps import LONGEST_NOTE
from counter_app.desk.complaints import LONGEST_KEY, ComplaintDraft, Registered, placed, stored_complaint
from counter_app.desk.complaints import as_payload as complaint_payload
from counter_app.desk.desk import Desk, demand, recorded, scrap
from counter_app.desk.finding import known_consumer
from counter_app.domain import request
from counter_app.domain.bill import Reading
from counter_app.domain.catalogue import Catalogue, ComplaintType
from counter_app.domain.complaint import Answered, ComplaintRegistered
from counter_app.domain.consumer import Consumer, mobile
from counter_app.domain.days import business_day
from counter_app.domain.entry import Kind
from counter_app.domain.numbering import Number, Series
from counter_app.domain.people import Right, Session
from counter_app.domain.picture import demand_picture
from counter_app.domain.refusals import NumberIncomplete
from counter_app.domain.text import about, clean_text, western_digits
from counter_app.store import drafts, finds, reference


@dataclass(frozen=True, slots=True)
class RequestForm:
    """What the page shows before anything is typed; ``last_reading`` is that of the newest bill."""

    consumer: Consumer | None
    catalogue: Catalogue
    last_reading: Reading | None
    next_number: Number


@dataclass(frozen=True, slots=True)
class RequestDraft:
    """A request about to be registered.

    ``mobile`` is where to reach who asks. ``answers`` are as typed, by the question's key; ``proofs`` the
    keys of papers that were looked at; ``agreed``: the consumer said yes to what was read out. ``picture`` is
    a photo or scan that was brought, as JPEG; empty for none.
    """

    act: UUID
    consumer: str
    type_key: str
    mobile: str = ""
    note: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    proofs: frozenset[str] = frozenset()
    agreed: bool = False
    picture: bytes = b""


def prepare(desk: Desk, session: Session, number: str, at: datetime) -> RequestForm:
    """What the page needs; ``number`` is empty for somebody without a connection."""
    demand(desk, session, Right.REGISTER_COMPLAINT, at)
    with desk.book.reading() as connection:
        consumer = known_consumer(connection, number) if number else None
        bill = reference.bill(connection, consumer.number) if consumer else None
        serial = finds.last_serial(connection, Series.COMPLAINT) + 1
    following = Number(Series.COMPLAINT, desk.office.code, desk.office.counter, serial, "")
    catalogue = desk.rules.catalogue(business_day(at)).requests
    return RequestForm(consumer, catalogue, bill.current if bill else None, following)


def register(desk: Desk, session: Session, draft: RequestDraft, at: datetime) -> Registered:
    """Register a request and its slip's print job in one transaction.

    The same act again returns what was stored before anything is looked at.
    """
    with desk.book.reading() as connection:
        if recorded(connection, draft.act, Kind.COMPLAINT_REGISTERED):
            return stored_complaint(desk, connection, draft.act)
    demand(desk, session, Right.REGISTER_COMPLAINT, at)
    typed = western_digits(scrap(draft.type_key)).strip()[:LONGEST_KEY]
    kind = desk.rules.catalogue(business_day(at)).requests.type(typed)
    if kind.needs_consumer and not draft.consumer.strip():
        raise NumberIncomplete(0)
    given = request.answers(kind, draft.answers, draft.proofs, agreed=draft.agreed, today=business_day(at))
    if draft.picture:
        demand_picture(draft.picture)
    with about("mobile"):
        phone = mobile(draft.mobile) if draft.mobile.strip() else ""
    with about("note"):
        draft = replace(draft, mobile=phone, note=clean_text(draft.note, LONGEST_NOTE))
    with desk.book.writing() as page:
        if recorded(page.connection, draft.act, Kind.COMPLAINT_REGISTERED) is None:
            number = draft.consumer.strip()
            consumer = known_consumer(page.connection, number) if number else None
            serial = page.next_serial(Series.COMPLAINT)
            payload = as_payload(desk, session, consumer, kind, draft, given, serial, at)
            page.record(payload, act=draft.act, person=session.person.id, at=at)
            if draft.picture:
                pictures.put(page, session, draft.act, draft.act, draft.picture, at)
            drafts.drop(page, draft.act)
        return stored_complaint(desk, page.connection, draft.act)


def as_payload(
    desk: Desk,
    session: Session,
    consumer: Consumer | None,
    kind: ComplaintType,
    draft: RequestDraft,
    given: tuple[Answered, ...],
    serial: int,
    at: datetime,
) -> ComplaintRegistered:
    """What is recorded of a request."""
    said = ComplaintDraft(draft.act, draft.consumer, kind.key, draft.mobile, "", draft.note, given)
    place = placed(None, consumer, said)
    return complaint_payload(desk, session, consumer, kind, said, place, serial, at)
