"""Registering complaints and telling their status."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from counter_app.desk import pictures
from counter_app.desk.beside import shutdowns_soon, whom_to_telephone
from counter_app.desk.complaint_steps import LONGEST_NOTE, known_complaint
from counter_app.desk.confidential import hidden_types, paper_is_hidden
from counter_app.desk.desk import Desk, demand, recorded, scrap
from counter_app.desk.finding import address, known_consumer
from counter_app.desk.outages import Outage, by_steps, ends_with, merge_into, outage_at, whole_line
from counter_app.domain.catalogue import Catalogue, ComplaintType
from counter_app.domain.complaint import Answered, ComplaintRegistered
from counter_app.domain.consumer import Consumer, mobile
from counter_app.domain.days import business_day
from counter_app.domain.entry import Kind
from counter_app.domain.network import Shutdown
from counter_app.domain.numbering import Number, Series, hash_letters
from counter_app.domain.office import Duty, Officer
from counter_app.domain.people import Right, Session
from counter_app.domain.picture import demand_picture
from counter_app.domain.refusals import ComplaintUnknown, NumberIncomplete, PlaceMissing
from counter_app.domain.service_level import limit_of
from counter_app.domain.text import about, clean_text, western_digits
from counter_app.store import drafts, finds, journal, reference
from counter_app.store.book import Page
from counter_app.store.centre import answers
from counter_app.store.engine import Connection
from counter_app.store.rows import ComplaintRow

LONGEST_LANDMARK = 120
LONGEST_ANSWER = 80
PLACES = ("feeder", "dtr", "pole")
"""The questions whose answers say where on the network it is, from the supply down."""
_ABOVE = {"pole": "dtr", "dtr": "feeder"}
LONGEST_KEY = 8


@dataclass(frozen=True, slots=True)
class ComplaintForm:
    """What the complaint screen shows before anything is typed; ``earlier`` is newest first.

    ``line`` is that of the consumer; ``officer`` is who is telephoned about danger, None where the lists
    name nobody. ``linked``: the line to the centre is up, so 1912 hears of it by that.
    """

    consumer: Consumer | None
    catalogue: Catalogue
    earlier: tuple[ComplaintRow, ...]
    next_number: Number
    line: "OnLine"
    officer: Duty | Officer | None
    linked: bool


class OnLine(NamedTuple):
    """What is known of the line of a place, which is a transformer, a feeder, or neither.

    ``outage`` is what a complaint about the supply may be joined to; ``shutdowns`` are planned, now or soon.
    """

    dtr: str
    feeder: str
    outage: Outage | None
    shutdowns: tuple[Shutdown, ...]


@dataclass(frozen=True, slots=True)
class ComplaintDraft:
    """A complaint about to be registered; ``consumer`` is empty for a place without one.

    ``answers`` are those to the questions of its type, as typed. With ``join`` it becomes a part of the
    outage on its line. ``picture`` is a photo or scan that was brought, as JPEG; empty for none.
    """

    act: UUID
    consumer: str
    type_key: str
    mobile: str
    landmark: str
    note: str
    answers: tuple[Answered, ...] = ()
    join: bool = False
    picture: bytes = b""


class Place(NamedTuple):
    """Where on the network a complaint is; codes, or what was typed where the lists do not know it."""

    dtr: str
    feeder: str
    pole: str


@dataclass(frozen=True, slots=True)
class Registered:
    """A registered complaint as screens and the slip show it. ``job`` is the original slip's print job.

    ``outage_job`` is that of an outage which was made with it, for who goes there.
    """

    act: UUID
    number: Number
    registered: ComplaintRegistered
    type: ComplaintType
    name_hi: str
    name_en: str
    address: str
    at: datetime
    job: UUID
    outage_job: UUID | None


def asks_place(kind: ComplaintType) -> bool:
    """Whether a type asks where on the network it is: then all of that may be answered."""
    return any(question.key in PLACES for question in kind.questions)


def types(desk: Desk, on: date) -> Catalogue:
    """The complaint types of a day, with their groups."""
    return desk.rules.catalogue(on)


def prepare(desk: Desk, session: Session, number: str, at: datetime) -> ComplaintForm:
    """What the complaint screen needs; ``number`` is empty for a place without a consumer."""
    demand(desk, session, Right.REGISTER_COMPLAINT, at)
    hidden = hidden_types(desk, session)
    with desk.book.reading() as connection:
        consumer = known_consumer(connection, number) if number else None
        earlier = finds.complaints_of(connection, consumer.number, hidden) if consumer else ()
        serial = finds.last_serial(connection, Series.COMPLAINT) + 1
        catalogue = desk.rules.catalogue(business_day(at))
        dtr, feeder = (consumer.dtr, consumer.feeder) if consumer else ("", "")
        line = _known_of(connection, catalogue, dtr, feeder, at)
        officer = whom_to_telephone(connection, consumer.group if consumer else "", at)
        linked = answers(connection, at)
    following = Number(Series.COMPLAINT, desk.office.code, desk.office.counter, serial, "")
    return ComplaintForm(consumer, catalogue.complaints, earlier, following, line, officer, linked)


def on_line(desk: Desk, session: Session, draft: ComplaintDraft, at: datetime) -> OnLine:
    """What is known of the line where a complaint is said to be."""
    demand(desk, session, Right.REGISTER_COMPLAINT, at)
    with desk.book.reading() as connection:
        consumer = known_consumer(connection, draft.consumer) if draft.consumer else None
        place = placed(connection, consumer, draft)
        return _known_of(connection, desk.rules.catalogue(business_day(at)), place.dtr, place.feeder, at)


def _known_of(connection: Connection, catalogue: Catalogue, dtr: str, feeder: str, at: datetime) -> OnLine:
    outage = outage_at(connection, catalogue, dtr, feeder, at)
    return OnLine(dtr, feeder, outage, shutdowns_soon(connection, dtr, feeder, at))


def register(desk: Desk, session: Session, draft: ComplaintDraft, at: datetime) -> Registered:
    """Register a complaint and its slip's print job in one transaction.

    With ``join`` it is joined to the outage on its line; single complaints get one, in the same transaction.
    The same act again returns what was stored before anything is looked at.
    """
    with desk.book.reading() as connection:
        if recorded(connection, draft.act, Kind.COMPLAINT_REGISTERED):
            return stored_complaint(desk, connection, draft.act)
    demand(desk, session, Right.REGISTER_COMPLAINT, at)
    kind = desk.rules.catalogue(business_day(at)).complaints.type(_key(draft.type_key))
    draft = _checked(draft, kind)
    with desk.book.writing() as page:
        if recorded(page.connection, draft.act, Kind.COMPLAINT_REGISTERED) is None:
            consumer = known_consumer(page.connection, draft.consumer) if draft.consumer else None
            place = placed(page.connection, consumer, draft)
            whole = _joined(desk, page, session, kind, draft, place, at) if draft.join else None
            serial = page.next_serial(Series.COMPLAINT)
            payload = as_payload(desk, session, consumer, kind, draft, place, serial, at)
            if whole is not None:
                ends = ends_with(kind, whole.registered.type)
                payload = replace(payload, joined=whole.act, ends=ends)
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
    draft: ComplaintDraft,
    place: Place,
    serial: int,
    at: datetime,
) -> ComplaintRegistered:
    """What is recorded of a complaint. Of an anonymous one nothing that leads to who made it."""
    if kind.anonymous:
        consumer = None
    urban = consumer.urban if consumer else desk.office.urban
    ladder = desk.rules.ladder(kind, desk.office.area(urban=urban), at)
    return ComplaintRegistered(
        serial=serial,
        office=desk.office.code,
        counter=desk.office.counter,
        day=business_day(at),
        consumer=consumer.number if consumer else "",
        type=kind.code,
        priority=kind.priority,
        urban=urban,
        mobile="" if kind.anonymous else draft.mobile,
        landmark=draft.landmark,
        note=draft.note,
        dtr=place.dtr,
        registered_at=at,
        due_at=limit_of(ladder),
        rules=desk.rules.catalogue(business_day(at)).ruling.name,
        clerk=session.person.code,
        feeder=place.feeder,
        pole=place.pole,
        answers=tuple(one for one in draft.answers if one.said and one.ask not in PLACES),
        ladder=ladder,
    )


def placed(connection: Connection | None, consumer: Consumer | None, draft: ComplaintDraft) -> Place:
    """Where on the network it is: as answered, as far as the lists know it, else as of the consumer.

    An answer that only repeats the consumer's own line decides nothing against one that was typed; one that
    was emptied says that it is not there. Without a connection what was typed is taken as it stands.
    """
    own = {"dtr": consumer.dtr, "feeder": consumer.feeder} if consumer is not None else {}
    said = {one.ask: one.said for one in draft.answers if one.ask in PLACES}
    found: dict[str, str] = {}
    for kind in reversed(PLACES):  # a pole names its transformer, a transformer its feeder
        answered = said.get(kind, "") if said.get(kind) != own.get(kind) else ""
        if typed := answered or found.get(kind, ""):
            known = finds.asset(connection, typed) if connection is not None else None
            found[kind] = known.code if known and known.kind == kind else typed
            if known and known.kind == kind and kind in _ABOVE:
                found.setdefault(_ABOVE[kind], known.above)
    found = {kind: code for kind, code in found.items() if code}
    if _at_own_line(said, found, own):
        found = own | found
    return Place(*(found.get(kind) or said.get(kind, "") for kind in ("dtr", "feeder", "pole")))


def _at_own_line(said: Mapping[str, str], found: Mapping[str, str], own: Mapping[str, str]) -> bool:
    """Whether nothing that was answered leads away from the consumer's own line."""
    emptied = any(said.get(kind) == "" and code for kind, code in own.items())
    return not emptied and all(found.get(kind, code) == code for kind, code in own.items() if code)


