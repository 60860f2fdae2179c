"""What goes out to the billing side: one row a number, the same bytes for the same range, no live formula."""

import csv
import hashlib
import os
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.billing.posting import CHANGES, COMPLAINTS, PAYMENTS
from counter_app.desk import complaints, correcting, payments, posting, undoing
from counter_app.desk.desk import Desk
from counter_app.desk.payments import Account
from counter_app.desk.posting import Wanted
from counter_app.desk.second import Word
from counter_app.domain.acts import FileHandedOut, FilesHandedOut, Purpose
from counter_app.domain.entry import Kind
from counter_app.domain.file_refusals import DaysTurned, SerialTwice, SerialUnknown, SerialUnreadable
from counter_app.domain.numbering import Series
from counter_app.domain.payment import TenderKind, cheque, upi
from counter_app.domain.people import Session
from counter_app.domain.refusals import DiskFailed, NotAllowed
from counter_app.domain.undoing import Why
from counter_app.store.finds.taken import Span
from counter_app.store.journal import entry_of_act
from tests.desk.small_office import (
    CASHIER,
    NOW,
    OTHERS,
    PASSWORD,
    PLAIN,
    RURAL,
    SUPERVISOR,
    complaining,
    paying,
    sealed,
    signed_in,
    taking,
)

ALL = Wanted()
FILES = {"payments.csv", "complaints.csv", "changes.csv", "bank.csv", "posting.toml"}


@pytest.fixture
def busy(desk: Desk, cashier: Session) -> Desk:
    """Two receipts of one day and one of another, and two complaints."""
    payments.take(desk, cashier, paying(PLAIN), NOW)
    payments.take(desk, cashier, paying(RURAL), NOW)
    for note in ("=HYPERLINK(1)", "सुबह से बंद"):
        complaints.register(desk, cashier, complaining(note=note), NOW)
    return desk


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_number_is_one_row(busy: Desk, tmp_path: Path) -> None:
    session = signed_in(busy, SUPERVISOR)
    paid, registered, *_ = posting.post(busy, session, uuid4(), tmp_path / "out", ALL, NOW)
    assert (paid.rows, registered.rows) == (2, 2)
    found = rows(tmp_path / "out" / "payments.csv")
    assert list(found[0]) == list(PAYMENTS)
    assert [row["serial"] for row in found] == ["1", "2"]
    assert found[0]["number"].startswith("2214-2-000001-")
    assert (found[0]["consumer"], found[0]["amount"], found[0]["cash"]) == (PLAIN, "1613", "1613")
    assert (found[0]["paid_on"], found[0]["paid_at"], found[0]["clerk"]) == (
        "12/03/2026",
        "11:42:00",
        CASHIER.code,
    )
    assert paid.amount == sum(int(row["amount"]) for row in found) * 100
    told = rows(tmp_path / "out" / "complaints.csv")
    assert list(told[0]) == list(COMPLAINTS)
    assert [row["note"] for row in told] == ["'=HYPERLINK(1)", "सुबह से बंद"]


def test_tenders_stand_in_their_own_columns(desk: Desk, cashier: Session, tmp_path: Path) -> None:
    payments.take(desk, cashier, paying(OTHERS[0], 1613_00, upi(1613_00, "412345678901")), NOW)
    posting.post(desk, signed_in(desk, SUPERVISOR), uuid4(), tmp_path, ALL, NOW)
    (row,) = rows(tmp_path / "payments.csv")
    assert (row["cash"], row["upi"], row["upi_reference"], row["upi_confirmed"]) == (
        "0",
        "1613",
        "412345678901",
        "no",
    )


