"""Why the desk says no to something about a complaint."""

from datetime import date

from counter_app.domain.refusals import Refused


class ConsentMissing(Refused):
    """A complaint is closed when the consumer agrees, and it is recorded how."""


class ConsentCodeWrong(Refused):
    """The code typed is not the one on the consumer's slip."""


class ConsentCodeOld(Refused):
    """The code typed is that of a slip from before the complaint was reopened."""


class ConsentCodeElsewhere(Refused):
    """What the code on a slip follows from is not here any more, or never was."""


class SilenceIsNoConsent(Refused):
    """The rules do not let silence count as agreement, or not yet."""


class CentralNumberWrong(Refused):
    """Not a number that 1912 gives."""


class OfficeItself(Refused):
    """The complaint is at this office already."""

    office: str


class NothingToClaim(Refused):
    """No limit is overrun, none has a compensation, it was claimed before, or too long ago."""


class ComplaintNotPart(Refused):
    """A complaint can be no part of itself, nor of what is over or a part of it."""


class DangerInOther(Refused):
    """Danger becomes no part of what is less urgent: it would be out of sight."""


class StepUnexplained(Refused):
    """A withdrawal does not say why, nor a call back whom somebody spoke to."""


class NobodyNamed(Refused):
    """It was given to nobody."""


class AnswerRefused(Refused):
    """An answer cannot be recorded; ``question`` is its key."""

    question: str

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        self.field = self.question


class AnswerMissing(AnswerRefused):
    """A question that must be answered was not."""


class AnswerNoNumber(AnswerRefused):
    """The answer is no number, or a longer one than any meter or load has."""


class AnswerNoDay(AnswerRefused):
    """The answer is no day of the calendar."""


class AnswerNoMobile(AnswerRefused):
    """The answer is no mobile number."""


class ReadingAhead(AnswerRefused):
    """A meter is read today or earlier."""

    day: date


class AgreementMissing(Refused):
    """Nothing is recorded for somebody who did not agree, or of whom nothing was seen."""


class NoPicture(Refused):
    """Not a JPEG or PNG that can be read to its end, or one with more pixels than any camera has."""


class TooManyPictures(Refused):
    """A complaint has as many pictures as it may have."""

    most: int


class PaymentNotDescribed(Refused):
    """A payment is told from others by four digits of its reference, or by its day and amount."""
