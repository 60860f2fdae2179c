"""Outages: complaints with one cause on one line, joined under the oldest that is about the whole of it.

Every counter joins by what it knows. Where two counters, apart, each made an outage of the same line, the
newer goes under the older as soon as somebody gathers: whoever does it, and how often, comes to the same.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from counter_app.desk.complaint_steps import behind, known_complaint, note
from counter_app.desk.confidential import hidden_types
from counter_app.desk.desk import Desk, demand, recorded
from counter_app.domain.catalogue import Catalogue, ComplaintType, Extent
from counter_app.domain.complaint import ComplaintRegistered, ComplaintStep, OutageTold, Stage
from counter_app.domain.complaint_life import DONE, told_of
from counter_app.domain.days import business_day, in_india
from counter_app.domain.entry import Kind
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import ReasonMissing, StepNotPossible
from counter_app.domain.text import clean_text, western_digits
from counter_app.store import finds
from counter_app.store.book import Page
from counter_app.store.engine import Connection
from counter_app.store.rows import ComplaintRow

LONGEST_CAUSE = 120
_TIMED = re.compile(r"(.*?)[ ,]*(?:([01]?[0-9]|2[0-3])[:.]([0-5][0-9]))?")


@dataclass(frozen=True, slots=True)
class Outage:
    """What may be one outage: a line, how many complain about it, and what is told of it.

    ``whole`` is the complaint that stands for it, None while there are single ones only. ``dtr`` is empty
    when it is about the whole feeder. ``singles``, oldest first, are open by themselves while it is None.
    """

    dtr: str
    feeder: str
    whole: ComplaintRow | None
    singles: tuple[ComplaintRow, ...]
    complaints: int
    told: OutageTold | None


def outage_at(
    connection: Connection, catalogue: Catalogue, dtr: str, feeder: str, at: datetime
) -> Outage | None:
    """The outage that a new complaint on a transformer belongs to; None where there is none to think of."""
    codes = _codes(catalogue, Extent.WHOLE)
    on_feeder = finds.open_on_feeder(connection, feeder, codes)
    off = (*(row for row in on_feeder if not row.registered.dtr), *finds.open_on_dtr(connection, dtr, codes))
    whole = next((row for row in off if row.state.stage not in DONE), None)
    parts = _codes(catalogue, Extent.PART)
    if whole is not None:
        line = whole.registered.dtr
        single = finds.count_on_line(connection, line, "" if line else feeder, parts)
        many = finds.parts_of(connection, whole.act) + 1 + single
        return Outage(line, feeder, whole, (), many, told_of(whole.state, whole.events))
    early = at - timedelta(hours=catalogue.outage_hours)
    if whole_line(catalogue) is None:
        return None
    for line, found in (
        (dtr, finds.open_on_dtr(connection, dtr, parts)),
        ("", finds.open_on_feeder(connection, feeder, parts)),
    ):
        singles = tuple(row for row in found if row.registered.registered_at >= early)
        if len(singles) + 1 >= catalogue.outage_from:
            return Outage(line, feeder, None, singles, len(singles), None)
    return None


def whole_line(catalogue: Catalogue) -> ComplaintType | None:
    """The type of an outage that is made of single complaints; None where the company's list has none."""
    return next((one for one in catalogue.types if one.outage is Extent.WHOLE and one.ends), None)


def ends_with(kind: ComplaintType, whole: str) -> bool:
    """Whether a complaint is over when the supply of its outage is back; ``whole`` is that one's code."""
    return kind.ends or kind.code == whole


def merge_into(
    page: Page,
    session: Session,
    rows: Mapping[UUID, ComplaintRow],
    whole: ComplaintRow,
    catalogue: Catalogue,
    at: datetime,
) -> None:
    """Record that these became parts of an outage, each by the act of its step."""
    for act, row in rows.items():
        ends = ends_with(catalogue.type(row.registered.type), whole.registered.type)
        merged = ComplaintStep(
            complaint=row.act,
            stage=Stage.MERGED,
            at=behind(row, at),
            by=session.person.code,
            seen=row.state.seen,
            into=whole.act,
            ends=ends,
        )
        page.record(merged, act=act, person=session.person.id, at=at)


