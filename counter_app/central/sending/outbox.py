"""The messages there are to send: found in the feeds of the offices, each once, and kept until it is known
what became of them.

The feed of an office is read once, behind a place that is kept in the same transaction: no event is missed
and none is found twice. An event of two offices is one event, for its act is.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.database import Transaction
from counter_app.central.feeds import Feeds
from counter_app.central.tables import feeds, message_cursors, message_parts, messages
from counter_app.domain.complaint import ComplaintRegistered, ComplaintStep, OutageTold, Stage
from counter_app.domain.complaint_life import DONE
from counter_app.domain.days import to_millis
from counter_app.domain.entry import Entry
from counter_app.wire.messages import FeedItem
from counter_app.wire.payloads import PayloadDamaged, PayloadUnknown, decode

TOLD_WITHIN_MS = 24 * 3_600_000
"""What is older is no news, and not told any more."""
LEASE_MS = 120_000
"""For so long nobody else sends what somebody has begun to send."""
PAGE_BYTES = 256 * 1024
KEPT_MS = 30 * 24 * 3_600_000


class State(StrEnum):
    """What became of a message. ``refused`` by who was to send it; ``given up``: there was nothing to tell,
    nobody to tell it to, or no way to send it in time.
    """

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    GIVEN_UP = "given up"


class Due(NamedTuple):
    """A message whose time has come; it was tried so often before."""

    event: UUID
    complaint: UUID
    tries: int
    until_ms: int


_BEGUN = select(message_cursors.c.office).limit(1)
_BEGIN = insert(message_cursors).from_select(["office", "seq"], select(feeds.c.office, feeds.c.seq))
_ENDS = select(message_cursors.c.office, message_cursors.c.seq)
_BEHIND = (
    select(feeds.c.office, func.coalesce(message_cursors.c.seq, 0))
    .select_from(feeds.outerjoin(message_cursors, message_cursors.c.office == feeds.c.office))
    .where(feeds.c.seq > func.coalesce(message_cursors.c.seq, 0))
    .order_by(feeds.c.office)
)
_CURSOR = select(message_cursors.c.seq).where(message_cursors.c.office == bindparam("office"))
_MOVE = insert(message_cursors).values(office=bindparam("office"), seq=bindparam("seq"))
_MOVE = _MOVE.on_conflict_do_update(index_elements=["office"], set_={"seq": _MOVE.excluded.seq})
_JOIN = insert(message_parts).values(whole=bindparam("whole"), part=bindparam("part"))
_JOIN = _JOIN.on_conflict_do_nothing(index_elements=["whole", "part"])
_PARTS = select(message_parts.c.part).where(message_parts.c.whole == bindparam("whole"))
_PUT = insert(messages).values(
    event=bindparam("event"), complaint=bindparam("complaint"), state=str(State.WAITING), tries=0,
    next_ms=bindparam("next"), until_ms=bindparam("until"),
).on_conflict_do_nothing(index_elements=["event", "complaint"])  # fmt: skip
_DUE = (
    select(messages.c.event, messages.c.complaint)
    .where(messages.c.state == str(State.WAITING), messages.c.next_ms <= bindparam("now"))
    .order_by(messages.c.next_ms, messages.c.event, messages.c.complaint)
    .limit(1)
)
_SAME = (messages.c.event == bindparam("of"), messages.c.complaint == bindparam("about"))
_TAKE = (
    update(messages)
    .where(*_SAME, messages.c.state == str(State.WAITING), messages.c.next_ms <= bindparam("now"))
    .values(next_ms=bindparam("lease"), tries=messages.c.tries + 1)
    .returning(messages.c.tries, messages.c.until_ms)
)
_SETTLE = update(messages).where(*_SAME).values(state=bindparam("becomes"), next_ms=bindparam("next"))
_COUNTS = select(messages.c.state, func.count()).group_by(messages.c.state)
_FORGET = delete(messages).where(messages.c.until_ms < bindparam("before"))


def begin(transaction: Transaction) -> None:
    """The first time: what happened before is not told; but what is part of what has to be known."""
    if transaction.rows(_BEGUN, {}):
        return
    transaction.do(_BEGIN, {})
    for office, end in transaction.rows(_ENDS, {}):
        after = 0
        while after < end and (page := Feeds(transaction).page(office, after, PAGE_BYTES)):
            for item in page:
                if read := _read(item):
                    _join(transaction, *read)
            after += len(page)


def behind(transaction: Transaction) -> list[str]:
    """The offices whose feed was not read to its end."""
    return [office for office, _ in transaction.rows(_BEHIND, {})]


def gather(transaction: Transaction, office: str, now_ms: int) -> bool:
    """Read on in an office's feed; whether there may be more."""
    found = transaction.rows(_CURSOR, {"office": office})
    after = int(found[0][0]) if found else 0
    page = Feeds(transaction).page(office, after, PAGE_BYTES)
    for item in page:
        _put(transaction, item, now_ms)
    if page:
        transaction.do(_MOVE, {"office": office, "seq": after + len(page)})
    return bool(page)


