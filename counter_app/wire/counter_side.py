"""The counter's side: the sender, who says hello and pushes until the centre has everything.

A caller asks ``next_to_send`` what to say, says it, and hands the answer to ``heard_sending`` or, when
there was none, calls ``lost_sending``. What comes back besides the new state are actions for the ledger.
The feed is read on a line of its own (``counter_feed``); neither waits for the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import accumulate
from uuid import UUID

from counter_app.domain.entry import Entry, EntryDamaged
from counter_app.wire.feed import presentable
from counter_app.wire.ledgers import (
    Action,
    Archived,
    BeginSegment,
    CounterLedger,
    GoOnAbove,
    Received,
    Returned,
)
from counter_app.wire.line import NEW_LINE, Line, Moment, Rest
from counter_app.wire.messages import (
    PROTOCOL,
    USUAL_LIMITS,
    Answer,
    Gap,
    Hello,
    Kept,
    Limits,
    Mark,
    Push,
    Refusal,
    Request,
    Return,
    Standing,
    Taken,
    TurnedAway,
    Welcome,
)
from counter_app.wire.runs import LARGEST_RUN, MOST_ENTRIES

GREET_AGAIN_MS = 60 * 60_000
RETURN_AFTER_MS = 60 * 60_000
"""How long the author has to bring what the feed lost, before others give it back."""

MOST_RETURNED = 100
TROUBLED_AGAIN_MS = 5 * 60_000
LARGEST_PUSH = 1 << 20
ENTRY_BYTES = 60
"""What an entry costs on the wire at the least: its salt, its act, some differences."""

SHRINKS = 12
"""To what part a payload shrinks in a run, roughly; how long an answer takes puts it right."""


class Trouble(Enum):
    """Why a segment does not go on. It is shown; every other segment goes on.

    The chain of the own journal is broken; the centre does not believe a signature; it does not take
    a single entry of that size.
    """

    DAMAGED_HERE = "damaged_here"
    NOT_BELIEVED = "not_believed"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Who:
    """What a counter says of itself."""

    device: UUID
    installation: UUID
    office: str
    counter: int
    program: str
    kinds: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Sender:
    """What the centre said in this conversation, by segment.

    ``settled``: up to where it has the own chain. ``doubtful``: its standing is another than the own;
    whether it has the own chain up to this number is asked by pushing the one entry that stands there.
    """

    line: Line = NEW_LINE
    greeted_ms: int | None = None
    orphans_ms: int | None = None
    marked: bool = False
    settled: Mapping[int, int] = field(default_factory=dict)
    doubtful: Mapping[int, int] = field(default_factory=dict)
    troubled: Mapping[int, Trouble] = field(default_factory=dict)
    limits: Limits = USUAL_LIMITS
    held: int = 0
    revoked: bool = False


Heard = tuple[Sender, Sequence[Action]]


def next_to_send(
    sender: Sender, who: Who, ledger: CounterLedger, now: Moment, draw: int
) -> tuple[Sender, Hello | Push | Return | Rest]:
    """What to say now. ``draw``: 64 fresh random bits."""
    pause = sender.line.pause(now)
    if pause:
        return sender, Rest(pause)
    again = TROUBLED_AGAIN_MS if sender.troubled else GREET_AGAIN_MS
    since = again if sender.greeted_ms is None else now.steady_ms - sender.greeted_ms
    if since >= again:
        hello = _hello(sender, who, ledger, now, draw)
        return replace(sender, line=sender.line.asking(hello, now)), hello
    for head in ledger.heads():
        if sender.settled.get(head.segment, 0) >= head.seq or head.segment in sender.troubled:
            continue
        run, trouble = _run(sender, ledger, head)
        if trouble:
            sender = replace(sender, troubled={**sender.troubled, head.segment: trouble})
        if run:
            push = Push(draw, who.device, run, ledger.seed(head.segment))
            return replace(sender, line=sender.line.asking(push, now)), push
    orphans = _within(ledger.orphans(MOST_RETURNED), LARGEST_PUSH)
    if not orphans:
        return replace(sender, orphans_ms=None), Rest(again - since)
    seen = now.steady_ms if sender.orphans_ms is None else sender.orphans_ms
    if now.steady_ms - seen < RETURN_AFTER_MS:
        return replace(sender, orphans_ms=seen), Rest(min(again - since, RETURN_AFTER_MS))
    returned = Return(draw, who.device, orphans)
    return replace(sender, line=sender.line.asking(returned, now)), returned


def lost_sending(sender: Sender, now: Moment, draw: int, asked_pause_ms: int = 0) -> Sender:
    """No answer that can be believed: later again, beginning with hello."""
    return replace(sender, line=sender.line.lost(now, draw, asked_pause_ms), greeted_ms=None)


def heard_sending(sender: Sender, ledger: CounterLedger, answer: Answer, now: Moment, draw: int) -> Heard:
    """Take an answer to hello or push. One that does not answer what was asked is as good as none."""
    if sender.line.expects(answer):
        match sender.line.waiting, answer:
            case Hello(device=device), Welcome(device=named) if device == named:
                return _welcomed(sender, ledger, answer, now)
            case Push() as push, Taken() if _is_ours(push, answer.mark):
                return _taken(sender, push, answer, now)
            case Push() as push, Gap() if _may_not_follow(push, answer):
                after = _gap(sender, ledger, push, answer, now)
                if not _same_again(sender, after):
                    return after, ()
            case Return(entries=entries), Kept():
                line = sender.line.answered(now, full=False, most_bytes=_most(sender.limits))
                return replace(sender, line=line), [Returned(tuple(one.hash for one in entries))]
            case asked, TurnedAway():
                return _turned_away(sender, asked, answer, now, draw), ()
    return lost_sending(sender, now, draw), ()


def unsent(sender: Sender, ledger: CounterLedger) -> int:
    """How many own entries the centre is not known to have, by what it said last in this program run."""
    return sum(max(0, head.seq - sender.settled.get(head.segment, 0)) for head in ledger.heads())


def _hello(sender: Sender, who: Who, ledger: CounterLedger, now: Moment, draw: int) -> Hello:
    count, whole = ledger.whole()
    heads = ledger.heads()
    return Hello(
        ask=draw,
        device=who.device,
        installation=who.installation,
        office=who.office,
        counter=who.counter,
        program=who.program,
        protocol=PROTOCOL,
        kinds=who.kinds,
        clock_ms=now.wall_ms,
        entries=count,
        whole=whole,
        head=heads[-1] if heads else None,
        cursor=ledger.cursor(),
        marks=not sender.marked,
        oldest_ms=ledger.unsent_since(),
    )


def _welcomed(sender: Sender, ledger: CounterLedger, answer: Welcome, now: Moment) -> Heard:
    line = sender.line.answered(now, full=False, most_bytes=_most(answer.limits))
    sender = replace(
        sender,
        line=replace(line, offset_ms=answer.centre_ms - now.wall_ms),
        greeted_ms=now.steady_ms,
        marked=True,
        settled={},
        doubtful={},
        troubled={},
        limits=answer.limits,
        held=answer.held,
        revoked=answer.revoked,
    )
    has = {one.segment: one for one in answer.has}
    actions: list[Action] = []
    heads = ledger.heads()
    if answer.same:
        sender = replace(sender, settled={head.segment: head.seq for head in heads})
    for head in heads:
        if not answer.same:
            sender = _judged(sender, ledger, head, has.get(head.segment, Standing(head.segment, 0, b"")))
        if sender.settled[head.segment] == head.seq:
            actions.append(Received(head))
    ours = (mark for mark in answer.archived if ledger.hash_at(mark.segment, mark.seq) == mark.hash)
    return sender, [*actions, *map(Archived, ours), GoOnAbove(answer.serials, now.wall_ms)]


def _judged(sender: Sender, ledger: CounterLedger, head: Mark, has: Standing) -> Sender:
    """What a standing says of the own chain: up to where it is there, or where to ask."""
    segment, shared = head.segment, min(has.upto, head.seq)
    if has.upto <= head.seq and ledger.digest(segment, shared) == has.digest:
        return _settled(sender, segment, shared)
    sender = _settled(sender, segment, 0)
    if shared:
        sender = replace(sender, doubtful={**sender.doubtful, segment: shared})
    return sender


def _settled(sender: Sender, segment: int, upto: int) -> Sender:
    doubtful = {one: seq for one, seq in sender.doubtful.items() if one != segment}
    return replace(sender, settled={**sender.settled, segment: upto}, doubtful=doubtful)


def _run(sender: Sender, ledger: CounterLedger, head: Mark) -> tuple[tuple[Entry, ...], Trouble | None]:
    """The next entries to push of a segment, as far as their chain is whole, and what is wrong behind."""
    first = sender.settled.get(head.segment, 0) + 1
    most = max(1, min(sender.line.aim_bytes // ENTRY_BYTES, sender.limits.push_entries, MOST_ENTRIES))
    if head.segment in sender.doubtful:
        first, most = sender.doubtful[head.segment], 1
    before = ledger.hash_at(head.segment, first - 1)
    run: list[Entry] = []
    size = plain = 0
    for entry in ledger.run(head.segment, first, most):
        size += _size([entry])
        plain += len(entry.payload)
        if run and (size > sender.line.aim_bytes or plain > LARGEST_RUN):
            return tuple(run), None
        if not _follows(entry, first + len(run), before):
            # What stands before goes first; whether that is whole, its own signature shows.
            return tuple(run), None if run else Trouble.DAMAGED_HERE
        run.append(presentable(entry))
        before = entry.hash
    return tuple(run), None if run or first > head.seq else Trouble.DAMAGED_HERE


def _most(limits: Limits) -> int:
    """Bytes of the largest push, whatever the centre says that it takes."""
    return min(limits.push_bytes, LARGEST_PUSH)


def _size(run: Sequence[Entry]) -> int:
    """About how many bytes a run will be on the wire."""
    return sum(ENTRY_BYTES + len(entry.payload) // SHRINKS for entry in run)


def _within(entries: Sequence[Entry], most_bytes: int) -> tuple[Entry, ...]:
    """As many of the first as their payloads fit into so many bytes."""
    sums = accumulate(len(entry.payload) for entry in entries)
    return tuple(entry for entry, total in zip(entries, sums, strict=True) if total <= most_bytes)


def _follows(entry: Entry, seq: int, before: bytes | None) -> bool:
    try:
        header = entry.header
    except EntryDamaged:
        return False
    return header.place.seq == seq and (seq == 1 or header.previous == before)


def _is_ours(push: Push, mark: Mark) -> bool:
    """Whether a mark is one of the entries that were pushed: believed only with the own hash."""
    return any((e.header.place.segment, e.header.place.seq, e.hash) == _flat(mark) for e in push.entries)


def _may_not_follow(push: Push, answer: Gap) -> bool:
    """Whether it is the segment that was pushed, and not from its beginning, which follows everywhere."""
    place = push.entries[0].header.place
    return answer.has.segment == place.segment and place.seq > 1


def _flat(mark: Mark) -> tuple[int, int, bytes]:
    return mark.segment, mark.seq, mark.hash


def _taken(sender: Sender, push: Push, answer: Taken, now: Moment) -> Heard:
    segment, upto = answer.mark.segment, answer.mark.seq
    full = _size(push.entries) > sender.line.aim_bytes // 2
    line = sender.line.answered(now, full=full, most_bytes=_most(sender.limits))
    sender = _settled(sender, segment, max(upto, sender.settled.get(segment, 0)))
    actions: list[Action] = [Received(answer.mark)]
    if answer.forked:
        actions.append(BeginSegment(segment))
    return replace(sender, line=line), actions


def _gap(sender: Sender, ledger: CounterLedger, push: Push, answer: Gap, now: Moment) -> Sender:
    """What was pushed does not follow there. Ask once where, then send all of it."""
    place = push.entries[0].header.place
    line = sender.line.answered(now, full=False, most_bytes=_most(sender.limits))
    sender = replace(sender, line=line)
    if place.segment in sender.doubtful:
        return _settled(sender, place.segment, 0)
    head = next(one for one in ledger.heads() if one.segment == place.segment)
    return _judged(sender, ledger, head, answer.has)


def _same_again(before: Sender, after: Sender) -> bool:
    """Whether nothing was learned: what would be said next is what was said last."""
    return (before.settled, before.doubtful, before.troubled) == (
        after.settled,
        after.doubtful,
        after.troubled,
    )


_ALONE = {
    Refusal.SIGNATURE: Trouble.NOT_BELIEVED,
    Refusal.DAMAGED: Trouble.NOT_BELIEVED,
    Refusal.TOO_LARGE: Trouble.TOO_LARGE,
}


def _turned_away(sender: Sender, asked: Request | None, answer: TurnedAway, now: Moment, draw: int) -> Sender:
    """Smaller next time; a single entry that is refused for itself stops its segment, and no other."""
    line = sender.line.turned_away(answer, now, draw)
    sender = replace(sender, line=line)
    if isinstance(asked, Push) and answer.refusal in _ALONE:
        if len(asked.entries) > 1:
            fewer = max(1, len(asked.entries) // 2) * ENTRY_BYTES
            return replace(sender, line=replace(line, aim_bytes=min(line.aim_bytes, fewer)))
        segment = asked.entries[0].header.place.segment
        return replace(sender, troubled={**sender.troubled, segment: _ALONE[answer.refusal]})
    return replace(sender, greeted_ms=None)
