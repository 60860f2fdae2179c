"""How soon the counter is there, as ratios to a bare PySide6 window started in turn with it.

The person is signed in without the password's hash: its deliberate time is no part of starting. Home is
ready when its recent consumers are painted and a search typed into its box has answered.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from counter_app import demo
from tests.bench.figures import Figure
from tests.offices import NOW

RUNS = 9
CONSUMERS = 20_000
_ROOT = Path(__file__).parents[2]


def measure() -> list[Figure]:
    """Start both in turn, again and again; medians of the ratios' parts."""
    with TemporaryDirectory(prefix="counter-start-") as scratch:
        folder = Path(scratch, "office")
        demo.make(folder, consumers=CONSUMERS, seed=11, now=NOW)
        bare, ours = [], []
        for run in range(RUNS + 1):
            pair = _started("bare"), _started("counter", str(folder))
            if run:  # the first pair warms the disk's cache
                bare.append(pair[0])
                ours.append(pair[1])
    floor = _median(bare, "paint_ms")
    return [
        Figure("bare_first_paint_ms", floor, "ms"),
        Figure("bare_memory_mb", _median(bare, "memory_mb"), "MB"),
        Figure("first_paint_ratio", _median(ours, "paint_ms") / floor, "ratio", 1.3),
        Figure("data_ready_ratio", _median(ours, "ready_ms") / floor, "ratio", 4.5),
        Figure("memory_ratio", _median(ours, "memory_mb") / _median(bare, "memory_mb"), "ratio", 2.2),
    ]


def _median(runs: list[dict[str, float]], name: str) -> float:
    return statistics.median(run[name] for run in runs)


def _started(*arguments: str) -> dict[str, float]:
    """Start a window in its own process; milliseconds since just before it was started, and its memory."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.windows", *arguments],
        cwd=_ROOT, env=_environment(), stdout=subprocess.PIPE, check=True, timeout=120,
    )  # fmt: skip
    told = json.loads(done.stdout.splitlines()[-1])
    return {
        "paint_ms": (told["paint"] - began) * 1000,
        "ready_ms": (told["ready"] - began) * 1000,
        "memory_mb": told["memory_kb"] / 1024,
    }


def _environment() -> dict[str, str]:
    """A screen, real or not, and compiled modules kept, as any installed program has them."""
    here = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return here if "DISPLAY" in here else here | {"QT_QPA_PLATFORM": "offscreen"}
