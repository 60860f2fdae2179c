"""After danger was registered the clerk is asked whether somebody was telephoned: one key, or later."""

from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import complaints, drafts
from counter_app.domain.complaint import CallMade
from counter_app.store.extracts import Counts, Extracts
from counter_app.ui.window import Window
from tests.desk.small_office import NOW, NUMBERS, complaining, entries, faults
from tests.desk.test_lines import duty
from tests.screens.conftest import press, type_keys
from tests.screens.test_complaint import ENTER, open_complaint, open_ones, shown

MINUTE = timedelta(minutes=1)


def register_danger(window: Window, qtbot: QtBot) -> None:
    """A wire down on the consumer's own line, by keys, up to the question."""
    open_complaint(window, qtbot)
    type_keys(window, "91")
    for _ in range(3):
        press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "called")
    qtbot.waitUntil(lambda: "1912 पर फोन कर दिया" in shown(window))


def calls(window: Window) -> list[tuple[str, str]]:
    (one,) = open_ones(window)
    return [(event.said.whom, event.said.phone) for event in one.events if isinstance(event.said, CallMade)]


def test_one_key_records_that_1912_was_telephoned(window: Window, qtbot: QtBot) -> None:
    register_danger(window, qtbot)
    before = entries(window.desk)
    press(window, ENTER)  # no default: nothing that was not done is recorded
    assert entries(window.desk) == before
    type_keys(window, "1")
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert calls(window) == [("", "1912")]
    (one,) = open_ones(window)
    assert one.number.stem in shown(window)
    assert (faults(window.desk), drafts.kept(window.desk, window.session)) == ((), ())


def test_another_key_records_the_officer_on_duty(window: Window, qtbot: QtBot) -> None:
    with window.desk.book.writing() as page:
        Extracts(page).put_duties([duty("6666600015")], Counts())
    register_danger(window, qtbot)
    type_keys(window, "2")
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert calls(window) == [("रवि", "6666600015")]


def test_esc_is_later_and_records_no_call(window: Window, qtbot: QtBot) -> None:
    register_danger(window, qtbot)
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert calls(window) == []


def test_what_was_put_off_stands_first_on_home_until_a_call_is_recorded(window: Window, qtbot: QtBot) -> None:
    register_danger(window, qtbot)
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "किसी को फोन नहीं हुआ: 1" in shown(window))
    (one,) = open_ones(window)
    type_keys(window, "s")  # who looks for somebody is not led there by Enter
    qtbot.waitUntil(lambda: "किसी को फोन नहीं हुआ" not in shown(window))
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "किसी को फोन नहीं हुआ: 1" in shown(window))
    press(window, ENTER)
    qtbot.waitUntil(lambda: one.number.stem in shown(window) and "1912 पर फोन कर दिया" in shown(window))
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert calls(window) == []
    press(window, ENTER)
    qtbot.waitUntil(lambda: "1912 पर फोन कर दिया" in shown(window))
    type_keys(window, "1")
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert calls(window) == [("", "1912")]
    qtbot.waitUntil(lambda: "किसी को फोन नहीं हुआ" not in shown(window))
    assert (faults(window.desk), drafts.kept(window.desk, window.session)) == ((), ())


def test_arrows_choose_which_danger_is_opened(window: Window, qtbot: QtBot) -> None:
    makes = [
        complaints.register(window.desk, window.session, complaining(number, "91"), NOW + minute * MINUTE)
        for minute, number in enumerate(NUMBERS[:4])
    ]
    window.home()
    qtbot.waitUntil(lambda: "किसी को फोन नहीं हुआ: 4" in shown(window))
    assert makes[3].number.stem not in shown(window)
    for _ in range(5):
        press(window, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: makes[3].number.stem in shown(window))
    press(window, ENTER)
    qtbot.waitUntil(lambda: "1912 पर फोन कर दिया" in shown(window))
    assert makes[3].number.stem in shown(window)
    press(window, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: window.page().name == "status" and makes[3].number.stem in shown(window))
