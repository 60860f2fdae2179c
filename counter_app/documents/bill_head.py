"""The upper part of a bill: whose it is, the number as a barcode, the connection, the strip of figures."""

from collections.abc import Sequence

from counter_app.documents.account_head import address_line
from counter_app.documents.counter_lines import side_by_side
from counter_app.documents.fonts import measure, printable
from counter_app.documents.grid import LEAST, LEFT, RIGHT, label
from counter_app.documents.lines import Span, elided, fitted, row, shortened, width, wrapped
from counter_app.documents.page import Align, Barcode, Box, Fill, Item, Line, Text
from counter_app.documents.roll import UNKNOWN
from counter_app.domain.bill import Bill, Measured, Payable
from counter_app.domain.consumer import Consumer, masked
from counter_app.domain.money import to_rupee
from counter_app.words.amounts import number, rupees
from counter_app.words.connection import kilowatts, purpose
from counter_app.words.dates import day, month
from counter_app.words.say import Both, Language, both

STRIP, STRIP_HIGH = 68.5, 14.8
_NAME_RIGHT = 99.0
_NAME_FIRST, _NAME_PITCH, _NAME_LINES = 33.0, 4.0, 5
_NUMBER = 60.2
_BARCODE_LEFT, _BARCODE_WIDE, _BARCODE_HIGH = 58.0, 39.0, 8.6
_FACTS_LEFT, _FACTS_FIRST, _FACTS_PITCH = 103.5, 32.4, 4.1
_FEEDER = 32.0
_LABEL, _LABELS = (5.0,), (3.5, 6.5)  # baselines within the strip, of one language and of two
_NAMED = 7.5  # so much of the strip is for them
_PAD = 3.0


def who(consumer: Consumer, language: Language) -> list[Item]:
    """Name, address, number, the number once more for a scanner, mobile."""
    room = _NAME_RIGHT - LEFT
    items, left_over = _names(consumer, language, room)
    y = _NAME_FIRST + (_NAME_LINES - left_over) * _NAME_PITCH + (0.6 if left_over > 2 else 0.0)
    for line in shortened(wrapped(address_line(consumer, language), 8.5, room), min(left_over, 3)):
        items.append(Text(LEFT, y, line, 8.5))
        y += _NAME_PITCH
    items += row(label(both("Consumer no.", language)), LEFT, _NUMBER - 6.8, LEAST, static=True)
    items.append(Text(LEFT, _NUMBER, consumer.number, 18, bold=True))
    bars = Barcode(_BARCODE_LEFT, _NUMBER - _BARCODE_HIGH, _BARCODE_WIDE, _BARCODE_HIGH, consumer.number)
    items.append(bars)
    spans = label(both("Mobile", language))
    mobile = Text(LEFT + width(spans, 8.5) + 2.0, _NUMBER + 5.0, masked(consumer.mobile) or UNKNOWN, 8.5)
    return [*items, *row(spans, LEFT, _NUMBER + 5.0, 8.5, static=True), mobile]


def _names(consumer: Consumer, language: Language, room: float) -> tuple[list[Item], int]:
    """Both scripts, in English the Latin one alone; the items, and how many lines of the room are left."""
    hindi, english = printable(consumer.name_hi), printable(consumer.name_en)
    if language is Language.ENGLISH:
        hindi, english = "", english or hindi
    spans = [Span(hindi, bold=True), Span(english, bold=not hindi)]
    if width(spans, 13.5) <= room:
        return [*row(spans, LEFT, _NAME_FIRST, 13.5)], _NAME_LINES - 1
    lines = [(line, bool(span.bold)) for span in spans for line in _name_lines(span, room)]
    items: list[Item] = []
    for place, (line, bold) in enumerate(lines):
        size = fitted(line, 11.0, room, bold=bold)
        items.append(Text(LEFT, _NAME_FIRST - 1.0 + place * _NAME_PITCH, line, size, bold=bold))
    return items, max(_NAME_LINES - len(lines), 1)


def _name_lines(name: Span, room: float) -> list[str]:
    """One line, made smaller to fit, or two."""
    if measure(name.text, LEAST, name.bold) <= room:
        return [name.text] if name.text else []
    return shortened(wrapped(name.text, LEAST, room, bold=name.bold), 2)


