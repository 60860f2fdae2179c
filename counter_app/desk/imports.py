"""Files of the billing side taken in: all of them in one transaction, so that nothing is ever half there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from counter_app.billing import rejects
from counter_app.billing.columns import ColumnNames
from counter_app.billing.records import Paid, Record, Reject, Table, Value
from counter_app.billing.safe_csv import SafeCsv
from counter_app.billing.source import Source
from counter_app.desk.desk import Desk, demand, recorded
from counter_app.domain.acts import FileKind, FilesImported, FileTaken
from counter_app.domain.bill import Bill
from counter_app.domain.days import business_day, midnight
from counter_app.domain.entry import Kind
from counter_app.domain.file_refusals import BillTooOld, DayToCome
from counter_app.domain.numbering import Series, read_number
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import ConsumerUnknown, FileThere
from counter_app.store import reference
from counter_app.store.book import Page
from counter_app.store.extracts import Counts, Extracts
from counter_app.store.reference import MONTHS_KEPT
from counter_app.store.rows import KnownPayment

SHOWN_REJECTS = 5

_CHUNK = 1000
_DAY, _TICK = timedelta(days=1), timedelta(milliseconds=1)
_OF_CONSUMERS = frozenset({FileKind.BILLS, FileKind.PAYMENTS})

Watch = Callable[[FileKind, int, int], None]
"""Is told how many bytes of a file are read, and how many it has."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of each file, the first rows that were not taken, and how many bills were too old."""

    files: tuple[FileTaken, ...]
    rejects: tuple[tuple[FileKind, Reject], ...]
    too_old: int


def take(
    desk: Desk,
    session: Session,
    act: UUID,
    files: Mapping[FileKind, Path],
    names: ColumnNames,
    rejected: Path | None,
    at: datetime,
    watch: Watch,
) -> Imported:
    """Take the files in, and write the rows that cannot be taken to ``rejected``.

    Everything is refused together: a file that is not what it should be, or an exception out of ``watch``,
    leaves all as it was. The same act again returns what was recorded.
    """
    if (again := stored(desk, act)) is not None:
        return again
    demand(desk, session, Right.IMPORT, at)
    _refuse_to_overwrite(files.values(), rejected)
    with ExitStack() as opened:
        tables = []
        for kind in FileKind:
            if kind in files:
                source = opened.enter_context(closing(Source(files[kind])))
                tables.append(Table(kind, source, names.get(kind, {})))
        out = opened.enter_context(SafeCsv(rejected)) if rejected else None
        with desk.book.writing() as page:
            intake = _Intake(desk, Extracts(page), out, business_day(at), watch)
            taken = tuple(map(intake.take, tables))
            intake.extracts.finish()
            if any(one.taken or one.changed for one in taken if one.kind in _OF_CONSUMERS):
                _put_dues_as_of(page, intake.newest, at)
            page.record(FilesImported(session.person.code, taken), act=act, person=session.person.id, at=at)
            if out:  # before the commit: what cannot be kept is refused, and nothing was taken
                out.keep()
    return Imported(taken, tuple(intake.first), intake.too_old)


def stored(desk: Desk, act: UUID) -> Imported | None:
    """What an act took in; None when it took nothing."""
    with desk.book.reading() as connection:
        found = recorded(connection, act, Kind.FILES_IMPORTED)
    if found is None:
        return None
    assert isinstance(found[0], FilesImported)
    return Imported(found[0].files, (), 0)


def _refuse_to_overwrite(files: Iterable[Path], rejected: Path | None) -> None:
    """The rejects must not take the place of a file that is to be read."""
    if rejected and rejected.exists() and any(file.exists() and rejected.samefile(file) for file in files):
        raise FileThere(rejected.name)


