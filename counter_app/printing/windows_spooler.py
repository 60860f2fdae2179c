"""The print system of Windows (winspool): the jobs of a printer, what each stands at, and taking one back.

It knows of no paper: "printed" and "complete" say that the job left for the printer, and then it is gone from
the queue. So no answer here is proof that a paper came out; what is learnt is what waits, and for what, and
which jobs somebody deleted. Structures and numbers: Win32 API, winspool.h (JOB_INFO_1, PRINTER_INFO_6).
"""

import ctypes
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from ctypes import c_uint16, c_uint32, c_void_p
from enum import IntFlag
from typing import Any, NamedTuple

from counter_app.domain.acts import PaperState
from counter_app.domain.refusals import NoPaper, PrinterMissing, PrinterStopped, PrintFailed, Refused

_ALL_JOBS = 0xFFFF
_JOBS_LEVEL, _PRINTER_LEVEL = 1, 6
_DELETE = 5


class JobStatus(IntFlag):
    """JOB_STATUS_*: what a job stands at, several of them at a time."""

    PAUSED = 0x1
    ERROR = 0x2
    DELETING = 0x4
    SPOOLING = 0x8
    PRINTING = 0x10
    OFFLINE = 0x20
    PAPER_OUT = 0x40
    PRINTED = 0x80
    DELETED = 0x100
    BLOCKED = 0x200
    USER_INTERVENTION = 0x400
    RESTART = 0x800
    COMPLETE = 0x1000
    RETAINED = 0x2000


class PrinterStatus(IntFlag):
    """PRINTER_STATUS_*, as far as a printer waits for somebody."""

    PAUSED = 0x1
    ERROR = 0x2
    PAPER_JAM = 0x8
    PAPER_OUT = 0x10
    PAPER_PROBLEM = 0x40
    OFFLINE = 0x80
    OUTPUT_BIN_FULL = 0x800
    NOT_AVAILABLE = 0x1000
    NO_TONER = 0x40000
    USER_INTERVENTION = 0x100000
    DOOR_OPEN = 0x400000


_GONE = JobStatus.DELETING | JobStatus.DELETED
_LEFT = JobStatus.PRINTED | JobStatus.COMPLETE
_JOB_WAITS = JobStatus.PAUSED | JobStatus.ERROR | JobStatus.OFFLINE | JobStatus.BLOCKED
_JOB_STOPPED = _JOB_WAITS | JobStatus.USER_INTERVENTION
_NO_PAPER = PrinterStatus.PAPER_OUT | PrinterStatus.PAPER_PROBLEM
_STOPPED = ~_NO_PAPER & PrinterStatus(sum(PrinterStatus))


class Job(NamedTuple):
    """A job in the queue of a printer; ``document`` is what it is called."""

    number: int
    document: str
    status: JobStatus


class _Queued(ctypes.Structure):
    _fields_ = (
        ("number", c_uint32),
        ("printer", c_void_p), ("machine", c_void_p), ("user", c_void_p), ("document", c_void_p),
        ("datatype", c_void_p), ("words", c_void_p),
        ("status", c_uint32), ("priority", c_uint32), ("position", c_uint32), ("pages", c_uint32),
        ("printed", c_uint32), ("submitted", c_uint16 * 8),
    )  # fmt: skip


def state_of(status: JobStatus) -> PaperState | None:
    """What a job's status says of its paper; None while it is under way."""
    if status & _GONE:
        return PaperState.UNKNOWN  # a part of it may have come out before
    return PaperState.SENT if status & _LEFT else None


