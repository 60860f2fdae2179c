"""What the bill says of money: the break-up, how the energy was charged, the last payments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from counter_app.documents.counter_lines import month_text, side_by_side
from counter_app.documents.fonts import measure, printable
from counter_app.documents.grid import Cells, Column, heading, label, table
from counter_app.documents.lines import Span, elided, fitted, row
from counter_app.documents.page import POINT, Align, Item, Line, Text
from counter_app.domain.bill import Bill, Charge, Payable, SlabLine
from counter_app.domain.money import Paise
from counter_app.words.amounts import exact, number, rupees
from counter_app.words.dates import day
from counter_app.words.labels import charge
from counter_app.words.say import Both, Language, both

HINDI = Language.HINDI
_PITCH, _LEAST_PITCH = 5.8, 4.4
_SIZE, _LEAST_SIZE = 9.5, 8.0
_TOTAL_SIZE = 12.0
_DATE_EDGE, _MODE_EDGE = 41.0, 73.0
_LAST_ROWS = 1.6  # the room of the total, in rows
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


class _Row(NamedTuple):
    label: Both
    amount: Paise
    total: bool = False


def break_up(
    bill: Bill, payable: Payable, left: float, right: float, y: float, room: float
) -> tuple[list[Item], float]:
    """How the total came to be, within a height of ``room``. ``y`` is the rule's."""
    items = heading(both("Break-up", HINDI), left, right, y, ", ₹")
    rows = _rows(bill, payable, int(room / _LEAST_PITCH - _LAST_ROWS))
    pitch = min(_PITCH, room / (len(rows) + _LAST_ROWS))
    size = min(_SIZE, pitch / (1.5 * POINT))
    y += 0.4
    for each in rows:
        base = y + pitch * 0.72
        if each.total:
            items.append(Line(left, y + pitch * 0.06, right, y + pitch * 0.06, 0.2))
        items += row(label(each.label, bold=each.total), left, base, size)
        items.append(Text(right, base, exact(each.amount), size, bold=each.total, align=Align.RIGHT))
        y += pitch
    return items + _total(payable, left, right, y + 0.6), y + pitch * _LAST_ROWS


def _rows(bill: Bill, payable: Payable, most: int) -> list[_Row]:
    """The rows above the total; they add up to it. Where they are too many, rebates stand as one sum."""
    rows = _all_rows(bill, payable, summed=False)
    return rows if len(rows) <= most else _all_rows(bill, payable, summed=True)


def _all_rows(bill: Bill, payable: Payable, *, summed: bool) -> list[_Row]:
    rows = _charges(bill, _SUPPLY, both("Sub-total 1", HINDI))
    rows += _charges(bill, _DUTIES, both("Sub-total 2", HINDI))
    others = _charges(bill, _OTHERS, both("Sub-total 3", HINDI))
    if len(others) > 1:
        together = _Row(both("Other charges and rebates", HINDI), others[-1].amount)
        rows += [together] if summed else others
    if _has(bill, Charge.SUBSIDY):
        rows.append(_Row(charge(Charge.SUBSIDY, HINDI), bill.charge(Charge.SUBSIDY)))
    month = sum(line.amount for line in bill.charges)
    rows.append(_Row(both("Current month bill", HINDI), month, total=True))
    rows.append(_Row(both("Arrears", HINDI), bill.arrear))
    if bill.arrear_duty:
        rows.append(_Row(both("Arrears of duty", HINDI), bill.arrear_duty))
    rows.append(_Row(both("Surcharge", HINDI), bill.surcharge))
    rounding = bill.net - month - bill.arrear - bill.arrear_duty - bill.surcharge
    if rounding:
        rows.append(_Row(both("Rounding", HINDI), rounding))
    if payable.surcharge_added:
        rows.append(_Row(both("Surcharge after the due date", HINDI), payable.surcharge_added))
    if payable.paid:
        rows.append(_Row(both("Paid, not yet in the bill", HINDI), -payable.paid))
    return rows


def _has(bill: Bill, wanted: Charge) -> bool:
    return any(line.charge is wanted for line in bill.charges)


def _charges(bill: Bill, wanted: Sequence[Charge], total: Both) -> list[_Row]:
    rows = [_Row(charge(each, HINDI), bill.charge(each)) for each in wanted if _has(bill, each)]
    return [*rows, _Row(total, sum(each.amount for each in rows), total=True)]


