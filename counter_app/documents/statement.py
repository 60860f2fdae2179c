"""The statement of an account on A4: bills and payments of twelve months, and what is payable today.

It reckons no balance from month to month: what happened before the first of them is not known here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from counter_app.documents.account_head import KNOWN_UP_TO, AccountPaper, foot, head, heard
from counter_app.documents.counter_lines import month_text, side_by_side
from counter_app.documents.fonts import printable
from counter_app.documents.grid import LEFT, RIGHT, Cells, Column, heading, table
from counter_app.documents.letterhead import HEIGHT, WIDTH
from counter_app.documents.lines import elided
from counter_app.documents.page import Align, Document, Item, Line, Sheet
from counter_app.documents.roll import UNKNOWN, Roll
from counter_app.domain.acts import Paper
from counter_app.domain.bill import MonthUse, Payable
from counter_app.domain.money import Paise
from counter_app.words.amounts import number, rupees
from counter_app.words.dates import day, month
from counter_app.words.say import Both, Language, both

HINDI = Language.HINDI
MONTHS = 12
_PITCH, _SIZE = 5.2, 8.5
_UNDER_PAYABLE, _BILLS, _PAYMENTS, _LAST = 64.0, 72.5, 154.5, 250.0  # down to these: each at one place
_MIDDLE, _BETWEEN = (LEFT + RIGHT) / 2, 5.0
_FIT = 16  # payments on a page
_PAYMENT_CELLS = 6


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
    """The statement as pages; most take one. All have the same heads at the same places."""
    rows = [_payment(one) for one in facts.payments]
    if not rows:
        rows.append(_said(both("No payment is known here.", HINDI), _PAYMENT_CELLS))
    parts = [rows[first : first + _FIT] for first in range(0, len(rows), _FIT)]
    sheets = []
    for place, part in enumerate(parts):
        first, last = not place, place == len(parts) - 1
        items, y = head(facts.paper, both("Account statement, 12 months", HINDI))
        items += _payable(facts, y, first=first)
        items += [Line(LEFT, _UNDER_PAYABLE, RIGHT, _UNDER_PAYABLE, 0.4, static=True)]
        items += _bills(facts.months[-MONTHS:] if first else None)
        items += _payments(part, _paid(facts) if last else both("on the last page", HINDI).lead)
        items += _notes(facts)
        items += foot(facts.paper, f"{place + 1}/{len(parts)}" if len(parts) > 1 else "")
        sheets.append(Sheet(WIDTH, HEIGHT, tuple(items)))
    name = f"{facts.paper.consumer.number} {day(facts.paper.printed_at)}"
    return Document(name, tuple(sheets), Paper.STATEMENT, facts.paper.printed_at)


def _payable(facts: StatementFacts, y: float, *, first: bool) -> list[Item]:
    """What is payable on the day of printing, or what is over, in large type."""
    payable = advance = UNKNOWN
    if not first:
        payable = advance = side_by_side(both("On the first page.", HINDI))
    elif facts.payable is not None:
        payable = rupees(facts.payable.amount)
        advance = rupees(-facts.payable.balance) if facts.payable.not_for_payment else UNKNOWN
    items: list[Item] = []
    for left, right, words, value in (
        (LEFT, _MIDDLE - _BETWEEN, both("Payable today", HINDI), payable),
        (_MIDDLE + _BETWEEN, RIGHT, both("Advance with us", HINDI), advance),
    ):
        line = Roll(left, right, y)
        line.strong_fact(words, value, static=True)
        items += line.items
    return items


def _bills(months: Sequence[MonthUse] | None) -> list[Item]:
    """A row for each of twelve months and their sum; None: they stand on the first page."""
    columns = [
        Column(side_by_side(both("Month", HINDI)), LEFT, Align.LEFT),
        Column(side_by_side(both("Reading", HINDI)), LEFT + 62.0),
        Column(side_by_side(both("Units", HINDI)), LEFT + 98.0),
        Column(side_by_side(both("Bill of the month", HINDI)), RIGHT),
    ]
    rows = [
        Cells([month(use.month), number(use.reading), number(use.units), rupees(use.amount)], ruled=True)
        for use in months or ()
    ]
    units = amount = ""
    if months:
        units, amount = number(sum(use.units for use in months)), rupees(sum(use.amount for use in months))
    elif months is None:
        rows.append(_said(both("On the first page.", HINDI), len(columns)))
    else:
        rows.append(_said(both("No earlier months are known here.", HINDI), len(columns)))
    rows += [Cells([""] * len(columns), ruled=True)] * (MONTHS - len(rows))
    rows.append(_total("", units, amount))
    items = heading(both("Bills by month", HINDI), LEFT, RIGHT, _BILLS)
    return items + table(columns, rows, LEFT, RIGHT, _BILLS - 0.9, _PITCH, _SIZE)[0]


def _payments(rows: Sequence[Cells], total: str) -> list[Item]:
    columns = [
        Column(side_by_side(both("Date", HINDI)), LEFT, Align.LEFT),
        Column(side_by_side(both("Bill month", HINDI)), LEFT + 22.0, Align.LEFT),
        Column(side_by_side(both("Where", HINDI)), LEFT + 46.5, Align.LEFT),
        Column(side_by_side(both("Reference", HINDI)), LEFT + 86.5, Align.LEFT),
        Column(side_by_side(both("State", HINDI)), LEFT + 131.0, Align.LEFT),
        Column(side_by_side(both("Amount", HINDI)), RIGHT),
    ]
    empty = [Cells([""] * _PAYMENT_CELLS, ruled=True)] * (_FIT - len(rows))
    items = heading(both("Payments of these months", HINDI), LEFT, RIGHT, _PAYMENTS)
    all_rows = [*rows, *empty, _total("", "", "", "", total)]
    return items + table(columns, all_rows, LEFT, RIGHT, _PAYMENTS - 0.9, _PITCH, _SIZE)[0]


def _paid(facts: StatementFacts) -> str:
    return rupees(sum(one.amount for one in facts.payments)) if facts.payments else UNKNOWN


def _total(*cells: str) -> Cells:
    return Cells([side_by_side(both("Total", HINDI)), *cells], bold=True, named=True)


def _said(words: Both, cells: int) -> Cells:
    """A sentence in the place of a row."""
    return Cells([side_by_side(words), *[""] * (cells - 1)], ruled=True)


def _notes(facts: StatementFacts) -> list[Item]:
    notes = Roll(LEFT, RIGHT, _LAST + 3.0)
    notes.ruled_fact(both(KNOWN_UP_TO, HINDI), heard(facts.paper.as_of))
    for words in both("A payment of the last days may be missing here although it was made.", HINDI):
        notes.paragraph(words, static=True)
    if facts.payable is None:
        notes.paragraph(side_by_side(both("No bill of this account is here.", HINDI)), bold=True)
    return notes.items


def _payment(one: AccountPayment) -> Cells:
    where = elided(printable(side_by_side(one.where)), _SIZE, 38.5)
    state = side_by_side(one.state)
    cells = [day(one.on), month_text(one.month), where, printable(one.reference), state, rupees(one.amount)]
    return Cells(cells, ruled=True)
