"""An office of an older program is brought to this one's tables; nothing it knew is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest

from counter_app.domain.bill import MonthUse, SlabLine
from counter_app.domain.complaint import ComplaintStep, Stage
from counter_app.domain.days import Month
from counter_app.domain.drawer import Carried, DrawerClosed, DrawerOpened
from counter_app.domain.undoing import RefundAsked, Why
from counter_app.store import finds, migrate, reference
from counter_app.store.engine import Connection, Connections
from counter_app.store.facts import OFFICE as OFFICE_FACT
from counter_app.store.facts import PUBLIC_KEY, put_fact
from counter_app.store.finds.day_end import late_arrivals
from counter_app.store.keys import Keys, demo_keys
from counter_app.store.projections import rebuild_and_compare
from counter_app.store.seal import Seal
from counter_app.store.search import search
from counter_app.store.sync_ledger import SyncLedger
from counter_app.store.tables import consumers
from counter_app.store.versions import v001, v008, v013, v021, v023, v024
from counter_app.store.words_index import many
from tests.domain.bills import PLAIN, bill
from tests.store.office import NOW, OFFICE, PERSON, SURESH, TODAY, create, open_book, pay, register

ARREARS = bill(
    consumer="N2204518732",
    arrear=100_00,
    net=1713_00,
    slabs=(SlabLine(0, 50, 427, 50, 213_50), SlabLine(300, None, 680, 150, 1020_00)),
    fixed_steps=None,
)


# What the money drawer brought to a database, to take it out again.
_MONEY = (
    "payment_shares", "undoings", "drawer_sums", "cash_moves", "unlocks", "deposits", "tasks", "sign_ins",
    "clock_faults", "cancelled_elsewhere", "pins",
)  # fmt: skip
_INDEXES = (
    "tenders_utr", "tenders_cheque", "tenders_other", "tenders_pending", "tenders_settled", "drawers_open",
    "drawers_day",
)  # fmt: skip
_DAY_END = ("fixed_counts", "floats", "late")
_DAY_END_INDEXES = ("drawers_closing", "drawers_handed", "paper_jobs_copies", "paper_jobs_not_out")
_STEPS = ("complaint_steps", "complaint_steps_complaint", "known_steps", "known_steps_complaint")
_LIFE = ("complaint_events", "known_events", "complaint_states")
_COLUMNS = {
    "payments": "charge cancelled lost",
    "tenders": "bank dated live outcome settled_as settled_on",
    "drawers": "cash moved_in moved_out receipts first last cancelled cancelled_amount corrected unlocked"
    " serial letters closing handed_to kept",
}


@contextmanager
def writing(folder: Path, keys: Keys) -> Iterator[Connection]:
    """The database below a book, as an older program or nobody would open it."""
    connections = Connections(folder / "counter.db", keys.database, "rwc")
    yield connections.writer()
    connections.writer().commit()
    connections.close()


def at_version_26(connection: Connection) -> None:
    """Nothing knows since when money was lost."""
    for table in ("tenders", "tasks"):
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN lost_at")
    connection.exec_driver_sql("PRAGMA user_version = 26")


def at_version_25(connection: Connection) -> None:
    """What the bank said elsewhere by its running total and clock, and nothing in that table."""
    at_version_26(connection)
    connection.exec_driver_sql("DROP INDEX moved_elsewhere_consumer")
    for table, column in (
        ("tenders", "settled_word"), ("tenders", "settled_age"), ("moved_elsewhere", "entry"),
        ("corrections_elsewhere", "entry"),
    ):  # fmt: skip
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
    connection.exec_driver_sql("DROP TABLE settled_elsewhere")
    for statement in v021.STATEMENTS:
        if isinstance(statement, str) and " settled_elsewhere " in statement:
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql("PRAGMA user_version = 25")


def at_version_24(connection: Connection) -> None:
    """Receipts of others by their numbers, and nothing in these tables: as little as a step may rely on."""
    at_version_25(connection)
    tables = "moved_elsewhere", "cancelled_elsewhere", "tenders_elsewhere", "receipts_elsewhere"
    for table in (*tables, "corrections_elsewhere"):
        connection.exec_driver_sql(f"DROP TABLE {table}")
    made = (*v008.STATEMENTS, *v013.STATEMENTS, *v023.STATEMENTS, *v024.STATEMENTS)
    for statement in made:
        if isinstance(statement, str) and any(
            f"CREATE TABLE {table} " in statement
            or f" ON {table} " in statement
            or f"TABLE {table} ADD" in statement
            for table in tables
        ):
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql("PRAGMA user_version = 24")


def before_tenders_elsewhere(connection: Connection) -> None:
    """Go back to version 20: without what 21 to 27 brought."""
    at_version_24(connection)
    connection.exec_driver_sql("DROP INDEX complaint_states_board")
    for column in ("division_at", "circle_at"):
        connection.exec_driver_sql(f"ALTER TABLE complaint_states DROP COLUMN {column}")
    connection.exec_driver_sql("CREATE INDEX complaint_states_board ON complaint_states (type) WHERE open")
    for table in ("tenders_elsewhere", "settled_elsewhere", "receipts_elsewhere", "known_tasks"):
        connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql("ALTER TABLE known_payments DROP COLUMN lost")
    connection.exec_driver_sql("PRAGMA user_version = 20")


def before_the_feed_was_caught_up(connection: Connection) -> None:
    """Take out what versions 10 to 27 brought."""
    at_version_25(connection)
    for column in ("receipt", "lost"):
        connection.exec_driver_sql(f"ALTER TABLE known_payments DROP COLUMN {column}")
    connection.exec_driver_sql("DROP INDEX paper_jobs_account")
    connection.exec_driver_sql(
        "CREATE UNIQUE INDEX paper_jobs_bill ON paper_jobs (consumer, month, copy) WHERE subject IS NULL"
    )
    for table in (
        "erased_complaints",
        "follow_ups",
        "known_follow_ups",
        "paper_forms",
        "kept_papers",
        "moved_elsewhere",
        "tenders_elsewhere",
        "settled_elsewhere",
        "receipts_elsewhere",
        "corrections_elsewhere",
        "known_tasks",
        "priorities",
        "known_pictures",
        "shutdowns",
        "duties",
        *_LIFE,
    ):
        connection.exec_driver_sql(f"DROP TABLE {table}")
    for column in ("receipt", "since", "of"):
        connection.exec_driver_sql(f'ALTER TABLE surpluses DROP COLUMN "{column}"')
    connection.exec_driver_sql("DELETE FROM office_facts WHERE name IN ('feed_read', 'complaints_folded')")
    for name in _STEPS:
        connection.exec_driver_sql(next(one for one in v001.STATEMENTS if f" {name} " in one))


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book as version 1 left it: two bills as maps of their fields, 13 months of use of one consumer."""
    keys = demo_keys(tmp_path)
    with monkeypatch.context() as earlier, writing(tmp_path, keys) as connection:
        earlier.setattr(migrate, "STEPS", migrate.STEPS[:1])
        migrate.migrate(connection)
        put_fact(connection, PUBLIC_KEY, Seal(keys.device).public_key)
        put_fact(connection, OFFICE_FACT, reference.office_body(OFFICE))
        many(connection, reference.put_statement(consumers), [reference.consumer_row(SURESH)])
        for made in (PLAIN, ARREARS):
            connection.exec_driver_sql(
                "INSERT INTO bills VALUES (?, ?, 202602, '2026-03-03', '2026-03-18', ?)",
                (int(made.consumer[1:]), made.number, msgspec.msgpack.encode(made)),
            )
        for before in range(13):
            month = Month(2026, 2).plus(-before)
            connection.exec_driver_sql(
                "INSERT INTO history VALUES (2204518731, ?, ?, ?, 161300, 'NORMAL')",
                (month.year * 100 + month.month, 200 + before, 1200 - before),
            )
    return tmp_path


