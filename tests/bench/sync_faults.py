"""Counters and a gateway through some two thousand faults: is anything lost, doubled, or a paisa different?

Counters are processes with encrypted books, the gateway is one too, on both databases in turn; all of them
are killed again and again while their lines are bad. Then everything heals, and the books are compared.
"""

import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import Select, func, select

from counter_app.central.database import retried
from counter_app.central.enrolling import new_code
from counter_app.central.tables import arrivals, entries, forks, items, payments
from counter_app.domain.entry import Kind
from counter_app.line import now
from counter_app.store.centre import centre as stored_centre
from counter_app.store.centre import put_centre
from counter_app.store.journal import entries as journal_entries
from counter_app.sync.enrol import enrol
from counter_app.sync.rounds import once
from counter_app.wire.payloads import decode
from tests.bench.faulty_line import FaultyLine, faulty_line
from tests.bench.figures import Figure
from tests.central.databases import Centre, new_centre, new_database, postgres_server
from tests.central.gateways import Gateway, until, wall_ms
from tests.store.office import OFFICE, ROOT, create, open_book

COUNTERS = 4
ON_POSTGRES, ON_SQLITE = 1500, 600
KILL_GATEWAY_EVERY = 4
HEALED_WITHIN_S = 120


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done to them, and what came of it."""

    injected: int
    killed: int
    recorded: int
    lost: int
    doubled: int
    paise: int
    forks: int

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def measure() -> list[Figure]:
    """On PostgreSQL, then on SQLite."""
    with postgres_server() as server, new_database(server) as url:
        outcome = through_faults(url, ON_POSTGRES)
    with TemporaryDirectory() as name:
        outcome += through_faults(f"sqlite:///{name}/centre.db", ON_SQLITE)
    return [
        Figure("faults_injected", outcome.injected, "faults", 2000, at_least=True),
        Figure("faults_killed", outcome.killed, "processes"),
        Figure("faults_entries", outcome.recorded, "entries"),
        Figure("entries_lost", outcome.lost, "entries", 0),
        Figure("entries_doubled", outcome.doubled, "entries", 0),
        Figure("paise_difference", outcome.paise, "paise", 0),
        Figure("faults_forks", outcome.forks, "alarms", 0),
    ]


def through_faults(url: str, faults: int) -> Outcome:
    """Live through at least so many faults, heal, and compare."""
    with new_centre(url) as centre, TemporaryDirectory() as name, ExitStack() as stack:
        gateways = [Gateway(url)]
        stack.callback(lambda: gateways[-1].stop())
        line = stack.enter_context(faulty_line(gateways[0].port, faults))
        folders = [Path(name, str(number)) for number in range(1, COUNTERS + 1)]
        for number, folder in enumerate(folders, 1):
            _enrolled(centre, gateways[0].address, line, folder, number)
        killed = _lived(url, gateways, line, folders, faults, Path(name, "healed"))
        until(lambda: centre.count(arrivals) == 0)
        lost, doubled, paise, recorded = _compared(centre, gateways[-1].address, folders)
        injected = sum(line.injected.values()) + killed
        return Outcome(injected, killed, recorded, lost, doubled, paise, centre.count(forks))


def _enrolled(centre: Centre, address: str, line: FaultyLine, folder: Path, number: int) -> None:
    """Make a book, and let it in; from then on it knows the centre by its bad line only."""
    book = create(folder, number)
    code = retried(centre.store, lambda transaction: new_code(transaction, OFFICE.code, number, wall_ms()))
    at = enrol(book, address, code, "", now())
    with book.writing() as page:
        put_centre(page, replace(at, url=line.url))
    book.close()


# -- faults ----------------------------------------------------------------------------------------


def _lived(
    url: str, gateways: list[Gateway], line: FaultyLine, folders: Sequence[Path], faults: int, healed: Path
) -> int:
    """Kill counters and gateways while the line is bad, then let everything heal; how often was killed."""
    chance, pause, killed, place = Random(faults), threading.Event(), 0, gateways[0].port
    with ExitStack() as stack:
        running = {folder: stack.enter_context(_process(folder, healed)) for folder in folders}
        while sum(line.injected.values()) + killed < faults:
            pause.wait(chance.uniform(0.2, 1.0))
            killed += 1
            if killed % KILL_GATEWAY_EVERY == 0:
                gateways[-1].kill()
                gateways.append(Gateway(url, port=place))
                continue
            folder = chance.choice(list(folders))
            process = running[folder]
            assert process.poll() is None, "a counter ended by itself"
            process.kill()
            process.wait()
            running[folder] = stack.enter_context(_process(folder, healed))
        line.healed = True
        healed.touch()
        for process in running.values():
            assert process.wait(HEALED_WITHIN_S) == 0
    return killed


@contextmanager
def _process(folder: Path, healed: Path) -> Iterator["subprocess.Popen[bytes]"]:
    words = [sys.executable, "-m", "tests.bench.sync_fault_counter", str(folder), str(healed)]
    with subprocess.Popen(words, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()


# -- comparing -------------------------------------------------------------------------------------

_HELD = "SELECT hash FROM foreign_entries WHERE placed"
_PAID = select(payments.c.device, func.sum(payments.c.amount)).group_by(payments.c.device)


@dataclass(frozen=True)
class _Books:
    """What a counter recorded, which of it are payments of how much, and what it holds of others."""

    device: bytes
    own: frozenset[bytes]
    paid: Mapping[bytes, int]
    held: list[bytes]


def _compared(centre: Centre, address: str, folders: Sequence[Path]) -> tuple[int, int, int, int]:
    """Entries lost and doubled, paise of difference, entries recorded: at the centre and at all counters."""
    books = [_books(folder, address) for folder in folders]
    recorded = frozenset[bytes]().union(*(one.own for one in books))
    money = frozenset[bytes]().union(*(one.paid for one in books))
    pairs = [
        (recorded, _hashes(centre, select(entries.c.hash))),
        (recorded, _hashes(centre, select(items.c.hash).where(items.c.hash.is_not(None)))),
        (money, _hashes(centre, select(payments.c.hash))),
        *((recorded - one.own, one.held) for one in books),
    ]
    lost = sum(len(wanted - set(there)) for wanted, there in pairs)
    doubled = sum(len(there) - len(wanted & set(there)) for wanted, there in pairs)
    sums = dict(retried(centre.store, lambda transaction: transaction.rows(_PAID, {})))
    paise = sum(abs(int(sums.get(one.device, 0)) - sum(one.paid.values())) for one in books)
    return lost, doubled, paise, len(recorded)


def _books(folder: Path, address: str) -> _Books:
    """A counter's books after it has read the feed to its end, on a line that is well."""
    book = open_book(folder)
    with book.reading() as connection:
        at = stored_centre(connection)
    assert at is not None
    assert once(book, replace(at, url=address), "1.0", now)
    with book.reading() as connection:
        own = list(journal_entries(connection))
        held = list(connection.exec_driver_sql(_HELD).scalars())
    book.close()
    taken = [one for one in own if one.header.kind == Kind.PAYMENT_TAKEN]
    paid = {one.hash: decode(Kind.PAYMENT_TAKEN, 1, one.payload).amount for one in taken}
    return _Books(book.device.bytes, frozenset(one.hash for one in own), paid, held)


def _hashes(centre: Centre, asked: Select[tuple[bytes]]) -> list[bytes]:
    return [row[0] for row in retried(centre.store, lambda transaction: transaction.rows(asked, {}))]
