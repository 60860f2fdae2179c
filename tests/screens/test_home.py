"""Home: what is typed is found in both scripts, shown with what is due, opened by Enter."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from counter_app.desk import payments
from counter_app.domain.days import business_day
from counter_app.ui.pages.home import HomePage
from counter_app.ui.pages.home_parts import RecentStrip
from counter_app.ui.results import Result, ResultList, reason
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk import small_office
from tests.desk.small_office import NO_BILL, NOW, PAID_ONLINE, PLAIN
from tests.screens.conftest import press, type_keys


def home(window: Window) -> HomePage:
    page = window.page()
    assert isinstance(page, HomePage)
    return page


def rows(window: Window) -> tuple[Result, ...]:
    return home(window).findChildren(ResultList)[0].results()


def find(window: Window, qtbot: QtBot, typed: str) -> None:
    press(window, Qt.Key.Key_Escape)
    type_keys(window, typed)
    qtbot.waitUntil(lambda: bool(rows(window)))


def test_a_number_is_found_and_opened_by_enter(window: Window, qtbot: QtBot) -> None:
    find(window, qtbot, PLAIN)
    assert [result.row.number for result in rows(window)] == [PLAIN]
    press(window, Qt.Key.Key_Return)
    assert (window.page().name, window.page().consumer()) == ("consumer", PLAIN)


@pytest.mark.parametrize("typed", ["suresh", "सुरेश", "sures", "सुरे"])
def test_a_name_is_found_in_both_scripts(window: Window, qtbot: QtBot, typed: str) -> None:
    find(window, qtbot, typed)
    assert PLAIN in [result.row.number for result in rows(window)]


def test_the_arrows_choose_and_f4_acts_on_the_chosen(window: Window, qtbot: QtBot) -> None:
    find(window, qtbot, "sur")
    first, second = (result.row.number for result in rows(window)[:2])
    assert home(window).consumer() == first
    press(window, Qt.Key.Key_Down)
    assert home(window).consumer() == second
    assert window.search.has_focus()
    press(window, Qt.Key.Key_F4)
    assert window.page().name == "pay"


def test_enter_before_the_answer_is_here_opens_who_is_found_then(window: Window, qtbot: QtBot) -> None:
    find(window, qtbot, "sur")
    type_keys(window, "jit")
    press(window, Qt.Key.Key_Return)
    assert window.page().name == "home"
    qtbot.waitUntil(lambda: window.page().name == "consumer")
    assert window.page().consumer() == PAID_ONLINE


def test_the_selected_consumer_stays_selected_when_the_list_changes(window: Window, qtbot: QtBot) -> None:
    find(window, qtbot, "sur")
    press(window, Qt.Key.Key_Down)
    chosen = home(window).consumer()
    window.background.changed.emit()
    type_keys(window, "j")
    qtbot.waitUntil(lambda: len(rows(window)) == 1)
    assert home(window).consumer() == chosen


def test_nothing_found_says_what_to_type(window: Window, qtbot: QtBot) -> None:
    type_keys(window, "zzqx")
    hint = "यह नाम नहीं मिला। मोबाइल के अंतिम 4 अंक लिखें।"
    qtbot.waitUntil(
        lambda: any(hint in label.text() for label in window.page().findChildren(QLabel) if label.isVisible())
    )


def test_esc_empties_the_box(window: Window, qtbot: QtBot) -> None:
    find(window, qtbot, "sur")
    press(window, Qt.Key.Key_Escape)
    assert window.search.text() == ""
    assert rows(window) == ()


def test_the_mobile_is_masked_and_the_preview_tells_what_is_due(window: Window, qtbot: QtBot) -> None:
    find(window, qtbot, PLAIN)
    shown = [label.text() for label in window.page().side.findChildren(QLabel) if label.isVisible()]
    assert "₹1,613" in shown
    assert not any("9826048200" in text for text in shown)
    qtbot.waitUntil(
        lambda: any("₹1,584" in label.text() for label in window.page().side.findChildren(QLabel))
    )


@pytest.mark.parametrize(("language", "word"), [(Language.HINDI, "बिल नहीं"), (Language.ENGLISH, "no bill")])
def test_a_consumer_without_a_bill_says_so(
    open_window: Callable[..., Window], qtbot: QtBot, language: Language, word: str
) -> None:
    window = open_window(language)
    find(window, qtbot, NO_BILL)
    assert word in reason(rows(window)[0], language).words


def test_what_was_paid_today_shows_in_the_list_and_among_the_recent(window: Window, qtbot: QtBot) -> None:
    payments.take(window.desk, window.session, small_office.paying(PLAIN), NOW)
    find(window, qtbot, PLAIN)
    why = reason(rows(window)[0], Language.HINDI)
    assert (why.tone, rows(window)[0].on) == ("warn", business_day(NOW))
    window.background.changed.emit()
    strip = home(window).findChildren(RecentStrip)[0]
    qtbot.waitUntil(lambda: any("सुरेश" in label.text() for label in strip.findChildren(QLabel)))
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_F2)
    type_keys(window, "1")
    assert (window.page().name, window.page().consumer()) == ("consumer", PLAIN)


def test_a_digit_is_a_search_when_f2_has_not_armed_it(window: Window, qtbot: QtBot) -> None:
    type_keys(window, "1")
    assert window.search.text() == "1"
    assert window.page().name == "home"