def test_latest_bills_and_months_of_use_come_along(old: Path) -> None:
    book = open_book(old)
    with book.reading() as connection:
        assert reference.bill(connection, PLAIN.consumer) == PLAIN
        assert reference.bill(connection, ARREARS.consumer) == ARREARS
        assert reference.bill_of(connection, PLAIN.consumer, Month(2026, 1)) is None
        assert finds.found(connection, [ARREARS.consumer], ()) == ()
        assert reference.history(connection, PLAIN.consumer) == tuple(
            MonthUse(Month(2026, 2).plus(-before), 200 + before, 1200 - before, 1613_00, "NORMAL")
            for before in range(12, -1, -1)
        )
        assert reference.history(connection, ARREARS.consumer) == (
            MonthUse(Month(2026, 2), 200, 1200, 1613_00, "NORMAL"),
        )
    book.close()


def test_a_month_known_by_its_use_alone_is_never_the_bill(old: Path) -> None:
    book = open_book(old)
    with book.writing() as page:
        page.connection.exec_driver_sql("UPDATE bills SET body = NULL WHERE consumer = 2204518732")
    with book.reading() as connection:
        assert reference.bill(connection, ARREARS.consumer) is None
    book.close()


def test_the_journal_of_before_the_line_is_summed_up(tmp_path: Path) -> None:
    for start in range(3):
        book = open_book(tmp_path) if start else create(tmp_path)
        with book.writing() as page:
            for _ in range(start + 1):
                pay(page)
                register(page)
        book.close()
    book = open_book(tmp_path)
    known = SyncLedger(book).whole(), SyncLedger(book).heads()
    book.close()
    with writing(tmp_path, demo_keys(tmp_path)) as connection:
        later = "segments", "marks", "feed", "foreign_entries", "contacts", "own_postings", "word_index"
        newest = "changed_words", "moved", "surpluses", "rule_files", "redacted", "erased"
        before_the_feed_was_caught_up(connection)
        for table in (*later, *newest, *_MONEY, *_DAY_END):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        for trigger in ("journal_is_not_changed", "journal_is_not_deleted"):
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        for index in ("consumers_dtr", *_INDEXES, *_DAY_END_INDEXES):
            connection.exec_driver_sql(f"DROP INDEX {index}")
        for table, columns in _COLUMNS.items():
            for column in columns.split():
                connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.exec_driver_sql("CREATE TABLE consumer_words (name TEXT)")
        for name in ("tenders_utr", "journal_is_not_changed"):
            connection.exec_driver_sql(next(one for one in v001.STATEMENTS if f" {name} " in one))
        stepped = uuid4()
        connection.exec_driver_sql(
            "INSERT INTO known_steps SELECT ?, act, 'attended', registered_at + 60000, 'JE', 'ठीक किया'"
            " FROM complaints WHERE serial = 1",
            (stepped.bytes,),
        )
        connection.exec_driver_sql("PRAGMA user_version = 2")
    book = open_book(tmp_path)
    assert (SyncLedger(book).whole(), SyncLedger(book).heads()) == known
    with book.reading() as connection:
        assert rebuild_and_compare(connection) == ()
        rows = finds.open_complaints(connection, ())
        assert [row.state.stage for row in rows if row.number.serial == 1] == [Stage.ATTENDED]
        assert [row.state.stage for row in rows if row.number.serial != 1] == [Stage.REGISTERED] * 5
        (event,) = next(row.events for row in rows if row.number.serial == 1)
        assert isinstance(event.said, ComplaintStep)
        assert (event.act, event.said.note) == (stepped, "ठीक किया")
    book.close()


