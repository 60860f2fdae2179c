"""Rows that come from elsewhere: the office, its consumers, their bills, use and payments.

What is put under a key that is here already replaces it. Iterables are taken once, in chunks.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import Column, ColumnElement, RowMapping, Table, bindparam, select
from sqlalchemy.engine import Connection

from counter_app.domain.bill import Bill, Measured, MonthUse
from counter_app.domain.complaint import AboutComplaint
from counter_app.domain.consumer import Consumer, Supply
from counter_app.domain.days import Month, from_millis, to_millis
from counter_app.domain.office import Office
from counter_app.domain.refusals import StoreDamaged
from counter_app.domain.ways import Ways
from counter_app.store.bill_body import bill_body, read_bill
from counter_app.store.columns import consumer_key, consumer_keys, consumer_number, month_number
from counter_app.store.facts import (
    DUES_AS_OF,
    HALF_RECEIPTS,
    LANGUAGE,
    LARGE_PRINT,
    OFFICE,
    WAYS,
    fact,
    put_fact,
)
from counter_app.store.rows import KnownComplaint, KnownPayment, Names
from counter_app.store.tables import bills, consumers
from counter_app.store.tables import known_complaints as known_complaints_table
from counter_app.store.tables import known_events as known_events_table
from counter_app.store.tables import known_payments as known_payments_table
from counter_app.store.words_index import index_consumers, many
from counter_app.wire.payloads import encode, kind_of

if TYPE_CHECKING:
    from counter_app.store.page import Page

MONTHS_KEPT = 13

_CHUNK = 1000
_NAMES = "SELECT id, name_hi, name_en FROM consumers WHERE id IN (SELECT value FROM json_each(?))"
_BY_KEY = select(consumers).where(consumers.c.id == bindparam("key"))
_CONSUMER_FIELDS = [column.name for column in consumers.c if column.name != "id"]
_CONSUMER_VALUES = attrgetter(*_CONSUMER_FIELDS)
_SUPPLY, _CONNECTED = map(_CONSUMER_FIELDS.index, ("supply", "connected_on"))

T = TypeVar("T")

# -- the office ------------------------------------------------------------------------------------


def office(connection: Connection) -> Office:
    """The office this counter stands in; ``StoreDamaged`` when the store does not know."""
    body = fact(connection, OFFICE)
    if body is None:
        raise StoreDamaged("office")
    return msgspec.json.decode(body, type=Office)


def office_body(office: Office) -> bytes:
    """An office as it is kept."""
    return msgspec.json.encode(office)


def dues_as_of(connection: Connection) -> datetime | None:
    """When the office last heard of dues and of payments elsewhere."""
    body = fact(connection, DUES_AS_OF)
    return None if body is None else from_millis(int(body))


def put_dues_as_of(page: "Page", at: datetime) -> None:
    """The office knows dues and payments elsewhere up to here. What is older makes nothing older."""
    known = dues_as_of(page.connection)
    if known is None or at > known:
        put_fact(page.connection, DUES_AS_OF, str(to_millis(at)).encode())


def ways(connection: Connection) -> Ways:
    """Where papers go, as it was chosen at this counter."""
    body = fact(connection, WAYS)
    return Ways() if body is None else msgspec.json.decode(body, type=Ways)


def put_ways(page: "Page", ways: Ways) -> None:
    """Choose where papers go."""
    put_fact(page.connection, WAYS, msgspec.json.encode(ways))


def language(connection: Connection) -> str:
    """The language chosen at this counter, as it was put; empty: none was."""
    return (fact(connection, LANGUAGE) or b"").decode("utf-8", "replace")


def put_language(page: "Page", language: str) -> None:
    """Choose a language by its code."""
    put_fact(page.connection, LANGUAGE, language.encode())


def large_print(connection: Connection) -> bool:
    """Whether the window prints everything larger."""
    return fact(connection, LARGE_PRINT) == b"1"


def put_large_print(page: "Page", large: bool) -> None:
    """Print everything in the window larger, or in the usual size."""
    put_fact(page.connection, LARGE_PRINT, b"1" if large else b"0")


def half_receipts(connection: Connection) -> bool:
    """Whether receipts go on half an A4 at this counter instead of an 80 mm roll."""
    return fact(connection, HALF_RECEIPTS) == b"1"


def put_half_receipts(page: "Page", half: bool) -> None:
    """Choose the receipts' paper."""
    put_fact(page.connection, HALF_RECEIPTS, b"1" if half else b"0")


