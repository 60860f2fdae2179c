"""How soon the counter is there, as ratios to a bare PySide6 window started in turn with it.

The person is signed in without the password's hash: its deliberate time is no part of starting. Home is
ready when its recent consumers are painted and a search typed into its box has answered. Both windows stand
on the screen there is, else on one of Xvfb, else on Qt's "offscreen", which is no window that anybody has.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
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
    with TemporaryDirectory(prefix="counter-start-") as scratch, screen() as environment:
        folder = Path(scratch, "office")
        demo.make(folder, consumers=CONSUMERS, seed=11, now=NOW)
        bare, ours = [], []
        for run in range(RUNS + 1):
            pair = _started(environment, "bare"), _started(environment, "counter", str(folder))
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


def _started(environment: dict[str, str], *arguments: str) -> dict[str, float]:
    """Start a window in its own process; milliseconds since just before it was started, and its memory."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.windows", *arguments],
        cwd=_ROOT, env=environment, stdout=subprocess.PIPE, check=True, timeout=120,
    )  # fmt: skip
    told = json.loads(done.stdout.splitlines()[-1])
    return {
        "paint_ms": (told["paint"] - began) * 1000,
        "ready_ms": (told["ready"] - began) * 1000,
        "memory_mb": told["memory_kb"] / 1024,
    }


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """The environment of both windows: a screen, and compiled modules kept as after any first start."""
    here = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    server = shutil.which("Xvfb")
    if "DISPLAY" in here:
        yield here
    elif server is None:
        yield here | {"QT_QPA_PLATFORM": "offscreen"}
    else:
        said, say = os.pipe()
        command = [server, "-displayfd", str(say), "-nolisten", "tcp", "-screen", "0", "1366x768x24"]
        with subprocess.Popen(command, pass_fds=[say], stderr=subprocess.DEVNULL) as running:
            os.close(say)
            try:
                with os.fdopen(said) as told:
                    display = told.readline().strip()
                yield here | {"DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"}
            finally:
                running.terminate()