def facts(consumer: Consumer, current: Bill, language: Language) -> list[Item]:
    """The connection and the bill, label at the left and value at the right."""
    items: list[Item] = []
    for place, (name, value) in enumerate(_known(consumer, current, language)):
        y = _FACTS_FIRST + place * _FACTS_PITCH
        spans, shown = label(name), printable(value)
        room = RIGHT - _FACTS_LEFT - width(spans, LEAST + 0.5) - 3
        items += row(spans, _FACTS_LEFT, y, LEAST + 0.5, static=True)
        size = fitted(shown, 9.0, room)
        items.append(Text(RIGHT, y, elided(shown, size, room), size, align=Align.RIGHT))
    return items


def _known(consumer: Consumer, current: Bill, language: Language) -> Sequence[tuple[Both, str]]:
    area = both("Urban", language) if consumer.urban else both("Rural", language)
    basis = _basis(current.basis, language)
    measured = current.measured or Measured()
    use = purpose(consumer.purpose, language)
    contract = demand(measured.contract, measured) or UNKNOWN
    pending = UNKNOWN if current.deposit_pending is None else rupees(current.deposit_pending)
    meter = f", {both('Prepaid', language).lead}" if measured.prepaid else ""
    since = day(consumer.connected_on) if consumer.connected_on else UNKNOWN
    return (
        (both("Bill no., month", language), f"{current.number}, {month(current.month)}"),
        (both("Bill date, basis", language), f"{day(current.issued)}, {basis}"),
        (both("Tariff", language), f"{current.tariff or consumer.tariff} {side_by_side(use)}"),
        (both("Premises, phase", language), f"{side_by_side(area)}, {consumer.phases}"),
        (both("Load / contract demand", language), f"{kilowatts(consumer.load)} kW / {contract}"),
        (both("Deposit held / pending", language), f"{rupees(consumer.deposit)} / {pending}"),
        (both("Feeder / DTR", language), _lines(consumer)),
        (both("Group / RD, pole", language), f"{consumer.group} / {consumer.diary}, {consumer.pole}"),
        (both("Connected on", language), f"{since}{meter}"),
    )


def _lines(consumer: Consumer) -> str:
    """Feeder and transformer; a feeder that is called by a whole sentence leaves room for the transformer."""
    feeder = elided(printable(consumer.feeder), LEAST, _FEEDER)
    return f"{feeder or UNKNOWN} / {consumer.dtr or UNKNOWN}"


def _basis(written: str, language: Language) -> str:
    known = {
        "actual": both("Actual", language),
        "average": both("Average", language),
        "assessed": both("Assessed", language),
    }.get(written.casefold())
    return side_by_side(known) if known else written


def demand(watts: int | None, measured: Measured) -> str:
    """A demand in the unit it was measured in: "4.5 kW", "4.5 kVA"; empty where it is not known."""
    return "" if watts is None else f"{kilowatts(watts)} {'kVA' if measured.apparent else 'kW'}"


def strip(current: Bill, payable: Payable, language: Language) -> list[Item]:
    """The strip of six figures; the one that holds on the day of printing stands white on black."""
    items: list[Item] = []
    x = LEFT
    for wide, name, value, strong in _cells(current, payable, language):
        for y, text in zip(_LABELS if name.second else _LABEL, filter(None, name), strict=True):
            items.append(Text(x + _PAD, STRIP + y, text, LEAST, grey=True, static=True))
        if strong:
            items.append(Box(x, STRIP + _NAMED, wide, STRIP_HIGH - _NAMED, 0.0, Fill.BLACK))
        fits = fitted(value, 16.0 if strong else 13.5, wide - _PAD - 2, bold=True)
        items.append(Text(x + _PAD, STRIP + 13.1, value, fits, bold=True, white=strong))
        x += wide
        if x < RIGHT - 1:
            items.append(Line(x, STRIP + 0.3, x, STRIP + STRIP_HIGH - 0.3, 0.2, static=True))
    items.append(Box(LEFT, STRIP, RIGHT - LEFT, STRIP_HIGH, 0.5, static=True))
    return items


def _cells(current: Bill, payable: Payable, language: Language) -> Sequence[tuple[float, Both, str, bool]]:
    """Width, label, figure, whether it is the one that holds today."""
    # The day after the due date may still be in time: where that fell on a holiday.
    late = payable.on > current.due and payable.amount == payable.after_due
    arrears = to_rupee(current.arrear + current.arrear_duty + current.surcharge)
    return (
        (32.0, both("Due date", language), day(current.due), False),
        (25.4, both("Units", language), number(current.units), False),
        (30.0, both("Current", language), rupees(current.current_month), False),
        (31.4, both("Arrears", language), rupees(arrears), False),
        (35.0, both("Payable by due date", language), rupees(payable.until_due), not late),
        (34.2, both("Payable after it", language), rupees(payable.after_due), late),
    )
