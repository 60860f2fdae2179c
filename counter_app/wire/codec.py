"""Messages as bytes and back. Any bytes from outside become a message or ``Unreadable``, nothing else.

Two bytes say form and message. A push goes on with its run (``runs``); everything else is MessagePack,
compressed. Fields that a newer side adds are passed over.
"""

from typing import Annotated, Any
from uuid import UUID

import msgspec

from counter_app.domain.entry import Entry, EntryDamaged, Header
from counter_app.wire.messages import (
    Answer,
    Ask,
    Astray,
    Cursor,
    FeedItem,
    Gap,
    Hello,
    Item,
    ItemKind,
    Page,
    Push,
    Request,
    Taken,
    TurnedAway,
    Welcome,
)
from counter_app.wire.runs import RunDamaged, deflated, inflated, packed, unpacked

FORM = 1
LARGEST_MESSAGE = 4 << 20
"""Bytes of a message as sent; what it may expand to is bounded in ``runs``."""

_TYPES: dict[int, type[Any]] = {
    1: Hello, 2: Welcome, 3: Push, 4: Taken, 5: Gap, 6: Ask, 7: Page, 8: Astray, 9: TurnedAway,
}  # fmt: skip
_NUMBERS = {message: number for number, message in _TYPES.items()}
_ENCODER = msgspec.msgpack.Encoder(uuid_format="bytes")
_PUSH_HEAD = 8 + 16


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


def encode(message: Request | Answer) -> bytes:
    """The bytes of a message."""
    start = bytes([FORM, _NUMBERS[type(message)]])
    if isinstance(message, Push):
        head = message.ask.to_bytes(8, "big") + message.device.bytes
        return start + head + packed(message.entries, message.seed)
    body = _page_body(message) if isinstance(message, Page) else message
    return start + deflated(_ENCODER.encode(body))


def decode(data: bytes) -> Request | Answer:
    """The message of some bytes; ``Unreadable`` when they are none."""
    if not 2 < len(data) <= LARGEST_MESSAGE or data[0] != FORM:
        raise Unreadable("no message of a known form")
    message = _TYPES.get(data[1])
    try:
        if message is Push:
            return _push(data[2:])
        if message is Page:
            return _page(msgspec.msgpack.decode(inflated(data[2:]), type=_PageBody))
        if message is not None:
            return msgspec.msgpack.decode(inflated(data[2:]), type=message)  # type: ignore[no-any-return]
    except (RunDamaged, EntryDamaged, msgspec.MsgspecError, ValueError, RecursionError) as fault:
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
