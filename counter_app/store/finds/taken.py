"""What this counter recorded, as it was: payments, what was done about them, complaints, by serial."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import merge
from typing import Any

from sqlalchemy import Boolean, ColumnElement, RowMapping, Table, func, literal_column, select
from sqlalchemy.engine import Connection

from counter_app.domain.complaint import ComplaintRegistered
from counter_app.domain.days import midnight
from counter_app.domain.entry import EntryDamaged, Header, Kind
from counter_app.domain.numbering import Number, Series, Sought, hash_letters
from counter_app.domain.payment import PaymentTaken
from counter_app.domain.refusals import StoreDamaged
from counter_app.domain.undoing import Undoings
from counter_app.store.finds.lost import UNDOING, lost
from counter_app.store.finds.receipts import number_of
from counter_app.store.finds.undone_elsewhere import CANCELLED
from counter_app.store.projected import at
from counter_app.store.tables import (
    cancelled_elsewhere,
    complaints,
    journal,
    payments,
    redacted,
    undoings,
)
from counter_app.wire.payloads import Payload, PayloadDamaged, PayloadUnknown, decode

GIVEN_OUT = {Series.RECEIPT: payments, Series.COMPLAINT: complaints, Series.SLIP: undoings}
_OF_RECEIPT = select(payments.c.letters).where(payments.c.serial == undoings.c.payment).scalar_subquery()
_LETTERS = """
    SELECT letters FROM payments WHERE act = :act
    UNION ALL SELECT letters FROM receipts_elsewhere WHERE act = :act"""
_OF_SERIES = {Series.RECEIPT: (Kind.PAYMENT_TAKEN,), Series.SLIP: UNDOING}
_PLACE = journal.c.id.label("place")
_CANCELLED = literal_column(CANCELLED, Boolean).label("undone")


@dataclass(frozen=True, slots=True)
class Span:
    """Days from and to, both of them in it, or serials behind ``after`` (of what the bank said, places in the
    journal); None does not narrow.
    """

    first: date | None = None
    last: date | None = None
    after: int | None = None

    def covers(self, serial: int, day: date) -> bool:
        """Whether what has this serial, and was recorded on this day, is in it."""
        within = (self.first is None or day >= self.first) and (self.last is None or day <= self.last)
        return within and (self.after is None or serial > self.after)


def payments_taken(
    connection: Connection, span: Span
) -> Iterator[tuple[Number, datetime, PaymentTaken, bool]]:
    """Payments of a span, when they were taken, and whether they were cancelled since, by serial; also where
    only the feed tells of that, or of them: a restore has lost it.
    """
    lost_ones = sorted(_payments_lost(connection, span), key=_by_serial)
    yield from merge(_payments_here(connection, span), lost_ones, key=_by_serial)


def _payments_here(
    connection: Connection, span: Span
) -> Iterator[tuple[Number, datetime, PaymentTaken, bool]]:
    within = _after(payments, span)
    within += [payments.c.day >= span.first] if span.first else []
    within += [payments.c.day <= span.last] if span.last else []
    for row, payload in _recorded(connection, payments, within, _CANCELLED):
        assert isinstance(payload, PaymentTaken)
        yield number_of(row, Series.RECEIPT), row["taken_at"], payload, row["undone"]


def _payments_lost(
    connection: Connection, span: Span
) -> Iterator[tuple[Number, datetime, PaymentTaken, bool]]:
    for header, paid, entry_hash, _place in lost(connection, Kind.PAYMENT_TAKEN):
        assert isinstance(paid, PaymentTaken)
        if span.covers(paid.serial, paid.day):
            letters = hash_letters(entry_hash)
            number = Number(Series.RECEIPT, paid.office, paid.counter, paid.serial, letters)
            cancelled = select(cancelled_elsewhere.c.act).where(cancelled_elsewhere.c.act == header.act)
            yield number, at(header), paid, connection.execute(cancelled).first() is not None


def changes_made(
    connection: Connection, span: Span
) -> Iterator[tuple[int, Number, Number, datetime, Undoings]]:
    """What was done about receipts in a span: its place in the journal, its own number, the receipt's, when,
    and what, by serial. What a restore has lost of it stands where the journal goes on behind that.
    """
    lost_ones = sorted(_changes_lost(connection, span), key=_by_slip)
    yield from merge(_changes_here(connection, span), lost_ones, key=_by_slip)


def _changes_here(
    connection: Connection, span: Span
) -> Iterator[tuple[int, Number, Number, datetime, Undoings]]:
    within = _after(undoings, span)
    within += [undoings.c.day >= span.first] if span.first else []
    within += [undoings.c.day <= span.last] if span.last else []
    for row, payload in _recorded(connection, undoings, within, _OF_RECEIPT.label("of_letters"), _PLACE):
        assert isinstance(payload, Undoings)
        here = payload.office, payload.counter
        number = Number(Series.SLIP, *here, payload.serial, row["letters"])
        receipt = Number(Series.RECEIPT, *here, payload.receipt_serial, row["of_letters"])
        yield row["place"], number, receipt, row["done_at"], payload


def _changes_lost(
    connection: Connection, span: Span
) -> Iterator[tuple[int, Number, Number, datetime, Undoings]]:
    for header, done, entry_hash, place in lost(connection, *UNDOING):
        assert isinstance(done, Undoings)
        if span.covers(done.serial, done.day):
            here = done.office, done.counter
            letters = connection.exec_driver_sql(_LETTERS, {"act": done.receipt.bytes}).scalar() or ""
            number = Number(Series.SLIP, *here, done.serial, hash_letters(entry_hash))
            yield place, number, Number(Series.RECEIPT, *here, done.receipt_serial, letters), at(header), done


def _by_serial(one: tuple[Number, datetime, PaymentTaken, bool]) -> int:
    return one[0].serial


def _by_slip(one: tuple[int, Number, Number, datetime, Undoings]) -> int:
    return one[1].serial


def complaints_taken(
    connection: Connection, span: Span, hidden: Collection[str]
) -> Iterator[tuple[Number, ComplaintRegistered]]:
    """Complaints that were registered in a span, but for ``hidden`` types, by serial."""
    within, at = _after(complaints, span), complaints.c.registered_at
    within += [at >= midnight(span.first)] if span.first else []
    within += [at < midnight(span.last + timedelta(days=1))] if span.last else []
    for row, payload in _recorded(connection, complaints, within):
        assert isinstance(payload, ComplaintRegistered)
        if payload.type not in hidden:
            yield number_of(row, Series.COMPLAINT), payload


def gave_out(connection: Connection, series: Series, sought: Sought) -> bool:
    """Whether this counter gave out a serial, with the letters that were typed behind it, if any were; also
    one that a restore has lost.
    """
    table = GIVEN_OUT[series]
    letters = connection.execute(select(table.c.letters).where(table.c.serial == sought.serial)).scalar()
    if letters is not None and sought.letters in (None, letters):
        return True
    return any(
        isinstance(one.payload, PaymentTaken | Undoings)
        and one.payload.serial == sought.serial
        and sought.letters in (None, hash_letters(one.hash))
        for one in lost(connection, *_OF_SERIES.get(series, ()))
    )


def _recorded(
    connection: Connection, table: Table, within: list[ColumnElement[bool]], *more: ColumnElement[Any]
) -> Iterator[tuple[RowMapping, Payload]]:
    body = func.coalesce(redacted.c.payload, journal.c.payload).label("payload")
    asked = select(table, journal.c.header, body, *more).join(journal, journal.c.act == table.c.act)
    asked = asked.outerjoin(redacted, redacted.c.act == table.c.act)
    for row in connection.execute(asked.where(*within).order_by(table.c.serial)).mappings():
        try:
            header = Header.unpacked(row["header"])
            payload = decode(header.kind, header.kind_version, row["payload"])
        except (EntryDamaged, PayloadDamaged, PayloadUnknown) as fault:
            raise StoreDamaged(str(fault)) from fault
        yield row, payload


def _after(table: Table, span: Span) -> list[ColumnElement[bool]]:
    return [] if span.after is None else [table.c.serial > span.after]
