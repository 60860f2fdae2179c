"""Who signs in here: let in, given another password, let in no more, by keys alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from counter_app.domain.acts import StaffChange, StaffChanged
from counter_app.domain.entry import Kind
from counter_app.ui.table import Table
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk.small_office import ADMINISTRATOR, CLERK, PASSWORD, SUPERVISOR, payloads
from tests.screens.conftest import press, type_keys, words_on
from tests.store.hearing import enrolled

ENTER = Qt.Key.Key_Return
SECRET = "Neela-Badal-7742"


@pytest.fixture
def window(open_window: Callable[..., Window], qtbot: QtBot) -> Window:
    window = open_window(Language.ENGLISH, ADMINISTRATOR)
    _open(window, qtbot)
    return window


def _open(window: Window, qtbot: QtBot) -> None:
    type_keys(window, "staff")
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "people" and bool(codes(window)))


def codes(window: Window) -> list[str]:
    """Those of the table."""
    (table,) = window.page().findChildren(Table)
    return [str(table.rows.index(row, 0).data()) for row in range(table.rows.rowCount())]


def fill(window: Window, *texts: str) -> None:
    """What is typed into the fields, one behind the other, with Enter behind each."""
    for text in texts:
        edit = window.focusWidget()
        assert isinstance(edit, QLineEdit)
        edit.setText(text)
        press(window, ENTER)


def test_somebody_is_let_in_gets_another_password_and_is_let_in_no_more(window: Window, qtbot: QtBot) -> None:
    type_keys(window, "1")
    fill(window, "aaa", "2", "आशा", "Asha", SECRET, SECRET, PASSWORD)
    qtbot.waitUntil(lambda: "Asha signs in here from now on." in words_on(window))
    qtbot.waitUntil(lambda: "AAA" in codes(window))
    type_keys(window, "2")
    assert "A new password for Asha (AAA)" in words_on(window)
    fill(window, "Tez-Hawa-3391", "Tez-Hawa-3391", PASSWORD)
    qtbot.waitUntil(lambda: "with the new password" in words_on(window))
    type_keys(window, "3")
    fill(window, PASSWORD)
    qtbot.waitUntil(lambda: "Asha signs in here no more." in words_on(window))
    said = payloads(window.desk, Kind.STAFF_CHANGED)
    assert [one.change for one in said if isinstance(one, StaffChanged)] == [*StaffChange]


def test_a_form_is_about_whom_it_names_whatever_is_clicked_meanwhile(window: Window, qtbot: QtBot) -> None:
    (table,) = window.page().findChildren(Table)
    table.select(codes(window).index(CLERK.code))
    type_keys(window, "3")
    assert f"({CLERK.code})" in words_on(window)
    other = table.view.visualRect(table.rows.index(codes(window).index(SUPERVISOR.code), 1)).center()
    QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, other)
    fill(window, PASSWORD)
    qtbot.waitUntil(lambda: f"{CLERK.name_en} signs in here no more." in words_on(window))
    (said,) = payloads(window.desk, Kind.STAFF_CHANGED)
    assert isinstance(said, StaffChanged)
    assert said.person == CLERK.code


def test_what_is_wrong_is_said_below_its_field_and_nothing_secret_stays(window: Window, qtbot: QtBot) -> None:
    type_keys(window, "1")
    fill(window, "aaa", "9", "आशा", "Asha", SECRET, SECRET, PASSWORD)
    assert "from 1 to 6" in words_on(window)
    fill(window, "2", "आशा", "Asha", SECRET, "another", PASSWORD)
    assert "another password than above" in words_on(window)
    fill(window, SECRET, "wrong")
    qtbot.waitUntil(lambda: not window.page().saving and "2" in words_on(window))
    press(window, Qt.Key.Key_Escape)
    assert SECRET not in [edit.text() for edit in window.findChildren(QLineEdit)]
    assert payloads(window.desk, Kind.STAFF_CHANGED) == []


def test_where_a_centre_says_it_the_page_says_so_and_changes_nothing(
    open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(Language.ENGLISH, ADMINISTRATOR)
    enrolled(window.desk.book)
    _open(window, qtbot)
    qtbot.waitUntil(lambda: "The centre says who works here" in words_on(window))
    type_keys(window, "1")
    assert "Your password" not in words_on(window)


def test_who_may_not_is_not_led_there(open_window: Callable[..., Window]) -> None:
    window = open_window(Language.ENGLISH, SUPERVISOR)
    type_keys(window, "staff")
    press(window, ENTER)
    assert window.page().name != "people"
