"""The pay page beyond plain cash: parts, purposes, questions before money, half-typed work; by keys alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import drafts, payments, receipts
from counter_app.desk.rows import ReceiptRow
from counter_app.domain.payment import TenderKind, upi
from counter_app.ui.page import Visit
from counter_app.ui.window import Window
from tests.desk.small_office import NOW, OTHERS, PLAIN, RURAL, entries, paying, taking
from tests.screens.conftest import press, scan, type_keys
from tests.screens.test_pay import open_pay, shown, taken

ENTER, F4, ESC = Qt.Key.Key_Return, Qt.Key.Key_F4, Qt.Key.Key_Escape


def newest(window: Window) -> ReceiptRow:
    return receipts.today(window.desk, window.session, NOW)[0]


def at_home(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.page().name == "home")


def with_every_way(window: Window) -> None:
    """Rules that take cheque, draft and other channels too."""
    window._desk = taking(window.desk, TenderKind.CHEQUE, TenderKind.DRAFT, TenderKind.OTHER)


# -- ways of paying ---------------------------------------------------------------------------------------


def test_a_cheque_is_number_bank_and_date(window: Window, qtbot: QtBot) -> None:
    with_every_way(window)
    page = open_pay(window, qtbot)
    type_keys(window, "3")
    press(window, ENTER)
    assert page.tendering.kind() is TenderKind.CHEQUE
    assert page.tendering.dated.text() == "12/03/2026"
    type_keys(window, "4217")
    press(window, ENTER)
    assert page.tendering.bank.has_focus()
    type_keys(window, "SBI")
    press(window, ENTER)
    assert page.tendering.reference.is_wrong()
    assert taken(window) == []
    page.tendering.reference.put("")
    type_keys(window, "004217")
    assert "वसूली के अधीन" in shown(window)
    press(window, ENTER)
    at_home(window, qtbot)
    (tender,) = newest(window).tenders
    assert (tender.kind, tender.reference, tender.bank) == (TenderKind.CHEQUE, "004217", "SBI")


def test_a_channel_by_its_reference_in_letters(window: Window, qtbot: QtBot) -> None:
    with_every_way(window)
    open_pay(window, qtbot)
    type_keys(window, "6")
    press(window, ENTER)
    type_keys(window, "hdfc0nb1234")
    press(window, ENTER)
    at_home(window, qtbot)
    assert newest(window).tenders[0].reference == "HDFC0NB1234"


def test_a_card_asks_for_its_approval_code_and_is_pending_without(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    type_keys(window, "4")
    press(window, ENTER)
    type_keys(window, "4821")
    press(window, ENTER)
    assert page.tendering.approval.has_focus()
    assert "अस्थायी" in shown(window)
    type_keys(window, "A1B2")
    press(window, ENTER)
    at_home(window, qtbot)
    assert newest(window).tenders[0].confirmed
    open_pay(window, qtbot, RURAL)
    type_keys(window, "4")
    press(window, ENTER)
    type_keys(window, "4821")
    press(window, ENTER)
    press(window, ENTER)
    at_home(window, qtbot)
    assert not newest(window).tenders[0].confirmed


def test_a_whole_utr_is_scanned_into_its_field(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    press(window, Qt.Key.Key_Down)
    scan(window, "607198418802")
    qtbot.waitUntil(lambda: page.tendering.reference.text() == "607198418802")
    assert window.page() is page
    press(window, Qt.Key.Key_Shift)  # the scanner's own Enter took no money
    assert taken(window) == []


def test_a_scan_while_cash_is_counted_still_finds_a_consumer(window: Window, qtbot: QtBot) -> None:
    open_pay(window, qtbot)
    scan(window, RURAL)
    qtbot.waitUntil(lambda: window.page().name == "consumer")
    assert taken(window) == []


@pytest.mark.parametrize("key", ["2", "4", "3", "6"])
def test_a_card_number_is_wiped_from_every_field(window: Window, qtbot: QtBot, key: str) -> None:
    with_every_way(window)
    page = open_pay(window, qtbot)
    type_keys(window, key)
    press(window, ENTER)
    for field in page.tendering.fields():
        if not field.isVisible() or field.edit.maxLength() < 16:
            continue
        field.put("")
        field.edit.setFocus()
        type_keys(window, "4111111111111111")
        assert "4111111111111111"[: len(field.text())] == field.text()
        assert len(field.text()) < 13 or field.text() == ""
    assert taken(window) == []
    half = page.draft()
    assert half is None or "4111111111111111" not in "".join(half.body.values())


# -- parts ------------------------------------------------------------------------------------------------


def test_cash_then_plus_then_upi(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    type_keys(window, "1000+")
    assert page.tendering.kind() is TenderKind.UPI
    assert "₹613" in shown(window)
    type_keys(window, "418802")
    press(window, ENTER)
    at_home(window, qtbot)
    assert [(one.kind, one.amount) for one in newest(window).tenders] == [
        (TenderKind.CASH, 1000_00), (TenderKind.UPI, 613_00),
    ]  # fmt: skip


def test_a_part_by_upi_then_the_rest_in_cash_with_change(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    press(window, Qt.Key.Key_Down)
    type_keys(window, "418802+")
    assert page.tendering.part.has_focus()
    type_keys(window, "1000")
    press(window, ENTER)  # a part goes aside, it is not recorded
    assert taken(window) == []
    assert page.tendering.kind() is TenderKind.CASH
    type_keys(window, "700")
    assert "₹87" in shown(window)
    press(window, ENTER)
    at_home(window, qtbot)
    first, second = newest(window).tenders
    assert (first.kind, first.amount, first.reference) == (TenderKind.UPI, 1000_00, "418802")
    assert (second.kind, second.amount, second.returned) == (TenderKind.CASH, 613_00, 87_00)


def test_a_part_that_is_all_of_it_is_none(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    type_keys(window, "2000+")
    assert page.tendering.given.is_wrong()
    assert page.tendering.parts == []


def test_escape_takes_the_newest_part_back(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    type_keys(window, "1000+")
    press(window, ESC)
    assert window.page() is page
    assert page.tendering.parts == []
    assert (page.tendering.kind(), page.tendering.given.text()) == (TenderKind.CASH, "1000")


def test_parts_are_kept_with_half_typed_work(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    type_keys(window, "1000+4188")
    act = page._act
    press(window, Qt.Key.Key_F9)
    at_home(window, qtbot)
    qtbot.waitUntil(lambda: bool(drafts.kept(window.desk, window.session)))
    (draft,) = drafts.kept(window.desk, window.session)
    window.go("pay", Visit(draft=draft))
    qtbot.waitUntil(lambda: bool(page.tendering.parts))
    assert page.tendering.reference.text() == "4188"
    type_keys(window, "02")
    press(window, ENTER)
    at_home(window, qtbot)
    assert newest(window).act == act
    assert [one.amount for one in newest(window).tenders] == [1000_00, 613_00]


# -- amounts ----------------------------------------------------------------------------------------------


def test_less_than_the_due_says_what_goes_on_and_more_that_it_is_an_advance(
    window: Window, qtbot: QtBot
) -> None:
    page = open_pay(window, qtbot)
    page.tendering.amount.edit.selectAll()
    page.tendering.amount.edit.setFocus()
    type_keys(window, "600")
    assert "₹1,013 बाकी रहेंगे" in shown(window)
    page.tendering.amount.edit.selectAll()
    type_keys(window, "2000")
    assert "₹387 आगे के बिलों के लिए अग्रिम" in shown(window)


def test_old_dues_stand_in_amber(window: Window, qtbot: QtBot) -> None:
    later = NOW + timedelta(days=1)
    window.now = lambda: later
    open_pay(window, qtbot)
    assert "बकाया 12/03/2026 तक का" in shown(window)


def test_the_due_line_knows_the_way_of_paying(window: Window, qtbot: QtBot) -> None:
    window._desk = taking(
        window.desk, TenderKind.CHEQUE, paper_days=7, rebated=(TenderKind.UPI,), cash_a_bill=5000_00
    )
    page = open_pay(window, qtbot)
    words = shown(window)
    for said in ("UPI से अगले बिल में ₹8.07 की छूट", "चेक 11/03 तक", "एक बिल पर नकद: ₹5,000 तक"):
        assert said in words
    assert page.tendering.amount.text() == "1613"
    page.tendering.choose(TenderKind.CHEQUE)
    assert page.tendering.amount.text() == "1633"
    assert "11/03 के बाद" in shown(window)
    page.tendering.amount.put("700")  # what somebody typed stays
    page.tendering.choose(TenderKind.CASH)
    assert page.tendering.amount.text() == "700"
    assert "18/03 के बाद" in shown(window)


# -- questions before money -------------------------------------------------------------------------------


def test_six_digits_seen_before_stop_and_ask(window: Window, qtbot: QtBot) -> None:
    payments.take(window.desk, window.session, paying(RURAL, 1613_00, upi(1613_00, "418802")), NOW)
    page = open_pay(window, qtbot)
    press(window, Qt.Key.Key_Down)
    type_keys(window, "418802")
    press(window, ENTER)
    qtbot.waitUntil(lambda: page._work.stop is not None)
    assert "2214-2-000001" in shown(window)
    before = entries(window.desk)
    press(window, ENTER)  # the safe way: look at the phone
    assert page._work.stop is None
    assert page.tendering.reference.has_focus()
    assert entries(window.desk) == before
    press(window, ENTER)
    qtbot.waitUntil(lambda: page._work.stop is not None)
    type_keys(window, "2")
    press(window, ENTER)
    assert page._work.stop is not None
    press(window, F4)
    press(window, ENTER)
    at_home(window, qtbot)
    assert taken(window) == [1613_00, 1613_00]


def test_the_same_head_again_stops_with_the_earlier_receipt(window: Window, qtbot: QtBot) -> None:
    draft = replace(paying(PLAIN, 170_00), charge="name transfer")
    payments.take(window.desk, window.session, draft, NOW)
    page = open_pay(window, qtbot)
    assert page._work.stop is None  # the bill is another thing
    press(window, F4)
    type_keys(window, "51")
    assert page._work.stop is not None
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "receipts")
    assert taken(window) == [170_00]


def test_paid_today_leads_to_what_else_it_may_be_for(window: Window, qtbot: QtBot) -> None:
    payments.take(window.desk, window.session, paying(OTHERS[0]), NOW)
    page = open_pay(window, qtbot, OTHERS[0])
    assert page._work.stop is not None
    type_keys(window, "4")
    press(window, ENTER)
    assert page.view.choosing
    type_keys(window, "41")
    press(window, ENTER)
    at_home(window, qtbot)
    assert taken(window) == [340_00, 1613_00]
