"""Whom to telephone, and which line a thing stands on."""

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from counter_app.domain.network import Asset, AssetKind
from counter_app.domain.office import Officer, Post
from counter_app.store.tables import assets, officers

_LEVELS = list(Post)


def officers_for(connection: Connection, category: str, group: str) -> tuple[Officer, ...]:
    """The officers of a category of complaints and a group of consumers, level by level.

    Of each post the one who is named for both comes first, who answers for all last.
    """
    asked = select(officers).where(officers.c.category.in_([category, ""]), officers.c.group.in_([group, ""]))
    found = [
        Officer(
            Post(row["post"]), row["category"], row["group"], row["name_hi"], row["name_en"], row["phone"]
        )
        for row in connection.execute(asked).mappings()
    ]
    return tuple(sorted(found, key=lambda one: (_LEVELS.index(one.post), not one.category, not one.group)))


def asset(connection: Connection, typed: str) -> Asset | None:
    """The feeder, transformer or pole of a code, or of the number painted on it."""
    code = typed.strip()
    if not code:
        return None
    asked = select(assets).where(or_(assets.c.code == code, assets.c.painted == code))
    row = connection.execute(asked.order_by(assets.c.kind).limit(1)).mappings().first()
    return Asset(**{**row, "kind": AssetKind(row["kind"])}) if row else None
