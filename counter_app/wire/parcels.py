"""Messages that are carried by hand: a file, signed by who sends it, sealed to who is to read it.

In it lie the messages of the protocol, as they would go over the line. Whoever finds the stick learns from it
which counter it is of, and nothing else.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import msgspec

from counter_app.wire.codec import LARGEST_MESSAGE, Unreadable, decode, encode
from counter_app.wire.ledgers import Holds
from counter_app.wire.messages import Answer, Request, Whole
from counter_app.wire.sealing import KEY_SIZE, Agree, SealBroken, opened, sealed

BEGINS = b"COUNTER\x01"
LARGEST_PARCEL = 1 << 30
"""Bytes: all that an office has, many times over."""

_LARGEST_HEAD = 1024
_SIGNATURE = 64
_SIZE = 4

Key = Annotated[bytes, msgspec.Meta(min_length=KEY_SIZE, max_length=KEY_SIZE)]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands outside: who sent it to whom, by their Ed25519 keys, of which counter it is, and when.

    ``number`` is drawn for what goes out, and repeated in what comes back; 0 for what nobody asked for.
    """

    sender: Key
    receiver: Key
    office: str
    counter: Whole
    number: Whole
    made_ms: Whole


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file that its sender signed; what lies in it nobody has looked at."""

    head: Head
    public: bytes
    bound: bytes
    pieces: tuple[bytes, ...]


class ParcelDamaged(Exception):
    """Bytes that are no parcel, or not as they were sent."""


def packed(
    head: Head, messages: Sequence[Request | Answer], sign: Callable[[bytes], bytes], drawn: bytes
) -> bytes:
    """The file. ``sign``: by the sender's key; ``drawn``: 32 random bytes. ``SealBroken`` for no such key."""
    said = msgspec.msgpack.encode(head)
    bound = BEGINS + len(said).to_bytes(_SIZE, "big") + said
    public, pieces = sealed([encode(one) for one in messages], head.receiver, drawn, bound)
    whole = bound + public + b"".join(len(one).to_bytes(_SIZE, "big") + one for one in pieces)
    return whole + sign(_signed(whole))


def unpacked(data: bytes, holds: Holds) -> Parcel:
    """The parcel of a file, its signature checked. ``ParcelDamaged``."""
    whole, signature = data[:-_SIGNATURE], data[-_SIGNATURE:]
    if not whole.startswith(BEGINS):
        raise ParcelDamaged("no parcel")
    said, at = _sized(whole, len(BEGINS), _LARGEST_HEAD)
    try:
        head = msgspec.msgpack.decode(said, type=Head)
    except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
        raise ParcelDamaged("no head") from fault
    if not holds(head.sender, _signed(whole), signature):
        raise ParcelDamaged("not as it was signed")
    public, bound, at = whole[at : at + KEY_SIZE], whole[:at], at + KEY_SIZE
    pieces: list[bytes] = []
    while at < len(whole):
        piece, at = _sized(whole, at, 2 * LARGEST_MESSAGE)
        pieces.append(piece)
    return Parcel(head, public, bound, tuple(pieces))


def messages(parcel: Parcel, agree: Agree) -> Iterator[Request | Answer]:
    """What lies in it, opened by the receiver's key. ``ParcelDamaged``."""
    try:
        for piece in opened(parcel.pieces, parcel.head.receiver, agree, parcel.public, parcel.bound):
            yield decode(piece)
    except (SealBroken, Unreadable) as fault:
        raise ParcelDamaged(str(fault)) from fault


def _signed(whole: bytes) -> bytes:
    """What of a file is signed."""
    return b"counter parcel 1\0" + hashlib.sha256(whole).digest()


def _sized(data: bytes, at: int, largest: int) -> tuple[bytes, int]:
    """The bytes at a place behind their size, and the place behind them."""
    begins = at + _SIZE
    size = int.from_bytes(data[at:begins], "big")
    if len(data) < begins or size > largest or begins + size > len(data):
        raise ParcelDamaged("cut")
    return data[begins : begins + size], begins + size
