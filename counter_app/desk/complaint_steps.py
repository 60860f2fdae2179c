"""What happens to a complaint after it was registered: every step of its life, and its number at 1912."""

import hmac
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from counter_app.desk.confidential import hidden_types
from counter_app.desk.desk import Desk, demand, recorded, scrap
from counter_app.domain.central_refusals import OfficeCodeWrong
from counter_app.domain.complaint import (
    AboutComplaint,
    CallMade,
    CentralNumberNoted,
    CompensationClaimed,
    ComplaintStep,
    Consent,
    Stage,
    may_follow,
)
from counter_app.domain.complaint_refusals import (
    CentralNumberWrong,
    ComplaintNotPart,
    ConsentCodeElsewhere,
    ConsentCodeOld,
    ConsentCodeWrong,
    ConsentMissing,
    DangerInOther,
    NobodyNamed,
    NothingToClaim,
    OfficeItself,
    SilenceIsNoConsent,
    StepUnexplained,
)
from counter_app.domain.days import business_day
from counter_app.domain.entry import Kind
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import ComplaintUnknown, ReasonMissing, StepNotPossible
from counter_app.domain.service_level import Compensation
from counter_app.domain.text import clean_text, only_digits, western_digits
from counter_app.store import finds
from counter_app.store.engine import Connection
from counter_app.store.finds.codes import salt_of_complaint
from counter_app.store.rows import ComplaintRow

LONGEST_NOTE = 500
LONGEST_TO = 60
_CODE_DIGITS = 6
_GIVEN = frozenset({Stage.FORWARDED, Stage.ASSIGNED})
_OFFICE = re.compile("[0-9A-Z]{1,12}")
_CALLED = re.compile(r"(.*?)[ ,]*([0-9]{3,12})?")
_CENTRAL = re.compile("[0-9A-Za-z][0-9A-Za-z/-]{3,39}")


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A step about to be recorded.

    ``to`` is the office it goes to, or who is sent; ``into`` the number of the complaint that it becomes a
    part of, as typed; ``consent`` and ``code`` are how the consumer agreed to the closing.
    """

    act: UUID
    complaint: UUID
    stage: Stage
    note: str = ""
    to: str = ""
    into: str = ""
    consent: Consent | None = None
    code: str = ""


def step(desk: Desk, session: Session, draft: StepDraft, at: datetime) -> ComplaintRow:
    """Record what happened to a complaint; ``StepNotPossible`` when it does not follow.

    The same act again returns what stands, before anything is looked at.
    """
    with desk.book.reading() as connection:
        if stored := recorded(connection, draft.act, Kind.COMPLAINT_STEP):
            return told_of(connection, stored[0])
    demand(desk, session, Right.MOVE_COMPLAINT, at)
    note = clean_text(draft.note, LONGEST_NOTE)
    hidden = hidden_types(desk, session)
    with desk.book.writing() as page:
        if stored := recorded(page.connection, draft.act, Kind.COMPLAINT_STEP):
            return told_of(page.connection, stored[0])
        row = known_complaint(page.connection, draft.complaint, hidden)
        if not may_follow(row.state.stage, draft.stage):
            raise StepNotPossible
        if not note and (draft.stage is Stage.WITHDRAWN or draft.consent is Consent.CALL_BACK):
            raise StepUnexplained
        into = None
        if draft.stage is Stage.MERGED:
            into = _part_of(desk, page.connection, row, draft.into, hidden)
        taken = ComplaintStep(
            complaint=row.act,
            stage=draft.stage,
            at=behind(row, at),
            by=session.person.code,
            note=note,
            seen=row.state.seen,
            to=_whither(desk, row, draft),
            into=into,
            consent=_consent(desk, page.connection, row, draft, at) if draft.stage is Stage.CLOSED else "",
        )
        page.record(taken, act=draft.act, person=session.person.id, at=at)
        return known_complaint(page.connection, row.act, hidden)


def note_central_number(
    desk: Desk, session: Session, act: UUID, complaint: UUID, number: str, at: datetime
) -> ComplaintRow:
    """Record under which number 1912 knows a complaint; ``CentralNumberWrong``."""

    def noted(row: ComplaintRow, then: datetime) -> CentralNumberNoted:
        given = re.sub(r"\s", "", western_digits(scrap(number)))
        if not _CENTRAL.fullmatch(given):
            raise CentralNumberWrong
        return CentralNumberNoted(row.act, given, then, session.person.code)

    return note(desk, session, act, Kind.CENTRAL_NUMBER_NOTED, complaint, noted, at)


def note_call(
    desk: Desk, session: Session, act: UUID, complaint: UUID, typed: str, at: datetime
) -> ComplaintRow:
    """Record whom somebody telephoned about a complaint; a number at the end is the telephone's."""

    def called(row: ComplaintRow, then: datetime) -> CallMade:
        said = _CALLED.fullmatch(western_digits(clean_text(typed, LONGEST_TO)))
        assert said is not None
        whom, phone = said.groups(default="")
        if not (whom or phone):
            raise ReasonMissing
        return CallMade(row.act, whom, phone, then, session.person.code)

    return note(desk, session, act, Kind.CALL_MADE, complaint, called, at)


def claim(desk: Desk, session: Session, act: UUID, complaint: UUID, at: datetime) -> ComplaintRow:
    """Record that the consumer claims what is due; ``NothingToClaim``.

    The company decides about it, and pays by adjustment in a bill, the dues being paid.
    """

    def claimed(row: ComplaintRow, then: datetime) -> CompensationClaimed:
        amount, due_at = compensation(desk, row, at).claimable, row.state.due_at
        if not amount or due_at is None:
            raise NothingToClaim
        until = row.state.done_at or at
        return CompensationClaimed(row.act, amount, due_at, until, then, session.person.code)

    return note(desk, session, act, Kind.COMPENSATION_CLAIMED, complaint, claimed, at)


