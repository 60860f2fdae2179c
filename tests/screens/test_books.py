"""The page of the books, by keys."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import payments
from counter_app.documents.pdf import pdf
from counter_app.domain.books import MONEY_BOOKS
from counter_app.domain.ways import Ways
from counter_app.ui.pages.books import BooksPage
from counter_app.ui.paper_out import PaperOut
from counter_app.ui.window import Window
from tests.desk import small_office
from tests.desk.small_office import AUDITOR, NOW, PLAIN
from tests.screens.conftest import press, type_keys, words_on


class Maker:
    """Makes papers in this process."""

    pdf = staticmethod(pdf)


@pytest.fixture
def page(open_window: Callable[..., Window], qtbot: QtBot, tmp_path: Path) -> BooksPage:
    """The page, with one receipt of today in it."""
    window = open_window(person=AUDITOR)
    window.work.paper_out = PaperOut(Maker(), tmp_path / "papers", Ways())
    session = small_office.signed_in(window.desk)
    payments.take(window.desk, session, small_office.paying(PLAIN), NOW)
    type_keys(window, "day book")
    press(window, Qt.Key.Key_Return)
    page = window.page()
    assert isinstance(page, BooksPage)
    qtbot.waitUntil(lambda: page._book is not None)
    return page


def shown(page: BooksPage) -> int:
    return len(page._rows[page._which].rows())


def test_a_key_shows_another_book(page: BooksPage, qtbot: QtBot) -> None:
    assert shown(page) == 2
    for key, which in zip("1234567*", MONEY_BOOKS, strict=True):
        type_keys(page.window(), key)
        qtbot.waitUntil(lambda which=which: page._book.which is which)


def test_days_are_typed_and_a_wrong_one_is_said(page: BooksPage, qtbot: QtBot) -> None:
    page._first.edit.setFocus()
    type_keys(page.window(), "11/03/2026")
    press(page.window(), Qt.Key.Key_Return)
    press(page.window(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(page) == 0)
    page._first.edit.setFocus()
    type_keys(page.window(), "x")
    press(page.window(), Qt.Key.Key_Return)
    press(page.window(), Qt.Key.Key_Return)
    assert page._first.is_wrong()


@pytest.mark.parametrize(("key", "ending"), [("8", "pdf"), ("9", "xlsx"), ("0", "csv")])
def test_a_book_is_taken_out_as_a_file(
    page: BooksPage, qtbot: QtBot, tmp_path: Path, key: str, ending: str
) -> None:
    type_keys(page.window(), key)
    file = tmp_path / "papers" / f"day book 2026-03-12 2026-03-12.{ending}"
    qtbot.waitUntil(lambda: file.name in words_on(page.window()))
    assert file.stat().st_size > 100
