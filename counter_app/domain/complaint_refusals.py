"""Why the desk says no to something about a complaint."""

from dataclasses import dataclass

from counter_app.domain.refusals import Refused


class ConsentMissing(Refused):
    """A complaint is closed when the consumer agrees, and it is recorded how."""


class ConsentCodeWrong(Refused):
    """The code typed is not the one on the consumer's slip."""


class ConsentCodeElsewhere(Refused):
    """Only the counter that registered a complaint knows the code on its slip."""


class SilenceIsNoConsent(Refused):
    """The rules do not let silence count as agreement, or not yet."""


class CentralNumberWrong(Refused):
    """Not a number that 1912 gives."""


@dataclass
class OfficeItself(Refused):
    """The complaint is at this office already."""

    office: str


class NothingToClaim(Refused):
    """No limit is overrun, none has a compensation, it was claimed before, or too long ago."""


class ComplaintNotPart(Refused):
    """A complaint can be no part of itself, nor of what is over or a part of it."""
