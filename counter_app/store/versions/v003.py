"""The line to the centre: what the journal has of each segment, what came in the feed, when it answered."""

import hashlib

from sqlalchemy.engine import Connection

from counter_app.domain.entry import NO_DIGEST, added

_CHUNK = 1000


def _sum_up(connection: Connection) -> None:
    """What the journal has of each segment by now."""
    stands: dict[int, tuple[int, int, bytes, bytes]] = {}
    last = 0
    asked = "SELECT id, segment, seq, header FROM journal WHERE id > ? ORDER BY id LIMIT ?"
    while rows := connection.exec_driver_sql(asked, (last, _CHUNK)).all():
        for _, segment, seq, header in rows:
            begun, _, _, digest = stands.get(segment, (len(stands) + 1, 0, b"", NO_DIGEST))
            entry_hash = hashlib.sha256(header).digest()
            stands[segment] = begun, seq, entry_hash, added(digest, entry_hash)
        last = rows[-1].id
    put = "INSERT INTO segments VALUES (?, ?, ?, ?, ?)"
    if stands:
        connection.exec_driver_sql(put, [(segment, *stand) for segment, stand in stands.items()])


STATEMENTS = (
    """CREATE TABLE segments (
        segment INTEGER NOT NULL PRIMARY KEY, begun INTEGER NOT NULL UNIQUE, upto INTEGER NOT NULL,
        hash BLOB NOT NULL, digest BLOB NOT NULL) STRICT""",
    """CREATE TABLE marks (
        segment INTEGER NOT NULL PRIMARY KEY, received INTEGER NOT NULL, archived INTEGER NOT NULL) STRICT""",
    """CREATE TABLE feed (
        seq INTEGER NOT NULL PRIMARY KEY, chain BLOB NOT NULL, kind INTEGER NOT NULL, entry BLOB,
        body BLOB NOT NULL) STRICT""",
    "CREATE INDEX feed_entry ON feed (entry) WHERE entry IS NOT NULL",
    "CREATE INDEX feed_kind ON feed (kind) WHERE entry IS NULL",
    """CREATE TABLE foreign_entries (
        hash BLOB NOT NULL PRIMARY KEY, header BLOB NOT NULL, payload BLOB NOT NULL, salt BLOB NOT NULL,
        placed INTEGER NOT NULL, returned INTEGER NOT NULL) WITHOUT ROWID, STRICT""",
    """CREATE INDEX foreign_entries_lost ON foreign_entries (hash)
        WHERE NOT placed AND NOT returned""",
    """CREATE TABLE contacts (
        since INTEGER NOT NULL PRIMARY KEY, until INTEGER NOT NULL) STRICT""",
    _sum_up,
)
