"""Ten thousand receipts on twenty counters, over crashes and the ends of years: no gap, no repeat."""

from collections import Counter

from tests.bench.drawer_numbers import COUNTERS, counter

RECEIPTS = 10_000


def test_numbers_have_no_gap_and_no_repeat() -> None:
    given: Counter[str] = Counter()
    for number in range(1, COUNTERS + 1):
        numbers, gaps, years = counter(number, RECEIPTS // COUNTERS, crashes=2)
        given.update(numbers)
        assert (gaps, years) == (0, 1)
    assert given.total() == RECEIPTS
    assert set(given.values()) == {1}
