"""Recording: one page is one transaction, numbers have no gap, nothing is recorded twice."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError, IntegrityError

from counter_app.domain.acts import CopyAsked, Paper, PaperOutcome, PaperState
from counter_app.domain.complaint import Stage
from counter_app.domain.drawer import DrawerClosed
from counter_app.domain.entry import NOBODY, NOWHERE, Kind
from counter_app.domain.numbering import Series
from counter_app.domain.payment import PaymentTaken, TenderKind, card, cash, upi
from counter_app.domain.refusals import ActUsedElsewhere, DiskFailed, UtrUsed
from counter_app.store import finds, journal, projections
from counter_app.store.book import Book
from counter_app.store.projected import DoesNotFollow
from tests.store.office import (
    DRAWER,
    NOW,
    PERSON,
    SURESH,
    TODAY,
    create,
    one_of_each,
    open_book,
    pay,
    register,
    step,
)


def test_an_entry_holds_who_when_and_how_much(book: Book) -> None:
    act = uuid4()
    with book.writing() as page:
        recorded = pay(page, act=act)
    header = recorded.entry.header
    assert (header.kind, header.kind_version) == (Kind.PAYMENT_TAKEN, 2)
    assert (header.act, header.person, header.drawer) == (act, PERSON, DRAWER)
    assert header.place.segment == book.segment
    assert header.device == book.device
    assert (header.running_total, header.zone_minutes) == (64000, 330)
    assert book.last_entry_at == NOW
    with book.reading() as connection:
        found = journal.entry_of_act(connection, act)
        assert found is not None
        assert found[0] == header
        assert isinstance(found[1], PaymentTaken)
        assert found[2] == recorded.hash
        receipt = finds.receipt(connection, act)
    assert receipt is not None
    assert str(receipt.number) == f"2214-2-000001-{recorded.letters}"


def test_the_first_act_of_a_run_opens_its_segment_and_names_its_parent(tmp_path: Path) -> None:
    first = create(tmp_path)
    with first.writing() as page:
        one = pay(page)
    first.close()
    second = open_book(tmp_path)
    with second.writing() as page:
        two = pay(page)
    with second.reading() as connection:
        headers = [entry.header for entry in journal.entries(connection)]
        assert [entry.header.place for entry in journal.entries(connection, one.place)] == [
            header.place for header in headers[2:]
        ]
    second.close()
    assert first.segment != second.segment
    opened, paid, opened_again, paid_again = headers
    assert (opened.kind, opened.parent, opened.person) == (Kind.SEGMENT_OPENED, NOWHERE, NOBODY)
    assert (paid.place.seq, paid.parent) == (2, NOWHERE)
    assert (opened_again.kind, opened_again.parent) == (Kind.SEGMENT_OPENED, one.place)
    assert opened_again.previous == one.hash
    assert paid_again.place == two.place
    assert paid_again.running_total == 128000


def test_a_run_that_records_nothing_leaves_nothing(tmp_path: Path) -> None:
    create(tmp_path).close()
    book = open_book(tmp_path)
    with book.reading() as connection:
        assert journal.count(connection) == 0
    book.close()


def test_every_kind_of_act_is_projected_and_rebuilds_equal(book: Book) -> None:
    with book.writing() as page:
        one_of_each(page)
    with book.reading() as connection:
        assert projections.rebuild_and_compare(connection) == ()
        assert journal.check(connection, book.public_key) == journal.count(connection) == 14
        receipt = finds.receipts_of_day(connection, TODAY)[0]
        assert (receipt.copies, receipt.paper) == (1, PaperState.CONFIRMED)


def test_the_same_act_again_is_refused_and_changes_nothing(book: Book) -> None:
    act = uuid4()
    with book.writing() as page:
        pay(page, act=act)
    with pytest.raises(ActUsedElsewhere) as refused, book.writing() as page:
        register(page, act=act)
    assert refused.value.kind == Kind.PAYMENT_TAKEN
    with book.reading() as connection:
        assert journal.count(connection) == 2
        assert finds.last_serial(connection, Series.COMPLAINT) == 0


def test_a_serial_out_of_turn_is_refused(book: Book) -> None:
    for serial in (2, 7):
        with pytest.raises(DoesNotFollow), book.writing() as page:
            pay(page, serial=serial)
    with book.writing() as page:
        pay(page)
    with pytest.raises(DoesNotFollow), book.writing() as page:
        pay(page, serial=1)


def test_what_is_not_there_can_be_neither_closed_nor_printed(book: Book) -> None:
    for payload in (
        DrawerClosed(uuid4(), "R01", TODAY, 0, 0, serial=1),
        PaperOutcome(uuid4(), PaperState.SENT),
    ):
        with pytest.raises(DoesNotFollow), book.writing() as page:
            page.record(payload, act=uuid4(), person=PERSON, at=NOW)


def test_no_second_original(book: Book) -> None:
    act = uuid4()
    with book.writing() as page:
        pay(page, act=act)
    with pytest.raises(IntegrityError), book.writing() as page:
        page.record(
            CopyAsked(Paper.RECEIPT, act, SURESH.number, "", 1, ""), act=uuid4(), person=PERSON, at=NOW
        )


def test_a_whole_utr_is_on_one_receipt_only(book: Book) -> None:
    with book.writing() as page:
        first = pay(page, upi(64000, "607112345678"))
    with pytest.raises(UtrUsed) as refused, book.writing() as page:
        pay(page, upi(50000, "607112345678"))
    assert refused.value.receipt == f"2214-2-000001-{first.letters}"
    with book.writing() as page:
        pay(page, upi(64000, "345679"), card(100, "1234"))
        pay(page, card(200, "1234"))
    with book.reading() as connection:
        assert finds.last_serial(connection, Series.RECEIPT) == 3
        tenders = finds.receipts_of_day(connection, TODAY)[1].tenders
    assert [tender.kind for tender in tenders] == [TenderKind.UPI, TenderKind.CARD]
    assert [tender.confirmed for tender in tenders] == [False, False], "without an approval code"


def test_the_journal_cannot_be_changed_or_deleted(book: Book) -> None:
    with book.writing() as page:
        pay(page)
    for statement in ("UPDATE journal SET kind = 40", "DELETE FROM journal"):
        with pytest.raises(IntegrityError, match="the journal is not"), book.writing() as page:
            page.connection.exec_driver_sql(statement)
    replaced = "INSERT OR REPLACE INTO journal SELECT * FROM journal"
    with pytest.raises(IntegrityError, match="the journal is not"), book.writing() as page:
        page.connection.exec_driver_sql(replaced)


def test_readers_cannot_write(book: Book) -> None:
    with pytest.raises(DiskFailed), book.reading() as connection:
        connection.exec_driver_sql("DELETE FROM drafts")


def test_a_reader_sees_one_moment(book: Book) -> None:
    with book.reading() as before:
        assert finds.last_serial(before, Series.RECEIPT) == 0
        with book.writing() as page:
            pay(page)
            with book.reading() as beside:
                assert finds.last_serial(beside, Series.RECEIPT) == 0
        assert finds.last_serial(before, Series.RECEIPT) == 0
        with book.reading() as after:
            assert finds.last_serial(after, Series.RECEIPT) == 1


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from("pcs"), st.booleans()), min_size=1, max_size=12))
def test_numbers_have_no_gap_whatever_is_given_up(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, bool]]
) -> None:
    book = create(tmp_path_factory.mktemp("gapless"))
    kept = {"p": 0, "c": 0}
    complaint = None
    for act, keep in acts:
        try:
            with book.writing() as page:
                recorded = pay(page, cash(100, 100)) if act == "p" else register(page)
                if act == "s" and complaint:
                    step(page, complaint, Stage.ASSIGNED, 1)
                if not keep:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            continue
        kept["p" if act == "p" else "c"] += 1
        if act != "p":
            complaint = recorded.entry.header.act
    with book.reading() as connection:
        serials = [row.number.serial for row in finds.receipts_of_day(connection, TODAY)]
        assert serials == list(range(kept["p"], 0, -1))
        assert finds.last_serial(connection, Series.COMPLAINT) == kept["c"]
        assert projections.rebuild_and_compare(connection) == ()
        assert journal.check(connection, book.public_key) == journal.count(connection)
    book.close()


def test_a_page_inside_a_page_is_a_mistake(book: Book) -> None:
    with book.writing() as page:
        pay(page)
        with pytest.raises(RuntimeError, match="one page"), book.writing():
            pass


def test_many_threads_read_and_write_at_once(book: Book) -> None:
    def write(_: int) -> None:
        for _ in range(15):
            with book.writing() as page:
                pay(page)

    def read(_: int) -> None:
        for _ in range(40):
            with book.reading() as connection:
                rows = finds.receipts_of_day(connection, TODAY)
                assert [row.number.serial for row in rows] == list(range(len(rows), 0, -1))

    with ThreadPoolExecutor(8) as threads:
        for done in [*map(threads.submit, [write] * 3, range(3)), *map(threads.submit, [read] * 5, range(5))]:
            done.result()
    with book.reading() as connection:
        assert finds.last_serial(connection, Series.RECEIPT) == 45
        assert journal.check(connection, book.public_key) == 46
        assert projections.rebuild_and_compare(connection) == ()


def test_a_closed_book_stays_closed(book: Book) -> None:
    book.close()
    book.close()
    with pytest.raises(RuntimeError), book.reading():
        pass
    with pytest.raises(RuntimeError), book.writing():
        pass
    assert not (book.folder / "counter.db-wal").exists()


def test_an_exception_of_the_database_is_not_swallowed(book: Book) -> None:
    with pytest.raises(DBAPIError), book.writing() as page:
        page.connection.exec_driver_sql("SELECT nothing FROM nowhere")
    with book.writing() as page:
        pay(page)
