"""The receipt on half an A4, for counters whose printer has no roll: the same facts, side by side.

What all of them have stands at one place on each, so that ready-made forms can carry its label.
"""

from counter_app.documents.codes import modules
from counter_app.documents.counter_lines import (
    DOT,
    clerk_text,
    closing,
    in_both,
    month_text,
    side_by_side,
)
from counter_app.documents.fonts import printable
from counter_app.documents.grid import LEFT, RIGHT
from counter_app.documents.letterhead import letterhead
from counter_app.documents.lines import Span, fitted, row, shortened, wrapped
from counter_app.documents.page import Code, Item, Line, Sheet, Text
from counter_app.documents.receipt_body import (
    ReceiptFacts,
    amount_received,
    bands,
    how,
    is_plain,
    number_label,
    number_text,
    provisional_band,
    what_for,
    where_it_went,
)
from counter_app.documents.receipt_notes import notes
from counter_app.documents.roll import NAME, SMALL, UNKNOWN, Roll
from counter_app.words.amounts import rupees
from counter_app.words.dates import day, stamp
from counter_app.words.say import Both, Language, both

HINDI = Language.HINDI
WIDTH, HEIGHT, WHOLE = 210.0, 148.0, 297.0
_COLUMN_LEFT, _COLUMN_RIGHT = 100.0, 108.0
_TOP, _BILL, _FOOT = 43.0, 60.5, 96.0
_MARGIN = 4.0
_MODULE = 0.5
_NOTES_RIGHT, _CLERK_LEFT, _CLERK = 130.0, 136.0, 112.0


def half_sheet(facts: ReceiptFacts) -> Sheet:
    """The receipt; one with more on it than half an A4 holds takes a whole one."""
    title = both("Payment receipt", HINDI)
    under = f"{title.second.upper()} {DOT} {side_by_side(both('Counter', HINDI))}"
    items = letterhead(facts.office, title, (under, str(facts.office.counter)))
    items += _numbers(facts)
    left, right = _paid(facts), Roll(_COLUMN_RIGHT, RIGHT, _TOP)
    amount_received(right, facts.payment.amount, static=True)
    provisional_band(right, facts)
    bands(right, facts)
    if not is_plain(facts):
        where_it_went(right, facts)
    foot = max(left.y, right.y, _FOOT) + 1.5
    drawn, lowest = _foot(facts, foot)
    items += [*left.items, *right.items, *drawn]
    return Sheet(WIDTH, HEIGHT if lowest <= HEIGHT - _MARGIN else WHOLE, tuple(items))


def _paid(facts: ReceiptFacts) -> Roll:
    """Who paid, the bill, how. Longer names than the form has room for move what stands below them."""
    payment, left = facts.payment, Roll(LEFT, _COLUMN_LEFT, _TOP)
    if payment.consumer:
        for name, bold in ((facts.name_hi, True), (facts.name_en, False)):
            text = printable(name)
            left.paragraph(text, fitted(text, NAME, left.room, bold=bold), bold=bold)
        for line in shortened(wrapped(printable(facts.address), SMALL, left.room), 2):
            left.paragraph(line)
    fits = left.y <= _BILL
    left.y = max(left.y, _BILL)
    left.dashes(static=fits)
    due = day(payment.due_date) if payment.due_date else UNKNOWN
    month = month_text(payment.bill_month) if payment.bill_month else UNKNOWN
    left.ruled_fact(both("Bill month", HINDI), month, static=fits)
    left.ruled_fact(both("Due date", HINDI), due, static=fits)
    asked = rupees(payment.due) if payment.bill_number else UNKNOWN
    left.ruled_fact(both("Amount due", HINDI), asked, static=fits)
    what_for(left, facts)
    how(left, facts)
    return left


def _numbers(facts: ReceiptFacts) -> list[Item]:
    """What a receipt is looked up by, in a row."""
    cells: list[tuple[float, float, Both, str]] = [
        (LEFT, 62.0, number_label(facts), number_text(facts)),
        (78.0, 56.0, both("Consumer no.", HINDI), facts.payment.consumer),
        (139.0, 60.0, both("Date, time", HINDI), stamp(facts.at)),
    ]
    items: list[Item] = [Line(LEFT, 41.0, RIGHT, 41.0, 0.25, static=True)]
    for x, room, label, value in cells:
        recorded = facts.number is not None or x != LEFT
        items += row([Span(label.lead), Span(label.second, grey=True)], x, 31.6, 8.5, static=recorded)
        shown = value or UNKNOWN
        items.append(Text(x, 38.2, shown, fitted(shown, 13.0, room, bold=True), bold=True))
    return items


def _foot(facts: ReceiptFacts, y: float) -> tuple[list[Item], float]:
    """The code, what is true and what is not yet, who served; the items and how far down they reach."""
    items: list[Item] = [Line(LEFT, y, RIGHT, y, 0.25)]
    lowest, beside = y, LEFT
    if facts.code:
        side = modules(facts.code).side * _MODULE
        items.append(Code(LEFT, y + 3.0, side, facts.code))
        lowest, beside = y + 3.0 + side, LEFT + side + 5.0
    said = Roll(beside, _NOTES_RIGHT, y + 1.5)
    if facts.code:
        said.paragraph(in_both(both("Genuine? Scan it here", HINDI)), SMALL, bold=True)
    notes(said, facts.payment, facts.at, recorded=facts.number is not None)
    served = Roll(_CLERK_LEFT, RIGHT, max(y + 1.5, _CLERK))
    clerk = clerk_text(facts.clerk_name, facts.payment.clerk)
    placed = served.y == _CLERK
    closing(served, facts.office, clerk, facts.number, facts.copy, facts.printed_at, static=placed)
    return [*items, *said.items, *served.items], max(lowest, said.y, served.y)
