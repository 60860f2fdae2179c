"""What a message says, and to whom: read from the books when it is sent."""

from typing import NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, select

from counter_app.central.channels.lives import lives, states
from counter_app.central.database import Transaction
from counter_app.central.tables import known, letterheads
from counter_app.domain.acts import FileKind
from counter_app.domain.complaint import Stage
from counter_app.domain.consumer import Consumer
from counter_app.domain.days import from_millis
from counter_app.domain.office import Office
from counter_app.domain.rules import Rules
from counter_app.words.complaint_text import About, complaint_text
from counter_app.words.say import Language

HELPLINE = "1912"

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
    any more. What was erased has no mobile.
    """
    found = lives(transaction, [complaint]).get(complaint)
    if found is None:
        return None
    kind = rules.known_type(found.registered.type, found.registered.day)
    life, state = states(transaction, [found])[complaint]
    of_itself = event == complaint or event in {said.act for said in life.events}
    if kind is None or kind.anonymous or kind.confidential or not (of_itself or state.joined):
        return None
    mobile = life.registered.mobile or _mobile(transaction, life.registered.consumer)
    if not mobile or state.stage is Stage.WITHDRAWN:
        return None
    whole = lives(transaction, [state.joined]).get(state.joined) if state.joined else None
    lasts = state.done_at is None
    told = (whole or life).told if lasts else None
    office = _office(transaction, life.number.office)
    about = About(
        office={
            Language.HINDI: office.name_hi if office else life.number.office,
            Language.ENGLISH: office.name_en if office else life.number.office,
        },
        helpline=office.helpline if office else HELPLINE,
        type={Language.HINDI: kind.name_hi, Language.ENGLISH: kind.name_en},
        number=life.number.stem,
        stage=state.stage,
        due_at=life.registered.due_at if lasts else None,
        cause=told.cause if told else "",
        expected_at=told.expected_at if told and told.cause else None,
        restored_at=state.done_at if whole is not None else None,
    )
    return Written(mobile, complaint_text(about, language, from_millis(now_ms)))


def _office(transaction: Transaction, code: str) -> Office | None:
    found = transaction.rows(_OFFICE, {"office": code})
    return msgspec.json.decode(found[0][0], type=Office) if found else None


def _mobile(transaction: Transaction, consumer: str) -> str:
    found = transaction.rows(_CONSUMER, {"consumer": consumer}) if consumer else []
    return msgspec.json.decode(found[0][0], type=Consumer).mobile if found else ""
