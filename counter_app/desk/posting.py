"""What this counter took, written out for the billing side: the same range gives the same bytes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from counter_app.billing import posting
from counter_app.billing.safe_csv import SafeCsv
from counter_app.desk.confidential import hidden_types
from counter_app.desk.desk import Desk, demand
from counter_app.desk.handing_out import note_handed_out
from counter_app.domain.acts import FileHandedOut, Purpose
from counter_app.domain.file_refusals import DaysTurned, SerialTwice, SerialUnknown, SerialUnreadable
from counter_app.domain.money import Paise
from counter_app.domain.numbering import Number, Series, read_number
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import DiskFailed
from counter_app.store.finds import taken
from counter_app.store.finds.bank_words import bank_words, of_span, place_of, taken_back, word_at
from counter_app.store.finds.taken import Span
from counter_app.whole_file import WholeFile

PAYMENTS, COMPLAINTS, CHANGES = "payments.csv", "complaints.csv", "changes.csv"
BANK = "bank.csv"
REACH = "posting.toml"

_SHOWN = 40
_ALL = Span()
_Row = tuple[str, Paise, Iterable[str]]


@dataclass(frozen=True, slots=True)
class PostedFile:
    """A file that was written: its rows, their sum in paise, and what the next one goes on after."""

    name: str
    sha256: str
    rows: int
    amount: Paise
    upto: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of each goes out: payments, complaints, what was done about receipts, and what the bank said."""

    payments: Span = _ALL
    complaints: Span = _ALL
    changes: Span = _ALL
    bank: Span = _ALL


def post(
    desk: Desk, session: Session, act: UUID, folder: Path, wanted: Wanted, at: datetime
) -> tuple[PostedFile, ...]:
    """Write payments, complaints, changes and the bank's words of their spans, and how far they reach.

    All files take their names only when all are whole and the journal knows of them. What is confidential
    is not in them. ``DaysTurned`` when a span ends before it begins.
    """
    demand(desk, session, Right.POST, at)
    for span in (wanted.payments, wanted.complaints, wanted.changes, wanted.bank):
        if span.first and span.last and span.first > span.last:
            raise DaysTurned(span.first, span.last)
    hidden = hidden_types(desk, session)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as opened:
            names = PAYMENTS, COMPLAINTS, CHANGES, BANK
            files = [opened.enter_context(SafeCsv(folder / name)) for name in names]
            made = _all_written(desk, files, wanted, hidden)
            reach = opened.enter_context(WholeFile(folder / REACH))
            reach.write(_reach(made))
            out = [FileHandedOut(file.name, file.sha256, file.rows) for file in made]
            note_handed_out(desk, session, act, Purpose.BILLING, out, at)
            for file in files:
                file.keep()
            reach.keep()
    except OSError as fault:
        raise DiskFailed from fault
    return made


def after(desk: Desk, typed: Iterable[str]) -> dict[Series | None, int]:
    """The serials to go on after, by series, of numbers as they are typed; under None the place of a word
    of the bank.

    ``SerialUnreadable`` for what is no number of this counter, ``SerialUnknown`` for one that nothing in
    the book has, ``SerialTwice`` for a second one of its kind.
    """
    found = dict[Series | None, int]()
    with desk.book.reading() as connection:
        for number in typed:
            if (word := _word(number)) is not None:
                place = place_of(connection, word)
                if place is None:
                    raise SerialUnknown(number[:_SHOWN])
                if None in found:
                    raise SerialTwice(number)
                found[None] = place
                continue
            sought = read_number(number)
            mine = (None, desk.office.code), (None, desk.office.counter)
            if sought is None or sought.office not in mine[0] or sought.counter not in mine[1]:
                raise SerialUnreadable(number[:_SHOWN])
            series = sought.series or Series.RECEIPT
            if series not in taken.GIVEN_OUT:
                raise SerialUnreadable(number[:_SHOWN])
            if series in found:
                raise SerialTwice(number)
            if not taken.gave_out(connection, series, sought):
                raise SerialUnknown(number)
            found[series] = sought.serial
    return found


def _word(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _all_written(
    desk: Desk, files: Sequence[SafeCsv], wanted: Wanted, hidden: Collection[str]
) -> tuple[PostedFile, ...]:
    with desk.book.reading() as connection:
        paid_rows = (
            (number.stem, 0 if cancelled else paid.amount, posting.payment_row(number, when, paid, cancelled))
            for number, when, paid, cancelled in taken.payments_taken(connection, wanted.payments)
        )
        complaint_rows = (
            (number.stem, 0, posting.complaint_row(number, one))
            for number, one in taken.complaints_taken(connection, wanted.complaints, hidden)
        )
        words = tuple(bank_words(connection))
        lost = taken_back(words)
        change_rows = (
            (number.stem, 0, posting.change_row(number, receipt, when, done, _before(lost, receipt, place)))
            for place, number, receipt, when, done in taken.changes_made(connection, wanted.changes)
        )
        bank_rows = (
            (
                str(one.act),
                one.taken_back,
                posting.bank_row(one.act, one.receipt, one.at, one.kind, one.said, one.taken_back),
            )
            for one in of_span(words, wanted.bank)
        )
        spoken = str(word_at(connection, wanted.bank.after)) if wanted.bank.after else ""
        paid, told, changed = (
            _start(desk, Series.RECEIPT, wanted.payments),
            _start(desk, Series.COMPLAINT, wanted.complaints),
            _start(desk, Series.SLIP, wanted.changes),
        )
        return (
            _written(files[0], PAYMENTS, posting.PAYMENTS, paid_rows, paid),
            _written(files[1], COMPLAINTS, posting.COMPLAINTS, complaint_rows, told),
            _written(files[2], CHANGES, posting.CHANGES, change_rows, changed),
            _written(files[3], BANK, posting.BANK, bank_rows, spoken),
        )


def _before(lost: Mapping[int, Sequence[tuple[int, Paise]]], receipt: Number, place: int) -> Paise:
    """What the bank's words had taken back of a receipt before a place in the journal."""
    return sum(amount for at, amount in lost.get(receipt.serial, ()) if at < place)


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
    for named, amount, cells in rows:
        file.row(cells)
        total += amount
        upto = named
    return PostedFile(name, file.sha256, file.rows, total, upto)


def _reach(made: Iterable[PostedFile]) -> bytes:
    lines = ["# How far these files reach. The next ones go on with: counter-app post --after UPTO …"]
    for file in made:
        lines += [f'["{file.name}"]', f'upto = "{file.upto}"', f"rows = {file.rows}"]
        lines += [f"paise = {file.amount}", f'sha256 = "{file.sha256}"']
    return ("\n".join(lines) + "\n").encode()