def _joined(
    desk: Desk, page: Page, session: Session, kind: ComplaintType, draft: ComplaintDraft, place: Place,
    at: datetime,
) -> ComplaintRow | None:  # fmt: skip
    """The outage that a complaint becomes a part of; single complaints get one here, which takes them in."""
    catalogue = desk.rules.catalogue(business_day(at))
    outage = outage_at(page.connection, catalogue, place.dtr, place.feeder, at)
    if outage is None or kind.outage is None:
        return None
    if outage.whole is not None:
        return outage.whole
    whole = whole_line(catalogue)
    if whole is None:
        return None
    made = replace(draft, consumer="", mobile="", note="", landmark="", answers=())
    serial = page.next_serial(Series.COMPLAINT)
    off = place._replace(dtr=outage.dtr, pole="")
    payload = as_payload(desk, session, None, whole, made, off, serial, at)
    act = _outage_act(draft.act)
    page.record(payload, act=act, person=session.person.id, at=at)
    row = known_complaint(page.connection, act, ())
    merge_into(page, session, by_steps(draft.act, outage.singles), row, catalogue, at)
    return row


def _outage_act(draft: UUID) -> UUID:
    """The act of the outage that is made with a complaint."""
    return uuid5(draft, "outage")


def status(desk: Desk, session: Session, typed: str, at: datetime) -> tuple[ComplaintRow, ...]:
    """Complaints by number, tail, consumer, mobile or name; nothing typed lists the open ones.

    What is confidential goes above the office, and is not among them.
    """
    demand(desk, session, Right.SEE_CONSUMERS, at)
    hidden = hidden_types(desk, session)
    with desk.book.reading() as connection:
        if not typed.strip():
            return finds.open_complaints(connection, hidden)
        return finds.complaints_found(connection, desk.book.words, scrap(typed), hidden)


