"""The statement of an account on A4: bills and payments of twelve months, and what is payable today.

It reckons no balance from month to month: what happened before the first of them is not known here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from counter_app.documents.account_head import AccountPaper, foot, head, rests_on
from counter_app.documents.counter_lines import month_text, side_by_side
from counter_app.documents.fonts import printable
from counter_app.documents.grid import LEFT, RIGHT, Cells, Column, heading, table
from counter_app.documents.letterhead import HEIGHT, WIDTH, letterhead
from counter_app.documents.lines import Span, elided, row
from counter_app.documents.page import Align, Document, Item, Sheet
from counter_app.documents.roll import Roll
from counter_app.domain.acts import Paper
from counter_app.domain.bill import MonthUse, Payable
from counter_app.domain.money import Paise
from counter_app.words.amounts import number, rupees
from counter_app.words.dates import day, month
from counter_app.words.say import Both, Language, both

HINDI = Language.HINDI
MONTHS = 12
_PITCH, _SIZE = 5.2, 8.5
_HEADINGS = 13.0  # the height of a heading and the titles of its table
_NEXT_TOP, _LAST = 36.0, 250.0


@dataclass(frozen=True, slots=True)
class AccountPayment:
    """A payment as the statement lists it. ``state`` says whether it counts, or counts yet; ``amount`` is
    what of it counts, in paise.
    """

    on: date
    month: str
    where: Both
    reference: str
    state: Both
    amount: Paise


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """All that a statement says: up to twelve months, oldest first, and their payments, oldest first.

    ``payable`` is as of the day of printing, None without a bill.
    """

    paper: AccountPaper
    months: tuple[MonthUse, ...]
    payments: tuple[AccountPayment, ...]
    payable: Payable | None


def statement(facts: StatementFacts) -> Document:
    """The statement as pages; most take one."""
    title = both("Account statement, 12 months", HINDI)
    items, y = head(facts.paper, title)
    drawn, y = _payable(facts, y)
    items += drawn
    drawn, y = _bills(facts.months, y + 7.0)
    items += drawn
    rows = [_payment(one) for one in facts.payments]
    total = sum(one.amount for one in facts.payments)
    rows.append(Cells([side_by_side(both("Total", HINDI)), "", "", "", "", rupees(total)], bold=True))
    sheets: list[list[Item]] = []
    top = y + 10.0
    while True:
        fit = max(int((_LAST - top - _HEADINGS) / _PITCH), 0)
        drawn, _ = _payments(rows[:fit], top, known=bool(facts.payments))
        sheets.append(items + drawn)
        rows = rows[fit:]
        if not rows:
            break
        items, top = letterhead(facts.paper.office, title, facts.paper.consumer.number), _NEXT_TOP
    for place, sheet in enumerate(sheets, 1):
        sheet += foot(facts.paper, f"{place}/{len(sheets)}" if len(sheets) > 1 else "")
    notes = Roll(LEFT, RIGHT, _LAST + 3.0)
    rests_on(notes, facts.paper.as_of)
    words = both("A payment of the last days may be missing here although it was made.", HINDI)
    notes.paragraph(words.lead)
    notes.paragraph(words.second)
    sheets[-1] += notes.items
    made = tuple(Sheet(WIDTH, HEIGHT, tuple(sheet)) for sheet in sheets)
    name = f"{facts.paper.consumer.number} {day(facts.paper.printed_at)}"
    return Document(name, made, Paper.STATEMENT, facts.paper.printed_at)


def _payable(facts: StatementFacts, y: float) -> tuple[list[Item], float]:
    """What is payable on the day of printing, in large type."""
    line = Roll(LEFT, RIGHT, y)
    due = facts.payable
    if due is None:
        line.paragraph(side_by_side(both("No bill of this account is here.", HINDI)), _SIZE + 2)
    elif due.not_for_payment:
        line.strong_fact(both("Advance with us", HINDI), rupees(-due.balance))
    else:
        line.strong_fact(both("Payable today", HINDI), rupees(due.amount))
    line.rule()
    return line.items, line.y


def _bills(months: Sequence[MonthUse], y: float) -> tuple[list[Item], float]:
    items = heading(both("Bills by month", HINDI), LEFT, RIGHT, y, static=False)
    if not months:
        return _nothing(items, both("No earlier months are known here.", HINDI), y)
    columns = [
        Column(side_by_side(both("Month", HINDI)), LEFT, Align.LEFT),
        Column(side_by_side(both("Reading", HINDI)), LEFT + 62.0),
        Column(side_by_side(both("Units", HINDI)), LEFT + 98.0),
        Column(side_by_side(both("Bill of the month", HINDI)), RIGHT),
    ]
    rows = [
        Cells([month(use.month), number(use.reading), number(use.units), rupees(use.amount)])
        for use in months[-MONTHS:]
    ]
    units, amount = (sum(getattr(use, name) for use in months[-MONTHS:]) for name in ("units", "amount"))
    total = side_by_side(both("Total", HINDI))
    rows.append(Cells([total, "", number(units), rupees(amount)], bold=True))
    drawn, y = table(columns, rows, LEFT, RIGHT, y - 0.9, _PITCH, _SIZE, static=False)
    return [*items, *drawn], y


def _payments(rows: Sequence[Cells], y: float, *, known: bool) -> tuple[list[Item], float]:
    items = heading(both("Payments of these months", HINDI), LEFT, RIGHT, y, static=False)
    if not known:
        return _nothing(items, both("No payment is known here.", HINDI), y)
    columns = [
        Column(side_by_side(both("Date", HINDI)), LEFT, Align.LEFT),
        Column(side_by_side(both("Bill month", HINDI)), LEFT + 22.0, Align.LEFT),
        Column(side_by_side(both("Where", HINDI)), LEFT + 46.5, Align.LEFT),
        Column(side_by_side(both("Reference", HINDI)), LEFT + 86.5, Align.LEFT),
        Column(side_by_side(both("State", HINDI)), LEFT + 131.0, Align.LEFT),
        Column(side_by_side(both("Amount", HINDI)), RIGHT),
    ]
    drawn, y = table(columns, rows, LEFT, RIGHT, y - 0.9, _PITCH, _SIZE, static=False)
    return [*items, *drawn], y


def _nothing(items: list[Item], words: Both, y: float) -> tuple[list[Item], float]:
    return [*items, *row([Span(words.lead), Span(words.second, grey=True)], LEFT, y + 6, 9.0)], y + 8.0


def _payment(one: AccountPayment) -> Cells:
    where = elided(printable(side_by_side(one.where)), _SIZE, 38.5)
    state = side_by_side(one.state)
    cells = [day(one.on), month_text(one.month), where, printable(one.reference), state, rupees(one.amount)]
    return Cells(cells)
