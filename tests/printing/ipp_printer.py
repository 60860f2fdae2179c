"""A printer that speaks IPP, real sockets and all, and can be out of sorts.

It stands behind a print system, as printers do, and answers as a print system itself as well: the program
asks both the same things.
"""

import struct
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

_OK, _NOT_FOUND, _NO_SUCH_OPERATION, _BAD_FORMAT, _NOT_ACCEPTING = 0x0, 0x0406, 0x0501, 0x040A, 0x0506
_PENDING, _PROCESSING, _STOPPED, _CANCELED, _ABORTED, _COMPLETED = 3, 5, 6, 7, 8, 9
_WHOLE, _BOOLEAN, _ENUM, _NO_VALUE, _URI, _KEYWORD, _MIME = 0x21, 0x22, 0x23, 0x13, 0x45, 0x44, 0x49
_NAME, _CHARSET, _LANGUAGE, _TEXT = 0x42, 0x47, 0x48, 0x41
_OPERATION_GROUP, _JOB_GROUP, _PRINTER_GROUP, _END = 1, 2, 4, 3


class Mood(StrEnum):
    """How the printer is."""

    WELL = "well"
    JAM = "jam"
    EMPTY = "no paper"
    TORN = "torn half way"
    FAULTY = "torn half way, and called completed"
    GARBLED = "does not know PDF"
    BUSY = "takes no jobs"
    CUT_OFF = "power goes while it takes the pages"


@dataclass
class Job:
    """A job and what it was given."""

    number: int
    title: str
    media: str = ""
    state: int = _PENDING
    begun: bool = False
    reason: str = "none"
    data: bytes = b""


@dataclass
class Paper:
    """What lies in the tray: whole, or a torn piece."""

    data: bytes
    whole: bool


@dataclass
class IppPrinter:
    """The printer: its jobs, and what came out."""

    name: str = "LASER"
    media: tuple[str, ...] = ()
    mood: Mood = Mood.WELL
    jobs: dict[int, Job] = field(default_factory=dict)
    tray: list[Paper] = field(default_factory=list)
    port: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)
    printed: threading.Condition = field(init=False)

    def __post_init__(self) -> None:
        self.printed = threading.Condition(self.lock)

    @property
    def uri(self) -> str:
        return f"ipp://127.0.0.1:{self.port}/ipp/print"

    def repaired(self) -> None:
        """The jam is cleared, paper put in: it goes on with what it has, and gives up what never came."""
        with self.lock:
            self.mood = Mood.WELL
            for job in self.jobs.values():
                if job.state in (_STOPPED, _PENDING) and job.data:
                    self._print(job)
                elif job.state == _PENDING:
                    job.state = _ABORTED

    def take(self, job: Job, data: bytes) -> None:
        with self.lock:
            job.data, job.state, job.begun = data, _PROCESSING, True
            self._print(job)

    def cancel(self, job: Job) -> None:
        with self.lock:
            if job.state < _CANCELED:
                job.state = _CANCELED

    def _print(self, job: Job) -> None:
        if self.mood in (Mood.JAM, Mood.EMPTY):
            job.state = _STOPPED
        elif self.mood is Mood.TORN:
            self.tray.append(Paper(job.data, whole=False))
            job.state = _ABORTED
        elif self.mood is Mood.FAULTY:
            self.tray.append(Paper(job.data, whole=False))
            job.state, job.reason = _COMPLETED, "job-completed-with-errors"
        else:
            self.tray.append(Paper(job.data, whole=True))
            job.state = _COMPLETED
        self.printed.notify_all()

    def reasons(self) -> tuple[str, ...]:
        if self.mood is Mood.JAM:
            return ("media-jam-error",)
        return ("media-empty-error", "media-needed") if self.mood is Mood.EMPTY else ("none",)


