"""What is written to a consumer about a complaint: the same words at the counter and at the centre."""

from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.catalogue import ComplaintType
from counter_app.domain.complaint import ComplaintRegistered, OutageTold, Stage
from counter_app.domain.complaint_life import ComplaintState
from counter_app.domain.numbering import Number
from counter_app.domain.office import Office
from counter_app.words import labels
from counter_app.words.dates import stamp
from counter_app.words.say import Language, say

HELPLINE = "1912"
"""Of an office that is not known."""


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


def about(
    number: Number,
    registered: ComplaintRegistered,
    state: ComplaintState,
    told: OutageTold | None,
    kind: ComplaintType | None,
    office: Office | None,
) -> About:
    """What is told of a complaint as it stands.

    ``told`` is what ``told_of`` finds of it. A type or an office that is not known goes by its code.
    """
    code, at = registered.type, number.office
    return About(
        office={
            Language.HINDI: office.name_hi if office else at,
            Language.ENGLISH: office.name_en if office else at,
        },
        type={
            Language.HINDI: kind.name_hi if kind else code,
            Language.ENGLISH: kind.name_en if kind else code,
        },
        number=number.stem,
        stage=state.stage,
        helpline=office.helpline if office else HELPLINE,
        due_at=state.due_at if state.lasts else None,
        cause=told.cause if told else "",
        expected_at=told.expected_at if told else None,
        restored_at=state.restored_at,
    )


def complaint_text(one: About, language: Language, at: datetime) -> str:
    """Number, what it is about, where it stands, why the supply is off, until when, whom to ask.

    No name and no address. A time that is over is left out. When an outage is over: since when, and what to
    do who still has no supply.
    """
    # Behind "one house's supply is off" the word alone would say that it still is.
    over = one.stage is Stage.CLOSED
    stage = say("complaint closed", language) if over else labels.stage(one.stage, language).lead
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
