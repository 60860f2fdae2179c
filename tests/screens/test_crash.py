"""What happened goes to a log, without a word of what was typed, and the log stays small."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app import log
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.canaries import CANARIES, SECRETS
from tests.screens.conftest import press, type_keys

PROGRAM = """
import faulthandler, sys, threading
from pathlib import Path
from counter_app import log
from counter_app.ui import crash
from PySide6.QtCore import qWarning

crash.watch(Path(sys.argv[1]))
canaries = sys.argv[2:]
for canary in canaries:
    qWarning(f"QThing::say: no such thing: {canary}")
    qWarning(canary)
    thread = threading.Thread(target=int, args=(canary + "x",))
    thread.start()
    thread.join()
    try:
        try:
            raise KeyError(canary)
        except KeyError as cause:
            raise RuntimeError(canary, {canary: canary}) from cause
    except RuntimeError as trouble:
        log.fault(trouble)
if "die" in canaries:
    faulthandler._sigsegv()
raise ValueError(*canaries)
"""


def ran(folder: Path, *words: str) -> tuple[int, str]:
    """The end of a program to which all of this happened, and all that it wrote."""
    command = [sys.executable, "-c", PROGRAM, str(folder), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    logged = "".join(file.read_text("utf-8") for file in log.files(folder))
    return done.returncode, logged + done.stdout + done.stderr


def test_faults_of_all_kinds_are_noted_without_what_was_typed(tmp_path: Path) -> None:
    ended, said = ran(tmp_path / "office", *CANARIES)
    assert (ended, len(set(CANARIES))) == (1, 50)
    assert said.count("ValueError") == len(CANARIES) + 1
    assert said.count("RuntimeError") == len(CANARIES)
    assert "Qt QtWarningMsg default QThing::say" in said
    assert not [canary for canary in CANARIES if canary in said]


def test_the_interpreter_s_own_end_is_noted_too(tmp_path: Path) -> None:
    ended, said = ran(tmp_path / "office", "die")
    assert ended != 1
    assert "Fatal Python error: Segmentation fault" in said


@pytest.fixture
def folder(tmp_path: Path, last_words: None) -> Iterator[Path]:
    """A folder to which this program writes its log."""
    log.begin(tmp_path / "office")
    yield tmp_path / "office"
    log.end()


def test_the_log_never_grows_beyond_its_files(folder: Path) -> None:
    for number in range(40_000):
        log.note(f"nothing of note {'.' * 80} {number}")
    kept = log.files(folder)
    assert len(kept) == log.OLDER_KEPT + 1
    assert all(file.stat().st_size <= log.LARGEST for file in kept)
    assert kept[0].read_text("utf-8").endswith(" 39999\n")


def test_a_folder_that_takes_no_log_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "office").write_text("a file", "utf-8")
    ended, said = ran(tmp_path / "office", "987")
    assert (ended, "ValueError" in said) == (1, True)
    _, said = ran(tmp_path / "office", "die")
    assert "Fatal Python error: Segmentation fault" in said


def test_a_refusal_in_the_window_is_noted_by_its_kind(
    open_window: Callable[..., Window], qtbot: QtBot, folder: Path
) -> None:
    window = open_window(Language.HINDI, person=None)
    for typed in ("rekha", SECRETS[3]):
        type_keys(window, typed)
        press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.page().saving)
    window.tell_trouble(ValueError(CANARIES[0]))
    logged = log.files(folder)[0].read_text("utf-8")
    assert "refused PasswordWrong" in logged
    assert "ValueError" in logged
    assert not [canary for canary in CANARIES if canary in logged]


def test_what_comes_behind_the_log_s_end_is_said_on_the_terminal(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from counter_app import log; "
        "from counter_app.ui import crash; "
        "crash.watch(Path(sys.argv[1])); log.end(); raise ValueError(sys.argv[2])"
    )
    command = [sys.executable, "-c", code, str(tmp_path), CANARIES[0]]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    assert said.startswith("ValueError")
    assert CANARIES[0] not in said
