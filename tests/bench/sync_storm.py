"""All counters of a large company come back at once, each with what it recorded meanwhile.

What they say is made beforehand and signed when it is said, as a counter does; each says hello, sends all,
and asks at last whether the centre has everything. Who is told to come later comes later. PostgreSQL is real
and durable; load, gateways and database share this machine.
"""

import asyncio
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from random import Random

from counter_app.central.tables import arrivals, entries
from counter_app.wire.codec import decode_answer, encode
from counter_app.wire.messages import Taken, Welcome
from tests.bench.figures import Figure
from tests.bench.sync_gateway import admitted, as_request, recorded, simulated
from tests.central.databases import Centre, new_centre, new_database, postgres_server
from tests.central.gateways import gateway, until

COUNTERS = 2000
ENTRIES = 400
OFFICES = 500
LOADS = 2
BATCH = 100
ENDS_WITHIN_S = 3600
LOOK_S = 1.0


@dataclass(frozen=True)
class Backlog:
    """What one counter has to say: path and body, in turn."""

    number: int
    messages: tuple[tuple[str, bytes], ...]


def measure() -> list[Figure]:
    """Two thousand counters with four hundred entries each."""
    with postgres_server() as server, new_database(server) as url, new_centre(url) as centre:
        return storm(centre, COUNTERS, ENTRIES)


def storm(centre: Centre, counters: int, each: int) -> list[Figure]:
    """Let them all come; minutes until everything of all is in the books."""
    for number in range(counters):
        admitted(centre, simulated(number, OFFICES))
    with ExitStack() as stack:
        gateways = [stack.enter_context(gateway(centre.url)) for _ in range(LOADS)]
        loads = [stack.enter_context(ProcessPoolExecutor(1, get_context("spawn"))) for _ in gateways]
        made = [load.submit(_prepare, range(n, counters, LOADS), each) for n, load in enumerate(loads)]
        for one in made:
            one.result()
        began = time.monotonic()
        said = [load.submit(_say_all, running.port) for load, running in zip(loads, gateways, strict=True)]
        later, failed = (sum(part) for part in zip(*(one.result() for one in said), strict=True))
        sent = time.monotonic() - began
        until(lambda: _integrated(centre), ENDS_WITHIN_S)
        took = time.monotonic() - began
    missing = counters * (each + 1) - centre.count(entries)
    return [
        Figure("storm_min", took / 60, "min", 15),
        Figure("storm_sent_min", sent / 60, "min"),
        Figure("storm_told_later", later, "answers"),
        Figure("storm_not_taken", failed, "counters", 0),
        Figure("storm_missing", missing, "entries", 0),
    ]


def _integrated(centre: Centre) -> bool:
    return not centre.count(arrivals) or threading.Event().wait(LOOK_S)


# -- in a process of the load ----------------------------------------------------------------------

_backlogs: list[Backlog] = []


def _prepare(numbers: Sequence[int], each: int) -> None:
    """Make what these counters say, and keep it in this process."""
    _backlogs.extend(_backlog(number, each) for number in numbers)


def _backlog(number: int, each: int) -> Backlog:
    counter = simulated(number, OFFICES)
    pushes = []
    for turn in range(0, each, BATCH):
        made = recorded(counter, min(BATCH, each - turn) + (not turn), turn)
        pushes.append(("/v1/push", encode(counter.push(made))))
    hello = ("/v1/hello", encode(counter.hello()))
    return Backlog(number, (hello, *pushes, hello))


def _say_all(port: int) -> tuple[int, int]:
    """Everybody at once: how often somebody was told to come later, and of how many not all was taken."""

    async def everybody() -> list[int | None]:
        return await asyncio.gather(*(_come_back(port, backlog) for backlog in _backlogs))

    told = asyncio.run(everybody())
    return sum(one or 0 for one in told), told.count(None)


async def _come_back(port: int, backlog: Backlog) -> int | None:
    """One counter: how often it was told to come later; None when the centre does not have all of it."""
    counter, later, line = simulated(backlog.number, OFFICES), 0, None
    chance = Random(backlog.number)
    answer = None
    for path, body in backlog.messages:
        while True:
            try:
                line = line or await asyncio.open_connection("127.0.0.1", port)
                status, pause_s, data = await _said(*line, as_request(counter, path, body))
            except (OSError, asyncio.IncompleteReadError):
                status, pause_s, data, line = 503, 1, b"", None
            if status not in {429, 503}:
                break
            later += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.Event().wait(), pause_s * chance.uniform(1, 1.5))
        answer = decode_answer(data)
        if path == "/v1/push" and not isinstance(answer, Taken):
            return None
    if line is not None:
        line[1].close()
    return later if isinstance(answer, Welcome) and answer.same else None


async def _said(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
) -> tuple[int, int, bytes]:
    """Status, seconds of Retry-After, body."""
    writer.write(request)
    lines = (await reader.readuntil(b"\r\n\r\n")).decode().lower().split("\r\n")
    fields = dict(line.split(": ", 1) for line in lines[1:] if line)
    data = await reader.readexactly(int(fields["content-length"]))
    return int(lines[0].split()[1]), int(fields.get("retry-after", "1")), data
