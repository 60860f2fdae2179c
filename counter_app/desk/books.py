"""The office's books: on screen, and as files that leave the counter, of which the journal knows."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from counter_app.desk import registers
from counter_app.desk.confidential import hidden_types
from counter_app.desk.desk import Desk, demand
from counter_app.desk.handing_out import note_handed_out
from counter_app.domain.acts import FileHandedOut, Paper, Purpose
from counter_app.domain.books import REGISTERS, Book, Value, Which
from counter_app.domain.days import business_day
from counter_app.domain.file_refusals import DaysTurned
from counter_app.domain.money_refusals import DrawerFirst
from counter_app.domain.numbering import Series
from counter_app.domain.people import Right, Role, Session
from counter_app.domain.refusals import DiskFailed
from counter_app.store import finds, people
from counter_app.store.engine import Connection
from counter_app.store.finds import books, settled
from counter_app.store.finds.books import Days
from counter_app.store.finds.receipts import number_of
from counter_app.whole_file import WholeFile
from counter_app.words import labels
from counter_app.words.say import Language

if TYPE_CHECKING:
    from counter_app.documents.page import Document

MOST_DAYS = 400

MakesPdf = Callable[["Document"], bytes]
"""Turns a document into the bytes of a PDF."""


def book(
    desk: Desk, session: Session, which: Which, first: date, last: date, language: Language, at: datetime
) -> Book:
    """One book over days. ``DrawerFirst`` for today's sums while the one who asks has a drawer to count."""
    demand(desk, session, Right.SEE_BOOKS, at)
    if first > last:
        raise DaysTurned(first, last)
    days, hidden = Days(first, last), hidden_types(desk, session)
    with desk.book.reading() as connection:
        if which in REGISTERS:
            rows = registers.rows(desk, connection, which, days, hidden, language, at)
        elif which is Which.COPIES:
            rows = _copies(connection, days, hidden, language)
        else:
            _demand_counted(connection, session, last, at)
            rows = _ROWS[which](connection, days, language)
    return Book(which, first, last, rows)


def hand_out(
    desk: Desk, session: Session, act: UUID, made: Book, language: Language, file: Path,
    pdf: MakesPdf, at: datetime,
) -> Path:  # fmt: skip
    """Write a book as PDF, XLSX or CSV, by the file's ending, and record who took it out.

    The file takes its name only when it is whole and the journal knows of it.
    """
    demand(desk, session, Right.SEE_BOOKS, at)
    data = _bytes(desk, made, language, file, pdf, at)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with WholeFile(file) as out:
            out.write(data)
            handed = FileHandedOut(file.name, out.sha256, len(made.rows))
            note_handed_out(desk, session, act, Purpose.AUDIT, [handed], at)
            out.keep()
    except OSError as fault:
        raise DiskFailed from fault
    return file


def _bytes(desk: Desk, made: Book, language: Language, file: Path, pdf: MakesPdf, at: datetime) -> bytes:
    if file.suffix == ".pdf":
        from counter_app.documents.book import book as book_page
        from counter_app.documents.money_line import read_back
        from counter_app.documents.money_told import of_book

        return pdf(read_back(book_page(desk.office, made, language, at), of_book(made)))
    from counter_app.billing import book_files
    from counter_app.documents.counter_lines import specimen

    mark = specimen(desk.office) if desk.office.demo else ""
    return (book_files.xlsx if file.suffix == ".xlsx" else book_files.csv)(made, language, mark, at)


def _demand_counted(connection: Connection, session: Session, last: date, at: datetime) -> None:
    """Whoever holds a drawer sees no sum of today before it is counted."""
    row = finds.drawer(connection, session.drawer) if session.drawer else None
    if row is not None and row.closed_at is None and last >= business_day(at) and row.receipts:
        raise DrawerFirst


_Rows = tuple[tuple[Value, ...], ...]


def _day(connection: Connection, days: Days, language: Language) -> _Rows:
    return tuple(
        (
            str(one.number), one.row["taken_at"], one.row["consumer"],
            (one.names.hi or one.names.en) if language is Language.HINDI else (one.names.en or one.names.hi),
            " + ".join(labels.tender(kind, language).lead for kind in one.kinds),
            one.row["clerk"], int(one.row["cancelled"]), 0 if one.row["cancelled"] else one.row["amount"],
        )
        for one in books.receipts(connection, days)
    )  # fmt: skip


def _cashiers(connection: Connection, days: Days, _language: Language) -> _Rows:
    return books.by_cashier(connection, days)


def _tenders(connection: Connection, days: Days, language: Language) -> _Rows:
    return tuple(
        (labels.tender(kind, language).lead, *sums) for kind, *sums in books.by_tender(connection, days)
    )


def _heads(connection: Connection, days: Days, language: Language) -> _Rows:
    return tuple(
        (labels.any_head(head, language).lead, *sums) for head, *sums in books.by_head(connection, days)
    )


def _undone(connection: Connection, days: Days, language: Language) -> _Rows:
    return tuple(
        (
            str(one.slip), one.at, labels.undoing(one.what, language).lead, one.receipt.stem,
            labels.any_why(one.why, language).lead, one.clerk, one.approved, one.amount,
        )
        for one in books.undone(connection, days)
    )  # fmt: skip


def _copies(connection: Connection, days: Days, hidden: Collection[str], language: Language) -> _Rows:
    return tuple(
        (
            number_of(receipt, Series.RECEIPT).stem if receipt else row["consumer"], row["asked_at"],
            labels.paper(Paper(row["paper"]), language).lead, row["copy"], row["reason"], row["printer"],
        )
        for row, receipt in books.copies(connection, days, hidden)
    )  # fmt: skip


def _settled(connection: Connection, days: Days, language: Language) -> _Rows:
    """Agents first; who is gone stands here as long as cash is outstanding."""
    known = {one.code: one for one in people.people(connection)}
    rows = []
    for clerk, *sums in settled.by_person(connection, days):
        person = known.get(clerk)
        names = (person.name_hi, person.name_en) if person else (clerk, clerk)
        name = (names[0] or names[1]) if language is Language.HINDI else (names[1] or names[0])
        known_as = f"{name} · {labels.role(person.role, language).lead}" if person else name
        is_agent = person is not None and person.role is Role.AGENT
        rows.append((not is_agent, clerk, (clerk, known_as, *sums)))
    return tuple(row for *_, row in sorted(rows))


def _unlocked(connection: Connection, days: Days, _language: Language) -> _Rows:
    return books.unlocked(connection, days)


_ROWS: dict[Which, Callable[[Connection, Days, Language], _Rows]] = {
    Which.DAY: _day,
    Which.CASHIERS: _cashiers,
    Which.TENDERS: _tenders,
    Which.HEADS: _heads,
    Which.CANCELLED: _undone,
    Which.UNLOCKED: _unlocked,
    Which.SETTLED: _settled,
}
