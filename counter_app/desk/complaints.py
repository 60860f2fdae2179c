"""Registering complaints, telling their status, recording what happens to them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from counter_app.desk.desk import Desk, demand, recorded
from counter_app.desk.finding import address, known_consumer
from counter_app.domain.complaint import (
    ComplaintRegistered,
    ComplaintStep,
    ComplaintType,
    Stage,
    may_follow,
)
from counter_app.domain.consumer import Consumer, mobile
from counter_app.domain.days import business_day
from counter_app.domain.entry import Kind
from counter_app.domain.numbering import Number, Series, hash_letters
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import ComplaintUnknown, PlaceMissing, StepNotPossible
from counter_app.domain.rules import Catalogue
from counter_app.domain.text import clean_text
from counter_app.store import drafts, finds, journal, reference
from counter_app.store.book import Page
from counter_app.store.engine import Connection
from counter_app.store.rows import ComplaintRow

LONGEST_LANDMARK = 120
LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class ComplaintForm:
    """What the complaint screen shows before anything is typed; ``earlier`` is newest first."""

    consumer: Consumer | None
    catalogue: Catalogue
    earlier: tuple[ComplaintRow, ...]
    next_number: str


@dataclass(frozen=True, slots=True)
class ComplaintDraft:
    """A complaint about to be registered; ``consumer`` is empty for a place without one."""

    act: UUID
    consumer: str
    type_key: str
    mobile: str
    landmark: str
    note: str


@dataclass(frozen=True, slots=True)
class Registered:
    """A registered complaint as screens and the slip show it. ``job`` is the original slip's print job."""

    act: UUID
    number: Number
    registered: ComplaintRegistered
    type: ComplaintType
    name_hi: str
    name_en: str
    address: str
    at: datetime
    job: UUID


def types(desk: Desk, on: date) -> Catalogue:
    """The complaint types of a day, with their groups."""
    return desk.rules.catalogue(on)


def prepare(desk: Desk, session: Session, number: str, at: datetime) -> ComplaintForm:
    """What the complaint screen needs; ``number`` is empty for a place without a consumer."""
    demand(desk, session, Right.REGISTER_COMPLAINT, at)
    with desk.book.reading() as connection:
        consumer = known_consumer(connection, number) if number else None
        earlier = finds.complaints_of(connection, consumer.number) if consumer else ()
        serial = finds.last_serial(connection, Series.COMPLAINT) + 1
    following = Number(Series.COMPLAINT, desk.office.code, desk.office.counter, serial, "")
    return ComplaintForm(consumer, desk.rules.catalogue(business_day(at)), earlier, following.stem)


def register(desk: Desk, session: Session, draft: ComplaintDraft, at: datetime) -> Registered:
    """Register a complaint and its slip's print job in one transaction.

    The same act again returns what was stored before anything is looked at.
    """
    with desk.book.reading() as connection:
        if recorded(connection, draft.act, Kind.COMPLAINT_REGISTERED):
            return stored_complaint(desk, connection, draft.act)
    demand(desk, session, Right.REGISTER_COMPLAINT, at)
    kind = desk.rules.catalogue(business_day(at)).type(draft.type_key)
    landmark = clean_text(draft.landmark, LONGEST_LANDMARK)
    note = clean_text(draft.note, LONGEST_NOTE)
    caller = mobile(draft.mobile) if draft.mobile.strip() else ""
    if not draft.consumer and not landmark:
        raise PlaceMissing
    with desk.book.writing() as page:
        if recorded(page.connection, draft.act, Kind.COMPLAINT_REGISTERED) is None:
            complaint = _complaint(desk, session, page, draft, kind, (caller, landmark, note), at)
            page.record(complaint, act=draft.act, person=session.person.id, at=at)
            drafts.drop(page, draft.act)
        return stored_complaint(desk, page.connection, draft.act)


def status(desk: Desk, session: Session, typed: str, at: datetime) -> tuple[ComplaintRow, ...]:
    """Complaints by number, tail, consumer, mobile or name; nothing typed lists the open ones."""
    demand(desk, session, Right.SEE_CONSUMERS, at)
    with desk.book.reading() as connection:
        if not typed.strip():
            return finds.open_complaints(connection)
        return finds.complaints_found(connection, typed[:200])


def complaint(desk: Desk, session: Session, act: UUID, at: datetime) -> ComplaintRow:
    """One complaint as it stands."""
    demand(desk, session, Right.SEE_CONSUMERS, at)
    with desk.book.reading() as connection:
        return _known(connection, act)


def step(
    desk: Desk, session: Session, act: UUID, complaint: UUID, stage: Stage, note: str, at: datetime
) -> ComplaintRow:
    """Record what happened to a complaint; ``StepNotPossible`` when it does not follow."""
    with desk.book.reading() as connection:
        if recorded(connection, act, Kind.COMPLAINT_STEP):
            return _known(connection, complaint)
    demand(desk, session, Right.MOVE_COMPLAINT, at)
    said = clean_text(note, LONGEST_NOTE)
    with desk.book.writing() as page:
        if recorded(page.connection, act, Kind.COMPLAINT_STEP) is None:
            row = _known(page.connection, complaint)
            if not may_follow(row.state.stage, stage):
                raise StepNotPossible
            taken = ComplaintStep(complaint, stage, at, session.person.code, said)
            page.record(taken, act=act, person=session.person.id, at=at)
        return _known(page.connection, complaint)


def stored_complaint(desk: Desk, connection: Connection, act: UUID) -> Registered:
    """The complaint that an act registered here; ``ComplaintUnknown`` when it registered none."""
    found = journal.entry_of_act(connection, act)
    if found is None or not isinstance(found[1], ComplaintRegistered):
        raise ComplaintUnknown(str(act))
    registered = found[1]
    consumer = reference.consumer(connection, registered.consumer) if registered.consumer else None
    kind = desk.rules.catalogue(registered.day).type(registered.type)
    letters = hash_letters(found[2])
    number = Number(Series.COMPLAINT, registered.office, registered.counter, registered.serial, letters)
    return Registered(
        act=act,
        number=number,
        registered=registered,
        type=kind,
        name_hi=consumer.name_hi if consumer else "",
        name_en=consumer.name_en if consumer else "",
        address=address(consumer) if consumer else "",
        at=registered.registered_at,
        job=act,
    )


def _complaint(
    desk: Desk,
    session: Session,
    page: Page,
    draft: ComplaintDraft,
    kind: ComplaintType,
    typed: tuple[str, str, str],
    at: datetime,
) -> ComplaintRegistered:
    consumer = known_consumer(page.connection, draft.consumer) if draft.consumer else None
    urban = consumer.urban if consumer else desk.office.urban
    limit = kind.limit(urban=urban)
    caller, landmark, note = typed
    return ComplaintRegistered(
        serial=page.next_serial(Series.COMPLAINT),
        office=desk.office.code,
        counter=desk.office.counter,
        day=business_day(at),
        consumer=consumer.number if consumer else "",
        type=kind.code,
        priority=kind.priority,
        urban=urban,
        mobile=caller,
        landmark=landmark,
        note=note,
        dtr=consumer.dtr if consumer else "",
        registered_at=at,
        due_at=at + limit if limit is not None else None,
        rules=desk.rules.catalogue(business_day(at)).ruling.name,
        clerk=session.person.code,
    )


def _known(connection: Connection, act: UUID) -> ComplaintRow:
    row = finds.complaint(connection, act)
    if row is None:
        raise ComplaintUnknown(str(act))
    return row
