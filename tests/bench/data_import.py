"""How long a zone's whole extract takes to go in, and the memory of it: the command in its own process."""

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from counter_app import demo
from counter_app.demo import extracts
from counter_app.desk.rules import load_rules
from counter_app.domain.acts import FileKind
from counter_app.domain.days import business_day
from tests.bench.figures import Figure
from tests.offices import NOW

CONSUMERS = 50_000
_ROOT = Path(__file__).parents[2]


def measure() -> list[Figure]:
    """Fifty thousand consumers with thirteen bills each, from CSV, into an office that knows none of them."""
    with TemporaryDirectory(prefix="counter-import-") as scratch:
        folder = Path(scratch)
        made = extracts.accounts(load_rules(), CONSUMERS, business_day(NOW), seed=5)
        files = extracts.write(folder, made)
        demo.make(folder / "office", consumers=10, seed=1, now=NOW)
        asked = [
            part for kind in (FileKind.CONSUMERS, FileKind.BILLS) for part in (f"--{kind}", str(files[kind]))
        ]
        seconds, memory = _run(["import", "--data", str(folder / "office"), "--as", "S01", *asked])
        rows = files[FileKind.BILLS].read_bytes().count(b"\n") - 1
    assert rows == CONSUMERS * 13
    return [
        Figure("import_50k_x13_s", seconds, "s", 60),
        Figure("import_rss_mb", memory, "MB", 400),
    ]


def _run(arguments: list[str]) -> tuple[float, float]:
    """Seconds and the most memory (MB) of the command."""
    began = time.monotonic()
    command = [sys.executable, "-m", "counter_app", *arguments]
    running = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert running.stdin is not None
    running.stdin.write(f"{demo.PASSWORD}\n".encode())
    running.stdin.close()
    _, status, used = os.wait4(running.pid, 0)
    seconds = time.monotonic() - began
    running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode == 0, f"the import ended {running.returncode}"
    return seconds, used.ru_maxrss / 1024
