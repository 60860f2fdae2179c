"""Receipt printers that no print system serves: over the network, or as a device file (USB, LPT).

An address is ``tcp://192.168.1.87:9100``, ``/dev/usb/lp0`` or ``LPT1``. Such a printer says a byte to a
question. ``DLE EOT`` is answered at once, even with the cover open; ``GS r`` only when everything sent
before it is on paper, and that is the proof. A printer that never answers leaves it at "sent".
"""

import os
import re
import select
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from counter_app.domain.acts import PaperState
from counter_app.domain.refusals import NoPaper, PrinterMissing, PrinterStopped

TCP = "tcp://"
PORT = 9100
PATIENCE = 20.0
"""Seconds in which a printer must have taken the next piece, or have printed what it took."""

_TO_REACH = 5.0
_TO_ANSWER = 1.0
_STATE, _CAUSE = b"\x10\x04\x01", b"\x10\x04\x02"
_WHEN_PRINTED = b"\x1dr\x01"
_FIXED, _AS_FIXED = 0x93, 0x12  # bits that every answer has
_OFFLINE, _ENDED = 0x08, 0x20
_PIECE = 4096
_BYTES = getattr(os, "O_BINARY", 0)  # Windows would put a return before every line feed


def is_address(printer: str) -> bool:
    """Whether this names a receipt printer rather than one of the print system."""
    return printer.startswith((TCP, "/dev/")) or bool(re.fullmatch(r"LPT[1-9]", printer))


def devices() -> tuple[str, ...]:
    """Printers that hang on this PC without a print system."""
    if sys.platform == "win32":
        return ()
    return tuple(sorted(str(path) for path in Path("/dev/usb").glob("lp*")))


def send(commands: bytes, address: str) -> PaperState:
    """Print by an ESC/POS printer: ``CONFIRMED`` when it says so, ``SENT`` when it says nothing at all.

    ``UNKNOWN`` when it took a part and nobody knows how much of that is on paper. Raises
    ``PrinterMissing``, ``NoPaper`` and ``PrinterStopped``; then nothing was handed over. Blocking.
    """
    try:
        line = _open(address)
    except (OSError, ValueError) as fault:  # an address that is none is nowhere
        raise PrinterMissing(address) from fault
    try:
        answers = _look_at(line, address)
        try:
            line.write(commands + _WHEN_PRINTED if answers else commands)
            if not answers:
                line.end()
                return PaperState.SENT
            return PaperState.CONFIRMED if _printed(line) else PaperState.UNKNOWN
        except OSError:
            return PaperState.UNKNOWN
    finally:
        line.close()


def _look_at(line: "_Line", address: str) -> bool:
    """Whether the printer answers questions; refused when it says that it cannot print now."""
    state = _asked(line, _STATE, address)
    if state is None:
        return False
    if state & _OFFLINE:
        cause = _asked(line, _CAUSE, address)
        raise NoPaper if cause is not None and cause & _ENDED else PrinterStopped
    return True


def _asked(line: "_Line", question: bytes, address: str) -> int | None:
    """What the printer says of itself; None when it does not understand."""
    try:
        line.write(question)
        heard = line.read(_TO_ANSWER)
    except OSError as fault:
        raise PrinterMissing(address) from fault
    return heard[0] if heard and heard[0] & _FIXED == _AS_FIXED else None


def _printed(line: "_Line") -> bool:
    """Whether everything came out, asking in between whether the printer still goes on."""
    for _ in range(round(PATIENCE / _TO_ANSWER)):
        heard = line.read(_TO_ANSWER)
        if not heard:
            line.write(_STATE)
        elif heard[0] & _FIXED != _AS_FIXED:
            return True
        elif heard[0] & _OFFLINE:
            return False
    return False


class _Line(Protocol):
    """A way to a printer; every fault of it is an ``OSError``."""

    def write(self, data: bytes) -> None:
        """Hand everything over, however slowly it is taken."""

    def read(self, patience: float, /) -> bytes:
        """A byte from the printer; none when nothing came in time."""

    def end(self) -> None:
        """Say that nothing more comes; a fault when the printer broke off before it had everything."""

    def close(self) -> None:
        """Let go of it."""


def _open(address: str) -> _Line:
    if address.startswith(TCP):
        host, _, port = address.removeprefix(TCP).partition(":")
        return _Network(host, int(port or PORT))
    if sys.platform == "win32":
        return _Port(address)
    return _Device(address)


class _Network:
    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port), timeout=_TO_REACH)

    def write(self, data: bytes) -> None:
        self._socket.settimeout(PATIENCE)
        for start in range(0, len(data), _PIECE):
            self._socket.sendall(data[start : start + _PIECE])

    def read(self, patience: float) -> bytes:
        self._socket.settimeout(patience)
        try:
            heard = self._socket.recv(1)
        except TimeoutError:
            return b""
        if not heard:
            raise ConnectionResetError
        return heard

    def end(self) -> None:
        self._socket.shutdown(socket.SHUT_WR)
        self._socket.settimeout(_TO_ANSWER)
        with suppress(TimeoutError):
            self._socket.recv(1)

    def close(self) -> None:
        self._socket.close()


class _Device:
    def __init__(self, path: str) -> None:
        flags = os.O_NOCTTY | os.O_NONBLOCK
        try:
            self._file = os.open(path, os.O_RDWR | flags)
        except PermissionError:
            self._file = os.open(path, os.O_WRONLY | flags)

    def write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            if not select.select([], [self._file], [], PATIENCE)[1]:
                raise TimeoutError
            rest = rest[os.write(self._file, rest[:_PIECE]) :]

    def read(self, patience: float) -> bytes:
        if not select.select([self._file], [], [], patience)[0]:
            return b""
        return os.read(self._file, 1)

    def end(self) -> None:
        """A device takes all that was written."""

    def close(self) -> None:
        os.close(self._file)


class _Port:
    """A printer port of Windows, which takes and never answers."""

    def __init__(self, name: str) -> None:
        self._file = os.open(rf"\\.\{name}", os.O_WRONLY | _BYTES)

    def write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._file, rest[:_PIECE]) :]

    def read(self, _patience: float) -> bytes:
        return b""

    def end(self) -> None:
        """A device takes all that was written."""

    def close(self) -> None:
        os.close(self._file)
