"""Registering a complaint with the keyboard."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from counter_app.desk import complaints
from counter_app.desk.rows import ComplaintRow
from counter_app.domain.complaint import Answered, Stage
from counter_app.ui.page import Visit
from counter_app.ui.pages.complaint import ComplaintPage
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk.small_office import NOW, NUMBERS, PLAIN, complaining, entries, faults
from tests.screens.conftest import press, type_keys

ENTER = Qt.Key.Key_Return


def open_complaint(window: Window, qtbot: QtBot, number: str = PLAIN) -> ComplaintPage:
    """The complaint page of a consumer, or of a place without one."""
    window.go("complaint", Visit(consumer=number))
    page = window.page()
    assert isinstance(page, ComplaintPage)
    qtbot.waitUntil(lambda: page._form is not None)
    return page


def open_ones(window: Window) -> tuple[ComplaintRow, ...]:
    """All complaints that are not closed."""
    return complaints.status(window.desk, window.session, "", NOW)


def shown(window: Window) -> str:
    """All the text on the page."""
    return "\n".join(label.text() for label in window.page().findChildren(QLabel) if label.isVisible())


def test_two_digits_and_four_enters_register(window: Window, qtbot: QtBot) -> None:
    open_complaint(window, qtbot)
    type_keys(window, "11")
    for _ in range(3):
        press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    (one,) = open_ones(window)
    assert (one.registered.type, one.registered.consumer) == ("SUP-04", PLAIN)
    assert one.registered.mobile == "9826048200"
    assert one.number.stem in shown(window)
    assert faults(window.desk) == ()


def complain_of_no_supply(window: Window, qtbot: QtBot, number: str) -> None:
    """Register a house without supply, as a clerk does."""
    open_complaint(window, qtbot, number)
    type_keys(window, "11")
    page = window.page()
    assert isinstance(page, ComplaintPage)
    if page._line.asked is not None:
        press(window, Qt.Key.Key_Escape)
    for _ in range(3):
        press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")


KEYS_NO_SUPPLY = 13


def test_a_complaint_joined_to_an_outage_takes_thirteen_keys_from_home(window: Window, qtbot: QtBot) -> None:
    for number in NUMBERS[1:3]:
        complain_of_no_supply(window, qtbot, number)
    keys = 0
    for digits, then in ((PLAIN[-6:], ENTER), ("", Qt.Key.Key_F3), ("11", ENTER), ("", ENTER), ("", ENTER)):
        if digits:
            type_keys(window, digits)
            keys += len(digits)
        if digits == PLAIN[-6:]:
            qtbot.waitUntil(lambda: window.page().consumer() == PLAIN)
        press(window, then)
        keys += 1
        if then == Qt.Key.Key_F3:
            qtbot.waitUntil(lambda: getattr(window.page(), "_form", None) is not None)
        elif digits == PLAIN[-6:]:
            qtbot.waitUntil(lambda: window.page().name == "consumer")
    qtbot.waitUntil(lambda: window.page().name == "home")
    print(f"\nkeystrokes: {keys}")  # the bench reads it
    assert keys <= KEYS_NO_SUPPLY
    (one,) = (row for row in open_ones(window) if row.registered.consumer == PLAIN)
    assert (one.state.stage, one.registered.joined) == (Stage.MERGED, one.state.joined)
    assert one.state.joined is not None


def test_escape_keeps_a_complaint_separate_from_the_outage(window: Window, qtbot: QtBot) -> None:
    for number in NUMBERS[:4]:
        complain_of_no_supply(window, qtbot, number)
    assert [row.registered.joined for row in open_ones(window)] == [None] * 4


def test_the_same_again_and_a_broken_promise_are_said(window: Window, qtbot: QtBot) -> None:
    before = NOW - timedelta(days=2)
    for _ in range(2):
        complaints.register(window.desk, window.session, complaining(PLAIN, "11"), before)
    open_complaint(window, qtbot)
    type_keys(window, "11")
    assert "बार 3" in shown(window)
    assert "10/03 का पिछला वादा टूटा" in shown(window)


def test_what_is_asked_with_a_type_is_recorded(window: Window, qtbot: QtBot) -> None:
    open_complaint(window, qtbot)
    type_keys(window, "21")
    press(window, ENTER)
    press(window, ENTER)
    type_keys(window, "4180")
    press(window, ENTER)
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    (one,) = open_ones(window)
    assert one.registered.answers == (Answered("reading", "4180"),)


def test_letters_filter_the_types(window: Window, qtbot: QtBot) -> None:
    page = open_complaint(window, qtbot)
    type_keys(window, "burnt")
    press(window, ENTER)
    assert page._types.kind() is not None
    assert "burnt" in page._types.kind().name_en.lower()


@pytest.mark.parametrize(
    ("typed", "code"),
    [("fu", "SUP-04"), ("li", "SUP-04"), ("फ्यू", "SUP-04"), ("रि", "BIL-03"), ("dt", "SUP-02"),
     ("चो", "THF-01"), ("stf", "STF-01"), ("सोल", "CON-06"), ("chi", "SAF-04")],
)  # fmt: skip
def test_two_letters_of_what_people_say_find_a_type(
    window: Window, qtbot: QtBot, typed: str, code: str
) -> None:
    page = open_complaint(window, qtbot)
    type_keys(window, typed)
    shown_types = [kind.code for _, kind in page._types._rows if kind is not None]
    assert code in shown_types
    assert len(shown_types) < 12


def test_arrows_choose_a_type(window: Window, qtbot: QtBot) -> None:
    page = open_complaint(window, qtbot)
    press(window, Qt.Key.Key_Down)
    press(window, ENTER)
    assert page._types.key() == "12"


def test_a_short_mobile_is_said_under_its_field(window: Window, qtbot: QtBot) -> None:
    page = open_complaint(window, qtbot)
    type_keys(window, "21")
    page._mobile.edit.selectAll()
    type_keys(window, "982604821", every=120)
    before = entries(window.desk)
    for _ in range(4):
        press(window, ENTER)
    qtbot.waitUntil(page._mobile.is_wrong)
    assert page._mobile.text() == "982604821"
    assert entries(window.desk) == before


def test_a_place_without_a_consumer_needs_its_landmark(window: Window, qtbot: QtBot) -> None:
    page = open_complaint(window, qtbot, "")
    type_keys(window, "91")
    for _ in range(4):
        press(window, ENTER)
    qtbot.waitUntil(page._landmark.is_wrong)
    type_keys(window, "shiv mandir")
    for _ in range(3):
        press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    (one,) = open_ones(window)
    assert (one.registered.consumer, one.registered.landmark) == ("", "shiv mandir")


def test_danger_tells_whom_to_phone(window: Window, qtbot: QtBot) -> None:
    page = open_complaint(window, qtbot)
    type_keys(window, "91")
    assert page._danger.isVisible()
    page._types.setFocus()
    type_keys(window, "21")
    assert not page._danger.isVisible()


def test_enter_held_down_registers_once(window: Window, qtbot: QtBot) -> None:
    open_complaint(window, qtbot)
    type_keys(window, "11")
    for _ in range(3):
        press(window, ENTER)
    for _ in range(40):
        press(window, ENTER, repeat=True)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert len(open_ones(window)) == 1


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", ["complaint", "status"])
def test_the_pages_stand_in_both_languages(
    open_window: Callable[..., Window], qtbot: QtBot, language: Language, name: str
) -> None:
    window = open_window(language)
    window.go(name, Visit())
    qtbot.waitUntil(lambda: window.page().name == name)
    assert ("शिकायत" in shown(window) or "प्रकार" in shown(window)) == (language is Language.HINDI)
