"""The printers of the machine, and a folder that stands for one.

Linux hands the PDF itself to CUPS; Windows gets the same page from the painter; a receipt printer gets it as
dots. That a command returns proves nothing about paper. Everything blocks: never call it on the window's
thread. Qt is read only where it prints, so that papers become files on a machine without it.
"""

import itertools
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from counter_app.documents.page import Document
from counter_app.domain.acts import PaperState
from counter_app.domain.refusals import PaperFailed, Refused
from counter_app.printing import receipt_printers, spooler
from counter_app.printing.room import A4, fitted
from counter_app.whole_file import WholeFile


class Handed(NamedTuple):
    """What is known of a paper that went to a printer; ``job``: the print system can be asked about it."""

    state: PaperState
    job: int | None = None


def printers() -> tuple[str, ...]:
    """The names of the installed printers, the default one first, then devices of this PC."""
    if sys.platform == "win32":
        from counter_app.printing import painted

        names, default = painted.names()
        return tuple(sorted(names, key=lambda name: (name != default, name)))
    return (*spooler.names(), *receipt_printers.devices())


def demand_ready(printer: str) -> None:
    """Refuse a printer of which the print system knows that it cannot print now."""
    if not printer or receipt_printers.is_address(printer):
        return
    if sys.platform == "win32":
        from counter_app.printing.windows_spooler import Spooler

        Spooler().demand_ready(printer)
    else:
        spooler.demand_ready(printer)


def hindrance(printer: str) -> Refused | None:
    """What a printer waits for, as far as the print system knows."""
    try:
        demand_ready(printer)
    except Refused as refused:
        return refused
    return None


def send(document: Document, pdf: Callable[[Document], bytes], printer: str, title: str) -> Handed:
    """Hand a document to a printer; ``pdf`` makes its file where the printer takes one.

    ``title`` is what the job is called, by which it is found again. Raises ``PrinterMissing``,
    ``PrintFailed``, ``NoPaper``, ``PrinterStopped`` and ``PaperTooWide``; then nothing was handed over.
    """
    if receipt_printers.is_address(printer):
        from counter_app.printing import escpos

        return Handed(receipt_printers.send(escpos.commands(document), printer))
    if sys.platform == "win32":
        from counter_app.printing import painted
        from counter_app.printing.windows_spooler import Spooler

        return Handed(painted.send(document, printer, title), Spooler().job_called(printer, title))
    document = fitted(document, spooler.room(printer))
    return Handed(PaperState.SENT, spooler.hand_over(pdf(document), printer, title, _media(document)))


def look(printer: str, job: int) -> PaperState | None:
    """What became of a job that the print system took; None while nobody can say."""
    if sys.platform == "win32":
        from counter_app.printing.windows_spooler import Spooler

        return Spooler().look(printer, job)
    return spooler.look(job)


def came_out(sign: str) -> bool:
    """Whether the print system knows that a paper came out; ``sign`` ends the titles of its jobs."""
    return PaperState.CONFIRMED in {look(*job) for job in _jobs(sign)}


def take_back(sign: str) -> PaperState | None:
    """Take back a paper's earlier tries, so that none of them comes out behind the next one.

    ``CONFIRMED`` when one came out after all, ``UNKNOWN`` when one can be neither followed nor taken back;
    None when the way is free.
    """
    jobs = _jobs(sign)
    for job in jobs:
        if look(*job) is None:
            _take_back(*job)
    states = {look(*job) for job in jobs}
    if PaperState.CONFIRMED in states:
        return PaperState.CONFIRMED
    return PaperState.UNKNOWN if None in states else None


def _take_back(printer: str, job: int) -> None:
    if sys.platform == "win32":
        from counter_app.printing.windows_spooler import Spooler

        Spooler().take_back(printer, job)
    else:
        spooler.take_back(job)


def _jobs(sign: str) -> tuple[tuple[str, int], ...]:
    """Printer and number of the jobs whose titles end so; the print system of Linux knows them by number."""
    if sys.platform == "win32":
        from counter_app.printing.windows_spooler import Spooler

        return Spooler().jobs_called(printers(), sign)
    return tuple(("", job) for job in spooler.jobs_called(sign))


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


def _media(document: Document) -> str:
    """The paper's name for the print system."""
    width, height = document.sheets[0].fed
    return "A4" if (width, height) == A4 else f"Custom.{width:.0f}x{height:.1f}mm"
