"""PySide6 keeps its hands off None: 6.12.0 lost a reference with every call and then aborted Python 3.11."""

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 200_000
CHUNK = 500


def test_calls_that_return_nothing_do_not_use_up_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(CALLS // CHUNK):
        for number in range(CHUNK):
            label.setText("₹1,618" if number % 2 else "₹0")
        assert abs(sys.getrefcount(None) - before) < CHUNK // 2
