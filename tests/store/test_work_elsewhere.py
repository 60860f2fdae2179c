"""What other counters' receipts left, and the words of the bank, are put down anew by steps 23 and 24."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.domain.approval import Approval, Way
from counter_app.domain.drawer import DrawerOpened
from counter_app.domain.entry import Entry, Kind
from counter_app.domain.money_refusals import ChequeUsed
from counter_app.domain.payment import PaymentTaken, cash, cheque, upi
from counter_app.domain.task import Task
from counter_app.domain.undoing import Outcome, RefundAsked, TaskDone, TendersCorrected, TenderSettled, Why
from counter_app.store.catching_up import catch_up
from counter_app.store.engine import Connection
from counter_app.store.finds.charged import charged_elsewhere
from counter_app.store.finds.tasks import open_tasks
from counter_app.store.finds.used import refusal_of_use
from counter_app.store.journal import entries, entry_of_act
from counter_app.store.keys import demo_keys
from counter_app.store.projections import rebuild_and_compare
from counter_app.store.versions import v021
from tests.store.hearing import enrolled, hear
from tests.store.office import DRAWER, NOW, PERSON, SURESH, TODAY, create, open_book, pay
from tests.store.test_versions import at_version_24, at_version_25, before_tenders_elsewhere, writing

JE = Approval("S01", Way.PASSWORD)
BY_CHEQUE = cheque(640_00, "000123", "SBI", TODAY, TODAY)
UTR = "608712345678"
KINDS = {
    Kind.PAYMENT_TAKEN, Kind.TENDERS_CORRECTED, Kind.REFUND_ASKED, Kind.TENDER_SETTLED, Kind.TASK_DONE,
}  # fmt: skip
LATER, FIVE_DAYS = NOW + timedelta(days=6), timedelta(days=5)


def at_version_22(connection: Connection) -> None:
    at_version_24(connection)
    for table in ("tenders_elsewhere", "receipts_elsewhere", "known_tasks"):
        connection.exec_driver_sql(f"DROP TABLE {table}")
    for statement in v021.STATEMENTS:
        if isinstance(statement, str) and "tenders_elsewhere" in statement:
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql("DELETE FROM known_follow_ups")
    connection.exec_driver_sql("PRAGMA user_version = 22")


def at_version_23(connection: Connection) -> None:
    at_version_24(connection)
    for index in ("receipts_elsewhere_consumer", "known_tasks_receipt"):
        connection.exec_driver_sql(f"DROP INDEX {index}")
    connection.exec_driver_sql("ALTER TABLE receipts_elsewhere DROP COLUMN charge")
    connection.exec_driver_sql("PRAGMA user_version = 23")


def unlike(entry: Entry, payload: bytes, version: int | None = None) -> Entry:
    """An entry of the same counter with another act, and this payload."""
    header = bytearray(entry.packed_header)
    header[136:152] = uuid4().bytes
    if version is not None:
        header[5] = version
    return Entry(bytes(header), payload, entry.salt, b"")


def of_another(folder: Path) -> list[Entry]:
    """A cheque that came back, UPI that waits, a reconnection that is done and one that is not, a refund."""
    book = create(folder, counter=3)
    with book.writing() as page:
        by_cheque = pay(page, BY_CHEQUE, counter=3).entry.header.act
        pay(page, upi(640_00, UTR), counter=3)
        refunded = pay(page, counter=3).entry.header.act
        found = entry_of_act(page.connection, refunded)
        assert found is not None
        assert isinstance(found[1], PaymentTaken)
        acts = uuid4(), uuid4()
        for serial, act in enumerate(acts, 4):
            paid = replace(found[1], serial=serial, charge="reconnection")
            page.record(paid, act=act, person=PERSON, at=NOW, drawer=DRAWER, money=paid.amount)
        for said in (
            TenderSettled(by_cheque, 1, SURESH.number, 0, 640_00, Outcome.DISHONOURED, "000123", TODAY, "",
                          150_00, "S01"),
            RefundAsked(1, "2214", 3, TODAY, refunded, 3, SURESH.number, 640_00, Why.OTHER, "", "R01"),
            TaskDone(Task.RECONNECT, acts[0], "लाइनमैन रमेश", "R01"),
        ):  # fmt: skip
            page.record(said, act=uuid4(), person=PERSON, at=NOW)
    with book.reading() as connection:
        made = [replace(one, signature=b"") for one in entries(connection) if one.header.kind in KINDS]
    book.close()
    return made


@pytest.mark.parametrize("back", [at_version_22, at_version_25])
def test_what_was_heard_before_the_update_waits_after_it(
    tmp_path: Path, back: Callable[[Connection], None]
) -> None:
    folder = tmp_path / "here"
    book = enrolled(create(folder))
    hear(book, *of_another(tmp_path / "other"))
    catch_up(book)
    with book.reading() as connection:
        before = open_tasks(connection, LATER, FIVE_DAYS)
    assert sorted(one.task for one in before) == sorted(
        (Task.DISHONOURED, Task.PENDING_LATE, Task.RECONNECT, Task.REFUND)
    )
    book.close()
    with writing(folder, demo_keys(folder)) as connection:
        back(connection)
    book = open_book(folder)
    catch_up(book)
    with book.reading() as connection:
        assert open_tasks(connection, LATER, FIVE_DAYS) == before
        assert set(charged_elsewhere(connection, SURESH.number, TODAY)) == {"reconnection"}
        assert refusal_of_use(connection, BY_CHEQUE) == ChequeUsed("2214-3-000001")
    book.close()


@pytest.mark.parametrize(
    "back", [at_version_22, at_version_23, at_version_24, at_version_25, before_tenders_elsewhere]
)
def test_what_cannot_be_read_does_not_stop_the_update(
    tmp_path: Path, back: Callable[[Connection], None]
) -> None:
    """A payment of a newer program, one whose payload is damaged, and one with more than a table takes."""
    folder = tmp_path / "here"
    book, made = enrolled(create(folder)), of_another(tmp_path / "other")
    one, much = made[0], 1 << 70
    newer = unlike(one, b'{"other": 1}', version=9)
    assert b'"amount":64000' in one.payload
    large = unlike(one, one.payload.replace(b'"amount":64000', b'"amount":%d' % much))
    hear(book, *made, newer, unlike(one, b"\xff not json"), large)
    catch_up(book)
    with book.reading() as connection:
        before = open_tasks(connection, LATER, FIVE_DAYS)
    book.close()
    with writing(folder, demo_keys(folder)) as connection:
        back(connection)
    book = open_book(folder)
    catch_up(book)
    with book.reading() as connection:
        assert open_tasks(connection, LATER, FIVE_DAYS) == before
        assert set(charged_elsewhere(connection, SURESH.number, TODAY)) == {"reconnection"}
    book.close()


def test_the_banks_word_stays_with_a_part_through_corrections_of_another(tmp_path: Path) -> None:
    """Two corrections behind it; the rows of an older program come to those of this one."""
    book, act = create(tmp_path), uuid4()
    tail = upi(340_00, UTR[-6:])
    first, known = cash(300_00, 300_00), replace(tail, confirmed=True)
    others = upi(300_00, "608712340000"), cheque(300_00, "000123", "SBI", TODAY, TODAY)
    said = [
        TenderSettled(act, 1, SURESH.number, 0, 340_00, Outcome.CONFIRMED, UTR, TODAY, "", 0, "S01"),
        *(
            TendersCorrected(
                slip, "2214", 2, TODAY, act, 1, SURESH.number, 640_00, (), (other, known), 0,
                Why.WRONG_TENDER, "", "R01", JE,
            )
            for slip, other in enumerate(others, 1)
        ),
    ]  # fmt: skip
    with book.writing() as page:
        page.record(DrawerOpened(DRAWER, "R01", TODAY, 0), act=uuid4(), person=PERSON, at=NOW, drawer=DRAWER)
        pay(page, tail, first, act=act)
        for one in said:
            page.record(one, act=uuid4(), person=PERSON, at=NOW, drawer=DRAWER)
    book.close()
    with writing(tmp_path, demo_keys(tmp_path)) as connection:
        connection.exec_driver_sql("UPDATE tenders SET settled_as = '', settled_on = NULL WHERE position > 1")
        at_version_22(connection)
    book = open_book(tmp_path)
    with book.reading() as connection:
        known_as = "SELECT settled_as FROM tenders WHERE live AND kind = 'upi'"
        assert connection.exec_driver_sql(known_as).scalars().all() == [UTR]
        assert rebuild_and_compare(connection) == ()
    book.close()
