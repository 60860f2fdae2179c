"""Photos and scans beside complaints, put together of their parts, here and from elsewhere."""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.engine import Connection

from counter_app.domain.complaint import PictureAttached
from counter_app.domain.entry import Kind
from counter_app.domain.picture import joined
from counter_app.store.rows import PictureRow
from counter_app.wire.payloads import PayloadDamaged, decode

_KIND = int(Kind.PICTURE_ATTACHED)
_VERSION = 1
# What was erased is empty, in both.
_OWN = """
    SELECT j.payload FROM complaint_events e JOIN journal j USING (act)
    WHERE e.complaint = ? AND j.kind = ? AND j.payload <> x''"""
_KNOWN = """
    SELECT f.payload FROM known_pictures k JOIN foreign_entries f ON f.hash = k.entry
    WHERE k.complaint = ? AND f.payload <> x''"""


class _Parts(NamedTuple):
    """What is here of a picture."""

    first: PictureAttached
    found: dict[int, bytes]


def pictures_of(connection: Connection, complaint: UUID) -> tuple[PictureRow, ...]:
    """The pictures of a complaint, the oldest first; without content while parts of one are still to come."""
    pictures: dict[str, _Parts] = {}
    for said in _said(connection, complaint):
        parts = pictures.setdefault(said.picture, _Parts(said, {}))
        parts.found[said.part] = said.content
    rows = [
        PictureRow(name, said.at, said.by, joined(found, said.parts, name))
        for name, (said, found) in pictures.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.at, row.name)))


def _said(connection: Connection, complaint: UUID) -> Iterator[PictureAttached]:
    """Every part of them. What is none by its bytes is left out: it came from elsewhere."""
    own = connection.exec_driver_sql(_OWN, (complaint.bytes, _KIND)).scalars()
    for payload in (*own, *connection.exec_driver_sql(_KNOWN, (complaint.bytes,)).scalars()):
        try:
            said = decode(_KIND, _VERSION, payload)
        except PayloadDamaged:
            continue
        if isinstance(said, PictureAttached):
            yield said
