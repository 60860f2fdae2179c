"""What the papers about an account share: whose it is above, what they rest on and who printed them below."""

from dataclasses import dataclass
from datetime import datetime

from counter_app.documents.counter_lines import (
    DOT,
    WIDEST_STAMP,
    clerk_label,
    clerk_text,
    in_both,
    side_by_side,
)
from counter_app.documents.fonts import printable
from counter_app.documents.grid import LEFT, RIGHT
from counter_app.documents.letterhead import WIDTH, letterhead
from counter_app.documents.lines import fitted, named, named_at_right, shortened, wrapped
from counter_app.documents.page import POINT, Align, Item, Line, Text
from counter_app.documents.roll import BODY, LEADING, NAME, SMALL, UNKNOWN, Roll
from counter_app.domain.consumer import Consumer
from counter_app.domain.office import Office
from counter_app.words.connection import purpose
from counter_app.words.dates import day, stamp
from counter_app.words.say import N_, Both, Language, both

HINDI = Language.HINDI
KNOWN_UP_TO = N_("Bills and payments elsewhere known up to")
_WHO_RIGHT, _FACTS_LEFT = 100.0, 112.0
_TOP = 28.5
_END = 57.5  # wherever name and address end: what follows stands at one place on all papers of a kind
_FOOT = 276.0


@dataclass(frozen=True, slots=True)
class AccountPaper:
    """What every paper about an account knows of itself.

    ``number`` names its entry, empty in a preview. ``as_of`` is when the office last heard of bills and of
    payments elsewhere (None: never); ``copy`` counts from 1.
    """

    office: Office
    consumer: Consumer
    number: str
    copy: int
    printed_at: datetime
    clerk_name: str
    clerk: str
    as_of: datetime | None


def head(paper: AccountPaper, title: Both) -> tuple[list[Item], float]:
    """The letterhead, name and connection; the items and how far down all of them reach."""
    print_number = both("print no.", HINDI)
    under = f"{title.second.upper()} {DOT} {print_number.lead} {print_number.second.upper()}", str(paper.copy)
    consumer = paper.consumer
    who = Roll(LEFT, _WHO_RIGHT, _TOP)
    for name, size, bold in ((consumer.name_hi, NAME + 3, True), (consumer.name_en, NAME, False)):
        shown = printable(name)
        who.paragraph(shown, fitted(shown, size, who.room, bold=bold), bold=bold)
    most = max(int((_END - 2.0 - who.y) / (BODY * POINT * LEADING)), 1)
    for line in shortened(wrapped(address_line(consumer), BODY, who.room), most):
        who.paragraph(line, BODY)
    facts = Roll(_FACTS_LEFT, RIGHT, _TOP)
    facts.strong_fact(both("Consumer no.", HINDI), consumer.number, static=True)
    tariff = f"{consumer.tariff} {side_by_side(purpose(consumer.purpose, HINDI))}"
    facts.ruled_fact(both("Tariff", HINDI), printable(tariff))
    facts.ruled_fact(both("Meter", HINDI), printable(consumer.meter) or UNKNOWN)
    since = day(consumer.connected_on) if consumer.connected_on else UNKNOWN
    facts.ruled_fact(both("Connected on", HINDI), since)
    return [*letterhead(paper.office, title, under), *who.items, *facts.items], _END


def address_line(consumer: Consumer, language: Language = HINDI) -> str:
    """Father or husband, house, locality and ward in one line; what one script lacks, in the other."""
    relation = {"father": N_("Father"), "husband": N_("Husband")}.get(consumer.relation)
    related = _told(consumer.relation_hi, consumer.relation_en, language)
    parts = []
    if related:
        parts.append(f"{both(relation, language).lead} {related}" if relation else related)
    if consumer.house:
        parts.append(both("House {number}", language, number=consumer.house).lead)
    if locality := _told(consumer.locality_hi, consumer.locality_en, language):
        parts.append(locality)
    if consumer.ward:
        parts.append(both("Ward {number}", language, number=consumer.ward).lead)
    return printable(", ".join(parts))


def _told(hindi: str, english: str, language: Language) -> str:
    return hindi or english if language is HINDI else english or hindi


def rests_on(roll: Roll, as_of: datetime | None) -> None:
    """Up to when bills and payments elsewhere are known here."""
    if as_of is None:
        known = both("The office has not heard of payments elsewhere yet.", HINDI)
    else:
        known = both("Bills and payments elsewhere are known here up to {at}.", HINDI, at=stamp(as_of))
    roll.paragraph(known.lead)
    roll.paragraph(known.second)


def heard(as_of: datetime | None) -> str:
    """The same as what stands behind ``KNOWN_UP_TO``, which a ready-made form carries."""
    return stamp(as_of) if as_of else side_by_side(both("nothing yet", HINDI))


def foot(paper: AccountPaper, page: str = "") -> list[Item]:
    """The last lines of a sheet: which entry, printed when, where and by whom."""
    office = paper.office
    printed = side_by_side(both("Printed", HINDI))
    where = f"{stamp(paper.printed_at)} {DOT} {office.code}-{office.counter}"
    clerk = clerk_text(printable(paper.clerk_name), paper.clerk)
    items: list[Item] = [Line(LEFT, _FOOT, RIGHT, _FOOT, 0.25, static=True)]
    if paper.number:
        entry = side_by_side(both("Entry", HINDI))
        items += named(entry, paper.number, LEFT, _FOOT + 5.0, SMALL, bold=True)
    else:
        unrecorded = in_both(both("Not recorded yet", HINDI))
        items.append(Text(LEFT, _FOOT + 5.0, unrecorded, SMALL, bold=True))
    items += named_at_right(
        printed, where, f"{WIDEST_STAMP} {DOT} {office.code}-00", RIGHT, _FOOT + 5.0, SMALL
    )
    items += named(clerk_label(), clerk, LEFT, _FOOT + 9.5, SMALL)
    if page:
        items.append(Text(RIGHT, _FOOT + 9.5, page, SMALL, align=Align.RIGHT))
    note = side_by_side(both("Computer-made paper.", HINDI))
    items.append(Text(WIDTH / 2, _FOOT + 14.0, note, SMALL, align=Align.CENTRE, grey=True, static=True))
    return items
