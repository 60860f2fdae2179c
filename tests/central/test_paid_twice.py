"""F51: a bill paid at two counters that did not know of each other. Both receipts stand, the surplus is an
advance, and somebody sees to it, once in the office.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.central.database import Database, retried
from counter_app.central.tables import devices
from counter_app.desk.desk import Desk
from counter_app.desk.finding import current_dues
from counter_app.desk.rules import rules_of
from counter_app.domain.approval import Approval, Way
from counter_app.domain.entry import Entry
from counter_app.domain.payment import cheque
from counter_app.domain.task import Task
from counter_app.domain.undoing import Outcome, PaymentCancelled, TaskDone, TenderSettled, Why
from counter_app.store import told
from counter_app.store.book import Book
from counter_app.store.finds.tasks import open_tasks
from counter_app.store.journal import Recorded
from counter_app.store.journal import entries as journal_entries
from counter_app.store.projections import rebuild_and_compare
from counter_app.store.rows import TaskRow
from counter_app.store.sync_ledger import SyncLedger
from counter_app.wire import bodies
from tests.central.books import belongs, feed, heard, integrate, let_in, received
from tests.store.hearing import enrolled, hear
from tests.store.office import NOW, PERSON, SURESH, TODAY, bill_of, create, pay

HERE = "2214"
Office = Callable[..., None]


@pytest.fixture
def books(store: Database, tmp_path: Path) -> Iterator[list[Book]]:
    """Three counters of an office, all enrolled."""
    let_in(store, HERE, 9)
    belongs(store, SURESH.number, HERE)
    made = [enrolled(create(tmp_path / str(number), counter=number)) for number in (3, 4, 5)]
    for number, book in enumerate(made, 3):
        row = (book.device.bytes, book.public_key, HERE, number, 0, False)
        retried(store, lambda transaction, row=row: transaction.fill(devices, [row]))
    yield made
    for book in made:
        book.close()


def linked(store: Database, *books: Book) -> None:
    """Everything is sent, then everything is read."""
    for book in books:
        with book.reading() as connection:
            own = list(journal_entries(connection))
        known = heard(store, HERE)
        new: list[Entry] = [one for one in own if one.hash not in known]
        if new:
            received(store, new)
    integrate(store)
    for book in books:
        hear(book, *feed(store, HERE)[SyncLedger(book).cursor().seq :])


def took(book: Book) -> Recorded:
    with book.writing() as page:
        return pay(page, counter=book.office.counter)


def waiting(book: Book) -> tuple[TaskRow, ...]:
    with book.reading() as connection:
        assert rebuild_and_compare(connection) == ()
        return open_tasks(connection, NOW + timedelta(days=1), timedelta(days=5))


def done(book: Book, row: TaskRow, note: str = "स्थगित") -> None:
    with book.writing() as page:
        page.record(TaskDone(row.task, row.of, note, "R01"), act=uuid4(), person=PERSON, at=NOW)


def test_f51_both_receipts_stand_and_the_surplus_is_followed_up_once(
    store: Database, books: list[Book]
) -> None:
    one, other, _ = books
    first, second = took(one), took(other)
    assert waiting(one) == waiting(other) == ()
    linked(store, one, other)
    assert waiting(one) == waiting(other)
    (row,) = waiting(one)
    assert (row.task, row.amount, row.bill) == (Task.REFUND, 64000, bill_of(SURESH).number)
    assert (row.consumer, row.name_en, row.since) == (SURESH.number, SURESH.name_en, NOW)
    letters = {4: second.letters, 3: first.letters}[row.receipt.counter]
    assert str(row.receipt) == f"2214-{row.receipt.counter}-000001-{letters}"
    for book in (one, other):
        desk = Desk(book, rules_of(book), book.office)
        with book.reading() as connection:
            _, payable = current_dues(desk, connection, SURESH.number, NOW)
        assert payable is not None
        assert (payable.amount, payable.balance, payable.paid) == (0, -64000, 128000)
    done(other, row)
    assert (len(waiting(one)), waiting(other)) == (1, ())
    linked(store, other, one)
    assert waiting(one) == waiting(other) == ()
    with one.reading() as connection:
        (surplus,) = told.surpluses_of(connection, SURESH.number)
    assert surplus.amount == 64000, "the advance stays until the next bill"


def test_f51_another_payment_is_another_surplus(store: Database, books: list[Book]) -> None:
    one, other, offline = books
    took(one)
    took(other)
    took(offline)
    linked(store, one, other)
    done(one, waiting(one)[0])
    linked(store, one, other)
    linked(store, offline, other, one)
    (row,) = waiting(one)
    assert row.amount == 128000
    assert waiting(other) == (row,)


def test_f51_a_cancelled_receipt_leaves_nothing_to_see_to(store: Database, books: list[Book]) -> None:
    one, other, _ = books
    took(one)
    wrong = took(other)
    linked(store, one, other)
    assert waiting(one)
    with other.writing() as page:
        undone = PaymentCancelled(
            1, HERE, 4, TODAY, wrong.entry.header.act, 1, SURESH.number, 64000, 64000, Why.TAKEN_TWICE, "",
            "R01", Approval("JE1", Way.PASSWORD),
        )  # fmt: skip
        page.record(undone, act=uuid4(), person=PERSON, at=NOW)
    linked(store, other, one)
    assert waiting(one) == waiting(other) == ()


def test_f51_a_cheque_that_came_back_leaves_nothing_to_see_to(store: Database, books: list[Book]) -> None:
    """The bill was paid at both; what the bank does not pay counts at no counter of the office."""
    one, other, _ = books
    took(one)
    with other.writing() as page:
        by_cheque = pay(page, cheque(640_00, "000123", "SBI", TODAY, TODAY), counter=4)
    linked(store, one, other)
    assert (len(waiting(one)), owes(one)) == (1, (0, 128000))
    said = TenderSettled(
        by_cheque.entry.header.act, 1, SURESH.number, 0, 64000, Outcome.DISHONOURED, "000123", TODAY, "",
        150_00, "S01",
    )  # fmt: skip
    with other.writing() as page:
        page.record(said, act=uuid4(), person=PERSON, at=NOW)
    linked(store, other, one)
    (row,) = waiting(one)
    assert (row.task, row.amount) == (Task.DISHONOURED, 150_00)
    assert waiting(other) == (row,)
    assert owes(one) == owes(other) == (0, 64000)
    done(one, row)
    linked(store, one, other)
    assert waiting(one) == waiting(other) == ()


def owes(book: Book) -> tuple[int, int]:
    """What is payable for Suresh's bill, and what counts as paid."""
    with book.reading() as connection:
        _, payable = current_dues(Desk(book, rules_of(book), book.office), connection, SURESH.number, NOW)
    assert payable is not None
    return payable.amount, payable.paid


