"""A storm: every complaint has its number, there is one outage, all are closed when the supply is back."""

from pathlib import Path

from tests.desk.storm import storm


def test_a_storm_leaves_one_outage_and_nothing_open(tmp_path: Path) -> None:
    left = storm(tmp_path, 90, seed=1)
    assert left.registered > 90
    assert (left.unnumbered, left.unclosed, left.outages, left.diverged) == (0, 0, 1, 0)
