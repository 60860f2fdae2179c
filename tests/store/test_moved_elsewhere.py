"""A receipt of another counter is moved to another consumer: it counts there, whatever is heard of first."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from counter_app.domain.allocation import Head, Share
from counter_app.domain.approval import Approval, Way
from counter_app.domain.entry import Entry, Kind
from counter_app.domain.undoing import PaymentCancelled, PaymentMoved, Why
from counter_app.store import finds, reference
from counter_app.store.book import Book
from counter_app.store.catching_up import catch_up
from counter_app.store.columns import consumer_key
from counter_app.store.finds.receipts import paid_since
from counter_app.store.journal import entries
from counter_app.store.keys import demo_keys
from counter_app.store.versions import v013
from tests.store.hearing import enrolled, hear
from tests.store.office import DRAWER, NOW, PERSON, SURESH, TODAY, bill_of, create, open_book, pay
from tests.store.test_versions import before_tenders_elsewhere, writing

SECOND, THIRD = "N2204518732", "N2204518733"
ALL = (SURESH.number, SECOND, THIRD)
JE = Approval("S01", Way.PASSWORD)


def moving(receipt: UUID, slip: int, consumer: str, to: str) -> PaymentMoved:
    bill = bill_of(replace(SURESH, number=to))
    return PaymentMoved(
        slip, "2214", 3, TODAY, receipt, 1, consumer, 64000, to, bill.number, str(bill.month), 64000,
        (Share(Head.CURRENT, 64000),), "9.10", Why.WRONG_CONSUMER, "", "R01", JE,
    )  # fmt: skip


def moved_twice(folder: Path, *, cancelled: bool) -> list[Entry]:
    """A payment, its two moves, and perhaps its cancelling, at another counter."""
    other = create(folder, counter=3)
    with other.writing() as page:
        reference.put_consumers(page, [replace(SURESH, number=number) for number in ALL])
        taken = pay(page, counter=3)
        act = taken.entry.header.act
        steps: list[PaymentMoved | PaymentCancelled] = [
            moving(act, 1, SURESH.number, SECOND),
            moving(act, 2, SECOND, THIRD),
        ]
        if cancelled:
            steps.append(
                PaymentCancelled(
                    3, "2214", 3, TODAY, act, 1, THIRD, 64000, 64000, Why.NOT_PAID, "", "R01", JE
                )
            )
        for one in steps:
            page.record(one, act=uuid4(), person=PERSON, at=NOW, drawer=DRAWER)
    kinds = (Kind.PAYMENT_TAKEN, Kind.PAYMENT_MOVED, Kind.PAYMENT_CANCELLED)
    with other.reading() as connection:
        made = [replace(one, signature=b"") for one in entries(connection) if one.header.kind in kinds]
    other.close()
    return made


def counted(book: Book) -> dict[str, int]:
    """What is paid for each consumer, as the dues reckon it."""
    with book.reading() as connection:
        bills = {number: bill_of(replace(SURESH, number=number)) for number in ALL}
        known = {number: paid_since(connection, bill).paid for number, bill in bills.items()}
        listed = {number: sum(one.amount for one in finds.payments_of(connection, number)) for number in ALL}
    assert listed == known
    return known


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_receipt_moved_elsewhere_counts_where_it_was_moved_to(
    book: Book, tmp_path: Path, order: tuple[int, ...]
) -> None:
    enrolled(book)
    made = moved_twice(tmp_path / "other", cancelled=False)
    hear(book, *(made[place] for place in order))
    assert counted(book) == {SURESH.number: 0, SECOND: 0, THIRD: 64000}
    hear(book, made[0])
    assert counted(book) == {SURESH.number: 0, SECOND: 0, THIRD: 64000}


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_one_that_is_cancelled_then_counts_nowhere(
    book: Book, tmp_path: Path, order: tuple[int, ...]
) -> None:
    enrolled(book)
    made = moved_twice(tmp_path / "other", cancelled=True)
    hear(book, *(made[place] for place in order))
    assert set(counted(book).values()) == {0}


def test_between_the_two_moves_it_counts_for_the_second(book: Book, tmp_path: Path) -> None:
    enrolled(book)
    payment, first, second = moved_twice(tmp_path / "other", cancelled=False)
    hear(book, payment)
    assert counted(book) == {SURESH.number: 64000, SECOND: 0, THIRD: 0}
    hear(book, first)
    assert counted(book) == {SURESH.number: 0, SECOND: 64000, THIRD: 0}
    hear(book, second)
    assert counted(book) == {SURESH.number: 0, SECOND: 0, THIRD: 64000}


def test_what_an_older_program_heard_of_moves_is_read_once_more(tmp_path: Path) -> None:
    book = enrolled(create(tmp_path / "here"))
    hear(book, *moved_twice(tmp_path / "other", cancelled=False))
    catch_up(book)
    book.close()
    with writing(tmp_path / "here", demo_keys(tmp_path / "here")) as connection:
        before_tenders_elsewhere(connection)
        connection.exec_driver_sql("DROP TABLE moved_elsewhere")
        here = consumer_key(SURESH.number)
        connection.exec_driver_sql("UPDATE known_payments SET consumer = ?", (here,))
        for part in v013.STATEMENTS:
            connection.exec_driver_sql(part) if isinstance(part, str) else part(connection)
    book = open_book(tmp_path / "here")
    assert counted(book) == {SURESH.number: 64000, SECOND: 0, THIRD: 0}
    catch_up(book)
    assert counted(book) == {SURESH.number: 0, SECOND: 0, THIRD: 64000}
    book.close()
