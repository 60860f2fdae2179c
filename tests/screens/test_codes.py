"""A receipt's code, scanned anywhere in the window."""

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import paper, payments
from counter_app.documents.page import Code
from counter_app.documents.pdf import pdf
from counter_app.ui.window import Window
from tests.desk.small_office import NOW, PLAIN, paying
from tests.documents.looking import grey
from tests.screens.conftest import press, scan, words_on


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


def test_the_barcode_of_a_bill_is_read_off_the_paper_and_opens_its_consumer(
    window: Window, qtbot: QtBot
) -> None:
    made = pdf(paper.bill_preview(window.desk, window.session, PLAIN, NOW))
    width, height, dots = grey(made, 203)
    found = zxingcpp.read_barcodes(Image.frombytes("L", (width, height), dots))
    (scanned,) = (one.text for one in found if one.format == zxingcpp.BarcodeFormat.Code128)
    assert scanned == PLAIN
    press(window, Qt.Key.Key_F2)
    scan(window, scanned)
    qtbot.waitUntil(lambda: (window.page().name, window.page().consumer()) == ("consumer", PLAIN))
