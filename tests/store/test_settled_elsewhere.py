"""What the bank says of another counter's receipt counts here, whatever is heard of first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from counter_app.domain.entry import Entry, Kind
from counter_app.domain.numbering import Number, Series
from counter_app.domain.payment import Tender, cash, cheque, upi
from counter_app.domain.refusals import UtrUsed
from counter_app.domain.undoing import Outcome, PaymentMoved, TendersCorrected, TenderSettled, Why
from counter_app.store import elsewhere, finds, reference
from counter_app.store.book import Book
from counter_app.store.catching_up import catch_up
from counter_app.store.finds.claims_elsewhere import claims_elsewhere
from counter_app.store.finds.tasks import open_tasks
from counter_app.store.finds.used import receipt_like, refusal_of_use
from counter_app.store.journal import entries
from counter_app.store.keys import demo_keys
from tests.store.hearing import enrolled, hear
from tests.store.office import DRAWER, NOW, PERSON, SURESH, TODAY, bill_of, create, open_book, pay
from tests.store.test_moved_elsewhere import JE, SECOND, THIRD, counted, moving
from tests.store.test_versions import before_tenders_elsewhere, writing

UTR = "608712345678"
BY_CHEQUE = cheque(640_00, "000123", "SBI", TODAY, TODAY)
KINDS = (Kind.PAYMENT_TAKEN, Kind.PAYMENT_MOVED, Kind.TENDER_SETTLED, Kind.TENDERS_CORRECTED)
OF_RECEIPTS = (
    "receipts_elsewhere", "corrections_elsewhere", "moved_elsewhere", "tenders_elsewhere",
    "settled_elsewhere",
)  # fmt: skip
Said = PaymentMoved | TenderSettled | TendersCorrected


def settled(
    act: UUID, outcome: Outcome, consumer: str = SURESH.number, known_as: str = "000123"
) -> TenderSettled:
    return TenderSettled(act, 1, consumer, 0, 640_00, outcome, known_as, TODAY, "", 0, "S01")


def correcting(act: UUID, slip: int, *given: Tender) -> TendersCorrected:
    about = slip, "2214", 3, TODAY, act, 1, SURESH.number, 640_00
    return TendersCorrected(*about, (), given, 0, Why.WRONG_TENDER, "", "R01", JE)


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


def test_what_a_device_with_sums_and_clock_below_nothing_says_is_heard(book: Book, tmp_path: Path) -> None:
    taken, said = of_another(
        tmp_path / "other", BY_CHEQUE, uuid4(), [settled(UUID(int=8), Outcome.DISHONOURED)]
    )
    odd = replace(said.header, running_total=-1, wall_ms=-1)
    enrolled(book)
    hear(book, taken, replace(said, packed_header=odd.packed()))
    with book.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM settled_elsewhere").scalar() == 1


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


CORRECTED = (
    (cash(300_00, 300_00), upi(340_00, "222222")),
    (upi(300_00, "111111"), upi(340_00, "222222")),
)


def corrected_twice(folder: Path, *, place: int) -> list[Entry]:
    """A receipt that was corrected twice at another counter, and the bank's word on one of its tenders."""
    book, act = create(folder, counter=3), uuid4()
    with book.writing() as page:
        pay(page, cash(300_00, 300_00), upi(340_00, "222222"), act=act, counter=3)
        said: list[TendersCorrected | TenderSettled] = [
            correcting(act, slip, *given) for slip, given in enumerate(CORRECTED, 1)
        ]
        said.append(
            TenderSettled(
                act, 1, SURESH.number, place, 300_00, Outcome.CONFIRMED, "608712111111", TODAY, "", 0, "S01"
            )
        )
        for one in said:
            page.record(one, act=uuid4(), person=PERSON, at=NOW, drawer=DRAWER)
    with book.reading() as connection:
        own = {
            row.position - 4: row.outcome
            for row in connection.exec_driver_sql("SELECT position, outcome FROM tenders WHERE live")
        }
        made = [replace(one, signature=b"") for one in entries(connection) if one.header.kind in KINDS]
    book.close()
    assert own == {one: "confirmed" if one + 4 == place else "pending" for one in (0, 1)}
    return made


