"""Several accounts from Home by ``+``, one count, one change; and work that receipts leave, ended by word."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import drafts, payments, receipts, tasks
from counter_app.ui.page import Visit
from counter_app.ui.pages.basket import BasketPage
from counter_app.ui.pages.tasks import TasksPage
from counter_app.ui.window import Window
from tests.desk.small_office import ARREARS, NOW, PAID_ONLINE, PLAIN, RURAL, faults, paying
from tests.screens.conftest import press, type_keys, words_on

ENTER, F4 = Qt.Key.Key_Return, Qt.Key.Key_F4


def shown(window: Window) -> str:
    return words_on(window.page())


def taken(window: Window) -> list[int]:
    return [row.amount for row in receipts.today(window.desk, window.session, NOW)]


def add(window: Window, qtbot: QtBot, *numbers: str) -> None:
    """From Home: each number, then ``+``."""
    for number in numbers:
        type_keys(window, number)
        qtbot.waitUntil(lambda number=number: window.page().consumer() == number)
        type_keys(window, "+")
        qtbot.waitUntil(lambda number=number: number in window.basket)
        assert window.search.text() == ""


def open_basket(window: Window, qtbot: QtBot, *numbers: str) -> BasketPage:
    add(window, qtbot, *numbers)
    press(window, F4)
    page = window.page()
    assert isinstance(page, BasketPage)
    qtbot.waitUntil(lambda: bool(page._forms))
    return page


def test_a_family_pays_with_one_count_and_one_change(window: Window, qtbot: QtBot) -> None:
    open_basket(window, qtbot, PLAIN, ARREARS, RURAL)
    assert "₹5,764" in shown(window)
    type_keys(window, "6000")
    assert "₹236" in shown(window)
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert "₹5,764" in shown(window)
    assert "₹236" in shown(window)
    assert sorted(taken(window)) == [1613_00, 1613_00, 2538_00]
    assert window.basket == {}
    assert faults(window.desk) == ()


def test_plus_typed_before_the_answer_adds_who_is_found(window: Window, qtbot: QtBot) -> None:
    type_keys(window, f"{PLAIN}+")
    qtbot.waitUntil(lambda: PLAIN in window.basket)


def test_who_has_paid_is_left_out_and_says_so(window: Window, qtbot: QtBot) -> None:
    page = open_basket(window, qtbot, PLAIN, PAID_ONLINE)
    states = [page._rows.data(page._rows.index(row, 3)) for row in range(2)]
    assert states == ["", "आज जमा हो चुका, छोड़ा गया"]
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert taken(window) == [1613_00]


def test_too_little_for_all_is_said_and_nothing_is_recorded(window: Window, qtbot: QtBot) -> None:
    page = open_basket(window, qtbot, PLAIN, RURAL)
    type_keys(window, "3000")
    press(window, ENTER)
    assert page.given.is_wrong()
    assert taken(window) == []


def test_minus_takes_one_out_and_the_count_follows(window: Window, qtbot: QtBot) -> None:
    page = open_basket(window, qtbot, PLAIN, RURAL)
    press(window, Qt.Key.Key_Down)
    type_keys(window, "-")
    assert list(window.basket) == [PLAIN]
    assert page.given.text() == ""
    type_keys(window, "2000")
    assert "₹387" in shown(window)
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert taken(window) == [1613_00]


def test_enter_held_down_records_each_once(window: Window, qtbot: QtBot) -> None:
    open_basket(window, qtbot, PLAIN, RURAL)
    for _ in range(20):
        press(window, ENTER)
        press(window, ENTER, repeat=True)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert taken(window) == [1613_00, 1613_00]


def test_when_one_of_them_pays_elsewhere_meanwhile_none_is_recorded(window: Window, qtbot: QtBot) -> None:
    page = open_basket(window, qtbot, PLAIN, RURAL)
    payments.take(window.desk, window.session, paying(RURAL), NOW)
    press(window, ENTER)
    qtbot.waitUntil(lambda: not page.saving and len(page._paying()) == 1)
    assert taken(window) == [1613_00]


def test_the_basket_outlives_another_language_and_a_pause(window: Window, qtbot: QtBot) -> None:
    page = open_basket(window, qtbot, PLAIN, RURAL)
    acts = dict(page._acts)
    type_keys(window, "4000")
    press(window, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: window.page() is not page)
    again = window.page()
    assert isinstance(again, BasketPage)
    qtbot.waitUntil(lambda: bool(again._forms))
    assert (again._acts, again.given.text()) == (acts, "4000")
    qtbot.waitUntil(lambda: bool(drafts.kept(window.desk, window.session)))
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    qtbot.waitUntil(lambda: not drafts.kept(window.desk, window.session))
    assert {row.act for row in receipts.today(window.desk, window.session, NOW)} == set(acts.values())


# -- work that waits --------------------------------------------------------------------------------------


@pytest.fixture
def reconnection(window: Window) -> payments.Receipt:
    draft = replace(paying(RURAL, 340_00), charge="reconnection")
    return payments.take(window.desk, window.session, draft, NOW)


def test_a_reconnection_is_seen_on_home_and_at_the_consumer(
    window: Window, qtbot: QtBot, reconnection: payments.Receipt
) -> None:
    window.home()
    qtbot.waitUntil(lambda: "बाकी काम: 1" in shown(window))
    window.go("consumer", Visit(consumer=RURAL))
    qtbot.waitUntil(lambda: "पुनः संयोजन करना है" in shown(window))
    assert reconnection.number.stem in shown(window)


@pytest.mark.parametrize("typed", ["waiting work", "बाकी काम", "reconnect"])
def test_it_is_found_by_its_word_and_ended_by_two_enters(
    window: Window, qtbot: QtBot, reconnection: payments.Receipt, typed: str
) -> None:
    type_keys(window, typed)
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "tasks")
    page = window.page()
    assert isinstance(page, TasksPage)
    qtbot.waitUntil(lambda: page._rows.rowCount() == 1)
    assert window.page().consumer() == RURAL
    press(window, ENTER)
    assert len(tasks.waiting(window.desk, window.session, NOW)) == 1
    type_keys(window, "Ramesh")
    press(window, ENTER)
    qtbot.waitUntil(lambda: page._rows.rowCount() == 0)
    assert tasks.waiting(window.desk, window.session, NOW) == ()
    assert faults(window.desk) == ()
