"""The PC's clock as evidence: set back, jumped, drifting. Judged from what is known, decided by a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

MAY_LAG = timedelta(seconds=120)
MAY_JUMP = timedelta(seconds=300)


class ClockFault(StrEnum):
    """What is wrong. ``BACK``: before the last entry; ``JUMP``: it moved against the steady clock of one
    boot; ``DRIFT``: it stands otherwise than the centre's.
    """

    BACK = "back"
    JUMP = "jump"
    DRIFT = "drift"


@dataclass(frozen=True, slots=True)
class Reading:
    """Two clocks read together: the wall's (UTC), and the steady one of a boot in milliseconds."""

    wall: datetime
    steady_ms: int
    boot: UUID


@dataclass(frozen=True, slots=True)
class Found:
    """A fault and by how much, in whole seconds; below zero: the clock stands too early."""

    fault: ClockFault
    seconds: int


def judge(now: Reading, last: Reading | None, centre_offset: timedelta | None) -> Found | None:
    """The gravest fault of the clock; None when nothing speaks against it.

    ``last`` is the newest entry's reading; ``centre_offset`` how far the centre's clock was ahead of this
    one when it last answered in this run of the program, None when it has not.
    """
    if last is not None:
        if now.boot == last.boot and now.steady_ms >= last.steady_ms:
            steady = timedelta(milliseconds=now.steady_ms - last.steady_ms)
            jump = now.wall - last.wall - steady
            if abs(jump) > MAY_JUMP:
                return Found(ClockFault.JUMP, int(jump.total_seconds()))
        if now.wall < last.wall - MAY_LAG:
            return Found(ClockFault.BACK, int((now.wall - last.wall).total_seconds()))
    if centre_offset is not None and abs(centre_offset) > MAY_JUMP:
        return Found(ClockFault.DRIFT, -int(centre_offset.total_seconds()))
    return None


@dataclass(frozen=True, slots=True)
class ClockFound:
    """The clock was found wrong: how, and by how many seconds. Receipts say so until somebody decides."""

    fault: ClockFault
    seconds: int
    code: str


class Decision(StrEnum):
    """What a supervisor says of the clock."""

    IS_RIGHT = "is right"
    GO_ON = "go on"


@dataclass(frozen=True, slots=True)
class ClockDecided:
    """A supervisor decided about the clock: it is right now, or work goes on with flagged receipts."""

    decision: Decision
    code: str
