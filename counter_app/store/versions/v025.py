"""Version 25: receipts of other counters are known by their acts, for a counter that was cloned gives out one
number twice; the bank's word on a corrected one finds its tender by its place.

Receipts and what was handed over for them are put down anew from what is kept of the feed; cancellations,
corrections, and moves are read again. A clone's payment that was taken away by its number alone, because the
other one's was cancelled or moved, stays away.
"""

from functools import partial

from sqlalchemy.engine import Connection

from counter_app.domain.entry import Entry
from counter_app.domain.numbering import hash_letters
from counter_app.domain.payment import PaymentTaken
from counter_app.store.versions.heard import put_taken, read_again

_AGAIN = ("31.1", "32.1", "33.1")
_RECEIPT = "INSERT OR IGNORE INTO receipts_elsewhere VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_TENDER = "INSERT OR IGNORE INTO tenders_elsewhere VALUES (?1, ?2, ?3, 0, ?2, ?4, ?5, ?6, ?7, ?8, NOT ?8)"


def _put(connection: Connection, entry: Entry, said: PaymentTaken) -> None:
    act, letters = entry.header.act.bytes, hash_letters(entry.hash)
    receipt = f"{said.office}-{said.counter}-{said.serial:06d}"
    known = said.day.isoformat(), said.consumer, said.amount, said.charge, len(said.tenders)
    connection.exec_driver_sql(_RECEIPT, (act, receipt, letters, *known))
    for position, one in enumerate(said.tenders):
        if one.kind != "cash":
            handed = str(one.kind), one.amount, one.reference, one.bank, one.confirmed
            connection.exec_driver_sql(_TENDER, (act, position, receipt, *handed))


STATEMENTS = (
    "DROP TABLE moved_elsewhere",
    "DROP TABLE cancelled_elsewhere",
    "DROP TABLE tenders_elsewhere",
    "DROP TABLE receipts_elsewhere",
    """CREATE TABLE moved_elsewhere (
        act BLOB NOT NULL PRIMARY KEY, slip INTEGER NOT NULL, consumer INTEGER NOT NULL, month TEXT NOT NULL
        ) WITHOUT ROWID, STRICT""",
    "CREATE TABLE cancelled_elsewhere (act BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID, STRICT",
    """CREATE TABLE corrections_elsewhere (
        act BLOB NOT NULL, slip INTEGER NOT NULL, tenders INTEGER NOT NULL, PRIMARY KEY (act, slip)
        ) WITHOUT ROWID, STRICT""",
    """CREATE TABLE tenders_elsewhere (
        act BLOB NOT NULL, position INTEGER NOT NULL, receipt TEXT NOT NULL, slip INTEGER NOT NULL,
        place INTEGER, kind TEXT NOT NULL, amount INTEGER NOT NULL, reference TEXT NOT NULL,
        bank TEXT NOT NULL, confirmed INTEGER NOT NULL, waits INTEGER NOT NULL,
        PRIMARY KEY (act, position)) WITHOUT ROWID, STRICT""",
    """CREATE INDEX tenders_elsewhere_tail ON tenders_elsewhere (substr(reference, -6))
        WHERE length(reference) >= 6""",
    "CREATE INDEX tenders_elsewhere_waiting ON tenders_elsewhere (act) WHERE waits",
    """CREATE TABLE receipts_elsewhere (
        act BLOB NOT NULL PRIMARY KEY, receipt TEXT NOT NULL, letters TEXT NOT NULL, day TEXT NOT NULL,
        consumer TEXT NOT NULL, amount INTEGER NOT NULL, charge TEXT NOT NULL, tenders INTEGER NOT NULL
        ) WITHOUT ROWID, STRICT""",
    "CREATE INDEX receipts_elsewhere_consumer ON receipts_elsewhere (consumer)",
    partial(put_taken, put=_put),
    """UPDATE tenders_elsewhere AS t SET waits = 0 WHERE waits AND EXISTS (
        SELECT 1 FROM settled_elsewhere s WHERE s.act = t.act AND s.position = t.place)""",
    partial(read_again, kinds=_AGAIN),
)
