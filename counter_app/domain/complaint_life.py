"""The fold of a complaint's steps into its state: a function of their *set*, whatever the order of arrival.

Each step names the newest steps that were known when it was recorded, so clocks decide nothing: what is
named by another is in the past, and what nobody names stands side by side. Steps that stand side by side and
contradict each other are not decided by the program: the complaint stays in sight and needs a person, whose
next step names them all.

Steps of version 1 do not tell what they had seen. Among themselves they follow each other by their clocks,
and one that cannot follow moves nothing: who did not know of a closing cannot undo it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar
from uuid import UUID

from counter_app.domain.complaint import (
    AboutComplaint,
    CentralNumberNoted,
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
from counter_app.domain.service_level import Ladder, later
from counter_app.domain.value import value

FOLD_VERSION = 5
"""Raised whenever the same steps make another state: states that were kept are then made anew."""

DONE = frozenset({Stage.ATTENDED, Stage.CLOSED})
OVER = frozenset({Stage.CLOSED, Stage.WITHDRAWN})
"""Stages in which nobody has to do anything any more."""

_WORK = frozenset({Stage.REGISTERED, Stage.FORWARDED, Stage.ASSIGNED, Stage.ON_SITE})
_BY_ITSELF = _WORK | {Stage.REOPENED, Stage.TRANSFERRED}  # of a part that stands by itself again
# How far a complaint is; and, of steps that contradict each other, which keeps it best in sight.
_FAR = (
    Stage.REGISTERED, Stage.FORWARDED, Stage.ASSIGNED, Stage.ON_SITE, Stage.TRANSFERRED, Stage.MERGED,
    Stage.REOPENED, Stage.ATTENDED, Stage.WITHDRAWN, Stage.CLOSED,
)  # fmt: skip
_IN_SIGHT = (
    Stage.CLOSED, Stage.WITHDRAWN, Stage.MERGED, Stage.ATTENDED, Stage.REGISTERED, Stage.TRANSFERRED,
    Stage.FORWARDED, Stage.ASSIGNED, Stage.ON_SITE, Stage.REOPENED,
)  # fmt: skip


@value
class ComplaintState:
    """What the set of steps says.

    ``steps`` are all that arrived, by their clocks; ``heads`` are those that no other has seen.
    ``attention``: these contradict each other. ``done_at``: since when staff say that it is done, None
    while they do not. ``office`` is who has it, empty for the one that registered it; ``joined`` is the
    outage or complaint that it is a part of, and ``restored_at`` since when it is done with that, None for
    what was done by itself. ``due_at`` and ``ladder`` are the limits that were promised, later by the time in
    which nobody asked for it.
    """

    stage: Stage
    since: datetime
    steps: tuple[ComplaintStep, ...]
    reopened: int
    heads: tuple[UUID, ...]
    attention: bool
    done_at: datetime | None
    office: str
    joined: UUID | None
    restored_at: datetime | None = None
    due_at: datetime | None = None
    ladder: Ladder = ()

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.attention or self.stage not in OVER

    @property
    def is_part(self) -> bool:
        """Whether it waits for what it is a part of."""
        return self.joined is not None and self.stage is Stage.MERGED and not self.attention

    @property
    def lasts(self) -> bool:
        """Whether what it is about goes on: staff do not say that it is done, and nobody withdrew it."""
        return self.done_at is None and self.stage is not Stage.WITHDRAWN

    @property
    def seen(self) -> tuple[Seen, ...]:
        """What a next step names."""
        return tuple(Seen(act) for act in self.heads)


@value
class Above:
    """What a complaint's own steps say to its parts: whether it is itself a part of another that it waits
    for, since when it is done, what it is joined to, and whether it was withdrawn.
    """

    is_part: bool
    done_at: datetime | None
    joined: UUID | None
    withdrawn: bool


_One = TypeVar("_One")


def upward(
    act: UUID | None, look: Callable[[UUID], _One | None], joined: Callable[[_One], UUID | None]
) -> Iterator[_One]:
    """A complaint, what it is a part of, what that is a part of, as far as they are known.

    ``look`` finds one by its act, ``joined`` tells the next. Each comes once: parts of each other are damage,
    and no reason to go round for ever.
    """
    passed = set[UUID]()
    while act is not None and act not in passed:
        passed.add(act)
        one = look(act)
        if one is None:
            return
        yield one
        act = joined(one)


def told_of(state: ComplaintState, events: Iterable[tuple[UUID, AboutComplaint]]) -> OutageTold | None:
    """Why the supply is off, while it is: what was told last, unless that was erased.

    ``events`` are what was recorded, with its acts, of a complaint and of all that it is a part of.
    """
    told = [(said.at, act, said) for act, said in events if isinstance(said, OutageTold)]
    last = max(told, key=lambda one: one[:2])[2] if told else None
    return last if last and last.cause and state.lasts else None


def number_given(events: Iterable[tuple[UUID, AboutComplaint]]) -> str:
    """The newest number that 1912 gave; empty while it gave none."""
    noted = [(said.at, act, said.number) for act, said in events if isinstance(said, CentralNumberNoted)]
    return max(noted)[2] if noted else ""


def claim_of(events: Iterable[tuple[UUID, AboutComplaint]]) -> tuple[UUID, CompensationClaimed] | None:
    """The one claim of a complaint, with its act; None while nothing was claimed.

    Counters that do not hear of each other may each record it. It is one breach and one claim all the same:
    the first by its clock, at every counter, whatever arrives when.
    """
    claims = [(said.at, act, said) for act, said in events if isinstance(said, CompensationClaimed)]
    return min(claims, key=lambda one: one[:2])[1:] if claims else None


def above(own: ComplaintState) -> Above:
    """What the fold of a complaint's own steps says to its parts."""
    withdrawn = own.stage is Stage.WITHDRAWN and not own.attention
    return Above(own.is_part, None if own.attention else own.done_at, own.joined, withdrawn)