@contextmanager
def running(printer: IppPrinter, port: int = 0) -> Iterator[IppPrinter]:
    """Switch it on; at the end it is off, and nothing answers at its port."""
    handler = type("Handler", (_Answers,), {"printer": printer})
    server = _Server(("127.0.0.1", port), handler)
    printer.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield printer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    """The printer's port. Whoever asks may be gone before the answer: programs end, print systems give up."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Answers(BaseHTTPRequestHandler):
    """One connection."""

    printer: ClassVar[IppPrinter]
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self._body()
        if body is None:
            self.close_connection = True
            return
        operation, number = struct.unpack_from(">HI", body, 2)
        about, data = _read(body)
        status, groups = self._answer(operation, about, data)
        told = b"\x02\x00" + struct.pack(">HI", status, number) + bytes([_OPERATION_GROUP])
        told += _one(_CHARSET, "attributes-charset", "utf-8")
        told += _one(_LANGUAGE, "attributes-natural-language", "en")
        told += b"".join(groups) + bytes([_END])
        self.send_response(200)
        self.send_header("Content-Type", "application/ipp")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_args: object) -> None:
        """Nothing."""

    def _body(self) -> bytes | None:
        """What was sent, in one piece or in chunks; None when the power goes before its end."""
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.send_response_only(100)
            self.end_headers()
        if "Content-Length" in self.headers:
            body = self.rfile.read(int(self.headers["Content-Length"]))
        else:
            body = b""
            while size := int(self.rfile.readline().strip() or b"0", 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        has_pages = b"%PDF" in body
        return None if has_pages and self.printer.mood is Mood.CUT_OFF else body

    def _answer(self, operation: int, about: dict[str, str], data: bytes) -> tuple[int, list[bytes]]:
        printer = self.printer
        target = about.get("job-uri") or about.get("printer-uri", "")
        if "/printers/" in target and not target.endswith(f"/{printer.name}"):
            return _NOT_FOUND, []
        with printer.lock:
            match operation:
                case 0x4001 | 0x4002 | 0x000B:
                    return _OK, [self._about_printer()]
                case 0x0004:
                    return self._taken_or_not(), []
                case 0x0002 | 0x0005:
                    return self._create(operation, about, data)
                case 0x000A:
                    return _OK, [self._about_job(job) for job in self._jobs(about["which-jobs"])]
                case 0x0006 | 0x0008 | 0x0009:
                    number = int(about.get("job-id", "") or target.rpartition("/")[2])
                    if number not in printer.jobs:
                        return _NOT_FOUND, []
                    return self._of_job(operation, printer.jobs[number], data)
        return _NO_SUCH_OPERATION, []

    def _create(self, operation: int, about: dict[str, str], data: bytes) -> tuple[int, list[bytes]]:
        if status := self._taken_or_not():
            return status, []
        job = Job(len(self.printer.jobs) + 1, about.get("job-name", ""), about.get("media", ""))
        self.printer.jobs[job.number] = job
        if operation == 0x0002:
            self.printer.take(job, data)
        return _OK, [self._about_job(job)]

    def _jobs(self, which: str) -> Iterator[Job]:
        for job in self.printer.jobs.values():
            if which == "all" or (job.state >= _CANCELED) == (which == "completed"):
                yield job

    def _of_job(self, operation: int, job: Job, data: bytes) -> tuple[int, list[bytes]]:
        if operation == 0x0006:
            if self.printer.mood is Mood.GARBLED:
                return _BAD_FORMAT, []
            self.printer.take(job, data)
        elif operation == 0x0008:
            self.printer.cancel(job)
        return _OK, [self._about_job(job)]

    def _taken_or_not(self) -> int:
        return _NOT_ACCEPTING if self.printer.mood is Mood.BUSY else _OK

    def _about_job(self, job: Job) -> bytes:
        uri = f"ipp://127.0.0.1:{self.printer.port}/jobs/{job.number}"
        begun = (_WHOLE, 1) if job.begun else (_NO_VALUE, "")
        return (
            bytes([_JOB_GROUP])
            + _one(_URI, "job-uri", uri)
            + _one(_WHOLE, "job-id", job.number)
            + _one(_ENUM, "job-state", job.state)
            + _one(_KEYWORD, "job-state-reasons", job.reason)
            + _one(_NAME, "job-name", job.title)
            + _one(_NAME, "job-originating-user-name", "counter-app")
            + _one(begun[0], "time-at-processing", begun[1])
        )

    def _about_printer(self) -> bytes:
        printer = self.printer
        stopped = printer.mood in (Mood.JAM, Mood.EMPTY)
        operations = (0x0002, 0x0004, 0x0005, 0x0006, 0x0008, 0x0009, 0x000A, 0x000B)
        return (
            bytes([_PRINTER_GROUP])
            + _one(_URI, "printer-uri-supported", printer.uri)
            + _one(_KEYWORD, "uri-security-supported", "none")
            + _one(_KEYWORD, "uri-authentication-supported", "none")
            + _one(_NAME, "printer-name", printer.name)
            + _one(_TEXT, "printer-make-and-model", "A printer of the tests")
            + _one(_ENUM, "printer-state", _STATE_STOPPED if stopped else _STATE_IDLE)
            + _one(_KEYWORD, "printer-state-reasons", *printer.reasons())
            + _one(_BOOLEAN, "printer-is-accepting-jobs", printer.mood is not Mood.BUSY)
            + _one(_KEYWORD, "ipp-versions-supported", "1.1", "2.0")
            + _one(_ENUM, "operations-supported", *operations)
            + _one(_CHARSET, "charset-supported", "utf-8")
            + _one(_MIME, "document-format-supported", "application/pdf", "application/octet-stream")
            + _one(_KEYWORD, "compression-supported", "none")
            + _one(_KEYWORD, "media-default", *printer.media[:1])
            + _one(_KEYWORD, "media-supported", *printer.media)
        )


_STATE_IDLE, _STATE_STOPPED = 3, 5


def _one(tag: int, name: str, *values: str | int) -> bytes:
    """An attribute; its further values have no name."""
    written, key = b"", name.encode()
    for value in values:
        if tag in (_WHOLE, _ENUM):
            data = struct.pack(">i", value)
        elif tag == _BOOLEAN:
            data = bytes([value]) if isinstance(value, int) else b""
        else:
            data = str(value).encode()
        written += struct.pack(">BH", tag, len(key)) + key + struct.pack(">H", len(data)) + data
        key = b""
    return written


def _read(body: bytes) -> tuple[dict[str, str], bytes]:
    """The attributes of a request, as texts (the first value of each), and the document behind them."""
    about: dict[str, str] = {}
    place, name = 8, ""
    while (tag := body[place]) != _END:
        place += 1
        if tag <= 0x0F:
            continue
        (length,) = struct.unpack_from(">H", body, place)
        name = body[place + 2 : place + 2 + length].decode() or name
        place += 2 + length
        (length,) = struct.unpack_from(">H", body, place)
        value = body[place + 2 : place + 2 + length]
        place += 2 + length
        text = str(struct.unpack(">i", value)[0]) if tag in (_WHOLE, _ENUM) else value.decode("latin-1")
        about.setdefault(name, text)
    return about, body[place + 1 :]
