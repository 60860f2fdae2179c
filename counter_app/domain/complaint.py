"""What is recorded of a complaint: its registration, every step of its life, and what is noted beside."""

from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from counter_app.domain.service_level import Due
from counter_app.domain.value import value


class Stage(StrEnum):
    """Where a complaint stands. Attended (staff say done) is not closed (the consumer agrees)."""

    REGISTERED = "registered"
    FORWARDED = "forwarded"
    ASSIGNED = "assigned"
    ON_SITE = "on_site"
    ATTENDED = "attended"
    CLOSED = "closed"
    REOPENED = "reopened"
    TRANSFERRED = "transferred"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


class Consent(StrEnum):
    """How the consumer agreed to a closing; ``SILENCE`` is no objection, where the rules let it count."""

    CODE = "code"
    SIGNATURE = "signature"
    CALL_BACK = "call back"
    SILENCE = "silence"


@value
class Answered:
    """What was answered to a question of the catalogue."""

    ask: str
    said: str


@value
class Seen:
    """A step that was known when another one was recorded."""

    act: UUID


@value
class ComplaintRegistered:
    """The payload of a registration. ``consumer`` is empty for a place without one.

    Version 1 ends with ``clerk``. ``ladder`` is what was promised: who must act by when. ``joined`` is the
    outage it is a part of; with ``ends`` it is over when that is.
    """

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
    feeder: str = ""
    pole: str = ""
    answers: tuple[Answered, ...] = ()
    ladder: tuple[Due, ...] = ()
    joined: UUID | None = None
    ends: bool = False

    @property
    def is_danger(self) -> bool:
        """Whether somebody may come to harm."""
        return self.priority == 1


@value
class ComplaintStep:
    """The payload of a step. ``complaint`` is the act of the registration.

    Version 1 ends with ``note`` and does not tell what it had seen. ``seen`` names the newest steps that were
    known; ``to`` is the office it went to, or who was assigned; ``into`` the complaint it became a part of,
    and with ``ends`` it is over when that is; ``consent`` how the consumer agreed.
    """

    complaint: UUID
    stage: Stage
    at: datetime
    by: str
    note: str = ""
    seen: tuple[Seen, ...] | None = None
    to: str = ""
    into: UUID | None = None
    ends: bool = False
    consent: str = ""


@value
class CentralNumberNoted:
    """1912 knows the complaint under a number of its own."""

    complaint: UUID
    number: str
    at: datetime
    by: str


@value
class OutageTold:
    """Why the supply is off, and when it is expected back; what was told last counts."""

    complaint: UUID
    cause: str
    expected_at: datetime | None
    at: datetime
    by: str


@value
class CompensationClaimed:
    """The consumer claims what is due for a limit overrun: ``amount`` paise, from ``due_at`` to ``until``."""

    complaint: UUID
    amount: int
    due_at: datetime
    until: datetime
    at: datetime
    by: str


@value
class CallMade:
    """Somebody was telephoned about it: ``whom`` as the clerk was told, by name or post."""

    complaint: UUID
    whom: str
    phone: str
    at: datetime
    by: str


@value
class PictureAttached:
    """A part of a photo or scan that was brought with it: ``part`` of ``parts``, counted from 1.

    ``picture`` is the SHA-256 of the whole JPEG in hex, ``content`` the bytes of this part.
    """

    complaint: UUID
    picture: str
    part: int
    parts: int
    content: bytes
    at: datetime
    by: str


AboutComplaint = (
    ComplaintStep | CentralNumberNoted | OutageTold | CompensationClaimed | CallMade | PictureAttached
)
"""What is recorded about a complaint after its registration; ``complaint`` is the act of that."""


def impersonal(said: ComplaintRegistered | AboutComplaint) -> ComplaintRegistered | AboutComplaint:
    """The same without anything of a person: what is left of it once it is lawfully erased."""
    match said:
        case ComplaintRegistered():
            return replace(said, mobile="", landmark="", note="", pole="", answers=())
        case ComplaintStep(stage=stage, to=to):
            return replace(said, note="", to=to if stage is Stage.TRANSFERRED else "")
        case CentralNumberNoted():
            return replace(said, number="")
        case OutageTold():
            return replace(said, cause="")
        case CallMade():
            return replace(said, whom="", phone="")
        case PictureAttached():
            return replace(said, picture="", content=b"")
        case CompensationClaimed():
            return said


@value
class StepEvent:
    """A step with the act that recorded it: together a member of the set that is folded."""

    act: UUID
    step: ComplaintStep


_WORK = frozenset({Stage.FORWARDED, Stage.ASSIGNED, Stage.ON_SITE, Stage.ATTENDED, Stage.CLOSED})
_LEAVING = frozenset({Stage.TRANSFERRED, Stage.MERGED, Stage.WITHDRAWN})
_FOLLOWS: dict[Stage, frozenset[Stage]] = {
    Stage.REGISTERED: _WORK | _LEAVING,
    Stage.FORWARDED: _WORK - {Stage.FORWARDED} | _LEAVING,
    Stage.ASSIGNED: _WORK | _LEAVING,
    Stage.ON_SITE: _WORK - {Stage.ON_SITE} | _LEAVING,
    Stage.ATTENDED: frozenset({Stage.CLOSED, Stage.REOPENED, Stage.WITHDRAWN}),
    Stage.CLOSED: frozenset({Stage.REOPENED}),
    Stage.REOPENED: _WORK | _LEAVING,
    Stage.TRANSFERRED: _WORK | _LEAVING,
    Stage.MERGED: frozenset({Stage.CLOSED, Stage.REOPENED, Stage.WITHDRAWN}),
    Stage.WITHDRAWN: frozenset({Stage.REOPENED}),
}


def may_follow(stage: Stage, following: Stage) -> bool:
    """Whether a clerk may record this step from this stage."""
    return following in _FOLLOWS[stage]
