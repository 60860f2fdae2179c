"""The parts of what counter and centre say to each other."""

from collections.abc import Callable

from tests.bench import sync_counters, sync_gateway, sync_line
from tests.bench.figures import Figure

PARTS: dict[str, Callable[[], list[Figure]]] = {
    **sync_line.PARTS,
    **sync_counters.PARTS,
    "gateway": sync_gateway.measure,
}


def measure(only: str | None) -> list[Figure]:
    """Measure all parts, or one of them."""
    return [figure for name, part in PARTS.items() if only in (None, name) for figure in part()]
