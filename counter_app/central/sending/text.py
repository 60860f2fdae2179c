"""What a message says, and to whom: read from the books when it is sent."""

from typing import NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, select

from counter_app.central.channels.lives import Standing, lives, standing
from counter_app.central.database import Transaction
from counter_app.central.tables import known, letterheads
from counter_app.domain.acts import FileKind
from counter_app.domain.complaint import OutageTold, Stage
from counter_app.domain.consumer import Consumer
from counter_app.domain.days import from_millis
from counter_app.domain.office import Office
from counter_app.domain.rules import Rules
from counter_app.words.complaint_text import about, complaint_text
from counter_app.words.say import Language

_OFFICE = select(letterheads.c.body).where(letterheads.c.office == bindparam("office"))
_CONSUMER = select(known.c.body).where(
    known.c.kind == str(FileKind.CONSUMERS), known.c.consumer == bindparam("consumer")
)


class Written(NamedTuple):
    """A mobile of ten digits and a text."""

    mobile: str
    text: str


def written(
    transaction: Transaction, rules: Rules, event: UUID, complaint: UUID, language: Language, now_ms: int
) -> Written | None:
    """What is told of a complaint because of an event; None when there is nothing or nobody to tell.

    Nobody is told of what is anonymous or confidential, nor, because of an outage, of what is no part of it
    any more or was done by itself before, nor twice that it is over. What was erased has no mobile.
    """
    found = lives(transaction, [complaint]).get(complaint)
    if found is None:
        return None
    kind = rules.known_type(found.registered.type, found.registered.day)
    if kind is None or kind.anonymous or kind.confidential:
        return None
    stands = standing(transaction, found)
    of_itself = event == complaint or event in {said.act for said in found.events}
    if stands.state.stage is Stage.WITHDRAWN or not (of_itself or _concerns(stands, event)):
        return None
    mobile = found.registered.mobile or _mobile(transaction, found.registered.consumer)
    if not mobile:
        return None
    office = _office(transaction, found.number.office)
    told = about(found.number, found.registered, stands.state, stands.told, kind, office)
    return Written(mobile, complaint_text(told, language, from_millis(now_ms)))


def _concerns(stands: Standing, event: UUID) -> bool:
    """Whether what happened to an outage is news for one of its parts."""
    said = next((one.said for one in stands.events if one.act == event), None)
    if isinstance(said, OutageTold):
        return stands.state.lasts
    return said is not None and said.at == stands.state.restored_at


def _office(transaction: Transaction, code: str) -> Office | None:
    found = transaction.rows(_OFFICE, {"office": code})
    return msgspec.json.decode(found[0][0], type=Office) if found else None


def _mobile(transaction: Transaction, consumer: str) -> str:
    found = transaction.rows(_CONSUMER, {"consumer": consumer}) if consumer else []
    return msgspec.json.decode(found[0][0], type=Consumer).mobile if found else ""
