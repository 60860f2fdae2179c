"""Signing in: code and password, by keys alone; nothing is shown that is not this person's to see."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from counter_app.ui.pages.table import build
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk import small_office
from tests.screens.conftest import press, type_keys


def test_code_tab_password_enter(open_window: Callable[..., Window], qtbot: QtBot) -> None:
    window = open_window(person=None)
    type_keys(window, "rekha")
    window.page().focusNextChild()
    type_keys(window, small_office.PASSWORD)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert window.session.person == small_office.CASHIER


def test_enter_goes_from_the_code_to_the_password(open_window: Callable[..., Window], qtbot: QtBot) -> None:
    window = open_window(person=None)
    type_keys(window, "rekha")
    press(window, Qt.Key.Key_Return)
    assert not window.page().saving
    type_keys(window, small_office.PASSWORD)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page().name == "home")


def test_a_wrong_password_is_said_and_the_code_stays(
    open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(person=None)
    type_keys(window, "rekha")
    press(window, Qt.Key.Key_Return)
    type_keys(window, "wrong")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.page().saving)
    code, password = window.page().findChildren(QLineEdit)
    assert (code.text(), password.text()) == ("rekha", "")
    assert password.accessibleDescription()


def test_the_demo_office_is_filled_in_and_says_where_its_key_lies(
    open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(person=None)
    window.demo_signs = (small_office.CASHIER.code, small_office.PASSWORD, "demo/keys.json")
    window.page().refresh()
    said = " ".join(label.text() for label in window.page().findChildren(QLabel) if label.isVisible())
    assert "DEMO" in said
    assert "demo/keys.json" in said
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page().name == "home")


def test_before_the_data_is_open_enter_does_nothing_and_it_says_why(qtbot: QtBot) -> None:
    window = Window(Language.HINDI, lambda: small_office.NOW, build)
    qtbot.addWidget(window)
    window.show()
    assert not window.page().keys().accept.lead
    type_keys(window, "rekha")
    press(window, Qt.Key.Key_Return)
    assert not window.page().saving
    said = [label.text() for label in window.page().findChildren(QLabel)]
    assert "इस काउंटर का डेटा खुल रहा है Opening the data of this counter" in said
    window.background.close()


def test_before_the_morning_in_london_the_day_is_that_of_india(qtbot: QtBot) -> None:
    window = Window(Language.ENGLISH, lambda: datetime(2026, 3, 12, 23, 42, tzinfo=UTC), build)
    qtbot.addWidget(window)
    window.page().refresh()
    said = [label.text() for label in window.page().findChildren(QLabel)]
    assert {"05:12", "Fri 13/03/2026"} <= {*said}
    window.background.close()