def note(
    desk: Desk,
    session: Session,
    act: UUID,
    kind: Kind,
    complaint: UUID,
    said: Callable[[ComplaintRow, datetime], AboutComplaint],
    at: datetime,
) -> ComplaintRow:
    """Record something beside the steps of a complaint, made of how it stands and when it is said.

    The same act again returns what stands, before anything is looked at.
    """
    with desk.book.reading() as connection:
        if stored := recorded(connection, act, kind):
            return told_of(connection, stored[0])
    demand(desk, session, Right.MOVE_COMPLAINT, at)
    hidden = hidden_types(desk, session)
    with desk.book.writing() as page:
        row = known_complaint(page.connection, complaint, hidden)
        if recorded(page.connection, act, kind) is None:
            page.record(said(row, behind(row, at)), act=act, person=session.person.id, at=at)
        return known_complaint(page.connection, complaint, hidden)


def compensation(desk: Desk, row: ComplaintRow, at: datetime) -> Compensation:
    """What the consumer is due for the limit overrun, and what of it may be claimed now."""
    return desk.rules.compensation(row.registered.type, row.registered.day, row.promise, at)


def consent_code(connection: Connection, row: ComplaintRow) -> str:
    """The six digits on the consumer's slip, told when the work is done; a reopening makes them others.

    They follow from the salt of the entry that registered the complaint: every counter that has the entry
    comes to the same, whoever knows number and content alone does not. Empty where it has no salt here.
    """
    salt = salt_of_complaint(connection, row.act, row.number.letters)
    return _code(salt, row.act, row.state.reopened) if salt else ""


def _code(salt: bytes, complaint: UUID, reopened: int) -> str:
    often = reopened.to_bytes(4, "big") if reopened else b""
    sealed = hmac.digest(salt, b"consent to close " + complaint.bytes + often, "sha256")
    return f"{int.from_bytes(sealed[:8], 'big') % 10**_CODE_DIGITS:0{_CODE_DIGITS}d}"


def known_complaint(connection: Connection, act: UUID, hidden: Collection[str]) -> ComplaintRow:
    """The complaint of an act; ``ComplaintUnknown`` when it is not here, or of a ``hidden`` type."""
    row = finds.complaint(connection, act)
    if row is None or row.registered.type in hidden:
        raise ComplaintUnknown(str(act))
    return row


def behind(row: ComplaintRow, at: datetime) -> datetime:
    """The time of what is recorded next: behind all that is known, also when a clock was set back."""
    last = max((event.said.at for event in row.events), default=row.registered.registered_at)
    return at if at > last else last + timedelta(milliseconds=1)


def told_of(connection: Connection, said: object) -> ComplaintRow:
    """The complaint about which something was recorded."""
    assert isinstance(said, AboutComplaint)
    return known_complaint(connection, said.complaint, ())


def _whither(desk: Desk, row: ComplaintRow, draft: StepDraft) -> str:
    """Who it was given to; for a wrong office the code of the right one."""
    if draft.stage is not Stage.TRANSFERRED:
        given = clean_text(draft.to, LONGEST_TO)
        if draft.stage in _GIVEN and not given:
            raise NobodyNamed
        return given
    office = western_digits(scrap(draft.to)).strip().upper()
    if not _OFFICE.fullmatch(office):
        raise OfficeCodeWrong
    if office == (row.state.office or row.registered.office):
        raise OfficeItself(office)
    return office


def _part_of(
    desk: Desk, connection: Connection, row: ComplaintRow, typed: str, hidden: Collection[str]
) -> UUID:
    """The one complaint that a typed number stands for; it must be open, and no part of this one."""
    found = finds.complaints_found(connection, desk.book.words, scrap(typed), hidden) if typed.strip() else ()
    if len(found) != 1:
        raise ComplaintUnknown(scrap(typed)[:LONGEST_TO])
    (other,) = found
    if not other.state.open or row.act in {one.act for one in (other, *finds.all_wholes(connection, other))}:
        raise ComplaintNotPart
    if row.registered.is_danger and not other.registered.is_danger:
        raise DangerInOther
    return other.act


def _consent(
    desk: Desk, connection: Connection, row: ComplaintRow, draft: StepDraft, at: datetime
) -> Consent:
    """How the consumer agreed, after looking at it."""
    if draft.consent is None:
        raise ConsentMissing
    if draft.consent is Consent.CODE:
        _demand_code(connection, row, only_digits(scrap(draft.code)))
    if draft.consent is Consent.SILENCE:
        days = desk.rules.catalogue(business_day(at)).silence_days
        done = row.state.done_at
        if days is None or done is None or business_day(at) - business_day(done) < timedelta(days=days):
            raise SilenceIsNoConsent
    return draft.consent


def _demand_code(connection: Connection, row: ComplaintRow, typed: str) -> None:
    """Refuse every code but the one of the slip that is good now."""
    salt = salt_of_complaint(connection, row.act, row.number.letters)
    if not salt:
        raise ConsentCodeElsewhere
    if not hmac.compare_digest(typed, _code(salt, row.act, row.state.reopened)):
        before = (_code(salt, row.act, often) for often in range(row.state.reopened))
        raise ConsentCodeOld if typed in before else ConsentCodeWrong
