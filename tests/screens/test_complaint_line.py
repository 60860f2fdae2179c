"""Before a complaint is made: a planned shutdown is told, an outage of a feeder is proposed, by keys."""

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import complaints
from counter_app.desk.complaints import ComplaintDraft
from counter_app.domain.complaint import Answered
from counter_app.domain.network import Shutdown
from counter_app.store.extracts import Counts, Extracts
from counter_app.ui.page import Visit
from counter_app.ui.pages.complaint import ComplaintPage
from counter_app.ui.pages.complaint_line import Asked
from counter_app.ui.window import Window
from tests.desk.small_office import NOW, NUMBERS, PLAIN, complaining, entries
from tests.desk.test_lines import duty, shutdown
from tests.screens.conftest import press, type_keys
from tests.screens.test_complaint import ENTER, open_complaint, open_ones, shown

ESCAPE = Qt.Key.Key_Escape


def planned(window: Window, *found: Shutdown) -> None:
    """The centre has said so before the line went."""
    with window.desk.book.writing() as page:
        Extracts(page).put_shutdowns(found, Counts())


def complaining_of_no_supply(window: Window, qtbot: QtBot) -> ComplaintPage:
    page = open_complaint(window, qtbot)
    type_keys(window, "11")
    return page


def test_esc_registers_nothing_while_the_supply_is_off_by_plan(window: Window, qtbot: QtBot) -> None:
    planned(window, shutdown())
    window.home()
    page = complaining_of_no_supply(window, qtbot)
    assert page._line.asked is Asked.SHUTDOWN
    qtbot.waitUntil(lambda: "F-07 पर नियोजित कटौती: 12/03/2026 10:42 से 14:42 तक" in shown(window))
    assert "पेड़ों की छँटाई" in shown(window)
    before = entries(window.desk)
    press(window, ESCAPE)
    assert (window.page().name, entries(window.desk)) == ("home", before)


def test_enter_registers_all_the_same_and_then_the_outage_is_asked_about(
    window: Window, qtbot: QtBot
) -> None:
    planned(window, shutdown())
    for number in NUMBERS[1:3]:
        complaints.register(window.desk, window.session, complaining(number, "11"), NOW)
    page = complaining_of_no_supply(window, qtbot)
    press(window, ENTER)
    assert page._line.asked is Asked.OUTAGE
    qtbot.waitUntil(lambda: "2 शिकायतें हैं: जोड़ें?" in shown(window))
    press(window, ENTER)
    assert page._line.join
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert len(open_ones(window)) == 4, "with the outage"


def test_one_to_come_is_told_without_a_question_and_stands_on_the_status(
    window: Window, qtbot: QtBot
) -> None:
    planned(window, shutdown(since=4, until=26))
    page = complaining_of_no_supply(window, qtbot)
    assert page._line.asked is None
    qtbot.waitUntil(lambda: "12/03/2026 15:42 से 13/03/2026 13:42 तक" in shown(window))
    for _ in range(3):
        press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    (one,) = open_ones(window)
    window.go("status", Visit(act=one.act))
    qtbot.waitUntil(lambda: "F-07 पर नियोजित कटौती" in shown(window))


def test_a_bill_is_no_matter_of_the_line(window: Window, qtbot: QtBot) -> None:
    planned(window, shutdown())
    page = open_complaint(window, qtbot)
    type_keys(window, "24")
    assert page._line.asked is None
    assert "नियोजित कटौती" not in shown(window)


def test_the_line_of_a_place_without_a_consumer_is_looked_at_as_soon_as_it_is_said(
    window: Window, qtbot: QtBot
) -> None:
    planned(window, shutdown())
    page = open_complaint(window, qtbot, "")
    type_keys(window, "12")
    for _ in range(3):
        press(window, ENTER)  # past mobile, landmark and area
    type_keys(window, "F-0")
    assert page._line.asked is None
    type_keys(window, "7")
    qtbot.waitUntil(lambda: page._line.asked is Asked.SHUTDOWN)
    qtbot.waitUntil(lambda: "F-07 पर नियोजित कटौती: 12/03/2026 10:42 से 14:42 तक" in shown(window))
    press(window, ENTER)
    assert (page._line.asked, page._questions.fields["feeder"].has_focus()) == (None, True)
    press(window, ENTER)
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    (made,) = open_ones(window)
    assert made.registered.feeder == "F-07"


def test_a_place_without_a_consumer_joins_the_outage_of_its_line(window: Window, qtbot: QtBot) -> None:
    first = complaints.register(window.desk, window.session, of_place("12", "F-07"), NOW)
    page = open_complaint(window, qtbot, "")
    type_keys(window, "12")
    for _ in range(3):
        press(window, ENTER)
    type_keys(window, "F-07")
    qtbot.waitUntil(lambda: page._line.asked is Asked.OUTAGE)
    type_keys(window, "9")
    qtbot.waitUntil(lambda: page._line.asked is None)
    press(window, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: page._line.asked is Asked.OUTAGE)
    for _ in range(3):
        press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    made = next(one for one in open_ones(window) if one.act != first.act)
    assert made.registered.joined == first.act


def of_place(key: str, feeder: str) -> ComplaintDraft:
    """A complaint about a feeder, of nobody in particular."""
    return replace(complaining("", key), answers=(Answered("feeder", feeder),))


def test_danger_names_who_is_on_duty_and_so_does_its_status(window: Window, qtbot: QtBot) -> None:
    with window.desk.book.writing() as page:
        Extracts(page).put_duties([duty("6666600015")], Counts())
    open_complaint(window, qtbot, "")
    type_keys(window, "91")
    qtbot.waitUntil(lambda: "रवि, 6666600015 (ड्यूटी 14:42 तक)" in shown(window))
    made = complaints.register(window.desk, window.session, complaining(PLAIN, "91"), NOW)
    window.go("status", Visit(act=made.act))
    qtbot.waitUntil(lambda: "1912 पर फोन करें, और रवि, 6666600015" in shown(window))
