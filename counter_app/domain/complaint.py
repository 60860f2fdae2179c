"""Complaints: stages, and the fold of a complaint's events into its state."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Stage(StrEnum):
    """Where a complaint stands. Attended (staff say done) is not closed (the consumer does not object)."""

    REGISTERED = "registered"
    FORWARDED = "forwarded"
    ASSIGNED = "assigned"
    ON_SITE = "on_site"
    ATTENDED = "attended"
    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class ComplaintRegistered:
    """The payload of a registration, version 1. ``consumer`` is empty for a place without one."""

    serial: int
    office: str
    counter: int
    day: date
    consumer: str
    type: str
    priority: int
    urban: bool
    mobile: str
    landmark: str
    note: str
    dtr: str
    registered_at: datetime
    due_at: datetime | None
    rules: str
    clerk: str


@dataclass(frozen=True, slots=True)
class ComplaintStep:
    """The payload of a step, version 1. ``complaint`` is the act of the registration."""

    complaint: UUID
    stage: Stage
    at: datetime
    by: str
    note: str = ""


def impersonal(said: ComplaintRegistered | ComplaintStep) -> ComplaintRegistered | ComplaintStep:
    """The same without anything of a person: what is left of it once it is lawfully erased."""
    if isinstance(said, ComplaintRegistered):
        return replace(said, mobile="", landmark="", note="")
    return replace(said, note="")


@dataclass(frozen=True, slots=True)
class StepEvent:
    """A step with the act that recorded it: together a member of the set that is folded."""

    act: UUID
    step: ComplaintStep


@dataclass(frozen=True, slots=True)
class ComplaintState:
    """What the set of events says: the present stage and how it came to be."""

    stage: Stage
    since: datetime
    steps: tuple[ComplaintStep, ...]
    reopened: int


_DONE = frozenset({Stage.ATTENDED, Stage.CLOSED})
_FOLLOWS: dict[Stage, frozenset[Stage]] = {
    Stage.REGISTERED: _DONE | {Stage.FORWARDED, Stage.ASSIGNED, Stage.ON_SITE},
    Stage.FORWARDED: _DONE | {Stage.ASSIGNED, Stage.ON_SITE},
    Stage.ASSIGNED: _DONE | {Stage.FORWARDED, Stage.ASSIGNED, Stage.ON_SITE},
    Stage.ON_SITE: _DONE | {Stage.FORWARDED, Stage.ASSIGNED},
    Stage.ATTENDED: frozenset({Stage.CLOSED, Stage.REOPENED}),
    Stage.CLOSED: frozenset({Stage.REOPENED}),
    Stage.REOPENED: _DONE | {Stage.FORWARDED, Stage.ASSIGNED, Stage.ON_SITE},
}


def may_follow(stage: Stage, following: Stage) -> bool:
    """Whether a clerk may record this step from this stage."""
    return following in _FOLLOWS[stage]


def fold(registered_at: datetime, events: Iterable[StepEvent]) -> ComplaintState:
    """The state of a complaint from the *set* of its steps: equal for every order of arrival.

    Steps are ordered by their time, then by their act; a repeated act counts once. The stage moves
    only by steps that may follow, so that somebody who did not know of a closing cannot undo it.
    Nothing that arrived is thrown away: every step shows in ``steps``.
    """
    unique: dict[UUID, ComplaintStep] = {}
    for event in sorted(events, key=_order):
        unique.setdefault(event.act, event.step)
    stage, since, reopened = Stage.REGISTERED, registered_at, 0
    for step in unique.values():
        if may_follow(stage, step.stage):
            stage, since = step.stage, step.at
            reopened += stage is Stage.REOPENED
    return ComplaintState(stage, since, tuple(unique.values()), reopened)


def _order(event: StepEvent) -> tuple[datetime, UUID, str, str, str]:
    """A total order of events, also of damaged ones that share an act."""
    step = event.step
    return step.at, event.act, step.stage, step.by, step.note
