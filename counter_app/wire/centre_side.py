"""The centre's side of the conversation. Each function runs inside one transaction that the caller opened.

Receiving and integrating are two things. What a device signed is stored as it came and answered;
only then it is read, and what cannot be read or does not fit is held, never dropped.
"""

import json
from collections.abc import Sequence

from counter_app.domain.entry import Entry, Header, Place
from counter_app.wire.feed import forward, presentable, spaced
from counter_app.wire.ledgers import CentreLedger, Enrolled, Holds, Unfit, added
from counter_app.wire.messages import (
    PROTOCOL,
    Ask,
    AskPiece,
    AskSnapshot,
    Astray,
    Cursor,
    FeedItem,
    Gap,
    Hello,
    Item,
    ItemKind,
    Kept,
    Limits,
    Mark,
    Page,
    Piece,
    Push,
    Reason,
    Refusal,
    Return,
    Snapshot,
    Taken,
    TurnedAway,
    Welcome,
)
from counter_app.wire.payloads import Payload, PayloadDamaged, PayloadUnknown, decode

NO_DIGEST = bytes(32)

LARGEST_PAGE = 1 << 20


def greet(
    ledger: CentreLedger, who: Enrolled, hello: Hello, now_ms: int, limits: Limits
) -> Welcome | TurnedAway:
    """Tell a counter what is here of it. What it remembers itself decides nothing."""
    if hello.protocol != PROTOCOL:
        return TurnedAway(hello.ask, Refusal.PROTOCOL, now_ms)
    has = tuple(ledger.standings(who.device))
    same = added(NO_DIGEST, *(one.digest for one in has)) == hello.whole
    return Welcome(
        to=hello.ask,
        device=who.device,
        same=same,
        has=() if same else has,
        archived=tuple(ledger.archived(who.device)) if hello.marks else (),
        serials=ledger.serials(who.office, who.counter),
        held=ledger.held(who.device),
        revoked=who.revoked,
        centre_ms=now_ms,
        limits=limits,
    )


def receive(
    ledger: CentreLedger, who: Enrolled, push: Push, now_ms: int, holds: Holds
) -> Taken | Gap | TurnedAway:
    """Store a run as it came: all of it is here when this transaction is committed.

    What is here already stays as it is; another entry at the same place is stored beside it. What comes
    after the device was revoked is held at once, whatever its clock says; what came before is not.
    """
    run = [(entry, entry.header, entry.hash) for entry in push.entries]
    last, last_header, last_hash = run[-1]
    if last_header.device != who.device:
        return TurnedAway(push.ask, Refusal.DEVICE_UNKNOWN, now_ms)
    if not holds(who.public_key, last_hash, last.signature):
        return TurnedAway(push.ask, Refusal.SIGNATURE, now_ms)
    segment, first = last_header.place.segment, run[0][1].place.seq
    who = ledger.take(who.device)
    standing = ledger.standing(who.device, segment)
    here = ledger.hashes(who.device, segment, first - 1, last_header.place.seq)
    if first > 1 and run[0][1].previous not in here.get(first - 1, ()):
        return Gap(push.ask, standing)
    new = [one for one in run if one[2] not in here.get(one[1].place.seq, ())]
    if new:
        forks = _forks(ledger, who, new)
        ledger.store(who.device, [entry for entry, _, _ in new], forks, now_ms)
    if who.revoked:
        for entry, _, _ in new:
            hold(ledger, entry, Reason.DEVICE_REVOKED)
    forked = any(here.get(header.place.seq, frozenset()) - {one} for _, header, one in run)
    return Taken(push.ask, Mark(segment, last_header.place.seq, last_hash), forked)


def _forks(
    ledger: CentreLedger, who: Enrolled, new: Sequence[tuple[Entry, Header, bytes]]
) -> tuple[Mark, ...]:
    """The places behind which, with the new entries, more than one entry follows; once for each more.

    Also behind a new one: the segment that was begun there may have come first.
    """
    followed = ledger.followed(who.device, [header.previous for _, header, _ in new])
    return tuple(_before(header) for _, header, _ in new if header.previous in followed)


def _before(header: Header) -> Mark:
    if header.place.seq == 1:
        return Mark(header.parent.segment, header.parent.seq, header.previous)
    return Mark(header.place.segment, header.place.seq - 1, header.previous)


def take_back(ledger: CentreLedger, who: Enrolled, returned: Return, now_ms: int) -> Kept:
    """Keep what another counter had read and what is not here: for a person, as nobody signed it.

    What a device that was revoked gives back is kept as well, but no office is told of it.
    """
    new = [presentable(entry) for entry in ledger.unknown(returned.entries)]
    ledger.keep(who.device, new, now_ms)
    for entry in new if not ledger.take(who.device).revoked else ():
        author = ledger.enrolled(entry.header.device) or who
        ledger.publish(author.office, held_item(entry, Reason.RETURNED))
    return Kept(returned.ask)