def test_what_is_no_bill_and_what_stands_for_the_time_goes_out_too(
    desk: Desk, cashier: Session, tmp_path: Path
) -> None:
    charged = replace(paying(OTHERS[0], 340_00), charge="reconnection", authority="AE/7")
    payments.take(desk, cashier, charged, NOW)
    by_cheque = cheque(1613_00, "004217", "SBI", date(2026, 3, 12), date(2026, 3, 12))
    on = taking(desk, TenderKind.CHEQUE)
    payments.take(on, cashier, replace(paying(PLAIN, 1613_00, by_cheque), protest=True), NOW)
    two = [Account(uuid4(), number, 1613_00) for number in (RURAL, OTHERS[1])]
    payments.take_together(desk, cashier, two, 4000_00, NOW)
    posting.post(desk, signed_in(desk, SUPERVISOR), uuid4(), tmp_path, ALL, NOW)
    other, bill, one, last = rows(tmp_path / "payments.csv")
    assert (other["paid_for"], other["bill_number"], other["within_due"]) == ("reconnection", "", "no")
    assert other["order"] == "Rights of Consumers Rules 2020 9(2); AE/7"
    assert (bill["cheque"], bill["cheque_number"], bill["cheque_bank"]) == ("1613", "004217", "SBI")
    assert (bill["cheque_date"], bill["protest"], bill["cash"]) == ("12/03/2026", "yes", "0")
    assert (bill["paid_for"], bill["order"], bill["basket"]) == ("", "", "")
    assert (bill["within_due"], bill["offline"], bill["heard_at"]) == ("yes", "yes", "")
    assert one["basket"] == last["basket"] == str(two[0].act)


def test_the_same_range_gives_the_same_bytes(busy: Desk, tmp_path: Path) -> None:
    session = signed_in(busy, SUPERVISOR)
    for folder in ("a", "b"):
        posting.post(busy, session, uuid4(), tmp_path / folder, ALL, NOW)
    assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "b")
    assert (tmp_path / "a" / "payments.csv").read_bytes().startswith(b"\xef\xbb\xbfnumber,serial,")


def test_the_reach_says_where_to_go_on_and_going_on_leaves_nothing_out(busy: Desk, tmp_path: Path) -> None:
    session = signed_in(busy, SUPERVISOR)
    posting.post(busy, session, uuid4(), tmp_path, ALL, NOW)
    reach = tomllib.loads((tmp_path / "posting.toml").read_text("utf-8"))
    assert reach["payments.csv"]["upto"] == "2214-2-000002"
    assert reach["complaints.csv"]["upto"] == "2214-2-C00002"
    assert reach["payments.csv"]["paise"] == 2 * 1613_00
    after = posting.after(busy, [file["upto"] for file in reach.values() if file["upto"]])
    assert after == {Series.RECEIPT: 2, Series.COMPLAINT: 2}
    payments.take(busy, signed_in(busy, CASHIER), paying(OTHERS[1]), NOW)
    wanted = Wanted(Span(after=after[Series.RECEIPT]), Span(after=after[Series.COMPLAINT]))
    paid, registered, *_ = posting.post(busy, session, uuid4(), tmp_path, wanted, NOW)
    assert [row["serial"] for row in rows(tmp_path / "payments.csv")] == ["3"]
    assert (paid.upto, registered.upto, registered.rows) == ("2214-2-000003", "2214-2-C00002", 0)


def test_days_from_and_to_are_both_in_it(busy: Desk, tmp_path: Path) -> None:
    session, today = signed_in(busy, SUPERVISOR), date(2026, 3, 12)
    wanted = {
        Span(today, today): 2,
        Span(first=date(2026, 3, 13)): 0,
        Span(last=date(2026, 3, 11)): 0,
        Span(today): 2,
    }
    for span, number in wanted.items():
        made = posting.post(busy, session, uuid4(), tmp_path, Wanted(span, span, span), NOW)
        assert [file.rows for file in made] == [number, number, 0, 0], span


@pytest.mark.parametrize(
    "typed", ["", "x", "2214-1-000002", "2215-2-000002", "M1", "2214-2-Z00001", "9" * 50]
)
def test_a_number_of_another_counter_is_refused(desk: Desk, typed: str) -> None:
    with pytest.raises(SerialUnreadable):
        posting.after(desk, [typed])


def test_bare_serials_are_receipts_and_c_is_a_complaint(busy: Desk) -> None:
    assert posting.after(busy, ["2", "c00001"]) == {Series.RECEIPT: 2, Series.COMPLAINT: 1}


def test_a_number_to_go_on_after_is_held_against_the_book(busy: Desk, cashier: Session) -> None:
    receipt = payments.take(busy, cashier, paying(OTHERS[0]), NOW).number
    assert posting.after(busy, [str(receipt)]) == {Series.RECEIPT: 3}
    other = "ZZZ" if receipt.letters != "ZZZ" else "YYY"
    for unknown in ("4", "0", "2214-2-000004", "C3", f"{receipt.stem}-{other}"):
        with pytest.raises(SerialUnknown):
            posting.after(busy, [unknown])
    with pytest.raises(SerialTwice):
        posting.after(busy, ["2", "C1", "1"])


