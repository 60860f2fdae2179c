"""A receipt put right by keys: the way of paying, and the account."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import payments, receipts
from counter_app.desk.rows import ReceiptRow
from counter_app.domain.payment import TenderKind, upi
from counter_app.ui.pages.put_right import PutRightPage
from counter_app.ui.window import Window
from tests.desk.small_office import NOW, PASSWORD, PLAIN, RURAL, SUPERVISOR, paying
from tests.screens.conftest import press, type_keys, words_on

ENTER = Qt.Key.Key_Return


@pytest.fixture
def taken(window: Window, qtbot: QtBot) -> payments.Receipt:
    """A receipt in cash, and its copy armed at F7."""
    receipt = payments.take(window.desk, window.session, paying(PLAIN), NOW)
    press(window, Qt.Key.Key_F7)
    page = window.page()
    qtbot.waitUntil(lambda: page._receipt is not None)
    press(window, ENTER)
    press(window, ENTER)
    return receipt


def at_page(window: Window, qtbot: QtBot, key: str) -> PutRightPage:
    window.page()._arm(armed=True)
    window.page().setFocus()
    type_keys(window, key)
    page = window.page()
    assert isinstance(page, PutRightPage)
    qtbot.waitUntil(lambda: page._form is not None)
    return page


def agree(window: Window, qtbot: QtBot) -> None:
    """The supervisor's word, typed where the focus is."""
    type_keys(window, SUPERVISOR.code)
    press(window, ENTER)
    type_keys(window, PASSWORD)
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")


def newest(window: Window) -> ReceiptRow:
    return receipts.today(window.desk, window.session, NOW)[0]


def test_cash_that_was_upi_is_corrected(window: Window, qtbot: QtBot, taken: payments.Receipt) -> None:
    at_page(window, qtbot, "5")
    type_keys(window, "2")
    type_keys(window, "607198418802")
    for _ in range(2):
        press(window, ENTER)
    agree(window, qtbot)
    assert [tender.kind for tender in newest(window).tenders] == [TenderKind.UPI]
    assert taken.number.stem in words_on(window)


def test_six_digits_that_were_seen_before_stop_it_and_are_asked_about(
    window: Window, qtbot: QtBot, taken: payments.Receipt
) -> None:
    """Enter on the safe way leads back to the number; 2 and F4 say that it is another transfer."""
    tail = upi(1613_00, "418802")
    earlier = payments.take(window.desk, window.session, paying(RURAL, 1613_00, tail), NOW)
    page = at_page(window, qtbot, "5")
    type_keys(window, "2")
    type_keys(window, "418802")
    for _ in range(2):
        press(window, ENTER)
    type_keys(window, SUPERVISOR.code)
    press(window, ENTER)
    type_keys(window, PASSWORD)
    press(window, ENTER)
    qtbot.waitUntil(lambda: page._stop is not None and earlier.number.stem in words_on(window))
    press(window, ENTER)
    assert page._reference.has_focus()
    assert page._stop is None
    for _ in range(3):
        press(window, ENTER)
    type_keys(window, PASSWORD)
    press(window, ENTER)
    qtbot.waitUntil(lambda: page._stop is not None)
    type_keys(window, "2")
    press(window, ENTER)
    assert page._stop is not None, "choice 2 needs F4"
    press(window, Qt.Key.Key_F4)
    type_keys(window, PASSWORD)
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    first, second = receipts.today(window.desk, window.session, NOW)
    assert [one.tenders[0].reference for one in (first, second)] == ["418802", "418802"]


def test_a_payment_goes_to_its_consumer(window: Window, qtbot: QtBot, taken: payments.Receipt) -> None:
    page = at_page(window, qtbot, "6")
    type_keys(window, RURAL)
    press(window, ENTER)
    qtbot.waitUntil(page._note.has_focus)
    qtbot.waitUntil(lambda: "कैलाश राठौर" in words_on(window))
    press(window, ENTER)
    agree(window, qtbot)
    assert newest(window).consumer == RURAL
    assert taken.payment.consumer == PLAIN


def test_a_number_that_is_none_is_said_and_nothing_moves(
    window: Window, qtbot: QtBot, taken: payments.Receipt
) -> None:
    page = at_page(window, qtbot, "6")
    type_keys(window, "N9999999999")
    press(window, ENTER)
    qtbot.waitUntil(lambda: "N9999999999" in words_on(window))
    assert not page._note.has_focus()
    press(window, Qt.Key.Key_Escape)
    assert newest(window).consumer == taken.payment.consumer
