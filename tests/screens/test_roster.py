"""Whom to telephone, found by its word: who is on duty now stands before the officers, with numbers."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.domain.office import Officer, Post
from counter_app.store.extracts import Counts, Extracts
from counter_app.ui.pages.roster import RosterPage
from counter_app.ui.window import Window
from tests.desk.small_office import CLERK
from tests.desk.test_lines import duty
from tests.screens.conftest import press, type_keys


def test_who_is_on_duty_stands_first_then_each_post(open_window: Callable[..., Window], qtbot: QtBot) -> None:
    window = open_window(person=CLERK)
    with window.desk.book.writing() as page:
        extracts, counts = Extracts(page), Counts()
        extracts.put_duties([duty("6666600015"), duty("6666600016", since=-9, until=-1)], counts)
        extracts.put_duties([duty("6666600017", post=Post.AE, category="")], counts)
        extracts.put_officers(
            [
                Officer(Post.EE, "", "", "ई", "EE", "6666600003"),
                Officer(Post.JE, "supply", "14", "जे", "JE", "6666600001"),
            ],
            counts,
        )
    for word in ("roster", "ड्यूटी"):
        window.home()
        type_keys(window, word)
        press(window, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: window.page().name == "roster")
        found = window.page()
        assert isinstance(found, RosterPage)
        qtbot.waitUntil(lambda page=found: page._rows.rowCount() == 4)
        assert [one.phone for one in found._rows.rows()] == [
            "6666600015", "6666600017", "6666600001", "6666600003",
        ]  # fmt: skip
        said = [cells[3].text for cells in map(found._cells, found._rows.rows())]
        assert said == ["आपूर्ति", "सब कुछ", "आपूर्ति · समूह 14", "सब कुछ"]
    press(window, Qt.Key.Key_Down)
    assert found._table.place() == 1
