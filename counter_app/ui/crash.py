"""What the program could not foresee goes to its log: where it happened, never what was typed."""

import re
import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from counter_app import log

# A class of Qt with its function, before what it has to say: nobody is called so.
_OF_QT = re.compile(r"Q[A-Z][A-Za-z]*(?:::~?[A-Za-z]\w*)+(?=[:(])")


def watch(folder: Path) -> None:
    """From now on, write faults of Python, of threads and of Qt to the log of a data folder."""
    log.begin(folder)
    sys.excepthook = _fault
    threading.excepthook = _thread_fault
    qInstallMessageHandler(_qt_said)


def _fault(_kind: type[BaseException], trouble: BaseException, _trace: TracebackType | None) -> None:
    log.fault(trouble)


def _thread_fault(fault: threading.ExceptHookArgs) -> None:
    if fault.exc_value is not None:
        log.fault(fault.exc_value)


def _qt_said(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Which part of Qt spoke; what it said may hold what somebody typed."""
    if kind is not QtMsgType.QtDebugMsg:
        who = _OF_QT.match(text)
        log.note(f"Qt {kind.name} {context.category} {who[0] if who else ''}".rstrip())
