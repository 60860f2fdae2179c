"""The complaint types of a day: what people complain about, what is asked, who acts."""

from dataclasses import replace
from enum import StrEnum

from counter_app.domain.refusals import ComplaintTypeUnknown
from counter_app.domain.ruling import Ruling
from counter_app.domain.service_level import Level
from counter_app.domain.value import value

SUPPLY = "supply"
"""The group of complaints about the supply, and the category of the officers who answer for the lines."""


class Answer(StrEnum):
    """What kind of answer a question has."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MOBILE = "mobile"


@value
class ComplaintGroup:
    """A heading of the catalogue; ``key`` is what ``ComplaintType.group`` names."""

    key: str
    name_hi: str
    name_en: str


@value
class Actor:
    """Who acts on a complaint first, and on which level that is."""

    key: str
    name_hi: str
    name_en: str
    level: Level


@value
class Question:
    """What is asked with a complaint; who does not know passes over it."""

    key: str
    name_hi: str
    name_en: str
    answer: Answer


class Extent(StrEnum):
    """What a complaint about the supply is about: a whole line, or what hangs on it."""

    WHOLE = "whole"
    PART = "part"


@value
class Proof:
    """A paper that is looked at with a request, and who asks for it."""

    key: str
    name_hi: str
    name_en: str
    source: str


@value
class Agreement:
    """What is read to a consumer, who says yes to it."""

    key: str
    text_hi: str
    text_en: str


@value
class ComplaintType:
    """One dated row of the catalogue. ``key`` is the two digits typed at the counter.

    ``words`` are others that people say for it. With ``anonymous`` neither consumer nor mobile of who
    reports is recorded; what is ``confidential`` is not shown again at the office it is about.
    ``service`` names the service whose standard holds; empty where no source gives one. ``outage`` is what
    it tells of an outage, None: nothing; with ``ends`` it is over when the supply is back, else the consumer
    is asked.

    A ``request`` asks for something instead of complaining: of its questions those in ``needs`` must be
    answered, its ``proofs`` are looked at, and nothing is recorded without its ``agreement``.
    """

    code: str
    key: str
    group: str
    name_hi: str
    name_en: str
    words: tuple[str, ...]
    priority: int
    needs_consumer: bool
    anonymous: bool
    confidential: bool
    questions: tuple[Question, ...]
    actor: Actor
    service: str
    outage: Extent | None
    ends: bool
    source: str
    request: bool = False
    needs: frozenset[str] = frozenset()
    proofs: tuple[Proof, ...] = ()
    agreement: Agreement | None = None

    @property
    def dangerous(self) -> bool:
        """Danger to life: somebody is telephoned at once."""
        return self.priority == 1

    @property
    def of_supply(self) -> bool:
        """Whether it is about the supply: such a complaint counts at the call centre alone."""
        return self.group == SUPPLY


@value
class Catalogue:
    """The complaint types of the counter under their groups, in the order of the list.

    ``silence_days``: after so many days without an objection what is attended may be closed; None: never.
    ``outage_from`` complaints on one transformer within ``outage_hours`` are thought to be one outage.
    """

    ruling: Ruling
    groups: tuple[ComplaintGroup, ...]
    types: tuple[ComplaintType, ...]
    outage_from: int
    outage_hours: int
    silence_days: int | None = None

    @property
    def key(self) -> str:
        """There is only one at a time."""
        return ""

    def type(self, key: str) -> ComplaintType:
        """The type of a two-digit key or a code; ``ComplaintTypeUnknown`` when there is none."""
        for row in self.types:
            if key in {row.key, row.code}:
                return row
        raise ComplaintTypeUnknown(key)

    @property
    def confidential(self) -> frozenset[str]:
        """The codes of the types that go above the office, and are not shown again in it."""
        return frozenset(row.code for row in self.types if row.confidential)

    @property
    def complaints(self) -> "Catalogue":
        """What people complain about."""
        return self._of(request=False)

    @property
    def requests(self) -> "Catalogue":
        """What people ask for."""
        return self._of(request=True)

    def _of(self, *, request: bool) -> "Catalogue":
        types = tuple(row for row in self.types if row.request == request)
        used = {row.group for row in types}
        return replace(self, groups=tuple(one for one in self.groups if one.key in used), types=types)
