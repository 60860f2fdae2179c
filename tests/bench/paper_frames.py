"""How long the window stands still while it prints: receipts on a roll and as files, and a run of 500 bills.

A timer of the window's own event loop says when it comes round. The time is that of all threads of the
program, so that whoever keeps the window from its turn is seen, and what else the machine does is not.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from counter_app.demo import town
from counter_app.desk import payments
from counter_app.documents.bill import bill
from counter_app.documents.page import Document
from counter_app.domain.acts import Paper
from counter_app.domain.ways import Way, Ways
from counter_app.printing.worker import PaperWorker
from counter_app.ui import theme
from counter_app.ui.garbage import Collector
from counter_app.ui.pages.table import build
from counter_app.ui.paper_out import PaperOut
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.bench.figures import Figure
from tests.desk import small_office
from tests.desk.small_office import NOW, PLAIN, paying, signed_in
from tests.documents.bills import bill_facts
from tests.printing import receipt_printer
from tests.printing.receipt_printer import ReceiptPrinter

EVERY_MS = 16
RECEIPTS = 20
BILLS = 500
LONGEST_MS = 50
SEED = 11


class Turns(QObject):
    """The turns of the window's event loop. ``late``: milliseconds by which the latest of them was late."""

    def __init__(self) -> None:
        super().__init__()
        self.late = self._last = 0.0
        self._loop = QEventLoop(self)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)

    def until_ended(self) -> float:
        """Go round until ``ended`` is called; how late the latest turn came."""
        self.late, self._last = 0.0, time.process_time()
        self._timer.start(EVERY_MS)
        self._loop.exec()
        self._timer.stop()
        return self.late

    @Slot()
    @Slot(object)
    def ended(self, _outcome: object = None) -> None:
        """What was waited for has ended."""
        self._turn()
        self._loop.quit()

    @Slot()
    def _turn(self) -> None:
        now = time.process_time()
        self.late = max(self.late, 1000 * (now - self._last) - EVERY_MS)
        self._last = now


def measure() -> list[Figure]:
    """Print at a window, and look at its turns."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.load_fonts()
    theme.wear(application, dark=False)
    turns = Turns()
    with TemporaryDirectory(prefix="counter-turns-") as folder, _window(Path(folder), turns) as window:
        with receipt_printer.running(ReceiptPrinter()) as roll:
            late = [_receipts(window, turns, way) for way in (Way(roll.address), Way())]
            assert len(roll.tray) == RECEIPTS
        bulk = _bills(window, turns)
    return [
        Figure("receipt_frame_ms", max(late), "ms", LONGEST_MS),
        Figure("bulk_500_frame_ms", bulk, "ms", LONGEST_MS),
    ]


@contextmanager
def _window(folder: Path, turns: Turns) -> Iterator[Window]:
    """A window with somebody signed in, all of its pages read."""
    small_office.make(folder / "office")
    worker, window = PaperWorker(), Window(Language.HINDI, lambda: NOW, build)
    Collector(window, lambda: window.background.busy).start()
    window.show()
    window.attach(small_office.opened(folder / "office"))
    window.work.paper_out = PaperOut(worker, folder / "papers", Ways())
    window.work.settled.connect(turns.ended)
    window.signed_in(signed_in(window.desk))
    turns.until_ended()
    try:
        yield window
    finally:
        window.work.stop()
        window.background.close()
        worker.close()
        window.desk.book.close()


def _receipts(window: Window, turns: Turns, way: Way) -> float:
    """Receipts one behind the other, all asked for at once."""
    assert window.work.paper_out is not None
    window.work.paper_out.ways = Ways(way)
    for _ in range(RECEIPTS):
        taken = payments.take(window.desk, window.session, paying(PLAIN, 10_00, advance=True), NOW)
        window.work.print_job(taken.act)
    window.background.outside(dict, turns.ended)
    return turns.until_ended()


def _bills(window: Window, turns: Turns) -> float:
    """All bills of a reading group, drawn and made into one file."""

    def hand_out(pdf: Callable[[Document], bytes], folder: Path) -> Path:
        people = town.consumers(BILLS, Random(SEED), "2214")
        sheets = tuple(sheet for one in people for sheet in bill(bill_facts(consumer=one)).sheets)
        file = folder / "bills.pdf"
        file.write_bytes(pdf(Document("bills", sheets, Paper.BILL, NOW)))
        return file

    window.work.take_out(hand_out)
    window.background.outside(dict, turns.ended)
    return turns.until_ended()
