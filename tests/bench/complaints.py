"""Complaints in a storm: how long a counter takes to register one, and what the storm leaves."""

import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import complaint_board
from tests.bench.desk import flushes
from tests.bench.figures import Figure, p99
from tests.desk.storm import storm

STORM = 2000
_FEWEST = 13
_PAGE = "tests/screens/test_complaint.py"
_KEYS_TEST = f"{_PAGE}::test_a_complaint_joined_to_an_outage_takes_thirteen_keys_from_home"


def measure() -> list[Figure]:
    """2,000 complaints in ten minutes on one feeder, from three counters and three channels."""
    with TemporaryDirectory(prefix="counter-bench-") as scratch:
        left = storm(Path(scratch), STORM, seed=8)
    flush = p99(flushes(300))
    return [
        Figure("flush_p99_ms", flush, "ms"),
        Figure("register_p99_ms", p99(left.took), "ms", 50, slack=3 * flush),
        Figure("replicas_diverged", left.diverged, "replicas", 0),
        Figure("storm_outages", left.outages, "outages", 1),
        Figure("storm_unnumbered", left.unnumbered, "complaints", 0),
        Figure("storm_unclosed", left.unclosed, "complaints", 0),
        Figure("keystrokes_no_supply", _keystrokes(), "keys", _FEWEST),
        *complaint_board.measure(),
    ]


def _keystrokes() -> int:
    """The keys that the window's own test presses from Home to the recorded complaint."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-s", _KEYS_TEST], capture_output=True, text=True, check=True
    )
    counted = re.search(r"^keystrokes: ([0-9]+)$", done.stdout, re.MULTILINE)
    assert counted is not None
    return int(counted[1])
