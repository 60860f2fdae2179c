"""The simulated world over many seeds: what was lost or stuck, and how much trouble there was."""

from collections import Counter
from collections.abc import Iterator

from tests.bench.figures import Figure
from tests.simulation.check import run

DISASTERS = {
    "centre_restores": ("restore_centre",),
    "counter_restores": ("restore_counter",),
    "images_resumed": ("resume_image",),
    "clones": ("clone_disk", "clone_image"),
    "crashes": ("power_cut", "crash_before_sending", "crash_before_settling", "crash_after_settling"),
    "centre_kills": ("centre_killed_in_transaction", "centre_killed_after_commit"),
    "messages_spoilt": (
        "request_lost", "answer_lost", "request_doubled", "answer_doubled", "request_mangled",
        "answer_mangled", "answer_misrouted", "late",
    ),
    "poison_entries": ("poison",),
    "consumers_moved": ("move_consumer",),
    "devices_revoked": ("revoke",),
    "absences_of_30_days": ("long_absence",),
}  # fmt: skip


def measure(runs: int) -> Iterator[Figure]:
    """Live through the seeds from 0."""
    faults: Counter[str] = Counter()
    violations = lost = wedged = entries = payments = 0
    for seed in range(runs):
        report = run(seed)
        faults += report.faults
        violations += len(report.violations)
        lost += report.payments_lost
        wedged += report.wedged
        entries += report.entries
        payments += report.payments
        if report.violations:
            yield Figure(f"violations_of_seed_{seed}", len(report.violations), "violations", 0)
    yield Figure("invariant_violations", violations, "violations", 0)
    yield Figure("payments_lost", lost, "payments", 0)
    yield Figure("wedged_runs", wedged, "runs", 0)
    yield Figure("runs", runs, "runs")
    yield Figure("entries", entries, "entries")
    yield Figure("payments", payments, "payments")
    for name, kinds in DISASTERS.items():
        yield Figure(name, sum(faults[kind] for kind in kinds), "times")
