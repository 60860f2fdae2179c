"""The program from its start to its end: empty window, data opened behind it, papers, a calm no."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from counter_app import app
from counter_app.desk import language, payments, receipts
from counter_app.domain.acts import PaperState
from counter_app.domain.ways import Ways
from counter_app.printing.worker import PaperWorker
from counter_app.ui.pages.table import build
from counter_app.ui.paper_out import PaperOut
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk import small_office
from tests.desk.small_office import NOW
from tests.screens.conftest import press, type_keys, words_on

Start = Callable[..., app.Counter]


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot) -> Iterator[Start]:
    """Starts the program as ``run`` does, and closes it at the end."""
    started: list[app.Counter] = []

    def start_one(opening: app.Opening, language: Language | None = None) -> app.Counter:
        counter = app.Counter(qapp, opening, language)
        started.append(counter)
        qtbot.addWidget(counter.shell)
        counter.shell.show()
        return counter

    yield start_one
    for counter in started:
        counter.close()


def told(counter: app.Counter) -> str:
    return words_on(counter.shell)


def test_the_empty_window_is_painted_before_it_is_furnished(
    start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    counter = start(app.Opening(tmp_path / "office", True, 20, 1))
    with qtbot.waitSignal(counter.shell.painted):
        assert counter.window is None
    qtbot.waitUntil(lambda: counter.window is not None)
    with qtbot.waitSignal(counter.opened, timeout=30_000):
        pass
    assert "DEMO" in told(counter)
    assert counter.window is not None
    press(counter.window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.window is not None and counter.window.page().name in {"home", "recovery"})


def opened(counter: app.Counter, qtbot: QtBot) -> Window:
    with qtbot.waitSignal(counter.opened, timeout=30_000):
        pass
    assert counter.window is not None
    return counter.window


def test_a_program_that_was_closed_begins_nothing_more(
    start: Start, office_folder: Path, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "BEGIN_LINE_AFTER_MS", 0)
    counter = start(app.Opening(office_folder, True, 20, 1))
    opened(counter, qtbot)
    counter.close()
    begun = counter._backups  # a slow machine has come to it before
    with qtbot.waitSignal(later(qapp).timeout):
        pass  # whatever was due before it has had its turn
    assert counter._backups is begun


def later(qapp: QApplication) -> QTimer:
    timer = QTimer(qapp, singleShot=True)
    timer.start(0)
    return timer


def test_the_language_chosen_is_that_of_the_next_start(
    start: Start, office_folder: Path, qtbot: QtBot
) -> None:
    opening = app.Opening(office_folder, True, 20, 1)
    first = start(opening)
    window = opened(first, qtbot)
    assert window.language is Language.HINDI  # nobody chose yet
    press(window, Qt.Key.Key_F11)
    assert window.language is Language.ENGLISH
    first.close()
    second = start(opening)
    window = opened(second, qtbot)
    assert window.language is Language.ENGLISH
    qtbot.waitUntil(lambda: "कौन काम करेगा" not in told(second))
    assert "Who is working" in told(second)
    second.close()
    asked_for = start(opening, Language.HINDI)  # the command line wins
    assert opened(asked_for, qtbot).language is Language.HINDI
    asked_for.close()
    assert opened(start(opening), qtbot).language is Language.ENGLISH  # and changes nothing


def test_what_is_pressed_while_the_data_opens_counts_more_than_what_was_chosen_before(
    qtbot: QtBot, office_folder: Path
) -> None:
    window = Window(Language.HINDI, lambda: NOW, build)
    qtbot.addWidget(window)
    window.show()
    desk = small_office.opened(office_folder)
    language.remember(desk, Language.HINDI)
    type_keys(window, "REK")
    press(window, Qt.Key.Key_F11)
    window.attach(desk, language.remembered(desk))
    try:
        assert window.language is Language.ENGLISH
        field = window.focusWidget()
        assert isinstance(field, QLineEdit)
        assert field.text() == "REK"  # what was typed is not lost by it
        qtbot.waitUntil(lambda: language.remembered(desk) is Language.ENGLISH)
    finally:
        window.work.stop()
        window.background.close()
        desk.book.close()


def test_a_second_program_on_the_same_data_is_refused_calmly(
    start: Start, office_folder: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = small_office.opened(office_folder)
    counter = start(app.Opening(office_folder, True, 20, 1))
    with qtbot.waitSignal(counter.stopped, timeout=30_000):
        pass
    desk.book.close()
    assert counter.exit_code == app.REFUSED
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert said[0] in told(counter)


def test_where_no_data_is_the_first_run_begins(start: Start, tmp_path: Path, qtbot: QtBot) -> None:
    counter = start(app.Opening(tmp_path / "nothing", False, 0, 0))
    qtbot.waitUntil(lambda: counter.window is not None and counter.window.page().name == "first_run")
    assert counter.exit_code == 0
    assert not (tmp_path / "nothing").exists()


def test_a_paper_becomes_a_file_and_is_noted(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    worker = PaperWorker()
    window.work.paper_out = PaperOut(worker, tmp_path / "papers", Ways())
    receipt = payments.take(window.desk, window.session, small_office.paying(), NOW)
    window.print_job(receipt.job)

    def state() -> PaperState:
        return receipts.receipt(window.desk, window.session, receipt.act, NOW)[1][0].state

    qtbot.waitUntil(lambda: state() is PaperState.CONFIRMED, timeout=30_000)
    worker.close()
    (paper,) = (tmp_path / "papers").iterdir()
    assert paper.read_bytes().startswith(b"%PDF")
