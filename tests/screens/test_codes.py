"""A receipt's code, scanned anywhere in the window."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import paper, payments, undoing
from counter_app.desk.second import Word
from counter_app.documents.page import Code
from counter_app.documents.pdf import pdf
from counter_app.domain.receipt_code import Verdict, read_code
from counter_app.domain.undoing import Why
from counter_app.ui.window import Window
from counter_app.words import labels
from counter_app.words.say import Language
from tests.desk.small_office import NOW, PASSWORD, PLAIN, SUPERVISOR, paying
from tests.documents.looking import grey
from tests.screens.conftest import press, scan, words_on


def printed(window: Window, job: UUID) -> str:
    """The code on the paper of a job."""
    document = paper.page_of(window.desk, window.session, job, NOW)
    return next(item.text for sheet in document.sheets for item in sheet.items if isinstance(item, Code))


@pytest.fixture
def code(window: Window) -> str:
    """The code on a receipt of today."""
    return printed(window, payments.take(window.desk, window.session, paying(PLAIN), NOW).job)


def code_worth(window: Window, verdict: Verdict) -> str:
    """A code as somebody would bring it who has a paper of that worth."""
    desk, session = window.desk, window.session
    receipt = payments.take(desk, session, paying(PLAIN), NOW)
    code = printed(window, receipt.job)
    read = read_code(code)
    assert read is not None
    said, signature = read
    match verdict:
        case Verdict.COPY:
            return printed(window, paper.ask_copy(desk, session, uuid4(), receipt.act, "खो गई", NOW).job)
        case Verdict.CANCELLED:
            word = Word(SUPERVISOR.code, PASSWORD)
            undoing.cancel(desk, session, uuid4(), receipt.act, Why.NOT_PAID, "", word, NOW)
        case Verdict.ALTERED:
            return replace(said, amount=said.amount + 1000_00).digits(signature)
        case Verdict.UNKNOWN:
            other = replace(said, serial=said.serial + 99)
            return other.digits(desk.book.sign(other.message))
        case _:
            assert verdict is Verdict.GENUINE
    return code


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "verdict",
    [Verdict.GENUINE, Verdict.COPY, Verdict.CANCELLED, Verdict.ALTERED, Verdict.UNKNOWN],
)
def test_f7_and_a_scan_say_what_a_receipt_is_worth(
    open_window: Callable[..., Window], qtbot: QtBot, verdict: Verdict, language: Language
) -> None:
    window = open_window(language)
    scanned = code_worth(window, verdict)
    press(window, Qt.Key.Key_F7)
    scan(window, scanned)
    qtbot.waitUntil(lambda: labels.verdict(verdict, language).lead in words_on(window))
    others = (labels.verdict(one, language).lead for one in Verdict if one is not verdict)
    assert not [text for text in others if text in words_on(window)]


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
