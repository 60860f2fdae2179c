"""The code on a receipt: what it is for and the counter's signature over that, as digits alone.

Digits pass a keyboard that is set to Hindi as they are, and are the densest a QR code can hold. The code is
one whole number: version, device, serial, the first bytes of the entry's hash, paise, consumer, day, copy,
and 64 bytes of signature (Ed25519 over ``message``).
"""

import struct
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from counter_app.domain.value import value

VERSION = 1
SIGNATURE_SIZE = 64
SHORTEST, LONGEST = 200, 260
"""Digits of a code; nothing else that is scanned or typed at the window has so many."""

_FACTS = struct.Struct(">B8sI8sQQHB")
_SIZE = _FACTS.size + SIGNATURE_SIZE
_FIRST_DAY = date(2000, 1, 1)
_CONTEXT = b"counter receipt code\n"


class Verdict(StrEnum):
    """What a receipt is by its code."""

    GENUINE = "genuine"
    COPY = "copy"
    CANCELLED = "cancelled"
    ALTERED = "altered"
    UNKNOWN = "unknown"
    NOT_HEARD = "not heard"


@value
class ReceiptCode:
    """The facts of a code. ``device`` and ``entry`` are the first 8 bytes of the counter's identity and of
    the entry's hash; ``consumer`` is the number's digits, 0 for none; ``copy`` is 1 for the original.
    """

    device: bytes
    serial: int
    entry: bytes
    amount: int
    consumer: int
    day: date
    copy: int

    @property
    def message(self) -> bytes:
        """What is signed."""
        return _CONTEXT + self._packed()

    def _packed(self) -> bytes:
        days = (self.day - _FIRST_DAY).days
        return _FACTS.pack(
            VERSION, self.device, self.serial, self.entry, self.amount, self.consumer, days, self.copy
        )

    def digits(self, signature: bytes) -> str:
        """The code as it is printed."""
        return str(int.from_bytes(self._packed() + signature, "big"))


def code_of(
    device: UUID, serial: int, entry_hash: bytes, amount: int, consumer: str, day: date, copy: int
) -> ReceiptCode:
    """The facts of a receipt's code, or of one of its copies."""
    digits = "".join(filter(str.isdigit, consumer)) or "0"
    return ReceiptCode(
        device.bytes[:8], serial, entry_hash[:8], amount, int(digits), day, min(copy, 255)
    )  # fmt: skip


def is_code(typed: str) -> bool:
    """Whether something typed or scanned can only be the code of a receipt."""
    return SHORTEST <= len(typed) <= LONGEST and typed.isascii() and typed.isdecimal()


def read_code(typed: str) -> tuple[ReceiptCode, bytes] | None:
    """The facts and the signature of a code; None where the digits are none. Nothing is proven by that."""
    if not is_code(typed):
        return None
    number = int(typed)
    if number.bit_length() > _SIZE * 8:
        return None
    data = number.to_bytes(_SIZE, "big")
    version, device, serial, entry, amount, consumer, days, copy = _FACTS.unpack(data[: _FACTS.size])
    if version != VERSION:
        return None
    day = _FIRST_DAY + timedelta(days=days)
    return ReceiptCode(device, serial, entry, amount, consumer, day, copy), data[_FACTS.size :]
