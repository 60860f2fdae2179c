"""What the central office says in the feed: rows that screens show, and only what the company signed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.exc import IntegrityError

from counter_app.desk.rules import load_rules, rules_of
from counter_app.domain.acts import Paper
from counter_app.domain.complaint import ComplaintRegistered, ComplaintStep, Stage
from counter_app.domain.days import Month
from counter_app.domain.entry import Entry, Kind
from counter_app.domain.network import Asset, AssetKind
from counter_app.domain.numbering import Number, Series, hash_letters
from counter_app.domain.office import Officer, Post
from counter_app.resources import resource
from counter_app.store import archive, finds, reference, told
from counter_app.store.book import Book
from counter_app.store.centre import Centre, put_centre
from counter_app.store.finds.network import asset, officers_for
from counter_app.store.finds.taken import Span, complaints_taken
from counter_app.store.journal import check, entries, entry_of_act, export
from counter_app.store.projections import rebuild_and_compare
from counter_app.store.search import search
from counter_app.store.sync_ledger import SyncLedger
from counter_app.verify import verify_lines
from counter_app.wire.bodies import (
    Assets,
    Bills,
    Body,
    Consumers,
    Erase,
    MovedIn,
    MovedOut,
    Officers,
    Overpaid,
    PaidElsewhere,
    Payments,
    Rules,
    item,
)
from counter_app.wire.feed import forward
from counter_app.wire.ledgers import Apply, GoOnAbove
from counter_app.wire.messages import FeedItem, Page
from tests.store.office import NOW, PERSON, SURESH, bill_of, create, open_book, pay, register

COMPANY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(32))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A counter that was enrolled at a centre with a company's key."""
    opened = create(tmp_path)
    key = COMPANY.public_key().public_bytes_raw().hex()
    with opened.writing() as page:
        put_centre(page, Centre("https://centre", "", uuid4(), "2214", 2, key))
    yield opened
    opened.close()


def read(book: Book, *said: Body | Entry) -> None:
    """The counter reads these in its feed, as one page."""
    ledger, items = SyncLedger(book), [one if isinstance(one, Entry) else item(one) for one in said]
    start, pages = ledger.cursor(), list[FeedItem](items)
    ledger.do([Apply(Page(1, "2214", start, tuple(pages), forward(start, pages), more=False))])


def signed(rules: Rules | Erase, key: Ed25519PrivateKey = COMPANY) -> Rules | Erase:
    return replace(rules, signature=key.sign(rules.message).hex())


# -- moves and surpluses -------------------------------------------------------------------------------


def test_who_moved_away_is_known_and_may_come_back(book: Book) -> None:
    def to() -> str | None:
        with book.reading() as connection:
            return told.moved_to(connection, SURESH.number)

    assert to() is None
    read(book, MovedOut(SURESH.number, "2215"))
    assert to() == "2215"
    read(book, MovedOut(SURESH.number))
    assert to() == ""
    read(book, MovedIn(SURESH.number, replace(SURESH, mobile="9826048211")))
    assert to() is None
    with book.reading() as connection:
        known = reference.consumer(connection, SURESH.number)
    assert known is not None
    assert known.mobile == "9826048211"


def test_a_surplus_is_told_until_a_newer_bill_reckons_it_in(book: Book) -> None:
    bill = bill_of(SURESH)
    read(book, Overpaid(SURESH.number, bill.number, 64000), Overpaid(SURESH.number, bill.number, 128000))
    with book.reading() as connection:
        (surplus,) = told.surpluses_of(connection, SURESH.number)
        assert told.all_surpluses(connection) == (surplus,)
    assert (surplus.bill_number, surplus.amount) == (bill.number, 128000)
    march = replace(bill_of(SURESH, Month(2026, 3)), issued=date(2026, 4, 3), due=date(2026, 4, 18))
    read(book, Bills((march,)))
    with book.reading() as connection:
        assert told.all_surpluses(connection) == ()


# -- what the billing side says ------------------------------------------------------------------------


def test_the_billing_side_is_believed_as_its_files_are(book: Book) -> None:
    with book.writing() as page:
        own = pay(page)
    number = str(Number(Series.RECEIPT, "2214", 2, 1, own.letters))
    elsewhere = PaidElsewhere(SURESH.number, "2026-02", date(2026, 3, 9), 5000, "upay", "U1", False, False)
    back = PaidElsewhere(SURESH.number, "2026-02", date(2026, 3, 12), 64000, "counter", number, True, False)
    new = replace(SURESH, number="N2204518799", name_en="Nargis Bano", name_hi="नरगिस बानो")
    engineer = Officer(Post.JE, "", "", "आर. के. वर्मा", "R. K. Verma", "9425000001")
    feeder = Asset(AssetKind.FEEDER, "F09", "मंडी", "Mandi", "", "")
    read(
        book, Consumers((new,)), Bills((bill_of(new),)), Payments((elsewhere, back)), Officers((engineer,)),
        Assets((feeder,)),
    )  # fmt: skip
    with book.reading() as connection:
        assert reference.consumer(connection, new.number) == new
        assert reference.bill(connection, new.number) == bill_of(new)
        assert [one.reference for one in reference.known_payments(connection, SURESH.number)] == ["U1"]
        posted = connection.exec_driver_sql("SELECT serial, posted, reversed FROM own_postings").all()
        assert [tuple(row) for row in posted] == [(1, 1, 0)]
        assert officers_for(connection, "", "A") == (engineer,)
        assert asset(connection, "F09") == feeder
        found = search(connection, book.words, "nargis", (), 5)
    assert [row.number for row in found.rows] == [new.number]
    read(book, Payments((replace(elsewhere, reversed=True),)))
    with book.reading() as connection:
        assert reference.known_payments(connection, SURESH.number) == ()


