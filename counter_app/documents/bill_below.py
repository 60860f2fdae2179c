"""The lower part of a bill: codes to scan, what the company and the rules have to say, whose copy it is."""

from collections.abc import Sequence
from datetime import datetime

from counter_app.documents.counter_lines import DOT, clerk_label, side_by_side, specimen
from counter_app.documents.fonts import printable
from counter_app.documents.grid import LEAST, LEFT, RIGHT, heading
from counter_app.documents.lines import elided, named, shortened, wrapped
from counter_app.documents.page import Code, Item, Line, Text
from counter_app.documents.roll import UNKNOWN
from counter_app.domain.bill_messages import BillMessage
from counter_app.domain.money import Paise
from counter_app.domain.office import Office, Officer, Post
from counter_app.words.amounts import rupees
from counter_app.words.bill_told import told
from counter_app.words.dates import stamp
from counter_app.words.say import Both, Language, both

FOOT = 267.5
_PITCH = 3.9
_LINK, _LINK_ALONE, _UPI = 19.0, 25.0, 27.0
_BESIDE = 2.5  # between a code and what is said of it
_UPI_LEFT = 42.0
_ASKED = 3.4  # from a code down to what it asks for
_MESSAGE_LINES, _MESSAGE = 8, 8.5
_HEADS = (Post.AE, Post.JE)  # who heads a zone or distribution centre, the higher first


def scan(
    link: str, upi: str | None, amount: Paise, left: float, right: float, y: float, language: Language
) -> list[Item]:
    """The web link of the company's bills as a code; where the company takes money through UPI apps also a
    code for them. ``upi`` is what that says, empty where nothing is to be paid; None: it takes none. ``y``
    is the rule's.
    """
    items = heading(both("Scan", language), left, right, y)
    top = y + 2.6
    if upi is None:
        phone = both("With a phone: the company's web page", language)
        here = both("At the counter: opens this consumer at once", language)
        items.append(Code(left, top, _LINK_ALONE, link))
        return items + _good_for((phone, here), left + _LINK_ALONE + _BESIDE, right, top + 3.0)
    items.append(Code(left, top, _LINK, link))
    for place, text in enumerate(filter(None, both("Web page", language))):
        base = y + 6.0 + _LINK + place * _PITCH
        items.append(Text(left, base, text, LEAST, grey=place > 0, static=True))
    if upi:
        items.append(Code(_UPI_LEFT, top, _UPI, upi))
    asked = rupees(amount) if upi else UNKNOWN
    items.append(Text(_UPI_LEFT, top + _UPI + _ASKED, asked, _MESSAGE, bold=True))
    pays = both("UPI app pays", language)
    counts = both("Counts once the money has arrived; this is no receipt.", language)
    return items + _good_for((pays, counts), _UPI_LEFT + _UPI + _BESIDE, right, top + 3.0)


def _good_for(said: Sequence[Both], left: float, right: float, y: float) -> list[Item]:
    """What a code is good for, from ``y`` down."""
    items: list[Item] = []
    for part in said:
        for words, grey in ((part.lead, False), (part.second, True)):
            for piece in wrapped(words, LEAST, right - left):
                items.append(Text(left, y, piece, LEAST, grey=grey, static=True))
                y += 3.6
        y += 1.0
    return items


def messages(
    found: Sequence[BillMessage], left: float, right: float, y: float, language: Language
) -> list[Item]:
    """As many whole messages as there is room for, in the language of the paper. ``y`` is the rule's."""
    items = heading(both("Messages", language), left, right, y)
    lines_left, y = _MESSAGE_LINES, y + 5.0
    for message in found:
        lines = wrapped(printable(told(message, language)), _MESSAGE, right - left)
        if len(lines) > lines_left:
            continue
        lines_left -= len(lines)
        for line in lines:
            items.append(Text(left, y, line, _MESSAGE))
            y += _PITCH
        y += 0.3
    if lines_left == _MESSAGE_LINES:
        items.append(Text(left, y, side_by_side(both("There is nothing else to say.", language)), _MESSAGE))
    return items


def foot(
    office: Office, officers: Sequence[Officer], clerk: str, reason: str, at: datetime, middle: float,
    language: Language,
) -> list[Item]:  # fmt: skip
    """Whom to tell; that this is a duplicate, made when, where and by whom."""
    complain = both(
        "Does the bill look wrong? Tell the counter or {helpline}.", language, helpline=office.helpline
    )
    today = both("Amounts as on the day of printing. Not the original bill.", language)
    printed, served = side_by_side(both("Duplicate printed", language)), clerk_label(language)
    who = printable(clerk)
    if reason:
        who += f" {DOT} {side_by_side(both('Reason', language))}: {printable(reason)}"
    behind = {
        printed: f"{stamp(at)} {DOT} {office.code}-{office.counter}",
        served: f"{who} {DOT} {specimen(office)}" if office.demo else who,
    }
    where = [printable(f"{office.name_en}, {office.division_en}")]
    if language is Language.HINDI:
        where.insert(0, printable(f"{office.name_hi}, {office.division_hi}"))
    left, right = [*complain, *where, _contacts(officers, language)], [printed, *today, served]
    seconds, on_all = {one.second for one in (complain, today)}, {*complain, *where, *today}
    items: list[Item] = [Line(LEFT, FOOT, RIGHT, FOOT, 0.35, static=True)]
    for x, room, texts in ((LEFT, middle - LEFT - 3, left), (middle, RIGHT - middle, right)):
        y = FOOT + 4.6
        for place, text in enumerate(filter(None, texts)):
            bold, value = place == 0, behind.get(text, "")
            for nth, line in enumerate(shortened(wrapped(f"{text} {value}", LEAST, room, bold=bold), 2)):
                shown = elided(line, LEAST, room, bold=bold)
                if value and not nth:
                    items += named(text, shown.removeprefix(text).strip(), x, y, LEAST, bold=bold)
                else:
                    grey, static = text in seconds, text in on_all
                    items.append(Text(x, y, shown, LEAST, bold=bold, grey=grey, static=static))
                y += _PITCH
    return items


def _contacts(officers: Sequence[Officer], language: Language) -> str:
    """Who heads the office and the division, as far as the list of officers names them."""
    by_post = {one.post: one for one in reversed(officers)}
    head = next((by_post[post] for post in _HEADS if post in by_post), None)
    named = [one for one in (head, by_post.get(Post.EE)) if one]
    return f" {DOT} ".join(_contact(one, language) for one in named)


def _contact(officer: Officer, language: Language) -> str:
    hindi, english = officer.name_hi, officer.name_en
    name = hindi or english if language is Language.HINDI else english or hindi
    return printable(f"{officer.post.upper()} {name} {officer.phone}")
