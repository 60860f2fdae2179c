"""A copy of a consumer's bill on A4, with what is payable on the day of printing.

It says of itself that it is a duplicate, when and where it was printed and by whom: the same bill printed
after its due date shows other amounts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from counter_app.documents.account_head import address_line
from counter_app.documents.bill_charges import BillPayment as BillPayment
from counter_app.documents.bill_charges import break_up, energy, last_payments
from counter_app.documents.bill_use import bars, readings
from counter_app.documents.counter_lines import DOT, clerk_text, side_by_side, specimen
from counter_app.documents.fonts import measure, printable
from counter_app.documents.grid import LEAST, LEFT, RIGHT, heading, label
from counter_app.documents.letterhead import HEIGHT, WIDTH, letterhead
from counter_app.documents.lines import Span, elided, fitted, row, shortened, width, wrapped
from counter_app.documents.page import Align, Box, Code, Document, Fill, Item, Line, Sheet, Text
from counter_app.domain.acts import Paper
from counter_app.domain.bill import Bill, MonthUse, Payable
from counter_app.domain.consumer import Consumer, masked
from counter_app.domain.money import to_rupee
from counter_app.domain.office import Office
from counter_app.domain.payee import Payee
from counter_app.words.amounts import number, rupees
from counter_app.words.dates import day, month, short_day, stamp
from counter_app.words.say import Both, Language, both

HINDI = Language.HINDI
LINK = "https://py.mpcz.in/x?k={number}"
"""What the code on the company's bills says; counters read the number out of it."""

_NAME_RIGHT = 99.0
_FACTS_LEFT, _FACTS_LEAST = 103.5, 7.0
_CHART_RIGHT = 119.0
_PAY_LEFT = 127.5
_HALF_LEFT, _HALF_RIGHT = 102.3, 110.5
_FOOT = 264.0
_BASES = {
    "actual": lambda: both("Actual", HINDI),
    "average": lambda: both("Average", HINDI),
    "assessed": lambda: both("Assessed", HINDI),
}


@dataclass(frozen=True, slots=True)
class BillFacts:
    """All that a bill's copy says. ``payable`` is as of the day of ``printed_at``.

    ``history`` is up to thirteen months, oldest first; ``payments`` newest first, two are printed.
    ``copy`` counts from 1: the original came from the billing system. ``payee`` is whom UPI apps pay, None
    where the company has named nobody.
    """

    office: Office
    consumer: Consumer
    bill: Bill
    payable: Payable
    history: tuple[MonthUse, ...]
    payments: tuple[BillPayment, ...]
    copy: int
    printed_at: datetime
    clerk_name: str
    reason: str = ""
    payee: Payee | None = None


def bill(facts: BillFacts) -> Document:
    """The bill as one A4 sheet."""
    items = _top(facts.office, facts.copy)
    drawn, y = _who(facts.consumer, facts.bill)
    items += drawn
    items += _facts(facts.consumer, facts.bill)
    y = max(y, 58.0) + 2.6
    items += _strip(facts.bill, facts.payable, y)
    y += 26.0
    items += bars(facts.history, facts.bill, LEFT, _CHART_RIGHT, y)
    items += _scan(facts, y)
    y += 59.0
    items += readings(facts.bill, LEFT, RIGHT, y)
    y += 24.5
    drawn, _ = break_up(facts.bill, facts.payable, LEFT, _HALF_LEFT, y, _FOOT - 3 - y)
    items += drawn
    drawn, below = energy(facts.bill, _HALF_RIGHT, RIGHT, y)
    items += drawn
    items += last_payments(facts.payments, _HALF_RIGHT, RIGHT, max(below + 9.0, y + 47.0))
    items += _foot(facts)
    title = f"{facts.consumer.number} {month(facts.bill.month)}"
    return Document(title, (Sheet(WIDTH, HEIGHT, tuple(items)),), Paper.BILL, facts.printed_at)


def _top(office: Office, copy: int) -> list[Item]:
    """Whose bill; that this is a duplicate."""
    title, duplicate = both("Electricity bill", HINDI), both("duplicate, print {number}", HINDI, number=copy)
    under = f"{title.second.upper()} {DOT} {duplicate.lead} {duplicate.second.upper()}"
    return letterhead(office, title, under)


