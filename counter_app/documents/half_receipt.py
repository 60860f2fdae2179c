"""The receipt on half an A4, for counters whose printer has no roll: the same facts, side by side.

Every label has its place, so that ready-made forms can carry it. What a place is too small for goes on at
the same place of another sheet.
"""

from collections.abc import Iterator, Sequence

from counter_app.documents.codes import modules, stripes
from counter_app.documents.counter_lines import (
    DOT,
    clerk_label,
    clerk_text,
    in_both,
    month_text,
    printed_text,
    side_by_side,
    upper_both,
    within,
)
from counter_app.documents.fonts import printable
from counter_app.documents.grid import LEFT, RIGHT
from counter_app.documents.half_bands import band, placed
from counter_app.documents.letterhead import letterhead
from counter_app.documents.lines import Span, elided, fitted, named, row, shortened, width, wrapped
from counter_app.documents.page import Align, Barcode, Code, Item, Line, Sheet, Text
from counter_app.documents.receipt_body import (
    ReceiptFacts,
    advance_note,
    amount_label,
    change_words,
    large_amount,
    number_label,
    number_text,
    references,
)
from counter_app.documents.receipt_notes import computer_made, goes_to_centre, notes
from counter_app.documents.roll import BODY, NAME, SMALL, UNKNOWN, Roll, label_spans
from counter_app.domain.allocation import Head
from counter_app.domain.money import Paise
from counter_app.domain.payment import Tender
from counter_app.words.amounts import rupees
from counter_app.words.dates import day, stamp
from counter_app.words.labels import head, tender
from counter_app.words.say import Both, Language, both

HINDI = Language.HINDI
WIDTH, HEIGHT = 210.0, 148.0
_LEFT_END, _RIGHT_BEGIN = 100.0, 108.0
_NUMBERS, _BANDS, _WHO, _FACTS, _TABLES, _FOOT = 37.4, 38.4, 48.6, 62.4, 86.4, 115.2
_NAME_PITCH, _FACT_PITCH, _ROW_PITCH = 4.1, 4.5, 3.9
_ROWS, _NOTES_END, _LAST = 6, 141.0, 144.0
_REFERENCE, _REFERENCE_END, _TENDER_END, _HEADS = 48.0, 98.0, 119.0, 127.0
_NOTES_RIGHT, _CLERK_LEFT = 132.0, 136.0
_MODULE, _BAR, _BARS_HIGH = 0.5, 0.25, 8.0


def half_sheets(facts: ReceiptFacts) -> tuple[Sheet, ...]:
    """The receipt; most take one sheet. All have the same labels at the same places."""
    bands, others = placed(facts)
    paid = _ways(facts.payment.tenders)
    said = _said(facts, others)
    count = max(len(paid), len(said))
    sheets = []
    for place in range(count):
        first = not place
        items = [*_head(facts), *band(bands, _BANDS), *_who(facts), *_facts(facts)]
        items += [*_amount(facts, first=first), *_paid(paid[place] if place < len(paid) else ())]
        items += [*_applied(facts, first=first), *_foot(facts, f"{place + 1}/{count}" if count > 1 else "")]
        items += said[place] if place < len(said) else ()
        sheets.append(Sheet(WIDTH, HEIGHT, tuple(items)))
    return tuple(sheets)


def _head(facts: ReceiptFacts) -> list[Item]:
    """Whose paper it is, and what a receipt is looked up by, in a row."""
    title = both("Payment receipt", HINDI)
    under = f"{title.second.upper()} {DOT} {side_by_side(both('Counter', HINDI))}"
    items = letterhead(facts.office, title, (under, str(facts.office.counter)))
    cells: list[tuple[float, float, Both, str]] = [
        (LEFT, 62.0, number_label(facts), number_text(facts)),
        (78.0, 56.0, both("Consumer no.", HINDI), facts.payment.consumer),
        (139.0, 60.0, both("Date, time", HINDI), stamp(facts.at)),
    ]
    for x, room, name, value in cells:
        recorded = facts.number is not None or x != LEFT
        items += row([Span(name.lead), Span(name.second, grey=True)], x, 29.6, BODY, static=recorded)
        shown = value or UNKNOWN
        items.append(Text(x, 35.6, shown, fitted(shown, 13.0, room, bold=True), bold=True))
    return [*items, Line(LEFT, _NUMBERS, RIGHT, _NUMBERS, 0.25, static=True)]