def fold_within(
    registered: ComplaintRegistered, events: Sequence[StepEvent], look: Callable[[UUID], Above | None]
) -> ComplaintState:
    """The state of a complaint with what it is a part of, which ``look`` finds by its act.

    Who complains after that was done says that something is wrong again: it stands by itself.
    """
    own = fold(registered, events)
    if own.joined is None:
        return own
    wholes = upward(own.joined, look, lambda one: one.joined if one.is_part else None)
    restored: datetime | None = None
    for place, one in enumerate(wholes):
        if place == 0 and one.withdrawn:
            return fold(registered, events, freed=True)
        if one.done_at is not None:
            restored = one.done_at
            break
    if restored and registered.registered_at > restored:
        return fold(registered, events, freed=True)
    return fold(registered, events, restored) if restored else own


def fold(
    registered: ComplaintRegistered,
    events: Iterable[StepEvent],
    restored: datetime | None = None,
    *,
    freed: bool = False,
) -> ComplaintState:
    """The state of a complaint from the set of its steps; a repeated act counts once.

    ``restored`` is since when that is done which it is joined to. It is done with it, or over where the step
    that joined it says so; whoever reopens it has it by itself again, and a consent that comes later is no
    later end. ``freed``: it does not wait for what it is joined to, and stands by itself where it stood
    before.
    """
    ordered = _unique(events)
    moved = _moved(ordered)
    heads = _heads(moved)
    attention = _contradict([one.step for one in heads])
    joined, ends = _joined(registered, moved)
    rank = _IN_SIGHT if attention else _FAR
    last = max(heads, key=lambda one: (rank.index(one.step.stage), _order(one)), default=None)
    stage, since = (last.step.stage, last.step.at) if last else (Stage.REGISTERED, registered.registered_at)
    if joined and not last:
        stage = Stage.MERGED
    clock = _clock(moved)
    done_at = (clock.done_at or since) if stage in DONE else None
    waits = joined is not None and stage is Stage.MERGED and not attention
    if restored and waits:
        stage, since, done_at = Stage.CLOSED if ends else Stage.ATTENDED, restored, restored
    elif restored and joined is not None and done_at and not attention:
        done_at = min(done_at, restored)
    if freed and waits:
        alone = [one for one in ordered if one.step.stage is not Stage.MERGED]
        before = fold(replace(registered, joined=None, ends=False), alone)
        joined, stage, since, done_at = None, before.stage, before.since, before.done_at
    return ComplaintState(
        stage=stage,
        since=since,
        steps=tuple(one.step for one in ordered),
        reopened=len({one.step.seen for one in moved if one.step.stage is Stage.REOPENED}),
        heads=tuple(sorted(one.act for one in heads)),
        attention=attention,
        done_at=done_at,
        office=next((one.step.to for one in reversed(moved) if one.step.stage is Stage.TRANSFERRED), ""),
        joined=joined,
        restored_at=restored if restored and waits else None,
        due_at=registered.due_at and registered.due_at + clock.rested,
        ladder=later(registered.ladder, clock.rested),
    )


