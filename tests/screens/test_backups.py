"""The page of copies: chosen by the administrator, made at once by who may, the code shown once."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import payments
from counter_app.desk.backups import Copying
from counter_app.machine import steady
from counter_app.ui.backup_work import BackupWork
from counter_app.ui.pages.backups import BackupsPage
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk.small_office import ADMINISTRATOR, NOW, SUPERVISOR, paying, signed_in
from tests.screens.conftest import press, type_keys


def opened(window: Window) -> BackupsPage:
    window.go("backups")
    page = window.page()
    assert isinstance(page, BackupsPage)
    return page


def test_the_administrator_chooses_copies_and_draws_a_code(
    open_window: Callable[..., Window], qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(Language.ENGLISH, ADMINISTRATOR)
    page, places = opened(window), [tmp_path / "disk", tmp_path / "stick"]
    type_keys(window, "2")
    for place in places:
        place.mkdir()
        page.window().focusWidget().setText(str(place))
        press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page._rows.rowCount() == 2)
    type_keys(window, "3")
    qtbot.waitUntil(lambda: not page._code_card.isHidden())
    code = page._code.text()
    assert len(code.replace("-", "")) == 25
    type_keys(window, "1")
    qtbot.waitUntil(lambda: all(len(list(place.glob("*.backup"))) == 1 for place in places))
    qtbot.waitUntil(lambda: "Copied and checked: 2" in page._banner.accessibleName())
    assert all(len(list(place.glob("*.keys"))) == 1 for place in places)
    press(window, Qt.Key.Key_Escape)
    assert code not in opened(window)._code.text()


def test_a_supervisor_makes_copies_and_chooses_nothing(
    open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(person=SUPERVISOR)
    page = opened(window)
    assert page._choosing.isHidden()
    type_keys(window, "3")
    assert page._code_card.isHidden()
    type_keys(window, "1")
    qtbot.waitUntil(lambda: not page._banner.isHidden())


def test_copies_are_made_beside_the_work_and_what_fails_is_told_once(
    open_window: Callable[..., Window], qtbot: QtBot, tmp_path: Path
) -> None:
    from counter_app.desk import backups

    window, stick = open_window(Language.ENGLISH), tmp_path / "stick"
    stick.mkdir()
    session = signed_in(window.desk, ADMINISTRATOR)
    backups.choose_places(window.desk, session, uuid4(), [str(stick)], NOW)
    work = BackupWork(window, Copying(window.desk), steady)
    qtbot.waitUntil(lambda: len(list(stick.glob("*.backup"))) == 1)
    for file in stick.iterdir():
        file.unlink()
    stick.rmdir()
    payments.take(window.desk, signed_in(window.desk), paying(), NOW)
    failing = BackupWork(window, Copying(window.desk), steady)
    qtbot.waitUntil(lambda: not window.page()._banner.isHidden())
    assert "is not there" in window.page()._banner.accessibleName()
    work.close()
    failing.close()
