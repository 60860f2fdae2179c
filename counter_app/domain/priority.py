"""Who is served before the queue (Supply Code 2013, clause 9.3), and that it was done."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Priority(StrEnum):
    """Who has a queue of their own and comes first."""

    SENIOR = "senior citizen"
    WOMAN = "woman"
    DISABLED = "disabled person"


@dataclass(frozen=True, slots=True)
class PriorityGiven:
    """Somebody was served first. Who it was stands nowhere."""

    to: Priority
    day: date
    clerk: str
