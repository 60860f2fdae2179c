"""What may be written to a consumer about a complaint: prepared here, sent by people, not by the counter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from counter_app.desk.complaint_steps import known_complaint
from counter_app.desk.confidential import hidden_types
from counter_app.desk.desk import Desk, demand
from counter_app.domain.complaint_life import told_of, upward
from counter_app.domain.people import Right, Session
from counter_app.store import finds, reference
from counter_app.store.rows import ComplaintRow
from counter_app.words.complaint_text import about, complaint_text
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
        wholes = finds.all_wholes(connection, row)
        parts = finds.all_parts(connection, complaint, hidden)
        numbers = {one.registered.consumer for one in (row, *parts) if one.registered.consumer}
        people = reference.known_consumers(connection, sorted(numbers))
    mobiles = {number: consumer.mobile for number, consumer in people.items()}
    rows = {one.act: one for one in (*wholes, *parts, row)}
    return tuple(_message(desk, one, rows, mobiles, at) for one in (row, *parts))


def _message(
    desk: Desk, row: ComplaintRow, rows: Mapping[UUID, ComplaintRow], mobiles: Mapping[str, str], at: datetime
) -> Message:
    """``rows`` has whatever it is a part of."""
    mobile = row.registered.mobile or mobiles.get(row.registered.consumer, "")
    line = upward(row.act, rows.get, lambda one: one.state.joined)
    told = told_of(row.state, [event for one in line for event in one.events])
    kind = desk.rules.known_type(row.registered.type, row.registered.day)
    one = about(row.number, row.registered, row.state, told, kind, desk.office)
    texts = {language: complaint_text(one, language, at) for language in Language}
    return Message(row.number.stem, mobile, texts, row.name_hi, row.name_en)
