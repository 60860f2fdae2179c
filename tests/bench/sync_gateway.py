"""What a gateway takes: batches, single entries, and whether any reader of a feed ever steps over an item.

PostgreSQL is real and durable, gateways are processes, the load comes from a process of its own; all of
them share this machine.
"""

import asyncio
import os
import random
import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from random import Random

from sqlalchemy import bindparam, func, select

from counter_app.central import enrolling
from counter_app.central.database import Transaction, retried
from counter_app.central.ledger import Ledger
from counter_app.central.tables import arrivals, entries, items
from counter_app.domain.days import from_millis
from counter_app.domain.entry import Entry, Kind
from counter_app.wire.codec import encode
from counter_app.wire.feed import chained
from counter_app.wire.messages import Cursor, Item, ItemKind
from counter_app.wire.payloads import encode as payload_bytes
from tests.bench.figures import Figure
from tests.central.databases import Centre, new_centre, new_database, postgres_server
from tests.central.gateways import Counter, gateway, wall_ms
from tests.simulation.node import START_MS, Node
from tests.simulation.story import complaint, payment

GATEWAYS = 2
CONNECTIONS = 32
BATCH = 100
BATCHES = 600
SINGLES = 8000
COUNTERS = 160
OFFICES = 80
WRITERS, READERS, FEEDS, ROUNDS = 16, 8, 3, 60


@dataclass(frozen=True)
class Load:
    """What one connection says: whole HTTP requests, one after the other."""

    port: int
    requests: tuple[bytes, ...]


def measure() -> list[Figure]:
    """Batches, singles, feeds."""
    return list(_figures())


def _figures() -> Iterator[Figure]:
    yield Figure("load_average_before", os.getloadavg()[0], "processes")
    with postgres_server() as server:
        for name, goal, size, pushes in (
            ("gateway_entries_per_s", 5000, BATCH, BATCHES),
            ("gateway_single_pushes_per_s", 600, 1, SINGLES),
        ):
            with new_database(server) as url, new_centre(url) as centre:
                yield from _pushes(centre, name, goal, size, pushes)
        with new_database(server) as url, new_centre(url) as centre:
            yield from _feeds(centre)


# -- pushes ----------------------------------------------------------------------------------------


def _pushes(centre: Centre, name: str, goal: float, size: int, pushes: int) -> Iterator[Figure]:
    counters = [admitted(centre, simulated(number, OFFICES)) for number in range(COUNTERS)]
    with gateway(centre.url) as one, gateway(centre.url) as other:
        ports = [one.port, other.port][:GATEWAYS]
        loads = _loads(counters, ports, size, pushes)
        with ProcessPoolExecutor(1, get_context("spawn")) as process:
            process.submit(os.getpid).result()
            started = time.perf_counter()
            took, refused = process.submit(say_all, loads).result()
        while centre.count(arrivals):
            continue
        integrated = time.perf_counter() - started
    stored = centre.count(entries)
    said = sum(len(load.requests) for load in loads)
    yield Figure(name, (said if size == 1 else stored) / took, "1/s", goal, at_least=True)
    yield Figure(f"{name}_in_the_books", stored / integrated, "entries/s")
    yield Figure(f"{name}_refused", refused, "pushes", 0)


