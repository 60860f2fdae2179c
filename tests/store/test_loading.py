"""A snapshot in the store: the rows of a counter that heard everything, in whatever state this one was."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counter_app.domain.bill import Bill
from counter_app.domain.complaint import ComplaintRegistered, impersonal
from counter_app.domain.consumer import Consumer
from counter_app.domain.days import Month
from counter_app.domain.entry import Entry, Kind
from counter_app.store import loading, reference
from counter_app.store.book import Book
from counter_app.store.erasing import payload_of
from counter_app.store.held import held_entries
from counter_app.store.journal import entries
from counter_app.store.search import search
from counter_app.store.sync_ledger import SyncLedger
from counter_app.wire import bodies
from counter_app.wire.bodies import PaidElsewhere, item
from counter_app.wire.ledgers import BeginLoading, LoadChunk
from counter_app.wire.messages import Cursor, FeedItem, ItemKind
from counter_app.wire.payloads import encode
from counter_app.wire.snapshots import (
    FORM,
    Chunk,
    Manifest,
    Part,
    Placed,
    items_chunk,
    manifest_bytes,
    name_of,
    read_chunk,
    values_chunk,
)
from tests.store.hearing import COMPANY, enrolled, hear
from tests.store.office import GEETA, SURESH, bill_of, create, open_book, pay, register
from tests.store.test_catching_up import of_a_newer_counter, rows_of, said

END = Cursor(77, 900, bytes(range(32)))
PARTS = {10: Part.CONSUMERS, 11: Part.BILLS, 12: Part.PAYMENTS}
ERASING = {ItemKind.ERASE, ItemKind.COMPLAINT_ERASED}
Made = list[tuple[Chunk, bytes]]


@pytest.fixture
def others(tmp_path: Path) -> list[Entry]:
    return of_a_newer_counter(tmp_path / "other")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = enrolled(create(tmp_path / "counter"))
    yield made
    made.close()


def compacted(items: Sequence[FeedItem]) -> Made:
    """What a feed comes to: values by their newest, then the entries, the newest first, what erases last."""
    newest: dict[Part, dict[object, object]] = {part: {} for part in PARTS.values()}
    first, last, recorded = list[Placed](), list[Placed](), list[Placed]()
    for seq, one in enumerate(items, 1):
        if isinstance(one, Entry):
            recorded.append(Placed(seq, one))
        elif one.kind in PARTS:
            for value in values_in(bodies.read_body(one)):
                newest[PARTS[one.kind]][key_of(value)] = value
        else:
            (last if one.kind in ERASING else first).append(Placed(seq, one))
    made = [items_chunk(first)]
    made += [values_chunk(part, list(values.values())) for part, values in newest.items() if values]
    made += [items_chunk(recorded[at : at + 3]) for at in range(len(recorded) // 3 * 3, -1, -3)]
    return [*made, items_chunk(last)]


def values_in(body: object) -> Sequence[object]:
    match body:
        case bodies.Consumers(values) | bodies.Bills(values) | bodies.Payments(values):
            return values
    raise AssertionError(body)


def key_of(value: object) -> object:
    match value:
        case Consumer(number=number):
            return number
        case Bill(consumer=number, month=month):
            return number, month
        case PaidElsewhere(reference=number):
            return number
    raise AssertionError(value)


def manifest_of(made: Made, end: Cursor = END) -> bytes:
    return manifest_bytes(Manifest(FORM, "2214", end, 5, tuple(chunk for chunk, _ in made)))


def load(book: Book, made: Made, end: Cursor = END) -> None:
    manifest = manifest_of(made, end)
    ledger = SyncLedger(book)
    ledger.do([BeginLoading(manifest)])
    for number, (chunk, data) in enumerate(made):
        ledger.do([LoadChunk(name_of(manifest), number, read_chunk(chunk, data))])


def feed_of(others: list[Entry]) -> list[FeedItem]:
    """A feed with all there is: what others recorded, moves, surpluses, files, erasing."""
    paid = PaidElsewhere(GEETA.number, "2026-02", date(2026, 3, 5), 64000, "upay", "U77", False, False)
    files = [
        bodies.Consumers((replace(SURESH, mobile="9999900000"), GEETA)),
        bodies.Payments((paid, replace(paid, reference="U78", posted=True))),
        bodies.Payments((replace(paid, reversed=True),)),
        bodies.Bills((bill_of(SURESH, Month(2025, 2)), bill_of(SURESH, Month(2025, 1)))),
    ]
    return [one if isinstance(one, Entry) else item(one) for one in (*files, *said(others))]


def compared(book: Book) -> dict[str, set[Any]]:
    rows = rows_of(book)
    del rows["feed"]
    rows["office_facts"] = {row for row in rows["office_facts"] if row[0] != "feed_epoch"}
    return rows


def differing(one: dict[str, set[Any]], other: dict[str, set[Any]]) -> dict[str, Any]:
    return {name: sorted(map(repr, one[name] ^ other[name])) for name in one if one[name] != other[name]}


@pytest.fixture
def fed(tmp_path: Path, others: list[Entry]) -> dict[str, set[Any]]:
    """The rows of a counter that heard everything in the feed."""
    book = enrolled(create(tmp_path / "fed"))
    hear(book, *feed_of(others))
    rows = compared(book)
    book.close()
    return rows


def test_a_new_counter_has_the_rows_of_one_that_heard_everything(
    book: Book, others: list[Entry], fed: dict[str, set[Any]]
) -> None:
    load(book, compacted(feed_of(others)))
    assert differing(compared(book), fed) == {}
    assert SyncLedger(book).cursor() == END
    with book.reading() as connection:
        assert search(connection, book.words, "गीता", ()).rows[0].number == GEETA.number


@pytest.mark.parametrize("heard", range(1, 14, 3))
def test_a_counter_that_heard_some_of_it_long_ago_has_them_too(
    book: Book, others: list[Entry], fed: dict[str, set[Any]], heard: int
) -> None:
    hear(book, *feed_of(others)[:heard])
    load(book, compacted(feed_of(others)))
    assert differing(compared(book), fed) == {}


def test_it_ends_the_same_wherever_it_is_interrupted(
    tmp_path: Path, book: Book, others: list[Entry], fed: dict[str, set[Any]]
) -> None:
    """The program ends behind every chunk; in between something is recorded and another one begun."""
    made = compacted(feed_of(others))
    manifest = manifest_of(made)
    SyncLedger(book).do([BeginLoading(manifest_of(made[:2]))])
    first = read_chunk(*made[0])
    SyncLedger(book).do([LoadChunk(name_of(manifest_of(made[:2])), 0, first), BeginLoading(manifest)])
    folder = book.folder
    for number, (chunk, data) in enumerate(made):
        book.close()
        book = open_book(folder)
        ledger = SyncLedger(book)
        known = ledger.loading()
        assert known is not None
        assert (known.manifest, known.chunk) == (manifest, number)
        with book.reading() as connection:
            percent = loading.percent_loaded(connection)
            assert percent is not None
            assert 0 <= percent < 100
        ledger.do([LoadChunk(name_of(manifest), number, read_chunk(chunk, data))])
    assert differing(compared(book), fed) == {}
    with book.reading() as connection:
        assert loading.percent_loaded(connection) is None
    book.close()


def test_what_this_counter_recorded_itself_stays_its_own(tmp_path: Path, others: list[Entry]) -> None:
    """Own receipts, complaints and what is unsent, beside a snapshot that has most of them."""
    fed_book, loaded = (enrolled(create(tmp_path / name)) for name in ("one", "two"))
    with fed_book.writing() as page:
        pay(page)
        register(page)
    own: list[FeedItem] = []
    with fed_book.reading() as connection:
        own += [replace(one, signature=b"") for one in entries(connection)]
    loaded.close()
    folder = tmp_path / "two"
    for file in (tmp_path / "one").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    items = [*own, *feed_of(others)]
    loaded = open_book(folder)
    hear(fed_book, *items)
    load(loaded, compacted(items))
    assert differing(compared(loaded), compared(fed_book)) == {}
    assert [mark.seq for mark in SyncLedger(loaded).heads()] == [3]
    with loaded.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM payments").scalar() == 1
        assert held_entries(connection, loaded.device) == ()
    fed_book.close()
    loaded.close()


def test_an_own_receipt_that_the_billing_side_posted_is_known_as_posted(book: Book) -> None:
    with book.writing() as page:
        receipt = pay(page)
    number = f"2214-2-{1:06d}-{'XYZ'}"
    back = PaidElsewhere(
        SURESH.number, "2026-02", date(2026, 3, 12), 64000, "other counter", number, True, False
    )
    load(book, [items_chunk([]), values_chunk(Part.PAYMENTS, [back])])
    assert receipt.entry
    with book.reading() as connection:
        assert reference.known_payments(connection, SURESH.number) == ()
        assert connection.exec_driver_sql("SELECT * FROM own_postings").all() == [(1, 1, 0)]


def test_a_receipt_the_billing_side_knows_is_not_unposted_by_its_entry(
    book: Book, others: list[Entry]
) -> None:
    """Whichever of the two comes first."""
    hear(book, *others)
    with book.reading() as connection:
        (known,) = reference.known_payments(connection, GEETA.number)
    posted = PaidElsewhere(
        GEETA.number, known.month, known.on, known.amount, known.channel, known.reference, True, False
    )
    load(book, [values_chunk(Part.PAYMENTS, [posted]), items_chunk([Placed(1, one) for one in others])])
    with book.reading() as connection:
        assert [one.posted for one in reference.known_payments(connection, GEETA.number)] == [True]


def test_what_is_erased_later_goes_out_of_what_the_snapshot_brought(book: Book, others: list[Entry]) -> None:
    load(book, compacted(others))
    act = next(one.header.act for one in others if one.header.kind == Kind.COMPLAINT_REGISTERED)
    statement = bodies.ComplaintErased(act, "")
    left = replace(statement, signature=COMPANY.sign(statement.message).hex())
    asked = next(one for one in others if one.header.kind == Kind.COMPLAINT_REGISTERED)
    hear(
        book,
        bodies.ComplaintErased(act, left.signature, (bodies.Left(asked.hash.hex(), impersonal_of(asked)),)),
    )
    with book.reading() as connection:
        bodies_there = connection.exec_driver_sql("SELECT body FROM known_complaints").scalars().all()
    assert bodies_there
    assert not any("मंदिर".encode() in one for one in bodies_there)


def impersonal_of(entry: Entry) -> str:
    registered = payload_of(entry)
    assert isinstance(registered, ComplaintRegistered)
    return encode(impersonal(registered)).decode()


def test_a_row_that_no_table_takes_is_left_out_and_nothing_else(book: Book) -> None:
    bad = [replace(bill_of(SURESH), consumer="?"), replace(bill_of(SURESH), net=1 << 63)]
    late = replace(bill_of(SURESH, Month(2026, 3)), number="B9")
    load(book, [values_chunk(Part.BILLS, [bill_of(GEETA), bad[0], late]), items_chunk([])])
    with book.reading() as connection:
        assert reference.bill(connection, SURESH.number) == late
        assert reference.bill(connection, GEETA.number) == bill_of(GEETA)


def test_names_lie_nowhere_in_the_clear(book: Book, tmp_path: Path) -> None:
    """While it is loaded and afterwards, whatever the program wrote."""
    person = replace(GEETA, number="N2204518799", name_en="Zzyxquist", mobile="9876512345")
    made = [values_chunk(Part.CONSUMERS, [person]), items_chunk([])]
    manifest = manifest_of(made)
    SyncLedger(book).do([BeginLoading(manifest)])
    SyncLedger(book).do([LoadChunk(name_of(manifest), 0, read_chunk(*made[0]))])
    with book.reading() as connection:
        assert reference.consumer(connection, person.number) == person
    for file in tmp_path.rglob("*"):
        if file.is_file():
            held = file.read_bytes()
            assert b"Zzyxquist" not in held, file
            assert made[0][1] not in held, file
