"""Text on the screen is plain text: what a consumer is called can never become markup."""

import ast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from counter_app.ui.text import Run, Text
from tests.house.reading import PACKAGE, called, nodes, place

THE_LABEL = "counter_app/ui/text.py"
# What Qt would guess to be markup, or is made for it.
GUESSING = {"QLabel", "QMessageBox", "QToolTip", "QTextBrowser", "QErrorMessage"}
MARKUP = {"setHtml", "insertHtml", "setMarkdown", "setToolTip", "setWhatsThis", "setTextFormat"}


def test_the_label_of_this_house_shows_markup_as_it_was_typed(qtbot: QtBot) -> None:
    label = Text(Run("<b>राम</b>"), Run("<img src=x>"))
    qtbot.addWidget(label)
    assert isinstance(label, QLabel)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == "<b>राम</b> <img src=x>"


def test_no_other_label_is_made() -> None:
    found = [
        place(source, node)
        for source, node in nodes(PACKAGE, ast.Name)
        if node.id in GUESSING and source.name != THE_LABEL
    ]
    assert not found


def test_nothing_is_given_to_qt_that_it_might_read_as_markup() -> None:
    found = [
        place(source, call)
        for source, call in nodes(PACKAGE, ast.Call)
        if called(call) in MARKUP and source.name != THE_LABEL
    ]
    assert not found
