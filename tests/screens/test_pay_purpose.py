"""What money is for, chosen with F4: heads with their amounts, under protest, an instalment, by keys."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import payments, receipts
from counter_app.ui.pages.pay import PayPage
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk.small_office import ARREARS, NO_BILL, NOW, PLAIN
from tests.screens.conftest import press, type_keys, words_on
from tests.screens.test_pay import open_pay, shown, taken
from tests.screens.test_pay_ways import at_home, newest

ENTER, F4, ESC = Qt.Key.Key_Return, Qt.Key.Key_F4, Qt.Key.Key_Escape


def test_a_registration_is_three_keys_and_enter(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    press(window, F4)
    type_keys(window, "61")
    assert page.tendering.amount.text() == "420"
    assert "पंजीयन शुल्क" in shown(window)
    press(window, ENTER)
    at_home(window, qtbot)
    assert (newest(window).charge, newest(window).amount) == ("registration", 420_00)


def test_a_charge_by_the_load(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    press(window, F4)
    type_keys(window, "73")
    assert page.view.asked.load.has_focus()
    type_keys(window, "2")
    assert page.view.asked.load.is_wrong()
    page.view.asked.load.put("")
    type_keys(window, "5")
    assert page.tendering.amount.text() == "6000"
    press(window, ENTER)
    press(window, ENTER)
    at_home(window, qtbot)
    assert newest(window).amount == 6_000_00


def test_the_charge_of_a_dishonoured_cheque_is_chosen_by_a_sign(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    press(window, F4)
    type_keys(window, "*1")
    assert page.tendering.amount.text() == "150"
    assert "चेक अनादरण शुल्क" in shown(window)
    press(window, ENTER)
    at_home(window, qtbot)
    assert (newest(window).charge, newest(window).amount) == ("dishonoured cheque", 150_00)


def test_the_same_paid_at_another_counter_today_stops_it(window: Window, qtbot: QtBot) -> None:
    there = (uuid4().bytes, "2214-1-000007", "Q7M", "2026-03-12", PLAIN, 170_00, "name transfer", 1)
    with window.desk.book.writing() as page:
        page.connection.exec_driver_sql(
            "INSERT INTO receipts_elsewhere VALUES (?, ?, ?, ?, ?, ?, ?, ?)", there
        )
    open_pay(window, qtbot)
    press(window, F4)
    type_keys(window, "51")
    assert "2214-1-000007" in shown(window)
    assert "Paid today already" in words_on(window)
    press(window, ENTER)
    assert window.page().name == "consumer"
    assert taken(window) == []


def test_an_amount_without_a_rule_needs_its_order(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    press(window, F4)
    type_keys(window, "0")
    assert page.view.asked.authority.has_focus()
    page.tendering.amount.edit.setFocus()
    type_keys(window, "1200")
    press(window, ENTER)
    assert page.view.asked.authority.has_focus()
    assert taken(window) == []
    type_keys(window, "AE/118")
    press(window, ENTER)
    press(window, ENTER)
    at_home(window, qtbot)
    receipt = payments_of(window)
    assert (receipt.charge, receipt.order) == ("meter charges", "AE/118")


def payments_of(window: Window) -> payments.PaymentTaken:
    """The newest payment as it was recorded."""
    return receipts.receipt(window.desk, window.session, newest(window).act, NOW)[0].payment


def test_under_protest_the_average_is_offered(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    press(window, F4)
    type_keys(window, "2")
    form = page._form
    assert form is not None
    assert form.dues is not None
    assert form.dues.average is not None
    offered = min(form.payable.amount, form.dues.average)
    assert page.tendering.amount.text() == str(offered // 100)
    press(window, ENTER)
    at_home(window, qtbot)
    assert payments_of(window).protest


def test_an_instalment_goes_to_the_bill(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot, ARREARS)
    press(window, F4)
    type_keys(window, "3")
    type_keys(window, "AE/7")
    page.tendering.amount.edit.setFocus()
    type_keys(window, "500")
    press(window, ENTER)
    press(window, ENTER)
    at_home(window, qtbot)
    assert payments.prepare(window.desk, window.session, ARREARS, NOW).payable.amount == 2038_00


def test_escape_from_what_for_keeps_what_was_typed(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    type_keys(window, "2000")
    press(window, F4)
    assert page.view.choosing
    press(window, ESC)
    assert not page.view.choosing
    assert page.tendering.given.text() == "2000"


def test_without_a_bill_it_is_asked_at_once_what_for(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot, NO_BILL)
    qtbot.waitUntil(lambda: page.view.choosing)
    assert page._check.isVisible()
    type_keys(window, "1")  # the bill cannot be chosen
    assert page.view.choosing
    type_keys(window, "51")
    press(window, ENTER)
    at_home(window, qtbot)
    assert newest(window).amount == 170_00


@pytest.mark.parametrize("typed", ["registration", "पंजीयन"])
def test_somebody_without_a_connection_is_found_by_the_word(window: Window, qtbot: QtBot, typed: str) -> None:
    type_keys(window, typed)
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "pay")
    page = window.page()
    assert isinstance(page, PayPage)
    qtbot.waitUntil(lambda: page.view.choosing)
    assert not page._check.isVisible(), "nobody whose payments could be looked at"
    type_keys(window, "61")
    assert page.view.asked.authority.has_focus()
    type_keys(window, "EZ11202603000123")
    press(window, ENTER)
    press(window, ENTER)
    at_home(window, qtbot)
    assert payments_of(window).order == "MP gazette 31 May 2022; EZ11202603000123"


@pytest.mark.parametrize("language", list(Language))
def test_what_for_is_asked_in_both_languages(
    open_window: Callable[..., Window], qtbot: QtBot, language: Language
) -> None:
    window = open_window(language)
    open_pay(window, qtbot)
    press(window, F4)
    words = shown(window)
    assert ("पुनः संयोजन" in words) == (language is Language.HINDI)
    assert "Reconnection" in words
