"""What the bill says of use: thirteen months as bars, six of them in figures, this month's readings."""

from collections.abc import Sequence

from counter_app.documents.bill_head import demand
from counter_app.documents.counter_lines import side_by_side, within
from counter_app.documents.fonts import measure, printable
from counter_app.documents.grid import LEAST, Cells, Column, heading, table
from counter_app.documents.lines import Span, fitted, row
from counter_app.documents.page import Align, Box, Fill, Item, Line, Text
from counter_app.documents.roll import UNKNOWN
from counter_app.domain.bill import Bill, Measured, MonthUse
from counter_app.domain.days import Month
from counter_app.domain.money import RUPEE
from counter_app.words.amounts import number, rupees
from counter_app.words.dates import day, month, month_name
from counter_app.words.say import Both, Language, both

MONTHS = 13
ROWS = 6
_BAR = 0.62  # of a month's room
_HEIGHT = 20.0
_OUTLINE = 0.35
_CAPTION, _MARKED = 8.5, 41.0
_POWER_FACTOR = 1000


def bars(
    history: tuple[MonthUse, ...], bill: Bill, left: float, right: float, y: float, language: Language
) -> list[Item]:
    """Up to thirteen months; this month black, the same month of last year outlined. ``y`` is the rule's."""
    items = heading(both("Units, 13 months", language), left, right, y)
    shown = history[-MONTHS:]
    base = y + 5.0 + _HEIGHT
    items.append(Line(left, base, right, base, 0.2, static=True))
    items += _caption(bill, left, right, base + 9.0, language)
    if not shown:
        note = both("No earlier months are known here.", language)
        return [*items, *row([Span(note.lead), Span(note.second, grey=True)], left, y + 8, _CAPTION)]
    most = max(max(use.units for use in shown), 1)
    room = (right - left) / MONTHS
    last_year = bill.month.plus(-12)
    # Where the figures have no room beside each other every other one stands, this month's among them.
    step = 1 if all(measure(number(use.units), LEAST, True) < room for use in shown) else 2
    for place, use in enumerate(shown):
        x = left + room * (place + (1 - _BAR) / 2)
        high = max(use.units, 0) * _HEIGHT / most
        strong = use.month in {bill.month, last_year}
        items.append(_bar(use.month, bill.month, last_year, x, base - high, room * _BAR, high))
        middle = left + room * (place + 0.5)
        name = month_name(use.month, Language.ENGLISH)
        items.append(Text(middle, base + 3.9, name, LEAST, align=Align.CENTRE))
        if (len(shown) - 1 - place) % step == 0:
            value = number(use.units)
            half = measure(value, LEAST, strong) / 2
            middle = min(max(middle, left + half), right - half)
            items.append(Text(middle, base - high - 1.1, value, LEAST, bold=strong, align=Align.CENTRE))
    return items


def _bar(month: Month, this: Month, last_year: Month, x: float, y: float, width: float, height: float) -> Box:
    if month == last_year:
        return Box(x, y, width, height, _OUTLINE if height > 2 * _OUTLINE else 0.0, Fill.WHITE)
    return Box(x, y, width, height, 0.0, Fill.BLACK if month == this else Fill.GREY)


def _caption(bill: Bill, left: float, right: float, y: float, language: Language) -> list[Item]:
    """What the two marked bars are, and the daily average in units and rupees."""
    marked = f"□ {both('Last year', language).lead}   ■ {both('This month', language).lead}"
    average = both("Daily average", language).lead
    days, value = (bill.current.on - bill.previous.on).days, UNKNOWN
    if days > 0:
        value = f"{_tenths(bill.units, days)} {both('units', language).lead}"
        if bill.current_month > 0:
            value += f", {rupees((bill.current_month + days * RUPEE // 2) // (days * RUPEE) * RUPEE)}"
    behind = left + _MARKED + measure(f"{average} ", _CAPTION)
    return [
        Text(left, y, marked, _CAPTION, static=True),
        Text(left + _MARKED, y, average, _CAPTION, static=True),
        Text(behind, y, value, fitted(value, _CAPTION, right - behind)),
    ]


def _tenths(count: int, days: int) -> str:
    """A daily average with one decimal, halves upwards."""
    tenths = (count * 20 + days) // (2 * days)
    return f"{number(tenths // 10)}.{tenths % 10}"


def earlier(
    history: tuple[MonthUse, ...], bill: Bill, left: float, right: float, y: float, language: Language
) -> list[Item]:
    """The five months before and the same month of last year in figures. ``y`` is the rule's."""
    items = heading(both("Earlier months", language), left, right, y)
    columns = [
        Column(_title(both("Month", language)), left, Align.LEFT),
        Column(_title(both("Reading", language)), left + 36.0),
        Column(_title(both("Units", language)), left + 54.0),
        Column(_title(both("MD", language)), left + 74.0),
        Column(_title(both("PF", language)), right),
    ]
    wanted = [*(bill.month.plus(-before) for before in range(1, ROWS)), bill.month.plus(-12)]
    by_month = {use.month: use for use in history}
    rows = [_row(by_month[one]) for one in wanted if one in by_month]
    rows += [Cells([""] * len(columns), ruled=True)] * (ROWS - len(rows))
    drawn, _ = table(columns, rows, left, right, y - 0.9, 4.6, 8.5)
    return items + drawn


def _title(text: Both) -> str:
    """A narrow column's: an abbreviation that both languages know stands once."""
    return side_by_side(text) if measure(side_by_side(text), LEAST) < 17.0 else text.lead


def _row(use: MonthUse) -> Cells:
    measured = use.measured or Measured()
    cells = [
        month(use.month),
        str(use.reading),
        number(use.units),
        _demand(measured),
        _power_factor(measured),
    ]
    return Cells(cells, ruled=True)


def _demand(measured: Measured) -> str:
    return demand(measured.recorded, measured) or UNKNOWN


def _power_factor(measured: Measured) -> str:
    """Two places, as meters show it; a third one where it has one."""
    if measured.power_factor is None:
        return UNKNOWN
    whole, part = divmod(measured.power_factor, _POWER_FACTOR)
    return f"{whole}.{part:03d}".removesuffix("0")


def readings(bill: Bill, left: float, right: float, y: float, language: Language) -> list[Item]:
    """The meter's two readings, the units they make, demand and power factor. ``y`` is the rule's."""
    items = heading(both("Readings", language), left, right, y)
    measured = bill.measured or Measured()
    cells: Sequence[tuple[Both, float, str]] = (
        (both("Previous", language), 41.0, str(bill.previous.value)),
        (both("on date", language), 62.0, day(bill.previous.on)),
        (both("Present", language), 82.0, str(bill.current.value)),
        (both("on date", language), 103.0, day(bill.current.on)),
        (both("MF", language), 116.0, str(bill.factor)),
        (both("Metered", language), 134.0, number(bill.metered)),
        (both("Assessed", language), 151.0, number(bill.assessed)),
        (both("Total", language), 164.0, number(bill.units)),
        (both("MD", language), 178.5, _demand(measured)),
        (both("PF", language), 188.0, _power_factor(measured)),
    )
    meter = both("Meter", language)
    columns = [Column(meter.lead, left, Align.LEFT, meter.second)]
    columns += [Column(name.lead, left + edge, under=name.second) for name, edge, _ in cells]
    meter_no = within(Both(printable(bill.meter), ""), LEAST, 24.0)
    row_of = Cells([meter_no, *(value for _, _, value in cells)], ruled=True)
    drawn, _ = table(columns, [row_of], left, right, y - 0.9, 5.6, 9.5)
    return items + drawn
