"""What the bank says of another counter's receipt counts here, whatever is heard of first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from counter_app.domain.entry import Entry, Kind
from counter_app.domain.payment import Tender, cheque, upi
from counter_app.domain.refusals import UtrUsed
from counter_app.domain.undoing import Outcome, PaymentMoved, TenderSettled
from counter_app.store import finds, reference
from counter_app.store.book import Book
from counter_app.store.catching_up import catch_up
from counter_app.store.finds.used import receipt_like, refusal_of_use
from counter_app.store.journal import entries
from counter_app.store.keys import demo_keys
from tests.store.hearing import enrolled, hear
from tests.store.office import DRAWER, NOW, PERSON, SURESH, TODAY, bill_of, create, open_book, pay
from tests.store.test_moved_elsewhere import SECOND, THIRD, counted, moving
from tests.store.test_versions import before_tenders_elsewhere, writing

UTR = "608712345678"
BY_CHEQUE = cheque(640_00, "000123", "SBI", TODAY, TODAY)
KINDS = (Kind.PAYMENT_TAKEN, Kind.PAYMENT_MOVED, Kind.TENDER_SETTLED)
Said = PaymentMoved | TenderSettled


def settled(
    act: UUID, outcome: Outcome, consumer: str = SURESH.number, known_as: str = "000123"
) -> TenderSettled:
    return TenderSettled(act, 1, consumer, 0, 640_00, outcome, known_as, TODAY, "", 0, "S01")


def of_another(folder: Path, taken: Tender, act: UUID, said: Sequence[Said]) -> list[Entry]:
    """A payment at another counter, and what was done about it since."""
    book = create(folder, counter=3)
    with book.writing() as page:
        reference.put_consumers(page, [replace(SURESH, number=number) for number in (SECOND, THIRD)])
        pay(page, taken, act=act, counter=3)
        for minutes, one in enumerate(said):
            at = NOW + timedelta(minutes=minutes)
            page.record(one, act=uuid4(), person=PERSON, at=at, drawer=DRAWER)
    with book.reading() as connection:
        made = [replace(one, signature=b"") for one in entries(connection) if one.header.kind in KINDS]
    book.close()
    return made


@pytest.fixture
def made(tmp_path: Path) -> list[Entry]:
    """A cheque that was moved to another consumer, came back, and whose receipt was moved once more."""
    act = uuid4()
    said: list[Said] = [
        moving(act, 1, SURESH.number, SECOND), settled(act, Outcome.DISHONOURED, SECOND),
        moving(act, 2, SECOND, THIRD),
    ]  # fmt: skip
    return of_another(tmp_path / "other", BY_CHEQUE, act, said)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_a_cheque_that_came_back_counts_nowhere(
    book: Book, made: list[Entry], order: tuple[int, ...]
) -> None:
    enrolled(book)
    hear(book, *(made[place] for place in order))
    with book.reading() as connection:
        (paid,) = finds.payments_of(connection, THIRD)
        assert (paid.amount, paid.lost) == (640_00, 640_00), "the row says what became of it"
        assert finds.paid_since(connection, bill_of(replace(SURESH, number=THIRD))).paid == 0


@pytest.mark.parametrize("turned", [False, True])
def test_what_the_bank_said_last_holds(book: Book, tmp_path: Path, turned: bool) -> None:
    act = uuid4()
    outcomes = [Outcome.DISHONOURED, Outcome.CONFIRMED, Outcome.DISHONOURED, Outcome.CONFIRMED]
    taken, *said = of_another(tmp_path / "other", BY_CHEQUE, act, [settled(act, one) for one in outcomes])
    enrolled(book)
    hear(book, *(reversed(said) if turned else said), taken)
    assert counted(book)[SURESH.number] == 640_00


def test_the_whole_number_that_the_bank_named_pays_once(book: Book, tmp_path: Path) -> None:
    act = uuid4()
    came = settled(act, Outcome.CONFIRMED, known_as=UTR)
    enrolled(book)
    hear(book, *of_another(tmp_path / "other", upi(640_00, "999999"), act, [came]))
    with book.reading() as connection:
        assert refusal_of_use(connection, upi(640_00, UTR)) == UtrUsed("2214-3-000001")
        assert receipt_like(connection, upi(640_00, UTR[-6:])) == "2214-3-000001"


def test_what_was_heard_before_the_update_counts_after_it(tmp_path: Path) -> None:
    act = uuid4()
    book = enrolled(create(tmp_path / "here"))
    bounced = [settled(act, Outcome.DISHONOURED)]
    hear(book, *of_another(tmp_path / "other", BY_CHEQUE, act, bounced))
    catch_up(book)
    book.close()
    with writing(tmp_path / "here", demo_keys(tmp_path / "here")) as connection:
        before_tenders_elsewhere(connection)
    book = open_book(tmp_path / "here")
    assert paid(book) == 640_00
    catch_up(book)
    assert paid(book) == 0
    book.close()


def paid(book: Book) -> int:
    with book.reading() as connection:
        return finds.paid_since(connection, bill_of(SURESH)).paid
