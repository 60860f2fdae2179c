"""Half-typed work, kept under the act it will be recorded as."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import RowMapping, delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from counter_app.store.page import Page
from counter_app.store.reference import names
from counter_app.store.rows import DraftRow, Names
from counter_app.store.tables import drafts


def keep(page: Page, act: UUID, screen: str, consumer: str, body: Mapping[str, str], at: datetime) -> None:
    """Keep what is typed so far, in place of what was kept for the same act."""
    row = {
        "act": act,
        "screen": screen,
        "consumer": consumer,
        "kept_at": at,
        "body": msgspec.json.encode(dict(body)),
    }
    put = insert(drafts).values(row)
    page.connection.execute(put.on_conflict_do_update(index_elements=["act"], set_=row))


def kept(connection: Connection) -> tuple[DraftRow, ...]:
    """Everything kept, newest first."""
    found = connection.execute(select(drafts).order_by(drafts.c.kept_at.desc())).mappings().all()
    return _rows(connection, found)


def drop(page: Page, act: UUID) -> None:
    """Forget what was kept for an act; nothing happens when there is nothing."""
    page.connection.execute(delete(drafts).where(drafts.c.act == act))


def _rows(connection: Connection, found: Sequence[RowMapping]) -> tuple[DraftRow, ...]:
    named = names(connection, {row["consumer"] for row in found})
    nobody = Names("", "")
    return tuple(
        DraftRow(
            act=row["act"],
            screen=row["screen"],
            consumer=row["consumer"],
            name_hi=named.get(row["consumer"], nobody).hi,
            name_en=named.get(row["consumer"], nobody).en,
            kept_at=row["kept_at"],
            body=msgspec.json.decode(row["body"], type=dict[str, str]),
        )
        for row in found
    )
