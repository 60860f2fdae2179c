"""Pages are built ahead while nobody waits, and whoever closes the window at any moment ends cleanly."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from counter_app.ui.pages.table import PAGES
from counter_app.ui.room import STEP_EVERY_MS
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk import small_office
from tests.desk.small_office import AUDITOR, SUPERVISOR
from tests.offices import copied
from tests.screens.conftest import press, type_keys


def built(window: Window) -> set[str]:
    return {name for name in PAGES if window.room.has(name)}


def words_on(window: Window) -> str:
    """All that is said around the page: header, keys, status."""
    said = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    keys = [key.accessibleName() for key in window.findChildren(QAbstractButton) if key.isVisible()]
    return " ".join([*said, *keys])


def ready(window: Window, qtbot: QtBot) -> None:
    """Read pages, and build them ahead."""
    with qtbot.waitSignal(window.work.settled, timeout=30_000):
        window.work._read_pages()


def test_the_pages_are_there_before_anybody_asks_and_home_stays(window: Window, qtbot: QtBot) -> None:
    ready(window, qtbot)
    assert {"pay", "complaint", "day_end", "help"} <= built(window)
    assert (window.page().name, window.search.has_focus()) == ("home", True)
    assert sum(page.isVisible() for page in window.room.findChildren(type(window.page()))) == 1


class Shown(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(type(watched).__name__)
        return False


def test_nothing_of_a_page_is_a_window_of_its_own_while_it_is_built(
    window: Window, qapp: QApplication, qtbot: QtBot
) -> None:
    shown = Shown()
    qapp.installEventFilter(shown)
    ready(window, qtbot)
    qapp.removeEventFilter(shown)
    assert shown.windows == []


def test_pages_of_no_use_to_a_role_are_not_built(open_window: Callable[..., Window], qtbot: QtBot) -> None:
    window = open_window(person=AUDITOR)
    ready(window, qtbot)
    assert "books" in built(window)
    assert not {"pay", "complaint", "drawer_open"} & built(window)


def test_the_other_language_takes_over_the_shown_page_first_and_builds_the_others_ahead(
    window: Window, qtbot: QtBot
) -> None:
    ready(window, qtbot)
    home, pay = window.page(), window.room.of("pay")
    window.room._stay.setInterval(0)
    with qtbot.waitSignal(window.work.settled, timeout=30_000):
        press(window, Qt.Key.Key_F11)
        qtbot.waitUntil(lambda: window.page() is not home)
        assert (window.page().name, window.search.has_focus()) == ("home", True)
        assert "pay" not in built(window)
    assert "pay" in built(window)
    assert window.language is Language.ENGLISH
    qtbot.waitUntil(lambda: not isValid(pay))


def test_the_other_language_on_home_keeps_what_is_looked_for(window: Window, qtbot: QtBot) -> None:
    type_keys(window, "sur")
    home = window.page()
    press(window, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: window.page() is not home)
    assert (window.search.text(), window.search.has_focus()) == ("sur", True)
    qtbot.waitUntil(lambda: bool(window.page().consumer()))


def test_a_page_opened_before_the_language_has_changed_is_in_the_new_one(
    window: Window, qtbot: QtBot
) -> None:
    press(window, Qt.Key.Key_F11)
    press(window, Qt.Key.Key_F7)
    assert window.page().name == "receipts"
    assert "Today's receipts" in words_on(window)
    assert "रसीद" not in words_on(window)


def test_the_language_pressed_twice_at_once_changes_nothing(window: Window, qtbot: QtBot) -> None:
    home = window.page()
    press(window, Qt.Key.Key_F11)
    press(window, Qt.Key.Key_F11)
    assert (window.page(), window.language) == (home, Language.HINDI)
    assert window.room.holds("home")
    assert "रसीद" in words_on(window)


def test_whoever_comes_back_to_a_language_at_once_finds_its_pages_standing(
    window: Window, qtbot: QtBot
) -> None:
    ready(window, qtbot)
    home, pay = window.page(), window.room.of("pay")
    for left in (home, None):
        press(window, Qt.Key.Key_F11)
        qtbot.waitUntil(lambda left=left: window.page() is not left and not window.room.is_leaving)
    assert (window.page(), window.room.of("pay"), window.search.has_focus()) == (home, pay, True)


def test_back_in_the_other_language_is_the_same_consumer(window: Window, qtbot: QtBot) -> None:
    for typed in ("sur", "mala"):
        window.home()
        type_keys(window, typed)
        qtbot.waitUntil(lambda: bool(window.page().consumer()))
        press(window, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(window.page().consumer()) and window.page().name == "consumer")
    number = window.page().consumer()
    press(window, Qt.Key.Key_F4)
    window.room._stay.setInterval(0)
    with qtbot.waitSignal(window.room.ready, timeout=30_000):
        press(window, Qt.Key.Key_F11)
        window.room.of("consumer")  # built ahead, and never entered
    press(window, Qt.Key.Key_Escape)
    assert window.page().name == "consumer"
    qtbot.waitUntil(lambda: window.page().consumer() == number)


def test_keys_go_on_while_pages_are_built(window: Window, qtbot: QtBot) -> None:
    window.work._read_pages()
    qtbot.waitUntil(lambda: len(built(window)) > 4, timeout=30_000)
    type_keys(window, "sur")
    assert window.search.text() == "sur"
    qtbot.waitUntil(lambda: bool(window.page().consumer()))
    press(window, Qt.Key.Key_F3)
    assert window.page().name == "complaint"


def test_somebody_else_gets_pages_of_their_own(open_window: Callable[..., Window], qtbot: QtBot) -> None:
    window = open_window()
    ready(window, qtbot)
    before = window.room.of("receipts")
    with qtbot.waitSignal(window.work.settled, timeout=30_000):
        window.signed_in(small_office.signed_in(window.desk, SUPERVISOR))
    assert window.room.of("receipts") is not before
    assert "board" in built(window)


@pytest.mark.parametrize("pages", [0, 3, 12])
def test_a_window_that_goes_while_pages_are_built_builds_no_more(
    window: Window, qtbot: QtBot, pages: int
) -> None:
    window.work._read_pages()
    qtbot.waitUntil(lambda: len(built(window)) >= pages, timeout=30_000)
    window.work.stop()
    window.background.close()
    there, later = built(window), QTimer(window, interval=3 * STEP_EVERY_MS)
    with qtbot.waitSignal(later.timeout):
        later.start()
    assert built(window) == there


PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from counter_app.app import Counter, Opening, begin
from counter_app.ui.pages.table import PAGES
from counter_app.words.say import Language
from tests.offices import signed_in

folder, moment = sys.argv[1:]
application = begin(Path(folder))
counter = Counter(application, Opening(Path(folder), True, 0, 0), Language.HINDI)
seen = []

def look():
    window = counter.window
    room = window.room if window else None
    there = sum(room.has(name) for name in PAGES) if room else 0
    now = {"furnished": bool(window), "opened": bool(window) and window.is_open, "building": there > 5}
    if window and window.is_open and not seen and moment not in ("furnished", "opened"):
        seen.append(moment)
        window.signed_in(signed_in(window.desk))
    if now.get(moment):
        counter.shell.close()

def ready():
    if moment == "other language":
        counter.window.look.change_language()
        counter.shell.close()

looking = QTimer(interval=1)
looking.timeout.connect(look)
looking.start()
counter.opened.connect(lambda: counter.window.work.settled.connect(ready))
counter.shell.show()
application.exec()
looking.stop()
counter.close()
print("ended", counter.exit_code)
"""


@pytest.mark.parametrize("moment", ["furnished", "opened", "building", "other language"])
def test_a_program_that_is_closed_at_any_moment_ends_cleanly(tmp_path: Path, moment: str) -> None:
    command = [sys.executable, "-X", "faulthandler", "-c", PROGRAM, str(copied(tmp_path)), moment]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "ended 0\n", "")
