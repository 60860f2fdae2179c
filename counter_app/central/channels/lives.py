"""Complaints as the centre's books have them: registration, steps, and where each stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, Table, and_, bindparam, func, select

from counter_app.central.database import Transaction, among
from counter_app.central.tables import complaints, entries, redacted, steps
from counter_app.domain.complaint import (
    AboutComplaint,
    CentralNumberNoted,
    ComplaintRegistered,
    ComplaintStep,
    OutageTold,
    StepEvent,
)
from counter_app.domain.complaint_life import ComplaintState, fold
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
        noted = [
            (said.at, act, said.number) for act, said in self.events if isinstance(said, CentralNumberNoted)
        ]
        return max(noted)[2] if noted else ""

    @property
    def told(self) -> OutageTold | None:
        """What was told last of an outage."""
        found = [(said.at, act, said) for act, said in self.events if isinstance(said, OutageTold)]
        return max(found, key=lambda one: one[:2])[2] if found else None

    def behind(self, at: datetime) -> datetime:
        """The time of what is recorded next: behind all that is known, also when a clock stood ahead."""
        return max([at, self.registered.registered_at, *(said.at for _, said in self.events)])


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


def states(transaction: Transaction, whole: Iterable[Life]) -> dict[UUID, tuple[Life, ComplaintState]]:
    """Where each stands, with what it is a part of."""
    return {life.act: (life, _state(transaction, life)) for life in whole}


def _state(transaction: Transaction, life: Life) -> ComplaintState:
    own = fold(life.registered, life.steps)
    restored = _restored(transaction, life.act, own)
    return fold(life.registered, life.steps, restored) if restored else own


def _restored(transaction: Transaction, act: UUID, own: ComplaintState) -> datetime | None:
    """Since when that is done which a complaint is a part of; None while it is not."""
    passed = {act}
    while own.is_part and own.joined is not None and own.joined not in passed:
        passed.add(own.joined)
        whole = lives(transaction, [own.joined]).get(own.joined)
        if whole is None:
            return None
        own = fold(whole.registered, whole.steps)
        if own.done_at is not None and not own.attention:
            return own.done_at
    return None


def _read(packed: bytes, body: bytes) -> tuple[UUID, Payload | None]:
    header = Header.unpacked(bytes(packed))
    try:
        return header.act, decode(header.kind, header.kind_version, bytes(body))
    except (PayloadUnknown, PayloadDamaged):
        return header.act, None
