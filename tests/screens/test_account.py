"""The papers of an account from the consumer's page: chosen by a digit, seen, printed by Enter."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.desk import Desk
from counter_app.domain.acts import Paper
from counter_app.store.tables import paper_jobs
from counter_app.ui.page import Visit
from counter_app.ui.pages.account import AccountPage
from counter_app.ui.window import Window
from tests.desk.small_office import ARREARS, CREDIT, PAID_ONLINE, PLAIN, entries
from tests.screens.conftest import press, type_keys
from tests.screens.test_receipts import shown


def to_papers(window: Window, qtbot: QtBot, number: str) -> AccountPage:
    """From the consumer's page, by its key."""
    window.go("consumer", Visit(consumer=number))
    type_keys(window, "*")
    page = window.page()
    assert isinstance(page, AccountPage)
    qtbot.waitUntil(lambda: page._ready)
    return page


def printed(desk: Desk) -> list[str]:
    """The kinds of papers that were asked for."""
    with desk.book.reading() as connection:
        return [str(row.paper) for row in connection.execute(paper_jobs.select())]


def test_the_statement_is_seen_first_and_enter_prints_it(window: Window, qtbot: QtBot) -> None:
    page = to_papers(window, qtbot, PLAIN)
    assert "Account statement, 12 months" in shown(window)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: printed(window.desk) == [Paper.STATEMENT])
    qtbot.waitUntil(lambda: not page.saving)


def test_a_digit_or_an_arrow_chooses_another_paper(window: Window, qtbot: QtBot) -> None:
    page = to_papers(window, qtbot, PAID_ONLINE)
    type_keys(window, "3")
    qtbot.waitUntil(lambda: page._ready)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: printed(window.desk) == [Paper.CLAIM])
    qtbot.waitUntil(lambda: page._ready and not page.saving)
    press(window, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page._ready)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sorted(printed(window.desk)) == [Paper.CHANNEL_RECEIPT, Paper.CLAIM])


def test_what_cannot_be_certified_is_said_and_does_not_print(window: Window, qtbot: QtBot) -> None:
    page = to_papers(window, qtbot, ARREARS)
    before = entries(window.desk)
    type_keys(window, "2")
    qtbot.waitUntil(lambda: "no certificate can be given" in shown(window))
    press(window, Qt.Key.Key_Return)
    assert not page._ready
    assert entries(window.desk) == before


def test_another_consumer_is_shown_other_papers(window: Window, qtbot: QtBot) -> None:
    page = to_papers(window, qtbot, PAID_ONLINE)
    assert len(page._wanted) == 4
    press(window, Qt.Key.Key_Escape)
    page = to_papers(window, qtbot, CREDIT)
    assert len(page._wanted) == 2
