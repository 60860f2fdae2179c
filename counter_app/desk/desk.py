"""The one object the screens get, and the check every button begins with."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from counter_app.domain.acts import NotAllowedTried
from counter_app.domain.entry import Kind
from counter_app.domain.office import Office
from counter_app.domain.people import Right, Session, may
from counter_app.domain.refusals import ActUsedElsewhere, NotAllowed
from counter_app.domain.rules import Rules
from counter_app.store import journal, people
from counter_app.store.book import Book
from counter_app.store.engine import Connection
from counter_app.store.rows import Tries
from counter_app.store.start import StartReport
from counter_app.wire.payloads import Payload

LONGEST_SCRAP = 2_000  # the longest link on a bill


@dataclass(frozen=True, slots=True)
class Desk:
    """The book, the dated rules and the office. Every function takes it first, then who acts, last the time.

    ``strangers`` counts tries with codes nobody has, by their hash, while the program runs.
    """

    book: Book
    rules: Rules
    office: Office
    strangers: dict[int, Tries] = field(default_factory=dict, compare=False, repr=False)

    @property
    def start(self) -> StartReport:
        """What was found when the data was opened."""
        return self.book.start


def demand(desk: Desk, session: Session, right: Right, at: datetime) -> None:
    """Refuse what the role may not do now; the attempt is recorded first."""
    if holds(desk, session, right):
        return
    with desk.book.writing() as page:
        tried = NotAllowedTried(session.person.code, right)
        page.record(tried, act=uuid4(), person=session.person.id, at=at)
    raise NotAllowed


def holds(desk: Desk, session: Session, right: Right) -> bool:
    """Whether somebody's role has a right now: it may have changed, or ended, since they signed in."""
    with desk.book.reading() as connection:
        role = people.role(connection, session.person.id)
    return role is not None and may(role, right)


def recorded(connection: Connection, act: UUID, kind: Kind) -> tuple[Payload, bytes] | None:
    """What stands under an act already: its payload and entry hash; None when it is new.

    ``ActUsedElsewhere`` when the act stands for another kind.
    """
    found = journal.entry_of_act(connection, act)
    if found is None:
        return None
    header, payload, entry_hash = found
    if header.kind != kind:
        raise ActUsedElsewhere(header.kind)
    return payload, entry_hash


def scrap(typed: str) -> str:
    """What was typed into a search box, cut to ``LONGEST_SCRAP``; halves of characters left out."""
    return typed[:LONGEST_SCRAP].encode("utf-8", "ignore").decode("utf-8")
