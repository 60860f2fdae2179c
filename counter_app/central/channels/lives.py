"""Complaints as the centre's books have them: registration, steps, and where each stands."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Select, Table, and_, bindparam, func, select, union_all

from counter_app.central.database import Row, Transaction, among
from counter_app.central.tables import complaints, entries, redacted, steps
from counter_app.domain.complaint import (
    AboutComplaint,
    ComplaintRegistered,
    ComplaintStep,
    OutageTold,
    StepEvent,
)
from counter_app.domain.complaint_life import (
    Above,
    ComplaintState,
    above,
    fold,
    fold_within,
    number_given,
    told_of,
    upward,
)
from counter_app.domain.entry import Entry, Header
from counter_app.domain.numbering import Number, Series, Sought, hash_letters
from counter_app.wire.payloads import Payload, PayloadDamaged, PayloadUnknown, decode

_PLACE = ("office", "device", "segment", "seq", "hash")
# Of what was erased, what it still says.
_SAYS = func.coalesce(redacted.c.payload, entries.c.payload)


def _stored(table: Table, about: str, which: "_Which") -> "Select[tuple[object, ...]]":
    same = and_(*(entries.c[name] == table.c[name] for name in _PLACE))
    joined = table.join(entries, same).outerjoin(redacted, redacted.c.hash == entries.c.hash)
    asked = select(table.c[about], table.c.hash, entries.c.header, _SAYS).select_from(joined)
    return asked.where(which(table.c[about]))


def _all_about(which: "_Which") -> "CompoundSelect[tuple[object, ...]]":
    """Registrations, and all that was recorded about them since."""
    return union_all(_stored(complaints, "act", which), _stored(steps, "complaint", which))


_Which = Callable[[ColumnElement[Any]], ColumnElement[bool]]
_NUMBERED = select(complaints.c.act).where(
    complaints.c.office == bindparam("of"),
    complaints.c.counter == bindparam("counter"),
    complaints.c.serial == bindparam("serial"),
)
_OF_CONSUMER = select(complaints.c.act).where(complaints.c.consumer == bindparam("consumer"))
_ABOUT = _all_about(lambda act: among(act, "acts"))
_ABOUT_NUMBERED = _all_about(lambda act: act.in_(_NUMBERED))
_ABOUT_CONSUMER = _all_about(lambda act: act.in_(_OF_CONSUMER))


class Said(NamedTuple):
    """What was recorded about a complaint, and the act that recorded it."""

    act: UUID
    said: AboutComplaint


@dataclass(frozen=True, slots=True)
class Life:
    """A complaint and all that is recorded about it, in no order."""

    act: UUID
    number: Number
    registered: ComplaintRegistered
    events: list[Said] = field(default_factory=list)

    @property
    def steps(self) -> list[StepEvent]:
        """What moves it."""
        return [StepEvent(act, said) for act, said in self.events if isinstance(said, ComplaintStep)]

    @property
    def central_number(self) -> str:
        """The newest number that 1912 gave; empty while it gave none."""
        return number_given(self.events)

    def behind(self, at: datetime) -> datetime:
        """The time of what is recorded next: behind all that is known, also when a clock stood ahead."""
        return max([at, self.registered.registered_at, *(said.at for _, said in self.events)])


class Standing(NamedTuple):
    """Where a complaint stands, and what was recorded of it and of all that it is a part of."""

    state: ComplaintState
    events: list[Said]

    @property
    def told(self) -> OutageTold | None:
        """Why the supply is off, while it is."""
        return told_of(self.state, self.events)


def lives(transaction: Transaction, acts: Sequence[UUID]) -> dict[UUID, Life]:
    """The complaints of some acts, those that are in the books."""
    return _lives(transaction.rows(_ABOUT, {"acts": [act.bytes for act in acts]}))


def numbered(transaction: Transaction, sought: Sought | None) -> Life | None:
    """The complaint of a whole number, letters and all; None where there is none."""
    if sought is None or sought.series is not Series.COMPLAINT or not (sought.office and sought.letters):
        return None
    asked = {"of": sought.office, "counter": sought.counter, "serial": sought.serial}
    found = _lives(transaction.rows(_ABOUT_NUMBERED, asked)).values()
    return next((life for life in found if life.number.letters == sought.letters), None)


def of_consumer(transaction: Transaction, consumer: str) -> list[Life]:
    """All complaints of a consumer."""
    return list(_lives(transaction.rows(_ABOUT_CONSUMER, {"consumer": consumer})).values())


def life_of(registration: Entry) -> Life:
    """A complaint that is only registered."""
    (life,) = _lives(
        [(registration.header.act.bytes, registration.hash, registration.packed_header, registration.payload)]
    ).values()
    return life


def _lives(rows: Iterable[Row]) -> dict[UUID, Life]:
    found: dict[UUID, Life] = {}
    events: list[tuple[UUID, Said]] = []
    for about, entry_hash, packed, body in rows:
        complaint = UUID(bytes=bytes(about))
        match _read(packed, body):
            case _, ComplaintRegistered() as made:
                letters = hash_letters(bytes(entry_hash))
                number = Number(Series.COMPLAINT, made.office, made.counter, made.serial, letters)
                found[complaint] = Life(complaint, number, made)
            case act, said if isinstance(said, AboutComplaint):
                events.append((complaint, Said(act, said)))
    for complaint, event in events:
        if complaint in found:
            found[complaint].events.append(event)
    return found


def standing(transaction: Transaction, life: Life) -> Standing:
    """Where a complaint stands, with what it is a part of."""
    known = {life.act: life}

    def look(act: UUID) -> Life | None:
        if act not in known:
            known.update(lives(transaction, [act]))
        return known.get(act)

    def above_of(act: UUID) -> Above | None:
        whole = look(act)
        return above(fold(whole.registered, whole.steps)) if whole else None

    state = fold_within(life.registered, life.steps, above_of)
    wholes = upward(state.joined, look, lambda one: fold(one.registered, one.steps).joined)
    return Standing(state, [*life.events, *(said for one in wholes for said in one.events)])


def _read(packed: bytes, body: bytes) -> tuple[UUID, Payload | None]:
    header = Header.unpacked(bytes(packed))
    try:
        return header.act, decode(header.kind, header.kind_version, bytes(body))
    except (PayloadUnknown, PayloadDamaged):
        return header.act, None
