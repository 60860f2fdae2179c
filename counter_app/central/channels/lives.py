"""Complaints as the centre's books have them: registration, steps, and where each stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, Table, and_, bindparam, func, select

from counter_app.central.database import Transaction, among
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
from counter_app.domain.entry import Header
from counter_app.domain.numbering import Number, Series, Sought, hash_letters
from counter_app.wire.payloads import Payload, PayloadDamaged, PayloadUnknown, decode

_PLACE = ("office", "device", "segment", "seq", "hash")
# Of what was erased, what it still says.
_SAYS = func.coalesce(redacted.c.payload, entries.c.payload)


def _stored(table: Table, about: str) -> "Select[tuple[object, ...]]":
    same = and_(*(entries.c[name] == table.c[name] for name in _PLACE))
    joined = table.join(entries, same).outerjoin(redacted, redacted.c.hash == entries.c.hash)
    asked = select(table.c[about], table.c.hash, entries.c.header, _SAYS).select_from(joined)
    return asked.where(among(table.c[about], "acts"))


_REGISTERED, _STEPS = _stored(complaints, "act"), _stored(steps, "complaint")
_OF_CONSUMER = (
    select(complaints.c.act).where(complaints.c.consumer == bindparam("consumer")).order_by(complaints.c.act)
)
_NUMBERED = select(complaints.c.act, complaints.c.hash).where(
    complaints.c.office == bindparam("of"),
    complaints.c.counter == bindparam("counter"),
    complaints.c.serial == bindparam("serial"),
)


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


def act_of(transaction: Transaction, sought: Sought | None) -> UUID | None:
    """The complaint of a whole number, letters and all; None where there is none."""
    if sought is None or sought.series is not Series.COMPLAINT or not (sought.office and sought.letters):
        return None
    asked = {"of": sought.office, "counter": sought.counter, "serial": sought.serial}
    for act, entry_hash in transaction.rows(_NUMBERED, asked):
        if hash_letters(bytes(entry_hash)) == sought.letters:
            return UUID(bytes=bytes(act))
    return None


def acts_of(transaction: Transaction, consumer: str) -> list[UUID]:
    """All complaints of a consumer."""
    found = transaction.rows(_OF_CONSUMER, {"consumer": consumer})
    return [UUID(bytes=bytes(act)) for (act,) in found]


def lives(transaction: Transaction, acts: Sequence[UUID]) -> dict[UUID, Life]:
    """The complaints of some acts, those that are in the books."""
    asked = {"acts": [act.bytes for act in acts]}
    found: dict[UUID, Life] = {}
    if not acts:
        return found
    for act, entry_hash, packed, body in transaction.rows(_REGISTERED, asked):
        _, made = _read(packed, body)
        if isinstance(made, ComplaintRegistered):
            number = Number(
                Series.COMPLAINT, made.office, made.counter, made.serial, hash_letters(bytes(entry_hash))
            )
            found[UUID(bytes=bytes(act))] = Life(UUID(bytes=bytes(act)), number, made)
    for about, _, packed, body in transaction.rows(_STEPS, asked):
        act, said = _read(packed, body)
        life = found.get(UUID(bytes=bytes(about)))
        if life is not None and isinstance(said, AboutComplaint):
            life.events.append(Said(act, said))
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
