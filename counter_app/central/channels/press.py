"""Papers as PDF, made in processes of their own, so that the gateway answers others meanwhile."""

import queue
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from counter_app.documents.bill import BillFacts
from counter_app.documents.receipt import ReceiptFacts

PRESSES = 2
BEGUN_WITHIN_S = 60.0
LONGEST_S = 5.0
STOPPED_WITHIN_S = 2.0

Facts = BillFacts | ReceiptFacts


class PressStuck(Exception):
    """No paper came out in time, or the process died; another one is begun with the next paper."""


class Press:
    """A few processes; each ends by itself when this one is gone."""

    def __init__(self) -> None:
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(PRESSES):
            self._idle.put(None)

    def begin(self) -> None:
        """Begin the processes before they are needed. One that does not is begun with the next paper."""
        found = [self._idle.get() or _Worker() for _ in range(PRESSES)]
        for worker in found:
            self._idle.put(worker if worker.is_ready() else None)

    def pdf(self, facts: Facts) -> bytes:
        """The paper. ``PressStuck``. Any thread; it waits while all presses are busy."""
        try:
            worker = self._idle.get(timeout=LONGEST_S)
        except queue.Empty:
            raise PressStuck from None
        try:
            worker = worker or _Worker()
            if not worker.is_ready():
                raise EOFError
            return worker.pdf(facts)
        except (OSError, EOFError) as fault:
            if worker is not None:
                worker.end()
            worker = None
            raise PressStuck from fault
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End the processes that nobody uses."""
        with suppress(queue.Empty):
            while True:
                worker = self._idle.get_nowait()
                if worker is not None:
                    worker.end()


class _Worker:
    """One process and the line to it."""

    def __init__(self) -> None:
        context = get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False

    def is_ready(self) -> bool:
        """Whether it can make papers; waits for that when it has just begun."""
        if not self._ready:
            try:
                self._ready = self._line.poll(BEGUN_WITHIN_S) and self._line.recv() is None
            except (OSError, EOFError):
                self.end()
        return self._ready

    def pdf(self, facts: Facts) -> bytes:
        self._line.send(facts)
        if not self._line.poll(LONGEST_S):
            raise EOFError
        made: bytes = self._line.recv()
        return made

    def end(self) -> None:
        self._line.close()
        self._process.join(STOPPED_WITHIN_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _work(line: "Connection[Any, Any]") -> None:
    """Make papers until the line ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the gateway, which then closes the line
    from counter_app.documents.bill import bill
    from counter_app.documents.money_line import proved, read_back
    from counter_app.documents.money_told import of_bill
    from counter_app.documents.pdf import pdf
    from counter_app.documents.receipt import receipt

    made: dict[type, Callable[[Any], Any]] = {
        BillFacts: lambda facts: read_back(bill(facts), of_bill(facts)),
        ReceiptFacts: lambda facts: proved(receipt(facts), facts.payment.amount),
    }
    with suppress(EOFError, OSError):
        line.send(None)
        while True:
            facts = line.recv()
            line.send(pdf(made[type(facts)](facts)))
