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
from counter_app.words.complaint_text import About, complaint_text
from counter_app.words.say import Language


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
    about = _about(desk, row, whole)
    texts = {language: complaint_text(about, language, at) for language in Language}
    return Message(row.number.stem, mobile, texts, row.name_hi, row.name_en)


def _about(desk: Desk, row: ComplaintRow, whole: ComplaintRow) -> About:
    """What is told of a complaint; ``whole`` is the outage that it is a part of, or itself."""
    lasts = row.state.done_at is None and row.state.stage is not Stage.WITHDRAWN
    told = newest_told(whole) if lasts else None
    restored = whole.act != row.act and row.state.done_at is not None
    kind = desk.rules.known_type(row.registered.type, row.registered.day)
    code = row.registered.type
    return About(
        office={Language.HINDI: desk.office.name_hi, Language.ENGLISH: desk.office.name_en},
        type={
            Language.HINDI: kind.name_hi if kind else code, Language.ENGLISH: kind.name_en if kind else code
        },
        number=row.number.stem,
        stage=row.state.stage,
        helpline=desk.office.helpline,
        due_at=row.registered.due_at if lasts else None,
        cause=told.cause if told else "",
        expected_at=told.expected_at if told and told.cause else None,
        restored_at=whole.state.done_at if restored else None,
    )  # fmt: skip
