"""What may be written to a consumer about a complaint: prepared here, sent by people, not by the counter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from counter_app.desk.complaint_steps import known_complaint
from counter_app.desk.confidential import hidden_types
from counter_app.desk.desk import Desk, demand
from counter_app.desk.outages import newest_told
from counter_app.domain.complaint import Stage
from counter_app.domain.people import Right, Session
from counter_app.store import finds, reference
from counter_app.store.finds.outages import all_parts
from counter_app.store.rows import ComplaintRow
from counter_app.words import labels
from counter_app.words.dates import stamp
from counter_app.words.say import Language, say


@dataclass(frozen=True, slots=True)
class Message:
    """The text in each language, and whom and which mobile it is for; empty where none is known."""

    number: str
    mobile: str
    texts: dict[Language, str]
    name_hi: str = ""
    name_en: str = ""

    def link(self, language: Language) -> str:
        """What opens WhatsApp with the text in it, at whoever has this mobile; empty without one."""
        return f"https://wa.me/91{self.mobile}?text={quote(self.texts[language])}" if self.mobile else ""


def prepare(desk: Desk, session: Session, complaint: UUID, at: datetime) -> tuple[Message, ...]:
    """What to say about where a complaint or request stands now; of an outage also for each of its parts."""
    demand(desk, session, Right.SEE_CONSUMERS, at)
    hidden = hidden_types(desk, session)
    with desk.book.reading() as connection:
        row = known_complaint(connection, complaint, hidden)
        whole = finds.complaint(connection, row.state.joined) if row.state.joined else None
        parts = [one for one in all_parts(connection, complaint) if one.registered.type not in hidden]
        numbers = {one.registered.consumer for one in (row, *parts) if one.registered.consumer}
        people = reference.known_consumers(connection, sorted(numbers))
    mobiles = {number: consumer.mobile for number, consumer in people.items()}
    return (
        _message(desk, row, whole or row, mobiles, at),
        *(_message(desk, one, row, mobiles, at) for one in parts),
    )


def _message(
    desk: Desk, row: ComplaintRow, whole: ComplaintRow, mobiles: Mapping[str, str], at: datetime
) -> Message:
    mobile = row.registered.mobile or mobiles.get(row.registered.consumer, "")
    texts = {one: _text(desk, row, whole, one, at) for one in Language}
    return Message(row.number.stem, mobile, texts, row.name_hi, row.name_en)


def _text(desk: Desk, row: ComplaintRow, whole: ComplaintRow, language: Language, at: datetime) -> str:
    """Number, what it is about, where it stands, why the supply is off, until when, whom to ask.

    No name and no address. Of an outage what was told last, while it lasts; a time that is over is left out.
    When it is over: since when, and what to do who still has no supply.
    """
    told = newest_told(whole)
    hindi, due = language is Language.HINDI, row.registered.due_at
    office = desk.office.name_hi if hindi else desk.office.name_en
    stage = labels.stage(row.state.stage, language).lead
    said = say("{office}: {number}, {type}: {stage}.", language, office=office, number=row.number.stem,
               type=_type(desk, row, hindi=hindi), stage=stage)  # fmt: skip
    lasts = row.state.done_at is None and row.state.stage is not Stage.WITHDRAWN
    if told is not None and told.cause and lasts:
        said += " " + say("Cause: {cause}.", language, cause=told.cause)
        if told.expected_at is not None and told.expected_at > at:
            said += " " + say("Supply is expected by {when}.", language, when=stamp(told.expected_at))
    if whole.act != row.act and row.state.done_at is not None and whole.state.done_at is not None:
        when = stamp(whole.state.done_at)
        said += " " + say("Supply is back since {when}. Still off: tell this number.", language, when=when)
    if due is not None and lasts:
        said += " " + say("To be done by {when}.", language, when=stamp(due))
    return f"{said} {say('Helpline {number}.', language, number=desk.office.helpline)}"


def _type(desk: Desk, row: ComplaintRow, *, hindi: bool) -> str:
    kind = desk.rules.known_type(row.registered.type, row.registered.day)
    if kind is None:
        return row.registered.type
    return kind.name_hi if hindi else kind.name_en
