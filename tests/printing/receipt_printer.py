"""A receipt printer at a network port: it takes ESC/POS as the real ones do, and can be out of sorts.

What it is sent is decoded strictly, byte by byte, back into the rows of dots that would be on the paper.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum

ROW = 72
_FREE, _OFFLINE, _NO_CAUSE, _OPEN, _NO_PAPER = 0x12, 0x1A, 0x12, 0x16, 0x32
_PAPER_THERE = b"\x00"


class Mood(StrEnum):
    """How the printer is."""

    WELL = "well"
    BLIND = "says nothing of itself"
    EMPTY = "no paper"
    OPEN = "cover open"
    JAM = "jams half way"
    POWER = "power goes half way"
    BLIND_POWER = "says nothing, and power goes half way"
    DROPS = "hangs up when it is called"


@dataclass
class Paper:
    """A piece of paper: its rows of dots, and whether it was cut off at its end."""

    rows: list[bytes] = field(default_factory=list)
    whole: bool = False

    def lines(self) -> bytes:
        return b"".join(self.rows)


class Unknown(Exception):
    """A command that the printer does not know."""


@dataclass
class ReceiptPrinter:
    """The printer and what came out. ``half`` is after how many rows it jams or loses power."""

    mood: Mood = Mood.WELL
    half: int = 300
    tray: list[Paper] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def serve(self, line: socket.socket) -> None:
        """One connection: what comes is printed as it comes."""
        paper = Paper()
        try:
            if self.mood is not Mood.DROPS:
                self._print(_Reader(line), line, paper)
        except (EOFError, ConnectionError):
            pass
        except Unknown as fault:
            self.faults.append(fault)
        if paper.rows:
            self.tray.append(paper)

    def _print(self, commands: "_Reader", line: socket.socket, paper: Paper) -> None:
        while True:
            head = commands.take(2)
            match head:
                case b"\x1b@" if not paper.rows:
                    continue
                case b"\x1dP":
                    commands.take(2)
                case b"\x10\x04":
                    self._tell(line, commands.take(1))
                case b"\x1dr":
                    commands.take(1)
                    line.sendall(_PAPER_THERE)
                case b"\x1dv":
                    self._picture(commands, paper)
                case b"\x1bJ":
                    paper.rows += [bytes(ROW)] * commands.take(1)[0]
                case b"\x1dV":
                    commands.take(2)
                    self.tray.append(Paper(list(paper.rows), whole=True))
                    paper.rows.clear()
                case _:
                    raise Unknown(head.hex())
            self._fail(commands, paper)

    def _tell(self, line: socket.socket, question: bytes) -> None:
        answers = {
            Mood.EMPTY: (_OFFLINE, _NO_PAPER), Mood.OPEN: (_OFFLINE, _OPEN),
        }.get(self.mood, (_FREE, _NO_CAUSE))  # fmt: skip
        if self.mood not in (Mood.BLIND, Mood.BLIND_POWER):
            line.sendall(bytes([answers[question[0] - 1]]))

    def _picture(self, commands: "_Reader", paper: Paper) -> None:
        kind, mode = commands.take(2)
        if (kind, mode) != (ord("0"), 0):
            raise Unknown(f"picture {kind} {mode}")
        wide = int.from_bytes(commands.take(2), "little")
        high = int.from_bytes(commands.take(2), "little")
        for _ in range(high):
            paper.rows.append(commands.take(wide).ljust(ROW, b"\0"))
            self._fail(commands, paper)

    def _fail(self, commands: "_Reader", paper: Paper) -> None:
        """Half way through, what is to happen happens."""
        if len(paper.rows) < self.half:
            return
        if self.mood in (Mood.POWER, Mood.BLIND_POWER):
            raise EOFError
        if self.mood is Mood.JAM:
            # It still hears the question about its state, which stands among what it does not print.
            commands.answer_only(bytes([_OFFLINE]))


class _Reader:
    """What a connection brings."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._held = b""

    def take(self, count: int) -> bytes:
        while len(self._held) < count:
            more = self._line.recv(65536)
            if not more:
                raise EOFError
            self._held += more
        taken, self._held = self._held[:count], self._held[count:]
        return taken

    def answer_only(self, answer: bytes) -> None:
        """Take everything, print nothing, answer the question about the state, until the line ends."""
        seen = self._held
        while True:
            if b"\x10\x04\x01" in seen:
                self._line.sendall(answer)
                seen = b""
            more = self._line.recv(65536)
            if not more:
                raise EOFError
            seen = seen[-2:] + more


@contextmanager
def running(printer: ReceiptPrinter, port: int = 0) -> Iterator[ReceiptPrinter]:
    """Switch it on; at the end nothing answers at its port."""
    listening = socket.create_server(("127.0.0.1", port))
    printer.port = listening.getsockname()[1]

    def serve() -> None:
        with suppress(OSError):
            while True:
                line, _ = listening.accept()
                with line:
                    printer.serve(line)
                    if printer.mood in (Mood.POWER, Mood.BLIND_POWER):
                        # A dead printer's line is reset, not closed.
                        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield printer
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()
