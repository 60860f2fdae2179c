"""Cores that are broken on purpose, each by a mistake that real programs of this kind have made."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from counter_app.domain.entry import Entry
from counter_app.wire import centre_side, counter_feed, counter_side
from counter_app.wire.feed import forward
from counter_app.wire.ledgers import Apply, Archived, Received
from counter_app.wire.messages import Ask, Gap, Mark, Page, Standing, Taken, Welcome
from tests.simulation.world import Core


def heard_trusting_own_memory(sender, ledger, answer, now, draw):
    """The counter believes what it noted of earlier acknowledgements, not what the centre says it has."""
    sender, actions = counter_side.heard_sending(sender, ledger, answer, now, draw)
    if isinstance(answer, Welcome):
        settled = {one: max(upto, ledger.received.get(one, 0)) for one, upto in sender.settled.items()}
        sender = replace(sender, settled=settled)
    return sender, actions


def heard_purging_received(sender, ledger, answer, now, draw):
    """What the centre has received is let go of, before it lies in a backup."""
    sender, actions = counter_side.heard_sending(sender, ledger, answer, now, draw)
    return sender, [*actions, *(Archived(one.mark) for one in actions if isinstance(one, Received))]


def receive_by_number(ledger, who, push, now_ms, holds):
    """The centre takes a number that it has for the entry that it has."""
    if not holds(who.public_key, push.entries[-1].hash, push.entries[-1].signature):
        return centre_side.receive(ledger, who, push, now_ms, holds)
    headers = [entry.header for entry in push.entries]
    segment, last = headers[0].place.segment, headers[-1].place.seq
    upto = ledger.standing(who.device, segment).upto
    fresh = tuple(e for e, header in zip(push.entries, headers, strict=True) if header.place.seq > upto)
    if headers[0].place.seq <= upto + 1 and fresh:
        ledger.store(who.device, fresh, (), now_ms)
    if headers[0].place.seq <= upto + 1:
        return Taken(push.ask, Mark(segment, last, push.entries[-1].hash), forked=False)
    return centre_side.receive(ledger, who, push, now_ms, holds)


class _ByNumber:
    """A ledger whose digests agree with whatever the centre says: only numbers are compared."""

    def __init__(self, ledger, has: Mapping[int, Standing]) -> None:
        self._ledger, self._has = ledger, has

    def __getattr__(self, name):
        return getattr(self._ledger, name)

    def digest(self, segment: int, upto: int) -> bytes:
        return self._has[segment].digest if segment in self._has else b""


def heard_without_digest(sender, ledger, answer, now, draw):
    """The counter looks up to which number the centre has a segment, and not at what it has there."""
    if not isinstance(answer, Welcome):
        return counter_side.heard_sending(sender, ledger, answer, now, draw)
    heads = {head.segment: head.seq for head in ledger.heads()}
    has = tuple(replace(one, upto=min(one.upto, heads.get(one.segment, one.upto))) for one in answer.has)
    blind = _ByNumber(ledger, {one.segment: one for one in has})
    return counter_side.heard_sending(sender, blind, replace(answer, has=has), now, draw)


def read_on_by_number(ledger, who, ask, now_ms):
    """The centre looks at the number of a cursor and not at its chain; the counter believes the page."""
    head = ledger.feed_head(who.office)
    seq = min(ask.cursor.seq, head.seq)
    items = tuple(ledger.feed_items(who.office, seq, ask.most_bytes))
    start = replace(ask.cursor, epoch=head.epoch)
    return Page(ask.ask, who.office, ask.cursor, items, forward(start, items), more=False)


def heard_believing_pages(reader, ledger, answer, now, draw):
    """The counter stores a page without following its chain."""
    if isinstance(answer, Page) and isinstance(reader.line.waiting, Ask):
        asked = replace(reader.line.waiting, cursor=answer.start, ask=answer.to)
        start = ledger.cursor()
        page = replace(answer, start=start, end=forward(start, answer.items))
        asked = replace(asked, cursor=start)
        reader = replace(reader, line=replace(reader.line, waiting=asked))
        return counter_feed.heard_reading(reader, ledger, page, now, draw)
    return counter_feed.heard_reading(reader, ledger, answer, now, draw)


def heard_without_payloads(reader, ledger, answer, now, draw):
    """What entries say is lost on the way into the store; their hashes, and so the chain, are not."""
    reader, actions = counter_feed.heard_reading(reader, ledger, answer, now, draw)
    return reader, [_hollow(one) if isinstance(one, Apply) and draw % 2 else one for one in actions]


def _hollow(apply: Apply) -> Apply:
    items = apply.page.items
    bare = tuple(Entry(one.packed_header, b"", b"", b"") if isinstance(one, Entry) else one for one in items)
    return Apply(replace(apply.page, items=bare))


def heard_deaf_to_gaps(sender, ledger, answer, now, draw):
    """A gap is taken for an answer like any other, and the same is sent again for ever."""
    if isinstance(answer, Gap):
        line = sender.line.answered(now, full=False, most_bytes=1 << 20)
        return replace(sender, line=replace(line, not_before_ms=now.steady_ms + 60_000)), ()
    return counter_side.heard_sending(sender, ledger, answer, now, draw)


def integrate_dropping(ledger, entry: Entry):
    """What cannot be read is thrown away."""
    if entry.header.kind > 100:
        ledger.waiting.pop(entry.hash)
        return None
    return centre_side.integrate(ledger, entry)


def receive_without_alarm(ledger, who, push, now_ms, holds):
    """Branches are stored and nobody is told."""
    before = ledger.alarms
    answer = centre_side.receive(ledger, who, push, now_ms, holds)
    ledger.alarms = before
    return answer


def receive_without_storing(ledger, who, push, now_ms, holds):
    """The centre says that a run is there before it is."""
    last = push.entries[-1]
    place = last.header.place
    return Taken(push.ask, Mark(place.segment, place.seq, last.hash), forked=False)


def read_on_to_anybody(ledger, who, ask, now_ms):
    """A device that is revoked is told what happens in its office."""
    return centre_side.read_on(ledger, replace(who, revoked=False), ask, now_ms)


def integrate_telling_all(ledger, entry: Entry):
    """What an office's counters record is told to all of them."""
    reason = centre_side.integrate(ledger, entry)
    known = {office for office, items in ledger.feeds.items() if entry.packed_header in map(_header, items)}
    for office in (ledger.feeds.keys() - known) if known else ():
        ledger.publish(office, Entry(entry.packed_header, entry.payload, entry.salt, b""))
    return reason


def _header(item) -> bytes:
    return getattr(item, "packed_header", b"")


def next_never_returning(sender, who, ledger, now, draw):
    """What the feed lost is not given back."""

    class Forgetful(_ByNumber):
        def orphans(self, most: int) -> Sequence[Entry]:
            return ()

    return counter_side.next_to_send(sender, who, Forgetful(ledger, {}), now, draw)


BROKEN = {
    "own memory": Core(heard_sending=heard_trusting_own_memory),
    "number is identity": Core(receive=receive_by_number),
    "number without digest": Core(heard_sending=heard_without_digest),
    "cursor without chain": Core(read_on=read_on_by_number, heard_reading=heard_believing_pages),
    "payloads lost": Core(heard_reading=heard_without_payloads),
    "deaf to gaps": Core(heard_sending=heard_deaf_to_gaps),
    "poison dropped": Core(integrate=integrate_dropping),
    "silent forks": Core(receive=receive_without_alarm),
    "received is archived": Core(heard_sending=heard_purging_received),
    "never given back": Core(next_to_send=next_never_returning),
    "acknowledged before stored": Core(receive=receive_without_storing),
    "revoked and told": Core(read_on=read_on_to_anybody),
    "told to all": Core(integrate=integrate_telling_all),
}