def complaint(desk: Desk, session: Session, act: UUID, at: datetime) -> ComplaintRow:
    """One complaint as it stands; ``ComplaintUnknown`` also for what is confidential."""
    demand(desk, session, Right.SEE_CONSUMERS, at)
    hidden = hidden_types(desk, session)
    with desk.book.reading() as connection:
        return known_complaint(connection, act, hidden)


def registered(desk: Desk, session: Session, act: UUID, at: datetime) -> Registered:
    """A complaint registered at this counter, as its slip shows it."""
    demand(desk, session, Right.SEE_CONSUMERS, at)
    with desk.book.reading() as connection:
        if paper_is_hidden(desk, session, connection, act):
            raise ComplaintUnknown(str(act))
        return stored_complaint(desk, connection, act)


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
    outage = _outage_act(act)
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
        outage_job=outage if journal.entry_of_act(connection, outage) else None,
    )


def _checked(draft: ComplaintDraft, kind: ComplaintType) -> ComplaintDraft:
    """The draft with its texts cleaned; refuses what is missing for this type, and what is no picture."""
    if draft.picture:
        demand_picture(draft.picture)
    consumer = "" if kind.anonymous else draft.consumer.strip()
    if kind.needs_consumer and not consumer:
        raise NumberIncomplete(0)
    with about("mobile"):
        caller = "" if kind.anonymous or not draft.mobile.strip() else mobile(draft.mobile)
    asked, answers = {question.key for question in kind.questions}, []
    if asks_place(kind):
        asked |= set(PLACES)
    for ask, said in ((one.ask, one.said) for one in draft.answers if one.ask in asked):
        with about(ask):
            answers.append(Answered(ask, clean_text(said, LONGEST_ANSWER)))
    answered = tuple(one for one in answers if one.said or one.ask in PLACES)
    with about("landmark"):
        landmark = clean_text(draft.landmark, LONGEST_LANDMARK)
        if not (consumer or landmark or any(one.said and one.ask in PLACES for one in answered)):
            raise PlaceMissing
    with about("note"):
        note = clean_text(draft.note, LONGEST_NOTE)
    return replace(draft, consumer=consumer, mobile=caller, landmark=landmark, note=note, answers=answered)


def _key(typed: str) -> str:
    """A type's key as it was typed; what is longer than any is cut for the answer."""
    return western_digits(scrap(typed)).strip()[:LONGEST_KEY]
