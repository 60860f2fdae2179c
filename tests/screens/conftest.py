"""A window on a copy of the demo office, and keys at a person's pace or a scanner's."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from counter_app.domain.people import Person
from counter_app.ui import theme
from counter_app.ui.pages.table import build
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk import small_office
from tests.desk.small_office import NOW

PERSON_MS, SCANNER_MS = 120, 8
_clock = [1_000]


@pytest.fixture(scope="session", autouse=True)
def _dressed(qapp: QApplication) -> None:
    qapp.setStyle("Fusion")
    theme.load_fonts()
    theme.wear(qapp, dark=False)


@pytest.fixture(scope="session")
def office_pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small office before anybody works in it; copied, never opened."""
    folder = tmp_path_factory.mktemp("pattern") / "office"
    folder.mkdir()
    small_office.make(folder)
    return folder


@pytest.fixture
def office_folder(office_pattern: Path, tmp_path: Path) -> Path:
    """A fresh copy of the small office."""
    return Path(shutil.copytree(office_pattern, tmp_path / "office"))


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, office_folder: Path) -> Iterator[Callable[..., Window]]:
    """Opens a window on the office; closes window, threads and data at the end."""
    opened: list[Window] = []

    def open_one(language: Language = Language.HINDI, person: Person | None = small_office.CASHIER) -> Window:
        """A window with somebody signed in (None: nobody)."""
        window = Window(language, lambda: NOW, build)
        opened.append(window)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        window.attach(small_office.opened(office_folder))
        if person is not None:
            window.signed_in(small_office.signed_in(window.desk, person))
            qtbot.waitUntil(lambda: window.page().name != "sign_in")
        return window

    yield open_one
    for window in opened:
        window.work.stop()
        window.background.close()
        window.desk.book.close()


@pytest.fixture
def window(open_window: Callable[..., Window]) -> Window:
    """A window in Hindi, a cashier signed in, Home shown."""
    return open_window()


def type_keys(window: QWidget, text: str, *, every: int = PERSON_MS, until_settled: bool = True) -> None:
    """Type text where the focus is, ``every`` so many milliseconds by the keyboard's own stamps."""
    for sign in text:
        _clock[0] += every
        send(window, key_of(sign), sign, _clock[0])
    if until_settled:
        window.settle_keys()  # type: ignore[attr-defined]


def scan(window: QWidget, text: str, *, enter: bool = True) -> None:
    """What a scanner sends: a fast burst, then usually Enter."""
    _clock[0] += 1_000
    type_keys(window, text, every=SCANNER_MS, until_settled=False)
    if enter:
        _clock[0] += SCANNER_MS
        send(window, Qt.Key.Key_Return, "\r", _clock[0])


def press(window: QWidget, key: Qt.Key, *, repeat: bool = False) -> None:
    """Press one key where the focus is."""
    _clock[0] += PERSON_MS
    text = "\r" if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else ""
    send(window, key, text, _clock[0], repeat=repeat)


def words_on(shown: QWidget) -> str:
    """All that stands there to be read, a line each, once what was shown last is in its place."""
    QCoreApplication.sendPostedEvents()
    return "\n".join(label.text() for label in shown.findChildren(QLabel) if label.isVisible())


def key_of(sign: str) -> Qt.Key:
    """The key that types a character."""
    code = ord(sign.upper())
    return Qt.Key(code) if code < 0x80 else Qt.Key.Key_unknown


def send(window: QWidget, key: Qt.Key, text: str, at: int, *, repeat: bool = False) -> None:
    """Hand a key to the window as the desktop does; ``at`` is the keyboard's stamp, 0 where it has none."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text, repeat)
        event.setTimestamp(at)
        QCoreApplication.sendEvent(window.window().windowHandle(), event)