def test_a_range_that_ends_before_it_begins_is_refused(busy: Desk, tmp_path: Path) -> None:
    turned = Span(date(2026, 3, 13), date(2026, 3, 12))
    for wanted in (Wanted(turned), Wanted(complaints=turned), Wanted(changes=turned)):
        with pytest.raises(DaysTurned):
            posting.post(busy, signed_in(busy, SUPERVISOR), uuid4(), tmp_path / "out", wanted, NOW)
    assert not (tmp_path / "out").exists()


def test_what_went_out_is_in_the_journal(busy: Desk, tmp_path: Path) -> None:
    act = uuid4()
    made = posting.post(busy, signed_in(busy, SUPERVISOR), act, tmp_path, ALL, NOW)
    with busy.book.reading() as connection:
        found = entry_of_act(connection, act)
    assert found is not None
    assert (found[0].kind, found[0].person) == (Kind.FILES_HANDED_OUT, SUPERVISOR.id)
    assert found[1] == FilesHandedOut(
        SUPERVISOR.code,
        Purpose.BILLING,
        tuple(FileHandedOut(file.name, file.sha256, file.rows) for file in made),
    )
    for file in made:
        assert hashlib.sha256((tmp_path / file.name).read_bytes()).hexdigest() == file.sha256


def test_what_a_killed_run_left_is_gone_after_the_next(busy: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for name in [f"{name}.part" for name in FILES]:
        (out / name).write_text("half", "utf-8")
    posting.post(busy, signed_in(busy, SUPERVISOR), uuid4(), out, ALL, NOW)
    assert {path.name for path in out.iterdir()} == FILES
    assert os.name != "posix" or all(path.stat().st_mode & 0o077 == 0 for path in out.iterdir())


def test_a_file_in_the_way_is_refused(busy: Desk, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", "utf-8")
    with pytest.raises(DiskFailed):
        posting.post(busy, signed_in(busy, SUPERVISOR), uuid4(), tmp_path / "out", ALL, NOW)


def test_who_takes_money_may_not_post(busy: Desk, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        posting.post(busy, signed_in(busy, CASHIER), uuid4(), tmp_path / "out", ALL, NOW)
    assert not (tmp_path / "out").exists()


def test_what_was_done_about_receipts_goes_out_beside_them(
    desk: Desk, cashier: Session, tmp_path: Path
) -> None:
    receipts = [payments.take(desk, cashier, paying(number), NOW) for number in (PLAIN, *OTHERS[:3])]
    word = Word(SUPERVISOR.code, PASSWORD)
    undoing.cancel(desk, cashier, uuid4(), receipts[0].act, Why.TAKEN_TWICE, "=1+1", word, NOW)
    right = (upi(1613_00, "412345678901"),)
    correcting.correct(desk, cashier, uuid4(), receipts[1].act, right, "", word, NOW)
    correcting.move(desk, cashier, uuid4(), receipts[2].act, RURAL, "", word, NOW)
    sealed(desk, cashier, 2 * 1613_00)
    undoing.ask_refund(desk, cashier, uuid4(), receipts[3].act, Why.OTHER, "", NOW)
    made = posting.post(desk, signed_in(desk, SUPERVISOR), uuid4(), tmp_path, ALL, NOW)
    found = rows(tmp_path / "changes.csv")
    assert list(found[0]) == list(CHANGES)
    assert [row["what"] for row in found] == ["cancelled", "corrected", "moved", "refund asked"]
    assert [row["receipt"] for row in found] == [str(receipt.number) for receipt in receipts]
    cancelled, corrected, moved, refund = found
    assert (cancelled["cash_back"], cancelled["note"]) == ("1613", "'=1+1")
    assert (cancelled["agreed_by"], cancelled["agreed_how"]) == (SUPERVISOR.code, "password")
    assert (corrected["cash"], corrected["upi"], corrected["upi_reference"]) == ("0", "1613", "412345678901")
    assert (moved["consumer"], moved["to_consumer"], moved["cash"]) == (OTHERS[1], RURAL, "")
    assert (refund["amount"], refund["agreed_by"], refund["why"]) == ("1613", "", "other")
    assert made[2].upto == "2214-2-X00004"
    (upto,) = posting.after(desk, [made[2].upto]).values()
    again = posting.post(
        desk, signed_in(desk, SUPERVISOR), uuid4(), tmp_path, Wanted(changes=Span(after=upto)), NOW
    )
    assert [file.rows for file in again] == [4, 0, 0, 0]
