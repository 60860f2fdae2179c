"""A process of its own that turns documents into PDF bytes.

The window's process never imports the PDF library and never waits for it on its own thread. A worker that
dies is replaced; one that hangs is ended. Nothing of Qt here.
"""

import logging
import multiprocessing
import signal
import threading
import time
from dataclasses import dataclass, replace
from multiprocessing.process import BaseProcess
from typing import Any, Protocol, cast

from counter_app.documents.page import Document, Sheet
from counter_app.domain.refusals import PaperFailed

PATIENCE, PER_SHEET = 60.0, 1.0
"""Seconds without an answer after which a worker counts as hung, and so many more for each sheet: a bill
takes 0.02 to 0.05 s, on a slow PC that scans for viruses meanwhile several times that.
"""

_TRIES = 2
_FAREWELL = 2.0
_LISTENS = 0.1
"""Seconds after which one who waits for an answer hears that it is not wanted any more."""

_log = logging.getLogger(__name__)


class _Line(Protocol):
    """One end of a pipe; its class differs between Linux and Windows."""

    def send(self, message: Any, /) -> None: ...
    def recv(self) -> Any: ...
    def poll(self, timeout: float | None = 0.0, /) -> bool: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Worker:
    process: BaseProcess
    line: _Line


class PaperWorker:
    """The way to the worker. Any thread may ask; one document at a time is made."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._worker: _Worker | None = None
        self._closed = threading.Event()

    @property
    def pid(self) -> int | None:
        """The worker's process id while one runs."""
        worker = self._worker
        return worker.process.pid if worker else None

    def start(self) -> None:
        """Start the worker ahead of its first document; returns before it is ready."""
        with self._lock:
            self._running()

    def pdf(self, document: Document, patience: float = PATIENCE) -> bytes:
        """The document as PDF bytes. Blocks; raises ``PaperFailed`` when two workers in turn gave nothing, or
        after ``stop``.
        """
        patience += PER_SHEET * len(document.sheets)
        with self._lock:
            for _ in range(_TRIES):
                worker = self._running()
                try:
                    _send(worker.line, document)
                    if self._answers(worker.line, patience):
                        answer = worker.line.recv()
                        if isinstance(answer, bytes):
                            return answer
                        _log.error("A paper could not be made: %s", answer)
                        raise PaperFailed
                except (EOFError, OSError):
                    _log.warning("The process that makes papers ended.")
                self._end(worker, patience=0.0)
        raise PaperFailed

    def stop(self) -> None:
        """No document is made any more, nor the one that is being made. Returns at once."""
        self._closed.set()

    def close(self) -> None:
        """End the worker, also in the middle of a document; afterwards none is made."""
        self.stop()
        with self._lock:
            if self._worker:
                self._end(self._worker, patience=_FAREWELL)

    def _answers(self, line: _Line, patience: float) -> bool:
        """Whether the worker answers in time, and while that is still wanted."""
        until = time.monotonic() + patience
        while not self._closed.is_set() and (left := until - time.monotonic()) > 0:
            if line.poll(min(left, _LISTENS)):
                return True
        return False

    def _running(self) -> _Worker:
        """The worker, started anew when there is none or it has died."""
        if self._closed.is_set():
            raise PaperFailed
        worker = self._worker
        if worker and not worker.process.is_alive():
            self._end(worker, patience=0.0)
            worker = None
        if worker is None:
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs,), name="papers", daemon=True)
            process.start()
            theirs.close()
            worker = self._worker = _Worker(process, ours)
        return worker

    def _end(self, worker: _Worker, patience: float) -> None:
        """Close the line, which ends an idle worker; end by force what does not go by itself."""
        self._worker = None
        worker.line.close()
        worker.process.join(patience)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()
        worker.process.close()


def _send(line: _Line, document: Document) -> None:
    """Say a document, sheet by sheet: 500 bills said at once would keep every other thread waiting."""
    line.send((replace(document, sheets=()), len(document.sheets)))
    for sheet in document.sheets:
        line.send(sheet)


def _received(line: _Line) -> Document:
    """A document that was said so."""
    document, sheets = cast(tuple[Document, int], line.recv())
    return replace(document, sheets=tuple(cast(Sheet, line.recv()) for _ in range(sheets)))


def _work(line: _Line) -> None:
    """The worker: one document after the other, until the line is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program, which then closes the line
    # Here, not above: the window's process imports this module too.
    from counter_app.documents.fonts import GlyphMissing
    from counter_app.documents.pdf import pdf

    while True:
        try:
            document = _received(line)
        except (EOFError, OSError):
            return
        try:
            answer: bytes | str = pdf(document)
        except GlyphMissing as missing:
            answer = f"no glyph for U+{ord(missing.character):04X}"
        line.send(answer)
