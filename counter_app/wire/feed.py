"""The chain of a feed: what a cursor is, where a page leads, which places are offered to who is astray."""

import hashlib
from collections.abc import Iterable
from functools import reduce

from counter_app.domain.entry import Entry, EntryDamaged, check_payload
from counter_app.wire.messages import Ask, Cursor, FeedItem, Item, Page


def beginning(epoch: int, office: str) -> Cursor:
    """The cursor before the first item of an office's feed. Feeds of two offices share no cursor."""
    return Cursor(epoch, 0, hashlib.sha256(b"counter feed 1\0" + office.encode()).digest())


def link(item: FeedItem) -> bytes:
    """What of an item goes into the chain, 32 bytes: the entry's hash, so that erasing breaks nothing."""
    if isinstance(item, Item):
        return hashlib.sha256(b"item\0" + item.kind.to_bytes(2, "big") + item.body).digest()
    return item.hash


def chained(chain: bytes, item: FeedItem) -> bytes:
    """The chain's hash behind one more item."""
    return hashlib.sha256(chain + link(item)).digest()


def forward(cursor: Cursor, items: Iterable[FeedItem]) -> Cursor:
    """Where items lead from a cursor."""
    passed = tuple(items)
    return Cursor(cursor.epoch, cursor.seq + len(passed), reduce(chained, passed, cursor.chain))


def answers(page: Page, ask: Ask) -> bool:
    """Whether a page is of the feed, the place and the chain that were asked for."""
    asked = (ask.ask, ask.office, ask.cursor)
    return (page.to, page.office, page.start) == asked and forward(page.start, page.items) == page.end


def spaced(newest: int, oldest: int) -> tuple[int, ...]:
    """Numbers from ``newest`` down to ``oldest``, each twice as far away as the one before."""
    steps = (newest - (1 << power) for power in range((newest - oldest).bit_length()))
    return tuple(dict.fromkeys((newest, *(step for step in steps if step > oldest), oldest)))


def presentable(entry: Entry) -> Entry:
    """The entry, without a payload that is not the one its header commits to: the chain goes on."""
    try:
        check_payload(entry)
    except EntryDamaged:
        return Entry(entry.packed_header, b"", b"", entry.signature)
    return entry
