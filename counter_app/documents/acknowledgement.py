"""The complaint slip, 80 mm wide: a number to keep, who acts by when, and what 1912 knows of it."""

from dataclasses import dataclass
from datetime import datetime

from counter_app.documents.counter_lines import (
    clerk_text,
    closing,
    copy_band,
    heading,
    in_both,
    number_or_stem,
    side_by_side,
    upper_both,
)
from counter_app.documents.fonts import printable
from counter_app.documents.lines import Span, fitted
from counter_app.documents.page import Align, Box, Document, Text
from counter_app.documents.request_lines import answer_text, request_lines
from counter_app.documents.roll import BODY, LEFT, MIDDLE, RIGHT, ROOM, SMALL, STRONG, Roll, label_spans
from counter_app.domain.acts import Paper
from counter_app.domain.catalogue import ComplaintType
from counter_app.domain.complaint import CompensationClaimed, ComplaintRegistered, OutageTold
from counter_app.domain.consumer import masked
from counter_app.domain.numbering import Series
from counter_app.domain.office import Office
from counter_app.domain.service_level import Due, Level, Service
from counter_app.words.amounts import rupees
from counter_app.words.dates import stamp
from counter_app.words.labels import level
from counter_app.words.say import N_, Both, Language, both, say

HINDI = Language.HINDI
_NUMBER = 24.0
_LEAST_NUMBER = 12.0
_FRAME, _INSET = 1.2, 3.0


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """All that a slip says. ``number`` is None for a preview, before anything is recorded.

    ``service`` is the one whose standard holds, None without. ``at`` is when the complaint was
    registered, ``printed_at`` when this paper is made; ``copy`` is 1 for the original, ``reason`` says in
    words why there is a copy. ``central_number`` is what 1912 gave, empty until then. ``code`` closes the
    complaint when the consumer tells it; empty where nobody comes back for it. ``outage`` is the number of
    the complaint that this one is a part of, ``told`` what is known of that. Within ``claim_days`` of a
    delay what is due for it is claimed; ``claim`` is that, once it is recorded. ``linked``: by the line to
    the centre 1912 hears of it; without that somebody must telephone about the supply, and about danger
    whenever 1912 gave no number, until it is ``over``: closed or withdrawn.
    """

    office: Office
    number: str | None
    registered: ComplaintRegistered
    type: ComplaintType
    service: Service | None
    name_hi: str
    name_en: str
    address: str
    at: datetime
    printed_at: datetime
    copy: int
    reason: str
    clerk_name: str
    central_number: str = ""
    code: str = ""
    outage: str = ""
    told: OutageTold | None = None
    claim_days: int = 0
    claim: CompensationClaimed | None = None
    linked: bool = True
    over: bool = False


def slip(facts: SlipFacts) -> Document:
    """The slip as one sheet."""
    roll = Roll()
    _head(roll, facts)
    if facts.number is None:
        roll.gap(1.2)
        roll.boxed([Span(in_both(both("Not recorded yet", HINDI)), bold=True)], STRONG, inverse=True)
    copy_band(roll, facts.copy, facts.reason)
    roll.gap(1.6)
    _the_number(roll, facts)
    _who_and_where(roll, facts)
    _what(roll, facts)
    _outage(roll, facts)
    _by_when(roll, facts)
    if facts.type.request:
        _at_the_centre(roll)
    elif facts.type.confidential:
        _above(roll, facts)
    else:
        _at_1912(roll, facts)
    if not (facts.type.anonymous or facts.type.confidential):
        _sign(roll)
    clerk = clerk_text(facts.clerk_name, facts.registered.clerk)
    closing(roll, facts.office, clerk, facts.number, facts.copy, facts.printed_at)
    title = number_or_stem(facts.number, Series.COMPLAINT, facts.registered)
    return Document(title, (roll.sheet(),), Paper.SLIP, facts.printed_at)


