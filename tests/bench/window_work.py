"""The counter as its command starts it, and a clerk at work in it: the process of ``bench window``.

An hour has no pauses here, and its keys come as soon as the window has answered the one before.
"""

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt

from counter_app import app, demo
from counter_app.desk import finding
from counter_app.desk.desk import Desk
from counter_app.domain.consumer import read_mobile
from counter_app.domain.people import Session
from counter_app.store import reference
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.bench.timed import Timed
from tests.screens.conftest import press
from tests.screens.hands import Hands

PAYMENTS, SCANS, COMPLAINTS, PRINTS = 16, 6, 4, 3
"""What comes to a window in an hour, of each."""

SCANNER_RESTS_MS = 450
NAMED = "सुरे माल"
OWED = range(1000_00, 9500_00)
NOTE = 500_00
CASH_PAGES = (
    ("drawer", "drawer"), ("cash in", "cash_move"), ("no sale", "unlock"), ("take over", "handover"),
    ("z report", "drawer_papers"), ("deposit", "deposit"), ("printers", "printers"),
    ("waiting work", "tasks"), ("clock", "clock"), ("sync", "sync"), ("set pin", "pin"),
    ("senior citizen", "priority"), ("registration", "pay"),
)  # fmt: skip


class Clerk(Hands):
    """Works at a window, for one consumer after the other. ``flows``: keys that a flow took, by its name."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.flows: dict[str, int] = {}
        self._owing: Iterator[tuple[str, int]] = iter(())

    def sign_in(self) -> None:
        """Sit down: the demo office has filled in code and password."""
        self.press("Enter")
        self.to("home")
        self._owing = _owing(self.window.desk, self.window.session, self.window.now())

    def begin_payment(self) -> None:
        """Somebody's payment, all but the last Enter."""
        number, owed = next(self._owing)
        self._open(number)
        self.press("F4")
        self.to("pay")
        self.press(str(-(-owed // NOTE) * NOTE // 100))

    def hour(self, *, languages: bool) -> None:
        """An hour at the window; with ``languages`` pages are also looked at in the other one."""
        for turn in range(PAYMENTS):
            self._timed("pay_cash", self._pay_cash)
            if turn < SCANS:
                self._timed("pay_scan", self._pay_scan)
            if turn < COMPLAINTS:
                self._timed("complaint", self._complain)
            if turn < PRINTS:
                self._timed("reprint_last", self._reprint)
                self._timed("duplicate_bill", self._print_bill)
                self._timed("hindi_name", self._find_by_name)
        self._look_around(("F11", "F11") if languages else ())

    def home(self) -> None:
        for _ in range(8):
            if self.window.page().name == "home" and not self.window.search.text():
                return
            self.press("Esc")
        self.to("home")

    def _timed(self, name: str, flow: Callable[[], None]) -> None:
        self.home()
        before = self.keys
        flow()
        self.flows[name] = max(self.flows.get(name, 0), self.keys - before)

    # -- flows whose keys are counted --------------------------------------------------------------------

    def _pay_cash(self) -> None:
        self.begin_payment()
        self.press("Enter")
        self.to("home")

    def _pay_scan(self) -> None:
        number, _ = next(self._owing)
        self.scan(number)
        self.to("consumer")
        self._let_the_scanner_rest()
        self.press("F4")
        self.to("pay")
        self.press("Enter")
        self.to("home")

    def _complain(self) -> None:
        number, _ = next(self._owing)
        self._open(number)
        self.press("F3")
        self.to("complaint")
        self.press("11", "Enter")
        while self.window.page().name != "home":
            self.press("Enter")

    def _reprint(self) -> None:
        self.press("F7")
        self.to("receipts")
        self.press("Enter", "1")

    def _print_bill(self) -> None:
        self.press("F2", "1")
        self.to("consumer")
        self.press("F5")
        self.to("bill")
        self.press("Enter")

    def _find_by_name(self) -> None:
        self.press(NAMED)
        self.until(lambda: bool(self.window.page().consumer()), NAMED)
        self.press("Enter")
        self.to("consumer")

    # -- everything else -------------------------------------------------------------------------------

    def _look_around(self, languages: tuple[str, ...]) -> None:
        """The pages that a clerk opens once an hour, the other language, the lock."""
        for words, page in CASH_PAGES:
            self.say(words, page)
        self.home()
        self._family()
        for key, page in (("F8", "day_end"), ("F6", "status"), ("F7", "receipts"), ("F1", "help")):
            self.home()
            self.press(key)
            self.to(page)
            self.press(*languages)
        number, _ = next(self._owing)
        for key, page in (
            ("*", "account"),
            ("1", "request"),
            ("2", "credited"),
            ("F5", "bill"),
            ("F4", "pay"),
        ):
            self.open(number)
            self.press(key)
            self.to(page)
            self.press(*languages)
        self.press("9", "F9")
        self.to("home")
        self.press("F9")
        self.to("pay")
        self.home()
        self.press("F12")
        self.to("sign_in")
        self.press(*languages, "Enter")
        self.to("home")

    def _family(self) -> None:
        for _ in range(2):
            number, _ = next(self._owing)
            self.find(number)
            self.press("+")
        self.press("F4")
        self.to("basket")
        self.press("Enter")
        self.to("home")

    def _open(self, number: str) -> None:
        """The consumer's page, by the end of the number as people read it out."""
        self.press(number[-6:])
        self.until(lambda: self.window.page().consumer() == number, number)
        self.press("Enter")
        self.to("consumer")

    def _let_the_scanner_rest(self) -> None:
        rested = time.monotonic() + SCANNER_RESTS_MS / 1000
        self.until(lambda: time.monotonic() > rested)


def _owing(desk: Desk, session: Session, at: datetime) -> Iterator[tuple[str, int]]:
    """Consumers who owe what is paid with a few notes, and how much; each once.

    Their mobile is whole in the record: what else has to be asked and typed is no key of the flow.
    """
    with desk.book.reading() as connection:
        numbers = [
            number
            for number in demo.numbers(connection)
            if (known := reference.consumer(connection, number)) and read_mobile(known.mobile)
        ]
    for number in numbers:
        payable = finding.preview(desk, session, number, at).payable
        if payable is not None and payable.amount in OWED:
            yield number, payable.amount


def _memory_mb() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def _opened(application: Timed, folder: Path) -> tuple[app.Counter, Window]:
    """The counter with its data open and nobody signed in; from now on times are taken."""
    counter = app.Counter(application, app.Opening(folder, True, 0, 0), Language.HINDI)
    opening = QEventLoop()
    counter.opened.connect(opening.quit)
    counter.shell.show()
    opening.exec()
    assert counter.window is not None
    return counter, counter.window


def work(application: Timed, folder: Path, hours: int) -> int:
    """An hour in which every page is seen, and so many more; tells what they took.

    Memory is compared from the end of the first hour on: what a page needs once is there by then, and what
    still grows would grow all day. What the first hour itself takes is told beside it.
    """
    counter, window = _opened(application, folder)
    settled: list[bool] = []
    window.work.settled.connect(lambda: settled.append(True))
    application.shown, application.measuring = lambda: window.page().name, True
    clerk = Clerk(window)
    clerk.sign_in()
    clerk.until(lambda: bool(settled), "settled")
    memory = [_memory_mb()]
    for hour in range(hours + 1):
        clerk.hour(languages=hour == 0)
        memory.append(_memory_mb())
    application.measuring = False
    told = {"stall_ms": application.longest, "switches_ms": application.switches, "keys": clerk.flows}
    print(json.dumps(told | {"memory_mb": memory}), flush=True)
    counter.shell.close()
    counter.close()
    return counter.exit_code


def leave(application: Timed, folder: Path) -> int:
    """Sign in, take a payment, and close the window before it is recorded."""
    counter, window = _opened(application, folder)
    clerk = Clerk(window)
    clerk.sign_in()
    clerk.begin_payment()
    press(window, Qt.Key.Key_Return)
    assert window.page().saving
    counter.shell.close()
    application.exec()
    counter.close()
    return counter.exit_code


if __name__ == "__main__":
    gc.disable()  # as the command does while it starts
    asked, *what = sys.argv[1:]
    application = Timed([sys.argv[0], "-style", "Fusion"])
    code = leave(application, Path(asked)) if not what else work(application, Path(asked), int(what[0]))
    sys.exit(code)
