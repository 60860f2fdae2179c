"""Large print: chosen by word or from help, kept, everywhere larger, nothing cut in the smallest window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from counter_app import app
from counter_app.desk import language
from counter_app.ui import theme
from counter_app.ui.pages.bank import BankPage
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk import small_office
from tests.offices import copied
from tests.screens import tourist
from tests.screens.conftest import press, type_keys
from tests.screens.tour import PARTS, go
from tests.screens.tourist import Tourist


@pytest.fixture(autouse=True)
def _usual_again() -> Iterator[None]:
    yield
    theme.enlarge(large=False)


def test_by_its_word_everything_is_larger_and_the_work_stays(
    open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(Language.ENGLISH)
    before = window._header.height(), window._keys.height(), theme.font("body").pointSizeF()
    type_keys(window, "large print")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window._header.height() > before[0])
    assert window._keys.height() > before[1]
    assert theme.font("body").pointSizeF() == before[2] * theme.LARGER
    assert window.page().name == "home"
    qtbot.waitUntil(lambda: language.remembered_large(window.desk))
    window.act("large_print")
    qtbot.waitUntil(lambda: window._header.height() == before[0])
    assert window._keys.height() == before[1]
    qtbot.waitUntil(lambda: not language.remembered_large(window.desk))


def test_what_is_typed_into_fields_is_larger_too(window: Window, qtbot: QtBot) -> None:
    def size() -> float:
        page = window.page()
        assert isinstance(page, BankPage)
        return page._file.edit.font().pointSizeF()

    window.go("bank")
    usual = size()
    window.act("large_print")
    qtbot.waitUntil(lambda: size() == usual * theme.LARGER)
    window.act("large_print")
    qtbot.waitUntil(lambda: size() == usual)


def test_from_help_and_what_was_half_typed_stays(window: Window, qtbot: QtBot) -> None:
    type_keys(window, "123456")
    height = window._header.height()
    window.act("large_print")
    qtbot.waitUntil(lambda: window._header.height() > height)
    field = window.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.text() == "123456"
    press(window, Qt.Key.Key_F1)
    type_keys(window, "4")
    qtbot.waitUntil(lambda: window._header.height() == height)
    assert window.page().name == "help"


def test_it_is_chosen_again_at_the_next_start(qapp: QApplication, qtbot: QtBot, office_folder: Path) -> None:
    desk = small_office.opened(office_folder)
    language.remember_large(desk, large=True)
    desk.book.close()
    counter = app.Counter(qapp, app.Opening(office_folder, True, 20, 1), None)
    qtbot.addWidget(counter.shell)
    counter.shell.show()
    with qtbot.waitSignal(counter.opened, timeout=30_000):
        pass
    assert theme.is_large()
    counter.close()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("part", PARTS)
def test_nothing_is_cut_in_large_print(
    qapp: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    part: Callable[[Tourist], None],
    language: Language,
) -> None:
    monkeypatch.setattr(tourist, "SIZES", {"1366": (1366, 768)})
    theme.enlarge(large=True)
    seen = go(qapp, copied(tmp_path), part, language, None)
    assert {name: faults for name, faults in seen.items() if faults} == {}
