"""Many counters come back in one moment, after the centre was away."""

from tests.bench.sync_storm import storm
from tests.central.databases import Centre

COUNTERS, ENTRIES = 60, 40


def test_f43_all_that_come_back_at_once_are_heard_whole(on_postgres: Centre) -> None:
    """Who is told to come later comes later: nobody is left out, nothing is missing in the books."""
    told = {figure.name: figure.value for figure in storm(on_postgres, COUNTERS, ENTRIES)}
    assert (told["storm_not_taken"], told["storm_missing"]) == (0, 0)
