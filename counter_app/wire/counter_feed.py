"""The counter's side of the conversation: the reader, who follows the feed of the office.

Used like the sender: ``next_to_ask``, then ``heard_reading`` or ``lost_reading``. A page is believed only
when it begins at the own cursor and its items lead, link by link, to where it says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from counter_app.domain.entry import Entry
from counter_app.wire.counter_side import Who
from counter_app.wire.feed import answers, presentable
from counter_app.wire.ledgers import Action, Apply, CounterLedger, FallBack
from counter_app.wire.line import HOPELESS_PAUSE_MS, NEW_LINE, Line, Moment, Rest
from counter_app.wire.messages import Answer, Ask, Astray, Cursor, Page, TurnedAway

PATIENCE_MS = 240_000
"""How long an answer may be kept while there is nothing new: few enough for an idle day on a slow line."""

LEAST_BETWEEN_MS = 30_000
LARGEST_PAGE = 1 << 20


@dataclass(frozen=True, slots=True)
class Reader:
    """How far reading has come. ``needs_snapshot``: no place of the feed is known here any more."""

    line: Line = NEW_LINE
    more: bool = True
    needs_snapshot: bool = False


Heard = tuple[Reader, Sequence[Action]]


def next_to_ask(
    reader: Reader, who: Who, ledger: CounterLedger, now: Moment, draw: int
) -> tuple[Reader, Ask | Rest]:
    """What to ask now. ``draw``: 64 fresh random bits."""
    pause = reader.line.pause(now)
    if pause:
        return reader, Rest(pause)
    patience = 0 if reader.more else PATIENCE_MS
    ask = Ask(draw, who.device, who.office, ledger.cursor(), reader.line.aim_bytes, patience)
    return replace(reader, line=reader.line.asking(ask, now)), ask


def lost_reading(reader: Reader, now: Moment, draw: int, asked_pause_ms: int = 0) -> Reader:
    """No answer that can be believed: the same again, later."""
    return replace(reader, line=reader.line.lost(now, draw, asked_pause_ms), more=True)


def heard_reading(reader: Reader, ledger: CounterLedger, answer: Answer, now: Moment, draw: int) -> Heard:
    """Take an answer. One that does not answer what was asked changes nothing and is as good as none."""
    asked = reader.line.waiting
    if isinstance(asked, Ask) and reader.line.expects(answer):
        match answer:
            case Page() if answers(answer, asked) and ledger.cursor() == answer.start:
                return _paged(reader, asked, answer, now)
            case Astray(office=office) if office == asked.office:
                return _astray(reader, ledger, answer, now)
            case TurnedAway():
                return replace(reader, line=reader.line.turned_away(answer, now, draw), more=True), ()
    return lost_reading(reader, now, draw), ()


def _paged(reader: Reader, asked: Ask, page: Page, now: Moment) -> Heard:
    line = reader.line.answered(now, full=page.more, most_bytes=LARGEST_PAGE)
    if not page.items and asked.patience_ms:
        # A centre that cannot wait with its answer is not asked without end.
        line = replace(line, not_before_ms=reader.line.asked_ms + LEAST_BETWEEN_MS)
    items = tuple(presentable(item) if isinstance(item, Entry) else item for item in page.items)
    apply = Apply(replace(page, items=items))
    return replace(reader, line=line, more=page.more, needs_snapshot=False), [apply] if page.items else []


def _astray(reader: Reader, ledger: CounterLedger, answer: Astray, now: Moment) -> Heard:
    """The feed was rolled back or begun anew: go on from the newest place that both know."""
    line = reader.line.answered(now, full=False, most_bytes=LARGEST_PAGE)
    for point in sorted(answer.points, key=lambda point: -point.seq):
        if ledger.chain_at(point.seq) == point.chain:
            back = FallBack(Cursor(answer.epoch, point.seq, point.chain))
            return replace(reader, line=line, more=True, needs_snapshot=False), [back]
    # Asked again all the same: the centre that forgot us may be replaced by one that knows us.
    line = replace(line, not_before_ms=now.steady_ms + HOPELESS_PAUSE_MS)
    return replace(reader, line=line, needs_snapshot=True), ()
