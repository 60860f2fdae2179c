"""Version 10: what was read of the feed so far, so that a newer program reads the rest; complaints that are
erased with all their steps; what was done about surpluses.
"""

import msgspec
from sqlalchemy.engine import Connection

_ENTRIES = (
    *((kind, 1) for kind in (1, 2, 10, 11, 12, 13, 14, 16, 17, *range(20, 26), *range(30, 37))),
    *((kind, 1) for kind in (40, 41, 50, 51, 60, 61, 62)),
    (2, 2), (21, 2), (30, 2),
)  # fmt: skip
_ITEMS = range(2, 15)


def _read_so_far(connection: Connection) -> None:
    """Kinds of entries with their versions, and kinds of items, that programs read until now."""
    known = sorted(f"{kind}.{version}" for kind, version in _ENTRIES) + sorted(
        f"item {one}" for one in _ITEMS
    )
    put = "INSERT INTO office_facts VALUES ('feed_read', ?)"
    connection.exec_driver_sql(put, (msgspec.json.encode(known),))


STATEMENTS = (
    "CREATE TABLE erased_complaints (complaint BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID, STRICT",
    *(
        f"""CREATE TABLE {name} (
            "of" BLOB NOT NULL, task TEXT NOT NULL, done_at INTEGER NOT NULL, done_by TEXT NOT NULL,
            note TEXT NOT NULL, PRIMARY KEY ("of", task)) WITHOUT ROWID, STRICT"""
        for name in ("follow_ups", "known_follow_ups")
    ),
    _read_so_far,
)
