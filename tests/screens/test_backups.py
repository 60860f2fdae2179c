"""The page of copies: chosen by the administrator, made at once by who may, the code shown once."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from counter_app.desk import backups, payments
from counter_app.desk.backups import Copying
from counter_app.machine import steady
from counter_app.store import backup, engine
from counter_app.ui.backup_work import BackupWork
from counter_app.ui.pages.backups import BackupsPage
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk.small_office import ADMINISTRATOR, NOW, SUPERVISOR, paying, signed_in
from tests.desk.small_office import sealed as seal_drawer
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


def test_star_opens_the_systems_list_of_folders(open_window: Callable[..., Window], tmp_path: Path) -> None:
    window = open_window(Language.ENGLISH, ADMINISTRATOR)
    page = opened(window)
    type_keys(window, "*")
    assert not page.findChildren(QFileDialog), "no field asks for a folder"
    type_keys(window, "2")
    press(window, Qt.Key.Key_Return)
    type_keys(window, "*")
    (dialog,) = page.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    dialog.deleteLater()
    assert [field.text() for field in page._fields] == ["", str(tmp_path)]


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


@pytest.fixture
def copied_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever watches is told after every few pages, and may stop the check at every turn."""
    monkeypatch.setattr(engine, "_STEP", 5)
    monkeypatch.setattr(backup, "_INSTRUCTIONS", 100)


def with_places(window: Window, *places: Path) -> None:
    for place in places:
        place.mkdir()
    session = signed_in(window.desk, ADMINISTRATOR)
    backups.choose_places(window.desk, session, uuid4(), [str(place) for place in places], NOW)


@pytest.mark.usefixtures("copied_slowly")
def test_how_far_it_is_shows_and_the_same_digit_stops_it(
    open_window: Callable[..., Window], qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(Language.ENGLISH, SUPERVISOR)
    with_places(window, tmp_path / "disk")
    page, told, copy = opened(window), list[str](), window.background.copy_now

    def stop(done: int, pages: int) -> None:  # in the thread of the copy, before its next pages
        copy.stop()

    copy._told.connect(stop, Qt.ConnectionType.DirectConnection)
    copy._told.connect(lambda *_: told.append(page._going.said()))
    type_keys(window, "1")
    qtbot.waitUntil(lambda: "was stopped" in page._banner.accessibleName())
    assert page._going.isHidden()
    assert "% copied, 0:0" in told[0]
    assert not list((tmp_path / "disk").iterdir())
    copy._told.disconnect(stop)
    type_keys(window, "1")
    qtbot.waitUntil(lambda: "Copied and checked: 1" in page._banner.accessibleName())
    assert "being checked" in told[-1]


@pytest.mark.usefixtures("copied_slowly")
def test_a_copy_is_still_shown_and_stopped_after_another_page_and_in_the_other_language(
    open_window: Callable[..., Window], qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(Language.ENGLISH, SUPERVISOR)
    with_places(window, tmp_path / "disk")
    first, begun, goes_on, copy = opened(window), Event(), Event(), window.background.copy_now

    def hold(_done: int, _pages: int) -> None:  # in the thread of the copy: it waits at its first pages
        begun.set()
        goes_on.wait(20)

    copy._told.connect(hold, Qt.ConnectionType.DirectConnection)
    type_keys(window, "1")
    assert begun.wait(20)
    press(window, Qt.Key.Key_F1)
    press(window, Qt.Key.Key_Escape)
    assert window.page() is first
    assert first._going.isVisible()
    press(window, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: window.page() is not first)
    page = window.page()
    assert isinstance(page, BackupsPage)
    assert page._going.isVisible()
    type_keys(window, "1")
    press(window, Qt.Key.Key_Escape)
    goes_on.set()
    qtbot.waitUntil(lambda: not copy.under_way)
    qtbot.waitUntil(lambda: not window.page()._banner.isHidden())
    assert window.page().name == "home"
    assert not list((tmp_path / "disk").iterdir())


@pytest.mark.usefixtures("copied_slowly")
def test_who_closes_the_window_waits_for_no_copy(
    open_window: Callable[..., Window], qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(Language.ENGLISH, SUPERVISOR)
    with_places(window, tmp_path / "disk", tmp_path / "stick")
    opened(window)
    begun = Event()

    def hold(_done: int, _pages: int) -> None:  # in the thread of the copy: it is under way until the end
        begun.set()
        window.background.ending.wait()

    window.background.copy_now._told.connect(hold, Qt.ConnectionType.DirectConnection)
    type_keys(window, "1")
    assert begun.wait(20)
    assert window.may_close()
    window.background.close()
    assert not list((tmp_path / "disk").iterdir())
    assert not list((tmp_path / "stick").iterdir())


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.usefixtures("copied_slowly")
def test_a_copy_beside_the_work_ends_with_it_but_for_that_behind_a_sealed_drawer(
    open_window: Callable[..., Window], tmp_path: Path, sealed: bool
) -> None:
    window, stick = open_window(Language.ENGLISH, SUPERVISOR), tmp_path / "stick"
    with_places(window, stick)
    if sealed:
        cashier = signed_in(window.desk)
        payments.take(window.desk, cashier, paying(), NOW)
        seal_drawer(window.desk, cashier, 1613_00)
    window.background.ending.set()
    work = BackupWork(window, Copying(window.desk), steady)
    work.close()
    window.background.close()
    assert len(list(stick.glob("*.backup"))) == sealed
    assert not list(stick.glob("*.part"))
