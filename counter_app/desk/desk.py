"""The one object the screens get, and the check every button begins with."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from counter_app.domain.acts import NotAllowedTried
from counter_app.domain.entry import Kind
from counter_app.domain.office import Office
from counter_app.domain.people import Right, Session, may
from counter_app.domain.refusals import ActUsedElsewhere, ClockBehind, NotAllowed
from counter_app.domain.rules import Rules
from counter_app.store import finds, journal
from counter_app.store.book import Book
from counter_app.store.engine import Connection
from counter_app.store.rows import Tries
from counter_app.store.start import StartReport
from counter_app.wire.payloads import Payload

LONGEST_SCRAP = 2_000  # the longest link on a bill
CLOCK_MAY_LAG = timedelta(minutes=2)


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
    """Refuse what the role may not do; the attempt is recorded first."""
    if may(session.person.role, right):
        return
    with desk.book.writing() as page:
        tried = NotAllowedTried(session.person.code, right)
        page.record(tried, act=uuid4(), person=session.person.id, at=at)
    raise NotAllowed


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


def check_clock(connection: Connection, session: Session, at: datetime) -> None:
    """Refuse money while the PC's clock stands well before the last payment.

    Only payments count: signing in under a wrong clock must not set it right. Who holds the right goes on,
    so that a clock that once ran ahead does not stop the counter for ever; the next payment follows that
    one. Money was not tried for against the rights, so no attempt is noted.
    """
    if may(session.person.role, Right.DECIDE_CLOCK):
        return
    last = finds.last_payment_at(connection)
    if last is not None and at < last - CLOCK_MAY_LAG:
        raise ClockBehind(-(-(last - at) // timedelta(minutes=1)))