def by_steps(draft: UUID, rows: Iterable[ComplaintRow]) -> dict[UUID, ComplaintRow]:
    """Complaints by the acts of the steps that join them, which follow from that of the draft."""
    return {uuid5(draft, row.act.hex): row for row in rows}


def gather(desk: Desk, session: Session, act: UUID, complaint: UUID, at: datetime) -> ComplaintRow:
    """Join all that is open on the line of an outage under the oldest that is about the whole of it.

    What was complained about after the supply was back is none of it. Returns the oldest.
    ``StepNotPossible`` for a complaint that is about no whole line, or when there is nothing to join. The
    same act again, which is that of the first step, returns what stands, before anything is looked at.
    """
    with desk.book.reading() as connection:
        if stored := recorded(connection, act, Kind.COMPLAINT_STEP):
            return _gathered(connection, stored[0])
    demand(desk, session, Right.MOVE_COMPLAINT, at)
    catalogue, hidden = desk.rules.catalogue(business_day(at)), hidden_types(desk, session)
    with desk.book.writing() as page:
        if stored := recorded(page.connection, act, Kind.COMPLAINT_STEP):
            return _gathered(page.connection, stored[0])
        asked = known_complaint(page.connection, complaint, hidden)
        whole, rest = _on_line(page.connection, catalogue, asked)
        if not rest:
            if asked.state.joined is not None:
                return known_complaint(page.connection, asked.state.joined, hidden)
            raise StepNotPossible
        rows = {act: rest[0]} | by_steps(act, rest[1:])
        merge_into(page, session, rows, whole, catalogue, at)
        return known_complaint(page.connection, whole.act, hidden)


def _gathered(connection: Connection, said: object) -> ComplaintRow:
    """The outage that something was joined under."""
    assert isinstance(said, ComplaintStep)
    return known_complaint(connection, said.into or said.complaint, ())


def tell(desk: Desk, session: Session, act: UUID, complaint: UUID, typed: str, at: datetime) -> ComplaintRow:
    """Record why the supply is off and when it is expected back; its parts show the same.

    A time such as ``18:30`` at the end of what is typed is the next such time.
    """

    def told(row: ComplaintRow, then: datetime) -> OutageTold:
        said = _TIMED.fullmatch(western_digits(clean_text(typed, LONGEST_CAUSE)))
        assert said is not None
        cause, hour, minute = said.groups()
        if not cause:
            raise ReasonMissing
        expected = _next(at, int(hour), int(minute)) if hour else None
        return OutageTold(row.act, cause, expected, then, session.person.code)

    return note(desk, session, act, Kind.OUTAGE_TOLD, complaint, told, at)


def _next(at: datetime, hour: int, minute: int) -> datetime:
    here = in_india(at).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return (here if here > at else here + timedelta(days=1)).astimezone(UTC)


def is_whole(kind: ComplaintType | None, registered: ComplaintRegistered) -> bool:
    """Whether a complaint of a type stands for a whole line; of a type that is not known here: no."""
    about_whole = kind is not None and kind.outage is Extent.WHOLE
    return about_whole and bool(registered.dtr or registered.feeder)


def _on_line(
    connection: Connection, catalogue: Catalogue, asked: ComplaintRow
) -> tuple[ComplaintRow, tuple[ComplaintRow, ...]]:
    """The oldest complaint about the whole line of one, and everything else that is open on it."""
    made, kinds = asked.registered, {kind.code: kind for kind in catalogue.types}
    if not is_whole(kinds.get(made.type), made):
        raise StepNotPossible
    types = (*_codes(catalogue, Extent.WHOLE), *_codes(catalogue, Extent.PART))
    if made.dtr:
        found = finds.open_on_dtr(connection, made.dtr, types)
    else:
        found = finds.open_on_feeder(connection, made.feeder, types)
    like = [row for row in found if row.act != asked.act and row.registered.dtr == made.dtr]
    wholes = [asked, *(row for row in like if is_whole(kinds.get(row.registered.type), row.registered))]
    whole = min(wholes, key=lambda row: (row.registered.registered_at, row.act))
    until = whole.state.done_at
    return whole, tuple(
        row
        for row in found
        if row.act != whole.act and (until is None or row.registered.registered_at <= until)
    )


def _codes(catalogue: Catalogue, extent: Extent) -> tuple[str, ...]:
    return tuple(kind.code for kind in catalogue.types if kind.outage is extent)
