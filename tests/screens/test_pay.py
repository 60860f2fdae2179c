"""Taking money with the keyboard alone: one Enter one receipt, guards before money, nothing typed is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from counter_app.desk import drafts, payments, receipts
from counter_app.domain.payment import TenderKind
from counter_app.ui.page import Visit
from counter_app.ui.pages.pay import PayPage
from counter_app.ui.preview import Preview
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk import small_office
from tests.desk.small_office import CREDIT, NOW, OVERDUE, PLAIN, UTR_KNOWN, entries, faults, paying
from tests.screens.conftest import press, scan, type_keys, words_on

ENTER, F4 = Qt.Key.Key_Return, Qt.Key.Key_F4


def open_pay(window: Window, qtbot: QtBot, number: str = PLAIN) -> PayPage:
    """From Home: the whole number, then F4."""
    type_keys(window, number)
    qtbot.waitUntil(lambda: window.page().consumer() == number)
    press(window, F4)
    page = window.page()
    assert isinstance(page, PayPage)
    qtbot.waitUntil(lambda: page._form is not None)
    return page


def taken(window: Window) -> list[int]:
    """The amounts of today's receipts, newest first."""
    return [row.amount for row in receipts.today(window.desk, window.session, NOW)]


def shown(window: Window) -> str:
    """All the text on the page."""
    return words_on(window.page())


def test_cash_with_change_is_four_digits_and_enter(window: Window, qtbot: QtBot) -> None:
    open_pay(window, qtbot)
    type_keys(window, "2000")
    assert "₹387" in shown(window)
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert taken(window) == [1613_00]
    assert "₹387" in shown(window)
    assert faults(window.desk) == ()


def test_nothing_typed_means_the_exact_amount(window: Window, qtbot: QtBot) -> None:
    open_pay(window, qtbot)
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    receipt = receipts.today(window.desk, window.session, NOW)[0]
    assert (receipt.tenders[0].given, receipt.tenders[0].returned) == (1613_00, 0)


def test_enter_held_down_issues_one_receipt(window: Window, qtbot: QtBot) -> None:
    open_pay(window, qtbot)
    press(window, ENTER)
    for _ in range(40):
        press(window, ENTER, repeat=True)
    qtbot.waitUntil(lambda: window.page().name == "home")
    for _ in range(40):
        press(window, ENTER, repeat=True)
    assert taken(window) == [1613_00]


def test_enter_pressed_again_and_again_issues_one_receipt(window: Window, qtbot: QtBot) -> None:
    open_pay(window, qtbot)
    for _ in range(5):
        press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert taken(window) == [1613_00]


