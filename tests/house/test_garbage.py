"""Widgets are destroyed in the UI thread, wherever Python last touched what held them."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from counter_app.ui import garbage
from counter_app.ui.garbage import Collector


class Ring:
    """Refers to itself, so that only collecting frees it; notes the thread in which that happens."""

    def __init__(self, freed: list[int]) -> None:
        self._itself, self._freed = self, freed

    def __del__(self) -> None:
        self._freed.append(threading.get_ident())


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[Collector]:
    parent = QObject()
    collector = Collector(parent, lambda: False)
    collector.start()
    yield collector
    gc.unfreeze()


def work_a_lot() -> None:
    for _ in range(100):
        [[number] for number in range(garbage.ENOUGH)]


def test_cycles_wait_for_the_ui_thread(collector: Collector) -> None:
    freed: list[int] = []
    Ring(freed)
    worker = threading.Thread(target=work_a_lot)
    worker.start()
    worker.join()
    assert not freed
    for _ in range(garbage.ALL_EVERY):
        collector.collect()
    assert freed == [threading.get_ident()]


def test_much_that_is_new_is_looked_through_at_once(collector: Collector) -> None:
    freed: list[int] = []
    Ring(freed)
    kept = [[number] for number in range(2 * garbage.ENOUGH)]
    collector.collect()
    assert len(freed) == 1
    assert kept


def test_while_work_is_under_way_only_what_is_new_is_looked_through(qapp: QApplication) -> None:
    parent, working = QObject(), True
    collector = Collector(parent, lambda: working)
    collector.start()
    freed: list[int] = []
    ring = Ring(freed)
    gc.collect(1)  # what is there is old from now on
    del ring
    for _ in range(2 * garbage.ALL_EVERY):
        collector.collect()
    assert not freed
    working = False
    collector.collect()
    assert len(freed) == 1
    gc.unfreeze()
