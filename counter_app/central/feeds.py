"""The feeds of the offices: numbered without a gap, chained, read page by page.

What is to be published is gathered and written at the transaction's end, after everything else: the row
that numbers an office's feed is locked only from there to the commit. No reader can step over a number,
for the next one is given when this one is committed.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import BindParameter, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.database import Row, Transaction, among
from counter_app.central.tables import entries, feeds, floors, items
from counter_app.domain.entry import Entry
from counter_app.wire.feed import beginning, chained
from counter_app.wire.messages import Cursor, FeedItem, Item, ItemKind, Point

MOST_ITEMS = 5000
ITEM_BYTES = 250
"""What an item costs at the least: a header, a salt."""

_OFFICE: BindParameter[str] = bindparam("office")

_OPEN = insert(feeds).values(
    office=_OFFICE, epoch=bindparam("epoch"), seq=0, chain=bindparam("chain")
).on_conflict_do_nothing(index_elements=["office"])  # fmt: skip
_HEAD = select(feeds.c.epoch, feeds.c.seq, feeds.c.chain).where(feeds.c.office == _OFFICE)
_FLOOR = select(floors.c.seq).where(floors.c.office == _OFFICE)
_HEADS = select(feeds.c.office, feeds.c.seq).where(among(feeds.c.office, "offices"))
_TAKE = (
    update(feeds)
    .where(feeds.c.office == _OFFICE)
    .values(seq=feeds.c.seq + bindparam("count", type_=feeds.c.seq.type))
    .returning(feeds.c.seq, feeds.c.chain)
)
_CHAIN = update(feeds).where(feeds.c.office == _OFFICE).values(chain=bindparam("link"))
_POINTS = (
    select(items.c.seq, items.c.chain)
    .where(items.c.office == _OFFICE, among(items.c.seq, "seqs"))
)  # fmt: skip
_PAGE = (
    select(items.c.kind, items.c.body, entries.c.header, entries.c.payload, entries.c.salt)
    .select_from(
        items.outerjoin(
            entries,
            (entries.c.office == items.c.home)
            & (entries.c.device == items.c.device)
            & (entries.c.segment == items.c.segment)
            & (entries.c.seq == items.c.place)
            & (entries.c.hash == items.c.hash),
        )
    )
    .where(items.c.office == _OFFICE, items.c.seq > bindparam("after"))
    .order_by(items.c.seq)
    .limit(bindparam("most"))
)


def heads(transaction: Transaction, offices: Sequence[str]) -> dict[str, int]:
    """The newest number of each of these offices' feeds."""
    return dict(transaction.rows(_HEADS, {"offices": list(offices)}))


@dataclass(slots=True)
class Feeds:
    """The feeds within one transaction."""

    transaction: Transaction
    gathered: dict[str, list[tuple[FeedItem, str]]] = field(default_factory=dict)

    def publish(self, office: str, item: FeedItem, home: str) -> None:
        """Gather an item for an office's feed; an entry lies with those of the office ``home``."""
        self.gathered.setdefault(office, []).append((item, home))

    def open(self, office: str) -> None:
        """Begin the feed of an office that has none."""
        epoch = secrets.randbits(62) + 1
        chain = beginning(epoch, office).chain
        self.transaction.do(_OPEN, {"office": office, "epoch": epoch.to_bytes(8, "big"), "chain": chain})

    def write(self) -> None:
        """Number and store what was gathered. The offices' rows are taken in ascending order."""
        rows: list[Row] = []
        chains: list[tuple[str, bytes]] = []
        for office in sorted(self.gathered):
            gathered = self.gathered[office]
            seq, chain = self._take(office, len(gathered))
            for number, (item, home) in enumerate(gathered, seq - len(gathered) + 1):
                chain = chained(chain, item)
                rows.append((office, number, chain, *_stored(item, home)))
            chains.append((office, chain))
        self.transaction.fill(items, rows)
        for office, chain in chains:
            self.transaction.do(_CHAIN, {"office": office, "link": chain})
        self.gathered.clear()

    def _take(self, office: str, count: int) -> tuple[int, bytes]:
        taken = self.transaction.rows(_TAKE, {"office": office, "count": count})
        if not taken:
            self.open(office)
            taken = self.transaction.rows(_TAKE, {"office": office, "count": count})
        return taken[0][0], taken[0][1]

    def head(self, office: str) -> Cursor:
        """The newest place of a feed."""
        found = self.transaction.rows(_HEAD, {"office": office})
        if not found:
            self.open(office)
            found = self.transaction.rows(_HEAD, {"office": office})
        epoch, seq, chain = found[0]
        return Cursor(int.from_bytes(epoch, "big"), seq, chain)

    def floor(self, office: str) -> int:
        """Who stands below it is told nothing but to take a snapshot."""
        found = self.transaction.rows(_FLOOR, {"office": office})
        return int(found[0][0]) if found else 0

    def points(self, office: str, seqs: Sequence[int]) -> list[Point]:
        """The places of these numbers, in their order; those that there are."""
        asked = {"office": office, "seqs": [seq for seq in seqs if 0 < seq < 1 << 63]}
        known: dict[int, bytes] = dict(self.transaction.rows(_POINTS, asked))
        if 0 in seqs:
            known[0] = beginning(self.head(office).epoch, office).chain
        return [Point(seq, known[seq]) for seq in seqs if seq in known]

    def page(self, office: str, after: int, most_bytes: int) -> list[FeedItem]:
        """What follows a number, about as many bytes, at least one item where there is one."""
        most = max(1, min(most_bytes // ITEM_BYTES + 1, MOST_ITEMS))
        taken: list[FeedItem] = []
        for row in self.transaction.rows(_PAGE, {"office": office, "after": after, "most": most}):
            item = item_of(row)
            most_bytes -= ITEM_BYTES + len(item.body if isinstance(item, Item) else item.payload)
            if taken and most_bytes < 0:
                break
            taken.append(item)
        return taken


def _stored(item: FeedItem, home: str) -> Row:
    if isinstance(item, Item):
        return item.kind, item.body, None, None, None, None, None
    header = item.header
    place = header.place
    segment = place.segment.to_bytes(8, "big")
    return int(ItemKind.ENTRY), b"", home, header.device.bytes, segment, place.seq, item.hash


def item_of(row: Row) -> FeedItem:
    """An item of its kind, body, and the header, payload and salt of its entry."""
    kind, body, header, payload, salt = row
    return Item(kind, body) if header is None else Entry(header, payload, salt, b"")