def _order(event: StepEvent) -> tuple[datetime, UUID, str]:
    """A total order of events, also of damaged ones that share an act."""
    return event.step.at, event.act, repr(event.step)


def _unique(events: Iterable[StepEvent]) -> list[StepEvent]:
    unique: dict[UUID, StepEvent] = {}
    for event in sorted(events, key=_order):
        unique.setdefault(event.act, event)
    return list(unique.values())


def _moved(ordered: Sequence[StepEvent]) -> list[StepEvent]:
    """The steps that move something; those of version 1 as having seen the one before them."""
    stage, before = Stage.REGISTERED, tuple[Seen, ...]()
    moved = list[StepEvent]()
    for event in ordered:
        if event.step.seen is not None:
            moved.append(event)
        elif may_follow(stage, event.step.stage):
            moved.append(replace(event, step=replace(event.step, seen=before)))
            stage, before = event.step.stage, (Seen(event.act),)
    return moved


def _heads(moved: Sequence[StepEvent]) -> list[StepEvent]:
    """The steps that no other has seen; all of them where damage makes each seen by another."""
    past = {seen.act for one in moved for seen in one.step.seen or () if seen.act != one.act}
    return [one for one in moved if one.act not in past] or list(moved)


def _contradict(steps: Iterable[ComplaintStep]) -> bool:
    """Whether steps that stand side by side do not go together."""
    ways = {_way(step) for step in steps}
    return len(ways) > 1 and not (ways <= {"work", "done"} or ways <= {"done", "over"})


def _way(step: ComplaintStep) -> str:
    """Where a step leads; two that lead the same way, or one further on it, do not contradict each other."""
    if step.stage in _WORK:
        return "work"
    if step.stage is Stage.ATTENDED:
        return "done"
    if step.stage in OVER:
        return "over"
    return f"{step.stage} {step.to} {step.into}"


def _joined(registered: ComplaintRegistered, moved: Iterable[StepEvent]) -> tuple[UUID | None, bool]:
    """What it is a part of, and whether it is over with that."""
    joined, ends = registered.joined, registered.ends
    for one in moved:
        if one.step.stage is Stage.MERGED:
            joined, ends = one.step.into, one.step.ends
        elif one.step.stage in _BY_ITSELF:
            joined, ends = None, False
    return joined, ends


class _Clock(NamedTuple):
    """``done_at``: when it was done first since it was last reopened. ``rested``: how long nobody asked."""

    done_at: datetime | None
    rested: timedelta


def _clock(moved: Iterable[StepEvent]) -> _Clock:
    """When it was done, and for how long its limits stood still before.

    A limit is for a fault that somebody has. Who agreed that it was mended, or withdrew it, and comes back
    months later had none meanwhile: the time between is no delay of the office, and nothing is due for it.
    What only staff said, an outage that was over, or a silence was nobody's word, and who opens that again
    says that it was never mended: it was a delay all along.
    """
    done_at: datetime | None = None
    unasked_since: datetime | None = None
    ends, rested = set[UUID](), timedelta(0)
    for one in moved:
        stage, at = one.step.stage, one.step.at
        if stage in DONE | OVER:
            ends.add(one.act)
            done_at = done_at or (at if stage in DONE else None)
            if stage in OVER and one.step.consent != Consent.SILENCE:
                unasked_since = unasked_since or done_at or at
            continue
        if stage is Stage.REOPENED and unasked_since is not None:
            rested += at - unasked_since
        if stage is Stage.REOPENED or any(seen.act in ends for seen in one.step.seen or ()):
            # Whoever goes on with what was said to be done says that it is not.
            done_at = unasked_since = None
    return _Clock(done_at, rested)
