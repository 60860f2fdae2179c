"""What the program could not foresee goes to a file: where it happened, never what was typed."""

import faulthandler
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_log: list[TextIO] = []


def watch(folder: Path) -> None:
    """From now on, write faults of Python, of threads and of Qt to ``folder/faults.txt``."""
    file: TextIO
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / "faults.txt").open("a", encoding="utf-8", buffering=1)
    except OSError:
        file = sys.stderr
    _log.append(file)
    faulthandler.enable(file)
    sys.excepthook = _fault
    threading.excepthook = _thread_fault
    qInstallMessageHandler(_qt_said)


def note(trouble: BaseException) -> str:
    """Write down where something went wrong; the one line that may be shown.

    The exception's own text is left out: it may hold what somebody typed.
    """
    frames = traceback.extract_tb(trouble.__traceback__)
    where = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    line = f"{type(trouble).__name__}{where[-1].replace('  ', ' ', 1) if where else ''}"
    _write("\n".join([line, *where]))
    return line


def _write(text: str) -> None:
    stamp = datetime.now(UTC).isoformat(timespec="seconds")
    print(f"{stamp} {text}", file=_log[-1] if _log else sys.stderr)


def _fault(_kind: type[BaseException], trouble: BaseException, _trace: TracebackType | None) -> None:
    note(trouble)


def _thread_fault(fault: threading.ExceptHookArgs) -> None:
    if fault.exc_value is not None:
        note(fault.exc_value)


def _qt_said(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    if kind is not QtMsgType.QtDebugMsg:
        _write(f"Qt: {text}")
