"""What this counter took, written out for the billing side: the same range gives the same bytes."""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from counter_app.billing import posting
from counter_app.billing.safe_csv import SafeCsv
from counter_app.desk.desk import Desk, demand
from counter_app.domain.file_refusals import SerialUnreadable
from counter_app.domain.money import Paise
from counter_app.domain.numbering import Number, Series, read_number
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import DiskFailed
from counter_app.store.finds import taken
from counter_app.store.finds.taken import Span

PAYMENTS, COMPLAINTS, REACH = "payments.csv", "complaints.csv", "posting.toml"

_Row = tuple[Number, Paise, Iterable[str]]


@dataclass(frozen=True, slots=True)
class PostedFile:
    """A file that was written: its rows, their sum in paise, and the number the next one goes on after."""

    name: str
    sha256: str
    rows: int
    amount: Paise
    upto: str


def post(
    desk: Desk, session: Session, folder: Path, payments: Span, complaints: Span, at: datetime
) -> tuple[PostedFile, PostedFile]:
    """Write payments and complaints of their spans, and beside them how far they reach.

    All files take their names only when all are whole.
    """
    demand(desk, session, Right.POST, at)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise DiskFailed from fault
    with ExitStack() as opened, desk.book.reading() as connection:
        files = [opened.enter_context(SafeCsv(folder / name)) for name in (PAYMENTS, COMPLAINTS)]
        paid_rows = (
            (number, paid.amount, posting.payment_row(number, when, paid))
            for number, when, paid in taken.payments_taken(connection, payments)
        )
        complaint_rows = (
            (number, 0, posting.complaint_row(number, one))
            for number, one in taken.complaints_taken(connection, complaints)
        )
        made = (
            _written(files[0], PAYMENTS, posting.PAYMENTS, paid_rows, _start(desk, Series.RECEIPT, payments)),
            _written(
                files[1],
                COMPLAINTS,
                posting.COMPLAINTS,
                complaint_rows,
                _start(desk, Series.COMPLAINT, complaints),
            ),
        )
        for file in files:
            file.keep()
    _tell_reach(folder / REACH, made)
    return made


def after(desk: Desk, typed: str) -> tuple[Series, int]:
    """Series and serial of a number to go on after; ``SerialUnreadable`` when it is not this counter's."""
    sought = read_number(typed)
    mine = (None, desk.office.code), (None, desk.office.counter)
    if sought is None or sought.office not in mine[0] or sought.counter not in mine[1]:
        raise SerialUnreadable(typed[:40])
    return sought.series or Series.RECEIPT, sought.serial


def _start(desk: Desk, series: Series, span: Span) -> str:
    """How far a file without rows reaches: where it was to begin."""
    if not span.after:
        return ""
    return Number(series, desk.office.code, desk.office.counter, span.after, "").stem


def _written(
    file: SafeCsv, name: str, headings: Iterable[str], rows: Iterable[_Row], upto: str
) -> PostedFile:
    total = 0
    file.headings(headings)
    for number, amount, cells in rows:
        file.row(cells)
        total += amount
        upto = number.stem
    return PostedFile(name, file.sha256, file.rows, total, upto)


def _tell_reach(path: Path, made: Iterable[PostedFile]) -> None:
    lines = ["# How far these files reach. The next ones go on with: counter-app post --after UPTO UPTO"]
    for file in made:
        lines += [f'["{file.name}"]', f'upto = "{file.upto}"', f"rows = {file.rows}"]
        lines += [f"paise = {file.amount}", f'sha256 = "{file.sha256}"']
    try:
        path.write_text("\n".join(lines) + "\n", "utf-8")
    except OSError as fault:
        raise DiskFailed from fault
