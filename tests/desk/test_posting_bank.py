"""What the bank said goes out to the billing side: each word once, and nothing is taken back twice."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.billing.posting import BANK
from counter_app.desk import correcting, payments, posting, reconciling, undoing
from counter_app.desk.desk import Desk
from counter_app.desk.posting import PostedFile, Wanted
from counter_app.domain.file_refusals import SerialTwice, SerialUnknown
from counter_app.domain.payment import Tender, TenderKind, cash, cheque, upi
from counter_app.domain.people import Session
from counter_app.domain.undoing import Outcome, Why
from counter_app.store.finds.taken import Span
from tests.desk.small_office import NOW, OTHERS, PLAIN, RURAL, SUPERVISOR, paying, signed_in, taking
from tests.desk.test_posting import ALL, rows
from tests.desk.test_reconciling import TODAY, UTR, WORD


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return taking(desk, TenderKind.CHEQUE)


def taken(desk: Desk, session: Session, number: str, *tenders: Tender) -> payments.Receipt:
    return payments.take(desk, session, paying(number, 1613_00, *tenders), NOW)


def said(desk: Desk, receipt: payments.Receipt, outcome: Outcome, position: int = 0, days: int = 0) -> None:
    asked = signed_in(desk, SUPERVISOR), uuid4(), receipt.act, position, outcome, UTR
    reconciling.settle(desk, *asked, TODAY, NOW + timedelta(days=days))


def post(desk: Desk, folder: Path, wanted: Wanted = ALL) -> tuple[list[dict[str, str]], PostedFile]:
    *_, bank = posting.post(desk, signed_in(desk, SUPERVISOR), uuid4(), folder, wanted, NOW)
    return rows(folder / "bank.csv"), bank


def test_what_is_lost_is_taken_back_once_and_given_again_once(
    desk: Desk, cashier: Session, tmp_path: Path
) -> None:
    receipt = taken(desk, cashier, PLAIN, upi(1000_00, UTR), upi(613_00, "607198400000"))
    for outcome in (Outcome.CONFIRMED, Outcome.FAILED, Outcome.CONFIRMED, Outcome.FAILED):
        said(desk, receipt, outcome)
    found, file = post(desk, tmp_path)
    assert list(found[0]) == list(BANK)
    assert [row["what"] for row in found] == ["confirmed", "failed", "confirmed", "failed"]
    assert [row["taken_back"] for row in found] == ["0", "1000", "-1000", "1000"]
    assert len({row["word"] for row in found}) == 4
    assert {(row["receipt"], row["consumer"], row["paid_by"], row["amount"]) for row in found} == {
        (str(receipt.number), PLAIN, "upi", "1000")
    }
    assert (file.amount, file.upto) == (1000_00, found[-1]["word"])


def test_a_dishonoured_cheque_goes_out_with_its_charge(desk: Desk, cashier: Session, tmp_path: Path) -> None:
    receipt = taken(desk, cashier, PLAIN, cheque(1613_00, "004411", "SBI", TODAY, TODAY))
    said(desk, receipt, Outcome.DISHONOURED)
    ((row,), _) = post(desk, tmp_path)
    assert (row["what"], row["paid_by"], row["taken_back"], row["charge"]) == (
        "dishonoured", "cheque", "1613", "150",
    )  # fmt: skip
    assert (row["said_on"], row["done_on"], row["statement"], row["clerk"]) == (
        "12/03/2026", "12/03/2026", "no", SUPERVISOR.code,
    )  # fmt: skip


def test_what_is_done_about_a_receipt_afterwards_says_what_was_taken_back_already(
    desk: Desk, cashier: Session, tmp_path: Path
) -> None:
    parts = upi(600_00, UTR), cash(1013_00, 1013_00)
    cancelled, moved = taken(desk, cashier, PLAIN, *parts), taken(desk, cashier, OTHERS[0])
    said(desk, cancelled, Outcome.FAILED)
    undoing.cancel(desk, cashier, uuid4(), cancelled.act, Why.OTHER, "", WORD, NOW)
    correcting.move(desk, cashier, uuid4(), moved.act, RURAL, "", WORD, NOW)
    late = taken(desk, cashier, OTHERS[1], upi(1613_00, "607198400001"))
    correcting.move(desk, cashier, uuid4(), late.act, OTHERS[2], "", WORD, NOW)
    said(desk, late, Outcome.FAILED)
    found, _ = post(desk, tmp_path)
    changes = rows(tmp_path / "changes.csv")
    assert [row["taken_back"] for row in changes] == ["600", "0", "0"]
    assert [row["consumer"] for row in found] == [PLAIN, OTHERS[2]]


def test_the_next_run_goes_on_behind_the_last_word(desk: Desk, cashier: Session, tmp_path: Path) -> None:
    receipt = taken(desk, cashier, PLAIN, upi(1613_00, UTR))
    said(desk, receipt, Outcome.CONFIRMED)
    _, first = post(desk, tmp_path)
    behind = Wanted(bank=Span(after=posting.after(desk, [first.upto])[None]))
    found, again = post(desk, tmp_path, behind)
    assert (found, again.upto) == ([], first.upto)
    said(desk, receipt, Outcome.FAILED, days=1)
    ((row,), _) = post(desk, tmp_path, behind)
    assert row["taken_back"] == "1613"
    tomorrow = TODAY + timedelta(days=1)
    ((same,), _) = post(desk, tmp_path, Wanted(bank=Span(tomorrow, tomorrow)))
    assert same == row
    with pytest.raises(SerialTwice):
        posting.after(desk, [first.upto, row["word"]])
    for unknown in (str(uuid4()), str(receipt.act)):
        with pytest.raises(SerialUnknown):
            posting.after(desk, [unknown])
