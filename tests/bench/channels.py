"""What the channels take: requests a second, papers, how soon a window sees it, and nothing of others.

PostgreSQL is real and durable, gateways are processes, the load comes from a process of its own; all of them
share this machine. Of ten requests four ask for bills, four for a complaint, one registers one, one pays.
"""

import json
import os
import random
import secrets
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from multiprocessing import get_context
from pathlib import Path
from statistics import quantiles
from uuid import uuid4

from counter_app.central.channels import offices, seals
from counter_app.central.company import new_key
from counter_app.central.database import Transaction, retried
from counter_app.domain.channel import Channel
from counter_app.domain.consumer import Consumer
from tests.bench.figures import Figure, p99
from tests.bench.sync_gateway import CONNECTIONS, Load, say_all
from tests.central.channels import Bot, described, key_for, settle
from tests.central.databases import Centre, new_centre, new_database, postgres_server
from tests.central.gateways import Gateway, enrolled, gateway
from tests.store.office import OFFICE, SURESH, bill_of

OFFICES, CONSUMERS = 40, 50
REQUESTS, KNOWN_COMPLAINTS = 6000, 200
PAPERS, HEARD = 300, 30
PER_S = 10_000


@dataclass(frozen=True)
class Town:
    """Offices that are open to channels, and who lives there by office."""

    people: dict[str, list[Consumer]]
    seal: Path

    @property
    def everybody(self) -> list[Consumer]:
        return [one for people in self.people.values() for one in people]


def measure() -> list[Figure]:
    """Everything."""
    return list(_figures())


def _figures() -> Iterator[Figure]:
    yield Figure("load_average_before", os.getloadavg()[0], "processes")
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres_server() as server,
        new_database(server) as url,
        new_centre(url) as centre,
    ):
        town = built(centre, Path(folder))
        words = ("--seal", str(town.seal))
        with gateway(url, *words) as one, gateway(url, *words) as other:
            _, secret = key_for(centre, Channel.UPAY, per_s=PER_S)
            bots = [Bot(at.address, Channel.UPAY, secret) for at in (one, other)]
            yield from _requests(bots, (one, other), town)
            yield from _papers(bots[0], town)
            yield from _heard(centre, bots[0], town)
            yield from _foreign(centre, bots[0], town)


def built(centre: Centre, folder: Path) -> Town:
    """Offices and consumers, each with a bill."""
    seal = folder / "channels.key"
    public = new_key(seal)
    people = {
        f"{2000 + number}": [
            replace(SURESH, number=f"N22{number:03d}{one:05d}", mobile=f"98{number:03d}{one:05d}", meter="",
                    old_number="")
            for one in range(CONSUMERS)
        ]
        for number in range(OFFICES)
    }  # fmt: skip

    def make(transaction: Transaction) -> None:
        seals.keep_seal(transaction, public)
        for code, those in people.items():
            office = replace(OFFICE, code=code)
            offices.put_office(transaction, code, described(office, folder))
            settle(transaction, office, those, [bill_of(one) for one in those])

    retried(centre.store, make)
    return Town(people, seal)


# -- requests a second -------------------------------------------------------------------------------


def _requests(bots: Sequence[Bot], gateways: Sequence[Gateway], town: Town) -> Iterator[Figure]:
    dice = random.Random(7)
    for code in town.people:  # every pen has begun
        assert bots[0].complaint(type="SUP-04", consumer=town.people[code][0].number).status == 201
    numbers = [
        str(bots[0].complaint(type="SUP-04", consumer=dice.choice(town.everybody).number).json()["number"])
        for _ in range(KNOWN_COMPLAINTS)
    ]
    said: list[list[bytes]] = [[] for _ in range(CONNECTIONS)]
    for turn in range(REQUESTS):
        said[turn % CONNECTIONS].append(_request(bots[0], turn, dice.choice(town.everybody), numbers, dice))
    loads = [Load(gateways[index % 2].port, tuple(one)) for index, one in enumerate(said)]
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        process.submit(os.getpid).result()
        took, refused = process.submit(say_all, loads).result()
    yield Figure("channel_requests_per_s", REQUESTS / took, "1/s", 500, at_least=True)
    yield Figure("channel_requests_refused", refused, "requests", 0)


