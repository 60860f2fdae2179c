"""How long the desk takes: recording a payment, and finding while somebody types, in a large office."""

import os
import random
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from counter_app import demo
from counter_app.desk import finding, payments
from counter_app.desk.desk import Desk
from counter_app.desk.payments import PaymentDraft
from counter_app.domain.payment import cash
from counter_app.domain.people import Session
from counter_app.store import reference
from tests.bench.figures import Figure, p99
from tests.offices import NOW, open_desk, signed_in

PAYMENTS = 300
CONSUMERS_TYPED = 120


def measure(consumers: int) -> list[Figure]:
    """Make an office of that size and work in it."""
    dice = random.Random(11)
    with TemporaryDirectory(prefix="counter-bench-") as scratch:
        folder = Path(scratch, "office")
        demo.make(folder, consumers=consumers, seed=11, now=NOW)
        desk = open_desk(folder)
        session = signed_in(desk)
        with desk.book.reading() as connection:
            numbers = dice.sample(demo.numbers(connection), PAYMENTS)
        commits, flushes = _payments(desk, session, numbers, dice, Path(scratch))
        typed_numbers, typed_names = _typed(desk, numbers[:CONSUMERS_TYPED])
        by_number = _timed_each(typed_numbers, lambda text: finding.find(desk, session, text, NOW))
        by_name = _timed_each(typed_names, lambda text: finding.find(desk, session, text, NOW))
        desk.book.close()
    flush = p99(flushes)
    return [
        Figure("flush_p99_ms", flush, "ms"),
        Figure("payment_commit_p99_ms", p99(commits), "ms", 50, slack=3 * flush),
        Figure("find_number_p99_ms", p99(by_number), "ms", 16),
        Figure("find_name_p99_ms", p99(by_name), "ms", 16),
    ]


def _payments(
    desk: Desk, session: Session, numbers: list[str], dice: random.Random, scratch: Path
) -> tuple[list[float], list[float]]:
    """Milliseconds of each recorded payment, and of a bare write and flush beside each."""
    commits, flushes = [], []
    for place, number in enumerate(numbers):
        amount = dice.randrange(1, 3000) * 100
        act = UUID(int=dice.getrandbits(128), version=4)
        draft = PaymentDraft(act, number, amount, (cash(amount, amount),), advance=True)
        at = NOW + timedelta(seconds=place)
        commits.append(_timed(lambda draft=draft, at=at: payments.take(desk, session, draft, at)))  # type: ignore[misc]
        flushes.append(_timed(lambda: _flush(scratch)))
    return commits, flushes


def flushes(times: int) -> list[float]:
    """Milliseconds of a bare write and flush of this machine's disk."""
    with TemporaryDirectory(prefix="counter-bench-") as scratch:
        return [_timed(lambda: _flush(Path(scratch))) for _ in range(times)]


def _flush(scratch: Path) -> None:
    with Path(scratch, "flush").open("ab") as file:
        file.write(b"x" * 4096)
        file.flush()
        os.fsync(file.fileno())


def _typed(desk: Desk, numbers: list[str]) -> tuple[list[str], list[str]]:
    """What is in the box after each key while numbers, tails, mobiles and names are typed."""
    by_number, by_name = [], []
    with desk.book.reading() as connection:
        for number in numbers:
            consumer = reference.consumer(connection, number)
            assert consumer is not None
            by_number += [number[:length] for length in range(4, len(number) + 1)]
            by_number += [number[-4:], number[-6:], consumer.meter[-4:], consumer.mobile[-5:]]
            for name in (consumer.name_en.lower(), consumer.name_hi):
                by_name += [name[:length] for length in range(2, len(name) + 1)]
            by_name.append(f"{consumer.name_en} {consumer.locality_en}")
    return [text for text in by_number if text], by_name


def _timed_each(texts: list[str], job: Callable[[str], object]) -> list[float]:
    return [_timed(lambda text=text: job(text)) for text in texts]  # type: ignore[misc]


def _timed(job: Callable[[], object]) -> float:
    started = time.perf_counter()
    job()
    return (time.perf_counter() - started) * 1000