def _who(facts: ReceiptFacts) -> list[Item]:
    """Name and address in three lines; a receipt of somebody without a connection has none."""
    if not facts.payment.consumer:
        return []
    hindi, english, room = printable(facts.name_hi), printable(facts.name_en), _LEFT_END - LEFT
    spans = [Span(hindi, bold=True), Span(english)]
    items: list[Item] = []
    y = _WHO + 3.9
    if width(spans, NAME) <= room:
        items, lines = [*row(spans, LEFT, y, NAME)], 1
    else:
        lines = 0
        for text, bold, _ in spans:
            size = fitted(text, NAME, room, bold=bold)
            shown = elided(text, size, room, bold=bold)
            items.append(Text(LEFT, y + lines * _NAME_PITCH, shown, size, bold=bold))
            lines += 1
    for line in shortened(wrapped(printable(facts.address), SMALL, room), 3 - lines):
        items.append(Text(LEFT, y + lines * _NAME_PITCH, line, SMALL))
        lines += 1
    return items


def _facts(facts: ReceiptFacts) -> list[Item]:
    """What it is for, when and how much was asked, what went over the counter, what is left."""
    payment = facts.payment
    is_bill, counted = bool(payment.bill_number), payment.basket is None
    given = sum(one.given for one in payment.tenders) if counted else 0
    returned = sum(one.returned for one in payment.tenders)
    months = f"{side_by_side(both('Bill month', HINDI))} {month_text(payment.bill_month)}"
    purpose = facts.paid_for if facts.paid_for.lead else Both(months if payment.bill_month else UNKNOWN, "")
    owed = (max(facts.balance, 0), None) if facts.balance >= 0 else (None, -facts.balance)
    rows: Sequence[tuple[Both, Sequence[str]]] = (
        (both("For", HINDI), (within(purpose, BODY, 66.0, bold=True),)),
        (both("Due date", HINDI), (day(payment.due_date) if payment.due_date else UNKNOWN,)),
        (both("Amount due", HINDI), (rupees(payment.due) if is_bill else UNKNOWN,)),
        (_pair("Given", "Returned"), _sums((given, returned) if given else ())),
        (_pair("Balance due", "Advance with us"), _sums(owed if is_bill else ())),
    )
    items: list[Item] = [Line(LEFT, _FACTS, _LEFT_END, _FACTS, 0.25, 0.8, static=True)]
    for place, (name, values) in enumerate(rows):
        y = _FACTS + 4.0 + place * _FACT_PITCH
        bold = place in {0, len(rows) - 1}
        items += row(label_spans(name), LEFT, y, BODY, static=True)
        items += row([Span(one, bold) for one in values], _LEFT_END, y, BODY, Align.RIGHT)
    return items


def _pair(first: str, second: str) -> Both:
    """One label for two sums beside each other."""
    one, other = both(first, HINDI), both(second, HINDI)
    return Both(f"{one.lead} / {other.lead}", f"{one.second} / {other.second}")


def _sums(amounts: Sequence[Paise | None]) -> Sequence[str]:
    """Each sum a text by itself, so that it can be read back."""
    if not amounts:
        return (UNKNOWN,)
    first, second = (UNKNOWN if one is None else rupees(one) for one in amounts)
    return first, "/", second


def _amount(facts: ReceiptFacts, *, first: bool) -> list[Item]:
    """The one large thing on the first sheet."""
    roll = Roll(_RIGHT_BEGIN, RIGHT, _WHO - 1.4)
    roll.rule(static=True)
    amount_label(roll, static=True)
    if first:
        large_amount(roll, facts.payment.amount)
    else:
        roll.items += row([Span(_on_first(), bold=True)], RIGHT, roll.y + 4.0, BODY, Align.RIGHT)
    end = _FACTS + 5 * _FACT_PITCH
    return [*roll.items, Line(_RIGHT_BEGIN, end, RIGHT, end, 0.4, static=True)]


def _on_first() -> str:
    return side_by_side(both("On the first page.", HINDI))


def _ways(tenders: Sequence[Tender]) -> list[list[tuple[str, str, str]]]:
    """The rows of each sheet; a way of paying stands whole on one."""
    sheets = [list[tuple[str, str, str]]()]
    for one in tenders:
        lines = [*_tender_lines(one)]
        if sheets[-1] and len(sheets[-1]) + len(lines) > _ROWS:
            sheets.append([])
        sheets[-1] += lines
    return sheets


def _tender_lines(each: Tender) -> Iterator[tuple[str, str, str]]:
    """A way of paying as rows: what, by what it is known again, how much."""
    title = both("Reference", HINDI)
    told = ", ".join(
        value if name == title else f"{side_by_side(name)} {value}" for name, value in references(each)
    )
    first, *others = wrapped(told, SMALL, _REFERENCE_END - _REFERENCE) or [UNKNOWN]
    yield side_by_side(tender(each.kind, HINDI)), first, rupees(each.amount)
    for line in others:
        yield "", line, ""


