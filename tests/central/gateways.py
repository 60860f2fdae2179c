"""Real gateways as processes on loopback, and counters that speak to them through real connections."""

import json
import secrets
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from email.message import Message
from http.client import HTTPConnection, HTTPException
from random import Random
from typing import Any

from sqlalchemy import func, select

from counter_app.central.database import retried
from counter_app.central.enrolling import new_code
from counter_app.central.tables import arrivals, entries, forks, items, payments
from counter_app.domain.days import from_millis
from counter_app.domain.entry import Entry, Kind
from counter_app.wire import requests
from counter_app.wire.codec import Unreadable, decode_answer, encode
from counter_app.wire.counter_feed import heard_reading, next_to_ask
from counter_app.wire.counter_side import heard_sending, lost_sending, next_to_send, unsent
from counter_app.wire.feed import beginning
from counter_app.wire.line import Moment, Rest
from counter_app.wire.messages import (
    Answer,
    Ask,
    AskPiece,
    AskSnapshot,
    Cursor,
    Hello,
    Push,
    Refusal,
    Request,
    Return,
    TurnedAway,
)
from counter_app.wire.payloads import encode as payload_bytes
from tests.central.databases import Centre
from tests.program import Before, Program, called
from tests.simulation.node import START_MS, Node
from tests.simulation.story import payment

DEADLINE_S = 60
PAYMENTS_ONCE = select(func.count(), func.count(payments.c.hash.distinct()))
PATHS = {
    Hello: "/v1/hello", Push: "/v1/push", Return: "/v1/push", Ask: "/v1/feed",
    AskSnapshot: "/v1/snapshot", AskPiece: "/v1/snapshot",
}  # fmt: skip


