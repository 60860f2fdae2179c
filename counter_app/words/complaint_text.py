"""What is written to a consumer about a complaint: the same words at the counter and at the centre."""

from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.complaint import Stage
from counter_app.words import labels
from counter_app.words.dates import stamp
from counter_app.words.say import Language, say


@dataclass(frozen=True, slots=True)
class About:
    """Of one complaint: names in Hindi and English, and what is told of it at an instant.

    ``due_at``, ``cause`` and ``expected_at`` are told while it lasts; ``restored_at``: since when the supply
    is back of the outage that it is a part of.
    """

    office: dict[Language, str]
    type: dict[Language, str]
    number: str
    stage: Stage
    helpline: str
    due_at: datetime | None = None
    cause: str = ""
    expected_at: datetime | None = None
    restored_at: datetime | None = None


def complaint_text(one: About, language: Language, at: datetime) -> str:
    """Number, what it is about, where it stands, why the supply is off, until when, whom to ask.

    No name and no address. A time that is over is left out. When an outage is over: since when, and what to
    do who still has no supply.
    """
    stage = labels.stage(one.stage, language).lead
    said = say("{office}: {number}, {type}: {stage}.", language, office=one.office[language],
               number=one.number, type=one.type[language], stage=stage)  # fmt: skip
    if one.cause:
        said += " " + say("Cause: {cause}.", language, cause=one.cause)
    if one.expected_at is not None and one.expected_at > at:
        said += " " + say("Supply is expected by {when}.", language, when=stamp(one.expected_at))
    if one.restored_at is not None:
        when = stamp(one.restored_at)
        said += " " + say("Supply is back since {when}. Still off: tell this number.", language, when=when)
    if one.due_at is not None:
        said += " " + say("To be done by {when}.", language, when=stamp(one.due_at))
    return f"{said} {say('Helpline {number}.', language, number=one.helpline)}"
