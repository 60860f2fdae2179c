"""What goes above the office: complaints that are shown to nobody in it but to who may see them.

Only their numbers are missing in its lists, since none of a series may be.
"""

from uuid import UUID

from counter_app.desk.desk import Desk, holds
from counter_app.domain.people import Right, Session
from counter_app.store import finds
from counter_app.store.engine import Connection


def hidden_types(desk: Desk, session: Session) -> frozenset[str]:
    """The codes of the complaint types that somebody may not see, wherever they stand."""
    return frozenset() if holds(desk, session, Right.SEE_CONFIDENTIAL) else desk.rules.confidential


def paper_is_hidden(desk: Desk, session: Session, connection: Connection, subject: UUID | None) -> bool:
    """Whether the paper of an act is kept from somebody: who registered the complaint may print its slip."""
    row = finds.complaint(connection, subject) if subject else None
    if row is None or row.registered.clerk == session.person.code:
        return False
    return row.registered.type in hidden_types(desk, session)
