"""What somebody of the office must do because of an act: Home shows it, so it stands by itself."""

from enum import StrEnum


class Task(StrEnum):
    """What somebody of the office must do because of an act."""

    RECONNECT = "reconnect"
    WAIVE_SURCHARGE = "waive surcharge"
    REFUND = "refund"
    DISHONOURED = "dishonoured"
    PENDING_LATE = "pending late"
    HELD = "held"


BORN_OF_TIME = frozenset({Task.WAIVE_SURCHARGE, Task.PENDING_LATE})
"""No entry gives birth to these: they follow from a receipt and from what did not happen since."""
