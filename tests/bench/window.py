"""A clerk's hours in the real window while its line works: how it keeps up, and the keys that flows take.

The window is a process of its own, ``tests.bench.window_work``; meanwhile another counter records.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

from counter_app import demo
from counter_app.domain.drill import GOALS
from counter_app.domain.entry import Kind
from counter_app.store import journal
from tests.bench.figures import Figure, p99
from tests.bench.start import screen
from tests.bench.sync_counters import OTHER, Place, place, syncing
from tests.store.office import create, open_book, pay

CONSUMERS = 1_500
OTHER_PAYS_EVERY_S = 2.0
LONGEST_HOUR_S = 600
KEYS = {flow.value: goal.keys for flow, goal in GOALS.items()} | {"duplicate_bill": 4}
_ROOT = Path(__file__).parents[2]


def measure(hours: int) -> list[Figure]:
    """Let somebody work so many hours; and let somebody close the window in the middle of a payment."""
    with TemporaryDirectory(prefix="counter-window-") as name, ExitStack() as stack:
        folder = Path(name)
        there = stack.enter_context(place(folder))
        environment = stack.enter_context(screen())
        _office(folder / "left", None)
        code = _left(folder / "left", environment)
        numbers = _office(folder / "window", there)
        told = _worked(folder, numbers, there, environment, hours)
    return [*_figures(told), Figure("exit_code_with_work_in_flight", code, "code", 0)]


def _figures(told: dict[str, Any]) -> Iterator[Figure]:
    yield Figure("page_switch_p99_ms", p99(told["switches_ms"]), "ms", 50)
    yield Figure("ui_stall_ms_max", told["stall_ms"], "ms", 50)
    for name, most in KEYS.items():
        yield Figure(f"keys_{name}", told["keys"][name], "keys", most)
    settled, first, *_, last = told["memory_mb"]
    yield Figure("memory_first_hour", first / settled, "ratio")
    yield Figure("memory_growth_8h", last / first, "ratio", 1.2)


def _office(folder: Path, there: Place | None) -> tuple[str, ...]:
    """The demo office, let in at a centre; the numbers of its consumers."""
    demo.make(folder, consumers=CONSUMERS, seed=11, now=datetime.now(UTC))
    with closing(open_book(folder)) as book:
        if there is not None:
            there.enrol(book)
        with book.reading() as connection:
            return demo.numbers(connection)


def _worked(
    folder: Path, numbers: tuple[str, ...], there: Place, environment: dict[str, str], hours: int
) -> dict[str, Any]:
    """What the window told of itself, another counter's payments coming in all the while."""
    command = [*_window(folder / "window"), str(hours)]
    other, chance = create(folder / "other", OTHER), Random(1)
    with (
        syncing(other, there),
        subprocess.Popen(command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, text=True) as running,
    ):
        pause = Event()
        while running.poll() is None:
            with other.writing() as page:
                pay(page, consumer=chance.choice(numbers), counter=OTHER)
            pause.wait(OTHER_PAYS_EVERY_S)
        assert running.stdout is not None
        assert running.returncode == 0
        told: dict[str, Any] = json.loads(running.stdout.readlines()[-1])
        return told


def _left(folder: Path, environment: dict[str, str]) -> int:
    """The exit code of a window that is closed while a payment is recorded; the payment is there."""
    before = _payments(folder)
    done = subprocess.run(_window(folder), cwd=_ROOT, env=environment, check=False, timeout=120)
    assert _payments(folder) == before + 1
    return done.returncode


def _payments(folder: Path) -> int:
    with closing(open_book(folder)) as book, book.reading() as connection:
        return sum(entry.header.kind == Kind.PAYMENT_TAKEN for entry in journal.entries(connection))


def _window(folder: Path) -> list[str]:
    return [sys.executable, "-m", "tests.bench.window_work", str(folder)]
