"""Three hundred printer faults: originals that came out twice, receipts that were never offered again."""

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from counter_app.printing import receipt_printers
from tests.bench.figures import Figure
from tests.printing.faults import faults, live_through

FAULTS, BEHIND_CUPS = 280, 20
SEED = 20261126


def measure() -> list[Figure]:
    """Most of them at printers that are asked directly, some through CUPS itself."""
    receipt_printers.PATIENCE, receipt_printers._TO_ANSWER = 1.0, 0.1
    dice = Random(SEED)
    outcomes = []
    for count, behind_cups in ((FAULTS, False), (BEHIND_CUPS, True)):
        those = faults(count, dice, behind_cups=behind_cups)
        with TemporaryDirectory(prefix="counter-paper-") as folder:
            outcomes.append(live_through(Path(folder), those, dice, behind_cups=behind_cups))
    return [
        Figure("printer_faults", FAULTS + BEHIND_CUPS, "faults"),
        Figure("asked_what_came_out", sum(one.asked for one in outcomes), "papers"),
        Figure("second_originals", sum(one.second_originals for one in outcomes), "papers", 0),
        Figure("never_offered", sum(one.never_offered for one in outcomes), "papers", 0),
    ]
