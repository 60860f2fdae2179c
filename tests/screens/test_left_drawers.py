"""The drawer of a cashier who is gone, from the keyboard: found from Home, counted and sealed by two."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from counter_app.desk import left_drawers, payments
from counter_app.domain.drawer import DrawerClosed, HandoverAccepted
from counter_app.domain.entry import Kind
from counter_app.store import people
from counter_app.ui.pages.day_end import DayEndPage, Step
from counter_app.ui.pages.handover import HandoverPage
from counter_app.ui.pages.left_drawers import LeftDrawersPage
from counter_app.ui.window import Window
from tests.desk.small_office import (
    CASHIER,
    NOW,
    PASSWORD,
    SECOND,
    SUPERVISOR,
    faults,
    paying,
    payloads,
    sealed,
    signed_in,
)
from tests.screens import looked_at
from tests.screens.conftest import press
from tests.screens.test_drawer import by_word, counted, shown

ENTER = Qt.Key.Key_Return


def left_by_a_cashier(open_window: Callable[..., Window]) -> Window:
    """A supervisor's window; the cashier took ₹1,613 and is gone."""
    window = open_window(person=SUPERVISOR)
    desk = window.desk
    payments.take(desk, signed_in(desk, CASHIER), paying(), NOW)
    signed_in(desk, SECOND)
    with desk.book.writing() as page:
        people.put_person(page, CASHIER, "")
    return window


def type_into(window: Window, text: str) -> None:
    edit = window.focusWidget()
    assert isinstance(edit, QLineEdit)
    edit.setText(text)


def test_it_is_counted_and_sealed_and_the_day_ends(open_window: Callable[..., Window], qtbot: QtBot) -> None:
    window = left_by_a_cashier(open_window)
    window.home()
    qtbot.waitUntil(lambda: "छूटा गल्ला" in shown(window))
    by_word(window, qtbot, "left drawer")
    chosen = window.page()
    assert isinstance(chosen, LeftDrawersPage)
    qtbot.waitUntil(lambda: bool(chosen._rows.rows()))
    assert chosen._rows.at(0).clerk == CASHIER.code
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "day_end")
    page = window.page()
    assert isinstance(page, DayEndPage)
    qtbot.waitUntil(lambda: page._open)
    assert "1,613" not in shown(window)
    press(window, ENTER)
    counted(window, "3", "0", "1", "0", "0", "1", "0", "0", "0", "1", "1")
    press(window, ENTER)
    qtbot.waitUntil(lambda: page._reveal is not None)
    qtbot.waitUntil(lambda: page._step is Step.COMPARE)
    press(window, ENTER)
    assert page._step is Step.SECOND
    press(window, ENTER)
    type_into(window, SECOND.code)
    press(window, ENTER)
    type_into(window, PASSWORD)
    press(window, ENTER)
    assert page._step is Step.SEAL
    press(window, ENTER)
    qtbot.waitUntil(lambda: page._step is Step.SEALED)
    (report,) = payloads(window.desk, Kind.DRAWER_CLOSED)
    assert isinstance(report, DrawerClosed)
    assert (report.clerk, report.counted, report.difference) == (CASHIER.code, 1613_00, 0)
    assert left_drawers.waiting_for_home(window.desk, window.session) == 0
    assert faults(window.desk) == ()


def test_where_nobody_left_one_nothing_is_shown(open_window: Callable[..., Window], qtbot: QtBot) -> None:
    window = open_window(person=SUPERVISOR)
    by_word(window, qtbot, "छूटा गल्ला")
    assert window.page().name == "left_drawers"
    qtbot.waitUntil(lambda: "छूटा नहीं" in shown(window))
    press(window, ENTER)
    assert window.page().name == "left_drawers"


def test_a_cashier_is_not_led_there(window: Window, qtbot: QtBot) -> None:
    by_word(window, qtbot, "left drawer")
    assert window.page().name != "left_drawers"


def test_what_waits_for_one_who_is_gone_is_taken_over_by_the_officer(
    open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(person=SUPERVISOR)
    desk = window.desk
    giver = signed_in(desk, CASHIER)
    payments.take(desk, giver, paying(), NOW)
    sealed(desk, giver, 1613_00, handed_to=SECOND.code)
    with desk.book.writing() as page:
        people.put_person(page, SECOND, "")
    window.home()
    by_word(window, qtbot, "take over")
    chosen = window.page()
    assert isinstance(chosen, HandoverPage)
    qtbot.waitUntil(lambda: bool(chosen._rows.rows()))
    _, left, _ = chosen._cells(chosen._rows.at(0))
    assert left.text == f"{SECOND.code} (जा चुके)"
    assert [*looked_at.faults(window)] == []
    press(window, ENTER)
    counted(window, "3", "0", "1", "0", "0", "1", "0", "0", "0", "1", "1")
    press(window, ENTER)
    qtbot.waitUntil(lambda: len(payloads(desk, Kind.HANDOVER_ACCEPTED)) == 1)
    (accepted,) = payloads(desk, Kind.HANDOVER_ACCEPTED)
    assert isinstance(accepted, HandoverAccepted)
    assert (accepted.clerk, accepted.giver, accepted.counted) == (SUPERVISOR.code, CASHIER.code, 1613_00)
