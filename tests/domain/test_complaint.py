"""Complaints: the state is a fold over the set of their steps."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.complaint import ComplaintState, ComplaintStep, Stage, StepEvent, fold, may_follow

COMPLAINT = UUID(int=7)
AT = datetime(2026, 3, 12, 6, 0, tzinfo=UTC)


def event(stage: Stage, minutes: int, act: int | None = None, note: str = "") -> StepEvent:
    """A step so many minutes after the registration."""
    step = ComplaintStep(COMPLAINT, stage, AT + timedelta(minutes=minutes), "R07", note)
    return StepEvent(UUID(int=minutes if act is None else act), step)


EVENTS = st.lists(
    st.builds(
        event, st.sampled_from(list(Stage)), st.integers(0, 30), st.integers(0, 8), st.sampled_from(["", "a"])
    ),
    max_size=8,
)


def test_a_complaint_goes_its_way() -> None:
    state = fold(AT, [event(Stage.FORWARDED, 1), event(Stage.ASSIGNED, 5), event(Stage.ON_SITE, 30),
                      event(Stage.ATTENDED, 60), event(Stage.CLOSED, 90)])  # fmt: skip
    assert (state.stage, state.since, state.reopened) == (Stage.CLOSED, AT + timedelta(minutes=90), 0)
    assert [step.stage for step in state.steps] == [
        Stage.FORWARDED, Stage.ASSIGNED, Stage.ON_SITE, Stage.ATTENDED, Stage.CLOSED,
    ]  # fmt: skip


def test_without_steps_it_is_registered() -> None:
    assert fold(AT, []) == ComplaintState(Stage.REGISTERED, AT, (), 0)


def test_who_did_not_know_of_the_closing_cannot_undo_it_but_shows() -> None:
    state = fold(AT, [event(Stage.CLOSED, 10), event(Stage.ASSIGNED, 12)])
    assert (state.stage, state.since) == (Stage.CLOSED, AT + timedelta(minutes=10))
    assert len(state.steps) == 2


def test_the_same_reopening_from_two_counters_counts_once() -> None:
    state = fold(AT, [event(Stage.ATTENDED, 10), event(Stage.REOPENED, 20), event(Stage.REOPENED, 21),
                      event(Stage.ATTENDED, 30), event(Stage.REOPENED, 40)])  # fmt: skip
    assert (state.stage, state.reopened) == (Stage.REOPENED, 2)


@given(EVENTS, st.data())
def test_every_order_of_arrival_and_every_repetition_gives_the_same(
    events: list[StepEvent], data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(events), max_size=4)) if events else []
    shuffled = data.draw(st.permutations(events + again))
    assert fold(AT, shuffled) == fold(AT, events)


@given(EVENTS)
def test_nothing_that_arrived_is_lost(events: list[StepEvent]) -> None:
    state = fold(AT, events)
    assert len(state.steps) == len({one.act for one in events})
    assert list(state.steps) == sorted(state.steps, key=lambda step: step.at)
    assert 0 <= state.reopened <= sum(step.stage is Stage.REOPENED for step in state.steps)


@pytest.mark.parametrize("stage", list(Stage))
def test_from_every_stage_a_complaint_can_still_be_closed(stage: Stage) -> None:
    reached, grown = {stage}, {stage}
    while grown:
        grown = {after for before in grown for after in Stage if may_follow(before, after)} - reached
        reached |= grown
    assert Stage.CLOSED in reached


def test_only_what_was_done_is_reopened_and_nothing_is_registered_twice() -> None:
    assert [stage for stage in Stage if may_follow(stage, Stage.REOPENED)] == [Stage.ATTENDED, Stage.CLOSED]
    assert not any(may_follow(stage, Stage.REGISTERED) for stage in Stage)
