"""Version 23: cheques of other counters, and the work that their receipts leave; the bank's word on a tender
stays with it when another part of its receipt is corrected.

What was handed over elsewhere is put down anew from what is kept of the feed; corrections, refunds asked for,
and work that is done are read again.
"""

from functools import partial

from sqlalchemy.engine import Connection

from counter_app.domain.entry import Entry
from counter_app.domain.numbering import hash_letters
from counter_app.domain.payment import PaymentTaken
from counter_app.store.versions.heard import put_taken, read_again

_AGAIN = ("32.1", "34.1", "35.1", "36.1")
_RECEIPT = "INSERT OR IGNORE INTO receipts_elsewhere VALUES (?, ?, ?, ?, ?, ?)"
_TASK = "INSERT OR IGNORE INTO known_tasks VALUES (?, 'reconnect', ?, ?, ?)"
_TENDER = """
    INSERT OR REPLACE INTO tenders_elsewhere
    SELECT ?1, ?2, ?3, 0, ?4, ?5, ?6, ?7, ?8 WHERE ?1 NOT IN (SELECT receipt FROM cancelled_elsewhere)"""
_UNSAID = """
    SELECT t.payment, t.position, b.settled_as, b.settled_on FROM tenders t JOIN tenders b ON
        b.payment = t.payment AND b.position < t.position AND b.kind = t.kind AND b.amount = t.amount
        AND b.reference = t.reference AND b.approval = t.approval AND b.bank = t.bank
    WHERE t.outcome = 'confirmed' AND t.settled_as = '' AND b.outcome = 'confirmed' AND b.settled_as <> ''
    ORDER BY t.payment, t.position, b.position DESC LIMIT 1"""
_SAY = "UPDATE tenders SET settled_as = ?, settled_on = ? WHERE payment = ? AND position = ?"


def _put(connection: Connection, entry: Entry, said: PaymentTaken) -> None:
    act, letters = entry.header.act.bytes, hash_letters(entry.hash)
    receipt = f"{said.office}-{said.counter}-{said.serial:06d}"
    values = (receipt, act, letters, said.day.isoformat(), said.consumer, said.amount)
    connection.exec_driver_sql(_RECEIPT, values)
    if said.charge == "reconnection":
        connection.exec_driver_sql(_TASK, (act, act, said.amount, entry.header.wall_ms))
    for position, one in enumerate(said.tenders):
        if one.kind != "cash":
            known = one.reference, one.bank, not one.confirmed
            connection.exec_driver_sql(_TENDER, (receipt, position, act, str(one.kind), one.amount, *known))


def _say_again(connection: Connection) -> None:
    while row := connection.exec_driver_sql(_UNSAID).first():
        connection.exec_driver_sql(_SAY, (row.settled_as, row.settled_on, row.payment, row.position))


STATEMENTS = (
    "DROP TABLE tenders_elsewhere",
    """CREATE TABLE tenders_elsewhere (
        receipt TEXT NOT NULL, position INTEGER NOT NULL, act BLOB NOT NULL, slip INTEGER NOT NULL,
        kind TEXT NOT NULL, amount INTEGER NOT NULL, reference TEXT NOT NULL, bank TEXT NOT NULL,
        waits INTEGER NOT NULL, PRIMARY KEY (receipt, position)) WITHOUT ROWID, STRICT""",
    "CREATE INDEX tenders_elsewhere_act ON tenders_elsewhere (act)",
    """CREATE INDEX tenders_elsewhere_tail ON tenders_elsewhere (substr(reference, -6))
        WHERE length(reference) >= 6""",
    "CREATE INDEX tenders_elsewhere_waiting ON tenders_elsewhere (receipt) WHERE waits",
    """CREATE TABLE receipts_elsewhere (
        receipt TEXT NOT NULL PRIMARY KEY, act BLOB NOT NULL, letters TEXT NOT NULL, day TEXT NOT NULL,
        consumer TEXT NOT NULL, amount INTEGER NOT NULL) WITHOUT ROWID, STRICT""",
    "CREATE INDEX receipts_elsewhere_act ON receipts_elsewhere (act)",
    """CREATE TABLE known_tasks (
        "of" BLOB NOT NULL, task TEXT NOT NULL, receipt BLOB NOT NULL, amount INTEGER NOT NULL,
        born_at INTEGER NOT NULL, PRIMARY KEY ("of", task)) WITHOUT ROWID, STRICT""",
    partial(put_taken, put=_put),
    """UPDATE tenders_elsewhere AS t SET waits = 0 WHERE waits AND EXISTS (
        SELECT 1 FROM settled_elsewhere s WHERE s.act = t.act AND s.position = t.position)""",
    partial(read_again, kinds=_AGAIN),
    _say_again,
)
