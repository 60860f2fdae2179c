"""The frame: pages and the way between them, keys, lock, language, half-typed work, scanner, banners."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from counter_app.desk import drafts
from counter_app.domain.refusals import DiskFull
from counter_app.ui.bars import KeyBar
from counter_app.ui.page import Keys, Visit
from counter_app.ui.text import Text
from counter_app.ui.window import Window
from counter_app.words.say import Both, Language
from tests.desk import small_office
from tests.desk.small_office import ARREARS, AUDITOR, PLAIN, SECOND
from tests.screens.conftest import press, scan, type_keys, words_on

LINK = "https://py.mpcz.in/x?k="


def to_pay(window: Window, qtbot: QtBot, number: str = PLAIN) -> None:
    window.go("pay", Visit(consumer=number))
    qtbot.waitUntil(lambda: any("₹1,613" in text.text() for text in window.page().findChildren(Text)))


def test_home_has_the_cursor_in_the_search_box(window: Window) -> None:
    assert window.page().name == "home"
    assert window.search.has_focus()


def test_esc_comes_back_to_where_one_was(window: Window, qtbot: QtBot) -> None:
    window.go("consumer", Visit(consumer=PLAIN))
    press(window, Qt.Key.Key_F4)
    assert window.page().name == "pay"
    press(window, Qt.Key.Key_Escape)
    assert window.page().name == "consumer"
    press(window, Qt.Key.Key_Escape)
    assert window.page().name == "home"


def test_typing_in_the_search_box_of_any_page_goes_home(window: Window, qtbot: QtBot) -> None:
    to_pay(window, qtbot)
    press(window, Qt.Key.Key_F2)
    assert window.page().name == "pay"
    type_keys(window, "sur")
    assert window.page().name == "home"
    assert window.search.text() == "sur"
    assert window.search.has_focus()
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_Escape)
    assert window.page().name == "pay"


def test_enter_in_the_search_box_of_another_page_takes_no_money(window: Window, qtbot: QtBot) -> None:
    to_pay(window, qtbot)
    press(window, Qt.Key.Key_F2)
    before = small_office.entries(window.desk)
    press(window, Qt.Key.Key_Return)
    assert (window.page().name, window.page().saving) == ("pay", False)
    assert small_office.entries(window.desk) == before


@pytest.mark.parametrize("code", [LINK + ARREARS, ARREARS, ARREARS[1:]])
def test_a_scan_opens_the_consumer_and_fills_no_money_field(window: Window, qtbot: QtBot, code: str) -> None:
    to_pay(window, qtbot)
    before = small_office.entries(window.desk)
    fields = window.page().findChildren(QLineEdit)
    typed = [field.text() for field in fields]
    scan(window, code)
    assert [field.text() for field in fields] == typed
    qtbot.waitUntil(lambda: window.page().name == "consumer")
    assert window.page().consumer() == ARREARS
    assert small_office.entries(window.desk) == before


def test_a_scan_of_an_unknown_number_says_so(window: Window, qtbot: QtBot) -> None:
    scan(window, "N2204599999")
    qtbot.waitUntil(lambda: "यह नंबर यहाँ नहीं है" in words_on(window))
    assert window.search.text() == "N2204599999"


def test_a_payment_needs_a_consumer_first(window: Window) -> None:
    press(window, Qt.Key.Key_F4)
    assert window.page().name == "home"


def test_a_key_without_the_right_is_not_on_the_bar_and_says_why(
    open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(person=AUDITOR)
    window.go("consumer", Visit(consumer=PLAIN))
    assert "key pay" not in [button.objectName() for button in window.findChildren(QAbstractButton)]
    press(window, Qt.Key.Key_F4)
    assert window.page().name == "consumer"


def test_the_lock_shows_no_consumer_and_keeps_the_work(window: Window, qtbot: QtBot) -> None:
    to_pay(window, qtbot)
    type_keys(window, "2000")
    press(window, Qt.Key.Key_F12)
    assert window.page().name == "sign_in"
    shown = words_on(window)
    assert "सुरेश" not in shown
    assert PLAIN not in shown
    type_keys(window, small_office.PASSWORD)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page().name == "pay")
    assert "2000" in [field.text().replace(",", "") for field in window.page().findChildren(QLineEdit)]


def test_somebody_else_may_sign_in_at_a_locked_counter_and_sees_nothing(window: Window, qtbot: QtBot) -> None:
    to_pay(window, qtbot)
    type_keys(window, "2000")
    press(window, Qt.Key.Key_F12)
    window.window().focusPreviousChild()
    code = window.window().focusWidget()
    assert isinstance(code, QLineEdit)
    code.selectAll()
    type_keys(window, SECOND.code)
    press(window, Qt.Key.Key_Return)
    type_keys(window, small_office.PASSWORD)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert window.session.person == SECOND
    press(window, Qt.Key.Key_Escape)
    assert window.page().name == "home"
    qtbot.waitUntil(lambda: "hold" in window.page().keys().actions)


def test_a_wrong_password_does_not_unlock(window: Window, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_F12)
    type_keys(window, "wrong")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.page().saving)
    assert (window.page().name, window.locked) == ("sign_in", True)
    press(window, Qt.Key.Key_F4)
    press(window, Qt.Key.Key_F2)
    scan(window, ARREARS)
    assert (window.page().name, window.locked) == ("sign_in", True)


def test_the_window_locks_itself(window: Window, qtbot: QtBot) -> None:
    window.lock_after(timedelta(milliseconds=20))
    press(window, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: window.locked)


def test_the_language_key_keeps_page_and_work(window: Window, qtbot: QtBot) -> None:
    to_pay(window, qtbot)
    type_keys(window, "2000")
    in_hindi = window.page()
    press(window, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: window.page() is not in_hindi)
    assert (window.language, window.page().name) == (Language.ENGLISH, "pay")
    qtbot.waitUntil(
        lambda: "2000" in [field.text().replace(",", "") for field in window.page().findChildren(QLineEdit)]
    )
    assert "भुगतान" not in words_on(window)
    press(window, Qt.Key.Key_F11)
    assert window.language is Language.HINDI


def test_an_answer_for_a_page_of_the_other_language_is_dropped(window: Window, qtbot: QtBot) -> None:
    window.go("consumer", Visit(consumer=PLAIN))
    gone, go_on, told = window.page(), Event(), list[str]()
    gone.fetch(lambda: str(go_on.wait()), told.append)
    press(window, Qt.Key.Key_F11)
    try:
        qtbot.waitUntil(lambda: window.page() is not gone)
    finally:
        go_on.set()
    answered = list[str]()
    window.page().fetch(lambda: "behind it", answered.append)
    qtbot.waitUntil(lambda: bool(answered))
    assert told == []


def test_half_typed_work_is_held_and_offered_on_home(window: Window, qtbot: QtBot) -> None:
    to_pay(window, qtbot)
    type_keys(window, "2000")
    press(window, Qt.Key.Key_F9)
    assert window.page().name == "home"
    qtbot.waitUntil(lambda: len(drafts.kept(window.desk, window.session)) == 1)
    window.background.changed.emit()
    qtbot.waitUntil(lambda: "hold" in window.page().keys().actions)
    press(window, Qt.Key.Key_F9)
    assert window.page().name == "pay"
    qtbot.waitUntil(
        lambda: "2000" in [field.text().replace(",", "") for field in window.page().findChildren(QLineEdit)]
    )


def test_a_refusal_is_a_banner_and_no_box(window: Window, qtbot: QtBot) -> None:
    window.tell_trouble(DiskFull(120))
    assert "120" in words_on(window)
    window.untell()
    assert "120" not in words_on(window)


def test_a_fault_of_the_program_is_told_without_its_text(
    window: Window, capsys: pytest.CaptureFixture[str]
) -> None:
    window.tell_trouble(ValueError("सुरेश 9826048210"))
    assert "ValueError" in words_on(window)
    assert "9826048210" not in words_on(window) + capsys.readouterr().err


def test_the_result_strip_stays_until_a_key(window: Window, qtbot: QtBot) -> None:
    window.home(Both("₹382 वापस", "Return ₹382"), "2214-2-000001")
    assert "₹382 वापस" in words_on(window)
    window.background.changed.emit()
    assert "2214-2-000001" in words_on(window)
    type_keys(window, "s")
    assert "₹382 वापस" not in words_on(window)


def test_a_window_closed_while_something_is_recorded_closes_itself_afterwards(
    window: Window, qtbot: QtBot
) -> None:
    go_on, told = Event(), list[bool]()
    window.page().save(go_on.wait, told.append)
    assert not window.may_close()
    assert window.isVisible()
    go_on.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert told == [True]


def test_a_window_stays_open_to_say_that_nothing_was_recorded(window: Window, qtbot: QtBot) -> None:
    go_on = Event()

    def refuse() -> None:
        go_on.wait()
        raise DiskFull(120)

    window.page().save(refuse, print)
    assert not window.may_close()
    go_on.set()
    qtbot.waitUntil(lambda: "120" in words_on(window))
    recorded = list[None]()
    window.page().save(lambda: None, recorded.append)  # the wish to close has gone with the refusal
    qtbot.waitUntil(lambda: bool(recorded))
    assert window.isVisible()


def test_a_key_of_the_bar_is_read_out_in_full(open_window: Callable[..., Window]) -> None:
    window = open_window(Language.ENGLISH)
    spoken = {one.objectName(): one.accessibleName() for one in window.findChildren(QAbstractButton)}
    assert spoken["key complaint"] == "F3 Register a complaint"
    assert spoken["key lock"] == "F12 Lock the counter"


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", ["sign_in", "home", "consumer", "pay", "complaint", "status", "receipts"])
def test_every_field_and_key_has_a_name_and_one_thing_the_focus(
    open_window: Callable[..., Window], qtbot: QtBot, language: Language, name: str
) -> None:
    window = open_window(language)
    window.go(name, Visit(consumer=PLAIN))
    for kind in (QLineEdit, QAbstractButton):
        for widget in window.findChildren(kind):
            assert widget.accessibleName() or not widget.isVisible(), widget
    assert window.isAncestorOf(window.window().focusWidget())


def test_a_mouse_that_went_down_on_one_key_presses_no_other(qtbot: QtBot) -> None:
    bar, told = KeyBar(), list[str]()
    qtbot.addWidget(bar)
    bar.pressed.connect(told.append)
    bar.show_keys(Keys((), escape=Both("वापस", "Back")), Language.HINDI, live=True)
    (button,) = [one for one in bar.findChildren(QAbstractButton) if one.objectName() == "key escape"]
    qtbot.mousePress(button, Qt.MouseButton.LeftButton)
    bar.show_keys(Keys((), accept=Both("दर्ज करें", "Record")), Language.HINDI, live=True)
    qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert (button.objectName(), told) == ("key accept", [])
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told == ["accept"]
