"""What the bill says of money: the break-up, how the energy was charged, the last payments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from counter_app.documents.counter_lines import month_text, side_by_side
from counter_app.documents.fonts import measure, printable
from counter_app.documents.grid import BASE, LEAST, Cells, Column, heading, label, label_within, lines, table
from counter_app.documents.lines import Span, elided, named, row
from counter_app.documents.page import POINT, Align, Item, Line, Text
from counter_app.documents.roll import UNKNOWN
from counter_app.domain.bill import Bill, Charge, Payable, SlabLine
from counter_app.domain.money import Paise
from counter_app.words.amounts import exact, number, rupees
from counter_app.words.dates import day
from counter_app.words.labels import charge
from counter_app.words.say import Both, Language, both

_PITCH, _LEAST_PITCH = 5.6, 3.9
_SIZE = 9.5
_TOTAL_SIZE = 12.0
_DATE_EDGE, _MODE_EDGE, _REFERENCE_EDGE = 35.0, 51.0, 74.0
_AMOUNT = 28.0  # millimetres for an amount
_LAST = 7.6  # the height of the total and the white above it
_SLABS, _SLAB_PITCH, _BESIDE = 5, 4.6, 4.0
_PAID, _PAID_PITCH = 2, 4.6
_SUPPLY = (Charge.ENERGY, Charge.FPPAS, Charge.FIXED)
_DUTIES = (Charge.DUTY, Charge.ADJUSTMENT)
_OTHERS = tuple(head for head in Charge if head not in (*_SUPPLY, *_DUTIES, Charge.SUBSIDY))


@dataclass(frozen=True, slots=True)
class BillPayment:
    """A payment as the bill lists it: ``month`` is that of its bill ("2026-02", or empty)."""

    month: str
    on: date
    mode_hi: str
    mode_en: str
    amount: Paise
    reference: str = ""


class _Row(NamedTuple):
    label: Both
    amount: Paise
    total: bool = False


def break_up(
    bill: Bill, payable: Payable, left: float, right: float, y: float, room: float, language: Language
) -> list[Item]:
    """How the total came to be, within a height of ``room``, at whose end the total stands. ``y`` is the
    rule's.
    """
    items = heading(both("Break-up", language), left, right, y, ", ₹")
    end = y + room - _LAST + 0.8
    rows = _rows(bill, payable, int((room - _LAST) / _LEAST_PITCH), language)
    places = len(rows) + 1 if payable.not_for_payment else len(rows)
    pitch = min(_PITCH, (room - _LAST) / places)
    size = max(min(_SIZE, pitch / (1.5 * POINT)), LEAST)
    y += 0.4
    for each in rows:
        base = y + pitch * 0.77
        if each.total:
            items.append(Line(left, y, right, y, 0.2))
        name = label_within(each.label, size, right - left - _AMOUNT, bold=each.total)
        items += row(name, left, base, size)
        items.append(Text(right, base, exact(each.amount), size, bold=each.total, align=Align.RIGHT))
        y += pitch
    if payable.not_for_payment:
        note = both("Not for payment", language)
        items += row(label(note, bold=True), right, end - 1.4, size, Align.RIGHT)
    return items + _total(payable, left, right, end, language)


def _rows(bill: Bill, payable: Payable, most: int, language: Language) -> list[_Row]:
    """The rows above the total; they add up to it. Where they are too many, rebates stand as one sum."""
    rows = _all_rows(bill, payable, language, summed=False)
    return rows if len(rows) <= most else _all_rows(bill, payable, language, summed=True)


def _all_rows(bill: Bill, payable: Payable, language: Language, *, summed: bool) -> list[_Row]:
    rows = _charges(bill, _SUPPLY, both("Sub-total 1", language), language)
    rows += _charges(bill, _DUTIES, both("Sub-total 2", language), language)
    others = _charges(bill, _OTHERS, both("Sub-total 3", language), language)
    if len(others) > 1:
        together = _Row(both("Other charges and rebates", language), others[-1].amount)
        rows += [together] if summed else others
    if _has(bill, Charge.SUBSIDY):
        rows.append(_Row(charge(Charge.SUBSIDY, language), bill.charge(Charge.SUBSIDY)))
    month = sum(line.amount for line in bill.charges)
    rows.append(_Row(both("Current month bill", language), month, total=True))
    rows.append(_Row(both("Arrears", language), bill.arrear))
    if bill.arrear_duty:
        rows.append(_Row(both("Arrears of duty", language), bill.arrear_duty))
    rows.append(_Row(both("Surcharge", language), bill.surcharge))
    rounding = bill.net - month - bill.arrear - bill.arrear_duty - bill.surcharge
    if rounding:
        rows.append(_Row(both("Rounding", language), rounding))
    if payable.surcharge_added:
        rows.append(_Row(both("Surcharge after the due date", language), payable.surcharge_added))
    if payable.paid:
        rows.append(_Row(both("Paid, not yet in the bill", language), -payable.paid))
    return rows


def _has(bill: Bill, wanted: Charge) -> bool:
    return any(line.charge is wanted for line in bill.charges)


def _charges(bill: Bill, wanted: Sequence[Charge], total: Both, language: Language) -> list[_Row]:
    rows = [_Row(charge(each, language), bill.charge(each)) for each in wanted if _has(bill, each)]
    return [*rows, _Row(total, sum(each.amount for each in rows), total=True)]


def _total(payable: Payable, left: float, right: float, y: float, language: Language) -> list[Item]:
    """The total in larger type; below zero, what is not for payment."""
    text = both("Total payable", language)
    amount = rupees(payable.balance if payable.not_for_payment else payable.amount)
    return [
        Line(left, y, right, y, 0.5, static=True),
        *row(label(text, bold=True), left, y + 5.4, _TOTAL_SIZE, static=True),
        Text(right, y + 5.4, amount, _TOTAL_SIZE, bold=True, align=Align.RIGHT),
    ]


def energy(bill: Bill, left: float, right: float, y: float, language: Language) -> list[Item]:
    """The slabs, their rates and what they make; how the fixed charge came. ``y`` is the rule's."""
    items = heading(both("How energy was charged", language), left, right, y)
    columns = [
        Column(side_by_side(both("Slab", language)), left, Align.LEFT),
        Column(side_by_side(both("Rate", language)), left + 41.0),
        Column(side_by_side(both("Units", language)), left + 65.0),
        Column(f"{both('Amount', language).lead} ₹", right),
    ]
    few = len(bill.slabs) <= _SLABS
    rows = [
        Cells([_slab(line, language), exact(line.rate), number(line.units), exact(line.amount)], ruled=few)
        for line in bill.slabs
    ]
    units, amount = sum(line.units for line in bill.slabs), sum(line.amount for line in bill.slabs)
    if not bill.slabs:  # the billing system's file has no slabs: what they made stands in one sum
        units, amount = bill.units, bill.charge(Charge.ENERGY)
    # The total has one place, under as many slabs as a tariff has; more of them stand closer.
    pitch, size = (_SLAB_PITCH, 9.0) if few else (_SLABS * _SLAB_PITCH / len(rows), LEAST)
    rows += [Cells([""] * len(columns), ruled=True)] * (_SLABS - len(rows))
    drawn, y = table(columns, rows, left, right, y - 0.9, pitch, size)
    total = Cells([both("Total", language).lead, "", number(units), exact(amount)], bold=True, named=True)
    summed, y = lines(columns, [total], left, right, y, _SLAB_PITCH, 9.0)
    return [*items, *drawn, *summed, *_beside(bill, left, right, y, language)]