def test_a_bill_older_than_thirteen_months_goes(book: Book) -> None:
    old, new = Month(2025, 2), Month(2026, 3)
    read(book, Bills((bill_of(SURESH, old),)))
    read(book, Bills((bill_of(SURESH, new), bill_of(SURESH, Month(2024, 12)))))
    with book.reading() as connection:
        assert set(reference.bill_months(connection, SURESH.number)) == {new, Month(2026, 2)}


# -- rules ---------------------------------------------------------------------------------------------


def test_only_rules_of_the_company_hold(book: Book) -> None:
    text = (resource("rules") / "tenders.toml").read_text(encoding="utf-8")
    without = text.replace(', "card"', "")
    assert without != text
    read(book, signed(Rules("tenders", without, ""), STRANGER))
    assert rules_of(book) == load_rules()
    read(book, signed(Rules("tenders", without, "")))
    assert rules_of(book) != load_rules()
    assert "card" not in {str(one) for one in rules_of(book).tenders_on(date(2026, 3, 12)).taken}


def test_a_rule_file_of_another_program_is_left_out(book: Book) -> None:
    read(book, signed(Rules("future", '[[from_the_future]]\nname = "x"\n', "")))
    assert rules_of(book) == load_rules()


# -- erasing -------------------------------------------------------------------------------------------


def test_an_own_complaint_is_erased_and_everything_still_holds(book: Book) -> None:
    with book.writing() as page:
        asked = register(page)
        payload = ComplaintStep(asked.entry.header.act, Stage.FORWARDED, NOW, "R02", "माँ बीमार है")
        stepped = page.record(payload, act=uuid4(), person=PERSON, at=NOW)
        paid = pay(page)
        act = asked.entry.header.act
        archive.keep(page, uuid4(), act, Paper.SLIP, b"9826048210", NOW)
        archive.keep(page, uuid4(), paid.entry.header.act, Paper.RECEIPT, b"a receipt", NOW)
    before = SyncLedger(book).whole()
    erased = [signed(Erase(one.hash.hex(), "")) for one in (asked, stepped, paid)]
    read(book, *(replace(one, signature="00" * 64) for one in erased))
    assert mobile(book, asked.entry.header.act) == "9826048210"
    read(book, *erased)
    read(book, *erased)
    assert mobile(book, asked.entry.header.act) == ""
    with book.reading() as connection:
        assert rebuild_and_compare(connection) == ()
        check(connection, book.public_key)
        kept = {entry.hash: entry for entry in entries(connection)}
        (row,) = finds.complaints_of(connection, SURESH.number, ())
        assert (row.registered.landmark, row.registered.type) == ("", "SUP-01")
        assert [one.note for one in row.state.steps] == [""]
        ((_, taken),) = complaints_taken(connection, Span(), ())
        assert taken.mobile == ""
        assert archive.kept(connection, act) == ()
        assert [one.body for one in archive.kept(connection, paid.entry.header.act)] == [b"a receipt"]
    assert kept[asked.hash].erased
    assert kept[stepped.hash].erased
    assert not kept[paid.hash].erased
    assert SyncLedger(book).whole() == before


def mobile(book: Book, act: UUID) -> str:
    with book.reading() as connection:
        found = entry_of_act(connection, act)
        assert found is not None
        registered = found[1]
        assert isinstance(registered, ComplaintRegistered)
        row = connection.exec_driver_sql("SELECT mobile FROM complaints").scalar()
        assert row == registered.mobile
        return registered.mobile


def test_the_journal_takes_no_other_change(book: Book) -> None:
    with book.writing() as page:
        register(page)
    for change in ("payload = x'', header = x''", "payload = x'00', salt = x''", "payload = x''", "seq = 9"):
        with pytest.raises(IntegrityError), book.writing() as page:
            page.connection.exec_driver_sql(f"UPDATE journal SET {change}")


def test_an_erased_entry_is_still_sent(book: Book) -> None:
    with book.writing() as page:
        asked = register(page)
    read(book, signed(Erase(asked.hash.hex(), "")))
    (head,) = SyncLedger(book).heads()
    run = SyncLedger(book).run(head.segment, 1, 10)
    assert [hash_letters(one.hash) for one in run if one.header.kind == Kind.COMPLAINT_REGISTERED] == [
        asked.letters
    ]


# -- numbers -------------------------------------------------------------------------------------------


def test_numbers_go_on_above_what_the_centre_knows(book: Book) -> None:
    with book.writing() as page:
        pay(page)
    ledger = SyncLedger(book)
    for known in (
        GoOnAbove((1, 0), 1),
        GoOnAbove((), 1),
        GoOnAbove((1 << 63, 1 << 63), 1),
        GoOnAbove((0,) * 9, 1),
        GoOnAbove((41, 7, 3, 0, 5), 1),
        GoOnAbove((40, 7), 1),
    ):
        ledger.do([known])
    with book.writing() as page:
        assert (page.next_serial(Series.RECEIPT), page.next_serial(Series.COMPLAINT)) == (42, 8)
        pay(page)
        register(page)
    with book.reading() as connection:
        assert rebuild_and_compare(connection) == ()
        kinds = [entry.header.kind for entry in entries(connection)]
        report = verify_lines(export(connection))
    assert kinds.count(Kind.NUMBER_GAP) == 1
    assert report.gaps == 1
    assert not [fault for fault in report.faults if "serial" in fault]
    folder = book.folder
    book.close()
    again = open_book(folder)
    assert (again.start.damage, again.start.gap_free) == ("", True)
    again.close()