def simulated(number: int, offices: int) -> Counter:
    """The counter of this number, always the same one."""
    office = f"{number % offices:04d}"
    return Counter(Node(f"pc{number}", office, number // offices + 1, Random(number)))


def admitted(centre: Centre, counter: Counter) -> Counter:
    """The counter, enrolled, its office opened."""
    node, now = counter.node, wall_ms()

    def enrol(transaction: Transaction) -> None:
        code = enrolling.new_code(transaction, node.office, node.counter, now)
        enrolling.admit(transaction, code, node.device, node.public_key, now)

    retried(centre.store, enrol)
    return counter


def _loads(counters: Sequence[Counter], ports: Sequence[int], size: int, pushes: int) -> list[Load]:
    """All requests, made and signed beforehand. A connection speaks for a few counters, in turn."""
    each = pushes // len(counters) or 1
    said: list[list[bytes]] = [[] for _ in range(CONNECTIONS)]
    for turn in range(each):
        for index, counter in enumerate(counters):
            if turn * len(counters) + index < pushes:
                said[index % CONNECTIONS].append(_push(counter, size, turn))
    return [Load(ports[index % len(ports)], tuple(one)) for index, one in enumerate(said)]


def _push(counter: Counter, size: int, turn: int) -> bytes:
    return as_request(counter, "/v1/push", encode(counter.push(recorded(counter, size, turn))))


def recorded(counter: Counter, size: int, turn: int) -> list[Entry]:
    """At least so many new entries, payments and complaints, of any consumers."""
    node = counter.node
    made: list[Entry] = []
    while len(made) < size:
        at, consumer = from_millis(wall_ms()), f"N22{secrets.randbelow(10**8):08d}"
        if len(made) % 2 or not turn:
            taken = payment(node, node.next_serial(), consumer, 500_00, at)
            made += node.write(Kind.PAYMENT_TAKEN, 1, payload_bytes(taken), 500_00, wall_ms() - START_MS)
        else:
            said = payload_bytes(complaint(node, consumer, at))
            made += node.write(Kind.COMPLAINT_REGISTERED, 1, said, 0, wall_ms() - START_MS)
    return made


def as_request(counter: Counter, path: str, body: bytes) -> bytes:
    """A message as it goes over the line, signed at this moment."""
    headers = counter.signed(path, body) | {"Host": "centre", "Content-Length": str(len(body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


def say_all(loads: list[Load]) -> tuple[float, int]:
    """Say everything on all connections at once: seconds, and how many answers were no success."""

    async def connection(load: Load) -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", load.port)
        refused = 0
        for request in load.requests:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            refused += not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201"))
        writer.close()
        await writer.wait_closed()
        return refused

    async def everything() -> int:
        return sum(await asyncio.gather(*map(connection, loads)))

    started = time.perf_counter()
    refused = asyncio.run(everything())
    return time.perf_counter() - started, refused


# -- feeds -----------------------------------------------------------------------------------------

_THINK = select(func.pg_sleep(bindparam("seconds")))
_ALL = select(func.count()).select_from(items)


class _RolledBack(Exception):
    """A writer changed its mind."""


def _feeds(centre: Centre) -> Iterator[Figure]:
    missed, seen = followed(centre, ROUNDS)
    yield Figure("feed_missed", missed, "items", 0)
    yield Figure("feed_items_seen", seen, "items")


def followed(centre: Centre, rounds: int) -> tuple[int, int]:
    """Writers that dawdle and roll back, readers that go on from cursors: how many items the readers never
    saw, and how many they did.
    """
    offices = [f"{number:04d}" for number in range(FEEDS)]
    for office in offices:
        retried(
            centre.store, lambda transaction, office=office: enrolling.new_code(transaction, office, 1, 0)
        )
    written = threading.Event()
    with ThreadPoolExecutor(WRITERS + READERS) as threads:
        readers = [threads.submit(_read, centre, offices[n % FEEDS], written) for n in range(READERS)]
        writers = [threads.submit(_write, centre, offices, n, rounds) for n in range(WRITERS)]
        for writer in writers:
            writer.result()
        written.set()
        seen = [reader.result() for reader in readers]
    missed = sum(max(0, centre_has - has) for has, centre_has in seen)
    return missed, sum(has for has, _ in seen)


def _write(centre: Centre, offices: Sequence[str], number: int, rounds: int) -> None:
    rng = random.Random(number)
    for turn in range(rounds):
        try:
            with centre.store.transaction() as transaction:
                ledger = Ledger(transaction)
                for office in sorted(rng.sample(offices, rng.randint(1, 2))):
                    ledger.publish(office, Item(ItemKind.RULES, f"{number}/{turn}".encode()))
                transaction.rows(_THINK, {"seconds": rng.random() * 0.02})
                ledger.write()
                transaction.rows(_THINK, {"seconds": rng.random() * 0.01})
                if rng.random() < 0.02:
                    raise _RolledBack
        except _RolledBack:
            continue


def _read(centre: Centre, office: str, written: threading.Event) -> tuple[int, int]:
    """Follow a feed, link by link; how many items were seen, and how many there are."""

    def page(ledger: Ledger, cursor: Cursor | None) -> tuple[Cursor, list[Item]]:
        if cursor is None:
            head = ledger.feed_head(office)
            (start,) = ledger.feed_points(office, [0])
            return Cursor(head.epoch, 0, start.chain), []
        return cursor, [
            one for one in ledger.feed_items(office, cursor.seq, 1 << 20) if isinstance(one, Item)
        ]

    cursor, seen = None, 0
    while True:
        ended = written.is_set()
        with centre.store.transaction() as transaction:
            cursor, found = page(Ledger(transaction), cursor)
        for item in found:
            cursor = Cursor(cursor.epoch, cursor.seq + 1, chained(cursor.chain, item))
        seen += len(found)
        if ended and not found:
            break
    with centre.store.transaction() as transaction:
        head = Ledger(transaction).feed_head(office)
    return (seen, head.seq) if cursor == head else (0, head.seq)
