"""What a row is held against besides its own cells: the calendar, and the consumers that are known."""

from collections.abc import Callable, Iterable
from datetime import date

from counter_app.billing.records import Paid, Record, Reject, Table, Value
from counter_app.domain.bill import Bill
from counter_app.domain.file_refusals import DayToCome
from counter_app.domain.refusals import ConsumerUnknown


def reject_of(
    table: Table, record: Record | Reject, today: date, knows: Callable[[str], bool]
) -> Reject | None:
    """The reject that a row is, or becomes here: of nobody's consumer number, or of a day to come.

    One bill of a wrong year would push all true ones out of the months that are kept.
    """
    if isinstance(record, Reject):
        return record
    day, column = day_of(record.value)
    if day is not None and day > today:
        return Reject(record.line, table.column(column), DayToCome())
    if isinstance(record.value, Bill | Paid) and not knows(record.value.consumer):
        return Reject(record.line, table.column("consumer"), ConsumerUnknown(record.value.consumer))
    return None


def day_of(value: Value) -> tuple[date | None, str]:
    """The day on which a row says that something happened, and its column."""
    match value:
        case Bill(issued=day):
            return day, "bill_date"
        case Paid(on=day):
            return day, "paid_on"
    return None, ""


def fields_of(columns: Iterable[str]) -> frozenset[str]:
    """Columns of a consumer as fields of it."""
    return frozenset("urban" if name == "premises" else name for name in columns) - {"consumer"}
