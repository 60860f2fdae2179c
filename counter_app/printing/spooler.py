"""The print system of Linux (CUPS): its printers, handing a PDF over, and what became of it.

That it took a job proves nothing about paper. What it says of the job later does, or does not.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from counter_app.domain.acts import PaperState
from counter_app.domain.refusals import NoPaper, PrinterMissing, PrinterStopped, PrintFailed
from counter_app.printing.ipp import Answer, Asked, Attributes, Operation, Place, Tag, ask

_SOCKETS = ("/run/cups/cups.sock", "/var/run/cups/cups.sock")
_NOT_FOUND = 0x0406
_STOPPED = 5
_CANCELED, _ABORTED, _COMPLETED = 7, 8, 9
_WHOM = Asked(Tag.NAME, "requesting-user-name", ("counter-app",))


def place() -> Place:
    """Where the print system is asked, as its own commands do: CUPS_SERVER, its socket file, port 631."""
    named = os.environ.get("CUPS_SERVER", "").partition("/version=")[0]
    for file in (named, *_SOCKETS):
        if file.startswith("/") and (file == named or Path(file).exists()):
            return Place("localhost", file=file)
    host, _, port = named.partition(":")
    return Place(host or "localhost", int(port or 631))


def names() -> tuple[str, ...]:
    """The names of the installed printers, the default one first; none when there is no print system."""
    wanted = Asked(Tag.KEYWORD, "requested-attributes", ("printer-name",))
    try:
        known = ask(place(), Operation.CUPS_PRINTERS, "ipp://localhost/", [_WHOM, wanted])
        default = ask(place(), Operation.CUPS_DEFAULT, "ipp://localhost/", [_WHOM, wanted])
    except OSError:
        return ()
    found = [_text(group, "printer-name") for group in known.groups]
    first = _text(default.first(), "printer-name") if default.done else ""
    return tuple(sorted(filter(None, found), key=lambda name: (name != first, name)))


def demand_ready(printer: str) -> None:
    """Refuse a printer that cannot print now: ``PrinterMissing``, ``NoPaper``, ``PrinterStopped``."""
    wanted = Asked(Tag.KEYWORD, "requested-attributes", ("printer-state", "printer-state-reasons"))
    told = _ask_printer(Operation.GET_PRINTER, printer, [wanted])
    about = told.first()
    reasons = " ".join(map(str, about.get("printer-state-reasons", ())))
    if "media-empty" in reasons or "media-needed" in reasons:
        raise NoPaper
    if about.get("printer-state") == (_STOPPED,):
        raise PrinterStopped


def hand_over(made: bytes, printer: str, title: str, media: str) -> int:
    """Give a PDF to a printer; the number of its job, by which ``look`` asks what became of it.

    Raises ``PrinterMissing`` and ``PrintFailed``; then nothing will be printed. When the print system falls
    silent with the pages under way, it is asked to forget them; where it does not say so, nobody knows.
    """
    about = [Asked(Tag.NAME, "job-name", (title,))]
    kept = [Asked(Tag.KEYWORD, "media", (media,)), Asked(Tag.KEYWORD, "print-scaling", ("none",))]
    number = _ask_printer(Operation.CREATE_JOB, printer, about, kept).first().get("job-id", (None,))[0]
    if not isinstance(number, int):
        raise PrintFailed
    pages = [
        Asked(Tag.MIME, "document-format", ("application/pdf",)),
        Asked(Tag.YES_OR_NO, "last-document", (True,)),
    ]
    try:
        taken = _ask_job(Operation.SEND_DOCUMENT, number, pages, made).done
    except OSError:
        taken = False
    if not taken:
        take_back(number)
        if look(number) is PaperState.FAILED:
            raise PrintFailed
    return number


def look(job: int) -> PaperState | None:
    """What became of a job: ``CONFIRMED``, ``FAILED`` if it never began, ``UNKNOWN`` if it was broken off.

    None while it is under way, or while the print system does not answer.
    """
    wanted = Asked(Tag.KEYWORD, "requested-attributes", ("job-state", "time-at-processing"))
    try:
        told = _ask_job(Operation.GET_JOB, job, [wanted])
    except OSError:
        return None
    if not told.done:
        return PaperState.UNKNOWN
    state, begun = (told.first().get(name, (None,))[0] for name in ("job-state", "time-at-processing"))
    if state == _COMPLETED:
        return PaperState.CONFIRMED
    if state in (_CANCELED, _ABORTED):
        return PaperState.FAILED if begun is None else PaperState.UNKNOWN
    return None


def jobs_called(sign: str) -> tuple[int, ...]:
    """The numbers of the jobs whose titles end so, as far as they are still known, ended ones among them."""
    wanted = Asked(Tag.KEYWORD, "requested-attributes", ("job-id", "job-name"))
    which = Asked(Tag.KEYWORD, "which-jobs", ("all",))
    try:
        told = ask(place(), Operation.GET_JOBS, "ipp://localhost/", [_WHOM, which, wanted])
    except OSError:
        return ()
    ours = (group for group in told.groups if _text(group, "job-name").endswith(sign))
    numbers = (group.get("job-id", (None,))[0] for group in ours)
    return tuple(number for number in numbers if isinstance(number, int))


def take_back(job: int) -> None:
    """Cancel a job that has not ended; where the print system does not answer, it stays."""
    with suppress(OSError):
        _ask_job(Operation.CANCEL_JOB, job)


def _ask_printer(
    operation: Operation, printer: str, about: Iterable[Asked], job: Iterable[Asked] = ()
) -> Answer:
    """Ask something of a printer, with nothing handed over: whatever goes wrong, nothing will be printed."""
    try:
        told = ask(place(), operation, f"ipp://localhost/printers/{quote(printer)}", [_WHOM, *about], job)
    except OSError as fault:
        raise PrinterMissing(printer) from fault
    if told.status == _NOT_FOUND:
        raise PrinterMissing(printer)
    if not told.done:
        raise PrintFailed
    return told


def _ask_job(operation: Operation, job: int, about: Iterable[Asked] = (), data: bytes = b"") -> Answer:
    return ask(place(), operation, f"ipp://localhost/jobs/{job}", [_WHOM, *about], data=data)


def _text(group: Attributes, name: str) -> str:
    value = group.get(name, ("",))[0]
    return value if isinstance(value, str) else ""
