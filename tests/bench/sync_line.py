"""What the line costs a counter: a backlog over a slow line, bytes of an entry, a day with nothing to say."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from counter_app.domain.complaint import ComplaintRegistered
from counter_app.domain.numbering import Series
from counter_app.domain.payment import cash, upi
from counter_app.store.book import Book, Page
from counter_app.store.centre import Centre as Enrolment
from counter_app.store.sync_ledger import SyncLedger
from counter_app.sync.enrol import enrol
from counter_app.wire.codec import encode
from counter_app.wire.messages import Push
from tests.bench.figures import Figure
from tests.bench.slow_line import slow_line
from tests.store.office import NOW, OFFICE, PERSON, TODAY, create, pay
from tests.sync.centre import CODE, Centre, centre_at
from tests.sync.steps import Counter, clock

SLOW_BITS_S, FAR_S = 64_000, 0.8
FAST_BITS_S, NEAR_S = 1e9, 0.0
BATCH = 50
ASKS_A_DAY = 24 * 3600 / 180
"""A gateway keeps an answer for at most three minutes."""

HELLOS_A_DAY = 24


@contextmanager
def counter(bits_per_s: float, round_trip_s: float) -> Iterator[tuple[Book, Centre, "Line"]]:
    """An enrolled counter, its centre, and the line between them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = create(folder / "counter")
        with centre_at(folder) as centre:
            at = enrol(book, centre.url, CODE, centre.certificate, clock())
            with slow_line(centre.server.server_port, bits_per_s, round_trip_s) as carrier:
                url = f"https://127.0.0.1:{carrier.port}"
                there = Enrolment(url, at.certificate, at.installation, at.office, at.counter)
                stepped = Counter(book, there)
                yield book, centre, Line(stepped, lambda: carrier.carried)
                stepped.end()
        book.close()


class Line:
    """A counter turn by turn, and what its line has carried so far."""

    def __init__(self, stepped: Counter, carried: Callable[[], int]) -> None:
        self.stepped, self.carried = stepped, carried


def drain() -> list[Figure]:
    """A thousand entries recorded while the line was down, TLS and greeting included."""
    with counter(SLOW_BITS_S, FAR_S) as (book, centre, line):
        chance, at = Random(1), NOW
        for number in range(1000):
            at += timedelta(seconds=chance.uniform(40, 400))
            with book.writing() as page:
                (complain if number % 5 == 4 else pay_bill)(page, at, chance)
        began = time.monotonic()
        drained = line.stepped.drain()
        took = time.monotonic() - began
        arrived = len(centre.memory.entries)
    return [Figure("drain_1000_slow_line_s", took if drained and arrived == 1001 else float("inf"), "s", 15)]


def sizes() -> list[Figure]:
    """Bytes of an entry in a push of fifty."""
    figures = []
    for name, record, goal in (("payment", pay_bill, 60), ("complaint", complain, 120)):
        chance = Random(1)
        with tempfile.TemporaryDirectory() as folder:
            book = create(Path(folder))
            at = NOW
            for _ in range(BATCH):
                at += timedelta(seconds=chance.uniform(40, 400))
                with book.writing() as page:
                    record(page, at, chance)
            ledger = SyncLedger(book)
            run = tuple(ledger.run(book.segment, 2, BATCH))
            size = len(encode(Push(1, book.device, run, ledger.seed(book.segment))))
            book.close()
        figures.append(Figure(f"{name}_wire_bytes", size / len(run), "B", goal))
    return figures


def pay_bill(page: Page, at: datetime, chance: Random, counter: int = OFFICE.counter) -> None:
    """Somebody's bill in cash, with change, or by UPI."""
    amount = chance.randint(150, 4000) * 100
    given = -(-amount // 500_00) * 500_00
    number = f"N22{chance.randrange(10**8):08d}"
    tender = cash(amount, given) if chance.random() < 0.7 else upi(amount, f"{chance.randrange(10**12):012d}")
    pay(page, tender, act=_act(chance), consumer=number, counter=counter, at=at)


def complain(page: Page, at: datetime, chance: Random, counter: int = OFFICE.counter) -> None:
    """Somebody's complaint with a landmark and a note of its own."""
    words = ("मंदिर", "गली", "खंभा", "चिंगारी", "सुबह से", "बंद", "पास", "दुकान", "स्कूल", "तार", "टूटा", "बार-बार")
    said = " ".join(chance.choice(words) for _ in range(4))
    number, mobile = f"N22{chance.randrange(10**8):08d}", f"9{chance.randrange(10**9):09d}"
    registered = ComplaintRegistered(
        serial=page.next_serial(Series.COMPLAINT), office="2214", counter=counter, day=TODAY, consumer=number,
        type=f"{chance.randint(11, 39)}", priority=chance.randint(1, 4), urban=True, mobile=mobile,
        landmark=f"{chance.choice(words)} {chance.randint(1, 200)}", note=said,
        dtr=f"D{chance.randrange(400)}",
        registered_at=at, due_at=at + timedelta(hours=4), rules="2026", clerk="R01",
    )  # fmt: skip
    page.record(registered, act=_act(chance), person=PERSON, at=at)


def _act(chance: Random) -> UUID:
    """An act as a screen draws it."""
    return UUID(int=chance.getrandbits(128), version=4)


def idle() -> list[Figure]:
    """A day of asking and greeting with nothing new, TLS and HTTP included, from what one of each carries."""
    with counter(FAST_BITS_S, NEAR_S) as (_, centre, line):
        stepped, centre.patient_ms = line.stepped, 0
        stepped.drain()
        stepped.read()
        stepped.reading.turn(stepped.heard)
        before = line.carried()
        stepped.reading.hurry()
        stepped.reading.turn(stepped.heard)
        asked = line.carried() - before
        before = line.carried()
        stepped.sending.hurry()
        stepped.drain()
        greeted = line.carried() - before
    return [Figure("idle_mb_per_day", (asked * ASKS_A_DAY + greeted * HELLOS_A_DAY) / 1e6, "MB", 0.5)]


PARTS: dict[str, Callable[[], list[Figure]]] = {
    "drain_1000_slow_line_s": drain,
    "wire_bytes": sizes,
    "idle_mb_per_day": idle,
}
