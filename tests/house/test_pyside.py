"""What PySide6 does behind the program's back."""

import subprocess
import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 200_000
CHUNK = 500


def test_calls_that_return_nothing_do_not_use_up_none(qtbot: QtBot) -> None:
    """6.12.0 lost a reference with every call and then aborted Python 3.11."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(CALLS // CHUNK):
        for number in range(CHUNK):
            label.setText("₹1,618" if number % 2 else "₹0")
        assert abs(sys.getrefcount(None) - before) < CHUNK // 2


def test_modules_are_imported_without_their_sources_being_kept() -> None:
    look = "import counter_app.app, linecache, sqlalchemy; print(sqlalchemy.__file__ in linecache.cache)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
