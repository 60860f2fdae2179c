"""The office a counter stands in, as printed on every paper, and who answers for what in it."""

from datetime import datetime
from enum import StrEnum

from counter_app.domain.network import stretch
from counter_app.domain.service_level import Area, Level
from counter_app.domain.value import value


@value
class Office:
    """A zone (जोन) or distribution centre (वितरण केन्द्र) and the counter in it.

    ``code`` is the short code in receipt numbers, ``location`` the 7-digit location code.
    ``demo`` marks the invented office: it is written on every screen and paper. ``metro``: it lies in a
    division of a metro city, whose limits may be shorter. ``training``: an invented one to practise at,
    and that is written there instead; its papers go to files alone.
    """

    code: str
    location: str
    name_hi: str
    name_en: str
    company_hi: str
    company_en: str
    division_hi: str
    division_en: str
    helpline: str
    urban: bool
    counter: int
    demo: bool
    metro: bool = False
    training: bool = False

    def area(self, *, urban: bool) -> Area:
        """The area of a consumer or place of this office, as service levels distinguish it."""
        if not urban:
            return Area.RURAL
        return Area.METRO if self.metro else Area.URBAN


class Post(StrEnum):
    """Whom a complaint goes to, level by level: the junior engineer first, the chief engineer last."""

    JE = "je"
    AE = "ae"
    EE = "ee"
    SE = "se"
    CE = "ce"


POSTS: dict[Level, tuple[Post, ...]] = {
    Level.ZONE: (Post.JE, Post.AE), Level.DIVISION: (Post.EE,), Level.CIRCLE: (Post.SE,),
}  # fmt: skip
"""Who answers for a level of the company."""


@value
class Officer:
    """Somebody with a telephone. ``category`` of complaints and ``group`` of consumers are empty for all."""

    post: Post
    category: str
    group: str
    name_hi: str
    name_en: str
    phone: str


@value
class Duty:
    """Who answers the telephone in a post for a stretch of time; as an officer, but by the roster."""

    post: Post
    category: str
    group: str
    since: datetime
    until: datetime
    name_hi: str
    name_en: str
    phone: str

    def __post_init__(self) -> None:
        stretch(self.since, self.until)
