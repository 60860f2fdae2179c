"""The second person's word by keys alone, the code over the telephone, the PIN, and the clock."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from counter_app.desk import clock, complaints, payments, pins, receipts, second
from counter_app.domain.approval import Deed, challenge
from counter_app.domain.entry import Kind
from counter_app.ui.page import Visit
from counter_app.ui.pages.undo import UndoPage
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk import small_office
from tests.desk.small_office import NOW, PASSWORD, SUPERVISOR, complaining, entries, paying, payloads
from tests.screens.conftest import press, type_keys, words_on

ENTER, ESCAPE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down
PIN = "482916"


def shown(window: Window) -> str:
    """All the text on the page."""
    return words_on(window.page())


def to_undo(window: Window, qtbot: QtBot) -> UndoPage:
    """A receipt of ₹100 that is to be cancelled, the reason chosen, the cursor in the code."""
    receipt = payments.take(window.desk, window.session, paying(small_office.PLAIN, 100_00), NOW)
    window.go("undo", Visit(act=receipt.act))
    page = window.page()
    assert isinstance(page, UndoPage)
    qtbot.waitUntil(lambda: "₹100" in shown(window))
    type_keys(window, "1")
    press(window, ENTER)
    return page


def cancelled(window: Window, qtbot: QtBot) -> bool:
    qtbot.waitUntil(lambda: window.page().name == "home")
    return receipts.today(window.desk, window.session, NOW)[0].cancelled


def test_a_pin_of_today_cancels_a_receipt(window: Window, qtbot: QtBot) -> None:
    pins.set_pin(window.desk, small_office.signed_in(window.desk, SUPERVISOR), uuid4(), PASSWORD, PIN, NOW)
    to_undo(window, qtbot)
    type_keys(window, "anita")
    press(window, ENTER)
    type_keys(window, PIN)
    press(window, ENTER)
    assert cancelled(window, qtbot)


def test_a_star_asks_over_the_telephone_and_the_answer_cancels(window: Window, qtbot: QtBot) -> None:
    page = to_undo(window, qtbot)
    type_keys(window, "anita*")
    asked = challenge(page._act)
    assert f"{asked[:3]} {asked[3:]}" in shown(window)
    supervisor = small_office.signed_in(window.desk, SUPERVISOR)
    said = second.answer_for(window.desk, supervisor, Deed.CANCEL, "2214-2-000001", "100", "", asked, NOW)
    type_keys(window, said)
    press(window, ENTER)
    assert cancelled(window, qtbot)


def test_a_wrong_answer_is_said_the_challenge_stays_and_a_second_star_goes_back(
    window: Window, qtbot: QtBot
) -> None:
    page = to_undo(window, qtbot)
    type_keys(window, "*anita")
    before, asked = entries(window.desk), challenge(page._act)
    press(window, ENTER)
    type_keys(window, "000000")
    press(window, ENTER)
    qtbot.waitUntil(lambda: not page.saving and entries(window.desk) == before + 1)
    assert "4" in shown(window)
    assert f"{asked[:3]} {asked[3:]}" in shown(window)
    code, _ = page._second.fields
    code.edit.setFocus()
    type_keys(window, "*")
    assert page._second.fields[1].edit.echoMode() is QLineEdit.EchoMode.Password
    assert f"{asked[:3]} {asked[3:]}" not in shown(window)
    assert code.text() == "anita"


def test_a_supervisor_gives_a_code_by_keys_alone(open_window: Callable[..., Window], qtbot: QtBot) -> None:
    window = open_window(person=SUPERVISOR)
    type_keys(window, "code")
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "answer")
    type_keys(window, "1")
    for typed in ("2214-2-4187-q7m", "1613"):
        type_keys(window, typed)
        press(window, ENTER)
    type_keys(window, "482916")
    press(window, ENTER)
    said = second.answer_for(
        window.desk, window.session, Deed.CANCEL, "2214-2-004187", "1613", "", "482916", NOW
    )
    qtbot.waitUntil(lambda: f"{said[:3]} {said[3:]}" in shown(window))
    # Another question: the old answer does not stand beside it.
    page = window.page()
    page.findChildren(QLineEdit)[1].setFocus()
    type_keys(window, "0")
    assert said[:3] not in shown(window)


def test_for_the_clock_only_the_digits_are_asked(open_window: Callable[..., Window], qtbot: QtBot) -> None:
    window = open_window(person=SUPERVISOR)
    window.go("answer")
    type_keys(window, str(list(Deed).index(Deed.CLOCK) + 1))
    type_keys(window, "12345")
    press(window, ENTER)
    qtbot.waitUntil(lambda: not window.page().saving)
    assert "5" in shown(window)
    type_keys(window, "6")
    press(window, ENTER)
    said = second.answer_for(window.desk, window.session, Deed.CLOCK, "", "", "", "123456", NOW)
    qtbot.waitUntil(lambda: f"{said[:3]} {said[3:]}" in shown(window))


def test_who_may_not_agree_is_not_led_to_code_or_pin(window: Window, qtbot: QtBot) -> None:
    for word in ("code", "पिन"):
        type_keys(window, word)
        press(window, ENTER)
        press(window, ESCAPE)
    assert window.page().name == "home"


def test_a_pin_is_set_by_keys_alone(open_window: Callable[..., Window], qtbot: QtBot) -> None:
    window = open_window(Language.ENGLISH, SUPERVISOR)
    type_keys(window, "pin")
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "pin")
    before = entries(window.desk)
    for typed in (PASSWORD, PIN, "482917"):
        edit = window.focusWidget()
        assert isinstance(edit, QLineEdit)
        edit.setText(typed)
        press(window, ENTER)
    assert "another PIN" in shown(window)
    assert entries(window.desk) == before
    edit.setText(PIN)
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert len(payloads(window.desk, Kind.PIN_SET)) == 1
    assert PASSWORD not in [edit.text() for edit in window.findChildren(QLineEdit)]


def test_a_weak_pin_is_said_and_all_is_typed_again(open_window: Callable[..., Window], qtbot: QtBot) -> None:
    window = open_window(Language.ENGLISH, SUPERVISOR)
    window.go("pin")
    for typed in (PASSWORD, "111111", "111111"):
        edit = window.focusWidget()
        assert isinstance(edit, QLineEdit)
        edit.setText(typed)
        press(window, ENTER)
    qtbot.waitUntil(lambda: "Choose another" in shown(window))
    assert not any(edit.text() for edit in window.page().findChildren(QLineEdit))


# -- the clock -----------------------------------------------------------------------------------------


def set_back(window: Window) -> None:
    """Somebody worked two hours ahead of what the clock says now."""
    complaints.register(window.desk, window.session, complaining(), NOW + timedelta(hours=2))


def test_home_and_header_tell_of_the_clock_and_lead_to_it(window: Window, qtbot: QtBot) -> None:
    assert not window._header._clock.isVisible()
    set_back(window)
    window.home()
    window.work.show_status()
    qtbot.waitUntil(lambda: window._header._clock.isVisible())
    qtbot.waitUntil(lambda: "The clock was set back by 2 h" in shown(window))
    type_keys(window, "घड़ी")
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "clock")
    qtbot.waitUntil(lambda: "No money is taken" in shown(window))


def test_a_cashier_decides_with_the_supervisor_s_word(window: Window, qtbot: QtBot) -> None:
    set_back(window)
    window.go("clock")
    qtbot.waitUntil(lambda: "2 h" in shown(window))
    press(window, ENTER)  # there is no default
    assert clock.doubt(window.desk, NOW) is not None
    type_keys(window, "1")
    type_keys(window, "anita")
    press(window, ENTER)
    edit = window.focusWidget()
    assert isinstance(edit, QLineEdit)
    edit.setText(PASSWORD)
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert clock.doubt(window.desk, NOW) is None
    payments.take(window.desk, window.session, paying(), NOW)


def test_a_supervisor_decides_alone(open_window: Callable[..., Window], qtbot: QtBot) -> None:
    window = open_window(Language.ENGLISH, SUPERVISOR)
    set_back(window)
    window.go("clock")
    qtbot.waitUntil(lambda: "2 h" in shown(window))
    assert not [edit for edit in window.page().findChildren(QLineEdit) if edit.isVisible()]
    press(window, DOWN)
    press(window, DOWN)
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    found = clock.doubt(window.desk, NOW)
    assert found is not None
    assert found.decision == "go on"
    window.go("clock")
    qtbot.waitUntil(lambda: "let work go on" in shown(window))


def test_the_pay_page_says_why_no_money_is_taken(open_window: Callable[..., Window], qtbot: QtBot) -> None:
    window = open_window(Language.ENGLISH)
    set_back(window)
    window.go("pay", Visit(consumer=small_office.PLAIN))
    qtbot.waitUntil(lambda: "₹1,613" in shown(window))
    press(window, ENTER)
    qtbot.waitUntil(lambda: "The clock is 2 h" in shown(window))


def test_nothing_is_asked_while_nothing_stands_against_the_clock(window: Window, qtbot: QtBot) -> None:
    window.go("clock")
    qtbot.waitUntil(lambda: "Nothing stands against the clock" in shown(window))
    before = entries(window.desk)
    type_keys(window, "1")
    press(window, ENTER)
    assert entries(window.desk) == before
    assert window.page().name == "clock"
