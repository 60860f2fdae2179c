"""The office's books: what was taken, undone, printed again, or opened without a payment, over days."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

Value = str | int | date | datetime | None
"""Paise in a money column, a number in a count; None leaves the place empty."""


class Which(StrEnum):
    """The books."""

    DAY = "day book"
    CASHIERS = "cashier-wise"
    TENDERS = "tender-wise"
    HEADS = "head-wise"
    CANCELLED = "undone"
    COPIES = "copies"
    UNLOCKED = "drawer openings"
    SETTLED = "cash settled"
    REGISTER = "complaint register"
    STANDARD = "service standard"
    PRIORITY = "served first"


REGISTERS = (Which.REGISTER, Which.STANDARD, Which.PRIORITY)
"""Books of what people came for, without money that was taken."""
MONEY_BOOKS = tuple(which for which in Which if which not in REGISTERS)


class Kind(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    MONEY = "money"
    COUNT = "count"
    DAY = "day"
    STAMP = "stamp"


class Of(StrEnum):
    """The columns by what they hold."""

    NUMBER = "number"
    DAY = "day"
    AT = "at"
    CONSUMER = "consumer"
    NAME = "name"
    TENDER = "tender"
    HEAD = "head"
    AMOUNT = "amount"
    CASH = "cash"
    OTHER = "not cash"
    RECEIPTS = "receipts"
    CANCELLED = "cancelled"
    PENDING = "pending"
    LOST = "lost"
    CLERK = "clerk"
    SECOND = "second"
    WHAT = "what"
    RECEIPT = "receipt"
    REASON = "reason"
    COPY = "copy"
    PRINTER = "printer"
    TYPE = "type"
    AREA = "area"
    DUE = "due"
    DONE = "done"
    STATE = "state"
    RECEIVED = "received"
    WITHIN = "within"
    LATE = "late"
    OPEN = "open"
    OVERDUE = "overdue"
    WITHDRAWN = "withdrawn"
    COMPENSATION = "compensation"
    WHO = "who"
    SERVED = "served"
    BEFORE = "held before"
    CAME = "cash in"
    SETTLED = "settled"
    HELD = "held"


KINDS: dict[Of, Kind] = {
    **dict.fromkeys((Of.AMOUNT, Of.CASH, Of.OTHER, Of.PENDING, Of.LOST, Of.COMPENSATION), Kind.MONEY),
    **dict.fromkeys((Of.BEFORE, Of.CAME, Of.SETTLED, Of.HELD), Kind.MONEY),
    **dict.fromkeys((Of.RECEIPTS, Of.CANCELLED, Of.COPY), Kind.COUNT),
    **dict.fromkeys(
        (Of.RECEIVED, Of.WITHIN, Of.LATE, Of.OPEN, Of.OVERDUE, Of.WITHDRAWN, Of.SERVED), Kind.COUNT
    ),
    Of.DAY: Kind.DAY,
    **dict.fromkeys((Of.AT, Of.DUE, Of.DONE), Kind.STAMP),
}
COLUMNS: dict[Which, tuple[Of, ...]] = {
    Which.DAY: (Of.NUMBER, Of.AT, Of.CONSUMER, Of.NAME, Of.TENDER, Of.CLERK, Of.CANCELLED, Of.AMOUNT),
    Which.CASHIERS: (Of.CLERK, Of.DAY, Of.RECEIPTS, Of.CANCELLED, Of.CASH, Of.OTHER, Of.AMOUNT),
    Which.TENDERS: (Of.TENDER, Of.RECEIPTS, Of.PENDING, Of.LOST, Of.AMOUNT),
    Which.HEADS: (Of.HEAD, Of.RECEIPTS, Of.AMOUNT),
    Which.CANCELLED: (
        Of.NUMBER, Of.AT, Of.WHAT, Of.RECEIPT, Of.REASON, Of.CLERK, Of.SECOND, Of.AMOUNT,
    ),
    Which.COPIES: (Of.RECEIPT, Of.AT, Of.WHAT, Of.COPY, Of.REASON, Of.PRINTER),
    Which.UNLOCKED: (Of.AT, Of.CLERK, Of.REASON),
    Which.SETTLED: (Of.CLERK, Of.NAME, Of.BEFORE, Of.CASH, Of.CAME, Of.SETTLED, Of.HELD),
    Which.REGISTER: (Of.NUMBER, Of.AT, Of.TYPE, Of.CONSUMER, Of.NAME, Of.DUE, Of.DONE, Of.STATE),
    Which.STANDARD: (
        Of.TYPE, Of.AREA, Of.RECEIVED, Of.WITHIN, Of.LATE, Of.OPEN, Of.OVERDUE, Of.WITHDRAWN,
        Of.COMPENSATION,
    ),
    Which.PRIORITY: (Of.DAY, Of.WHO, Of.CLERK, Of.SERVED),
}  # fmt: skip
_SUMMED = frozenset({Kind.MONEY, Kind.COUNT})


def kind(column: Of) -> Kind:
    """What stands in a column."""
    return KINDS.get(column, Kind.TEXT)


@dataclass(frozen=True, slots=True)
class Book:
    """One book over days, both of them in it. A row has a value for each of the book's columns."""

    which: Which
    first: date
    last: date
    rows: tuple[tuple[Value, ...], ...]

    @property
    def columns(self) -> tuple[Of, ...]:
        """Its columns."""
        return COLUMNS[self.which]

    @property
    def totals(self) -> tuple[int | None, ...]:
        """The sum of each column of money or counts; None under the others and under copy numbers."""
        return tuple(
            sum(value for row in self.rows if isinstance(value := row[place], int))
            if kind(column) in _SUMMED and column is not Of.COPY
            else None
            for place, column in enumerate(self.columns)
        )
