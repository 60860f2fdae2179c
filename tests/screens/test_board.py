"""The board and the registers by keys."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import complaints
from counter_app.documents.pdf import pdf
from counter_app.domain.books import REGISTERS, Which
from counter_app.domain.ways import Ways
from counter_app.ui.pages.board import BoardPage
from counter_app.ui.pages.registers import RegistersPage
from counter_app.ui.paper_out import PaperOut
from counter_app.ui.window import Window
from tests.desk.small_office import NOW, NUMBERS, SUPERVISOR, complaining
from tests.screens.conftest import press, type_keys
from tests.screens.test_complaint import shown

ENTER, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down


class Maker:
    """Makes papers in this process."""

    pdf = staticmethod(pdf)


@pytest.fixture
def page(open_window: Callable[..., Window], qtbot: QtBot, tmp_path: Path) -> BoardPage:
    """The board, found by its word, with three complaints on it."""
    window = open_window(person=SUPERVISOR)
    window.work.paper_out = PaperOut(Maker(), tmp_path / "papers", Ways())
    for number, key in zip(NUMBERS, ("24", "91", "11"), strict=False):
        complaints.register(window.desk, window.session, complaining(number, key), NOW)
    type_keys(window, "board")
    press(window, ENTER)
    found = window.page()
    assert isinstance(found, BoardPage)
    qtbot.waitUntil(lambda: found._shown is not None and found._went is not None)
    return found


def test_enter_opens_the_most_urgent_complaint(page: BoardPage, qtbot: QtBot) -> None:
    window = page.frame
    assert isinstance(window, Window)
    press(window, ENTER)
    assert window.page().name == "status"
    qtbot.waitUntil(lambda: "टूटा / झूलता तार" in shown(window))


def test_a_line_opens_down_to_its_consumers(page: BoardPage, qtbot: QtBot) -> None:
    window = page.frame
    assert isinstance(window, Window)
    type_keys(window, "2")
    press(window, ENTER)
    press(window, DOWN)
    press(window, ENTER)
    qtbot.waitUntil(lambda: page._lines.rowCount() == 5)
    assert [line.level for line in page._lines.rows()] == [0, 1, 2, 2, 2]
    for _ in range(3):
        press(window, DOWN)
    press(window, ENTER)
    assert window.page().name == "consumer"


def test_what_comes_in_stands_there_without_a_key(page: BoardPage, qtbot: QtBot) -> None:
    window = page.frame
    assert isinstance(window, Window)
    before = page._rows.at(page._table.place())
    complaints.register(window.desk, window.session, complaining(NUMBERS[4], "92"), NOW)
    window.background.changed.emit()
    page.refresh()
    qtbot.waitUntil(lambda: page._rows.rowCount() == 4)
    assert page._rows.at(page._table.place()) == before


@pytest.mark.parametrize(("key", "begins"), [("8", b"%PDF"), ("9", b"\x89PNG")])
def test_the_plots_are_taken_out(
    page: BoardPage, qtbot: QtBot, tmp_path: Path, key: str, begins: bytes
) -> None:
    window = page.frame
    assert isinstance(window, Window)
    type_keys(window, "3")
    type_keys(window, key)
    files = tmp_path / "papers"
    qtbot.waitUntil(lambda: files.exists() and any(files.iterdir()))
    qtbot.waitUntil(lambda: "board 2026-03-12" in shown(window))
    (file,) = files.iterdir()
    assert file.read_bytes().startswith(begins)
    assert file.stat().st_size > 5_000


def is_shown(page: RegistersPage, which: Which) -> bool:
    return page._book is not None and page._book.which is which


def test_the_registers_stand_under_their_digits(open_window: Callable[..., Window], qtbot: QtBot) -> None:
    window = open_window(person=SUPERVISOR)
    type_keys(window, "register")
    press(window, ENTER)
    page = window.page()
    assert isinstance(page, RegistersPage)
    for key, which in enumerate(REGISTERS, 1):
        type_keys(window, str(key))
        qtbot.waitUntil(partial(is_shown, page, which))


def test_a_digit_lists_what_is_overdue_alone_and_again_lists_all(page: BoardPage, qtbot: QtBot) -> None:
    window = page.frame
    assert isinstance(window, Window)
    qtbot.waitUntil(lambda: page._rows.rowCount() == 3)
    type_keys(window, "4")
    qtbot.waitUntil(lambda: page._rows.rowCount() == 0)
    qtbot.waitUntil(lambda: "संभाग" in shown(window))
    type_keys(window, "4")
    qtbot.waitUntil(lambda: page._rows.rowCount() == 3)
    type_keys(window, "5")
    qtbot.waitUntil(lambda: page._shown is not None and page._shown.board.asked == 3)
    type_keys(window, "7")
    qtbot.waitUntil(lambda: page._rows.rowCount() == 0)
