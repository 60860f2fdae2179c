"""Papers on their way out keep nobody waiting: the window goes on while they are made, taken and printed."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer, Slot
from pytestqt.qtbot import QtBot

from counter_app.desk import paper, payments
from counter_app.documents.page import Document
from counter_app.documents.pdf import pdf
from counter_app.domain.acts import PaperState
from counter_app.domain.ways import Way, Ways
from counter_app.printing import receipt_printers
from counter_app.ui.paper_out import PaperOut
from counter_app.ui.window import Window
from tests.desk.small_office import NOW, PLAIN, paying
from tests.printing import ipp_printer, receipt_printer
from tests.printing.ipp_printer import IppPrinter, Job
from tests.printing.receipt_printer import ReceiptPrinter

TURNS = 20
LONG_S = 30.0


class Turns(QObject):
    """Lets others go on once the window has gone round so often; a window that waits for them never does."""

    def __init__(self) -> None:
        super().__init__()
        self._left, self._gate = TURNS, threading.Event()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn)
        self._timer.start(1)

    def wait(self) -> None:
        """In another thread: until then."""
        assert self._gate.wait(LONG_S), "the window stands still"

    @Slot()
    def _turn(self) -> None:
        self._left -= 1
        if not self._left:
            self._gate.set()


class SlowMaker:
    """Takes its time over each PDF."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns

    def pdf(self, document: Document) -> bytes:
        self._turns.wait()
        return pdf(document)


class SlowRoll(ReceiptPrinter):
    """A receipt printer that hears nothing for a while."""

    turns: Turns

    def serve(self, line: socket.socket) -> None:
        self.turns.wait()
        super().serve(line)


class SlowLaser(IppPrinter):
    """A print system that is long in taking pages."""

    turns: Turns

    def take(self, job: Job, data: bytes) -> None:
        self.turns.wait()
        super().take(job, data)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch, qapp: QObject) -> Iterator[Callable[[str], Way]]:
    """The way to a slow printer of a kind."""
    monkeypatch.setattr(receipt_printers, "_TO_ANSWER", LONG_S)
    with ExitStack() as on:

        def way(kind: str) -> Way:
            if kind == "roll":
                roll = SlowRoll()
                roll.turns = Turns()
                return Way(on.enter_context(receipt_printer.running(roll)).address)
            if kind == "file":
                return Way()
            laser = SlowLaser("LASER")
            laser.turns = Turns()
            on.enter_context(ipp_printer.running(laser))
            monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{laser.port}")
            return Way("LASER")

        yield way


@pytest.mark.parametrize("kind", ["file", "roll", "laser"])
def test_the_window_goes_on_while_a_receipt_comes_out(
    window: Window, qtbot: QtBot, tmp_path: Path, slow: Callable[[str], Way], kind: str
) -> None:
    maker = SlowMaker(Turns())
    window.work.paper_out = PaperOut(maker, tmp_path / "papers", Ways(slow(kind)))
    act = payments.take(window.desk, window.session, paying(PLAIN, 10_00, advance=True), NOW).act
    window.print_job(act)

    def state() -> PaperState:
        return paper.jobs(window.desk, window.session, act, NOW)[0].state

    qtbot.waitUntil(lambda: state() is PaperState.CONFIRMED, timeout=round(2000 * LONG_S))