# -- reading -----------------------------------------------------------------------------------------


def consumer(connection: Connection, number: str) -> Consumer | None:
    """A consumer by the whole number."""
    key = consumer_keys([number]).get(number)
    row = connection.execute(_BY_KEY, {"key": key}).mappings().first()
    return None if row is None else _consumer(row)


def known_consumers(connection: Connection, numbers: Iterable[str]) -> dict[str, Consumer]:
    """Those of the consumers of whole numbers that are here."""
    asked = select(consumers).where(consumers.c.id.in_(consumer_keys(numbers).values()))
    return {one.number: one for one in map(_consumer, connection.execute(asked).mappings())}


def names(connection: Connection, numbers: Iterable[str]) -> dict[str, Names]:
    """The names of those consumers that are known here."""
    keys = json.dumps(list(consumer_keys(numbers).values()))
    found = connection.exec_driver_sql(_NAMES, (keys,))
    return {consumer_number(key): Names(hi, en) for key, hi, en in found}


def consumer_numbers(connection: Connection) -> tuple[str, ...]:
    """All consumer numbers, sorted."""
    keys = connection.execute(select(consumers.c.id).order_by(consumers.c.id)).scalars()
    return tuple(consumer_number(key) for key in keys)


def bill(connection: Connection, number: str) -> Bill | None:
    """The latest bill of a consumer."""
    asked = select(bills.c.body).where(_is_of(number), bills.c.body.is_not(None))
    body = connection.execute(asked.order_by(bills.c.month.desc()).limit(1)).scalar()
    return None if body is None else read_bill(body)


def bill_of(connection: Connection, number: str, month: Month) -> Bill | None:
    """The bill of one month; None where none is known."""
    body = connection.execute(select(bills.c.body).where(_is_of(number), bills.c.month == month)).scalar()
    return None if body is None else read_bill(body)


def bill_months(connection: Connection, number: str) -> tuple[Month, ...]:
    """The months whose bills are here, the oldest first."""
    asked = select(bills.c.month).where(_is_of(number), bills.c.body.is_not(None)).order_by(bills.c.month)
    return tuple(connection.execute(asked).scalars())


def history(connection: Connection, number: str, months: int = MONTHS_KEPT) -> tuple[MonthUse, ...]:
    """The last months of use, oldest first."""
    table = bills.c
    asked = (
        select(table.month, table.units, table.reading, table.amount, table.basis, table.body)
        .where(_is_of(number))
        .order_by(table.month.desc())
        .limit(months)
    )
    rows = connection.execute(asked).all()
    return tuple(
        MonthUse(row.month, row.units, row.reading, row.amount, row.basis, _measured(row.body))
        for row in reversed(rows)
    )


def _measured(body: bytes | None) -> Measured | None:
    return None if body is None else read_bill(body).measured


def known_payments(connection: Connection, number: str) -> tuple[KnownPayment, ...]:
    """Payments of a consumer that were not taken here, newest first. Of one that a channel and the billing
    side's files tell of, what the files say.
    """
    table = known_payments_table.c
    asked = (
        select(
            table.month,
            table.paid_on,
            table.amount,
            table.channel,
            table.reference,
            table.posted,
            table.receipt,
            table.lost,
        )
        .where(table.consumer.in_(consumer_keys([number]).values()))
        .order_by(table.paid_on.desc(), table.channel, table.reference)
    )
    rows = [KnownPayment(number, *row) for row in connection.execute(asked)]
    told = {row.reference.upper() for row in rows if not row.receipt}
    return tuple(row for row in rows if not row.receipt or row.reference.upper() not in told)


# -- putting -----------------------------------------------------------------------------------------


def put_consumers(page: "Page", found: Iterable[Consumer]) -> None:
    """Add consumers and what they are searched by; after many ``gather_words`` should follow."""
    statement = put_statement(consumers)
    for chunk in _chunks(found):
        many(page.connection, statement, [consumer_row(consumer) for consumer in chunk])
        index_consumers(page.connection, chunk)


