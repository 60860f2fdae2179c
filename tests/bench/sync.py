"""The parts of what counter and centre say to each other."""

from collections.abc import Callable

from tests.bench import sync_counters, sync_faults, sync_gateway, sync_line, sync_storm
from tests.bench.figures import Figure

PARTS: dict[str, Callable[[], list[Figure]]] = {
    **sync_line.PARTS,
    **sync_counters.PARTS,
    "gateway": sync_gateway.measure,
    "faults": sync_faults.measure,
}
ASKED_FOR: dict[str, Callable[[], list[Figure]]] = {"storm": sync_storm.measure}
"""Parts that take long and are measured only by name."""


def measure(only: str | None) -> list[Figure]:
    """Measure all parts but those that have to be asked for, or one of them."""
    if only in ASKED_FOR:
        return ASKED_FOR[only]()
    return [figure for name, part in PARTS.items() if only in (None, name) for figure in part()]
