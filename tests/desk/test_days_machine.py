"""Random whole days: what goes in comes out, numbers have no gap, and a sealed day never changes."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.desk.days import Days

STEPS = 2_000
EACH = 50


def test_whole_days_add_up_after_each_step() -> None:
    Days.steps = 0
    while Days.steps < STEPS:  # some of the days that are drawn end early
        run_state_machine_as_test(
            Days,
            settings=settings(
                max_examples=(STEPS - Days.steps) // EACH + 2,
                stateful_step_count=EACH,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    assert Days.violations == []
