"""What a counter lets go of: what a complaint that is long over said of a person, once it is archived.

Header, hash and signature of each entry stay, and all of what was taken or given in money: so every chain
holds, every row can be made again, and nothing that is emptied here is nowhere else.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.engine import Connection

from counter_app.domain.days import to_millis
from counter_app.domain.entry import Entry
from counter_app.store.book import Book
from counter_app.store.erasing import empty_own
from counter_app.store.finds.complaints import complaint
from counter_app.store.page import Page

KEPT = timedelta(days=90)
"""How long a complaint is kept whole after it was closed or withdrawn."""

AT_ONCE = 50
"""Complaints in one transaction: whoever records meanwhile waits for no more than these."""

# Complaints that were over before an instant, of which an own entry still says something.
_OVER = """
    SELECT DISTINCT told.complaint
    FROM (SELECT act FROM complaint_states WHERE NOT open AND since < :over_before) AS over
    JOIN (SELECT act, act AS complaint FROM complaints
        UNION ALL SELECT act, complaint FROM complaint_events) AS told ON told.complaint = over.act
    JOIN journal j ON j.act = told.act WHERE j.payload <> x''"""
_TOLD = """
    SELECT j.header, j.payload, j.salt, j.signature,
        j.seq <= min(coalesce(m.archived, 0), coalesce(m.received, 0))
    FROM journal j LEFT JOIN marks m ON m.segment = j.segment
    WHERE (j.act = :about OR j.act IN (SELECT act FROM complaint_events WHERE complaint = :about))
        AND j.payload <> x''"""


def purge(book: Book, now: datetime) -> int:
    """Let go of what may be let go of; of how many entries."""
    with book.reading() as connection:
        over = [*_over(connection, now - KEPT)]
    gone = 0
    for first in range(0, len(over), AT_ONCE):
        with book.writing() as page:
            gone += sum(_empty(page, about) for about in over[first : first + AT_ONCE])
    return gone


def _over(connection: Connection, over_before: datetime) -> Iterator[UUID]:
    """Complaints of which nothing is to be done any more, and all that this counter said is archived."""
    found = connection.exec_driver_sql(_OVER, {"over_before": to_millis(over_before)}).scalars().all()
    for about in (UUID(bytes=one) for one in found):
        row = complaint(connection, about)
        over = row is not None and not row.state.open and row.state.since < over_before
        if over and _archived(connection, about):
            yield about


def _archived(connection: Connection, about: UUID) -> list[Entry]:
    """What own entries say of a complaint; nothing while one of them is not archived."""
    rows = connection.exec_driver_sql(_TOLD, {"about": about.bytes}).all()
    return [Entry(*parts) for *parts, _ in rows] if all(archived for *_, archived in rows) else []


def _empty(page: Page, about: UUID) -> int:
    """Looked at again: the centre may have said meanwhile that it lacks something."""
    told = _archived(page.connection, about)
    for entry in told:
        empty_own(page, entry)
    return len(told)