class _Intake:
    """One run: tables into the store, one after another."""

    def __init__(
        self, desk: Desk, extracts: Extracts, out: SafeCsv | None, today: date, watch: Watch
    ) -> None:
        self.extracts, self._out, self._today, self._watch = extracts, out, today, watch
        self.first: list[tuple[FileKind, Reject]] = []
        self.too_old = 0
        self.newest: date | None = None
        self._own = extracts.own_receipts()
        self._here = f"{desk.office.code}-{desk.office.counter}-"

    def take(self, table: Table) -> FileTaken:
        """All rows of a table."""
        counts, read, rejected, chunk = Counts(), 0, 0, list[Any]()
        source = table.source
        if self._out:
            rejects.begin(self._out, table)
        for record in table.records():
            read += 1
            why = self._rejected(table, record)
            if why is not None:
                rejected += 1
                self._note(table, why)
            elif isinstance(record, Record):
                chunk.append(record.value)
                if len(chunk) == _CHUNK:
                    self._put(table, chunk, counts)
                    chunk.clear()
                    self._watch(table.kind, source.read_bytes, source.size)
        self._put(table, chunk, counts)
        self._watch(table.kind, source.size, source.size)
        return FileTaken(
            table.kind, source.name, source.sha256,
            read, counts.taken, counts.changed, counts.unchanged, rejected,
        )  # fmt: skip

    def _rejected(self, table: Table, record: Record | Reject) -> Reject | None:
        """The reject that a row is, or becomes here: of nobody's consumer number, or of a day to come.

        One bill of a wrong year would push all true ones out of the months that are kept.
        """
        if isinstance(record, Reject):
            return record
        day, column = _day_of(record.value)
        if day is not None and day > self._today:
            return Reject(record.line, table.column(column), DayToCome())
        if table.kind in _OF_CONSUMERS:
            number: str = record.value.consumer  # type: ignore[union-attr]
            if not self.extracts.knows(number):
                return Reject(record.line, table.column("consumer"), ConsumerUnknown(number))
        if isinstance(record.value, Bill) and self.extracts.too_old(record.value):
            self.too_old += 1
            return Reject(record.line, table.column("month"), BillTooOld(MONTHS_KEPT))
        if day is not None and (self.newest is None or day > self.newest):
            self.newest = day
        return None

    def _note(self, table: Table, reject: Reject) -> None:
        if len(self.first) < SHOWN_REJECTS:
            self.first.append((table.kind, reject))
        if self._out:
            rejects.write(self._out, table, reject)

    def _put(self, table: Table, chunk: Sequence[Any], counts: Counts) -> None:
        match table.kind:
            case FileKind.CONSUMERS:
                self.extracts.put_consumers(chunk, counts, _fields(table.unsaid))
            case FileKind.BILLS:
                self.extracts.put_bills(chunk, counts)
            case FileKind.PAYMENTS:
                self._put_payments(chunk, counts)
            case FileKind.OFFICERS:
                self.extracts.put_officers(chunk, counts)
            case FileKind.ASSETS:
                self.extracts.put_assets(chunk, counts)

    def _put_payments(self, chunk: Sequence[Paid], counts: Counts) -> None:
        """What was reversed elsewhere goes. Of this very counter's receipts that come back, only what the
        billing side did with them is news.
        """
        own, other = list[tuple[int, bool, bool]](), list[Paid]()
        for paid in chunk:
            serial = self._own_serial(paid)
            if serial is None:
                other.append(paid)
            else:
                own.append((serial, paid.posted, paid.reversed))
        self.extracts.put_postings(own, counts)
        self.extracts.put_payments([_known(paid) for paid in other if not paid.reversed], counts)
        self.extracts.drop_payments([_known(paid) for paid in other if paid.reversed], counts)

    def _own_serial(self, paid: Paid) -> int | None:
        """The serial of this counter's receipt that a payment is; None when it is none of them."""
        if not paid.reference.startswith(self._here):
            return None
        sought = read_number(paid.reference)
        if sought is None or sought.series is not Series.RECEIPT:
            return None
        return sought.serial if self._own.get(sought.serial) == (paid.consumer, paid.amount) else None


def _put_dues_as_of(page: Page, newest: date | None, at: datetime) -> None:
    """Dues are as of the end of the newest day that the files speak of, for no file says when it was made;
    of today, until now. An older file makes nothing older.
    """
    if newest is None:
        return
    known, told = reference.dues_as_of(page.connection), min(midnight(newest + _DAY) - _TICK, at)
    if known is None or told > known:
        reference.put_dues_as_of(page, told)


def _fields(columns: Iterable[str]) -> frozenset[str]:
    """Columns of a consumer as fields of it."""
    return frozenset("urban" if name == "premises" else name for name in columns) - {"consumer"}


def _day_of(value: Value) -> tuple[date | None, str]:
    """The day on which a row says that something happened, and its column."""
    match value:
        case Bill(issued=day):
            return day, "bill_date"
        case Paid(on=day):
            return day, "paid_on"
    return None, ""


def _known(paid: Paid) -> KnownPayment:
    return KnownPayment(
        paid.consumer, paid.month, paid.on, paid.amount, paid.channel, paid.reference, paid.posted
    )
