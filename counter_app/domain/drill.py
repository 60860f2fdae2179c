"""What is practised at the window: five flows, and the keys and seconds that are a good hand at each."""

from enum import StrEnum

from counter_app.domain.value import value


class Flow(StrEnum):
    """A flow from Home to what it ends in."""

    PAY_CASH = "pay_cash"
    PAY_SCAN = "pay_scan"
    COMPLAINT = "complaint"
    REPRINT_LAST = "reprint_last"
    HINDI_NAME = "hindi_name"


@value
class Run:
    """How a flow went, or is to go: keys pressed, and milliseconds from the first of them."""

    keys: int
    ms: int

    def reaches(self, goal: "Run") -> bool:
        """Whether neither more keys nor more time was taken."""
        return self.keys <= goal.keys and self.ms <= goal.ms


GOALS = {
    Flow.PAY_CASH: Run(13, 15_000),
    Flow.PAY_SCAN: Run(2, 5_000),
    Flow.COMPLAINT: Run(13, 20_000),
    Flow.REPRINT_LAST: Run(3, 5_000),
    Flow.HINDI_NAME: Run(11, 10_000),
}
"""A consumer is found by the last six digits; cash that is given is typed."""


def better(one: Run | None, other: Run) -> Run:
    """The quicker of two runs."""
    return other if one is None or other.ms < one.ms else one