def _who(consumer: Consumer, current: Bill) -> tuple[list[Item], float]:
    """Name in both scripts, address, number; the items and the last baseline."""
    room = _NAME_RIGHT - LEFT
    items: list[Item] = []
    hindi, english = printable(consumer.name_hi), printable(consumer.name_en)
    spans = [Span(hindi, bold=True), Span(english)]
    y = 33.4
    if width(spans, 13.5) <= room:
        items += row(spans, LEFT, y, 13.5)
    else:
        lines = [(line, True) for line in _name_lines(hindi, room, bold=True)]
        lines += [(line, False) for line in _name_lines(english, room, bold=False)]
        for place, (line, bold) in enumerate(lines):
            y += 5.0 if place else 0
            items.append(Text(LEFT, y, line, fitted(line, 11.0, room, bold=bold, least=9.0), bold=bold))
    for line in shortened(wrapped(address_line(consumer), 8.5, room), 3):
        y += 4.9
        items.append(Text(LEFT, y, line, 8.5))
    items += row(label(both("Consumer no.", HINDI)), LEFT, y + 5.4, 8.5)
    items.append(Text(LEFT, y + 12.6, consumer.number, 18, bold=True))
    y += 17.9
    return items + _numbers(consumer, current, y), y


def _name_lines(name: str, room: float, *, bold: bool) -> list[str]:
    """One line, made smaller to fit, or two."""
    if measure(name, 9.0, bold) <= room:
        return [name] if name else []
    return shortened(wrapped(name, 9.0, room, bold=bold), 2)


def _numbers(consumer: Consumer, current: Bill, y: float) -> list[Item]:
    """Mobile (masked), the bill's number and its month."""
    parts = [f"{both('Mobile', HINDI).lead} {masked(consumer.mobile)}"] if consumer.mobile else []
    parts.append(f"{both('Bill no.', HINDI).lead} {printable(current.number)}")
    text = f" {DOT} ".join([*parts, both("Bill month", HINDI).lead])
    spans = [Span(text), Span(month(current.month), bold=True)]
    size = 8.5
    while width(spans, size) > _NAME_RIGHT - LEFT and size > 6.5:
        size -= 0.25
    return [*row(spans, LEFT, y, size)]


def _facts(consumer: Consumer, current: Bill) -> list[Item]:
    """The connection and the bill, label at the left and value at the right."""
    area = both("Urban", HINDI) if consumer.urban else both("Rural", HINDI)
    known = _BASES.get(current.basis.casefold())
    basis = side_by_side(known()) if known else current.basis
    rows = [
        (
            both("Tariff", HINDI),
            f"{current.tariff or consumer.tariff} {consumer.purpose}, {side_by_side(area)}",
        ),
        (both("Load, phase", HINDI), f"{_kilowatts(consumer.load)} kW, {consumer.phases}"),
        (
            both("Feeder / DTR", HINDI),
            f"{elided(printable(consumer.feeder), _FACTS_LEAST, 34.0)} / {consumer.dtr}",
        ),
        (both("Group / RD, pole", HINDI), f"{consumer.group} / {consumer.diary}, {consumer.pole}"),
        (both("Bill date, basis", HINDI), f"{day(current.issued)}, {basis}"),
    ]
    items: list[Item] = []
    for place, (name, value) in enumerate(rows):
        y = 33.4 + place * 5.72
        spans, shown = label(name), printable(value)
        room = RIGHT - _FACTS_LEFT - width(spans, 9.0) - 3
        items += row(spans, _FACTS_LEFT, y, 9.0)
        size = fitted(shown, 9.5, room, least=_FACTS_LEAST)
        items.append(Text(RIGHT, y, elided(shown, size, room), size, align=Align.RIGHT))
    return items


def _kilowatts(watts: int) -> str:
    """A load as the bill writes it: "2.0", "0.75"."""
    hundredths = watts // 10
    return f"{watts // 1000}.{hundredths % 100:02d}".removesuffix("0")


def _strip(current: Bill, payable: Payable, y: float) -> list[Item]:
    """The strip of six figures; what holds on the day of printing stands white on black."""
    late = payable.on > current.due
    until, word = both("by {time}", HINDI, time=short_day(current.due)), both("Payable", HINDI)
    due = Both(f"{until.lead} {word.lead}", word.second)
    after = both("Payable today", HINDI) if late else both("After that", HINDI)
    arrears = to_rupee(current.arrear + current.arrear_duty + current.surcharge)
    cells: Sequence[tuple[float, Both, str, bool]] = (
        (32.6, both("Due date", HINDI), day(current.due), False),
        (28.8, both("Units", HINDI), number(current.units), False),
        (30.6, both("Current", HINDI), rupees(current.current_month), False),
        (30.4, both("Arrears", HINDI), rupees(arrears), False),
        (35.0, due, rupees(payable.until_due), not late),
        (30.6, after, rupees(payable.amount if late else payable.after_due), late),
    )
    items: list[Item] = []
    x = LEFT
    for wide, name, value, strong in cells:
        if strong:
            items.append(Box(x, y, wide, 16.2, 0.0, Fill.BLACK))
        text, pad = side_by_side(name), 3.0
        size = fitted(text, LEAST, wide - pad - 1, least=6.0)
        items.append(Text(x + pad, y + 5.3, text, size, grey=not strong, white=strong))
        wanted = 17.0 if strong else 13.5
        fits = fitted(value, wanted, wide - pad - 2, bold=True, least=9.0)
        items.append(Text(x + pad, y + 12.2, value, fits, bold=True, white=strong))
        x += wide
        if x < RIGHT - 1:
            items.append(Line(x, y, x, y + 16.2, 0.2, static=True))
    items.append(Box(LEFT, y, RIGHT - LEFT, 16.2, 0.5, static=True))
    return items