def test_too_little_is_said_under_the_field_and_stays(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    type_keys(window, "१५००")
    before = entries(window.desk)
    press(window, ENTER)
    assert page.tendering.given.is_wrong()
    assert page.tendering.given.text() == "१५००"
    assert "₹113" in shown(window)
    assert entries(window.desk) == before


def test_a_lone_digit_and_enter_choose_the_tender(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    type_keys(window, "2")
    press(window, ENTER)
    assert page.tendering.kind() is TenderKind.UPI
    press(window, ENTER)  # no UTR yet: nothing is recorded
    type_keys(window, "12345")
    press(window, ENTER)
    assert page.tendering.reference.is_wrong()
    type_keys(window, "6")
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    tender = receipts.today(window.desk, window.session, NOW)[0].tenders[0]
    assert (tender.kind, tender.reference, tender.confirmed) == (TenderKind.UPI, "123456", False)


def test_the_digit_of_cash_is_no_rupee_behind_enter(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    type_keys(window, "1")
    assert "₹1,612" in shown(window)
    press(window, ENTER)
    assert (page.tendering.kind(), page.tendering.given.text()) == (TenderKind.CASH, "")
    assert "₹1,612" not in shown(window)


def test_a_card_number_is_refused_and_not_kept(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    type_keys(window, "4")
    press(window, ENTER)
    type_keys(window, "4111111111111111", every=120)
    press(window, ENTER)
    press(window, ENTER)
    assert page.tendering.reference.is_wrong()
    assert taken(window) == []


def test_a_used_utr_is_said_under_its_field(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    press(window, Qt.Key.Key_Down)
    type_keys(window, small_office.KNOWN_UTR, every=120)
    press(window, ENTER)
    qtbot.waitUntil(page.tendering.reference.is_wrong)
    assert taken(window) == []
    assert page.name == window.page().name


def test_paid_today_stops_with_the_safe_way_chosen(window: Window, qtbot: QtBot) -> None:
    payments.take(window.desk, window.session, paying(PLAIN), NOW)
    page = open_pay(window, qtbot)
    assert page._work.stop is not None
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "receipts")
    assert taken(window) == [1613_00]


@pytest.mark.parametrize("language", Language)
def test_paid_through_a_channel_today_stops_and_says_where(
    open_window: Callable[..., Window], qtbot: QtBot, language: Language
) -> None:
    window = open_window(language)
    page = open_pay(window, qtbot, UTR_KNOWN)
    assert page._work.stop is not None
    words = shown(window)
    assert "₹100" in words
    assert "₹1,513" in words  # what is left
    assert ("बीबीपीएस" if language is Language.HINDI else "BBPS") in words
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "consumer")
    assert taken(window) == []


def test_the_whole_receipt_can_be_seen_before_it_is_recorded(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    preview = page.findChild(Preview)
    assert preview is not None
    paper = preview.widget()
    assert paper.height() > preview.viewport().height()
    assert 0 < paper.width() <= preview.viewport().width()
    last = QPoint(paper.width() // 2, paper.height() - 1)
    seen = preview.viewport().rect()
    assert not seen.contains(paper.mapTo(preview.viewport(), last))
    for _ in range(4):
        press(window, Qt.Key.Key_PageDown)
    assert seen.contains(paper.mapTo(preview.viewport(), last))
    type_keys(window, "2000")  # the cursor never left its field
    assert page.tendering.given.text().replace(",", "") == "2000"
    for _ in range(4):
        press(window, Qt.Key.Key_PageUp)
    assert seen.contains(paper.mapTo(preview.viewport(), QPoint(paper.width() // 2, 0)))
    assert taken(window) == []


def test_an_advance_needs_2_and_f4_and_enter(window: Window, qtbot: QtBot) -> None:
    payments.take(window.desk, window.session, paying(PLAIN), NOW)
    page = open_pay(window, qtbot)
    type_keys(window, "2")
    press(window, ENTER)
    assert page._work.stop is not None
    press(window, F4)
    assert page._work.stop is None
    page.tendering.amount.edit.setFocus()
    type_keys(window, "500")
    press(window, ENTER)
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert taken(window) == [500_00, 1613_00]


def test_nothing_due_stops_too(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot, CREDIT)
    assert page._work.stop is not None
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "consumer")
    assert taken(window) == []


def test_after_the_due_date_the_surcharge_is_in_the_amount(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot, OVERDUE)
    assert page._form is not None
    assert page._form.payable.surcharge_added > 0
    assert page.tendering.amount.text() == str(page._form.payable.amount // 100)


def test_a_scan_in_the_money_field_leaves_it_alone(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    type_keys(window, "20")
    scan(window, f"https://py.mpcz.in/x?k={OVERDUE}")
    qtbot.waitUntil(lambda: window.page().name == "consumer")
    assert taken(window) == []
    assert page.tendering.given.text() in {"20", ""}


def test_a_refused_payment_changes_nothing_and_keeps_what_was_typed(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    type_keys(window, "2000")
    # Somebody else takes the same consumer's money between opening and Enter.
    payments.take(window.desk, window.session, paying(PLAIN), NOW)
    press(window, ENTER)
    qtbot.waitUntil(lambda: page._work.stop is not None)
    assert taken(window) == [1613_00]


def test_held_work_keeps_its_act_and_what_was_typed(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    act = page._act
    type_keys(window, "2000")
    press(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.page().name == "home")
    qtbot.waitUntil(lambda: bool(drafts.kept(window.desk, window.session)))
    (draft,) = drafts.kept(window.desk, window.session)
    window.go("pay", Visit(draft=draft))
    qtbot.waitUntil(lambda: page.tendering.given.text() == "2000")
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert [row.act for row in receipts.today(window.desk, window.session, NOW)] == [act]
    qtbot.waitUntil(lambda: not drafts.kept(window.desk, window.session))


@pytest.mark.parametrize("language", list(Language))
def test_the_page_stands_in_both_languages(
    open_window: Callable[..., Window], qtbot: QtBot, language: Language
) -> None:
    window = open_window(language)
    open_pay(window, qtbot)
    words = shown(window)
    assert ("विधि" in words) == (language is Language.HINDI)
    assert "Tender" in words


def test_a_clock_that_stands_back_takes_no_money(window: Window, qtbot: QtBot) -> None:
    payments.take(window.desk, window.session, paying(OVERDUE), NOW + timedelta(minutes=9))
    open_pay(window, qtbot)
    press(window, ENTER)
    qtbot.waitUntil(lambda: "9" in shown(window) and window.page().name == "pay")
    assert len(taken(window)) == 1


def test_change_beyond_any_note_is_said_before_it_is_recorded(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    type_keys(window, "31613")
    press(window, ENTER)
    assert page.tendering.given.is_wrong()
    assert taken(window) == []
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert taken(window) == [1613_00]


def test_the_digit_of_the_cheque_says_that_it_is_off(window: Window, qtbot: QtBot) -> None:
    page = open_pay(window, qtbot)
    type_keys(window, "3")
    press(window, ENTER)
    assert page.tendering.given.is_wrong()
    assert "चेक: यहाँ बंद है" in shown(window)
    assert taken(window) == []


def test_a_stop_card_fits_a_low_screen(window: Window, qtbot: QtBot) -> None:
    """The work that it hides is higher than the card, and asks for no room meanwhile."""
    window.resize(1366, 768)
    payments.take(window.desk, window.session, paying(PLAIN), NOW)
    window.go("pay", Visit(consumer=PLAIN))
    page = window.page()
    assert isinstance(page, PayPage)
    qtbot.waitUntil(lambda: page._work.stop is not None)
    # The preview beside it may scroll: a receipt is longer than its panel.
    stop = page._work.stop
    assert page._work.sizeHint().height() == stop.sizeHint().height()
    rooms = [room for room in page.findChildren(QScrollArea) if room.isAncestorOf(stop)]
    qtbot.waitUntil(lambda: not any(room.verticalScrollBar().isVisible() for room in rooms))
