"""Complaints: the state is a fold over the set of their steps, whatever the order in which they arrive."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.complaint import (
    CompensationClaimed,
    ComplaintRegistered,
    ComplaintStep,
    Consent,
    OutageTold,
    Seen,
    Stage,
    StepEvent,
    may_follow,
)
from counter_app.domain.complaint_life import (
    DONE,
    OVER,
    Above,
    ComplaintState,
    claim_of,
    fold,
    fold_within,
    told_of,
)
from counter_app.domain.service_level import Due, Level

COMPLAINT, OUTAGE, OTHER = UUID(int=7), UUID(int=8), UUID(int=9)
AT = datetime(2026, 3, 12, 6, 0, tzinfo=UTC)
MADE = ComplaintRegistered(
    serial=1, office="2214", counter=2, day=date(2026, 3, 12), consumer="N2204518731", type="SUP-04",
    priority=3, urban=True, mobile="", landmark="", note="", dtr="D1", registered_at=AT, due_at=None,
    rules="", clerk="R07",
)  # fmt: skip


def event(stage: Stage, minutes: int, act: int | None = None, note: str = "") -> StepEvent:
    """A step of version 1, so many minutes after the registration."""
    step = ComplaintStep(COMPLAINT, stage, AT + timedelta(minutes=minutes), "R07", note)
    return StepEvent(UUID(int=minutes if act is None else act), step)


def seeing(stage: Stage, act: int, *seen: int, minutes: int = 0, to: str = "", into: UUID | None = None,
           ends: bool = False) -> StepEvent:  # fmt: skip
    """A step that names those it had seen; the clocks say nothing."""
    at = AT + timedelta(minutes=minutes)
    named = tuple(Seen(UUID(int=one)) for one in seen)
    step = ComplaintStep(COMPLAINT, stage, at, "R07", "", named, to, into, ends)
    return StepEvent(UUID(int=act), step)


OLD = st.builds(
    event, st.sampled_from(list(Stage)), st.integers(0, 30), st.integers(0, 8), st.sampled_from(["", "a"])
)
NEW = st.builds(
    lambda stage, act, seen, minutes, to, into: seeing(stage, act, *seen, minutes=minutes, to=to, into=into),
    st.sampled_from(list(Stage)),
    st.integers(0, 12),
    st.lists(st.integers(0, 12), max_size=3),
    st.integers(0, 30),
    st.sampled_from(["", "2215", "2216"]),
    st.sampled_from([None, OUTAGE, OTHER]),
)
EVENTS = st.lists(OLD | NEW, max_size=10)


# -- steps that see each other -----------------------------------------------------------------------------


def test_a_complaint_goes_its_way_whatever_the_clocks_say() -> None:
    way = [Stage.FORWARDED, Stage.ASSIGNED, Stage.ON_SITE, Stage.ATTENDED, Stage.CLOSED]
    steps = [seeing(stage, n, *([n - 1] if n else []), minutes=-n) for n, stage in enumerate(way)]
    state = fold(MADE, steps)
    assert (state.stage, state.open, state.attention, state.heads) == (
        Stage.CLOSED, False, False, (UUID(int=4),),
    )  # fmt: skip
    for upto, stage in enumerate(way[:-1], 1):
        assert fold(MADE, steps[:upto]).stage is stage


def test_attended_is_not_closed() -> None:
    state = fold(MADE, [seeing(Stage.ATTENDED, 1, minutes=30)])
    assert (state.open, state.done_at) == (True, AT + timedelta(minutes=30))
    state = fold(MADE, [seeing(Stage.ATTENDED, 1, minutes=30), seeing(Stage.CLOSED, 2, 1, minutes=99)])
    assert (state.open, state.since, state.done_at) == (
        False, AT + timedelta(minutes=99), AT + timedelta(minutes=30),
    )  # fmt: skip


CONTRADICTING = [
    ([seeing(Stage.CLOSED, 2, 1), seeing(Stage.REOPENED, 3, 1)], Stage.REOPENED),
    ([seeing(Stage.CLOSED, 2), seeing(Stage.ASSIGNED, 3)], Stage.ASSIGNED),
    ([seeing(Stage.WITHDRAWN, 2), seeing(Stage.FORWARDED, 3)], Stage.FORWARDED),
    ([seeing(Stage.ATTENDED, 2, 1), seeing(Stage.REOPENED, 3, 1)], Stage.REOPENED),
    ([seeing(Stage.TRANSFERRED, 2, to="2215"), seeing(Stage.TRANSFERRED, 3, to="2216")], Stage.TRANSFERRED),
    ([seeing(Stage.TRANSFERRED, 2, to="2215"), seeing(Stage.ATTENDED, 3)], Stage.TRANSFERRED),
    ([seeing(Stage.MERGED, 2, into=OUTAGE), seeing(Stage.MERGED, 3, into=OTHER)], Stage.MERGED),
    ([seeing(Stage.MERGED, 2, into=OUTAGE), seeing(Stage.ON_SITE, 3)], Stage.ON_SITE),
]


@pytest.mark.parametrize(("steps", "shown"), CONTRADICTING)
def test_contradicting_steps_need_a_person_and_stay_in_sight(steps: list[StepEvent], shown: Stage) -> None:
    steps = [seeing(Stage.ATTENDED, 1), *steps] if any(one.step.seen for one in steps) else steps
    for told in (steps, steps[::-1]):
        state = fold(MADE, told)
        assert (state.stage, state.attention, state.open) == (shown, True, True)
    decided = fold(MADE, [*steps, seeing(Stage.CLOSED, 9, 2, 3, minutes=-99)])
    assert (decided.stage, decided.attention, decided.open) == (Stage.CLOSED, False, False)


@pytest.mark.parametrize(
    ("steps", "shown"),
    [
        ([seeing(Stage.ASSIGNED, 1), seeing(Stage.ON_SITE, 2), seeing(Stage.FORWARDED, 3)], Stage.ON_SITE),
        ([seeing(Stage.ASSIGNED, 1), seeing(Stage.ATTENDED, 2)], Stage.ATTENDED),
        ([seeing(Stage.CLOSED, 1), seeing(Stage.ATTENDED, 2)], Stage.CLOSED),
        ([seeing(Stage.CLOSED, 1), seeing(Stage.CLOSED, 2), seeing(Stage.WITHDRAWN, 3)], Stage.CLOSED),
        ([seeing(Stage.TRANSFERRED, 1, to="2215"), seeing(Stage.TRANSFERRED, 2, to="2215")],
         Stage.TRANSFERRED),
        ([seeing(Stage.MERGED, 1, into=OUTAGE), seeing(Stage.MERGED, 2, into=OUTAGE)], Stage.MERGED),
    ],
)  # fmt: skip
def test_steps_that_go_together_contradict_nothing(steps: list[StepEvent], shown: Stage) -> None:
    state = fold(MADE, steps)
    assert (state.stage, state.attention) == (shown, False)


def test_the_same_reopening_from_two_counters_counts_once() -> None:
    steps = [seeing(Stage.ATTENDED, 1), seeing(Stage.REOPENED, 2, 1), seeing(Stage.REOPENED, 3, 1)]
    state = fold(MADE, steps)
    assert (state.stage, state.reopened, state.attention) == (Stage.REOPENED, 1, False)
    steps += [seeing(Stage.ATTENDED, 4, 2, 3), seeing(Stage.REOPENED, 5, 4)]
    assert fold(MADE, steps).reopened == 2


def test_the_office_is_the_one_it_went_to_last() -> None:
    steps = [seeing(Stage.TRANSFERRED, 1, to="2215", minutes=1), seeing(Stage.ASSIGNED, 2, 1, minutes=2)]
    assert (fold(MADE, steps).office, fold(MADE, steps).stage) == ("2215", Stage.ASSIGNED)
    back = seeing(Stage.TRANSFERRED, 3, 2, to="2214", minutes=3)
    assert fold(MADE, [*steps, back]).office == "2214"
    assert fold(MADE, []).office == ""


# -- parts of something ------------------------------------------------------------------------------------


def test_a_part_is_over_with_what_it_is_a_part_of_by_its_own_rule() -> None:
    done = AT + timedelta(hours=2)
    for ends, stage in ((True, Stage.CLOSED), (False, Stage.ATTENDED)):
        joined = seeing(Stage.MERGED, 1, into=OUTAGE, ends=ends)
        assert fold(MADE, [joined]).stage is Stage.MERGED
        for state in (fold(MADE, [joined], done), fold(replace(MADE, joined=OUTAGE, ends=ends), [], done)):
            assert (state.stage, state.since, state.done_at, state.joined) == (stage, done, done, OUTAGE)


def test_whoever_is_still_without_supply_reopens_it_for_good() -> None:
    steps = [seeing(Stage.MERGED, 1, into=OUTAGE, ends=True), seeing(Stage.REOPENED, 2, 1, minutes=5)]
    state = fold(MADE, steps, AT + timedelta(hours=2))
    assert (state.stage, state.joined, state.open) == (Stage.REOPENED, None, True)


def test_what_was_closed_or_withdrawn_by_itself_stays_so() -> None:
    for stage in OVER:
        steps = [seeing(Stage.MERGED, 1, into=OUTAGE, ends=False), seeing(stage, 2, 1, minutes=5)]
        assert fold(MADE, steps, AT + timedelta(hours=2)).stage is stage


def test_a_consent_that_comes_behind_the_end_of_the_outage_is_no_later_end() -> None:
    joined, restored = seeing(Stage.MERGED, 1, into=OUTAGE), AT + timedelta(hours=2)
    agreed = fold(MADE, [joined, seeing(Stage.CLOSED, 2, 1, minutes=300)], restored)
    assert (agreed.stage, agreed.done_at, agreed.restored_at) == (Stage.CLOSED, restored, None)
    alone = AT + timedelta(minutes=60)
    before = fold(MADE, [joined, seeing(Stage.ATTENDED, 2, 1, minutes=60)], restored)
    assert (before.stage, before.done_at, before.restored_at) == (Stage.ATTENDED, alone, None)


HALF, HOUR = AT + timedelta(minutes=30), AT + timedelta(hours=1)
WAITS = Above(is_part=True, done_at=None, joined=OTHER, withdrawn=False)
GOES_ON = Above(is_part=False, done_at=None, joined=None, withdrawn=False)
WITHDRAWN = replace(GOES_ON, withdrawn=True)


@pytest.mark.parametrize(
    ("wholes", "stage", "joined", "restored"),
    [
        ({}, Stage.MERGED, OUTAGE, None),
        ({OUTAGE: GOES_ON}, Stage.MERGED, OUTAGE, None),
        ({OUTAGE: replace(GOES_ON, done_at=HALF)}, Stage.CLOSED, OUTAGE, HALF),
        ({OUTAGE: WAITS}, Stage.MERGED, OUTAGE, None),
        ({OUTAGE: WAITS, OTHER: replace(GOES_ON, done_at=HOUR)}, Stage.CLOSED, OUTAGE, HOUR),
        ({OUTAGE: replace(WAITS, done_at=HALF), OTHER: GOES_ON}, Stage.CLOSED, OUTAGE, HALF),
        ({OUTAGE: replace(GOES_ON, done_at=AT)}, Stage.CLOSED, OUTAGE, AT),
        ({OUTAGE: replace(GOES_ON, done_at=AT - timedelta(minutes=1))}, Stage.REGISTERED, None, None),
        ({OUTAGE: WITHDRAWN}, Stage.REGISTERED, None, None),
        ({OUTAGE: WAITS, OTHER: WITHDRAWN}, Stage.MERGED, OUTAGE, None),
        ({OUTAGE: WAITS, OTHER: replace(WAITS, joined=OUTAGE)}, Stage.MERGED, OUTAGE, None),
    ],
)
def test_a_part_stands_with_all_that_it_is_a_part_of(
    wholes: dict[UUID, Above], stage: Stage, joined: UUID | None, restored: datetime | None
) -> None:
    state = fold_within(replace(MADE, joined=OUTAGE, ends=True), [], wholes.get)
    assert (state.stage, state.joined, state.done_at, state.restored_at) == (
        stage, joined, restored, restored,
    )  # fmt: skip


def test_what_was_told_last_counts_while_it_lasts() -> None:
    early, late = (OutageTold(OUTAGE, cause, None, at, "R07") for cause, at in (("a", HALF), ("b", HOUR)))
    events = [(UUID(int=2), late), (UUID(int=1), early)]
    waits = fold(MADE, [seeing(Stage.MERGED, 1, into=OUTAGE)])
    assert told_of(waits, events) == late
    assert (
        told_of(waits, [*events, (UUID(int=3), replace(late, cause="", at=AT + timedelta(hours=2)))]) is None
    )
    for steps in ([seeing(Stage.ATTENDED, 1)], [seeing(Stage.WITHDRAWN, 1)]):
        assert told_of(fold(MADE, steps), events) is None


# -- what does not count for the limits -------------------------------------------------------------------

DUE, MONTHS = AT + timedelta(hours=4), timedelta(days=150)
PROMISED = replace(
    MADE, due_at=DUE, ladder=(Due(Level.ZONE, DUE), Due(Level.DIVISION, None)),
)  # fmt: skip


def agreed(act: int, *seen: int, minutes: int, consent: Consent = Consent.SIGNATURE) -> StepEvent:
    """A closing, and how the consumer agreed to it."""
    closed = seeing(Stage.CLOSED, act, *seen, minutes=minutes)
    return replace(closed, step=replace(closed.step, consent=str(consent)))


AGAIN = int(MONTHS.total_seconds() // 60)


@pytest.mark.parametrize(
    ("steps", "rested"),
    [
        # Agreed to at once, and back five months later: these were nobody's delay.
        ([agreed(1, minutes=60), seeing(Stage.REOPENED, 2, 1, minutes=60 + AGAIN)], MONTHS),
        ([agreed(1, minutes=60, consent=Consent.CALL_BACK), seeing(Stage.REOPENED, 2, 1, minutes=90)],
         timedelta(minutes=30)),
        # What the consumer agreed to was done since staff said so.
        ([seeing(Stage.ATTENDED, 1, minutes=30), agreed(2, 1, minutes=60),
          seeing(Stage.REOPENED, 3, 2, minutes=90)], timedelta(hours=1)),
        ([seeing(Stage.WITHDRAWN, 1, minutes=60), seeing(Stage.REOPENED, 2, 1, minutes=180)],
         timedelta(hours=2)),
        # Each time that it was agreed to counts by itself.
        ([agreed(1, minutes=10), seeing(Stage.REOPENED, 2, 1, minutes=20), agreed(3, 2, minutes=40),
          seeing(Stage.REOPENED, 4, 3, minutes=45)], timedelta(minutes=15)),
        # Nobody agreed: who opens it again says that it was never mended.
        ([seeing(Stage.ATTENDED, 1, minutes=60), seeing(Stage.REOPENED, 2, 1, minutes=60 + AGAIN)],
         timedelta(0)),
        ([agreed(1, minutes=60, consent=Consent.SILENCE), seeing(Stage.REOPENED, 2, 1, minutes=600)],
         timedelta(0)),
        # Closed and not reopened: the clock stops with that, and nothing is later.
        ([agreed(1, minutes=60)], timedelta(0)),
    ],
)  # fmt: skip
def test_while_nobody_asked_for_it_no_limit_runs(steps: list[StepEvent], rested: timedelta) -> None:
    for told in (steps, steps[::-1]):
        state = fold(PROMISED, told)
        assert state.due_at == DUE + rested
        assert [one.due_at for one in state.ladder] == [DUE + rested, None]
    assert fold(MADE, steps).due_at is None


def test_who_goes_on_with_what_another_closed_meanwhile_has_not_done_it() -> None:
    steps = [agreed(1, minutes=10), seeing(Stage.ON_SITE, 2, minutes=20)]
    decided = [*steps, seeing(Stage.ON_SITE, 3, 1, 2, minutes=30), seeing(Stage.ATTENDED, 4, 3, minutes=99)]
    assert fold(PROMISED, decided).done_at == AT + timedelta(minutes=99)
    reopened = fold(PROMISED, [*decided, seeing(Stage.REOPENED, 5, 4, minutes=120)])
    assert (reopened.done_at, reopened.due_at) == (None, DUE)


# -- a claim -----------------------------------------------------------------------------------------------


def test_two_claims_for_one_breach_are_one_at_every_counter() -> None:
    first, second, later = (
        (UUID(int=act), CompensationClaimed(COMPLAINT, amount, DUE, HOUR, at, "R07"))
        for act, amount, at in ((2, 200_00, HALF), (3, 200_00, HALF), (1, 300_00, HOUR))
    )
    for told in permutations([first, second, later]):
        assert claim_of(told) == first
    assert claim_of([]) is None
    assert claim_of([(UUID(int=4), OutageTold(OUTAGE, "a", None, AT, "R07")), later]) == later


# -- version 1 ---------------------------------------------------------------------------------------------


def test_steps_that_saw_nothing_follow_by_their_clocks() -> None:
    state = fold(MADE, [event(Stage.FORWARDED, 1), event(Stage.ASSIGNED, 5), event(Stage.ON_SITE, 30),
                        event(Stage.ATTENDED, 60), event(Stage.CLOSED, 90)])  # fmt: skip
    assert (state.stage, state.since, state.reopened) == (Stage.CLOSED, AT + timedelta(minutes=90), 0)
    assert [step.stage for step in state.steps] == [
        Stage.FORWARDED, Stage.ASSIGNED, Stage.ON_SITE, Stage.ATTENDED, Stage.CLOSED,
    ]  # fmt: skip


def test_without_steps_it_is_registered() -> None:
    assert fold(MADE, []) == ComplaintState(Stage.REGISTERED, AT, (), 0, (), False, None, "", None)


def test_who_did_not_know_of_the_closing_cannot_undo_it_but_shows() -> None:
    state = fold(MADE, [event(Stage.CLOSED, 10), event(Stage.ASSIGNED, 12)])
    assert (state.stage, state.since) == (Stage.CLOSED, AT + timedelta(minutes=10))
    assert len(state.steps) == 2


def test_old_and_new_steps_that_did_not_know_of_each_other() -> None:
    old = [event(Stage.ASSIGNED, 10), event(Stage.CLOSED, 20)]
    assert fold(MADE, [*old, seeing(Stage.REOPENED, 50, 20)]).stage is Stage.REOPENED
    assert fold(MADE, [*old, seeing(Stage.ON_SITE, 50, 10)]).attention


def test_reopened_twice_in_the_old_way() -> None:
    state = fold(MADE, [event(Stage.ATTENDED, 10), event(Stage.REOPENED, 20), event(Stage.REOPENED, 21),
                        event(Stage.ATTENDED, 30), event(Stage.REOPENED, 40)])  # fmt: skip
    assert (state.stage, state.reopened) == (Stage.REOPENED, 2)


# -- any set, any order ------------------------------------------------------------------------------------


@given(EVENTS, st.data())
def test_every_order_of_arrival_and_every_repetition_gives_the_same(
    events: list[StepEvent], data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(events), max_size=4)) if events else []
    restored = data.draw(st.none() | st.just(AT + timedelta(minutes=15)))
    states = {
        repr(fold(MADE, data.draw(st.permutations(events + again)), restored)).encode() for _ in range(5)
    }
    assert states == {repr(fold(MADE, events, restored)).encode()}


@given(EVENTS)
def test_nothing_that_arrived_is_lost(events: list[StepEvent]) -> None:
    state = fold(MADE, events)
    assert len(state.steps) == len({one.act for one in events})
    assert list(state.steps) == sorted(state.steps, key=lambda step: step.at)
    assert 0 <= state.reopened <= sum(step.stage is Stage.REOPENED for step in state.steps)
    assert (state.done_at is not None) == (state.stage in DONE)


@given(EVENTS)
def test_whoever_has_seen_all_decides(events: list[StepEvent]) -> None:
    heads = fold(MADE, events).seen
    last = StepEvent(UUID(int=99), ComplaintStep(COMPLAINT, Stage.CLOSED, AT, "R07", seen=heads))
    state = fold(MADE, [*events, last])
    assert (state.stage, state.attention, state.heads) == (Stage.CLOSED, False, (last.act,))


@pytest.mark.parametrize("stage", list(Stage))
def test_from_every_stage_a_complaint_can_still_be_closed(stage: Stage) -> None:
    reached, grown = {stage}, {stage}
    while grown:
        grown = {after for before in grown for after in Stage if may_follow(before, after)} - reached
        reached |= grown
    assert Stage.CLOSED in reached


def test_only_what_was_done_is_reopened_and_nothing_is_registered_twice() -> None:
    assert [stage for stage in Stage if may_follow(stage, Stage.REOPENED)] == [
        Stage.ATTENDED, Stage.CLOSED, Stage.MERGED, Stage.WITHDRAWN,
    ]  # fmt: skip
    assert not any(may_follow(stage, Stage.REGISTERED) for stage in Stage)