def put_bills(page: "Page", found: Iterable[Bill]) -> None:
    """Add bills, one a consumer and month."""
    statement = put_statement(bills)
    for chunk in _chunks(found):
        many(page.connection, statement, [bill_row(bill) for bill in chunk])


def put_known_payments(page: "Page", found: Iterable[KnownPayment]) -> None:
    """Add payments that were taken elsewhere. One is known by consumer, day, channel and reference."""
    statement = put_statement(known_payments_table)
    for chunk in _chunks(found):
        many(page.connection, statement, [payment_row(paid) for paid in chunk])


def put_known_complaints(page: "Page", found: Iterable[KnownComplaint]) -> None:
    """Add complaints that were registered elsewhere; ``restate`` follows."""
    statement = put_statement(known_complaints_table)
    for chunk in _chunks(found):
        rows: list[tuple[object, ...]] = [
            (
                known.act.bytes, known.number.office, known.number.counter, known.number.serial,
                known.number.letters, known.central_number, known.channel, known.registered.consumer,
                known.registered.mobile, known.registered.priority,
                to_millis(known.registered.registered_at), encode(known.registered),
            )
            for known in chunk
        ]  # fmt: skip
        many(page.connection, statement, rows)


def put_known_events(page: "Page", found: Iterable[tuple[UUID, AboutComplaint]]) -> None:
    """Add what was recorded elsewhere about complaints of anywhere, by its act; ``restate`` follows."""
    statement = put_statement(known_events_table)
    for chunk in _chunks(found):
        rows: list[tuple[object, ...]] = [
            (act.bytes, said.complaint.bytes, *map(int, kind_of(said)), encode(said)) for act, said in chunk
        ]
        many(page.connection, statement, rows)


def consumer_row(consumer: Consumer) -> tuple[object, ...]:
    """A consumer as its row."""
    values = list(_CONSUMER_VALUES(consumer))
    values[_SUPPLY] = str(consumer.supply)
    values[_CONNECTED] = consumer.connected_on.isoformat() if consumer.connected_on else None
    return (consumer_key(consumer.number), *values)


def bill_row(bill: Bill) -> tuple[object, ...]:
    """A bill as its row: the key, its line in the history of use, all of it as bytes."""
    return (
        consumer_key(bill.consumer), month_number(bill.month), bill.units, bill.current.value,
        bill.current_month, bill.basis, bill_body(bill),
    )  # fmt: skip


def payment_row(paid: KnownPayment) -> tuple[object, ...]:
    """A payment from elsewhere as its row."""
    return (
        consumer_key(paid.consumer), paid.on.isoformat(), paid.channel, paid.reference,
        paid.month, paid.amount, paid.posted, paid.receipt, paid.lost,
    )  # fmt: skip


def put_statement(table: Table) -> str:
    """SQL that puts a row in place of what is there under its key; texts that are ``KEPT`` stay."""
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    marks = ", ".join("?" for _ in table.columns)
    sets = ", ".join(_set(column) for column in table.columns if not column.primary_key)
    kept = any(column.info for column in table.columns)
    verb, then = ("INSERT", f" ON CONFLICT DO UPDATE SET {sets}") if kept else ("INSERT OR REPLACE", "")
    return f'{verb} INTO "{table.name}" ({columns}) VALUES ({marks}){then}'


def _set(column: "Column[Any]") -> str:
    new = f'excluded."{column.name}"'
    return f'"{column.name}" = ' + (f"coalesce(nullif({new}, ''), \"{column.name}\")" if column.info else new)


def _is_of(number: str) -> ColumnElement[bool]:
    """Rows of bills of a consumer; none for what is no number."""
    return bills.c.consumer.in_(consumer_keys([number]).values())


def _consumer(row: RowMapping) -> Consumer:
    fields = {name: row[name] for name in _CONSUMER_FIELDS}
    fields["supply"] = Supply(row["supply"])
    return Consumer(number=consumer_number(row["id"]), **fields)


def _chunks(found: Iterable[T]) -> Iterator[list[T]]:
    remaining = iter(found)
    while chunk := list(islice(remaining, _CHUNK)):
        yield chunk
