"""Messages as bytes and back. Any bytes from outside become a message or ``Unreadable``, nothing else.

Two bytes say form and message, four are a checksum, so that what a bad line damaged is not read at all.
A push goes on with its run (``runs``); everything else is MessagePack, compressed. Fields that a newer
side adds are passed over.
"""

import zlib
from typing import Annotated, Any
from uuid import UUID

import msgspec

from counter_app.domain.entry import Entry, EntryDamaged, Header
from counter_app.wire.messages import (
    Answer,
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
    Page,
    Piece,
    Push,
    Request,
    Return,
    Snapshot,
    Taken,
    TurnedAway,
    Welcome,
    Whole,
)
from counter_app.wire.runs import RunDamaged, packed, unpacked
from counter_app.wire.squeeze import SqueezeDamaged, deflated, inflated

FORM = 1
START = 6
LARGEST_MESSAGE = 4 << 20
"""Bytes of a message as sent; what it may expand to is bounded in ``runs``."""

_TYPES: dict[int, type[Any]] = {
    1: Hello, 2: Welcome, 3: Push, 4: Taken, 5: Gap, 6: Ask, 7: Page, 8: Astray, 9: TurnedAway,
    10: Return, 11: Kept, 12: AskSnapshot, 13: Snapshot, 14: AskPiece, 15: Piece,
}  # fmt: skip
_NUMBERS = {message: number for number, message in _TYPES.items()}
_ENCODER = msgspec.msgpack.Encoder(uuid_format="bytes")
_PUSH_HEAD = 8 + 16
_SMALL = 4096
_DAMAGE = (RunDamaged, SqueezeDamaged, EntryDamaged)


class Unreadable(Exception):
    """Bytes that are no message."""


class _PageBody(msgspec.Struct, frozen=True):
    """A page with its items as (kind, header or body, payload, salt)."""

    to: int
    office: str
    start: Cursor
    items: list[tuple[Annotated[int, msgspec.Meta(ge=0, lt=1 << 16)], bytes, bytes, bytes]]
    end: Cursor
    more: bool


class _ReturnBody(msgspec.Struct, frozen=True):
    """Returned entries as (header, payload, salt)."""

    ask: Whole
    device: UUID
    entries: list[tuple[bytes, bytes, bytes]]


def encode(message: Request | Answer) -> bytes:
    """The bytes of a message."""
    body = _body(message)
    return bytes([FORM, _NUMBERS[type(message)]]) + zlib.crc32(body).to_bytes(4, "big") + body


def _body(message: Request | Answer) -> bytes:
    if isinstance(message, Push):
        head = message.ask.to_bytes(8, "big") + message.device.bytes
        return head + packed(message.entries, message.seed)
    if isinstance(message, Page):
        return deflated(_ENCODER.encode(_page_body(message)))
    if isinstance(message, Return):
        bare = [(one.packed_header, one.payload, one.salt) for one in message.entries]
        return deflated(_ENCODER.encode(_ReturnBody(message.ask, message.device, bare)))
    return deflated(_ENCODER.encode(message), b"")


def decode(data: bytes) -> Request | Answer:
    """The message of some bytes; ``Unreadable`` when they are none."""
    if not START < len(data) <= LARGEST_MESSAGE or data[0] != FORM:
        raise Unreadable("no message of a known form")
    body = data[START:]
    if zlib.crc32(body).to_bytes(4, "big") != data[2:START]:
        raise Unreadable("changed or cut on its way")
    message = _TYPES.get(data[1])
    try:
        if message is Push:
            return _push(body)
        if message is Page:
            return _page(msgspec.msgpack.decode(inflated(body), type=_PageBody))
        if message is Return:
            return _return(msgspec.msgpack.decode(inflated(body), type=_ReturnBody))
        if message is not None:
            return msgspec.msgpack.decode(inflated(body, b""), type=message)  # type: ignore[no-any-return]
    except (*_DAMAGE, msgspec.MsgspecError, ValueError, RecursionError) as fault:
        raise Unreadable(str(fault)) from fault
    raise Unreadable("no known message")


def decode_request(data: bytes) -> Request:
    """The request of some bytes, as a centre reads it; ``Unreadable``."""
    message = decode(data)
    if not isinstance(message, Request):
        raise Unreadable("not a request")
    return message


def decode_answer(data: bytes) -> Answer:
    """The answer of some bytes, as a counter reads it; ``Unreadable``."""
    message = decode(data)
    if isinstance(message, Request):
        raise Unreadable("not an answer")
    return message


def _push(data: bytes) -> Push:
    if len(data) < _PUSH_HEAD:
        raise Unreadable("too short")
    device = data[8:_PUSH_HEAD]
    entries = unpacked(data[_PUSH_HEAD:], device)
    return Push(int.from_bytes(data[:8], "big"), UUID(bytes=device), entries)


def _return(body: _ReturnBody) -> Return:
    for header, _, _ in body.entries:
        Header.unpacked(header)
    return Return(body.ask, body.device, tuple(Entry(*parts, b"") for parts in body.entries))


def _page_body(page: Page) -> _PageBody:
    items = [
        (item.kind, item.body, b"", b"") if isinstance(item, Item)
        else (int(ItemKind.ENTRY), item.packed_header, item.payload, item.salt)
        for item in page.items
    ]  # fmt: skip
    return _PageBody(page.to, page.office, page.start, items, page.end, page.more)


def _page(body: _PageBody) -> Page:
    items: list[FeedItem] = []
    for kind, first, payload, salt in body.items:
        if kind == ItemKind.ENTRY:
            Header.unpacked(first)
            items.append(Entry(first, payload, salt, b""))
        else:
            items.append(Item(kind, first))
    return Page(body.to, body.office, body.start, tuple(items), body.end, body.more)


def ask_of(data: bytes) -> int:
    """The ``ask`` of a request that nobody has checked yet, to turn it away with; 0 where there is none."""
    if data[:2] == bytes([FORM, _NUMBERS[Push]]) and len(data) >= START + _PUSH_HEAD:
        return int.from_bytes(data[START : START + 8], "big")
    if len(data) > _SMALL:
        return 0
    try:
        return decode_request(data).ask
    except Unreadable:
        return 0
