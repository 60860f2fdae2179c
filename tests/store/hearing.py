"""An office feed as the tests of the store say it: pages, and what the company signs."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_app.domain.complaint import ComplaintStep, Stage
from counter_app.domain.entry import Entry
from counter_app.store import journal
from counter_app.store.book import Book
from counter_app.store.centre import Centre, put_centre
from counter_app.store.journal import entries
from counter_app.store.sync_ledger import SyncLedger
from counter_app.wire import bodies
from counter_app.wire.bodies import Body, item
from counter_app.wire.feed import forward
from counter_app.wire.ledgers import Apply
from counter_app.wire.messages import FeedItem, Item, Page
from tests.store.office import (
    NOW,
    PERSON,
    create,
    pay,
    register,
)

COMPANY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34)))


def enrolled(book: Book, key: Ed25519PrivateKey | None = COMPANY) -> Book:
    """The book, at a centre whose company has this key."""
    text = key.public_key().public_bytes_raw().hex() if key else ""
    with book.writing() as page:
        put_centre(page, Centre("https://centre", "", UUID(int=1), "2214", 2, text))
    return book


def hear(book: Book, *said: Body | FeedItem) -> None:
    """A page of the feed, behind what was read before."""
    ledger = SyncLedger(book)
    items: list[FeedItem] = [one if isinstance(one, Entry | Item) else item(one) for one in said]
    cursor = ledger.cursor()
    ledger.do([Apply(Page(1, "2214", cursor, tuple(items), forward(cursor, items), more=False))])


def erasing(entry_hash: bytes, key: Ed25519PrivateKey = COMPANY) -> bodies.Erase:
    unsigned = bodies.Erase(entry_hash.hex(), "")
    return replace(unsigned, signature=key.sign(unsigned.message).hex())


def rules(name: str, text: str, key: Ed25519PrivateKey = COMPANY) -> bodies.Rules:
    unsigned = bodies.Rules(name, text, "")
    return replace(unsigned, signature=key.sign(unsigned.message).hex())


def complaint_with_step(book: Book) -> tuple[journal.Recorded, journal.Recorded]:
    with book.writing() as page:
        pay(page)
        registered = register(page)
        step = ComplaintStep(registered.entry.header.act, Stage.ASSIGNED, NOW, "R02", "कल आएँगे")
        stepped = page.record(step, act=uuid4(), person=PERSON, at=NOW)
        pay(page)
    return registered, stepped


def of_others(folder: Path) -> list[Entry]:
    """Entries of another counter: a payment, a complaint with its step, a payment."""
    other = create(folder)
    complaint_with_step(other)
    with other.reading() as connection:
        made = [replace(one, signature=b"") for one in entries(connection)]
    other.close()
    return made
