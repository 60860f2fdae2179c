"""How the line to the centre stands, as people are told."""

from datetime import datetime
from enum import StrEnum

from counter_app.domain.value import value


class LinkTrouble(StrEnum):
    """What stands between counter and centre, beyond a line that is down."""

    STRANGER = "stranger"
    NOT_ENROLLED = "not enrolled"
    NOT_BELIEVED = "not believed"
    REVOKED = "revoked"
    PROGRAM_OLD = "program old"
    CHAIN = "chain"
    NEEDS_SNAPSHOT = "needs snapshot"


@value
class LinkState:
    """The line now. ``linked``: the last thing that was said was answered.

    ``last_contact`` is None before the first answer ever; ``unsent`` and ``held`` count own entries.
    ``loading``: how many percent of the office's data are here, while a snapshot is being loaded; ``left``:
    the seconds that it may still take, None while nothing is known of that.
    """

    linked: bool
    last_contact: datetime | None
    unsent: int
    held: int
    trouble: LinkTrouble | None = None
    loading: int | None = None
    left: int | None = None


@value
class Brought:
    """What a file from the centre brought: own entries that arrived there, items and chunks that were read.

    ``shut_out``: the centre tells this counter nothing more.
    """

    arrived: int
    read: int
    shut_out: bool