@pytest.mark.parametrize("place", [4, 5])
def test_in_any_order_the_bank_speaks_of_the_tender_at_its_place_as_at_its_own_counter(
    book: Book, tmp_path: Path, place: int
) -> None:
    """Its number there says nothing: here it ends like that of the tender before it."""
    enrolled(book)
    made = corrected_twice(tmp_path / "other", place=place)
    assert len(made) == 4
    for order in permutations(made):
        hear(book, *order)
        with book.reading() as connection:
            known = claims_elsewhere(connection, TODAY)
        assert [one.outcome for one in known] == [
            Outcome.CONFIRMED if at == place else Outcome.PENDING for at in (4, 5)
        ]
        with book.reading() as connection:
            late = open_tasks(connection, NOW + timedelta(days=6), timedelta(days=5))
        assert [one.amount for one in late] == [340_00 if place == 4 else 300_00]
        with book.writing() as page:
            for table in OF_RECEIPTS:
                page.connection.exec_driver_sql(f"DELETE FROM {table}")


def test_two_receipts_with_one_number_both_stand(book: Book, tmp_path: Path) -> None:
    """A counter was cloned: what is said of one of them is not said of the other."""
    enrolled(book)
    cheques = BY_CHEQUE, cheque(640_00, "000777", "PNB", TODAY, TODAY)
    acts = uuid4(), uuid4()
    of_both = [
        of_another(tmp_path / f"other-{place}", one, act, [moving(act, 1, SURESH.number, SECOND)][:place])
        for place, (one, act) in enumerate(zip(cheques, acts, strict=True))
    ]
    hear(book, *of_both[0], *of_both[1])
    with book.reading() as connection:
        assert all(refusal_of_use(connection, one) for one in cheques)
    assert counted(book) == {SURESH.number: 640_00, SECOND: 640_00, THIRD: 0}
    number = Number(Series.RECEIPT, "2214", 3, 1, "")
    with book.writing() as page:
        elsewhere.cancel(page, number, acts[0], SURESH.number)
    with book.reading() as connection:
        assert [refusal_of_use(connection, one) is None for one in cheques] == [True, False]
    assert counted(book) == {SURESH.number: 0, SECOND: 640_00, THIRD: 0}


def test_what_clones_gave_out_under_one_slip_number_holds_alike_in_any_order(
    book: Book, tmp_path: Path
) -> None:
    """Each put the receipt right before it heard of the other; the one corrected it once more."""
    enrolled(book)
    act, in_cash = uuid4(), cash(640_00, 640_00)
    parts = upi(300_00, "111111"), upi(340_00, "222222")
    ones = correcting(act, 1, *parts), moving(act, 2, SURESH.number, SECOND), correcting(act, 3, BY_CHEQUE)
    others = correcting(act, 1, upi(640_00, "333333")), moving(act, 2, SURESH.number, THIRD)
    taken, *of_one = of_another(tmp_path / "one", in_cash, act, ones)
    of_other = of_another(tmp_path / "other", in_cash, act, others)[1:]
    found = set()
    for order in list(permutations((taken, *of_one, *of_other)))[::11]:
        hear(book, *order)
        now = counted(book)
        with book.writing() as page:
            places = page.connection.exec_driver_sql("SELECT reference, place FROM tenders_elsewhere").all()
            for table in (*OF_RECEIPTS, "known_payments"):
                page.connection.exec_driver_sql(f"DELETE FROM {table}")
        found.add((*map(tuple, places), *now.values()))
    assert len(found) == 1


def paid(book: Book) -> int:
    with book.reading() as connection:
        return finds.paid_since(connection, bill_of(SURESH)).paid
