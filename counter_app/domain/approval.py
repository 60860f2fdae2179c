"""A second person's word: given here by password or PIN, or over the telephone by a code.

The officer at the telephone sits at another counter of the office and types what the clerk reads out:
receipt, amount, action, challenge. Both counters know the officer's password hash and nobody else does, so
that the answer proves who gave it; the challenge comes from the act's own random number, so that it is good
once, for this act.
"""

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from counter_app.domain.money import Paise

DIGITS = 6


class Way(StrEnum):
    """How the word was given."""

    PASSWORD = "password"  # noqa: S105 - the name of a way
    PIN = "pin"
    TELEPHONE = "telephone"


class Deed(StrEnum):
    """What a second person is asked for."""

    CANCEL = "cancel"
    CORRECT = "correct"
    MOVE = "move"
    CASH = "cash"
    DIFFERENCE = "difference"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Approval:
    """Who gave their word, and how."""

    code: str
    way: Way


def challenge(act: UUID) -> str:
    """What is read out over the telephone: six digits of the act's own random number."""
    return _six(hashlib.sha256(b"counter challenge 1\0" + act.bytes).digest())


def answer(secret: str, deed: Deed, subject: str, amount: Paise, asked: str) -> str:
    """What is read back: six digits that hold for this deed, subject, amount and challenge.

    ``secret`` is the officer's password hash as it stands at every counter of the office; ``subject``
    is the number of the receipt or of what else is asked about, as it is read out.
    """
    told = "\0".join((deed, subject, str(amount), asked)).encode()
    return _six(hmac.digest(secret.encode(), b"counter answer 1\0" + told, "sha256"))


def _six(digest: bytes) -> str:
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}d}"
