"""A file by which one counter is set up, signed by the company: what it begins with, and a code to enrol by.

It is signed and not sealed: the counter has no key yet. The company's public key lies in it; what vouches for
that key is its fingerprint, which somebody compares with a letter of the central office.
"""

import hashlib
from collections.abc import Callable
from typing import Annotated, Any

import msgspec

from counter_app.wire.ledgers import Holds
from counter_app.wire.sealing import KEY_SIZE

BEGINS = b"COUNTER SET-UP\x01\n"
LARGEST = 256 * 1024
"""Bytes: one office, its people and a certificate, many times over."""

_SIGNATURE = 64
_GROUPS, _GROUP = 5, 4
_LONGEST_CODE = 64


class Letter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``facts``: the tables of the company's file, of one office. ``code`` is good once, till then."""

    facts: dict[str, Any]
    counter: int
    code: Annotated[str, msgspec.Meta(max_length=_LONGEST_CODE)]
    until_ms: Annotated[int, msgspec.Meta(ge=0, le=1 << 53)]


class LetterDamaged(Exception):
    """Bytes that are no such file, or not as they were signed."""


def packed(letter: Letter, public_key: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """The file. ``sign``: by the company's key, whose public half is ``public_key``."""
    whole = BEGINS + public_key + msgspec.json.encode(letter)
    return whole + sign(_signed(whole))


def unpacked(data: bytes, holds: Holds) -> tuple[Letter, bytes]:
    """What lies in a file, and the key that signed it. ``LetterDamaged``."""
    whole, signature = data[:-_SIGNATURE], data[-_SIGNATURE:]
    key, body = whole[len(BEGINS) :][:KEY_SIZE], whole[len(BEGINS) + KEY_SIZE :]
    if not whole.startswith(BEGINS) or len(data) > LARGEST or not holds(key, _signed(whole), signature):
        raise LetterDamaged
    try:
        return msgspec.json.decode(body, type=Letter), key
    except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
        raise LetterDamaged from fault


def fingerprint(public_key: bytes) -> str:
    """What people compare of a key: five groups of four, 80 bits of its SHA-256."""
    digits = hashlib.sha256(b"counter company key\0" + public_key).hexdigest().upper()
    return " ".join(digits[at : at + _GROUP] for at in range(0, _GROUPS * _GROUP, _GROUP))


def same_fingerprint(typed: str, public_key: bytes) -> bool:
    """Whether somebody typed this key's fingerprint; spaces and small letters do not matter."""
    return "".join(typed.split()).upper() == fingerprint(public_key).replace(" ", "")


def _signed(whole: bytes) -> bytes:
    """What of a file is signed."""
    return b"counter set-up 1\0" + hashlib.sha256(whole).digest()
