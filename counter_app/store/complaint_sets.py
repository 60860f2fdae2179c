"""All that was recorded about complaints, here and elsewhere: the sets that are folded."""

import json
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.engine import Connection

from counter_app.domain.complaint import AboutComplaint, ComplaintRegistered, ComplaintStep, StepEvent
from counter_app.domain.entry import Kind
from counter_app.domain.numbering import Number, Series
from counter_app.domain.refusals import StoreDamaged
from counter_app.store.rows import Event
from counter_app.wire.payloads import Payload, PayloadDamaged, PayloadUnknown, decode

# Constant text, nothing to compile: complaints are looked at behind every key that is typed. Pictures are no
# part of the set: they are large, and nothing follows from them.
_OWN = """
    SELECT c.act, c.office, c.counter, c.serial, c.letters, '', coalesce(r.payload, j.payload)
    FROM complaints c JOIN journal j USING (act) LEFT JOIN redacted r USING (act)
    WHERE c.act IN (SELECT unhex(value) FROM json_each(?))"""
_KNOWN = """
    SELECT act, office, counter, serial, letters, central_number, body FROM known_complaints
    WHERE act IN (SELECT unhex(value) FROM json_each(?))"""
_OWN_EVENTS = """
    SELECT e.complaint, e.act, j.kind, substr(j.header, 6, 1), coalesce(r.payload, j.payload)
    FROM complaint_events e JOIN journal j USING (act) LEFT JOIN redacted r USING (act)
    WHERE e.complaint IN (SELECT unhex(value) FROM json_each(?)) AND j.kind <> 47"""
_KNOWN_EVENTS = """
    SELECT complaint, act, kind, version, body FROM known_events
    WHERE complaint IN (SELECT unhex(value) FROM json_each(?))"""


class ComplaintSet(NamedTuple):
    """A registration with all that was recorded about it. ``central_number`` is what it came with."""

    act: UUID
    number: Number
    registered: ComplaintRegistered
    central_number: str
    events: tuple[Event, ...]

    @property
    def steps(self) -> tuple[StepEvent, ...]:
        """The steps among the events."""
        return tuple(StepEvent(act, said) for act, said in self.events if isinstance(said, ComplaintStep))


def complaint_sets(connection: Connection, acts: Iterable[UUID]) -> list[ComplaintSet]:
    """The sets of these complaints, in no order; those whose registration is not here are left out."""
    asked = json.dumps([act.hex for act in acts])
    found = [row for table in (_OWN, _KNOWN) for row in connection.exec_driver_sql(table, (asked,))]
    events: dict[bytes, list[Event]] = {row[0]: [] for row in found}
    for table in (_OWN_EVENTS, _KNOWN_EVENTS):
        for complaint, act, kind, version, body in connection.exec_driver_sql(table, (asked,)):
            said = _read(kind, version if isinstance(version, int) else version[0], body)
            assert isinstance(said, AboutComplaint)
            if complaint in events:
                events[complaint].append(Event(UUID(bytes=act), said))
    sets = []
    for act, office, counter, serial, letters, central, body in found:
        registered = _read(Kind.COMPLAINT_REGISTERED, _NEWEST, body)
        assert isinstance(registered, ComplaintRegistered)
        number = Number(Series.COMPLAINT, office, counter, serial, letters)
        sets.append(ComplaintSet(UUID(bytes=act), number, registered, central, tuple(events[act])))
    return sets


_NEWEST = 2  # of registrations: it reads those of before as well


def _read(kind: int, version: int, body: bytes) -> Payload:
    try:
        return decode(kind, version, body)
    except (PayloadDamaged, PayloadUnknown) as fault:
        raise StoreDamaged(str(fault)) from fault
