"""Payloads about the PC's clock: what was found wrong with it, and what a person decided."""

from dataclasses import dataclass
from enum import StrEnum


class ClockFault(StrEnum):
    """What is wrong. ``BACK``: before the last entry; ``JUMP``: it moved against the steady clock of one
    boot; ``DRIFT``: it stands otherwise than the centre's.
    """

    BACK = "back"
    JUMP = "jump"
    DRIFT = "drift"


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