def integrate(ledger: CentreLedger, entry: Entry) -> Reason | None:
    """Put one entry into the books and the feeds, or hold it; gives why it is held.

    It is pending, or held and what held it may have gone. Of one that was in the books unread its own office
    has heard.
    """
    header = entry.header
    who = ledger.enrolled(header.device)
    heard = ledger.act_owner(header.act) == entry.hash
    try:
        payload = _readable(ledger, entry, who)
        beside = ledger.fold(entry, payload)
    except Unfit as unfit:
        hold(ledger, entry, unfit.reason)
        return unfit.reason
    unsigned = Entry(entry.packed_header, entry.payload, entry.salt, b"")
    own = who.office if who else ""
    feeds: list[tuple[str, FeedItem]] = [
        (office, unsigned) for office in ledger.offices(entry, payload) if not (heard and office == own)
    ]
    # Offices in ascending order: two transactions never wait for each other's feeds.
    for office, item in sorted([*feeds, *beside], key=lambda pair: pair[0]):
        ledger.publish(office, item)
    return None


def hold(ledger: CentreLedger, entry: Entry, reason: Reason) -> None:
    """Keep one entry out of the books, and tell its office so once."""
    who = ledger.enrolled(entry.header.device)
    if ledger.hold(entry, reason) and who is not None:
        ledger.publish(who.office, held_item(entry, reason))


def _readable(ledger: CentreLedger, entry: Entry, who: Enrolled | None) -> Payload | None:
    """The payload; None when it is of a kind or version from the future. ``Unfit``."""
    header = entry.header
    if who is None:
        raise Unfit(Reason.DEVICE_REVOKED)
    if ledger.act_owner(header.act) not in {None, entry.hash}:
        raise Unfit(Reason.ACT_REPEATED)
    if entry.erased:
        raise Unfit(Reason.PAYLOAD_MISSING)
    try:
        return decode(header.kind, header.kind_version, entry.payload)
    except PayloadUnknown:
        return None
    except PayloadDamaged:
        raise Unfit(Reason.PAYLOAD_DAMAGED) from None


def held_item(entry: Entry, reason: Reason) -> Item:
    """What the counter's office hears of an entry that is held."""
    place: Place = entry.header.place
    body = {
        "device": str(entry.header.device),
        "segment": f"{place.segment:016x}",
        "seq": place.seq,
        "hash": entry.hash.hex(),
        "reason": reason.name.lower(),
    }
    return Item(ItemKind.HELD, json.dumps(body, separators=(",", ":")).encode())


def read_on(ledger: CentreLedger, who: Enrolled, ask: Ask, now_ms: int) -> Page | Astray | TurnedAway:
    """What follows a cursor in the feed of the device's own office."""
    if who.revoked:
        return TurnedAway(ask.ask, Refusal.DEVICE_REVOKED, now_ms)
    head = ledger.feed_head(who.office)
    cursor = ask.cursor
    known = cursor.epoch == head.epoch and ledger.feed_floor(who.office) <= cursor.seq <= head.seq
    if ask.office != who.office or not known or _point(ledger, who.office, cursor) != cursor:
        return _astray(ledger, who.office, ask, head)
    items = tuple(ledger.feed_items(who.office, cursor.seq, min(ask.most_bytes, LARGEST_PAGE)))
    end = forward(cursor, items)
    return Page(ask.ask, who.office, cursor, items, end, more=end.seq < head.seq)


def offer(ledger: CentreLedger, who: Enrolled, asked: AskSnapshot, now_ms: int) -> Snapshot | TurnedAway:
    """The newest snapshot of the device's own office."""
    if who.revoked:
        return TurnedAway(asked.ask, Refusal.DEVICE_REVOKED, now_ms)
    return Snapshot(asked.ask, who.office, ledger.snapshot(who.office))


def hand_out(
    ledger: CentreLedger, who: Enrolled, asked: AskPiece, now_ms: int
) -> Piece | Snapshot | TurnedAway:
    """Bytes of a chunk; of a snapshot that is not kept any more, which one is the newest instead."""
    if who.revoked:
        return TurnedAway(asked.ask, Refusal.DEVICE_REVOKED, now_ms)
    most = min(asked.most_bytes, LARGEST_PAGE)
    data = ledger.piece(who.office, asked.snapshot, asked.chunk, asked.start, most)
    if not data:
        return Snapshot(asked.ask, who.office, ledger.snapshot(who.office))
    return Piece(asked.ask, asked.snapshot, asked.chunk, asked.start, data)


def _point(ledger: CentreLedger, office: str, cursor: Cursor) -> Cursor | None:
    points = ledger.feed_points(office, [cursor.seq])
    return Cursor(cursor.epoch, points[0].seq, points[0].chain) if points else None


def _astray(ledger: CentreLedger, office: str, ask: Ask, head: Cursor) -> Astray:
    """Places to fall back to, the newest the reader may know first."""
    floor = ledger.feed_floor(office)
    newest = max(min(ask.cursor.seq, head.seq), floor)
    points = ledger.feed_points(office, spaced(newest, floor))
    return Astray(ask.ask, office, head.epoch, tuple(points))
