"""All tests run without a screen; where a system library is missing they fail with the line to type."""

import faulthandler
import gc
import os
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import hypothesis
import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key

from counter_app import machine

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

MANY_OBJECTS = 20_000
FEW_ROUNDS = 10
PATIENCE_MS = 30_000

# Machines of many speeds run these tests: how long one example takes proves nothing. The same examples in
# each run, so that a red run is the change's; others by option: --hypothesis-profile explore.
NO_TRACING = [phase for phase in hypothesis.Phase if phase is not hypothesis.Phase.explain]
hypothesis.settings.register_profile("explore", deadline=None, phases=NO_TRACING, print_blob=True)
hypothesis.settings.register_profile("house", hypothesis.settings.get_profile("explore"), derandomize=True)
hypothesis.settings.load_profile("house")


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Before anything loads Qt: a missing system library fails the whole run, never skips a part of it."""
    if lacking := machine.libraries_sentence(window=False):
        raise pytest.UsageError(lacking)
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Collect between tests, in this thread: as in the program, never in a worker thread amid widgets."""
    young, _, collected = gc.get_count()
    if young > MANY_OBJECTS:
        gc.collect(2 if collected > FEW_ROUNDS else 1)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """The thousands of tests are no garbage themselves: looking through them each time took long."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def last_words(pytestconfig: pytest.Config) -> Iterator[None]:
    """For a test that lets the program take the interpreter's last words: they go where pytest had them."""
    yield
    faulthandler.enable(pytestconfig.stash[fault_handler_stderr_fd_key])


@pytest.fixture
def qtbot(qtbot: "QtBot") -> "QtBot":
    """Waits as long as a busy machine needs; a test that says its own time keeps it."""
    qtbot.waitUntil = partial(qtbot.waitUntil, timeout=PATIENCE_MS)
    return qtbot
