"""The slip of cash that moved without a receipt, 80 mm wide, with room for two signatures."""

from dataclasses import dataclass
from datetime import datetime

from counter_app.documents.counter_lines import (
    clerk_text,
    closing,
    copy_band,
    heading,
    side_by_side,
    upper_both,
)
from counter_app.documents.fonts import printable
from counter_app.documents.lines import Span
from counter_app.documents.page import Document
from counter_app.documents.roll import STRONG, Roll
from counter_app.domain.acts import Paper
from counter_app.domain.drawer import INWARD, CashMoved, HandoverAccepted
from counter_app.domain.office import Office
from counter_app.words.amounts import in_words, rupees
from counter_app.words.dates import stamp
from counter_app.words.labels import move
from counter_app.words.say import Language, both

HINDI = Language.HINDI


@dataclass(frozen=True, slots=True)
class MoveFacts:
    """All that the slip says. ``closing`` is the whole number of the Z report that handed the cash over.

    ``other_name`` is who gave or got it, ``second_name`` who agreed; empty where nobody did.
    """

    office: Office
    number: str
    payload: CashMoved | HandoverAccepted
    closing: str
    at: datetime
    printed_at: datetime
    copy: int
    reason: str
    clerk_name: str
    other_name: str
    second_name: str


def cash_slip(facts: MoveFacts) -> Document:
    """The slip as one sheet."""
    roll, payload = Roll(), facts.payload
    heading(roll, facts.office)
    kind = payload.move if isinstance(payload, CashMoved) else None
    roll.boxed([Span(upper_both(move(kind, HINDI)), bold=True)], STRONG)
    copy_band(roll, facts.copy, facts.reason)
    roll.gap(1.6)
    roll.strong_fact(both("Slip no.", HINDI), facts.number)
    roll.fact(both("Date, time", HINDI), stamp(facts.at))
    roll.rule()
    if isinstance(payload, CashMoved):
        _moved(roll, facts, payload)
    else:
        _taken_over(roll, facts, payload)
    _signatures(roll, payload)
    clerk = clerk_text(facts.clerk_name, payload.clerk)
    closing(roll, facts.office, clerk, facts.number, facts.copy, facts.printed_at)
    return Document(facts.number, (roll.sheet(),), Paper.CASH_SLIP, facts.printed_at)


def _moved(roll: Roll, facts: MoveFacts, payload: CashMoved) -> None:
    roll.strong_fact(both("Amount", HINDI), rupees(payload.amount))
    for language in (Language.HINDI, Language.ENGLISH):
        roll.paragraph(in_words(payload.amount, language))
    roll.rule()
    whose = both("From whom", HINDI) if payload.move in INWARD else both("To whom", HINDI)
    roll.fact(whose, printable(clerk_text(facts.other_name, "") or payload.other))
    if payload.reason:
        roll.paragraph(f"{side_by_side(both('Reason', HINDI))}: {printable(payload.reason)}")
    if payload.approved:
        second = clerk_text(facts.second_name, payload.approved.code)
        roll.paragraph(f"{side_by_side(both('Agreed by', HINDI))}: {printable(second)}")


def _taken_over(roll: Roll, facts: MoveFacts, payload: HandoverAccepted) -> None:
    roll.fact(both("Handed over", HINDI), rupees(payload.handed))
    roll.strong_fact(both("Counted by the receiver", HINDI), rupees(payload.counted))
    for language in (Language.HINDI, Language.ENGLISH):
        roll.paragraph(in_words(payload.counted, language))
    roll.fact(both("Difference", HINDI), rupees(payload.counted - payload.handed), bold=True)
    roll.rule()
    roll.fact(both("From whom", HINDI), printable(clerk_text(facts.other_name, payload.giver)))
    roll.fact(both("Report no.", HINDI), facts.closing)
    if payload.note:
        roll.paragraph(f"{side_by_side(both('Note', HINDI))}: {printable(payload.note)}")


def _signatures(roll: Roll, payload: CashMoved | HandoverAccepted) -> None:
    roll.gap(9.0)
    into = isinstance(payload, HandoverAccepted) or payload.move in INWARD
    gave, got = both("Given by", HINDI), both("Received by", HINDI)
    cashier, other = (got, gave) if into else (gave, got)
    roll.sides([Span(side_by_side(cashier))], [Span(side_by_side(other))])
    roll.gap(1.5)
