"""Complaints that went to another office: that office hears all of them, and what comes from then on.

So does the office that registered one, whoever works on it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Select, Table, and_, select

from counter_app.central.database import Transaction, among
from counter_app.central.tables import complaints, entries, offices, steps
from counter_app.domain.complaint import ComplaintStep, Stage
from counter_app.domain.entry import Entry
from counter_app.wire.payloads import Payload, PayloadDamaged, PayloadUnknown, decode

_OFFICES = select(offices.c.office).where(among(offices.c.office, "offices"))
_REGISTERED = select(complaints.c.act, complaints.c.office).where(among(complaints.c.act, "complaints"))


def _stored(table: Table, about: str) -> "Select[tuple[object, ...]]":
    """What was stored of the entries behind rows about complaints, in the order in which it came."""
    at, stored = table.c, entries.c
    same = and_(
        stored.office == at.office, stored.device == at.device, stored.segment == at.segment,
        stored.seq == at.seq, stored.hash == at.hash,
    )  # fmt: skip
    found = select(at[about], stored.header, stored.payload, stored.salt).join_from(table, entries, same)
    return found.where(among(at[about], "complaints")).order_by(stored.received_ms, stored.seq)


_REGISTRATIONS, _STEPS = _stored(complaints, "act"), _stored(steps, "complaint")


@dataclass(slots=True)
class HandedOver:
    """Which offices hear of complaints beside those of their consumers, within one transaction."""

    transaction: Transaction
    hearing: dict[UUID, set[str]] = field(default_factory=dict)

    def look_up(self, complaints_: Iterable[UUID]) -> None:
        """Read what integrating entries about these will ask for."""
        new = set(complaints_) - set(self.hearing)
        if new:
            self._read(new)

    def offices(self, complaint: UUID | None) -> set[str]:
        """The offices that hear of an entry about a complaint."""
        if complaint is None:
            return set()
        self.look_up([complaint])
        return self.hearing[complaint]

    def add(self, entry: Entry, payload: ComplaintStep) -> Sequence[tuple[str, Entry]]:
        """A complaint may go to another office by this; what that one has to hear of what was before."""
        hearing = self.offices(payload.complaint)
        if payload.to in hearing or not self.transaction.rows(_OFFICES, {"offices": [payload.to]}):
            return []
        hearing.add(payload.to)
        asked = {"complaints": [payload.complaint.bytes]}
        rows = [row for which in (_REGISTRATIONS, _STEPS) for row in self.transaction.rows(which, asked)]
        before = (Entry(header, said, salt, b"") for _, header, said, salt in rows)
        return [(payload.to, one) for one in before if one.hash != entry.hash]

    def _read(self, new: set[UUID]) -> None:
        self.hearing.update({act: set() for act in new})
        asked = {"complaints": [act.bytes for act in sorted(new)]}
        registered, recorded = self.transaction.rows_each((_REGISTERED, _STEPS), asked)
        for act, office in registered:
            self.hearing[UUID(bytes=act)].add(office)
        went: list[tuple[UUID, str]] = []
        for act, header, said, salt in recorded:
            step = _read(Entry(header, said, salt, b""))
            if isinstance(step, ComplaintStep) and step.stage is Stage.TRANSFERRED:
                went.append((UUID(bytes=act), step.to))
        known = {"offices": sorted({to for _, to in went})}
        there = {office for (office,) in self.transaction.rows(_OFFICES, known)} if went else set()
        for one, to in went:
            self.hearing[one] |= {to} & there


def _read(entry: Entry) -> Payload | None:
    header = entry.header
    try:
        return decode(header.kind, header.kind_version, entry.payload)
    except (PayloadUnknown, PayloadDamaged):
        return None
