"""Whatever the desk acknowledged survives a kill at any moment; the rest is settled at the next start."""

import os
from pathlib import Path

import pytest

from counter_app.domain.refusals import AlreadyRunning
from tests.crash.kill import Outcome, kill_many
from tests.offices import copied, open_desk


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    """Fifty kills, or as many as COUNTER_TEST_KILLS says."""
    return kill_many(int(os.environ.get("COUNTER_TEST_KILLS", "50")))


def test_kill_loses_no_acknowledged_act(outcome: Outcome) -> None:
    assert outcome.acknowledged > outcome.kills
    assert outcome.lost == []


def test_kill_leaves_a_database_that_opens_and_verifies(outcome: Outcome) -> None:
    assert outcome.corrupt == []


def test_kill_leaves_at_most_one_act_recorded_but_not_shown(outcome: Outcome) -> None:
    assert outcome.uncertain_max <= 1


def test_kill_before_the_paper_is_offered_at_the_next_start(outcome: Outcome) -> None:
    assert outcome.not_offered == []


def test_a_second_program_on_the_same_office_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    desk = open_desk(folder)
    try:
        with pytest.raises(AlreadyRunning):
            open_desk(folder)
    finally:
        desk.book.close()
    open_desk(folder).book.close()
