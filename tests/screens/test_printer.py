"""Choosing where papers go, from the help page; the choice outlives the program."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import paper
from counter_app.ui.pages.help import HelpPage
from counter_app.ui.paper_out import PaperOut
from counter_app.ui.window import Window
from tests.screens.conftest import press, type_keys


class NoPapers:
    """A worker that is never asked."""

    def pdf(self, _document: object) -> bytes:
        raise AssertionError("nothing is printed here")


def test_a_digit_on_the_help_page_chooses_the_printer(window: Window, qtbot: QtBot, tmp_path: object) -> None:
    window.work.paper_out = PaperOut(NoPapers(), tmp_path)  # type: ignore[arg-type]
    press(window, Qt.Key.Key_F1)
    page = window.page()
    assert isinstance(page, HelpPage)
    qtbot.waitUntil(lambda: bool(page._names))
    page._show_printers(("Window Slips", "Office A4"))
    type_keys(window, "2")
    qtbot.waitUntil(lambda: window.printer == "Window Slips")
    assert paper.printer(window.desk) == "Window Slips"
    type_keys(window, "1")
    qtbot.waitUntil(lambda: window.printer == "")
    assert paper.printer(window.desk) == ""
