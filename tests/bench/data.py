"""Real data: billing files in, the tariff, the journal's verifier. One part each, in this order."""

from tests.bench import data_import, data_journal, data_tariff
from tests.bench.figures import Figure

# Each part measures by itself and returns its figures; a new one is a line here.
PARTS = {
    "import": data_import.measure,
    "tariff": data_tariff.measure,
    "journal": data_journal.measure,
}


def measure(only: str | None) -> list[Figure]:
    """The figures of all parts, or of one."""
    return [figure for name, part in PARTS.items() if only in (None, name) for figure in part()]
