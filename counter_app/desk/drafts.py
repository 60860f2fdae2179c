"""Half-typed work: kept under the act it will be recorded as, dropped once it is recorded."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from counter_app.desk.desk import Desk, holds
from counter_app.domain.people import Right, Session
from counter_app.domain.text import refuse_card_number
from counter_app.store import drafts, journal
from counter_app.store.rows import DraftRow

MANY_BILLS = "many_bills"
"""The page of bills that are printed together: what is kept of it is how far they are."""


def keep(
    desk: Desk, session: Session, act: UUID, screen: str, consumer: str, body: Mapping[str, str], at: datetime
) -> None:
    """Keep what was typed so far, however long; a card number is refused even here."""
    for text in (consumer, *body.values()):
        refuse_card_number(text)
    whole = {field: text.encode("utf-8", "ignore").decode("utf-8") for field, text in body.items()}
    with desk.book.writing() as page:
        if journal.entry_of_act(page.connection, act) is None:
            drafts.keep(page, act, screen, consumer, whole, at)


def kept(desk: Desk, session: Session) -> tuple[DraftRow, ...]:
    """All half-typed work, newest first; none for who may not see consumers, bills for who prints many.

    Bills come last: they are kept anew with each bundle, and whoever holds a payment comes back to that.
    """
    if not holds(desk, session, Right.SEE_CONSUMERS):
        return ()
    prints = holds(desk, session, Right.PRINT_MANY)
    with desk.book.reading() as connection:
        rows = sorted(drafts.kept(connection), key=lambda row: row.screen == MANY_BILLS)
    return tuple(row for row in rows if prints or row.screen != MANY_BILLS)


def drop(desk: Desk, session: Session, act: UUID) -> None:
    """Forget a draft; nothing happens when there is none."""
    with desk.book.writing() as page:
        drafts.drop(page, act)