def take(transaction: Transaction, now_ms: int) -> Due | None:
    """The next message whose time has come; nobody else gets it for ``LEASE_MS``."""
    for event, complaint in transaction.rows(_DUE, {"now": now_ms}):
        asked = {"of": event, "about": complaint, "now": now_ms, "lease": now_ms + LEASE_MS}
        for tries, until_ms in transaction.rows(_TAKE, asked):
            return Due(UUID(bytes=bytes(event)), UUID(bytes=bytes(complaint)), tries, until_ms)
    return None


def settle(transaction: Transaction, due: Due, state: State, next_ms: int = 0) -> None:
    """Note what became of a message; one that still waits is tried again at ``next_ms``."""
    about = {"of": due.event.bytes, "about": due.complaint.bytes}
    transaction.do(_SETTLE, about | {"becomes": str(state), "next": next_ms})


def counts(transaction: Transaction) -> dict[str, int]:
    """How many messages of the last days are in each state."""
    return {str(state): 0 for state in State} | dict(transaction.rows(_COUNTS, {}))


def forget(transaction: Transaction, now_ms: int) -> None:
    """Let go of what is long over."""
    transaction.do(_FORGET, {"before": now_ms - KEPT_MS})


def _put(transaction: Transaction, item: FeedItem, now_ms: int) -> None:
    """What an item has to tell, and whom."""
    if (read := _read(item)) is None:
        return
    act, said = read
    _join(transaction, act, said)
    match said:
        case ComplaintRegistered(registered_at=at):
            _tell(transaction, act, [act], at, now_ms)
        case ComplaintStep(stage=stage, at=at, complaint=whole) if stage in DONE:
            _tell(transaction, act, _with_parts(transaction, whole), at, now_ms)
        case OutageTold(at=at, complaint=whole):
            _tell(transaction, act, _with_parts(transaction, whole), at, now_ms)


def _read(item: FeedItem) -> tuple[UUID, object] | None:
    """The act of an item and what it says; None when it says nothing that is known here."""
    if not isinstance(item, Entry):
        return None
    header = item.header
    try:
        return header.act, decode(header.kind, header.kind_version, item.payload)
    except (PayloadUnknown, PayloadDamaged):
        return None


def _join(transaction: Transaction, act: UUID, said: object) -> None:
    match said:
        case ComplaintRegistered(joined=UUID() as whole):
            transaction.do(_JOIN, {"whole": whole.bytes, "part": act.bytes})
        case ComplaintStep(stage=Stage.MERGED, into=UUID() as whole, complaint=part):
            transaction.do(_JOIN, {"whole": whole.bytes, "part": part.bytes})


def _with_parts(transaction: Transaction, whole: UUID) -> list[UUID]:
    """A complaint and all that is joined to it, also by way of others."""
    found, waiting = [whole], [whole]
    while waiting:
        rows = transaction.rows(_PARTS, {"whole": waiting.pop().bytes})
        new = [part for part in (UUID(bytes=bytes(row[0])) for row in rows) if part not in found]
        found += new
        waiting += new
    return found


def _tell(
    transaction: Transaction, event: UUID, complaints: Iterable[UUID], at: datetime, now_ms: int
) -> None:
    until_ms = to_millis(at) + TOLD_WITHIN_MS
    if until_ms < now_ms:
        return
    for one in complaints:
        values = {"event": event.bytes, "complaint": one.bytes, "next": now_ms, "until": until_ms}
        transaction.do(_PUT, values)
