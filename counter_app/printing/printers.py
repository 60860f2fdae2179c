"""The printers of the machine, and a folder that stands for one.

Linux hands the PDF itself to CUPS; Windows gets the same page from the painter. A command that returns
proves nothing about paper: the best answer here is "sent". Everything blocks: never call it on the
window's thread. Qt is read only where it prints, so that papers become files on a machine without it.
"""

import itertools
import os
import re
import subprocess
import sys
from pathlib import Path

from counter_app.documents.page import Document
from counter_app.domain.acts import PaperState
from counter_app.domain.refusals import PaperFailed, PrinterMissing, PrintFailed
from counter_app.whole_file import WholeFile

PATIENCE = 20.0
A4 = (210.0, 297.0)
"""Seconds in which the spooler must have answered."""

_ENGLISH = {"LC_ALL": "C.UTF-8", "LANGUAGE": "C"}


def printers() -> tuple[str, ...]:
    """The names of the installed printers, the default one first; none when there is no print system."""
    if sys.platform == "win32":
        from counter_app.printing import painted

        names, default = painted.names()
    else:
        names = _lines("lpstat", "-e")
        told = " ".join(_lines("lpstat", "-d"))
        default = told.rpartition(": ")[2]
    return tuple(sorted(names, key=lambda name: (name != default, name)))


def send(document: Document, made: bytes, printer: str) -> PaperState:
    """Hand a document to a printer: ``SENT``, or ``UNKNOWN`` when the spooler did not answer in time.

    ``made`` is its PDF. Raises ``PrinterMissing`` and ``PrintFailed``; then nothing was handed over.
    """
    if sys.platform == "win32":
        from counter_app.printing import painted

        return painted.send(document, printer)
    return _send_pdf(document, made, printer)


def save(document: Document, made: bytes, folder: Path) -> Path:
    """Write the PDF into a folder, complete or not at all, and never over another; ``PaperFailed``."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with WholeFile(_free_name(folder, _file_name(document))) as file:
            file.write(made)
            file.keep()
    except OSError as fault:
        raise PaperFailed from fault
    return file.path


def _free_name(folder: Path, name: str) -> Path:
    """The next name that is free; one program writes here, so nobody takes it before the file is there."""
    for count in itertools.count(1):
        path = folder / (f"{name}.pdf" if count == 1 else f"{name} ({count}).pdf")
        if not path.exists():
            break
    return path


def _file_name(document: Document) -> str:
    """Kind and title in letters that every file system takes."""
    title = re.sub(r"[^0-9A-Za-z-]+", " ", document.title).strip()
    return f"{document.paper} {title}".strip()


def _lines(*command: str) -> list[str]:
    """What a command of the print system says; nothing when it is not there or does not answer."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, check=False, env=os.environ | _ENGLISH
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return done.stdout.splitlines() if done.returncode == 0 else []


def _send_pdf(document: Document, made: bytes, printer: str) -> PaperState:
    command = ["lp", "-d", printer, "-t", document.title, "-o", f"media={_media(document)}"]
    command += ["-o", "print-scaling=none", "-"]
    try:
        done = subprocess.run(
            command, input=made, capture_output=True, timeout=PATIENCE, check=False, env=os.environ | _ENGLISH
        )
    except subprocess.TimeoutExpired:
        return PaperState.UNKNOWN
    except OSError as fault:
        raise PrinterMissing(printer) from fault
    if done.returncode == 0:
        return PaperState.SENT
    if printer not in printers():
        raise PrinterMissing(printer)
    raise PrintFailed


def _media(document: Document) -> str:
    """The paper's name for the print system."""
    sheet = document.sheets[0]
    if (sheet.width, sheet.height) == A4:
        return "A4"
    return f"Custom.{sheet.width:.0f}x{sheet.height:.1f}mm"
