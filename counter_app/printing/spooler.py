"""The print system of Linux (CUPS): its printers, handing a PDF over, and what became of it.

That it took a job proves nothing about paper, nor that it calls the job completed: CUPS 2.4 says so of
whatever its printer took, and counts the pages it sent. The printer behind it is asked, if it speaks IPP.
"""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

from counter_app.domain.acts import PaperState
from counter_app.domain.refusals import NoPaper, PrinterMissing, PrinterStopped, PrintFailed
from counter_app.printing.ipp import PORT, Answer, Asked, Attributes, Operation, Place, Tag, Value, ask
from counter_app.printing.room import Room

_SOCKETS = ("/run/cups/cups.sock", "/var/run/cups/cups.sock")
_NOT_FOUND = 0x0406
_STOPPED = 5
_CANCELED, _ABORTED, _COMPLETED = 7, 8, 9
_SIZE = re.compile(r"_([0-9.]+)x([0-9.]+)(mm|in)$")
_UNITS = {"mm": 1.0, "in": 25.4}
_WITH_ERRORS = "job-completed-with-errors"
_WHOM = Asked(Tag.NAME, "requesting-user-name", ("counter-app",))


def place() -> Place:
    """Where the print system is asked, as its own commands do: CUPS_SERVER, its socket file, IPP's port."""
    named = os.environ.get("CUPS_SERVER", "").partition("/version=")[0]
    for file in (named, *_SOCKETS):
        if file.startswith("/") and (file == named or Path(file).exists()):
            return Place("localhost", file=file)
    host, _, port = named.partition(":")
    return Place(host or "localhost", int(port or PORT))


def names() -> tuple[str, ...]:
    """The names of the installed printers, the default one first; none when there is no print system."""
    about = [_WHOM, _only("printer-name")]
    try:
        known = ask(place(), Operation.CUPS_PRINTERS, "ipp://localhost/", about)
        default = ask(place(), Operation.CUPS_DEFAULT, "ipp://localhost/", about)
    except OSError:
        return ()
    found = [_text(group, "printer-name") for group in known.groups]
    first = _text(default.first(), "printer-name") if default.done else ""
    return tuple(sorted(filter(None, found), key=lambda name: (name != first, name)))


def demand_ready(printer: str) -> None:
    """Refuse a printer that cannot print now: ``PrinterMissing``, ``NoPaper``, ``PrinterStopped``."""
    wanted = _only("printer-state", "printer-state-reasons")
    about = _ask_printer(Operation.GET_PRINTER, printer, [wanted]).first()
    reasons = " ".join(map(str, about.get("printer-state-reasons", ())))
    if "media-empty" in reasons or "media-needed" in reasons:
        raise NoPaper
    if about.get("printer-state") == (_STOPPED,):
        raise PrinterStopped


def room(printer: str) -> Room:
    """What a printer has room for, as far as it says so; ``PrinterMissing``, ``PrintFailed``."""
    about = _ask_printer(Operation.GET_PRINTER, printer, [_only("media-default", "media-supported")]).first()
    usual = _sizes(about.get("media-default", ()))
    widths = [width for width, _ in _sizes(about.get("media-supported", ()))]
    width, height = usual[0] if usual else (0.0, 0.0)
    return Room(width, height, max(widths, default=0.0))


def _sizes(named: Iterable[Value]) -> list[tuple[float, float]]:
    """Millimetres of sizes by their names (PWG 5101.1): na_letter_8.5x11in, custom_max_80x3000mm."""
    found = (_SIZE.search(name) for name in named if isinstance(name, str))
    return [
        (float(size[1]) * _UNITS[size[3]], float(size[2]) * _UNITS[size[3]])
        for size in found
        if size is not None
    ]


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
    """What became of a job: ``CONFIRMED`` by the printer, ``FAILED`` if it never began, ``UNKNOWN`` if it was
    broken off, ``SENT`` if it ended and the printer tells nothing of it.

    None while it is under way, or while the print system does not answer.
    """
    asked = ("job-state", "job-state-reasons", "time-at-processing", "job-name", "job-printer-uri")
    try:
        told = _ask_job(Operation.GET_JOB, job, [_only(*asked)])
        if not told.done:
            return PaperState.UNKNOWN
        about = told.first()
        state = about.get("job-state", (None,))[0]
        if state == _COMPLETED:
            return _by_its_printer(about)
    except OSError:
        return None
    if state in (_CANCELED, _ABORTED):
        begun = about.get("time-at-processing", (None,))[0]
        return PaperState.FAILED if begun is None else PaperState.UNKNOWN
    return None


def _by_its_printer(job: Attributes) -> PaperState | None:
    """What the printer says of a job that the print system calls completed; None while it still prints.

    RFC 8011 has a printer remember its last jobs. ``SENT`` when this one does not, or speaks no IPP.
    """
    title, queue = _text(job, "job-name"), _text(job, "job-printer-uri")
    about = ask(place(), Operation.GET_PRINTER, queue, [_WHOM, _only("device-uri")]).first() if queue else {}
    if "device-uri" not in about:  # no print system is between
        return PaperState.CONFIRMED if _is_whole(job) else PaperState.UNKNOWN
    device = urlsplit(_text(about, "device-uri"))
    if device.scheme != "ipp" or not device.hostname:
        return PaperState.SENT
    printer = Place(device.hostname, device.port or PORT)
    uri = f"ipp://{device.netloc.rpartition('@')[2]}{device.path}"
    try:
        ended = _jobs_at(printer, uri, "completed", title)
        # It may have had the page twice: the print system tries again after a fault on the line.
        if any(map(_is_whole, ended)):
            return PaperState.CONFIRMED
        if _jobs_at(printer, uri, "not-completed", title):
            return None
    except OSError:
        return PaperState.SENT
    return PaperState.UNKNOWN if ended else PaperState.SENT


def _jobs_at(printer: Place, uri: str, which: str, title: str) -> list[Attributes]:
    """The jobs of this title that a printer has, or had."""
    about = [_WHOM, Asked(Tag.KEYWORD, "which-jobs", (which,))]
    about.append(_only("job-name", "job-state", "job-state-reasons"))
    told = ask(printer, Operation.GET_JOBS, uri, about)
    return [group for group in told.groups if _text(group, "job-name") == title]


def _is_whole(job: Attributes) -> bool:
    return job.get("job-state") == (_COMPLETED,) and _WITH_ERRORS not in job.get("job-state-reasons", ())


def jobs_called(sign: str) -> tuple[int, ...]:
    """The numbers of the jobs whose titles end so, as far as they are still known, ended ones among them."""
    about = [_WHOM, Asked(Tag.KEYWORD, "which-jobs", ("all",)), _only("job-id", "job-name")]
    try:
        told = ask(place(), Operation.GET_JOBS, "ipp://localhost/", about)
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


def _only(*names: str) -> Asked:
    """That no other attributes are to be told."""
    return Asked(Tag.KEYWORD, "requested-attributes", names)


def _text(group: Attributes, name: str) -> str:
    value = group.get(name, ("",))[0]
    return value if isinstance(value, str) else ""
