"""A path on loopback between a counter and whoever it speaks to: bytes, as they come, lost or late."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from random import Random

SEGMENT = 1400
UP, DOWN = "up", "down"


@dataclass
class Weather:
    """What happens on a path at this moment.

    ``swallows``: of what is said without hearing an answer, nothing arrives behind so many bytes in the
    direction ``towards``, and nothing after it. ``loss``: so often a segment has to be sent again,
    ``again_s`` later, later still if it is lost once more. ``cut_after``: so many bytes up, and the line
    breaks.
    """

    swallows: int | None = None
    towards: str = UP
    loss: float = 0.0
    again_s: float = 0.05
    cut_after: int | None = None


class Path:
    """Listens on ``port`` and carries everything to another one. ``joined`` counts the connections."""

    def __init__(self, to_port: int) -> None:
        self.weather = Weather()
        self.joined = 0
        self.ended = threading.Event()
        self._to, self._chance = to_port, Random(to_port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._listen, daemon=True).start()

    def end(self) -> None:
        """Take no more connections, and carry nothing more."""
        self.ended.set()
        self._listening.close()

    def lost(self, weather: Weather) -> float:
        """How long a segment is under way because it was lost, a few times perhaps."""
        late = 0.0
        while self._chance.random() < weather.loss and late < 60:
            late += max(late, weather.again_s)
        return late

    def _listen(self) -> None:
        with suppress(OSError):
            while not self.ended.is_set():
                here, _ = self._listening.accept()
                self.joined += 1
                _Carried(self, here, socket.create_connection(("127.0.0.1", self._to))).begin()


class _Carried:
    """One connection, both ways."""

    def __init__(self, path: Path, here: socket.socket, there: socket.socket) -> None:
        self._path, self._ends = path, (here, there)
        self._burst = {UP: 0, DOWN: 0}
        self._up = 0
        self._swallowed = {UP: False, DOWN: False}

    def begin(self) -> None:
        here, there = self._ends
        for way in ((here, there, UP), (there, here, DOWN)):
            threading.Thread(target=self._carry, args=way, daemon=True).start()

    def _carry(self, reader: socket.socket, writer: socket.socket, way: str) -> None:
        with suppress(OSError):
            while data := reader.recv(SEGMENT):
                if self._arrives(data, way):
                    writer.sendall(data)
        self._break()

    def _arrives(self, data: bytes, way: str) -> bool:
        weather = self._path.weather
        if way == UP:
            self._up += len(data)
            if weather.cut_after is not None and self._up > weather.cut_after:
                raise ConnectionError
        self._burst[way] += len(data)
        self._burst[DOWN if way == UP else UP] = 0
        if weather.swallows is not None and way == weather.towards and self._burst[way] > weather.swallows:
            self._swallowed[way] = True
        late = self._path.lost(weather)
        if late:
            self._path.ended.wait(late)
        return not self._swallowed[way]

    def _break(self) -> None:
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def path_to(port: int) -> Iterator[Path]:
    """A path that ends with the test."""
    path = Path(port)
    try:
        yield path
    finally:
        path.end()


@contextmanager
def nobody_there() -> Iterator[tuple[str, int]]:
    """An address, IPv6 where this machine has it, at which a connection is neither taken nor refused."""
    host = "::1" if socket.has_dualstack_ipv6() else "127.0.0.2"
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listening, socket.socket(family) as first:
        listening.bind((host, 0))
        listening.listen(0)
        first.connect(listening.getsockname())  # nobody takes it, and there is room for no other
        yield host, int(listening.getsockname()[1])