def _total(payable: Payable, left: float, right: float, y: float) -> list[Item]:
    """The total in larger type; below zero, that nothing is to be paid."""
    credit = payable.not_for_payment
    text = both("Not for payment", HINDI) if credit else both("Total payable", HINDI)
    amount = rupees(payable.balance if credit else payable.amount)
    room = right - left - 40
    size = fitted(side_by_side(text), _TOTAL_SIZE, room, bold=True)
    return [
        Line(left, y, right, y, 0.5),
        *row(label(text, bold=True), left, y + 6.4, size),
        Text(right, y + 6.4, amount, _TOTAL_SIZE, bold=True, align=Align.RIGHT),
    ]


def energy(bill: Bill, left: float, right: float, y: float) -> tuple[list[Item], float]:
    """The slabs, their rates and what they make; how the fixed charge came. ``y`` is the rule's."""
    items = heading(both("How energy was charged", HINDI), left, right, y)
    columns = [
        Column(side_by_side(both("Slab", HINDI)), left, Align.LEFT),
        Column(side_by_side(both("Rate", HINDI)), left + _DATE_EDGE),
        Column(side_by_side(both("Units", HINDI)), left + 65.0),
        Column(f"{both('Amount', HINDI).lead} ₹", right),
    ]
    rows = [
        Cells([_slab(line), exact(line.rate), number(line.units), exact(line.amount)]) for line in bill.slabs
    ]
    units, amount = sum(line.units for line in bill.slabs), sum(line.amount for line in bill.slabs)
    rows.append(Cells([both("Total", HINDI).lead, "", number(units), exact(amount)], bold=True))
    pitch = 6.0 if len(rows) <= 5 else 5.5
    drawn, y = table(columns, rows, left, right, y - 0.9, pitch)
    items += drawn
    if bill.fixed_steps:
        steps, rate = bill.fixed_steps
        name = side_by_side(charge(Charge.FIXED, HINDI))
        text = f"{name}: {steps} × {printable(bill.fixed_per)} × {rupees(rate)} = {rupees(steps * rate)}"
        y += 5.0
        items.append(Text(left, y, text, fitted(text, 8.5, right - left, least=7.0)))
    if bill.rates:
        text = f"{side_by_side(both('Rates by', HINDI))}: {printable(bill.rates)}"
        y += 4.6
        items.append(Text(left, y, text, fitted(text, 8.0, right - left, least=6.0), grey=True))
    return items, y


def _slab(line: SlabLine) -> str:
    """Which units: "50 तक", "51–150", "300 से अधिक", "सभी"."""
    if line.upto is None and line.above == 0:
        return both("all units", HINDI).lead
    if line.upto is None:
        return both("above {units}", HINDI, units=number(line.above)).lead
    if line.above == 0:
        return both("up to {units}", HINDI, units=number(line.upto)).lead
    return f"{number(line.above + 1)}–{number(line.upto)}"


def last_payments(payments: Sequence[BillPayment], left: float, right: float, y: float) -> list[Item]:
    """The last two payments. ``y`` is the rule's."""
    items = heading(both("Last payments", HINDI), left, right, y)
    if not payments:
        note = both("No payment is known here.", HINDI)
        return [*items, *row([Span(note.lead), Span(note.second, grey=True)], left, y + 6, 9.0)]
    columns = [
        Column(side_by_side(both("Month", HINDI)), left, Align.LEFT),
        Column(side_by_side(both("Date", HINDI)), left + _DATE_EDGE),
        Column(side_by_side(both("Mode", HINDI)), left + _MODE_EDGE),
        Column(f"{both('Amount', HINDI).lead} ₹", right),
    ]
    rows = []
    for paid in payments[:2]:
        mode = _mode(Both(paid.mode_hi, paid.mode_en))
        amount = rupees(paid.amount).replace("₹", "")
        rows.append(Cells([month_text(paid.month), day(paid.on), mode, amount]))
    drawn, _ = table(columns, rows, left, right, y - 0.9, 6.0)
    return items + drawn


def _mode(mode: Both) -> str:
    """The way of paying in both languages where they fit beside the date, else in Hindi."""
    room = _MODE_EDGE - _DATE_EDGE - 2.0
    whole = printable(side_by_side(mode))
    return whole if measure(whole, _LEAST_SIZE) <= room else elided(printable(mode.lead), _SIZE, room)
