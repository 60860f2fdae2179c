"""Practice in the real window: who comes, what is counted, what ends it; and the way there from an office."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from counter_app import app, demo
from counter_app.demo import training
from counter_app.desk import drills
from counter_app.domain.drill import GOALS, Flow
from counter_app.ui.drill import TAIL, Drill
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.screens.conftest import press, type_keys, words_on
from tests.screens.hands import Hands


class Trainee(Hands):
    """Practises at a window."""

    @property
    def drill(self) -> Drill:
        assert self.window.drill is not None
        return self.window.drill

    def begin(self, place: str) -> drills.Task:
        """Let somebody come."""
        self.to("drill")
        self.press(place)
        self.until(lambda: self.drill.running, "somebody at the window")
        self.breathe()
        task = self.drill._task
        assert task is not None
        return task

    def ended(self) -> str:
        """What is said at the end of it."""
        self.to("drill")
        return words_on(self.window)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office-drill")


@pytest.fixture
def trainee(folder: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Trainee]:
    """The program as ``counter-app drill`` starts it, somebody signed in."""
    zone = training.place(folder, app.now())
    counter = app.Counter(qapp, app.Opening(zone, True, 0, 0, training=True), Language.ENGLISH)
    qtbot.addWidget(counter.shell)
    counter.shell.show()
    with qtbot.waitSignal(counter.opened, timeout=60_000):
        pass
    assert counter.window is not None
    assert counter.window.work.line is None
    hands = Trainee(counter.window)
    assert "TRAINING: an invented zone" in words_on(counter.window)
    hands.press("Enter")
    hands.to("drill")
    yield hands
    counter.close()


def test_the_header_says_training(trainee: Trainee) -> None:
    assert "प्रशिक्षण TRAINING" in words_on(trainee.window)
    assert "DEMO" not in words_on(trainee.window)


def test_cash_is_taken_with_the_keys_of_the_goal(trainee: Trainee) -> None:
    task = trainee.begin("1")
    assert task.number[-TAIL:] in words_on(trainee.window)
    trainee.press(task.number[-TAIL:])
    trainee.until(lambda: trainee.window.page().consumer() == task.number)
    trainee.press("Enter")
    trainee.to("consumer")
    trainee.press("F4")
    trainee.to("pay")
    trainee.press(str(task.given // 100), "Enter")
    assert "Goal reached: 13 keys" in trainee.ended()
    assert trainee.drill.last is not None
    assert trainee.drill.last.best[Flow.PAY_CASH].keys == GOALS[Flow.PAY_CASH].keys
    assert not trainee.drill.isVisible()


def test_a_scanned_bill_takes_two_keys(trainee: Trainee) -> None:
    trainee.begin("2")
    trainee.to("consumer")
    trainee.press("F4")
    trainee.to("pay")
    trainee.press("Enter")
    assert "2 keys" in trainee.ended()


def test_another_amount_than_was_given_is_not_what_was_asked_for(trainee: Trainee) -> None:
    task = trainee.begin("1")
    trainee.window.go("consumer")
    trainee.home()
    trainee.open(task.number)
    trainee.press("F4")
    trainee.to("pay")
    trainee.press("Enter")
    assert "not as it was asked for" in trainee.ended()


def test_a_complaint(trainee: Trainee) -> None:
    task = trainee.begin("3")
    trainee.press(task.number[-TAIL:])
    trainee.until(lambda: trainee.window.page().consumer() == task.number)
    trainee.press("Enter")
    trainee.to("consumer")
    trainee.press("F3")
    trainee.to("complaint")
    trainee.press("11", "Enter")
    while trainee.window.page().name == "complaint":
        trainee.press("Enter")
    assert "Goal reached" in trainee.ended()
    assert trainee.drill.last is not None
    assert trainee.drill.last.run.keys <= GOALS[Flow.COMPLAINT].keys


def test_the_last_receipt_once_more(trainee: Trainee) -> None:
    trainee.begin("4")
    trainee.press("F7")
    trainee.to("receipts")
    trainee.press("Enter", "1")
    assert "Goal reached: 3 keys" in trainee.ended()


def test_a_name(trainee: Trainee) -> None:
    task = trainee.begin("5")
    trainee.press(task.name_hi)
    trainee.until(lambda: bool(trainee.window.page().consumer()))
    trainee.press("Enter")
    trainee.ended()
    assert trainee.drill.last is not None
    assert trainee.drill.last.right


def test_the_wrong_consumer_is_not_who_came(trainee: Trainee) -> None:
    task = trainee.begin("5")
    with trainee.window.desk.book.reading() as connection:
        other = next(one for one in demo.numbers(connection) if one != task.number)
    trainee.find(other)
    trainee.press("Enter")
    assert "not as it was asked for" in trainee.ended()


def test_escape_on_home_gives_up_once_nothing_is_typed(trainee: Trainee) -> None:
    trainee.begin("1")
    trainee.to("home")
    trainee.press("s")
    assert trainee.window.page().keys().escape.lead == "Clear"
    trainee.press("Esc")
    assert trainee.drill.running
    assert "Give up" in keys_on(trainee.window)
    trainee.press("Esc")
    trainee.to("drill")
    assert not trainee.drill.running
    assert "Give up" not in keys_on(trainee.window)


def keys_on(window: Window) -> str:
    return " ".join(button.accessibleName() for button in window.findChildren(QAbstractButton))


def test_a_click_gives_up(trainee: Trainee, qtbot: QtBot) -> None:
    trainee.begin("1")
    qtbot.mouseClick(trainee.drill, Qt.MouseButton.LeftButton)
    trainee.to("drill")
    assert not trainee.drill.running
    trainee.say("drill", "drill")


def test_from_an_office_and_from_its_sign_in_the_way_leads_to_the_zone(
    open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(Language.ENGLISH)
    opened: list[str] = []
    window.open_drill = lambda: opened.append(window.page().name)
    type_keys(window, "practice")
    press(window, Qt.Key.Key_Return)
    assert window.page().name == "drill"
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_F12)
    press(window, Qt.Key.Key_F1)
    assert opened == ["drill", "sign_in"]


def test_help_leads_to_practice(window: Window) -> None:
    press(window, Qt.Key.Key_F1)
    type_keys(window, "3")
    assert window.page().name == "drill"