def _beside(bill: Bill, left: float, right: float, y: float, language: Language) -> list[Item]:
    """How the fixed charge came, the units by time of day, by which order."""
    fixed = by_window = UNKNOWN
    if bill.fixed_steps:
        steps, rate = bill.fixed_steps
        fixed = f"{steps} × {printable(bill.fixed_per)} × {rupees(rate)} = {rupees(steps * rate)}"
    if bill.measured and bill.measured.by_window:
        by_window = ", ".join(f"{printable(name)} {number(units)}" for name, units in bill.measured.by_window)
    items: list[Item] = []
    for place, (words, value) in enumerate(
        (
            (side_by_side(charge(Charge.FIXED, language)), fixed),
            (both("Units by time of day", language).lead, by_window),
            (side_by_side(both("Rates by", language)), printable(bill.rates) or UNKNOWN),
        ),
        1,
    ):
        name = f"{words}:"
        room = right - left - measure(f"{name} ", LEAST)
        items += named(name, elided(value, LEAST, room), left, y + place * _BESIDE, LEAST)
    return items


def _slab(line: SlabLine, language: Language) -> str:
    """Which units: "50 तक", "51–150", "300 से अधिक", "सभी"."""
    if line.upto is None and line.above == 0:
        return both("all units", language).lead
    if line.upto is None:
        return both("above {units}", language, units=number(line.above)).lead
    if line.above == 0:
        return both("up to {units}", language, units=number(line.upto)).lead
    return f"{number(line.above + 1)}–{number(line.upto)}"


def last_payments(
    payments: Sequence[BillPayment], left: float, right: float, y: float, language: Language
) -> list[Item]:
    """The last two payments. ``y`` is the rule's."""
    items = heading(both("Last payments", language), left, right, y)
    columns = [
        Column(side_by_side(both("Month", language)), left, Align.LEFT),
        Column(side_by_side(both("Date", language)), left + _DATE_EDGE),
        Column(both("Mode", language).lead, left + _MODE_EDGE),
        Column(side_by_side(both("Reference", language)), left + _REFERENCE_EDGE),
        Column(f"{both('Amount', language).lead} ₹", right),
    ]
    rows = [_payment(paid, language) for paid in payments[:_PAID]]
    rows += [Cells([""] * len(columns), ruled=True)] * (_PAID - len(rows))
    drawn, below = table(columns, rows, left, right, y - 0.9, _PAID_PITCH, LEAST)
    if not payments:
        note = both("No payment is known here.", language)
        base = below - (_PAID - BASE) * _PAID_PITCH
        items += row([Span(note.lead), Span(note.second, grey=True)], left, base, 9.0)
    return items + drawn


def _payment(paid: BillPayment, language: Language) -> Cells:
    mode = paid.mode_hi if language is Language.HINDI else paid.mode_en or paid.mode_hi
    way = elided(printable(mode), LEAST, _MODE_EDGE - _DATE_EDGE - 1.5)
    reference = _tail(printable(paid.reference), _REFERENCE_EDGE - _MODE_EDGE - 2.0)
    cells = [month_text(paid.month), day(paid.on), way, reference, rupees(paid.amount).replace("₹", "")]
    return Cells(cells, ruled=True)


def _tail(reference: str, room: float) -> str:
    """The end of a number, by which people name it, where the whole has no room."""
    if measure(reference, LEAST) <= room:
        return reference
    while measure(f"…{reference}", LEAST) > room:
        reference = reference[1:]
    return f"…{reference}"