class Spooler:
    """The print system; ``library`` is winspool.drv."""

    def __init__(self, library: Any = None) -> None:
        self._library = library or _winspool()

    def jobs(self, printer: str) -> tuple[Job, ...]:
        """The jobs in a printer's queue; ``PrinterMissing``, ``PrintFailed``."""
        with self._opened(printer) as handle:
            size, count = c_uint32(), c_uint32()
            asked = handle, 0, _ALL_JOBS, _JOBS_LEVEL
            self._library.EnumJobsW(*asked, None, 0, ctypes.byref(size), ctypes.byref(count))
            room = ctypes.create_string_buffer(max(size.value, 1))
            done = self._library.EnumJobsW(*asked, room, size.value, ctypes.byref(size), ctypes.byref(count))
            if not done:
                raise PrintFailed
            found = ctypes.cast(room, ctypes.POINTER(_Queued))
            return tuple(
                Job(found[place].number, _text(found[place].document), JobStatus(found[place].status))
                for place in range(count.value)
            )

    def job_called(self, printer: str, document: str) -> int | None:
        """The number of the newest job of this name; None where it has left the queue already."""
        try:
            return max((job.number for job in self.jobs(printer) if job.document == document), default=None)
        except Refused:
            return None

    def jobs_called(self, printers: Iterable[str], sign: str) -> tuple[tuple[str, int], ...]:
        """Printer and number of the jobs whose names end so."""
        found = []
        for printer in printers:
            try:
                jobs = self.jobs(printer)
            except Refused:
                continue
            found += [(printer, job.number) for job in jobs if job.document.endswith(sign)]
        return tuple(found)

    def look(self, printer: str, number: int) -> PaperState | None:
        """``SENT`` once a job has left the queue, ``UNKNOWN`` when it was deleted; None while it is under way
        or the print system does not answer.
        """
        try:
            job = self._job(printer, number)
        except Refused:
            return None
        return PaperState.SENT if job is None else state_of(job.status)

    def take_back(self, printer: str, number: int) -> None:
        """Delete a job that is not being printed yet; of one that is, a part may be on paper: it stays."""
        with suppress(Refused):
            job = self._job(printer, number)
            if job is not None and not job.status & JobStatus.PRINTING:
                with self._opened(printer) as handle:
                    self._library.SetJobW(handle, number, 0, None, _DELETE)

    def demand_ready(self, printer: str) -> None:
        """Refuse a printer that waits for somebody: ``NoPaper``, ``PrinterStopped``, ``PrinterMissing``."""
        status = self._status(printer)
        jobs = JobStatus(0)
        for job in self.jobs(printer):
            jobs |= job.status
        if status & _NO_PAPER or jobs & JobStatus.PAPER_OUT:
            raise NoPaper
        if status & _STOPPED or jobs & _JOB_STOPPED:
            raise PrinterStopped

    def _job(self, printer: str, number: int) -> Job | None:
        return next((job for job in self.jobs(printer) if job.number == number), None)

    def _status(self, printer: str) -> PrinterStatus:
        with self._opened(printer) as handle:
            status, size = c_uint32(), c_uint32()
            done = self._library.GetPrinterW(
                handle, _PRINTER_LEVEL, ctypes.byref(status), ctypes.sizeof(status), ctypes.byref(size)
            )
            return PrinterStatus(status.value & sum(PrinterStatus)) if done else PrinterStatus(0)

    @contextmanager
    def _opened(self, printer: str) -> Iterator[c_void_p]:
        handle = c_void_p()
        if not self._library.OpenPrinterW(ctypes.c_wchar_p(printer), ctypes.byref(handle), None):
            raise PrinterMissing(printer)
        try:
            yield handle
        finally:
            self._library.ClosePrinter(handle)


def _text(address: int | None) -> str:
    """The UTF-16 text at an address, up to its end mark."""
    if not address:
        return ""
    units: list[bytes] = []
    while unit := c_uint16.from_address(address + 2 * len(units)).value:
        units.append(unit.to_bytes(2, "little"))
    return b"".join(units).decode("utf-16-le", "replace")


def _winspool() -> Any:
    if sys.platform == "win32":
        return ctypes.WinDLL("winspool.drv")
    raise OSError("winspool.drv")
