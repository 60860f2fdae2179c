"""Work off the UI thread comes home to the UI thread, in order, or not at all."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThread, Slot
from pytestqt.qtbot import QtBot

from counter_app.domain.refusals import DiskFailed
from counter_app.ui.background import Background


class Asker(QObject):
    """Takes answers, and notes in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []
        self.troubles: list[Exception] = []
        self.at_home: list[bool] = []

    @Slot(object)
    def answered(self, answer: object) -> None:
        self.answers.append(answer)
        self.at_home.append(QThread.currentThread() is self.thread())

    @Slot(object)
    def refused(self, trouble: Exception) -> None:
        self.troubles.append(trouble)


@pytest.fixture
def background(qapp: object) -> Iterator[Background]:
    threads = Background()
    yield threads
    threads.close()


def fails() -> None:
    raise DiskFailed


def test_answers_come_home_in_their_order(background: Background, qtbot: QtBot) -> None:
    asker = Asker()
    for number in range(20):
        background.run(lambda number=number: number, asker.answered)
    qtbot.waitUntil(lambda: len(asker.answers) == 20)
    assert asker.answers == list(range(20))
    assert all(asker.at_home)


def test_a_refusal_comes_home_too(background: Background, qtbot: QtBot) -> None:
    asker = Asker()
    background.run(fails, asker.answered, asker.refused)
    qtbot.waitUntil(lambda: bool(asker.troubles))
    assert isinstance(asker.troubles[0], DiskFailed)
    assert asker.answers == []


def test_trouble_nobody_takes_is_told_to_the_window(background: Background, qtbot: QtBot) -> None:
    with qtbot.waitSignal(background.trouble) as told:
        background.run(fails, Asker().answered)
    assert isinstance(told.args[0], DiskFailed)


def test_only_the_newest_search_is_answered(background: Background, qtbot: QtBot) -> None:
    asker, gate = Asker(), threading.Event()
    background.search(gate.wait, asker.answered)
    for typed in ("s", "su", "sur"):
        background.search(lambda typed=typed: typed, asker.answered)
    gate.set()
    qtbot.waitUntil(lambda: bool(asker.answers))
    assert asker.answers == ["sur"]


def test_who_is_gone_is_not_answered(background: Background, qtbot: QtBot) -> None:
    asker, other, gate = Asker(), Asker(), threading.Event()
    background.run(gate.wait, asker.answered)
    background.run(lambda: 2, other.answered)
    asker.deleteLater()
    with qtbot.waitSignal(asker.destroyed):
        pass
    gate.set()
    qtbot.waitUntil(lambda: other.answers == [2])
    assert asker.answers == []


def test_a_closed_background_begins_nothing_more(qtbot: QtBot) -> None:
    background = Background()
    background.close()
    begun: list[str] = []
    background.run(lambda: begun.append("desk"), begun.append)
    background.outside(lambda: begun.append("outside"), begun.append)
    background.search(lambda: begun.append("search"), begun.append)
    assert not begun