def test_names_are_found_in_an_office_that_never_had_the_index(old: Path) -> None:
    book = open_book(old)
    with book.reading() as connection:
        for typed in ("सुरेश मालवीय", "sursh malviya"):
            assert [row.number for row in search(connection, book.words, typed, ()).rows] == [SURESH.number]
    book.close()


def test_refunds_asked_for_so_far_wait_for_the_next_report(tmp_path: Path) -> None:
    book, drawer, act = create(tmp_path), uuid4(), uuid4()
    with book.writing() as page:
        page.record(DrawerOpened(drawer, "R01", TODAY, 0), act=uuid4(), person=PERSON, at=NOW, drawer=drawer)
        pay(page, act=act, drawer=drawer)
        closed = DrawerClosed(drawer, "R01", TODAY, 640_00, 640_00, serial=1, cash=640_00)
        page.record(closed, act=uuid4(), person=PERSON, at=NOW, drawer=drawer)
        asked = RefundAsked(1, "2214", 2, TODAY, act, 1, SURESH.number, 640_00, Why.TAKEN_TWICE, "", "R01")
        page.record(asked, act=uuid4(), person=PERSON, at=NOW)
    book.close()
    with writing(tmp_path, demo_keys(tmp_path)) as connection:
        before_the_feed_was_caught_up(connection)
        for table in _DAY_END:
            connection.exec_driver_sql(f"DROP TABLE {table}")
        for index in (*_DAY_END_INDEXES, "undoings_cancelled", "tenders_settled"):
            connection.exec_driver_sql(f"DROP INDEX {index}")
        connection.exec_driver_sql("PRAGMA user_version = 8")
    book = open_book(tmp_path)
    with book.reading() as connection:
        assert late_arrivals(connection) == (Carried("refund", "2214-2-000001", 640_00),)
        assert rebuild_and_compare(connection) == ()
    book.close()