def _paid(lines: Sequence[tuple[str, str, str]]) -> list[Item]:
    columns = (
        ("Mode", LEFT, Align.LEFT),
        ("Reference", _REFERENCE, Align.LEFT),
        ("Amount", _TENDER_END, Align.RIGHT),
    )
    items = _titles([(side_by_side(both(name, HINDI)), x, align) for name, x, align in columns])
    items.append(Line(LEFT, _TABLES + 4.4, _TENDER_END, _TABLES + 4.4, 0.25, static=True))
    for place, cells in enumerate(lines):
        for (_, x, align), text in zip(columns, cells, strict=True):
            bold = align is Align.RIGHT or x == LEFT
            items.append(Text(x, _row(place), text, SMALL, bold=bold, align=align))
    return items


def _applied(facts: ReceiptFacts, *, first: bool) -> list[Item]:
    """The appropriation: every head at its row, whether anything went there or not."""
    items = _titles([(side_by_side(both("Applied to", HINDI)), _HEADS, Align.LEFT)])
    items.append(Line(_HEADS, _TABLES + 4.4, RIGHT, _TABLES + 4.4, 0.25, static=True))
    for place, one in enumerate(Head):
        name = side_by_side(head(one, HINDI))
        items.append(Text(_HEADS, _row(place), name, SMALL, static=True))
    if not first:
        return [*items, Text(RIGHT, _TABLES + 3.2, _on_first(), SMALL, align=Align.RIGHT)]
    shares = () if facts.paid_for.lead else facts.payment.shares  # what is no bill has no heads of one
    for share in shares:
        y = _row([*Head].index(share.head))
        items.append(Text(RIGHT, y, rupees(share.amount), SMALL, align=Align.RIGHT))
    return items


def _row(place: int) -> float:
    """The baseline of a row of both tables."""
    return _TABLES + 7.6 + place * _ROW_PITCH


def _titles(columns: Sequence[tuple[str, float, Align]]) -> list[Item]:
    y = _TABLES + 3.2
    return [Text(x, y, text, SMALL, align=align, grey=True, static=True) for text, x, align in columns]


def _foot(facts: ReceiptFacts, page: str) -> list[Item]:
    """The code, who served, the number for a scanner, why nobody signed."""
    items: list[Item] = [Line(LEFT, _FOOT, RIGHT, _FOOT, 0.25, static=True)]
    if facts.code:
        side = modules(facts.code).side * _MODULE
        genuine = in_both(both("Genuine? Scan it here", HINDI))
        items.append(Code(LEFT, _FOOT + 1.6, side, facts.code))
        items.append(Text(LEFT, _LAST, genuine, SMALL, bold=True, static=True))
    room, clerk = RIGHT - _CLERK_LEFT, clerk_text(facts.clerk_name, facts.payment.clerk)
    printed = side_by_side(both("Printed", HINDI))
    if facts.number is not None:
        at = printed_text(facts.copy, facts.printed_at)
        items += named(printed, at, _CLERK_LEFT, _FOOT + 3.8, SMALL)
        wide = stripes(facts.number).side * _BAR
        items.append(Barcode(_CLERK_LEFT, _FOOT + 10.6, wide, _BARS_HIGH, facts.number))
    served = width([Span(clerk_label()), Span("")], SMALL)
    shown = elided(printable(clerk), SMALL, room - served)
    items += named(clerk_label(), shown, _CLERK_LEFT, _FOOT + 8.0, SMALL)
    if told := goes_to_centre(facts.payment, recorded=facts.number is not None):
        items.append(Text(_NOTES_RIGHT, _LAST, told, SMALL, align=Align.RIGHT, static=True))
    for place, line in enumerate(computer_made()):
        items.append(Text(_CLERK_LEFT, 139.8 + place * 4.2, line, SMALL, static=True))
    return [*items, Text(RIGHT, 139.8, page, SMALL, align=Align.RIGHT)] if page else items


def _said(facts: ReceiptFacts, others: Sequence[Both]) -> list[list[Item]]:
    """What is true and what is not yet, as many sheets of it as it takes."""
    side = modules(facts.code).side * _MODULE + 5.0 if facts.code else 0.0
    roll = Roll(LEFT + side, _NOTES_RIGHT, 0.0)
    for one in others:
        roll.paragraph(upper_both(one), BODY, bold=True)
    if facts.paid_for.lead:
        roll.paragraph(f"{side_by_side(both('Basis', HINDI))}: {printable(facts.payment.order)}")
    notes(roll, facts.payment, facts.at)
    for change in facts.changes:
        for line in change_words(change)[1]:
            roll.paragraph(line)
    if facts.copy > 1 and facts.reason:
        roll.paragraph(f"{side_by_side(both('Reason', HINDI))}: {printable(facts.reason)}")
    advance_note(roll, facts)
    return roll.cut(_FOOT + 0.8, _NOTES_END)
