"""A request's bytes in, an answer out: what the HTTP routes do with what they were sent. No HTTP here.

Every request is one transaction. What a device signed is believed only after its signature was checked,
and read only then.
"""

import threading
import time
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from counter_app.central.contacts import note_contact, note_hello
from counter_app.central.database import Database
from counter_app.central.ledger import Ledger, in_ledger
from counter_app.wire import requests
from counter_app.wire.centre_side import greet, hand_out, offer, read_on, receive, take_back
from counter_app.wire.codec import Unreadable, ask_of, decode_request
from counter_app.wire.ledgers import Enrolled
from counter_app.wire.messages import (
    USUAL_LIMITS,
    Answer,
    Ask,
    AskPiece,
    AskSnapshot,
    Hello,
    Push,
    Refusal,
    Request,
    Return,
    Taken,
    TurnedAway,
)

REQUESTS_PER_S = 20.0
AT_ONCE = 100.0
_KEYS_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Said:
    """A request as it came: its path, its headers (names in lower case), its body."""

    path: str
    headers: dict[str, str]
    body: bytes

    def signed(self) -> requests.Signed | None:
        """What its signature says; None where there is none that fits it."""
        try:
            return requests.read("POST", self.path, self.headers, self.body)
        except requests.Unsigned:
            return None


@dataclass(frozen=True, slots=True)
class Served:
    """What is answered, and what became of it: whose request it was, in whose feed it may show."""

    answer: Answer
    device: UUID | None = None
    office: str = ""
    received: bool = False


@dataclass(slots=True)
class _Bucket:
    left: float
    at_s: float


@dataclass(slots=True)
class Rates:
    """How much each device, or who else, may ask of this process: a number at once, then so many a second.

    Only who proved to be the device is counted as it. Who asked for nothing for so long that it may ask for
    all again is forgotten.
    """

    at_once: float = AT_ONCE
    per_s: float = REQUESTS_PER_S
    buckets: dict[Hashable, _Bucket] = field(default_factory=dict)
    change: threading.Lock = field(default_factory=threading.Lock)

    def wait_ms(self, who: Hashable, now_s: float, cost: float = 1.0) -> int:
        """0 when somebody may go on now; else how long to wait. What costs nothing only asks."""
        with self.change:
            self._forget(now_s)
            bucket = self.buckets.pop(who, None) or _Bucket(self.at_once, now_s)
            # The last one is who asked last.
            self.buckets[who] = bucket
            bucket.left = min(self.at_once, bucket.left + (now_s - bucket.at_s) * self.per_s)
            bucket.at_s = now_s
            if bucket.left < 1:
                return int((1 - bucket.left) * 1000 / self.per_s) + 1
            bucket.left -= cost
            return 0

    def _forget(self, now_s: float) -> None:
        while self.buckets:
            who, bucket = next(iter(self.buckets.items()))
            if now_s - bucket.at_s < self.at_once / self.per_s:
                return
            del self.buckets[who]


def holds(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 key made a message's signature."""
    try:
        _read(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(_KEYS_KEPT)
def _read(public_key: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public_key)


def now_ms() -> int:
    """The centre's clock."""
    return time.time_ns() // 1_000_000


def serve(database: Database, rates: Rates, said: Said) -> Served:
    """Answer a signed request. ``Unavailable`` when the database does not answer."""
    signed = said.signed()
    if signed is None:
        return _unsigned(said)
    return in_ledger(database, lambda ledger: _answered(ledger, rates, signed, said))


def serve_together(database: Database, rates: Rates, said: Sequence[Said]) -> list[Served | None]:
    """Answer pushes in one transaction, each as if it had come alone; None for those that have to.

    Nothing is waited for here: who is kept by another transaction, who speaks twice, and who says something
    else is served alone. What is raised is no answer to any of them; each may be served alone then.
    """

    def once(ledger: Ledger) -> list[Served | None]:
        ledger.look_up_devices(signed.device for signed in read if signed is not None)
        admitted = [
            _unsigned(one) if signed is None else _admitted(ledger, rates, signed, one)
            for signed, one in zip(read, said, strict=True)
        ]  # fmt: skip
        first: dict[UUID, Push] = {}
        for one in admitted:
            if not isinstance(one, Served) and isinstance(one[1], Push):
                first.setdefault(one[0].device, one[1])
        free = ledger.take_free({device: push.entries[0] for device, push in first.items()})
        return [
            one if isinstance(one, Served)
            else _served(ledger, *one) if one[0].device in free and first[one[0].device] is one[1]
            else None
            for one in admitted
        ]  # fmt: skip

    read = [one.signed() for one in said]
    return in_ledger(database, once)


def _unsigned(said: Said) -> Served:
    return Served(TurnedAway(ask_of(said.body), Refusal.SIGNATURE, now_ms()))


def _answered(ledger: Ledger, rates: Rates, signed: requests.Signed, said: Said) -> Served:
    admitted = _admitted(ledger, rates, signed, said)
    return admitted if isinstance(admitted, Served) else _served(ledger, *admitted)


def _admitted(
    ledger: Ledger, rates: Rates, signed: requests.Signed, said: Said
) -> Served | tuple[Enrolled, Request]:
    """Who says what; or why it is not heard."""
    now = now_ms()

    def turned_away(refusal: Refusal, wait_ms: int = 0) -> Served:
        return Served(TurnedAway(ask_of(said.body), refusal, now, wait_ms), signed.device)

    who = ledger.enrolled(signed.device)
    if who is None:
        return turned_away(Refusal.DEVICE_UNKNOWN)
    try:
        requests.check(signed, who, holds)
    except requests.Unsigned:
        return turned_away(Refusal.SIGNATURE)
    if not requests.in_time(signed, now // 1000):
        return turned_away(Refusal.CLOCK)
    wait = rates.wait_ms(who.device, time.monotonic())
    if wait:
        return turned_away(Refusal.BUSY, wait)
    try:
        message = decode_request(said.body)
    except Unreadable:
        return turned_away(Refusal.DAMAGED)
    if message.device != who.device or _PATHS[type(message)] != said.path:
        return turned_away(Refusal.DAMAGED)
    return who, message


def _served(ledger: Ledger, who: Enrolled, message: Request) -> Served:
    answer = _said(ledger, who, message, now_ms())
    return Served(answer, who.device, who.office, isinstance(answer, Taken))


_PATHS = {
    Hello: "/v1/hello", Push: "/v1/push", Return: "/v1/push", Ask: "/v1/feed",
    AskSnapshot: "/v1/snapshot", AskPiece: "/v1/snapshot",
}  # fmt: skip


def _said(ledger: Ledger, who: Enrolled, message: Request, now: int) -> Answer:
    match message:
        case Hello():
            note_hello(ledger.transaction, who, message, now)
            return greet(ledger, who, message, now, USUAL_LIMITS)
        case Push():
            return receive(ledger, who, message, now, holds)
        case Return():
            return take_back(ledger, who, message, now)
        case Ask():
            note_contact(ledger.transaction, who.device, now)
            return read_on(ledger, who, message, now)
        case AskSnapshot():
            return offer(ledger, who, message, now)
        case AskPiece():
            note_contact(ledger.transaction, who.device, now)
            return hand_out(ledger, who, message, now)
