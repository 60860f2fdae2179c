"""The shield of the due date: what stands for it that money came in time, should the centre hear late."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known at a moment.

    ``heard_at``: when the centre last answered, None: never; ``offline``: it does not answer now;
    ``clock_doubted``: the clock was found wrong, and nobody has said that it is right.
    """

    heard_at: datetime | None
    offline: bool
    clock_doubted: bool

    def shields(self, day: date, last_day: date) -> bool:
        """Whether a payment of a day was received in time by a clock that stands for it."""
        return day <= last_day and not self.clock_doubted
