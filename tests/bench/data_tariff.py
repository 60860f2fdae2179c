"""How long a whole bill takes to work out, over a mix of all categories."""

import time
from dataclasses import replace
from datetime import date
from random import Random

from counter_app.desk.rules import load_rules
from counter_app.domain.consumer import Consumer
from counter_app.domain.tariff import Load
from counter_app.domain.tariff.whole import Use, bill_charges
from tests.bench.figures import Figure
from tests.domain.connections import HOME

BILLS = 20_000
# Category, load in watts, and how many in a hundred connections.
_MIX = (
    ("LV-1.1", 100, 8), ("LV-1.2", 2000, 55), ("LV-2.1", 5000, 3), ("LV-2.2", 3000, 10),
    ("LV-2.2", 20_000, 3), ("LV-3 municipal", 10_000, 1), ("LV-3 panchayat", 5000, 1),
    ("LV-4.1a", 30_000, 3), ("LV-5.1", 3730, 10), ("LV-5.4", 3730, 6),
)  # fmt: skip


def measure() -> list[Figure]:
    """The mean CPU time of a bill with all its charges; one in ten lies in two tariff orders."""
    rules, dice = load_rules(), Random(11)
    cases = [_case(dice) for _ in range(BILLS)]
    began = time.process_time()
    for consumer, use in cases:
        bill_charges(rules, consumer, use)
    spent = time.process_time() - began
    return [Figure("bill_compute_us", spent / BILLS * 1_000_000, "us", 200)]


def _case(dice: Random) -> tuple[Consumer, Use]:
    category, load, _ = dice.choices(_MIX, [share for _, _, share in _MIX])[0]
    consumer = replace(HOME, tariff=category, load=load, urban=dice.random() < 0.5)
    units = dice.randrange(31) if category == "LV-1.1" else dice.randrange(1200)
    recorded = Load(dice.randrange(load // 2, load * 3 // 2)) if load > 10_000 else None
    if category in ("LV-1.2", "LV-5.1") and dice.random() < 0.15:
        return consumer, Use(date(2022, 3, 16), date(2022, 4, 18), units)
    return consumer, Use(date(2021, 8, 5), date(2021, 9, 5), units, recorded=recorded)
