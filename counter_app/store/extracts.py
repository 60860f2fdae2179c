"""What a file of the billing side brings, put beside what is here: new, changed, or the same.

Everything is compared row by row before it is written, so the same file twice writes nothing.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Table, select
from sqlalchemy.engine import Connection

from counter_app.domain.bill import Bill
from counter_app.domain.consumer import Consumer, completed
from counter_app.domain.days import to_millis
from counter_app.domain.network import Asset, Shutdown
from counter_app.domain.numbering import Series, read_number
from counter_app.domain.office import Duty, Officer
from counter_app.store.columns import consumer_key, month_number
from counter_app.store.page import Page
from counter_app.store.reference import (
    bill_row,
    consumer_row,
    known_consumers,
    office,
    payment_row,
    put_statement,
)
from counter_app.store.rows import KnownPayment
from counter_app.store.tables import (
    assets,
    bills,
    consumers,
    duties,
    known_payments,
    officers,
    own_postings,
    shutdowns,
)
from counter_app.store.words_index import gather_words, index_consumers, many
from counter_app.wire.bodies import PaidElsewhere

Row = tuple[object, ...]

_RECEIPTS = """
    SELECT serial, consumer, amount FROM payments WHERE serial IN (SELECT value FROM json_each(?))"""

# In the numbers of months: of thirteen the oldest is that of the same name a year ago.
KEPT_BACK = 100


@dataclass(slots=True)
class Counts:
    """Rows that were new, that changed what was here, and that said what was known."""

    taken: int = 0
    changed: int = 0
    unchanged: int = 0


class Extracts:
    """Takes rows in on one open page, in chunks of some thousand."""

    def __init__(self, page: Page) -> None:
        self._connection = page.connection
        self._newest: dict[int, int] = {}
        self._moved: set[int] = set()

    @cached_property
    def _known(self) -> set[int]:
        return set(self._connection.execute(select(consumers.c.id)).scalars())

    @cached_property
    def _here(self) -> str:
        """What the numbers of this counter's receipts begin with."""
        here = office(self._connection)
        return f"{here.code}-{here.counter}-"

    def knows(self, number: str) -> bool:
        """Whether a consumer is here, or came before on this page."""
        return int(number[1:]) in self._known

    def put_consumers(
        self, found: Sequence[Consumer], counts: Counts, unsaid: Collection[str] = frozenset()
    ) -> None:
        """Consumers, and what they are searched by. Of what is ``unsaid`` (fields), what is known stays."""
        if unsaid:
            found = self._completed(found, unsaid)
        by_key: dict[object, Consumer] = {consumer_key(one.number): one for one in found}
        written = self._put(consumers, [consumer_row(one) for one in found], counts)
        index_consumers(self._connection, [by_key[row[0]] for row in written])
        if "_known" in self.__dict__:
            self._known.update(consumer_key(one.number) for one in found)

    def too_old(self, bill: Bill) -> bool:
        """Whether a month lies before those that are kept: the newest of the consumer, here or before on this
        page, and the twelve months before it.
        """
        key, month = consumer_key(bill.consumer), month_number(bill.month)
        if key not in self._newest:
            asked = "SELECT coalesce(max(month), 0) FROM bills WHERE consumer = ?"
            self._newest[key] = self._connection.exec_driver_sql(asked, (key,)).scalar_one()
        newest = self._newest[key]
        if month > newest:
            self._newest[key] = month
            if newest:
                self._moved.add(key)
        return month < newest - KEPT_BACK

    def put_bills(self, found: Sequence[Bill], counts: Counts) -> None:
        """Bills of consumers that are known, none of them too old."""
        self._put(bills, [bill_row(bill) for bill in found], counts)

    def put_payments(self, found: Sequence[PaidElsewhere], counts: Counts) -> None:
        """Payments of consumers that are known; what was reversed elsewhere goes. Of this very counter's
        receipts that come back, only what the billing side did with them is news.
        """
        receipts = self._receipts(found)
        own, other = list[Row](), list[PaidElsewhere]()
        for paid in found:
            serial = self._own_serial(paid)
            if serial is not None and receipts.get(serial) == (paid.consumer, paid.amount):
                own.append((serial, paid.posted, paid.reversed))
            else:
                other.append(paid)
        self._put(own_postings, own, counts)
        standing = [payment_row(_known(paid)) for paid in other if not paid.reversed]
        self._put(known_payments, standing, counts)
        self._drop_payments([payment_row(_known(paid)) for paid in other if paid.reversed], counts)

    def _own_serial(self, paid: PaidElsewhere) -> int | None:
        """The serial of this counter's receipt that a payment says it is."""
        sought = read_number(paid.reference) if paid.reference.startswith(self._here) else None
        return sought.serial if sought is not None and sought.series is Series.RECEIPT else None

    def _receipts(self, found: Sequence[PaidElsewhere]) -> dict[int, tuple[str, int]]:
        """Consumer and amount of this counter's receipts that may be among payments, by serial."""
        serials = json.dumps([serial for serial in map(self._own_serial, found) if serial is not None])
        rows = self._connection.exec_driver_sql(_RECEIPTS, (serials,))
        return {serial: (consumer, amount) for serial, consumer, amount in rows}

    def _drop_payments(self, rows: Sequence[Row], counts: Counts) -> None:
        asked = (
            "DELETE FROM known_payments WHERE consumer = ? AND paid_on = ? AND channel = ? AND reference = ?"
        )
        for row in rows:
            gone = self._connection.exec_driver_sql(asked, row[:4]).rowcount
            counts.changed += gone
            counts.unchanged += 1 - gone

    def put_officers(self, found: Sequence[Officer], counts: Counts) -> None:
        """Officers, one for a post, category and group."""
        self._put(officers, [_fields(officers, one) for one in found], counts)

    def put_assets(self, found: Sequence[Asset], counts: Counts) -> None:
        """Feeders, transformers and poles by their codes."""
        self._put(assets, [_fields(assets, one) for one in found], counts)

    def put_shutdowns(self, found: Sequence[Shutdown], counts: Counts) -> None:
        """Planned shutdowns, one for a line and beginning."""
        self._put(
            shutdowns,
            [(one.line, to_millis(one.since), to_millis(one.until), one.reason_hi, one.reason_en,
              one.called_off) for one in found],
            counts,
        )  # fmt: skip

    def put_duties(self, found: Sequence[Duty], counts: Counts) -> None:
        """Lines of the roster, one for a post, category, group and beginning."""
        self._put(
            duties,
            [(str(one.post), one.category, one.group, to_millis(one.since), to_millis(one.until),
              one.name_hi, one.name_en, one.phone) for one in found],
            counts,
        )  # fmt: skip

    def finish(self) -> None:
        """Let go of bills that newer ones have pushed out; make the search ready for many new names."""
        gather_words(self._connection)
        self.drop_old()

    def drop_old(self) -> None:
        """Let go of bills that newer ones have pushed out."""
        old = [(key, self._newest[key] - KEPT_BACK) for key in self._moved]
        many(self._connection, "DELETE FROM bills WHERE consumer = ? AND month < ?", list(old))

    def _completed(self, found: Sequence[Consumer], unsaid: Collection[str]) -> list[Consumer]:
        """The same consumers with what is known of them in the fields that a file does not have."""
        here = known_consumers(self._connection, [one.number for one in found])
        made = []
        for one in found:
            kept = here.get(one.number)
            here[one.number] = one if kept is None else completed(one, kept, unsaid)
            made.append(here[one.number])
        return made

    def _put(self, table: Table, rows: Sequence[Row], counts: Counts) -> list[Row]:
        """Write what is new or changed, count the rest; what was written."""
        size = len(table.primary_key)
        here = _rows(self._connection, table, [row[:size] for row in rows])
        written: dict[Row, Row] = {}
        for row in rows:
            key = row[:size]
            known = here.get(key)
            if known == row:
                counts.unchanged += 1
                continue
            if known is None:
                counts.taken += 1
            else:
                counts.changed += 1
            here[key] = written[key] = row
        many(self._connection, put_statement(table), list(written.values()))
        return list(written.values())


def _rows(connection: Connection, table: Table, keys: Sequence[Row]) -> dict[Row, Row]:
    """The rows that are here under these keys, which are the first columns."""
    names = [column.name for column in table.primary_key]
    columns = ", ".join(f't."{column.name}"' for column in table.columns)
    same = " AND ".join(f't."{name}" = (k.value ->> {place})' for place, name in enumerate(names))
    asked = f'SELECT {columns} FROM json_each(?) AS k CROSS JOIN "{table.name}" AS t ON {same}'  # noqa: S608 - names from tables.py
    found = connection.exec_driver_sql(asked, (json.dumps(keys, ensure_ascii=False),))
    return {tuple(row[: len(names)]): tuple(row) for row in found}


def _known(paid: PaidElsewhere) -> KnownPayment:
    return KnownPayment(
        paid.consumer, paid.month, paid.on, paid.amount, paid.channel, paid.reference, paid.posted
    )


def _fields(table: Table, value: object) -> Row:
    """A value's fields as its row."""
    return tuple(str(getattr(value, column.name)) for column in table.columns)