def test_f51_only_the_consumers_own_office_sees_to_it(store: Database, books: list[Book]) -> None:
    one, other, _ = books
    took(one)
    took(other)
    linked(store, one, other)
    hear(one, bodies.MovedOut(SURESH.number, "2215"))
    assert waiting(one) == ()
    hear(one, bodies.MovedIn(SURESH.number))
    assert len(waiting(one)) == 1
    unknown = bodies.Overpaid("N2299999999", "B9", 100, (bodies.OverpaidReceipt(HERE, 3, 1, 1, "0" * 64),))
    odd = replace(unknown, consumer=SURESH.number, receipts=(bodies.OverpaidReceipt("?", 3, 1, 1, "0" * 64),))
    hear(one, unknown, odd, bodies.Overpaid(SURESH.number, bill_of(SURESH).number, 100))
    assert waiting(one) == (), "an older centre says no more than that there is a surplus"


def test_what_is_seen_to_twice_is_seen_to_once(store: Database, books: list[Book]) -> None:
    """Both counters, neither linked, note that it is done."""
    one, other, _ = books
    took(one)
    took(other)
    linked(store, one, other)
    (row,) = waiting(one)
    done(one, row, "लौटाया")
    done(other, row, "अगले बिल में")
    linked(store, one, other)
    assert waiting(one) == waiting(other) == ()
