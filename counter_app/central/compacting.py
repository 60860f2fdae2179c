"""What an office's feed comes to, as a snapshot: the newest of every row that it told, and every entry.

Rows come from where the newest of them is kept, not from the feed; so it matters little how long that is.
First what is needed to sign in, then consumers with their newest bills, then what others recorded, the newest
first; then what is looked up now and then, and at the end what takes back or erases something of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

import msgspec
from sqlalchemy import bindparam, select

from counter_app.central import snapshots
from counter_app.central.database import Database, Row, Transaction, among, retried
from counter_app.central.feeds import Feeds, item_of
from counter_app.central.tables import consumers, entries, items, known, offices
from counter_app.domain.acts import FileKind
from counter_app.domain.bill import Bill
from counter_app.domain.central_refusals import OfficeUnknown
from counter_app.domain.consumer import Consumer
from counter_app.domain.network import Asset
from counter_app.domain.office import Officer
from counter_app.progress import Watch, unwatched
from counter_app.wire.bodies import PaidElsewhere
from counter_app.wire.messages import ItemKind
from counter_app.wire.snapshots import FORM, Chunk, Manifest, Part, Placed, items_chunk, values_chunk

CONSUMERS_AT_ONCE = 2000
OLDER_AT_ONCE = 1000
"""Consumers whose older bills are one chunk: some 12,000 rows, and 160 KB as sent."""

ENTRIES_AT_ONCE = 500
BYTES_AT_ONCE = 256 * 1024
MONTHS_BACK = 12
ROWS_OF_ONE = 14
"""About as many rows as a consumer has: itself, the bills of a year, a payment."""

_TOLD_ANEW = (
    ItemKind.CONSUMERS, ItemKind.BILLS, ItemKind.PAYMENTS, ItemKind.OFFICERS, ItemKind.ASSETS
)  # fmt: skip
_LAST = (ItemKind.ERASE, ItemKind.COMPLAINT_ERASED)
_ELSEWHERE = tuple(map(int, (ItemKind.ENTRY, *_TOLD_ANEW)))
_OFFICE = select(offices.c.office).where(offices.c.office == bindparam("office"))
_ITEMS = (
    select(items.c.seq, items.c.kind, items.c.body)
    .where(items.c.office == bindparam("office"), *(items.c.kind != kind for kind in _ELSEWHERE))
    .order_by(items.c.seq)
)
_ENTRIES = (
    select(items.c.seq, items.c.kind, items.c.body, entries.c.header, entries.c.payload, entries.c.salt)
    .where(
        items.c.office == bindparam("office"),
        items.c.seq < bindparam("before"),
        entries.c.office == items.c.home,
        entries.c.device == items.c.device,
        entries.c.segment == items.c.segment,
        entries.c.seq == items.c.place,
        entries.c.hash == items.c.hash,
    )
    .order_by(items.c.seq.desc())
    .limit(bindparam("most"))
)
_CONSUMERS = (
    select(consumers.c.consumer)
    .where(consumers.c.office == bindparam("office"))
    .order_by(consumers.c.consumer)
)
_KNOWN = (
    select(known.c.kind, known.c.body)
    .where(among(known.c.consumer, "consumers"))
    .order_by(known.c.consumer, known.c.key)
)
_OF_OFFICE = (
    select(known.c.body)
    .where(known.c.kind == bindparam("kind"), known.c.key.like(bindparam("begins")))
    .order_by(known.c.key)
)
_DECODERS: dict[str, "msgspec.json.Decoder[Any]"] = {
    str(kind): msgspec.json.Decoder(of)
    for kind, of in {
        FileKind.CONSUMERS: Consumer,
        FileKind.BILLS: Bill,
        FileKind.PAYMENTS: PaidElsewhere,
        FileKind.OFFICERS: Officer,
        FileKind.ASSETS: Asset,
    }.items()
}

Made = tuple[Chunk, bytes]


def make(database: Database, office: str, now_ms: int, watch: Watch = unwatched) -> Manifest:
    """Make a snapshot of an office and keep it; anew when something of it was erased meanwhile.

    ``watch`` is told how many rows of about how many are gathered; what it raises leaves what was kept
    before. ``OfficeUnknown``, ``Unavailable``.
    """
    while True:
        try:
            return _made(database, office, now_ms, watch)
        except snapshots.Erased:
            continue


def _made(database: Database, office: str, now_ms: int, watch: Watch) -> Manifest:
    with database.view() as transaction:
        if not transaction.rows(_OFFICE, {"office": office}):
            raise OfficeUnknown(office)
        cursor = Feeds(transaction).head(office)
        made = list(_Making(transaction, office, cursor.seq, watch).chunks())
    manifest = Manifest(FORM, office, cursor, now_ms, tuple(chunk for chunk, _ in made))
    data = [data for _, data in made]
    retried(database, lambda transaction: snapshots.keep(transaction, manifest, data))
    return manifest


def make_owed(database: Database, now_ms: int) -> None:
    """Make those that are owed: what was in them was erased, and whoever did that may have been stopped."""
    for office in retried(database, snapshots.owed):
        make(database, office, now_ms)


@dataclass(slots=True)
class _Making:
    """One snapshot, of one moment."""

    transaction: Transaction
    office: str
    places: int
    watch: Watch
    older: list[Made] = field(default_factory=list)
    reversed: list[PaidElsewhere] = field(default_factory=list)

    def chunks(self) -> Iterator[Made]:
        said = [Placed(seq, item_of((*row, None, None, None))) for seq, *row in self._rows(_ITEMS)]
        last = [one for one in said if _comes_last(one)]
        yield from _items([one for one in said if not _comes_last(one)]) or [items_chunk([])]
        for part, kind in ((Part.OFFICERS, FileKind.OFFICERS), (Part.ASSETS, FileKind.ASSETS)):
            yield from self._of_office(part, kind)
        numbers = [number for (number,) in self._rows(_CONSUMERS)]
        done, whole = 0, len(numbers) * ROWS_OF_ONE + self.places
        for group in _parts(numbers, CONSUMERS_AT_ONCE):
            self.watch(done, whole)
            yield from self._consumers(group)
            done += len(group) * ROWS_OF_ONE
        for before, made in self._entries():
            yield made
            self.watch(whole - before, whole)
        yield from self.older
        for paid in _parts(self.reversed, CONSUMERS_AT_ONCE):
            yield values_chunk(Part.PAYMENTS, paid)
        yield from _items(last)

    def _rows(self, statement: Any, **more: object) -> list[Row]:
        return self.transaction.rows(statement, {"office": self.office, **more})

    def _of_office(self, part: Part, kind: FileKind) -> Iterator[Made]:
        asked = {"kind": str(kind), "begins": f"{self.office} %"}
        decode = _DECODERS[kind].decode
        found = [decode(body) for (body,) in self.transaction.rows(_OF_OFFICE, asked)]
        for values in _parts(found, CONSUMERS_AT_ONCE):
            yield values_chunk(part, values)

    def _consumers(self, numbers: Sequence[str]) -> Iterator[Made]:
        """Consumers with their newest bills and what these do not know of; the rest is kept for later."""
        people: list[Consumer] = []
        bills: dict[str, list[Bill]] = {number: [] for number in numbers}
        paid: list[PaidElsewhere] = []
        for kind, body in self.transaction.rows(_KNOWN, {"consumers": list(numbers)}):
            match _DECODERS[kind].decode(body):
                case Consumer() as consumer:
                    people.append(consumer)
                case Bill(consumer=number) as bill:
                    bills[number].append(bill)
                case payment:
                    paid.append(payment)
        if people:
            yield values_chunk(Part.CONSUMERS, people)
        newest = [max(found, key=attrgetter("month")) for found in bills.values() if found]
        if newest:
            yield values_chunk(Part.BILLS, newest)
        unposted = [one for one in paid if not one.posted and not one.reversed]
        if unposted:
            yield values_chunk(Part.PAYMENTS, unposted)
        self._keep_older(bills, {bill.consumer: bill for bill in newest})
        self._keep_paid(paid)

    def _keep_older(self, bills: dict[str, list[Bill]], newest: dict[str, Bill]) -> None:
        for group in _parts(sorted(newest), OLDER_AT_ONCE):
            older = [
                bill
                for number in group
                for bill in bills[number]
                if newest[number].month.plus(-MONTHS_BACK) <= bill.month < newest[number].month
            ]
            if older:
                self.older.append(values_chunk(Part.BILLS, older))

    def _keep_paid(self, paid: Sequence[PaidElsewhere]) -> None:
        posted = [one for one in paid if one.posted and not one.reversed]
        if posted:
            self.older.append(values_chunk(Part.PAYMENTS, posted))
        self.reversed += [one for one in paid if one.reversed]

    def _entries(self) -> Iterator[tuple[int, Made]]:
        """Chunks of entries, the newest first, and from which place in the feed on they are gathered."""
        before = 1 << 62
        while rows := self._rows(_ENTRIES, before=before, most=ENTRIES_AT_ONCE):
            before = rows[-1][0]
            yield before, items_chunk([Placed(seq, item_of(tuple(row))) for seq, *row in reversed(rows)])


def _comes_last(placed: Placed) -> bool:
    return getattr(placed.item, "kind", None) in _LAST


def _items(placed: Sequence[Placed]) -> list[Made]:
    """Chunks of items, none of them large."""
    made: list[Made] = []
    gathered, size = list[Placed](), 0
    for one in placed:
        gathered.append(one)
        size += len(getattr(one.item, "body", b""))
        if size > BYTES_AT_ONCE:
            made.append(items_chunk(gathered))
            gathered, size = [], 0
    return [*made, items_chunk(gathered)] if gathered else made


def _parts(values: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (values[at : at + size] for at in range(0, len(values), size))
