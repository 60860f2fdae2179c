"""The counter's ledger of the protocol: its own journal, and what it has read of its office's feed.

Own and foreign entries never mix: what others recorded lies in tables of its own, as it came, and its rows
where everything lies that comes from elsewhere.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import uuid4

from sqlalchemy.engine import Connection

from counter_app.domain.acts import NumberGap
from counter_app.domain.days import from_millis
from counter_app.domain.entry import NO_DIGEST, NOBODY, Entry, Header, added, header_hash
from counter_app.domain.numbering import LARGEST_SERIAL, Series
from counter_app.store import foreign, loading
from counter_app.store.book import Book
from counter_app.store.erasing import without_erased
from counter_app.store.facts import FEED_EPOCH, fact, put_fact
from counter_app.store.journal import signed, unsigned
from counter_app.store.page import Page
from counter_app.store.words_index import index_words_again, words_are_old
from counter_app.wire.feed import beginning, chained
from counter_app.wire.ledgers import (
    Action,
    Apply,
    Archived,
    BeginLoading,
    BeginSegment,
    FallBack,
    GoOnAbove,
    LoadChunk,
    Loading,
    Received,
    Returned,
    StopLoading,
)
from counter_app.wire.messages import Cursor, FeedItem, Item, ItemKind, Mark
from counter_app.wire.messages import Page as FeedPage

_LARGEST = (1 << 63) - 1
_HEADS = "SELECT segment, upto, hash FROM segments ORDER BY begun"
_RUN = """
    SELECT header, payload, salt, signature FROM journal
    WHERE segment = ? AND seq >= ? ORDER BY seq LIMIT ?"""
_HEADERS = "SELECT header FROM journal WHERE segment = ? AND seq > ?"
_UNSENT = """
    SELECT j.header FROM segments s LEFT JOIN marks m ON m.segment = s.segment
    JOIN journal j ON j.segment = s.segment AND j.seq = coalesce(m.received, 0) + 1
    WHERE s.upto > coalesce(m.received, 0) ORDER BY j.id LIMIT 1"""
_ORPHANS = """
    SELECT header, payload, salt FROM foreign_entries
    WHERE NOT placed AND NOT returned ORDER BY hash LIMIT ?"""
_MARK = """
    INSERT INTO marks (segment, received, archived) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET received = max(received, excluded.received),
        archived = max(archived, excluded.archived)"""
_PLACE = """
    INSERT INTO foreign_entries (hash, header, payload, salt, placed, returned) VALUES (?, ?, ?, ?, 1, 0)
    ON CONFLICT DO UPDATE SET placed = 1"""
_RETURNED = "UPDATE foreign_entries SET returned = 1 WHERE hash = ?"
_UNPLACE = """
    UPDATE foreign_entries SET placed = hash IN (
            SELECT entry FROM feed WHERE seq <= ? AND entry IS NOT NULL)
        WHERE hash IN (SELECT entry FROM feed WHERE seq > ? AND entry IS NOT NULL)"""


class SyncLedger:
    """Implements ``CounterLedger``. One thread uses one; inside ``view`` everything is of one moment."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._seen: Connection | None = None

    @contextmanager
    def view(self) -> Iterator["SyncLedger"]:
        """One consistent state for all that is asked meanwhile."""
        with self._book.reading() as connection:
            self._seen = connection
            try:
                yield self
            finally:
                self._seen = None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        if self._seen is not None:
            yield self._seen
        else:
            with self._book.reading() as connection:
                yield connection

    # -- the journal -------------------------------------------------------------------------------

    def heads(self) -> Sequence[Mark]:
        """The newest entry of each own segment."""
        with self._reading() as connection:
            rows = connection.exec_driver_sql(_HEADS).all()
        return [Mark(unsigned(segment), upto, entry_hash) for segment, upto, entry_hash in rows]

    def run(self, segment: int, first: int, most: int) -> Sequence[Entry]:
        """Entries of a segment from a number on."""
        with self._reading() as connection:
            rows = connection.exec_driver_sql(_RUN, (signed(segment), first, most)).all()
        return [Entry(*row) for row in rows]

    def seed(self, segment: int) -> bytes:
        """What the salts of a segment were drawn from, while this program run writes it."""
        return self._book.salts_of(segment)

    def hash_at(self, segment: int, seq: int) -> bytes | None:
        """The own hash at a place."""
        with self._reading() as connection:
            return _hash_at(connection, segment, seq)

    def digest(self, segment: int, upto: int) -> bytes:
        """The set digest up to a number: that of the whole segment without what comes behind."""
        asked = "SELECT digest FROM segments WHERE segment = ?"
        with self._reading() as connection:
            whole = connection.exec_driver_sql(asked, (signed(segment),)).scalar() or NO_DIGEST
            behind = connection.exec_driver_sql(_HEADERS, (signed(segment), upto)).scalars()
            less = added(NO_DIGEST, *map(header_hash, behind))
        return _difference(whole, less)

    def whole(self) -> tuple[int, bytes]:
        """How many entries there are, and the digest of all."""
        with self._reading() as connection:
            rows = connection.exec_driver_sql("SELECT upto, digest FROM segments").all()
        return sum(upto for upto, _ in rows), added(NO_DIGEST, *(digest for _, digest in rows))

    def unsent_since(self) -> int | None:
        """The clock of the oldest entry that is not known to have arrived."""
        with self._reading() as connection:
            header = connection.exec_driver_sql(_UNSENT).scalar()
        return None if header is None else Header.unpacked(header).wall_ms

    # -- the feed ----------------------------------------------------------------------------------

    def cursor(self) -> Cursor:
        """Where the own reading of the feed stands."""
        with self._reading() as connection:
            return self._cursor(connection)

    def chain_at(self, seq: int) -> bytes | None:
        """The feed chain's hash at a number that was passed."""
        with self._reading() as connection:
            return self._chain_at(connection, seq)

    def loading(self) -> Loading | None:
        """The snapshot that is being loaded."""
        with self._reading() as connection:
            return loading.loading(connection)

    def orphans(self, most: int) -> Sequence[Entry]:
        """Entries of others that the feed has lost."""
        with self._reading() as connection:
            if loading.loading(connection) is not None:
                return []
            rows = connection.exec_driver_sql(_ORPHANS, (most,)).all()
        return [Entry(header, payload, salt, b"") for header, payload, salt in rows]

    def _cursor(self, connection: Connection) -> Cursor:
        epoch = int(fact(connection, FEED_EPOCH) or b"0")
        if loading.loading(connection) is not None:
            return beginning(epoch, self._book.office.code)
        row = connection.exec_driver_sql("SELECT seq, chain FROM feed ORDER BY seq DESC LIMIT 1").first()
        return Cursor(epoch, *row) if row else beginning(epoch, self._book.office.code)

    def _chain_at(self, connection: Connection, seq: int) -> bytes | None:
        if seq == 0:
            return beginning(0, self._book.office.code).chain
        if not 0 < seq <= _LARGEST:
            return None
        return connection.exec_driver_sql("SELECT chain FROM feed WHERE seq = ?", (seq,)).scalar() or None

    # -- doing -------------------------------------------------------------------------------------

    def do(self, actions: Sequence[Action]) -> None:
        """Carry out in their order, all in one transaction or none."""
        if not actions:
            return
        with self._book.writing() as page:
            for action in actions:
                self._do(page, action)
        for action in actions:
            if isinstance(action, BeginSegment):
                self._book.begin_segment(action.segment)

    def _do(self, page: Page, action: Action) -> None:
        connection = page.connection
        match action:
            case Apply(fed):
                if self._cursor(connection) == fed.start:
                    self._apply(page, fed)
            case FallBack(cursor):
                connection.exec_driver_sql(_UNPLACE, (cursor.seq, cursor.seq))
                connection.exec_driver_sql("DELETE FROM feed WHERE seq > ?", (cursor.seq,))
                connection.exec_driver_sql("UPDATE foreign_entries SET returned = 0 WHERE returned")
                put_fact(connection, FEED_EPOCH, str(cursor.epoch).encode())
            case Received(mark):
                connection.exec_driver_sql(_MARK, (signed(mark.segment), mark.seq, 0))
            case Archived(mark):
                connection.exec_driver_sql(_MARK, (signed(mark.segment), 0, mark.seq))
            case Returned(hashes):
                for one in hashes:
                    connection.exec_driver_sql(_RETURNED, (one,))
            case GoOnAbove():
                _go_on_above(page, action)
            case BeginLoading(manifest):
                loading.begin(page, manifest)
            case LoadChunk():
                loading.load(page, action, self._is_own)
            case StopLoading():
                loading.stop(page)
            case BeginSegment():
                pass  # once this is committed

    def _apply(self, page: Page, fed: FeedPage) -> None:
        """Store a page as it came, then the rows that follow from it."""
        connection, chain = page.connection, fed.start.chain
        entries = without_erased(connection, (one for one in fed.items if isinstance(one, Entry)))
        steps: list[tuple[object, ...]] = []
        placed: list[tuple[object, ...]] = []
        new: list[FeedItem] = []
        for seq, item in enumerate(fed.items, fed.start.seq + 1):
            chain = chained(chain, item)
            if isinstance(item, Item):
                steps.append((seq, chain, item.kind, None, item.body))
                new.append(item)
                continue
            steps.append((seq, chain, int(ItemKind.ENTRY), item.hash, b""))
            if not self._is_own(connection, item):
                entry = entries[item.hash]
                placed.append((entry.hash, entry.packed_header, entry.payload, entry.salt))
                new.append(entry)
        if placed:
            connection.exec_driver_sql(_PLACE, placed)
        connection.exec_driver_sql("INSERT INTO feed VALUES (?, ?, ?, ?, ?)", steps)
        put_fact(connection, FEED_EPOCH, str(fed.start.epoch).encode())
        foreign.put(page, new)
        if words_are_old(connection):
            index_words_again(connection)

    def _is_own(self, connection: Connection, entry: Entry) -> bool:
        header = entry.header
        if header.device != self._book.device:
            return False
        return _hash_at(connection, header.place.segment, header.place.seq) == entry.hash


def _go_on_above(page: Page, known: GoOnAbove) -> None:
    """What this counter gave out before its data was put back must not be given out again.

    A centre that names a number which no counter reaches is not believed.
    """
    if len(known.serials) not in range(2, len(Series) + 1) or max(known.serials) > LARGEST_SERIAL:
        return
    gap, at = NumberGap(*known.serials), from_millis(known.wall_ms)
    page.go_on_above(gap, act=uuid4(), person=NOBODY, at=at)


def _hash_at(connection: Connection, segment: int, seq: int) -> bytes | None:
    asked = "SELECT header FROM journal WHERE segment = ? AND seq = ?"
    header = connection.exec_driver_sql(asked, (signed(segment), min(seq, _LARGEST))).scalar()
    return None if header is None else header_hash(header)


def _difference(digest: bytes, less: bytes) -> bytes:
    """A set digest without the hashes of another."""
    total = int.from_bytes(digest, "big") - int.from_bytes(less, "big")
    return (total % (1 << 256)).to_bytes(32, "big")
