"""The ledger in SQL says what the one in memory says, whatever happens to both."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_app.domain.complaint import AboutComplaint, ComplaintRegistered, ComplaintStep, Stage
from counter_app.domain.entry import Entry
from counter_app.store import reference
from counter_app.store.book import Book
from counter_app.store.centre import Centre, put_centre
from counter_app.store.complaint_states import restate
from counter_app.store.erasing import payload_of
from counter_app.store.finds.receipts import paid_since
from counter_app.store.journal import entries, signed
from counter_app.store.keys import Keys
from counter_app.store.projections import project, rebuild_and_compare
from counter_app.store.purging import purge
from counter_app.store.sync_ledger import SyncLedger
from counter_app.store.tables import journal
from counter_app.wire.bodies import Erase, item
from counter_app.wire.feed import beginning, forward
from counter_app.wire.ledgers import Apply, Archived, BeginSegment, FallBack, Received, Returned
from counter_app.wire.messages import Cursor, FeedItem, Item, ItemKind, Mark, Page
from tests.simulation.counter_memory import CounterMemory
from tests.store.office import NOW, OFFICE, PERSON, SURESH, bill_of, create, open_book, pay, register
from tests.verify.journals import DEVICE
from tests.wire.ledger_contract import CounterContract, CounterStore


def foreign(folder: Path, many: int) -> list[Entry]:
    """Entries of another counter of the office: payments, complaints and their steps in turn."""
    book = create(folder)
    with book.writing() as page:
        for number in range(many):
            if number % 3 == 0:
                pay(page)
            elif number % 3 == 1:
                registered = register(page)
            else:
                step = ComplaintStep(registered.entry.header.act, Stage.ASSIGNED, NOW, "R02", "कल")
                page.record(step, act=uuid4(), person=PERSON, at=NOW)
    with book.reading() as connection:
        made = [Entry(one.packed_header, one.payload, one.salt, b"") for one in entries(connection)]
    book.close()
    return made


def own(book: Book) -> list[Entry]:
    with book.reading() as connection:
        return list(entries(connection))


def twin_of(book: Book) -> CounterMemory:
    memory = CounterMemory("2214")
    for entry in own(book):
        memory.add(entry)
    return memory


def page_of(cursor: Cursor, items: list[FeedItem]) -> Page:
    return Page(1, "2214", cursor, tuple(items), forward(cursor, items), more=False)


def same(sql: SyncLedger, memory: CounterMemory) -> None:
    with sql.view():
        assert list(sql.heads()) == list(memory.heads())
        assert sql.whole() == memory.whole()
        assert sql.cursor() == memory.cursor()
        for seq in (0, 1, 2, 5, 17, 1 << 63, 1 << 70):
            assert sql.chain_at(seq) == memory.chain_at(seq)
        for head in memory.heads():
            for seq in range(head.seq + 2):
                assert sql.hash_at(head.segment, seq) == memory.hash_at(head.segment, seq)
            for upto in range(head.seq + 1):
                assert sql.digest(head.segment, upto) == memory.digest(head.segment, upto)
            assert list(sql.run(head.segment, 2, 3)) == list(memory.run(head.segment, 2, 3))
        assert {one.hash for one in sql.orphans(100)} == {one.hash for one in memory.orphans(100)}
        assert len(sql.orphans(1)) == min(1, len(memory.orphans(100)))


@pytest.mark.parametrize("seed", range(4))
def test_both_ledgers_agree_step_by_step(tmp_path: Path, seed: int) -> None:
    rng = Random(seed)
    others = foreign(tmp_path / "other", 20)
    folder = tmp_path / "own"
    book = create(folder)
    for _ in range(3):
        with book.writing() as page:
            for _ in range(rng.randint(1, 4)):
                pay(page)
        book.close()
        book = open_book(folder)
    sql, memory = SyncLedger(book), twin_of(book)
    same(sql, memory)
    pool: list[FeedItem] = [*others, *own(book), Item(99, b"newer"), Item(ItemKind.RULES, b"[]")]
    for _ in range(30):
        cursor = memory.cursor()
        match rng.randrange(4):
            case 0 | 1:
                items = [rng.choice(pool) for _ in range(rng.randint(1, 5))]
                actions: list[object] = [Apply(page_of(cursor, items))]
            case 2:
                seq = rng.randint(0, cursor.seq)
                chain = memory.chain_at(seq)
                assert chain is not None
                actions = [FallBack(Cursor(rng.getrandbits(62), seq, chain))]
            case _:
                actions = [Returned(tuple(one.hash for one in memory.orphans(2)))]
        head = rng.choice(memory.heads())
        actions += [Received(Mark(head.segment, rng.randint(1, head.seq), b"")), Archived(head)]
        sql.do(actions)  # type: ignore[arg-type]
        memory.do(actions)  # type: ignore[arg-type]
        same(sql, memory)
    with book.reading() as connection:
        assert rebuild_and_compare(connection) == ()
    book.close()


def test_a_page_that_does_not_begin_at_the_cursor_changes_nothing(book: Book) -> None:
    sql = SyncLedger(book)
    elsewhere = Cursor(1, 7, bytes(32))
    sql.do([Apply(page_of(elsewhere, [Item(99, b"x")]))])
    assert sql.cursor() == beginning(0, "2214")


def test_the_same_page_twice_is_the_page_once(book: Book, tmp_path: Path) -> None:
    sql, page = SyncLedger(book), page_of(beginning(0, "2214"), list(foreign(tmp_path / "o", 6)))
    sql.do([Apply(page), Apply(page)])
    assert sql.cursor() == page.end
    with book.reading() as connection:
        paid = reference.known_payments(connection, SURESH.number)
        assert [(one.amount, one.channel, one.reference[:-3]) for one in paid] == [
            (64000, "other counter", "2214-2-000001-"),
            (64000, "other counter", "2214-2-000002-"),
        ]
        assert connection.exec_driver_sql("SELECT count(*) FROM known_complaints").scalar() == 2
        assert connection.exec_driver_sql("SELECT count(*) FROM known_events").scalar() == 2
        assert paid_since(connection, bill_of(SURESH)).paid == 2 * 64000


def test_own_entries_in_the_feed_are_shown_once(book: Book) -> None:
    with book.writing() as page:
        pay(page)
    sql = SyncLedger(book)
    sql.do([Apply(page_of(beginning(0, "2214"), [*own(book)]))])
    with book.reading() as connection:
        assert reference.known_payments(connection, SURESH.number) == ()
        assert paid_since(connection, bill_of(SURESH)).paid == 64000


@pytest.mark.parametrize(
    "poison",
    [
        Item(ItemKind.STAFF, b'{"members": [7]}'),
        Item(ItemKind.BILLS, b"\xff not json"),
        Item(ItemKind.CONSUMERS, b'{"consumers": [{"number": "N1"}]}'),
        Item(ItemKind.HELD, b"{}"),
        Item(ItemKind.ERASE, b'{"hash": "zz"}'),
        Item(60_000, b""),
    ],
)
def test_a_poison_item_is_kept_and_delays_nothing(book: Book, tmp_path: Path, poison: Item) -> None:
    sql, others = SyncLedger(book), foreign(tmp_path / "o", 4)
    page = page_of(beginning(0, "2214"), [others[1], poison, *others[2:]])
    sql.do([Apply(page)])
    assert sql.cursor() == page.end
    with book.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM known_complaints").scalar() == 1
        assert connection.exec_driver_sql("SELECT body FROM feed WHERE seq = 2").scalar() == poison.body


def test_erasing_takes_what_was_said_of_a_person_out_of_the_rows(book: Book, tmp_path: Path) -> None:
    company = Ed25519PrivateKey.generate()
    with book.writing() as page:
        key = company.public_key().public_bytes_raw().hex()
        put_centre(page, Centre("https://centre", "", uuid4(), "2214", 2, key))
    sql, others = SyncLedger(book), foreign(tmp_path / "o", 3)
    registered = others[2]
    sql.do([Apply(page_of(beginning(0, "2214"), [*others]))])
    unsigned = Erase(registered.hash.hex(), "")
    erase = item(replace(unsigned, signature=company.sign(unsigned.message).hex()))
    sql.do([Apply(page_of(sql.cursor(), [erase, erase]))])
    with book.reading() as connection:
        row = connection.exec_driver_sql("SELECT mobile, body FROM known_complaints").one()
        assert row.mobile == ""
        assert "मंदिर".encode() not in row.body
        stored = connection.exec_driver_sql(
            "SELECT payload, salt FROM foreign_entries WHERE hash = ?", (registered.hash,)
        )
        assert stored.one() == (b"", b"")


def test_a_shared_segment_is_left(book: Book) -> None:
    with book.writing() as page:
        pay(page)
    (before,) = SyncLedger(book).heads()
    assert SyncLedger(book).seed(before.segment)
    SyncLedger(book).do([BeginSegment(before.segment)])
    assert not SyncLedger(book).seed(before.segment)
    with book.writing() as page:
        pay(page)
    first, second = SyncLedger(book).heads()
    assert first == before
    assert second.segment == book.segment
    opened = SyncLedger(book).run(second.segment, 1, 1)[0].header
    assert (opened.parent.segment, opened.previous) == (first.segment, first.hash)
    SyncLedger(book).do([BeginSegment(before.segment)])
    assert book.segment == second.segment
    assert opened.device != UUID(int=0)


class TestSyncLedger(CounterContract):
    """In SQL, on the encrypted database."""

    @pytest.fixture
    def counter(self, tmp_path: Path) -> Iterator[CounterStore]:
        book = Book.create(
            tmp_path, Keys(bytes(32), bytes(range(32))), OFFICE, program="1.0", now=NOW, steady=None
        )
        assert book.device == DEVICE

        def record(entry: Entry) -> None:
            header, place = entry.header, entry.header.place
            with book.writing() as page:
                page.connection.execute(
                    journal.insert(),
                    {
                        "segment": signed(place.segment), "seq": place.seq, "act": header.act,
                        "kind": header.kind, "header": entry.packed_header, "payload": entry.payload,
                        "salt": entry.salt, "signature": entry.signature,
                    },
                )  # fmt: skip
                said = payload_of(entry)
                project(page.connection, header, said, entry.hash)
                if isinstance(said, ComplaintRegistered | AboutComplaint):
                    restate(
                        page.connection, said.complaint if isinstance(said, AboutComplaint) else header.act
                    )

        yield CounterStore(SyncLedger(book), record, lambda: purge(book, NOW))
        book.close()
