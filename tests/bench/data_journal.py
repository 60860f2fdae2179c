"""The verifier: how fast it is with the standard library alone, and whether it finds every tampering."""

import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from counter_app import verify
from tests.bench.figures import Figure
from tests.verify.journals import lines
from tests.verify.office_year import ends, year
from tests.verify.tampering import Tamperer

MANY, TAMPERED = 10_000, 1_000


def measure() -> list[Figure]:
    """Seconds for a long export, and the share of tamperings that are found.

    What a tampering is and what is run for it stands in ``tests.verify.tampering``.
    """
    return [_seconds(), *_tampering()]


def _seconds() -> Figure:
    """One run of the file alone, by a Python that sees no installed package (``-I -S``)."""
    made = year(MANY)
    with TemporaryDirectory() as folder:
        export = Path(folder, "journal.jsonl")
        export.write_bytes(b"".join(lines([one.entry for one in made])))
        command = [sys.executable, "-I", "-S", str(verify.__file__), str(export)]
        for number, second in enumerate(ends(made)):
            anchor = Path(folder, f"{number}.anchor")
            anchor.write_bytes(second)
            command += ["--anchor", str(anchor)]
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return Figure("verify_10k_entries_s", time.perf_counter() - started, "s", 60)


def _tampering() -> list[Figure]:
    shares = os.cpu_count() or 1
    tried, missed, otherwise, sound = Counter[str](), Counter[str](), 0, True
    with ProcessPoolExecutor(shares) as pool:
        for done in pool.map(_share, range(shares), [shares] * shares):
            tried, missed = tried + done[0], missed + done[1]
            otherwise, sound = otherwise + done[2], sound and done[3]
    total = sum(tried.values())
    found = {way: 1 - missed[way] / count for way, count in sorted(tried.items())}
    return [
        *(Figure(f"found: {way}", share, f"of {tried[way]}") for way, share in found.items()),
        Figure("tamper_tried", total, "count"),
        Figure("tamper_found", 1 - sum(missed.values()) / total, "ratio", 1.0, at_least=True),
        Figure("tamper_whole_file_says_otherwise", otherwise, "count", 0),
        Figure("untouched_but_found", 0 if sound else 1, "count", 0),
    ]


def _share(share: int, shares: int) -> tuple[Counter[str], Counter[str], int, bool]:
    export = Tamperer(TAMPERED)
    sound = export.sound()
    export.try_out(share, shares)
    return export.tried, export.missed, export.told_otherwise, sound