def _scan(facts: BillFacts, y: float) -> list[Item]:
    """The web link of the company's own bills as a code, and what it is good for; below it, how to pay."""
    items = heading(both("Scan", HINDI), _PAY_LEFT, RIGHT, y)
    phone = both("With a phone: the company's web page", HINDI)
    here = both("At the counter: opens this consumer at once", HINDI)
    pays = facts.payee is not None and facts.payable.amount > 0
    link, size = LINK.format(number=facts.consumer.number), 20.0 if pays else 29.0
    items += _code(link, size, (phone, here), y + 2.6, static=True)
    if facts.payee is not None and pays:
        asks = both("UPI app: pays {amount}", HINDI, amount=rupees(facts.payable.amount))
        counts = both("Counts once the money has arrived; this is no receipt.", HINDI)
        items += _code(_upi_link(facts, facts.payee), 26.0, (asks, counts), y + 30.0, static=False)
    return items


def _code(text: str, size: float, said: Sequence[Both], y: float, *, static: bool) -> list[Item]:
    """A code and beside it what it is good for."""
    items: list[Item] = [Code(_PAY_LEFT, y, size, text)]
    line = y + 3.4
    for part in said:
        for words, grey in ((part.lead, False), (part.second, True)):
            for piece in wrapped(words, LEAST, RIGHT - _PAY_LEFT - size - 4.0):
                items.append(Text(_PAY_LEFT + size + 4.0, line, piece, LEAST, grey=grey, static=static))
                line += 4.1
        line += 1.6
    return items


def _upi_link(facts: BillFacts, payee: Payee) -> str:
    """What is payable on the day of printing, under a reference of this print alone."""
    office, current = facts.office, facts.bill
    reference = f"{office.code}{office.counter}D{facts.copy}B{current.number}"
    note = f"Bill {facts.consumer.number} {month(current.month)}"
    return payee.link(reference, facts.payable.amount, note)


def _foot(facts: BillFacts) -> list[Item]:
    """Where to complain; that this is a duplicate, made when, where and by whom."""
    office = facts.office
    complain = both(
        "Does the bill look wrong? Tell the counter or {helpline}.", HINDI, helpline=office.helpline
    )
    day_of = both("Amounts as on the day of printing. Not the original bill.", HINDI)
    printed = both(
        "Duplicate printed {time} at counter {counter}.",
        HINDI,
        time=stamp(facts.printed_at),
        counter=office.counter,
    )
    clerk = f"{side_by_side(both('Clerk', HINDI))} {clerk_text(printable(facts.clerk_name), '')}"
    reason = (
        f" {DOT} {side_by_side(both('Reason', HINDI))}: {printable(facts.reason)}" if facts.reason else ""
    )
    mark = f" {DOT} {specimen()}" if office.demo else ""
    left = [
        (complain.lead, True, False), (complain.second, False, True),
        (printable(f"{office.name_hi}, {office.division_hi}"), False, False),
        (printable(f"{office.name_en}, {office.division_en}"), False, True),
    ]  # fmt: skip
    right = [
        (printed.lead, True, False), (printed.second, False, True),
        (day_of.lead, False, False), (day_of.second, False, True),
        (f"{clerk}{reason}{mark}", False, False),
    ]  # fmt: skip
    items: list[Item] = [Line(LEFT, _FOOT, RIGHT, _FOOT, 0.35, static=True)]
    for x, room, lines in ((LEFT, 91.3, left), (_HALF_RIGHT, 88.5, right)):
        for place, (text, bold, grey) in enumerate(lines):
            size = fitted(text, LEAST, room, bold=bold, least=6.0)
            items.append(Text(x, _FOOT + 5.2 + place * 4.3, text, size, bold=bold, grey=grey))
    return items
