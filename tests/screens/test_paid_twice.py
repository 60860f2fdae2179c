"""A bill that was paid twice waits on Home and on the page of waiting work until somebody says it is done."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import finding
from counter_app.domain.days import to_millis
from counter_app.ui.pages.tasks import TasksPage
from counter_app.ui.window import Window
from counter_app.wire.bodies import Overpaid, OverpaidReceipt
from tests.desk import small_office
from tests.desk.small_office import NOW
from tests.screens.conftest import press, type_keys, words_on
from tests.store.hearing import hear


@pytest.fixture
def surplus(window: Window) -> Overpaid:
    card = finding.card(window.desk, window.session, small_office.paying().consumer, NOW)
    assert card.bill is not None
    paid = OverpaidReceipt("2214", 7, 12, 64000, "ab" * 32)
    said = Overpaid(card.consumer.number, card.bill.number, 64000, (paid,), to_millis(NOW))
    hear(window.desk.book, said)
    return said


def test_the_surplus_waits_until_it_is_seen_to(window: Window, qtbot: QtBot, surplus: Overpaid) -> None:
    window.page().refresh()
    qtbot.waitUntil(lambda: "बिल दो बार जमा हुआ" in words_on(window))
    type_keys(window, "tasks")
    press(window, Qt.Key.Key_Return)
    page = window.page()
    assert isinstance(page, TasksPage)
    qtbot.waitUntil(lambda: page._rows.rowCount() == 1)
    for said in ("दोनों रसीदें मान्य हैं", surplus.bill_number, "2214-7-000012-"):
        qtbot.waitUntil(lambda said=said: said in words_on(window))
    assert page.consumer() == surplus.consumer
    press(window, Qt.Key.Key_Return)
    type_keys(window, "agle bill men")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page._rows.rowCount() == 0)
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "बिल दो बार जमा हुआ" not in words_on(window))
