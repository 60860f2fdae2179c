"""Receipts, copies, the bill, and the question after a power cut."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from counter_app.desk import paper, payments, receipts
from counter_app.domain.acts import PaperState
from counter_app.ui.page import Visit
from counter_app.ui.pages.receipts import ReceiptsPage
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk import small_office
from tests.desk.small_office import NOW, OVERDUE, PLAIN, entries, faults, paying, sealed
from tests.screens.conftest import press, type_keys, words_on

ENTER = Qt.Key.Key_Return


def shown(window: Window) -> str:
    """All the text on the page."""
    return words_on(window.page())


def to_receipts(window: Window, qtbot: QtBot, count: int = 2) -> ReceiptsPage:
    """The receipts page with a few receipts of today."""
    for number in (PLAIN, OVERDUE)[:count]:
        receipt = payments.take(window.desk, window.session, paying(number, 100_00), NOW)
        paper.note_outcome(window.desk, window.session, uuid4(), receipt.job, PaperState.CONFIRMED, "TM", NOW)
    press(window, Qt.Key.Key_F7)
    page = window.page()
    assert isinstance(page, ReceiptsPage)
    qtbot.waitUntil(lambda: len(page._rows.rows()) == count and page._receipt is not None)
    return page


def test_a_copy_is_f7_enter_and_a_reason(window: Window, qtbot: QtBot) -> None:
    page = to_receipts(window, qtbot)
    before = entries(window.desk)
    type_keys(window, "1")  # a digit before Enter is typed into the box
    assert page._typed.text() == "1"
    assert entries(window.desk) == before
    press(window, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: len(page._rows.rows()) == 2)
    press(window, ENTER)
    type_keys(window, "2")
    qtbot.waitUntil(lambda: receipts.today(window.desk, window.session, NOW)[0].copies == 1)


def test_while_it_is_asked_what_is_wrong_enter_arms_no_copy(window: Window, qtbot: QtBot) -> None:
    page = to_receipts(window, qtbot)
    assert "Enter, फिर कारण का अंक; गलत हो तो Del" in shown(window)
    assert page.keys().accept.lead == "फिर छापें"
    press(window, Qt.Key.Key_Delete)
    assert not page.keys().accept.lead
    press(window, ENTER)
    assert (page._armed, page._copies) == (True, False)
    press(window, Qt.Key.Key_Escape)
    press(window, ENTER)
    assert (page._armed, page._copies) == (True, True)


def test_enter_alone_prints_nothing(window: Window, qtbot: QtBot) -> None:
    to_receipts(window, qtbot)
    before = entries(window.desk)
    for _ in range(5):
        press(window, ENTER)
    press(window, Qt.Key.Key_Escape)
    assert window.page().name == "receipts"
    assert entries(window.desk) == before


def test_a_tail_finds_its_receipt(window: Window, qtbot: QtBot) -> None:
    page = to_receipts(window, qtbot)
    type_keys(window, "000001")
    qtbot.waitUntil(lambda: [row.number.serial for row in page._rows.rows()] == [1])


def test_no_sum_of_today_is_shown(window: Window, qtbot: QtBot) -> None:
    to_receipts(window, qtbot)
    assert "₹200" not in shown(window)


def test_the_bill_is_seen_then_printed_as_a_numbered_copy(window: Window, qtbot: QtBot) -> None:
    window.go("consumer", Visit(consumer=PLAIN))
    press(window, Qt.Key.Key_F5)
    page = window.page()
    assert page.name == "bill"
    qtbot.waitUntil(lambda: bool(page.keys().accept.lead))
    before = entries(window.desk)
    press(window, ENTER)
    qtbot.waitUntil(lambda: entries(window.desk) > before)


def test_a_wrong_receipt_is_cancelled_by_two(window: Window, qtbot: QtBot) -> None:
    to_receipts(window, qtbot, 1)
    press(window, ENTER)
    type_keys(window, "4")
    page = window.page()
    assert page.name == "undo"
    qtbot.waitUntil(lambda: "₹100" in shown(window))
    before = entries(window.desk)
    press(window, ENTER)  # no reason yet
    type_keys(window, "1")
    press(window, ENTER)
    type_keys(window, small_office.SUPERVISOR.code)
    press(window, ENTER)
    assert entries(window.desk) == before
    edit = window.focusWidget()
    assert isinstance(edit, QLineEdit)
    edit.setText(small_office.PASSWORD)
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert receipts.today(window.desk, window.session, NOW)[0].cancelled
    assert faults(window.desk) == ()


def test_what_is_wrong_is_asked_also_while_the_paper_has_not_come_out(window: Window, qtbot: QtBot) -> None:
    """A printer that stands still keeps no wrong receipt from being cancelled; Enter prints it."""
    payments.take(window.desk, window.session, paying(PLAIN), NOW)
    press(window, Qt.Key.Key_F7)
    page = window.page()
    assert isinstance(page, ReceiptsPage)
    qtbot.waitUntil(lambda: page._receipt is not None)
    assert page._unprinted
    assert "Enter से छपेगी; गलत हो तो Del" in shown(window)
    press(window, Qt.Key.Key_Delete)
    assert "Another consumer's money" in shown(window)
    assert "Receipt lost" not in shown(window), "no copy of what is not there"
    before = entries(window.desk)
    assert not page.keys().accept.lead
    press(window, ENTER)
    assert (page._armed, page._copies, page._unprinted) == (True, False, True)
    type_keys(window, "1")
    assert entries(window.desk) == before
    type_keys(window, "4")
    assert window.page().name == "undo"
    qtbot.waitUntil(lambda: "₹1,613" in shown(window))


def test_del_in_what_was_typed_takes_a_sign_away(window: Window, qtbot: QtBot) -> None:
    page = to_receipts(window, qtbot)
    type_keys(window, "12")
    press(window, Qt.Key.Key_Home)
    press(window, Qt.Key.Key_Delete)
    assert page._typed.text() == "2"
    assert not page._armed


def test_who_may_not_undo_is_not_asked_what_is_wrong(
    open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(person=small_office.CLERK)
    cashier = small_office.signed_in(window.desk)
    payments.take(window.desk, cashier, paying(PLAIN), NOW)
    press(window, Qt.Key.Key_F7)
    page = window.page()
    assert isinstance(page, ReceiptsPage)
    qtbot.waitUntil(lambda: page._receipt is not None)
    press(window, Qt.Key.Key_Delete)
    assert not page._armed
    assert all(key.cap != "Del" for key in page.keys().more)


def test_after_a_power_cut_one_question_is_asked_first(
    open_window: Callable[..., Window], office_folder: Path, qtbot: QtBot
) -> None:
    desk = small_office.opened(office_folder)
    receipt = payments.take(desk, small_office.signed_in(desk), paying(PLAIN), NOW)
    desk.book.close()
    window = open_window()
    assert window.page().name == "recovery"
    qtbot.waitUntil(lambda: receipt.number.stem in shown(window))
    before = entries(window.desk)
    for key in (ENTER, Qt.Key.Key_Escape, Qt.Key.Key_F4):
        press(window, key)
    assert window.page().name == "recovery"
    assert entries(window.desk) == before
    type_keys(window, "1")
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert paper.in_doubt(window.desk, window.session) == ()
    row = receipts.today(window.desk, window.session, NOW)[0]
    assert (row.paper, row.copies) == (PaperState.CONFIRMED, 0)


def test_torn_paper_gives_copy_2(
    open_window: Callable[..., Window], office_folder: Path, qtbot: QtBot
) -> None:
    desk = small_office.opened(office_folder)
    payments.take(desk, small_office.signed_in(desk), paying(PLAIN), NOW)
    desk.book.close()
    window = open_window()
    qtbot.waitUntil(lambda: "₹1,613" in shown(window))
    type_keys(window, "3")
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert receipts.today(window.desk, window.session, NOW)[0].copies == 1


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", ["receipts", "day_end", "help", "recovery", "bill", "consumer"])
def test_the_pages_stand_in_both_languages(
    open_window: Callable[..., Window], qtbot: QtBot, language: Language, name: str
) -> None:
    window = open_window(language)
    window.go(name, Visit(consumer=PLAIN))
    script = "\u0900\u097f" if language is Language.HINDI else "AZ"
    qtbot.waitUntil(lambda: any(script[0] <= sign <= script[1] for sign in shown(window)))


def test_what_is_shown_is_what_was_found(window: Window, qtbot: QtBot) -> None:
    page = to_receipts(window, qtbot)
    assert page._receipt is not None
    assert page._receipt.number.serial == 2
    type_keys(window, "000001")
    qtbot.waitUntil(lambda: page._receipt is not None and page._receipt.number.serial == 1)
    assert page._table.place() == 0


def test_not_printed_prints_once_and_is_asked_no_more(
    open_window: Callable[..., Window], office_folder: Path, qtbot: QtBot
) -> None:
    desk = small_office.opened(office_folder)
    receipt = payments.take(desk, small_office.signed_in(desk), paying(PLAIN), NOW)
    desk.book.close()
    window = open_window()
    qtbot.waitUntil(lambda: receipt.number.stem in shown(window))
    type_keys(window, "2")
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert paper.in_doubt(window.desk, window.session) == ()


def test_after_the_count_unlocking_opens_a_new_drawer(window: Window, qtbot: QtBot) -> None:
    payments.take(window.desk, window.session, paying(PLAIN), NOW)
    sealed(window.desk, window.session, 1613_00)
    press(window, Qt.Key.Key_F12)
    type_keys(window, small_office.PASSWORD)
    press(window, ENTER)
    qtbot.waitUntil(lambda: not window.locked)
    receipt = payments.take(window.desk, window.session, paying(OVERDUE, 100_00), NOW)
    assert receipt.payment.serial == 2


def test_star_changes_the_paper_of_receipts_and_back(window: Window, qtbot: QtBot) -> None:
    page = to_receipts(window, qtbot)
    for half in (True, False):
        type_keys(window, "*")
        qtbot.waitUntil(lambda half=half: page._half is half)
    assert page._typed.text() == ""


def test_the_paper_has_the_room_until_a_reason_is_asked_for(window: Window, qtbot: QtBot) -> None:
    page = to_receipts(window, qtbot)
    qtbot.waitUntil(lambda: page._facts.height() > 0)
    before = page._preview.height()
    assert "Receipt lost" not in shown(window)
    press(window, ENTER)
    for words in ("Receipt lost", "Another consumer's money"):
        qtbot.waitUntil(lambda words=words: words in shown(window))
    assert page._preview.height() < before
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page._preview.height() == before)
