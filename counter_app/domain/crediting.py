"""A payment that somebody made and does not see: what is known of it here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from counter_app.domain.money import Paise
from counter_app.domain.text import only_digits

SHORTEST_REFERENCE = 4


class Verdict(StrEnum):
    """What became of the payment, as far as it is known here."""

    POSTED = "posted"
    WAITS = "not posted"
    LIKELY = "likely"
    UNKNOWN = "not found"


class Paid(Protocol):
    """A payment of the consumer's history."""

    @property
    def on(self) -> date:
        """Its day."""

    @property
    def amount(self) -> Paise:
        """Its amount."""

    @property
    def reference(self) -> str:
        """Its UTR or the channel's number."""

    @property
    def posted(self) -> bool:
        """Whether the bill knows it."""


P = TypeVar("P", bound=Paid)


@dataclass(frozen=True, slots=True)
class Sought:
    """What the consumer says of the payment; None and empty: not said."""

    reference: str
    on: date | None
    amount: Paise | None

    @property
    def enough(self) -> bool:
        """Whether one payment can be told from others by it."""
        by_reference = len(only_digits(self.reference)) >= SHORTEST_REFERENCE
        return by_reference or (self.on is not None and self.amount is not None)


def judge(sought: Sought, known: Iterable[P]) -> tuple[Verdict, tuple[P, ...]]:
    """What became of it, and the payments that it may be.

    By the end of its reference it is certain; by day and amount alone only likely, for others may be alike.
    """
    digits = only_digits(sought.reference)
    payments = tuple(known)
    if len(digits) >= SHORTEST_REFERENCE:
        certain = tuple(one for one in payments if only_digits(one.reference).endswith(digits))
        if certain:
            return Verdict.POSTED if all(one.posted for one in certain) else Verdict.WAITS, certain
    if sought.on is not None and sought.amount is not None:
        alike = tuple(one for one in payments if (one.on, one.amount) == (sought.on, sought.amount))
        if alike:
            return Verdict.LIKELY, alike
    return Verdict.UNKNOWN, ()