def _head(roll: Roll, facts: SlipFacts) -> None:
    """Whose paper it is and what it is called; of danger to life, in a thick red frame."""
    name = both("Request slip", HINDI) if facts.type.request else both("Complaint slip", HINDI)
    framed = facts.type.dangerous
    head = Roll(LEFT + _INSET, RIGHT - _INSET, roll.y + _INSET) if framed else roll
    heading(head, facts.office)
    head.boxed([Span(upper_both(name), bold=True)], STRONG)
    if framed:
        height = head.y + _INSET - roll.y
        roll.items += [Box(LEFT, roll.y, ROOM, height, _FRAME, red=True), *head.items]
        roll.y += height


def _the_number(roll: Roll, facts: SlipFacts) -> None:
    """The number as large as the paper allows: it is what people come back with."""
    if facts.type.request:
        label = both("Next number", HINDI) if facts.number is None else both("Request no.", HINDI)
    else:
        label = both("Next complaint", HINDI) if facts.number is None else both("Complaint no.", HINDI)
    roll.sides(label_spans(label), [Span(stamp(facts.at))])
    text = number_or_stem(facts.number, Series.COMPLAINT, facts.registered)
    size = fitted(text, _NUMBER, ROOM, bold=True, least=_LEAST_NUMBER)
    roll.gap(0.4)
    roll.items.append(Text(MIDDLE, roll.baseline(size), text, size, bold=True, align=Align.CENTRE))
    roll.dashes()


def _who_and_where(roll: Roll, facts: SlipFacts) -> None:
    made = facts.registered
    if not any((made.consumer, made.landmark, made.pole, made.dtr, made.feeder, made.mobile)):
        return
    if made.consumer:
        roll.strong_fact(both("Consumer no.", HINDI), made.consumer)
    if facts.name_hi or facts.name_en:
        roll.names(printable(facts.name_hi), printable(facts.name_en))
    if facts.address:
        roll.paragraph(printable(facts.address))
    if made.landmark:
        roll.paragraph(f"{side_by_side(both('Place', HINDI))}: {printable(made.landmark)}")
    for name, code in ((N_("Pole"), made.pole), (N_("DTR"), made.dtr), (N_("Feeder"), made.feeder)):
        if code:
            roll.fact(both(name, HINDI), printable(code))
    if made.mobile:
        roll.fact(both("Mobile", HINDI), masked(made.mobile))
    roll.dashes()


def _what(roll: Roll, facts: SlipFacts) -> None:
    what = both("Request", HINDI) if facts.type.request else both("Complaint", HINDI)
    roll.sides(label_spans(what), [Span(printable(facts.type.name_hi), bold=True)], BODY)
    roll.sides([], [Span(printable(facts.type.name_en))], SMALL)
    for question in facts.type.questions:
        for one in facts.registered.answers:
            if one.ask == question.key:
                roll.fact(Both(question.name_hi, question.name_en), answer_text(question, one.said))
    if facts.registered.note:
        roll.paragraph(f"{side_by_side(both('Note', HINDI))}: {printable(facts.registered.note)}")
    roll.dashes()
    if facts.type.request:
        request_lines(roll, facts.registered, facts.type)


def _outage(roll: Roll, facts: SlipFacts) -> None:
    """That it is a part of an outage, and what is known of that."""
    if not facts.outage:
        return
    roll.strong_fact(both("Outage", HINDI), facts.outage)
    told = facts.told
    if told is not None:
        roll.paragraph(printable(told.cause))
        if told.expected_at is not None:
            back = both("supply expected {when}", HINDI, when=stamp(told.expected_at))
            roll.sides([], [Span(back.lead, bold=True)])
    roll.dashes()


