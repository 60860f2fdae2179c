"""A line to a real gateway on which much goes wrong, and every fault is counted."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPException
from random import Random
from socket import create_connection

from counter_app.wire.codec import decode_answer
from counter_app.wire.messages import Answer, Taken
from tests.central.gateways import fetched
from tests.sync.centre import Requests, Server

FAULTS = (
    "lost", "killed before", "portal", "portal as message", "redirect", "busy", "bit", "other ask", "cut",
    "request cut", "twice", "again", "delayed",
)  # fmt: skip
OF_PUSHES = (*FAULTS, "forged", "forged", "lost", "twice")
DELAY_S = 0.3


class FaultyLine:
    """Passes requests on to ``to_port``; to about half of them something happens while not ``healed``.

    What may happen is what ``Requests`` knows, and on the way there: "request cut" (only a part arrives),
    "twice" (on two connections at once), "again" (the answer is lost, and the same request arrives once more
    after the next one), "delayed". ``injected`` counts by name.
    """

    def __init__(self, to_port: int, seed: int) -> None:
        self.injected: Counter[str] = Counter()
        self.healed = False
        self.ended = False
        self.change = threading.Condition()
        self._chance = Random(seed)
        self._to = to_port
        self._late: list[tuple[str, dict[str, str], bytes]] = []
        self._server = Server(("127.0.0.1", 0), type("Bound", (_Passing,), {"centre": self}))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def end(self) -> None:
        """Take no more connections."""
        self._server.shutdown()
        self._server.server_close()

    def next_fault(self, path: str) -> str:
        """What happens to the next request."""
        with self.change:
            chance = self._chance
            if self.healed or chance.random() < 0.5:
                return ""
            fault = chance.choice(OF_PUSHES if path == "/v1/push" else FAULTS)
            self.injected[fault] += 1
            return f"cut {chance.randrange(1, 10_000)}" if fault == "cut" else fault

    def serve(self, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """What the gateway answers; before that it gets what was late."""
        with self.change:
            late, self._late = self._late, []
        answer = decode_answer(self._passed(path, headers, body))
        for one in late:
            with suppress(OSError, HTTPException):
                self._passed(*one)
        return answer

    def twice(self, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """Both at once; the later answer."""
        with ThreadPoolExecutor(2) as threads:
            both = [threads.submit(self._passed, path, headers, body) for _ in range(2)]
            return decode_answer([one.result() for one in both][1])

    def later(self, path: str, headers: dict[str, str], body: bytes) -> None:
        """The same once more, after the next request."""
        with self.change:
            self._late.append((path, headers, body))

    def part(self, path: str, headers: dict[str, str], body: bytes) -> None:
        """Send a request that ends in the middle of its body."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        whole = f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body
        with create_connection(("127.0.0.1", self._to)) as line:
            line.sendall(whole[: -self._chance.randint(1, len(body))])

    def _passed(self, path: str, headers: dict[str, str], body: bytes) -> bytes:
        return fetched(f"http://127.0.0.1:{self._to}", "POST", path, body, headers).data


class _Passing(Requests):
    def answer(self, fault: str, headers: dict[str, str], body: bytes) -> None:
        line, request = self.centre, (self.path, headers, body)
        if fault == "request cut":
            line.part(*request)
            self.close_connection = True
            return
        if fault == "delayed":
            threading.Event().wait(DELAY_S)
        answer = line.twice(*request) if fault == "twice" else line.serve(*request)
        if fault == "again":
            line.later(*request)
            fault = "lost"
        if fault == "forged" and not isinstance(answer, Taken):
            fault = "other ask"
        self.spoil(fault, answer)


@contextmanager
def faulty_line(to_port: int, seed: int) -> Iterator[FaultyLine]:
    """A line that ends with the measurement."""
    line = FaultyLine(to_port, seed)
    try:
        yield line
    finally:
        line.end()
