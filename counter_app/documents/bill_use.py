"""What the bill says of use: thirteen months as bars with their readings, and this month's readings."""

from counter_app.documents.fonts import printable
from counter_app.documents.grid import Cells, Column, heading, table
from counter_app.documents.lines import Span, fitted, row
from counter_app.documents.page import Align, Box, Fill, Item, Line, Text
from counter_app.domain.bill import Bill, MonthUse
from counter_app.domain.days import Month
from counter_app.domain.money import RUPEE
from counter_app.words.amounts import number, rupees
from counter_app.words.dates import day, month_name
from counter_app.words.say import Language, both

HINDI = Language.HINDI
MONTHS = 13
_SMALL = 8.0
_READING = 7.0
_BAR = 0.62  # of a month's room
_HEIGHT = 29.0
_OUTLINE = 0.35


def bars(history: tuple[MonthUse, ...], bill: Bill, left: float, right: float, y: float) -> list[Item]:
    """Up to thirteen months; this month black, the same month of last year outlined. ``y`` is the rule's."""
    items = heading(both("Units and readings, 13 months", HINDI), left, right, y)
    shown = history[-MONTHS:]
    if not shown:
        note = both("No earlier months are known here.", HINDI)
        return [*items, *row([Span(note.lead), Span(note.second, grey=True)], left, y + 8, 9.0)]
    most = max(max(use.units for use in shown), 1)
    room = (right - left) / MONTHS
    base = y + 5.0 + _HEIGHT
    last_year = bill.month.plus(-12)
    for place, use in enumerate(shown):
        x = left + room * (place + (1 - _BAR) / 2)
        high = max(use.units, 0) * _HEIGHT / most
        strong = use.month in {bill.month, last_year}
        items.append(_bar(use.month, bill.month, last_year, x, base - high, room * _BAR, high))
        middle = left + room * (place + 0.5)
        value = number(use.units)
        size = fitted(value, _SMALL, room - 0.6, bold=strong, least=6.0)
        items.append(Text(middle, base - high - 1.1, value, size, bold=strong, align=Align.CENTRE))
        name = month_name(use.month, Language.ENGLISH)
        items.append(Text(middle, base + 3.9, name, _SMALL, align=Align.CENTRE))
        reading = str(use.reading)
        size = fitted(reading, _READING, room - 0.6, least=6.0)
        items.append(Text(middle, base + 7.5, reading, size, align=Align.CENTRE, grey=True))
    items.append(Line(left, base, right, base, 0.2, static=True))
    return items + _caption(shown, bill, last_year, left, right, base + 13.0)


def _bar(month: Month, this: Month, last_year: Month, x: float, y: float, width: float, height: float) -> Box:
    if month == last_year:
        return Box(x, y, width, height, _OUTLINE if height > 2 * _OUTLINE else 0.0, Fill.WHITE)
    return Box(x, y, width, height, 0.0, Fill.BLACK if month == this else Fill.GREY)


def _caption(
    shown: tuple[MonthUse, ...], bill: Bill, last_year: Month, left: float, right: float, y: float
) -> list[Item]:
    """What the two marked bars are, and the daily average."""
    before = both("Same month last year", HINDI).lead
    parts = [f"□ {before} {number(use.units)}" for use in shown if use.month == last_year]
    parts.append(f"■ {both('This month', HINDI).lead} {number(bill.units)}")
    days = (bill.current.on - bill.previous.on).days
    if days > 0:
        units = _tenths(bill.units, days)
        average = both("Daily average", HINDI)
        parts.append(f"{average.lead} {average.second} {units} {both('units', HINDI).lead}")
        if bill.current_month > 0:
            parts[-1] += f", {rupees((bill.current_month + days * RUPEE // 2) // (days * RUPEE) * RUPEE)}"
    text = " · ".join(parts)
    return [Text(left, y, text, fitted(text, 8.5, right - left, least=7.0))]


def _tenths(count: int, days: int) -> str:
    """A daily average with one decimal, halves upwards."""
    tenths = (count * 20 + days) // (2 * days)
    return f"{number(tenths // 10)}.{tenths % 10}"


def readings(bill: Bill, left: float, right: float, y: float) -> list[Item]:
    """The meter's two readings and the units they make. ``y`` is the rule's."""
    items = heading(both("Readings", HINDI), left, right, y)
    meter, previous, current = both("Meter", HINDI), both("Previous", HINDI), both("Present", HINDI)
    on, factor = both("on date", HINDI), both("MF", HINDI)
    metered, assessed, total = both("Metered", HINDI), both("Assessed", HINDI), both("Total", HINDI)
    titles = [
        (f"{previous.lead} {previous.second}", 40.0),
        (on.lead, 61.5),
        (f"{current.lead} {current.second}", 83.5),
        (on.lead, 105.0),
        (f"{factor.lead} {factor.second}", 120.0),
        (f"{metered.lead} {metered.second}", 147.5),
        (f"{assessed.lead} {assessed.second}", 174.5),
        (f"{total.lead} {total.second}", 188.0),
    ]
    columns = [Column(f"{meter.lead} {meter.second}", left, Align.LEFT)]
    columns += [Column(title, left + edge) for title, edge in titles]
    cells = Cells(
        [
            printable(bill.meter),
            str(bill.previous.value),
            day(bill.previous.on),
            str(bill.current.value),
            day(bill.current.on),
            str(bill.factor),
            number(bill.metered),
            number(bill.assessed),
            number(bill.units),
        ]
    )
    drawn, _ = table(columns, [cells], left, right, y - 0.9, 6.2)
    return items + drawn
