"""What goes above the office: read in the books by whoever answers there, and moved with a pen of their own.

The office that it is about hears of each step by its feed, and shows it to nobody in it.
"""

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, select

from counter_app.central.channels.lives import Life, Standing, lives, numbered, standing
from counter_app.central.channels.pens import take_turn, taken
from counter_app.central.channels.seals import Seal
from counter_app.central.database import Transaction
from counter_app.central.ledger import Ledger
from counter_app.central.tables import complaints
from counter_app.domain.channel import Channel
from counter_app.domain.complaint import ComplaintStep, Consent, Stage, may_follow
from counter_app.domain.complaint_refusals import ConsentMissing, NobodyNamed, StepUnexplained
from counter_app.domain.days import from_millis
from counter_app.domain.entry import NOBODY
from counter_app.domain.numbering import read_number
from counter_app.domain.refusals import ComplaintUnknown, StepNotPossible
from counter_app.domain.rules import Rules
from counter_app.domain.text import clean_text

LONGEST_NOTE, LONGEST_NAME = 500, 60
_CHUNK = 500
_OF_OFFICE = select(complaints.c.act).where(complaints.c.office == bindparam("of")).order_by(complaints.c.act)


class Kept(NamedTuple):
    """A complaint that is kept from its office, and where it stands."""

    life: Life
    standing: Standing


@dataclass(frozen=True, slots=True)
class Move:
    """A step about to be recorded: ``by`` is who answers above the office, ``to`` whom it is given to.

    Its code cannot close it, for the slip says none; it is handed to no office and joined to nothing.
    """

    act: UUID
    number: str
    stage: Stage
    by: str
    note: str = ""
    to: str = ""
    consent: Consent | None = None


def all_above(transaction: Transaction, rules: Rules, office: str) -> list[Kept]:
    """What goes above an office, the oldest first."""
    acts = [UUID(bytes=bytes(act)) for (act,) in transaction.rows(_OF_OFFICE, {"of": office})]
    found = [
        life
        for begin in range(0, len(acts), _CHUNK)
        for life in lives(transaction, acts[begin : begin + _CHUNK]).values()
        if life.registered.type in rules.confidential
    ]
    found.sort(key=lambda life: (life.registered.registered_at, life.act))
    return [Kept(life, standing(transaction, life)) for life in found]


def one_above(transaction: Transaction, rules: Rules, typed: str) -> Kept:
    """That of a whole number. ``ComplaintUnknown``, also for what the office itself sees."""
    life = numbered(transaction, read_number(typed))
    if life is None or life.registered.type not in rules.confidential:
        raise ComplaintUnknown(typed)
    return Kept(life, standing(transaction, life))


def move(ledger: Ledger, rules: Rules, seal: Seal, said: Move, now_ms: int) -> Kept:
    """Record a step. ``ComplaintUnknown``, ``StepNotPossible``, ``StepUnexplained``, ``NobodyNamed``,
    ``ConsentMissing``, ``ChannelsClosed``.
    """
    office = one_above(ledger.transaction, rules, said.number).life.registered.office
    take_turn(ledger.transaction, office)
    life, stands = one_above(ledger.transaction, rules, said.number)
    step = _step(life, stands, said, now_ms)
    pen = taken(ledger, seal, office, Channel.ABOVE, NOBODY, now_ms)
    pen.write(step, said.act)
    pen.put_down()
    ledger.write()
    return one_above(ledger.transaction, rules, said.number)


def _step(life: Life, stands: Standing, said: Move, now_ms: int) -> ComplaintStep:
    note, to = clean_text(said.note, LONGEST_NOTE), clean_text(said.to, LONGEST_NAME)
    if not may_follow(stands.state.stage, said.stage):
        raise StepNotPossible
    if said.stage is Stage.CLOSED and said.consent is None:
        raise ConsentMissing
    if not note and (said.stage is Stage.WITHDRAWN or said.consent is Consent.CALL_BACK):
        raise StepUnexplained
    if not to and said.stage in (Stage.FORWARDED, Stage.ASSIGNED):
        raise NobodyNamed
    return ComplaintStep(
        complaint=life.act, stage=said.stage, at=life.behind(from_millis(now_ms)),
        by=clean_text(said.by, LONGEST_NAME), note=note, seen=stands.state.seen, to=to,
        consent=str(said.consent or ""),
    )  # fmt: skip