def _by_when(roll: Roll, facts: SlipFacts) -> None:
    """Who acts by when, level by level, and what may be claimed where a source says so."""
    service, office = facts.service, facts.office
    roll.sides(label_spans(both("Who acts", HINDI)), [Span(printable(facts.type.actor.name_hi), bold=True)])
    ladder = facts.registered.ladder or (Due(Level.ZONE, facts.registered.due_at),)
    names = {Level.ZONE: office.name_hi, Level.DIVISION: office.division_hi}
    limits = [(due.level, due.due_at) for due in ladder if due.due_at is not None]
    if limits:
        roll.sides(label_spans(both("By when", HINDI)), [])
    for who, due_at in limits:
        by = both("by {time}", HINDI, time=stamp(due_at))
        name = names.get(who) or level(who, HINDI).lead
        roll.sides([Span(printable(name))], [Span(by.lead, bold=True)], BODY)
    if limits and ladder[-1].due_at is None:
        after = both("after that {level}", HINDI, level=level(ladder[-1].level, HINDI).lead)
        roll.sides([], [Span(after.lead)], SMALL)
    if facts.claim is not None:
        _claimed(roll, facts.claim)
    elif facts.registered.due_at and facts.registered.consumer and service and service.compensation:
        text = (
            N_("After that, compensation of {amount} may be claimed.")
            if service.once
            else N_("After that, compensation of {amount} a day may be claimed.")
        )
        _said(roll, both(text, HINDI, amount=rupees(service.compensation)))
        within = N_("Only with all bills paid, and within {days} days of the end of the delay.")
        if service.once:
            within = N_("Only with all bills paid, and within {days} days of that.")
        _said(roll, both(within, HINDI, days=facts.claim_days))


def _claimed(roll: Roll, claim: CompensationClaimed) -> None:
    """What was claimed for the delay: the consumer's proof of it."""
    text = N_("Compensation of {amount} was claimed on {when}.")
    _said(roll, both(text, HINDI, amount=rupees(claim.amount), when=stamp(claim.at)))
    _said(roll, both("The company decides about it; what it allows comes in a bill.", HINDI))


def _at_1912(roll: Roll, facts: SlipFacts) -> None:
    """Whether the call centre has it; for danger, that somebody must telephone now."""
    if facts.type.dangerous:
        roll.gap(1.2)
        if facts.central_number:
            _stop(roll, both("Danger to life: registered at 1912 under the number below.", HINDI))
        elif not facts.over:
            _stop(roll, both("Danger to life: telephone 1912 now.", HINDI))
    roll.dashes()
    if facts.central_number:
        roll.strong_fact(both("1912 number", HINDI), printable(facts.central_number))
    else:
        note = both("Not yet registered at 1912", HINDI)
        roll.paragraph(note.lead, BODY, bold=True)
        roll.paragraph(note.second)
        if facts.type.of_supply and not facts.linked and not facts.over:
            _said(roll, both("There is no line to the centre now: telephone 1912 as well.", HINDI))
    roll.gap(0.8)
    if facts.code:
        roll.strong_fact(both("Code to close it", HINDI), facts.code)
        _said(roll, both("Tell the code only when the work is done.", HINDI))
        roll.gap(0.8)
    _said(roll, both("Tell this number to ask how it stands.", HINDI))
    roll.gap(0.8)


def _above(roll: Roll, facts: SlipFacts) -> None:
    """Where to ask about what this office does not show: whom it goes to. Here nobody ever hears whether
    1912 has it, so the slip says nothing of that.
    """
    roll.dashes()
    actor = facts.type.actor
    text = N_("It goes to {who}. Ask there how it stands; this office does not show it.")
    hindi, english = say(text, HINDI, who=actor.name_hi), say(text, Language.ENGLISH, who=actor.name_en)
    roll.paragraph(printable(hindi), BODY, bold=True)
    roll.paragraph(printable(english))
    roll.gap(0.8)


def _at_the_centre(roll: Roll) -> None:
    """A request is not 1912's: it goes to the centre, and whoever has the number may ask."""
    roll.dashes()
    sent = both("The request will be sent to the centre.", HINDI)
    for text in (sent, both("Tell this number to ask how it stands.", HINDI)):
        _said(roll, text)
    roll.gap(0.8)


def _sign(roll: Roll) -> None:
    """Room for the consumer, whose signature on the slip closes it."""
    roll.gap(8.0)
    roll.rule()
    signed = both("Work done: date, consumer's signature", HINDI)
    roll.centred([Span(signed.lead), Span(signed.second)], SMALL)
    roll.gap(0.8)


def _said(roll: Roll, text: Both) -> None:
    roll.paragraph(text.lead)
    roll.paragraph(text.second)


def _stop(roll: Roll, text: Both) -> None:
    roll.boxed([Span(text.lead, bold=True)], STRONG, inverse=True)
    roll.gap(0.8)
    roll.paragraph(text.second)
