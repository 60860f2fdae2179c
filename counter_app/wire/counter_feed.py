"""The counter's side of the conversation: the reader, who follows the feed of the office.

Used like the sender: ``next_to_ask``, then ``heard_reading`` or ``lost_reading``. A page is believed only
when it begins at the own cursor and its items lead, link by link, to where it says. Who is at the beginning
of a feed, or shares no place with it, loads a snapshot first, where there is one (``snapshots``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from counter_app.domain.entry import Entry
from counter_app.wire.counter_side import Who
from counter_app.wire.feed import answers, presentable
from counter_app.wire.ledgers import (
    Action,
    Apply,
    BeginLoading,
    CounterLedger,
    FallBack,
    LoadChunk,
    StopLoading,
)
from counter_app.wire.line import HOPELESS_PAUSE_MS, NEW_LINE, Line, Moment, Rest
from counter_app.wire.messages import (
    Answer,
    Ask,
    AskPiece,
    AskSnapshot,
    Astray,
    Cursor,
    Page,
    Piece,
    Refusal,
    Snapshot,
    TurnedAway,
)
from counter_app.wire.snapshots import SnapshotUnfit, is_whole, name_of, read_chunk, read_manifest

PATIENCE_MS = 240_000
"""How long an answer may be kept while there is nothing new: few enough for an idle day on a slow line."""

LEAST_BETWEEN_MS = 30_000
LARGEST_PAGE = 1 << 20


@dataclass(frozen=True, slots=True)
class Reader:
    """How far reading has come. ``needs_snapshot``: no place of the feed is known here any more.

    ``in_vain``: the centre was asked for a snapshot, and there is none. ``got``: what came of the chunk that
    is being loaded. ``loaded``: the snapshot that was loaded last; it would lead here once more.
    """

    line: Line = NEW_LINE
    more: bool = True
    needs_snapshot: bool = False
    in_vain: bool = False
    got: bytes = b""
    loaded: bytes = b""


Heard = tuple[Reader, Sequence[Action]]


def next_to_ask(
    reader: Reader, who: Who, ledger: CounterLedger, now: Moment, draw: int
) -> tuple[Reader, Ask | AskSnapshot | AskPiece | Rest]:
    """What to ask now. ``draw``: 64 fresh random bits."""
    pause = reader.line.pause(now)
    if pause:
        return reader, Rest(pause)
    ask = _next(reader, who, ledger, draw)
    return replace(reader, line=reader.line.asking(ask, now)), ask


def _next(reader: Reader, who: Who, ledger: CounterLedger, draw: int) -> Ask | AskSnapshot | AskPiece:
    loading, cursor = ledger.loading(), ledger.cursor()
    if loading is not None:
        name = name_of(loading.manifest)
        return AskPiece(draw, who.device, name, loading.chunk, len(reader.got), reader.line.aim_bytes)
    if (reader.needs_snapshot or cursor.seq == 0) and not reader.in_vain:
        return AskSnapshot(draw, who.device, who.office)
    patience = 0 if reader.more else PATIENCE_MS
    return Ask(draw, who.device, who.office, cursor, reader.line.aim_bytes, patience)


def lost_reading(reader: Reader, now: Moment, draw: int, asked_pause_ms: int = 0) -> Reader:
    """No answer that can be believed: the same again, later."""
    return replace(reader, line=reader.line.lost(now, draw, asked_pause_ms), more=True)


def heard_reading(reader: Reader, ledger: CounterLedger, answer: Answer, now: Moment, draw: int) -> Heard:
    """Take an answer. One that does not answer what was asked changes nothing and is as good as none."""
    asked = reader.line.waiting
    if reader.line.expects(answer):
        match asked, answer:
            case Ask(), Page() if answers(answer, asked) and ledger.cursor() == answer.start:
                return _paged(reader, asked, answer, now)
            case Ask(office=office), Astray(office=named) if office == named:
                return _astray(reader, ledger, answer, now)
            case AskSnapshot(office=office), Snapshot(office=named) if office == named:
                return _offered(reader, office, answer.manifest, now)
            case AskSnapshot(office=office), TurnedAway(refusal=Refusal.DAMAGED):
                return _offered(reader, office, b"", now)  # a centre that knows of no snapshots
            case AskPiece(), Piece() if _goes_on(asked, answer):
                return _loaded(reader, ledger, asked, answer, now, draw)
            case AskPiece(), Snapshot(office=named) if named == _loading_of(ledger):
                reader, actions = _offered(reader, named, answer.manifest, now)
                return replace(reader, got=b""), actions or [StopLoading()]
            case _, TurnedAway():
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
    return replace(reader, line=line, needs_snapshot=True, in_vain=False), ()


# -- loading a snapshot ------------------------------------------------------------------------------


def _offered(reader: Reader, office: str, manifest: bytes, now: Moment) -> Heard:
    """Load what is offered; without, read the feed as far as that goes."""
    line = reader.line.answered(now, full=False, most_bytes=LARGEST_PAGE)
    if _office_of(manifest) == office and name_of(manifest) != reader.loaded:
        return replace(reader, line=line, got=b""), [BeginLoading(manifest)]
    if reader.needs_snapshot:
        # Asked again all the same: the centre that forgot us may be replaced by one that knows us.
        line = replace(line, not_before_ms=now.steady_ms + HOPELESS_PAUSE_MS)
    return replace(reader, line=line, in_vain=True), ()


def _loading_of(ledger: CounterLedger) -> str | None:
    loading = ledger.loading()
    return None if loading is None else _office_of(loading.manifest)


def _office_of(manifest: bytes) -> str | None:
    """Whose snapshot it is; None for what is none, or none that this program can read."""
    try:
        return read_manifest(manifest).office
    except SnapshotUnfit:
        return None


def _goes_on(asked: AskPiece, piece: Piece) -> bool:
    """Whether a piece is what was asked for."""
    same = (asked.snapshot, asked.chunk, asked.start) == (piece.snapshot, piece.chunk, piece.start)
    return same and 0 < len(piece.data) <= asked.most_bytes


def _loaded(
    reader: Reader, ledger: CounterLedger, asked: AskPiece, piece: Piece, now: Moment, draw: int
) -> Heard:
    """Put a piece behind what came of its chunk; a chunk that is whole goes into the store."""
    loading = ledger.loading()
    if loading is None or (name_of(loading.manifest), loading.chunk) != (asked.snapshot, asked.chunk):
        return lost_reading(replace(reader, got=b""), now, draw), ()
    full = len(piece.data) == asked.most_bytes
    line = reader.line.answered(now, full=full, most_bytes=LARGEST_PAGE)
    chunks, got = read_manifest(loading.manifest).chunks, reader.got + piece.data
    chunk = chunks[asked.chunk]
    if len(got) < chunk.size:
        return replace(reader, line=line, got=got), ()
    reader = replace(reader, got=b"")
    if not is_whole(chunk, got):
        return lost_reading(reader, now, draw), ()
    try:
        rows = read_chunk(chunk, got)
    except SnapshotUnfit:
        return replace(lost_reading(reader, now, draw), in_vain=True), [StopLoading()]
    reader = replace(reader, line=line, more=True)
    if asked.chunk + 1 == len(chunks):
        reader = replace(reader, needs_snapshot=False, loaded=asked.snapshot)
    return reader, [LoadChunk(asked.snapshot, asked.chunk, rows)]
