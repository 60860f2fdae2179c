"""Another counter cancels a receipt: here it is paid no more, whichever of the two is heard of first."""

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.domain.approval import Approval, Way
from counter_app.domain.entry import Entry, Kind
from counter_app.domain.undoing import PaymentCancelled, Why
from counter_app.store import finds
from counter_app.store.book import Book
from counter_app.store.journal import entries
from tests.store.hearing import enrolled, hear
from tests.store.office import DRAWER, NOW, PERSON, SURESH, TODAY, create, pay


def paid_and_cancelled(folder: Path) -> tuple[Entry, Entry]:
    other = create(folder, counter=3)
    with other.writing() as page:
        taken = pay(page, counter=3)
        cancelled = PaymentCancelled(
            1, "2214", 3, TODAY, taken.entry.header.act, 1, SURESH.number, 64000, 64000, Why.NOT_PAID, "",
            "R01", Approval("S01", Way.PASSWORD),
        )  # fmt: skip
        page.record(cancelled, act=uuid4(), person=PERSON, at=NOW, drawer=DRAWER)
    with other.reading() as connection:
        made = {one.header.kind: replace(one, signature=b"") for one in entries(connection)}
    other.close()
    return made[Kind.PAYMENT_TAKEN], made[Kind.PAYMENT_CANCELLED]


@pytest.mark.parametrize("turned", [False, True])
def test_a_receipt_cancelled_elsewhere_counts_no_more(book: Book, tmp_path: Path, turned: bool) -> None:
    enrolled(book)
    payment, cancellation = paid_and_cancelled(tmp_path / "other")
    if not turned:
        hear(book, payment)
        with book.reading() as connection:
            assert [one.amount for one in finds.payments_of(connection, SURESH.number)] == [64000]
        hear(book, cancellation)
    else:
        hear(book, cancellation, payment)
    with book.reading() as connection:
        assert finds.payments_of(connection, SURESH.number) == ()
