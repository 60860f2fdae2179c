"""A central store with channels: an office that is open, keys, and a bot that speaks to a gateway."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
from sqlalchemy import delete

from counter_app.central.channels import keys, offices, seals
from counter_app.central.company import new_key
from counter_app.central.database import Transaction, retried
from counter_app.central.tables import consumers, known, letterheads
from counter_app.domain.acts import FileKind
from counter_app.domain.bill import Bill
from counter_app.domain.channel import Channel
from counter_app.domain.consumer import Consumer
from counter_app.domain.office import Office
from tests.central.databases import Centre
from tests.central.gateways import Gateway, Response, fetched, gateway, wall_ms
from tests.store.office import GEETA, OFFICE, SURESH, bill_of

THERE = replace(OFFICE, code="2215", name_hi="दूर जोन", name_en="Door zone", demo=False)


@dataclass(frozen=True)
class Bot:
    """Somebody who speaks for a channel, with a key of it."""

    address: str
    channel: Channel
    secret: str

    def get(self, path: str, proof: str = "") -> Response:
        return self.ask("GET", path, None, {"Consumer-Proof": proof} if proof else {})

    def post(self, path: str, body: object, key: str = "") -> Response:
        return self.ask("POST", path, body, {"Idempotency-Key": key or str(uuid4())})

    def put(self, path: str, body: object) -> Response:
        return self.ask("PUT", path, body, {})

    def ask(self, method: str, path: str, body: object, headers: dict[str, str]) -> Response:
        whole = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"}
        data = b"" if body is None else json.dumps(body).encode()
        return fetched(self.address, method, f"/v1/channels/{self.channel}{path}", data, whole | headers)

    def complaint(self, **said: Any) -> Response:
        """Register one; nothing said: no supply at Suresh's."""
        usual: dict[str, Any] = {"type": "SUP-04", "consumer": SURESH.number, "mobile": SURESH.mobile}
        return self.post("/complaints", said or usual)

    def payment(self, key: str = "", **said: Any) -> Response:
        """Report one; usually Suresh's bill, in time, with Paytm."""
        usual = {
            "consumer": SURESH.number, "amount": 640, "paid_by": "paytm", "reference": "TXN0000001",
            "confirmed": True, "paid_at": "2026-03-12T11:42:00+05:30",
        }  # fmt: skip
        return self.post("/payments", usual | said, key)


def described(office: Office, folder: Path) -> Path:
    """A file that describes an office."""
    said_elsewhere = {"code", "counter", "training"}
    names = [name for name in Office.__dataclass_fields__ if name not in said_elsewhere]
    lines = [f"{name} = {json.dumps(getattr(office, name), ensure_ascii=False)}" for name in names]
    file = folder / f"office-{office.code}.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def settle(
    transaction: Transaction, office: Office, people: Sequence[Consumer], bills: Sequence[Bill] = ()
) -> None:
    """Consumers of an office and their bills, as its files say."""
    transaction.fill(consumers, [(one.number, office.code) for one in people])
    rows = [(str(FileKind.CONSUMERS), one.number, one.number, msgspec.json.encode(one)) for one in people]
    rows += [
        (str(FileKind.BILLS), f"{one.consumer} {one.month}", one.consumer, msgspec.json.encode(one))
        for one in bills
    ]
    transaction.fill(known, rows)


def opened(centre: Centre, folder: Path) -> Path:
    """Two offices that are open to channels, a few consumers, and the seal for gateways."""
    seal = folder / "channels.key"
    public = new_key(seal)
    stranger = replace(GEETA, number="N2204518799", mobile="7000112299", meter="M99")

    def make(transaction: Transaction) -> None:
        seals.keep_seal(transaction, public)
        for office in (OFFICE, THERE):
            offices.put_office(transaction, office.code, described(office, folder))
        settle(transaction, OFFICE, [SURESH, GEETA], [bill_of(SURESH), bill_of(GEETA)])
        settle(transaction, THERE, [stranger], [bill_of(stranger)])

    retried(centre.store, make)
    return seal


def key_for(centre: Centre, channel: Channel, *offices_: str, per_s: int = 1000) -> tuple[Any, str]:
    """A key's identity, and the key."""

    def make(transaction: Transaction) -> tuple[Any, str]:
        return keys.new_key(transaction, channel, "a bot", offices_, per_s, wall_ms())

    return retried(centre.store, make)


def shut(centre: Centre, office: Office) -> None:
    """Take an office's description away."""
    gone = delete(letterheads).where(letterheads.c.office == office.code)
    retried(centre.store, lambda transaction: transaction.do(gone, {}))


@contextmanager
def serving(
    centre: Centre, folder: Path, channel: Channel = Channel.WHATSAPP
) -> Iterator[tuple[Gateway, Bot]]:
    """A gateway with open offices, and a bot of a channel."""
    seal = opened(centre, folder)
    _, secret = key_for(centre, channel)
    with gateway(centre.url, "--seal", str(seal)) as running:
        yield running, Bot(running.address, channel, secret)


def refused(response: Response) -> tuple[int, object]:
    """Status and name of a refusal, which says why in both languages."""
    said = response.json()
    assert said["sentence"]
    assert said["sentence_hi"] != said["sentence"]
    return response.status, said["refused"]
