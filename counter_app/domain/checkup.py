"""What a look at a machine and its records found, one thing at a time."""

from enum import StrEnum

from counter_app.domain.value import value


class State(StrEnum):
    """How a finding stands: fine, worth knowing, or in the way of the work."""

    OK = "ok"
    NOTE = "note"
    FAULT = "fault"


@value
class Finding:
    """One thing looked at: its name, what was found, how it stands.

    ``where`` names folders and devices of this PC, which may have people's names: it is shown here and goes
    nowhere else. ``hindi`` and ``english`` say what is wrong and how to repair it; empty when it is fine.
    """

    name: str
    value: str
    state: State = State.OK
    where: str = ""
    hindi: str = ""
    english: str = ""
