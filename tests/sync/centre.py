"""A centre on loopback: real sockets, TLS, the protocol's core over memory, a line that lies on demand."""

import base64
import ipaddress
import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from counter_app.domain.entry import Kind
from counter_app.sync.client import JSON, MESSAGE
from counter_app.wire import centre_side, requests
from counter_app.wire.codec import decode_request, encode
from counter_app.wire.ledgers import Enrolled
from counter_app.wire.messages import (
    USUAL_LIMITS,
    Answer,
    Ask,
    AskPiece,
    AskSnapshot,
    Hello,
    Mark,
    Page,
    Push,
    Refusal,
    Return,
    Taken,
    TurnedAway,
)
from tests.simulation.centre_memory import CentreMemory
from tests.simulation.world import holds

PORTAL = b"<html><title>Sign in to the network</title></html>"
CODE = "7K2M-90QX-4TBE"


@lru_cache
def certificate() -> tuple[str, str]:
    """A certificate for this machine and its key, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "centre")])
    here = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    day = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(day).not_valid_after(day + timedelta(days=10))
        .add_extension(x509.SubjectAlternativeName([here, x509.DNSName("centre.test")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made.public_bytes(serialization.Encoding.PEM).decode(), private.decode()


class Centre:
    """``faults``: what happens to the next requests, one each: a name of ``Requests``' faults; "" none.

    ``asked`` are the messages that were served, ``memory`` what the centre has.
    """

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.memory = CentreMemory(Random(port).getrandbits(62))
        self.memory.open_feed("2214")
        self.memory.open_feed("2215")
        self.faults: list[str] = []
        self.asked: list[object] = []
        self.ahead_ms, self.patient_ms = 0, 600_000
        self.change = threading.Condition()
        self.ended = self.patient = False
        pem, key = certificate()
        self.certificate = pem
        (folder / "centre.pem").write_text(pem + key)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "centre.pem")
        handler = type("Bound", (Requests,), {"centre": self})
        self.server = Server(("127.0.0.1", port), handler)
        self.server.socket = context.wrap_socket(
            self.server.socket, server_side=True, do_handshake_on_connect=False
        )
        self.url = f"https://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def end(self) -> None:
        with self.change:
            self.ended = True
            self.change.notify_all()
        self.server.shutdown()
        self.server.server_close()

    def next_fault(self, _path: str) -> str:
        """What happens to the next request."""
        return self.faults.pop(0) if self.faults else ""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000 + self.ahead_ms

    def transaction(self, handle):
        with self.change:
            work = self.memory.copy()
            answer = handle(work)
            self.memory = work
            self.change.notify_all()
            return answer

    def integrate(self) -> None:
        """Read all that was received."""

        def read(work: CentreMemory) -> None:
            while pending := work.pending(100):
                for entry in pending:
                    if entry.header.kind == Kind.PAYMENT_TAKEN:
                        work.homes.setdefault(json.loads(entry.payload)["consumer"], "2214")
                    centre_side.integrate(work, entry)

        self.transaction(read)

    def release(self) -> None:
        """Try again what is held."""

        def again(work: CentreMemory) -> None:
            for one in list(work.held_back):
                centre_side.integrate(work, work.entries[one])

        self.transaction(again)

    def enrol(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        asked = json.loads(body)
        key = base64.b64decode(asked["public_key"])
        signed = requests.read("POST", path, headers, body)
        requests.check(signed, Enrolled(signed.device, key, "", 0), holds)
        if asked["code"] != CODE:
            return 403, b'{"refused": "CodeNotGood"}'
        self.admit(signed.device, key)
        said = {"device": str(signed.device), "office": "2214", "counter": 2, "centre_ms": self.now_ms()}
        return 200, json.dumps(said).encode()

    def admit(self, device: UUID, key: bytes, counter: int = 2) -> None:
        enrolled = Enrolled(device, key, "2214", counter)
        self.transaction(lambda work: work.devices.__setitem__(device, enrolled))

    def serve(self, path: str, headers: dict[str, str], body: bytes) -> Answer:
        message = decode_request(body)
        self.asked.append(message)

        def handle(work: CentreMemory) -> Answer:
            now, who = self.now_ms(), work.enrolled(message.device)
            if who is None:
                return TurnedAway(message.ask, Refusal.DEVICE_UNKNOWN, now)
            signed = requests.read("POST", path, headers, body)
            requests.check(signed, who, holds)
            if not requests.in_time(signed, now // 1000):
                return TurnedAway(message.ask, Refusal.CLOCK, now)
            match message:
                case Hello():
                    return centre_side.greet(work, who, message, now, USUAL_LIMITS)
                case Push():
                    return centre_side.receive(work, who, message, now, holds)
                case Return():
                    return centre_side.take_back(work, who, message, now)
                case AskSnapshot():
                    return centre_side.offer(work, who, message, now)
                case AskPiece():
                    return centre_side.hand_out(work, who, message, now)
            return centre_side.read_on(work, who, message, now)

        answer = self.transaction(handle)
        if isinstance(message, Push):
            self.integrate()
        if isinstance(message, Ask) and isinstance(answer, Page) and not answer.items and message.patience_ms:
            answer = self._patiently(message, handle, answer)
        return answer

    def _patiently(self, ask: Ask, handle, answer: Answer) -> Answer:
        def there() -> bool:
            return self.ended or self.memory.feed_head(ask.office).seq > ask.cursor.seq

        with self.change:
            self.patient = True
            self.change.notify_all()
            self.change.wait_for(there, min(ask.patience_ms, self.patient_ms) / 1000)
        return answer if self.ended else self.transaction(handle)


class Server(ThreadingHTTPServer):
    """A thread each connection."""

    daemon_threads = True

    def handle_error(self, request, client_address) -> None:
        """A connection that breaks is what these tests are about."""


class Requests(BaseHTTPRequestHandler):
    """Requests of one connection; ``centre`` says what goes wrong, and what would be right."""

    centre: Centre
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        fault = self.centre.next_fault(self.path)
        if fault == "portal":
            self._tell(200, PORTAL, "text/html")
        elif fault == "portal as message":
            self._tell(200, PORTAL, MESSAGE)
        elif fault == "redirect":
            self._tell(302, b"", "text/html", Location="https://127.0.0.1:1/")
        elif fault == "busy":
            self._tell(503, b"later", "text/plain", **{"Retry-After": "120"})
        elif fault == "too many":
            self._tell(429, b"later", "text/plain")
        elif fault == "endless":
            self._endless()
        elif fault == "killed before":
            self.close_connection = True
        elif self.path == "/v1/enrol":
            status, answer = self.centre.enrol(self.path, headers, body)
            self._tell(status, answer, JSON)
        else:
            self.answer(fault, headers, body)

    def answer(self, fault: str, headers: dict[str, str], body: bytes) -> None:
        """Answer a message as it should be, but for the fault."""
        self.spoil(fault, self.centre.serve(self.path, headers, body))

    def spoil(self, fault: str, answer: Answer) -> None:
        """Send a good answer, but for the fault."""
        if fault == "forged" and isinstance(answer, Taken):
            mark = answer.mark
            answer = replace(answer, mark=Mark(mark.segment, mark.seq, bytes(32)))
        if fault == "other ask":
            answer = replace(answer, to=answer.to ^ 1)
        data = encode(answer)
        if fault == "lost":
            self.close_connection = True
        elif fault in {"dribble", "stall"}:
            self._slowly(data, stall=fault == "stall")
        elif fault.startswith("cut "):
            self._tell(200, data[: int(fault[4:]) % len(data)], MESSAGE, length=len(data))
            self.close_connection = True
        elif fault == "bit":
            self._tell(200, data[:-1] + bytes([data[-1] ^ 1]), MESSAGE)
        else:
            self._tell(200, data, MESSAGE)

    def send_response(self, code: int, message: str | None = None) -> None:
        """Begin an answer as the gateway does, which does not say what it is made of."""
        self.send_response_only(code, message)
        self.send_header("Date", self.date_time_string())

    def _slowly(self, data: bytes, *, stall: bool) -> None:
        """A byte now and then; or nothing more after the first half, for as long as the test lasts."""
        self.send_response(200)
        self.send_header("Content-Type", MESSAGE)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        for place in range(len(data)):
            if stall and place > len(data) // 2:
                with self.centre.change:
                    self.centre.change.wait_for(lambda: self.centre.ended, 60)
                return
            threading.Event().wait(0.02)
            self.wfile.write(data[place : place + 1])

    def _tell(self, status: int, data: bytes, kind: str, length: int | None = None, **more: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data) if length is None else length))
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _endless(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", MESSAGE)
        self.send_header("Content-Length", str(1 << 40))
        self.end_headers()
        while True:
            self.wfile.write(bytes(1 << 16))


@contextmanager
def centre_at(folder: Path, port: int = 0) -> Iterator[Centre]:
    """A centre that ends with the test."""
    centre = Centre(folder, port)
    try:
        yield centre
    finally:
        centre.end()
