"""Where it is, asked also of a consumer: the record's line stands there, Enter agrees, typing changes it."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.rows import ComplaintRow
from counter_app.domain.network import Asset, AssetKind
from counter_app.store.extracts import Counts, Extracts
from counter_app.ui.pages.complaint_line import Asked
from counter_app.ui.window import Window
from tests.desk.small_office import NUMBERS, PLAIN
from tests.desk.test_lines import shutdown
from tests.screens.conftest import press, type_keys
from tests.screens.test_complaint import ENTER, open_complaint, open_ones, shown
from tests.screens.test_complaint_line import planned

OWN, ELSEWHERE = "2214070018", "2214070031"
TAB = Qt.Key.Key_Tab


def recorded(window: Window, qtbot: QtBot) -> ComplaintRow:
    """The one complaint there is, once Home is back; whether somebody was telephoned is left for later."""
    qtbot.waitUntil(lambda: window.page().name in {"home", "called"})
    if window.page().name == "called":
        press(window, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: window.page().name == "home")
    (one,) = open_ones(window)
    return one


def test_danger_on_the_consumers_own_line_takes_no_key_more(window: Window, qtbot: QtBot) -> None:
    page = open_complaint(window, qtbot)
    type_keys(window, "91")
    qtbot.waitUntil(lambda: "रिकॉर्ड से" in shown(window))
    assert {ask: field.text() for ask, field in page._questions.fields.items()} == {"dtr": OWN, "pole": ""}
    for _ in range(3):  # mobile, landmark, and: it is here
        press(window, ENTER)
    made = recorded(window, qtbot).registered
    assert (made.consumer, made.dtr, made.feeder, made.pole) == (PLAIN, OWN, "F-07", "")


def test_a_wire_three_streets_off_is_filed_where_it_lies(window: Window, qtbot: QtBot) -> None:
    lines = [
        Asset(AssetKind.DTR, ELSEWHERE, "", "", "F-09", "31"),
        Asset(AssetKind.DTR, OWN, "", "", "F-07", "18"),
    ]
    with window.desk.book.writing() as written:
        Extracts(written).put_assets(lines, Counts())
    page = open_complaint(window, qtbot)
    type_keys(window, "91")
    press(window, ENTER)
    press(window, ENTER)
    type_keys(window, ELSEWHERE)
    assert page._questions.fields["dtr"].text() == ELSEWHERE
    press(window, ENTER)
    type_keys(window, "GM-31/2")
    press(window, ENTER)
    press(window, ENTER)
    made = recorded(window, qtbot).registered
    assert (made.consumer, made.dtr, made.feeder, made.pole) == (PLAIN, ELSEWHERE, "F-09", "GM-31/2")


def test_a_pole_that_the_lists_know_names_its_transformer_against_the_record(
    window: Window, qtbot: QtBot
) -> None:
    lines = [
        Asset(AssetKind.POLE, "P-1", "", "", ELSEWHERE, "GM-31/2"),
        Asset(AssetKind.DTR, ELSEWHERE, "", "", "F-09", "31"),
    ]
    with window.desk.book.writing() as written:
        Extracts(written).put_assets(lines, Counts())
    open_complaint(window, qtbot)
    type_keys(window, "91")
    press(window, ENTER)
    press(window, ENTER)
    press(window, TAB)
    type_keys(window, "gm-31/2")
    press(window, ENTER)
    press(window, ENTER)
    made = recorded(window, qtbot).registered
    assert (made.pole, made.dtr, made.feeder) == ("P-1", ELSEWHERE, "F-09")


def test_a_transformer_that_nobody_knows_is_not_the_consumers(window: Window, qtbot: QtBot) -> None:
    open_complaint(window, qtbot)
    type_keys(window, "92")
    press(window, ENTER)
    press(window, ENTER)
    press(window, Qt.Key.Key_Delete)
    for _ in range(3):
        press(window, ENTER)
    made = recorded(window, qtbot).registered
    assert (made.consumer, made.dtr, made.feeder) == (PLAIN, "", "")


def test_who_reports_theft_is_asked_without_the_record(window: Window, qtbot: QtBot) -> None:
    page = open_complaint(window, qtbot)
    type_keys(window, "52")
    assert {ask: field.text() for ask, field in page._questions.fields.items()} == {"pole": ""}


def test_no_supply_asks_no_place(window: Window, qtbot: QtBot) -> None:
    page = open_complaint(window, qtbot)
    type_keys(window, "11")
    assert page._questions.fields == {}


def test_the_line_that_was_typed_is_asked_about(window: Window, qtbot: QtBot) -> None:
    planned(window, shutdown("F-09"))
    page = open_complaint(window, qtbot, NUMBERS[0])
    type_keys(window, "12")
    assert page._line.asked is None
    for _ in range(3):
        press(window, ENTER)  # past mobile, landmark and area
    type_keys(window, "F-09")
    qtbot.waitUntil(lambda: page._line.asked is Asked.SHUTDOWN)
    qtbot.waitUntil(lambda: "F-09 पर नियोजित कटौती" in shown(window))
    for _ in range(3):
        press(window, ENTER)
    made = recorded(window, qtbot).registered
    assert (made.feeder, made.dtr) == ("F-09", "")
