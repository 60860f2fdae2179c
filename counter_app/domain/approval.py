"""A second person's word: given here by password or PIN, or over the telephone by a code.

Who gives it over the telephone sits at another counter and types what is read out: the challenge, the number,
the amount. Both counters know that person's password hash, and nobody else does, so that the answer proves
who gave it. The challenge comes from the act's own random number: the answer is good once, for this act.
"""

import hashlib
import hmac
from enum import StrEnum, auto
from uuid import UUID

from counter_app.domain.money import Paise
from counter_app.domain.value import value

DIGITS = 6


class Way(StrEnum):
    """How the word was given: here by password or PIN, or over the telephone by a code."""

    PASSWORD = auto()
    PIN = auto()
    TELEPHONE = auto()


@value
class Approval:
    """Who gave their word, and how."""

    code: str
    way: Way


class Deed(StrEnum):
    """What a second person is asked for."""

    CANCEL = auto()
    CORRECT = auto()
    MOVE = auto()
    CLOCK = auto()
    CASH_OUT = auto()
    DIFFERENCE = auto()

    @property
    def of_a_receipt(self) -> bool:
        """Whether it is about the number of a receipt."""
        return self in (Deed.CANCEL, Deed.CORRECT, Deed.MOVE)

    @property
    def of_another(self) -> bool:
        """Whether it is about the consumer whom a payment goes to."""
        return self is Deed.MOVE

    @property
    def of_money(self) -> bool:
        """Whether it is about an amount."""
        return self is not Deed.CLOCK


@value
class Matter:
    """What a word is given for: the deed, of what (a printed number without its letters), how much, and to
    which consumer it goes.
    """

    deed: Deed
    number: str = ""
    amount: Paise = 0
    to: str = ""


def challenge(act: UUID) -> str:
    """What is read out over the telephone: six digits of the act's own random number."""
    return _six(hashlib.sha256(b"counter challenge 1\0" + act.bytes).digest())


def answer(secret: str, matter: Matter, asked: str) -> str:
    """What is read back: six digits that hold for this matter and challenge.

    ``secret`` is the password hash of who answers, as it stands at every counter of the office.
    """
    to = (matter.to,) if matter.to else ()
    told = "\0".join((matter.deed, matter.number, str(matter.amount), asked, *to)).encode()
    return _six(hmac.digest(secret.encode(), b"counter answer 1\0" + told, "sha256"))


def _six(digest: bytes) -> str:
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}d}"
