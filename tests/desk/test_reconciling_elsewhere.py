"""A bank's statement beside the money of the office's other counters, as their entries told of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.desk import correcting, payments, reconciling, undoing
from counter_app.desk.desk import Desk
from counter_app.domain.entry import Kind
from counter_app.domain.payment import Tender, TenderKind, cash, cheque, upi
from counter_app.domain.statement import Finding
from counter_app.domain.task import Task
from counter_app.domain.undoing import Outcome, Why
from counter_app.store.journal import entries
from tests.desk import small_office
from tests.desk.small_office import NOW, OTHERS, PLAIN, RURAL, SUPERVISOR, paying, signed_in, taking
from tests.desk.test_reconciling import TODAY, UTR, WORD, findings, read, statement
from tests.desk.two_counters import waiting
from tests.store.hearing import enrolled, hear

ROW = f"12/03/2026,{UTR},1613.00,SUCCESS"
OF_RECEIPTS = {
    Kind.PAYMENT_TAKEN, Kind.PAYMENT_CANCELLED, Kind.TENDERS_CORRECTED, Kind.TENDER_SETTLED,
}  # fmt: skip
Tell = Callable[[], None]


@pytest.fixture
def desk(desk: Desk) -> Desk:
    enrolled(desk.book)
    return taking(desk, TenderKind.CHEQUE)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    """Counter 1 of the same office."""
    small_office.make(tmp_path / "one", counter=1)
    opened = small_office.opened(tmp_path / "one")
    yield taking(opened, TenderKind.CHEQUE)
    opened.book.close()


@pytest.fixture
def tell(desk: Desk, other: Desk) -> Tell:
    """Lets the counter hear what the other one recorded since."""
    told = 0

    def hear_on() -> None:
        nonlocal told
        with other.book.reading() as connection:
            said = [one for one in entries(connection) if one.header.kind in OF_RECEIPTS]
        hear(desk.book, *(replace(one, signature=b"") for one in said[told:]))
        told = len(said)

    return hear_on


def taken(desk: Desk, tender: Tender, number: str = PLAIN) -> payments.Receipt:
    return payments.take(desk, signed_in(desk), paying(number, 1613_00, tender), NOW)


def test_a_row_of_another_counters_receipt_is_named_and_settled_there(
    desk: Desk, other: Desk, tell: Tell, tmp_path: Path
) -> None:
    receipt, file = taken(other, upi(1613_00, UTR)), statement(tmp_path, ROW)
    tell()
    found = read(desk, signed_in(desk, SUPERVISOR), file)
    assert (found.read.matched, found.read.unmatched, found.confirmed) == (0, 1, 0)
    ((seen,),) = (one.claims for one in found.to_see)
    assert (findings(found), seen.receipt) == ([Finding.ELSEWHERE], receipt.number.stem)
    assert read(other, signed_in(other, SUPERVISOR), file).read.matched == 1
    tell()
    again = read(desk, signed_in(desk, SUPERVISOR), file)
    assert (again.read.known, again.to_see) == (1, ())


def test_what_the_bank_says_of_a_corrected_receipt_there_is_known_here(
    desk: Desk, other: Desk, tell: Tell, tmp_path: Path
) -> None:
    receipt, file = taken(other, cash(1613_00, 1613_00)), statement(tmp_path, ROW)
    correcting.correct(other, signed_in(other), uuid4(), receipt.act, (upi(1613_00, UTR),), "", WORD, NOW)
    assert read(other, signed_in(other, SUPERVISOR), file).read.matched == 1
    tell()
    again = read(desk, signed_in(desk, SUPERVISOR), file)
    assert (again.read.known, again.to_see) == (1, ())


def test_a_statement_that_says_two_words_of_one_cheque_ends_with_the_second_everywhere(
    desk: Desk, other: Desk, tell: Tell, tmp_path: Path
) -> None:
    """Both are recorded at one instant: it was credited, and came back."""
    rows = []
    for cheque_number, number in zip(("004411", "004412", "004413", "004414"), OTHERS, strict=False):
        taken(other, cheque(1613_00, cheque_number, "SBI", TODAY, TODAY), number)
        rows += [f"12/03/2026,{cheque_number},1613.00,{word}" for word in ("SUCCESS", "RETURNED")]
    assert read(other, signed_in(other, SUPERVISOR), statement(tmp_path, *rows)).read.matched == 8
    tell()
    assert [one.task for one in waiting(other)] == [Task.DISHONOURED] * 4
    assert waiting(desk) == waiting(other)


def test_one_utr_at_two_counters_settles_neither(desk: Desk, other: Desk, tell: Tell, tmp_path: Path) -> None:
    """Both took it before they heard of each other."""
    taken(desk, upi(1613_00, UTR))
    receipt = taken(other, upi(1613_00, UTR), RURAL)
    tell()
    found = read(desk, signed_in(desk, SUPERVISOR), statement(tmp_path, ROW))
    assert (findings(found), found.read.matched) == ([Finding.TWICE], 0)
    assert receipt.number.stem in [getattr(one, "receipt", "") for one in found.to_see[0].claims]
    undoing.cancel(other, signed_in(other), uuid4(), receipt.act, Why.NOT_PAID, "", WORD, NOW)
    tell()
    assert read(desk, signed_in(desk, SUPERVISOR), statement(tmp_path, ROW)).read.matched == 1


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        (f"14/03/2026,{UTR},1613.00,SUCCESS", Finding.ELSEWHERE),
        (f"19/03/2026,{UTR},1613.00,SUCCESS", Finding.UNMATCHED),
        (f"12/03/2026,{UTR},1600.00,SUCCESS", Finding.UNMATCHED),
    ],
)
def test_six_digits_typed_there_hold_near_their_day_and_for_their_amount(
    desk: Desk, other: Desk, tell: Tell, tmp_path: Path, row: str, finding: Finding
) -> None:
    taken(other, upi(1613_00, UTR[-6:]))
    tell()
    assert findings(read(desk, signed_in(desk, SUPERVISOR), statement(tmp_path, row))) == [finding]


def test_another_amount_there_is_said(desk: Desk, other: Desk, tell: Tell, tmp_path: Path) -> None:
    taken(other, upi(1613_00, UTR))
    tell()
    file = statement(tmp_path, f"12/03/2026,{UTR},1600.00,SUCCESS")
    assert findings(read(desk, signed_in(desk, SUPERVISOR), file)) == [Finding.OTHER_AMOUNT]


def test_a_transfer_that_failed_is_known_once_it_was_said_there(
    desk: Desk, other: Desk, tell: Tell, tmp_path: Path
) -> None:
    receipt, file = taken(other, upi(1613_00, UTR)), statement(tmp_path, ROW.replace("SUCCESS", "FAILED"))
    tell()
    for minute, outcome in enumerate((Outcome.CONFIRMED, Outcome.FAILED)):
        assert findings(read(desk, signed_in(desk, SUPERVISOR), file)) == [Finding.ELSEWHERE]
        settled = signed_in(other, SUPERVISOR), uuid4(), receipt.act, 0, outcome, UTR
        reconciling.settle(other, *settled, TODAY, NOW + timedelta(minutes=minute))
        tell()
    assert read(desk, signed_in(desk, SUPERVISOR), file).read.known == 1


def test_a_cheque_of_another_counter_is_known_there_alone(
    desk: Desk, other: Desk, tell: Tell, tmp_path: Path
) -> None:
    taken(other, cheque(1613_00, "004411", "SBI", TODAY, TODAY), OTHERS[0])
    tell()
    file = statement(tmp_path, "12/03/2026,004411,1613.00,Returned")
    assert findings(read(desk, signed_in(desk, SUPERVISOR), file)) == [Finding.UNMATCHED]
