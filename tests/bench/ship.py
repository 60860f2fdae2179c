"""What is handed out: how large, how soon there, how clean gone; the drill; what log and support file hold.

Needs what stage ``check`` of ``build_installer.py`` needs, and without ``--deb`` builds the package first.
"""

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from counter_app import demo
from counter_app.demo.staff import PASSWORD
from counter_app.desk import backups
from counter_app.installer.check import built_deb, check
from counter_app.installer.ground import ROOT
from tests import canaries
from tests.bench.figures import Figure
from tests.offices import open_desk, signed_in

STARTS = 7
CONSUMERS = 20_000
ADMINISTRATOR = "ADM"


def measure(deb: Path | None) -> list[Figure]:
    """Try a package, put a copy back, live a day full of canaries."""
    if deb is None:
        subprocess.run([sys.executable, "build_installer.py", "bundle", "deb"], cwd=ROOT, check=True)
    package = deb or built_deb()
    found = check(package, Path(sys.executable), STARTS)
    for fault in found.faults:
        print(fault, file=sys.stderr)
    with TemporaryDirectory(prefix="counter-ship-") as scratch:
        drill = restore_drill(Path(scratch))
        hits = canaries.hits(canaries.written(Path(scratch, "day")))
    return [
        Figure("installed_start_ratio", found.start_ratio, "ratio", 1.25),
        Figure("deb_mb", package.stat().st_size / 1_000_000, "MB", 60),
        Figure("left_behind_files", len(found.left_behind), "files", 0),
        Figure("check_faults", len(found.faults), "faults", 0),
        Figure("restore_drill_s", drill, "s", 120),
        Figure("canary_hits", len(hits), "hits", 0),
    ]


def restore_drill(scratch: Path) -> float:
    """From a bare folder and a pen drive to the first receipt: the seconds that the commands took."""
    folder, stick, new = scratch / "office", scratch / "stick", scratch / "new"
    stick.mkdir()
    now = datetime.now(UTC)
    demo.make(folder, consumers=CONSUMERS, seed=11, now=now)
    desk = open_desk(folder, now)
    administrator = signed_in(desk, ADMINISTRATOR, now)
    code = backups.new_recovery_code(desk, administrator, uuid4(), now)
    desk.book.close()
    _counter_app("backup", "--to", str(stick), "--data", str(folder))
    began = time.monotonic()
    _counter_app(
        "restore", str(stick), "--as", ADMINISTRATOR, "--paper", "2214-2-009000", "--data", str(new),
        typed=f"{code}\n{PASSWORD}\n",
    )  # fmt: skip
    walk = _counter_app("demo", "--headless", "--data", str(new), "--out", str(scratch / "papers"), "--json")
    took = time.monotonic() - began
    if "2214-2-009001" not in walk:
        raise AssertionError("the numbers must go on above the last paper")
    return took


def _counter_app(*words: str, typed: str = "") -> str:
    command = [sys.executable, "-m", "counter_app", *words]
    return subprocess.run(command, cwd=ROOT, input=typed, capture_output=True, text=True, check=True).stdout
