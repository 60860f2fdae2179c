"""What every dated rule set says of itself: name, validity, whom it binds, where it is from."""

from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from counter_app.domain.value import value


class Confidence(StrEnum):
    """How far the source of a rule is to be trusted; what is weaker than this is not a rule here."""

    HIGH = "high"
    MEDIUM = "medium"


@value
class Ruling:
    """The head of a rule set. ``valid_to`` is its last day, None while no end is known.

    ``name`` is what entries call it; ``name_hi`` and ``name_en`` are for people, empty where it has none.
    ``scope`` is whom it binds; so far that is always the company.
    """

    name: str
    valid_from: date
    valid_to: date | None
    scope: str
    source: str
    confidence: Confidence
    name_hi: str = ""
    name_en: str = ""

    def covers(self, on: date) -> bool:
        """Whether the rule set is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Dated(Protocol):
    """A rule set of any kind."""

    @property
    def ruling(self) -> Ruling:
        """Its name, validity and source."""

    @property
    def key(self) -> Any:
        """What it is for: of those with one key, only one may be in force on a day."""


class InForce(NamedTuple):
    """A rule set of a kind; the kinds are named as in ``Rules``, and in what it reads later."""

    kind: str
    ruling: Ruling