def _request(bot: Bot, turn: int, who: Consumer, numbers: Sequence[str], dice: random.Random) -> bytes:
    """A whole request as it goes over the line."""
    if turn % 10 == 0:
        body: dict[str, object] = {"type": "SUP-04", "consumer": who.number, "mobile": who.mobile}
        return _written(bot, "POST", "/complaints", body)
    if turn % 10 == 1:
        body = {
            "consumer": who.number, "amount": 640, "paid_by": "paytm", "reference": f"TX{turn:010d}",
            "confirmed": True,
        }  # fmt: skip
        return _written(bot, "POST", "/payments", body)
    if turn % 2:
        return _written(bot, "GET", f"/complaints/{dice.choice(numbers)}")
    return _written(bot, "GET", f"/consumers/{who.number}/bills", proof=who.mobile)


def _written(bot: Bot, method: str, path: str, said: object = None, proof: str = "") -> bytes:
    body = b"" if said is None else json.dumps(said).encode()
    lines = [
        f"{method} /v1/channels/{bot.channel}{path} HTTP/1.1", "Host: centre",
        f"Authorization: Bearer {bot.secret}", f"Content-Length: {len(body)}",
    ]  # fmt: skip
    lines += [f"Consumer-Proof: {proof}"] if proof else []
    lines += [f"Idempotency-Key: {uuid4()}", "Content-Type: application/json"] if body else []
    return "\r\n".join([*lines, "", ""]).encode() + body


# -- papers, windows, others -------------------------------------------------------------------------


def _papers(bot: Bot, town: Town) -> Iterator[Figure]:
    took = []
    with closing(HTTPConnection(bot.address.removeprefix("http://"))) as line:
        for who in random.Random(9).choices(town.everybody, k=PAPERS):
            headers = {"Authorization": f"Bearer {bot.secret}", "Consumer-Proof": who.mobile}
            began = time.perf_counter()
            line.request(
                "GET", f"/v1/channels/{bot.channel}/consumers/{who.number}/bills/current.pdf", headers=headers
            )
            answer = line.getresponse()
            assert answer.read(4) == b"%PDF", answer.status
            answer.read()
            took.append((time.perf_counter() - began) * 1000)
    yield Figure("bill_pdf_p99_ms", p99(took), "ms", 100)
    yield Figure("bill_pdf_median_ms", sorted(took)[len(took) // 2], "ms")


def _heard(centre: Centre, bot: Bot, town: Town) -> Iterator[Figure]:
    """From the answer in the channel until a counter that waits has it."""
    office = next(iter(town.people))
    counter = enrolled(centre, bot.address, office)
    counter.read(bot.address, lambda: counter.node.memory.reader.more is False)
    took = []
    for _ in range(HEARD):
        before = len(counter.heard())
        who = secrets.choice(town.people[office])
        assert bot.complaint(type="SUP-04", consumer=who.number).status == 201
        began = time.perf_counter()
        counter.read(bot.address, lambda before=before: len(counter.heard()) > before)
        took.append(time.perf_counter() - began)
    yield Figure("channel_to_counter_p95_s", quantiles(took, n=20, method="inclusive")[18], "s", 5)


def _foreign(centre: Centre, bot: Bot, town: Town) -> Iterator[Figure]:
    """With a key of one office and every proof: consumers, complaints and receipts of the others."""
    own, *others = town.people
    numbers: list[str] = []
    for number, office in enumerate(others):
        who = town.people[office][0].number
        numbers.append(f"/complaints/{bot.complaint(type='SUP-04', consumer=who).json()['number']}")
        paid = bot.payment(consumer=who, reference=f"FOREIGN{number:06d}").json()
        numbers.append(f"/payments/{paid['receipt']}")
    _, secret = key_for(centre, Channel.UPAY, own, per_s=PER_S)
    here, seen = replace(bot, secret=secret), 0
    for path in numbers:
        seen += here.get(path).status == 200
    for office in others:
        for who in town.people[office][:3]:
            for what in ("bills", "complaints", "payments", "bills/current.pdf"):
                seen += here.get(f"/consumers/{who.number}/{what}", who.mobile).status == 200
    seen += sum(one["office"] != own for one in json.loads(here.get("/offices").data))
    yield Figure("foreign_rows_seen", seen, "rows", 0)
