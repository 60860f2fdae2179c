"""A receipt's code, scanned anywhere in the window."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import paper, payments
from counter_app.documents.page import Code
from counter_app.ui.window import Window
from tests.desk.small_office import NOW, PLAIN, paying
from tests.screens.conftest import press, scan
from tests.screens.test_sync import words_on


@pytest.fixture
def code(window: Window) -> str:
    """The code on a receipt of today."""
    receipt = payments.take(window.desk, window.session, paying(PLAIN), NOW)
    document = paper.page_of(window.desk, window.session, receipt.job, NOW)
    return next(item.text for sheet in document.sheets for item in sheet.items if isinstance(item, Code))


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_F7])
def test_a_scanned_receipt_says_whether_it_is_genuine(
    window: Window, qtbot: QtBot, code: str, key: Qt.Key
) -> None:
    press(window, key)
    scan(window, code)
    qtbot.waitUntil(lambda: "असली रसीद" in words_on(window))
    assert window.page().name == "receipts"
    forged = code[:60] + ("0" if code[60] != "0" else "1") + code[61:]
    scan(window, forged)
    qtbot.waitUntil(lambda: "असली रसीद" not in words_on(window) and "₹" in words_on(window))
