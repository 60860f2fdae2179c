"""What another counter took under a UTR pays nothing here, whatever is heard of first, until it is undone."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.domain.approval import Approval, Way
from counter_app.domain.entry import Entry, Kind
from counter_app.domain.money_refusals import ReferenceUsed
from counter_app.domain.payment import Tender, cash, other, upi
from counter_app.domain.refusals import UtrUsed
from counter_app.domain.undoing import PaymentCancelled, TendersCorrected, Why
from counter_app.store.book import Book
from counter_app.store.catching_up import catch_up
from counter_app.store.finds.used import receipt_like, refusal_of_use
from counter_app.store.journal import entries
from counter_app.store.keys import demo_keys
from tests.store.hearing import enrolled, hear
from tests.store.office import DRAWER, NOW, PERSON, SURESH, TODAY, create, open_book, pay
from tests.store.test_versions import before_tenders_elsewhere, writing

JE = Approval("S01", Way.PASSWORD)
FIRST, SECOND = upi(640_00, "608712345678"), upi(640_00, "608712340000")
KINDS = (Kind.PAYMENT_TAKEN, Kind.TENDERS_CORRECTED, Kind.PAYMENT_CANCELLED)


def of_another(
    folder: Path, *corrections: Tender, taken: Tender = FIRST, cancelled: bool = False
) -> list[Entry]:
    """A payment at another counter, what it was corrected to, and perhaps its cancelling."""
    book = create(folder, counter=3)
    with book.writing() as page:
        act = pay(page, taken, counter=3).entry.header.act
        common = "2214", 3, TODAY, act, 1, SURESH.number, 640_00
        said: list[TendersCorrected | PaymentCancelled] = [
            TendersCorrected(slip, *common, (), (one,), 0, Why.WRONG_TENDER, "", "R01", JE)
            for slip, one in enumerate(corrections, 1)
        ]
        if cancelled:
            said.append(PaymentCancelled(len(said) + 1, *common, 0, Why.NOT_PAID, "", "R01", JE))
        for one in said:
            page.record(one, act=uuid4(), person=PERSON, at=NOW, drawer=DRAWER)
    with book.reading() as connection:
        made = [replace(one, signature=b"") for one in entries(connection) if one.header.kind in KINDS]
    book.close()
    return made


def refused(book: Book) -> tuple[bool, bool]:
    """Whether the first and the second transfer are told to be on the other counter's receipt."""
    with book.reading() as connection:
        found = [refusal_of_use(connection, one) for one in (FIRST, SECOND)]
    assert {one for one in found if one} <= {UtrUsed("2214-3-000001")}
    return found[0] is not None, found[1] is not None


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_what_was_handed_over_last_counts_until_it_is_cancelled(
    book: Book, tmp_path: Path, order: tuple[int, ...]
) -> None:
    enrolled(book)
    made = of_another(tmp_path / "other", cash(640_00, 640_00), SECOND, cancelled=True)
    hear(book, *(made[place] for place in order if place != 3))
    assert refused(book) == (False, True)
    hear(book, *(made[place] for place in order))
    assert refused(book) == (False, False)


def test_one_reference_pays_once_at_all_counters_of_an_office(book: Book, tmp_path: Path) -> None:
    enrolled(book)
    hear(book, *of_another(tmp_path / "other"))
    with book.reading() as connection:
        assert receipt_like(connection, upi(640_00, "345678")) == "2214-3-000001"
        assert receipt_like(connection, upi(641_00, "345678")) is None
    assert refused(book) == (True, False)
    hear(book, *of_another(tmp_path / "third", taken=other(640_00, "SBI000123")))
    with book.reading() as connection:
        assert refusal_of_use(connection, other(100, "sbi000123")) == ReferenceUsed("2214-3-000001")


def test_six_digits_are_asked_about_when_all_twelve_are_typed(book: Book, tmp_path: Path) -> None:
    enrolled(book)
    hear(book, *of_another(tmp_path / "other", taken=upi(640_00, "345678")))
    with book.reading() as connection:
        assert refusal_of_use(connection, FIRST) is None
        assert receipt_like(connection, FIRST) == "2214-3-000001"


def test_what_was_heard_before_the_update_counts_after_it(tmp_path: Path) -> None:
    book = enrolled(create(tmp_path / "here"))
    hear(book, *of_another(tmp_path / "other", SECOND))
    catch_up(book)
    book.close()
    with writing(tmp_path / "here", demo_keys(tmp_path / "here")) as connection:
        before_tenders_elsewhere(connection)
    book = open_book(tmp_path / "here")
    assert refused(book) == (True, False)
    catch_up(book)
    assert refused(book) == (False, True)
    book.close()
