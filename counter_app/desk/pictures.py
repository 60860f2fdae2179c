"""Photos and scans brought to the window: kept beside their complaint or request, and looked at again."""

from datetime import datetime
from uuid import UUID, uuid5

from counter_app.desk.complaint_steps import known_complaint
from counter_app.desk.confidential import hidden_types
from counter_app.desk.desk import Desk, demand, recorded
from counter_app.domain.complaint import PictureAttached
from counter_app.domain.complaint_refusals import TooManyPictures
from counter_app.domain.entry import Kind
from counter_app.domain.people import Right, Session
from counter_app.domain.picture import MOST, cut, demand_picture, name_of
from counter_app.store.book import Page
from counter_app.store.finds.pictures import pictures_of
from counter_app.store.rows import PictureRow


def of_complaint(desk: Desk, session: Session, complaint: UUID, at: datetime) -> tuple[PictureRow, ...]:
    """The pictures of a complaint, the oldest first. They may be anybody's: look at them with care."""
    demand(desk, session, Right.SEE_CONSUMERS, at)
    hidden = hidden_types(desk, session)
    with desk.book.reading() as connection:
        return pictures_of(connection, known_complaint(connection, complaint, hidden).act)


def attach(
    desk: Desk, session: Session, act: UUID, complaint: UUID, content: bytes, at: datetime
) -> tuple[PictureRow, ...]:
    """Keep one more picture beside a complaint; all it has. ``NoPicture``, ``TooManyPictures``.

    The same act, or the same picture, again changes nothing.
    """
    demand(desk, session, Right.MOVE_COMPLAINT, at)
    demand_picture(content)
    hidden = hidden_types(desk, session)
    with desk.book.writing() as page:
        row = known_complaint(page.connection, complaint, hidden)
        there = pictures_of(page.connection, complaint)
        if not recorded(page.connection, _act(act, 1), Kind.PICTURE_ATTACHED) and not any(
            one.name == name_of(content) for one in there
        ):
            if len(there) >= MOST:
                raise TooManyPictures(MOST)
            put(page, session, act, row.act, content, at)
        return pictures_of(page.connection, complaint)


def put(page: Page, session: Session, act: UUID, complaint: UUID, content: bytes, at: datetime) -> None:
    """Record a picture in its parts; each part's act follows from the act it was brought with."""
    name, parts = name_of(content), cut(content)
    for number, part in enumerate(parts, 1):
        said = PictureAttached(complaint, name, number, len(parts), part, at, session.person.code)
        page.record(said, act=_act(act, number), person=session.person.id, at=at)


def _act(act: UUID, number: int) -> UUID:
    return uuid5(act, f"picture {number}")