def centre_command(*arguments: str) -> dict[str, Any]:
    """Run a command of the central store that answers in JSON."""
    done = called("--json", "central", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


class Gateway:
    """A gateway's process; ``address`` is where it listens. ``before``: what the process does first."""

    def __init__(self, url: str, *arguments: str, port: int = 0, before: Before | None = None) -> None:
        words = ("central", "serve", "--database", url, "--port", str(port), *arguments)
        self.program = Program(*words, before=before)
        said = self.program.output.readline()
        if not said:
            raise AssertionError(self.program.ended().stderr)
        self.address = said.split()[-1]
        self.port = int(self.address.rsplit(":", 1)[1])

    def kill(self) -> None:
        """As a power cut would."""
        self.program.kill()
        self.program.ended()

    def stop(self) -> str:
        """End it in good order; what it logged."""
        self.program.terminate()
        return self.program.ended().stderr


@contextmanager
def gateway(url: str, *arguments: str, port: int = 0, before: Before | None = None) -> Iterator[Gateway]:
    """A gateway that is ended afterwards."""
    started = Gateway(url, *arguments, port=port, before=before)
    try:
        yield started
    finally:
        if started.program.running:
            started.stop()


@dataclass(frozen=True)
class Response:
    """What came back."""

    status: int
    headers: Message
    data: bytes

    def json(self) -> dict[str, object]:
        return json.loads(self.data)


def fetched(
    address: str, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
) -> Response:
    """One request on a connection of its own."""
    with closing(HTTPConnection(address.removeprefix("http://"), timeout=DEADLINE_S)) as line:
        line.request(method, path, body, headers or {})
        answer = line.getresponse()
        return Response(answer.status, answer.headers, answer.read())


@dataclass
class Sent:
    """A request that is under way."""

    line: HTTPConnection

    def answer(self) -> Answer:
        """Wait for it."""
        return decode_answer(self.line.getresponse().read())


@dataclass
class Counter:
    """A counter at a window: what it recorded, and how it speaks to a gateway."""

    node: Node
    steady_ms: int = 0

    def pay(self, times: int = 1, amount: int = 500_00, consumer: str = "N2204500001") -> list[Entry]:
        """Take payments; the entries that record them."""
        made: list[Entry] = []
        for _ in range(times):
            taken = payment(self.node, self.node.next_serial(), consumer, amount, from_millis(wall_ms()))
            made += self.record(Kind.PAYMENT_TAKEN, payload_bytes(taken), amount)
        return made

    def record(self, kind: int, payload: bytes, money: int = 0, version: int = 1) -> list[Entry]:
        """Write an entry, and the first of its segment where it is new."""
        return self.node.write(kind, version, payload, money, wall_ms() - START_MS)

    def push(self, entries: Sequence[Entry]) -> Push:
        """The message that brings entries of the present segment."""
        return Push(secrets.randbits(64), self.node.device, tuple(entries), self.node.memory.seed)

    @contextmanager
    def sending(self, gateway: Gateway, message: Request) -> Iterator["Sent"]:
        """Say it on a line of its own, and go on before the answer."""
        path, body = PATHS[type(message)], encode(message)
        with closing(HTTPConnection("127.0.0.1", gateway.port, timeout=DEADLINE_S)) as line:
            line.request("POST", path, body, self.signed(path, body))
            yield Sent(line)

    # -- the whole conversation ----------------------------------------------------------------------

    def moment(self) -> Moment:
        return Moment(wall_ms(), self.steady_ms)

    def send(self, address: str) -> int:
        """Run the sender until nothing is unsent; pauses pass at once. How many messages it took."""
        memory, node, said = self.node.memory, self.node, 0
        end = time.monotonic() + DEADLINE_S
        while unsent(memory.sender, node.disk) or said == 0:
            assert time.monotonic() < end, memory.sender
            memory.sender, todo = next_to_send(
                memory.sender, node.who, node.disk, self.moment(), secrets.randbits(64)
            )
            if isinstance(todo, Rest):
                # Pauses pass at once, but not before there is somebody again to speak to.
                until(lambda: well(address))
                self.steady_ms += todo.ms
                continue
            said += 1
            try:
                answer = self.say(address, todo)
            except (OSError, HTTPException, Unreadable):
                memory.sender = lost_sending(memory.sender, self.moment(), 0)
                continue
            memory.sender, actions = heard_sending(memory.sender, node.disk, answer, self.moment(), 0)
            node.disk.do(actions)
        return said

    def read(self, address: str, seen: Callable[[], object]) -> None:
        """Run the reader until something was seen in what it read."""
        memory, node = self.node.memory, self.node
        end = time.monotonic() + DEADLINE_S
        while not seen():
            assert time.monotonic() < end, memory.reader
            memory.reader, todo = next_to_ask(
                memory.reader, node.who, node.disk, self.moment(), secrets.randbits(64)
            )
            if isinstance(todo, Rest):
                self.steady_ms += todo.ms
                continue
            if isinstance(todo, Ask):
                todo = replace(todo, patience_ms=min(todo.patience_ms, 1000))
            memory.reader = replace(memory.reader, line=replace(memory.reader.line, waiting=todo))
            answer = self.say(address, todo)
            memory.reader, actions = heard_reading(memory.reader, node.disk, answer, self.moment(), 0)
            node.disk.do(actions)

    def heard(self) -> set[bytes]:
        """The hashes of the entries of others that were read."""
        return set(self.node.disk.known)

    def hello(self) -> Hello:
        count, whole = self.node.disk.whole()
        who = self.node.who
        return Hello(
            secrets.randbits(64), who.device, who.installation, who.office, who.counter, who.program, 1,
            who.kinds,
            wall_ms(), count, whole, None, self.node.disk.cursor(), marks=True,
        )  # fmt: skip

    def ask(self, cursor: Cursor | None = None, patience_ms: int = 0) -> Ask:
        start = cursor or beginning(0, self.node.office)
        return Ask(secrets.randbits(64), self.node.device, self.node.office, start, 1 << 20, patience_ms)

    def signed(self, path: str, body: bytes, created_s: int | None = None) -> dict[str, str]:
        """The headers of a request at this moment."""
        at = int(time.time()) if created_s is None else created_s
        return requests.sign(
            self.node.key.sign, self.node.device, "POST", path, body, at, secrets.randbits(64)
        )

    def say(self, address: str, message: Request) -> Answer:
        """Say it and hear the answer; raises when the line breaks."""
        path, body = PATHS[type(message)], encode(message)
        return decode_answer(self.post(address, path, body, self.signed(path, body)).data)

    def post(self, address: str, path: str, body: bytes, headers: dict[str, str]) -> Response:
        return fetched(address, "POST", path, body, headers)

    def enrol(self, address: str, code: str, **named: str | int) -> Response:
        """``named``: the office and the counter that it says it is; programs of before say neither."""
        key = b64encode(self.node.public_key).decode()
        body = json.dumps({"code": code, "public_key": key} | named).encode()
        return self.post(address, "/v1/enrol", body, self.signed("/v1/enrol", body))


def enrolled(centre: Centre, address: str, office: str = "2214", number: int = 1) -> Counter:
    """A counter that was let in as every counter is: by a code, through the gateway."""
    counter = Counter(Node(f"{office}/{number}", office, number, Random(secrets.randbits(32))))
    code = retried(centre.store, lambda transaction: new_code(transaction, office, number, wall_ms()))
    answer = counter.enrol(address, code)
    assert answer.status == 200, answer.data
    return counter


def well(address: str) -> bool:
    """Whether a gateway and its database answer."""
    try:
        return fetched(address, "GET", "/healthz").status == 200
    except (OSError, HTTPException):
        return False


def wall_ms() -> int:
    return time.time_ns() // 1_000_000


def until(reached: Callable[[], object], deadline_s: float = DEADLINE_S) -> None:
    """Ask again and again until something is so."""
    end = time.monotonic() + deadline_s
    while not reached():
        assert time.monotonic() < end, "not reached in time"


def raw(counter: Counter, path: str, body: bytes) -> bytes:
    """A request's bytes as they go over the line."""
    headers = counter.signed(path, body) | {"Host": "centre", "Content-Length": str(len(body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


def once(centre: Centre, *counters: Counter) -> None:
    """Everything that the counters recorded is at the centre, in the books and in the feed, and only once."""
    recorded = {one for counter in counters for one in counter.node.disk.own()}
    until(lambda: centre.count(arrivals) == 0)
    there, in_feeds = (select(one.c.hash).where(one.c.hash.is_not(None)) for one in (entries, items))
    for asked in (there, in_feeds):
        found = [row[0] for row in retried(centre.store, lambda t, asked=asked: t.rows(asked, {}))]
        assert len(found) == len(recorded)
        assert set(found) == recorded
    all_, distinct = retried(centre.store, lambda transaction: transaction.rows(PAYMENTS_ONCE, {}))[0]
    assert all_ == distinct
    assert centre.count(forks) == 0


def placed(counter: Counter) -> set[bytes]:
    """The entries in the feed as the counter has read it now."""
    return {item.hash for item in counter.node.disk.items.values() if hasattr(item, "packed_header")}


def asked(gateway: Gateway, counter: Counter, message: object) -> Response:
    path, body = PATHS[type(message)], encode(message)
    return counter.post(gateway.address, path, body, counter.signed(path, body))


def put_off(response: Response) -> bool:
    """Refused for now, and told when to come again."""
    answer = decode_answer(response.data)
    said = isinstance(answer, TurnedAway) and answer.refusal is Refusal.BUSY
    return said and response.status == 503 and int(response.headers["Retry-After"]) > 0


def health(gateway: Gateway) -> dict[str, object]:
    return fetched(gateway.address, "GET", "/healthz").json()
