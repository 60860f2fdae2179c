"""A scanner is told from a person by its pace; held-down keys mean one press."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from counter_app.ui.fields import Field, MoneyField
from counter_app.ui.keys import KeyWay
from counter_app.words.say import Both
from tests.screens.conftest import key_of, press, scan, send, type_keys

LINK = "https://py.mpcz.in/x?k=N2204518731"


class Sheet(QWidget):
    """A page with two fields, and a note of what came by."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        self.amount, self.note = MoneyField(Both("राशि", "Amount")), Field(Both("टिप्पणी", "Note"))
        layout.addWidget(self.amount)
        layout.addWidget(self.note)
        self.entered, self.scanned = 0, list[str]()
        self.way = KeyWay(self, self._press, self.scanned.append)

    def settle_keys(self) -> None:
        """As the window's."""
        self.way.settle()

    def _press(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Return:
            self.entered += 1
        return event.key() == Qt.Key.Key_Return


@pytest.fixture
def sheet(qtbot: QtBot) -> Sheet:
    shown = Sheet()
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    shown.amount.setFocus()
    shown.way.listen()
    return shown


def test_a_person_types_into_the_field(sheet: Sheet) -> None:
    type_keys(sheet, "1618")
    press(sheet, Qt.Key.Key_Return)
    assert (sheet.amount.text(), sheet.entered, sheet.scanned) == ("1618", 1, [])


def test_keys_come_the_way_the_desktop_sends_them(sheet: Sheet, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_1, Qt.Key.Key_6):
        QTest.keyClick(sheet.windowHandle(), key)
    QTest.keyClick(sheet.windowHandle(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sheet.entered == 1)
    assert sheet.amount.text() == "16"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_an_open_menu_has_the_keys_for_itself(sheet: Sheet, qtbot: QtBot) -> None:
    menu = QMenu(sheet)
    done = menu.addAction("Paste")
    menu.popup(sheet.mapToGlobal(sheet.rect().center()))
    with qtbot.waitSignal(done.triggered):
        press(sheet, Qt.Key.Key_Down)
        press(sheet, Qt.Key.Key_Return)
    assert sheet.entered == 0


def test_a_fast_person_is_no_scanner(sheet: Sheet) -> None:
    sheet.note.setFocus()
    type_keys(sheet, "शिव मंदिर के पास, 9827048210", every=45)
    assert sheet.note.text() == "शिव मंदिर के पास, 9827048210"
    assert sheet.scanned == []


def test_a_few_keys_pressed_at_once_stay_in_their_order(sheet: Sheet) -> None:
    sheet.note.setFocus()
    type_keys(sheet, "2204518", every=2)
    assert (sheet.note.text(), sheet.scanned) == ("2204518", [])


@pytest.mark.parametrize("code", ["N2204518731", LINK, "2204518731"])
@pytest.mark.parametrize("enter", [True, False])
def test_a_burst_never_reaches_a_money_field(sheet: Sheet, qtbot: QtBot, code: str, enter: bool) -> None:
    scan(sheet, code, enter=enter)
    qtbot.waitUntil(lambda: bool(sheet.scanned))
    assert sheet.scanned == [code]
    assert (sheet.amount.text(), sheet.entered) == ("", 0)


def test_the_scanners_late_enter_means_nothing(sheet: Sheet, qtbot: QtBot) -> None:
    scan(sheet, LINK, enter=False)
    qtbot.waitUntil(lambda: bool(sheet.scanned))
    press(sheet, Qt.Key.Key_Return)
    assert sheet.entered == 0


def test_what_was_typed_before_the_burst_stays(sheet: Sheet) -> None:
    type_keys(sheet, "500")
    scan(sheet, LINK)
    assert (sheet.amount.text(), sheet.scanned) == ("500", [LINK])


def test_a_burst_without_stamps_is_told_by_the_clock(sheet: Sheet) -> None:
    for sign in "N2204518731":
        send(sheet, key_of(sign), sign, 0)
    send(sheet, Qt.Key.Key_Return, "\r", 0)
    assert (sheet.scanned, sheet.amount.text(), sheet.entered) == (["N2204518731"], "", 0)


def test_a_held_down_enter_is_one_press(sheet: Sheet) -> None:
    press(sheet, Qt.Key.Key_Return)
    for _ in range(300):
        press(sheet, Qt.Key.Key_Return, repeat=True)
    assert sheet.entered == 1


def test_a_held_down_letter_is_typed(sheet: Sheet) -> None:
    sheet.note.setFocus()
    for _ in range(3):
        type_keys(sheet, "अ")
    assert sheet.note.text() == "अअअ"
