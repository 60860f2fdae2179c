"""Counts of open drawers, fixed before anybody saw what was expected. The first one stands."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from counter_app.store.page import Page
from counter_app.store.rows import FixedCount
from counter_app.store.tables import fixed_counts

if TYPE_CHECKING:
    from counter_app.domain.drawer import Counted


def fix(page: Page, drawer: UUID, counts: "Sequence[Counted]", at: datetime) -> None:
    """Fix a drawer's count; one that is fixed already stays."""
    row = {"drawer": drawer, "fixed_at": at, "counts": msgspec.json.encode(counts)}
    page.connection.execute(insert(fixed_counts).values(row).on_conflict_do_nothing())


def fixed(connection: Connection, drawer: UUID) -> FixedCount | None:
    """The count of a drawer; None while it is not fixed."""
    row = connection.execute(select(fixed_counts).where(fixed_counts.c.drawer == drawer)).first()
    if row is None:
        return None
    from counter_app.domain.drawer import Counted  # most starts find no count

    return FixedCount(row.fixed_at, msgspec.json.decode(row.counts, type=tuple[Counted, ...]))


def drop(page: Page, drawer: UUID) -> None:
    """The drawer is sealed, and its count stands in the journal."""
    page.connection.execute(delete(fixed_counts).where(fixed_counts.c.drawer == drawer))
