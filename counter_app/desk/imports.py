"""Files of the billing side taken in: all of them in one transaction, so that nothing is ever half there."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from counter_app.billing import rejects
from counter_app.billing.checks import day_of, fields_of, reject_of
from counter_app.billing.columns import ColumnNames
from counter_app.billing.records import Record, Reject, Table
from counter_app.billing.safe_csv import SafeCsv
from counter_app.billing.source import Source
from counter_app.desk.desk import Desk, demand, recorded
from counter_app.domain.acts import BILLING_FILES, FileKind, FilesImported, FileTaken
from counter_app.domain.bill import Bill
from counter_app.domain.days import business_day, known_up_to
from counter_app.domain.entry import Kind
from counter_app.domain.file_refusals import BillTooOld
from counter_app.domain.people import Right, Session
from counter_app.store import reference
from counter_app.store.extracts import Counts, Extracts
from counter_app.store.reference import MONTHS_KEPT
from counter_app.wire.bodies import PaidElsewhere

_CHUNK = 1000
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
    rejects.refuse_to_overwrite(files.values(), rejected)
    with ExitStack() as opened:
        tables = []
        for kind in BILLING_FILES:
            if kind in files:
                source = opened.enter_context(closing(Source(files[kind])))
                tables.append(Table(kind, source, names.get(kind, {})))
        out = opened.enter_context(SafeCsv(rejected)) if rejected else None
        with desk.book.writing() as page:
            intake = _Intake(Extracts(page), out, business_day(at), watch)
            taken = tuple(map(intake.take, tables))
            intake.extracts.finish()
            new = any(one.taken or one.changed for one in taken if one.kind in _OF_CONSUMERS)
            if new and intake.newest is not None:
                reference.put_dues_as_of(page, known_up_to(intake.newest, at))
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


class _Intake:
    """One run: tables into the store, one after another."""

    def __init__(self, extracts: Extracts, out: SafeCsv | None, today: date, watch: Watch) -> None:
        self.extracts, self._out, self._today, self._watch = extracts, out, today, watch
        self.first: list[tuple[FileKind, Reject]] = []
        self.too_old = 0
        self.newest: date | None = None

    def take(self, table: Table) -> FileTaken:
        """All rows of a table."""
        counts, read, refused, chunk = Counts(), 0, 0, list[Any]()
        source = table.source
        if self._out:
            rejects.begin(self._out, table)
        for record in table.records():
            read += 1
            why = self._rejected(table, record)
            if why is not None:
                refused += 1
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
            read, counts.taken, counts.changed, counts.unchanged, refused,
        )  # fmt: skip

    def _rejected(self, table: Table, record: Record | Reject) -> Reject | None:
        """The reject that a row is, or becomes beside what is known here."""
        why = reject_of(table, record, self._today, self.extracts.knows)
        if why is not None or isinstance(record, Reject):
            return why
        if isinstance(record.value, Bill) and self.extracts.too_old(record.value):
            self.too_old += 1
            return Reject(record.line, table.column("month"), BillTooOld(MONTHS_KEPT))
        day, _ = day_of(record.value)
        if day is not None and (self.newest is None or day > self.newest):
            self.newest = day
        return None

    def _note(self, table: Table, reject: Reject) -> None:
        if len(self.first) < rejects.SHOWN:
            self.first.append((table.kind, reject))
        if self._out:
            rejects.write(self._out, table, reject)

    def _put(self, table: Table, chunk: Sequence[Any], counts: Counts) -> None:
        match table.kind:
            case FileKind.CONSUMERS:
                self.extracts.put_consumers(chunk, counts, fields_of(table.unsaid))
            case FileKind.BILLS:
                self.extracts.put_bills(chunk, counts)
            case FileKind.PAYMENTS:
                self.extracts.put_payments([PaidElsewhere(*paid) for paid in chunk], counts)
            case FileKind.OFFICERS:
                self.extracts.put_officers(chunk, counts)
            case FileKind.ASSETS:
                self.extracts.put_assets(chunk, counts)
