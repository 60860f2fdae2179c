"""The office's books in words: their names, the headings of their columns, and the values as text."""

from datetime import date, datetime

from counter_app.domain.books import Book, Kind, Of, Value, Which, kind
from counter_app.domain.days import in_india
from counter_app.words.amounts import number, rupees
from counter_app.words.dates import day, stamp
from counter_app.words.say import N_, Both, Language, both

_NAMES = {
    Which.DAY: N_("Day book"),
    Which.CASHIERS: N_("Cashier-wise"),
    Which.TENDERS: N_("Tender-wise"),
    Which.HEADS: N_("Head-wise"),
    Which.CANCELLED: N_("Cancelled and corrected"),
    Which.COPIES: N_("Copies printed"),
    Which.UNLOCKED: N_("Drawer opened without a payment"),
    Which.SETTLED: N_("Cash settled: agents, cashiers"),
    Which.REGISTER: N_("Complaint register"),
    Which.STANDARD: N_("Service standard"),
    Which.PRIORITY: N_("Served first"),
}
_HEADINGS = {
    Of.NUMBER: N_("Number"),
    Of.DAY: N_("Day"),
    Of.AT: N_("Date, time"),
    Of.CONSUMER: N_("Consumer no."),
    Of.NAME: N_("Name"),
    Of.TENDER: N_("Mode"),
    Of.HEAD: N_("For what"),
    Of.AMOUNT: N_("Amount"),
    Of.CASH: N_("Cash"),
    Of.OTHER: N_("Not cash"),
    Of.RECEIPTS: N_("Receipts"),
    Of.CANCELLED: N_("Cancelled"),
    Of.PENDING: N_("Pending"),
    Of.LOST: N_("Not realised"),
    Of.CLERK: N_("Clerk"),
    Of.SECOND: N_("Second person"),
    Of.WHAT: N_("What was done"),
    Of.RECEIPT: N_("Receipt"),
    Of.REASON: N_("Reason"),
    Of.COPY: N_("Copy no."),
    Of.PRINTER: N_("Printer"),
    Of.TYPE: N_("Type"),
    Of.AREA: N_("Area"),
    Of.DUE: N_("Limit"),
    Of.DONE: N_("Work done"),
    Of.STATE: N_("State"),
    Of.RECEIVED: N_("Came in"),
    Of.WITHIN: N_("In time"),
    Of.LATE: N_("Late"),
    Of.OPEN: N_("Open now"),
    Of.OVERDUE: N_("Overdue"),
    Of.WITHDRAWN: N_("Withdrawn"),
    Of.COMPENSATION: N_("Compensation"),
    Of.WHO: N_("Who"),
    Of.SERVED: N_("Served"),
    Of.BEFORE: N_("Held before"),
    Of.CAME: N_("Other cash in"),
    Of.SETTLED: N_("Settled"),
    Of.HELD: N_("Outstanding"),
}


def name(which: Which, language: Language) -> Both:
    """What a book is called."""
    return both(_NAMES[which], language)


def heading(column: Of, language: Language) -> Both:
    """What a column is called."""
    return both(_HEADINGS[column], language)


def span(book: Book) -> str:
    """Its day, or its first and last."""
    return day(book.first) if book.first == book.last else f"{day(book.first)} – {day(book.last)}"


def text(column: Of, value: Value) -> str:
    """A value as it stands on screen and paper; a count of none is left out where it says nothing."""
    match value:
        case None:
            return ""
        case datetime():
            return stamp(value)
        case date():
            return day(value)
        case int():
            if kind(column) is Kind.MONEY:
                return rupees(value)
            return number(value) if value or column is not Of.CANCELLED else ""
    return value


def plain(column: Of, value: Value) -> str:
    """A value as other programs read it: rupees without commas, ISO days and times of the Indian clock."""
    match value:
        case None:
            return ""
        case datetime():
            return in_india(value).strftime("%Y-%m-%d %H:%M:%S")
        case date():
            return value.isoformat()
        case int() if kind(column) is Kind.MONEY:
            whole, part = divmod(abs(value), 100)
            sign = "-" if value < 0 else ""
            return f"{sign}{whole}.{part:02d}" if part else f"{sign}{whole}"
    return str(value)
