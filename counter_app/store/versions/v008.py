"""Version 8: the money drawer. Sums that move with the money, what was done about receipts, cash without one.

What drawers took so far is summed up from their receipts. A drawer in which nothing had been moved ends when
its cashier opens the next: one open drawer a person, and the database says so.
"""

from sqlalchemy.engine import Connection

from counter_app.domain.entry import Header, Kind

_NEW = "INTEGER NOT NULL DEFAULT 0"
_TEXT = "TEXT NOT NULL DEFAULT ''"


def _sign_ins(connection: Connection) -> None:
    """When each code was last signed in with, by the clock of the entry."""
    asked = "SELECT payload ->> '$.code', header FROM journal WHERE kind = ? ORDER BY id"
    last = {
        code: Header.unpacked(header).wall_ms
        for code, header in connection.exec_driver_sql(asked, (int(Kind.SIGNED_IN),))
    }
    if last:
        connection.exec_driver_sql("INSERT INTO sign_ins VALUES (?, ?)", list(last.items()))


STATEMENTS = (
    f"ALTER TABLE payments ADD COLUMN charge {_TEXT}",
    f"ALTER TABLE payments ADD COLUMN cancelled {_NEW}",
    f"ALTER TABLE payments ADD COLUMN lost {_NEW}",
    """CREATE TABLE payment_shares (
        payment INTEGER NOT NULL REFERENCES payments (serial), head TEXT NOT NULL,
        amount INTEGER NOT NULL, PRIMARY KEY (payment, head)) WITHOUT ROWID, STRICT""",
    """INSERT INTO payment_shares
        SELECT payments.serial, share.value ->> 'head', sum(share.value ->> 'amount')
        FROM payments JOIN journal USING (act), json_each(journal.payload, '$.shares') AS share
        GROUP BY 1, 2""",
    f"ALTER TABLE tenders ADD COLUMN bank {_TEXT}",
    "ALTER TABLE tenders ADD COLUMN dated TEXT",
    "ALTER TABLE tenders ADD COLUMN live INTEGER NOT NULL DEFAULT 1",
    f"ALTER TABLE tenders ADD COLUMN outcome {_TEXT}",
    f"ALTER TABLE tenders ADD COLUMN settled_as {_TEXT}",
    "ALTER TABLE tenders ADD COLUMN settled_on TEXT",
    "UPDATE tenders SET outcome = CASE WHEN confirmed THEN 'confirmed' ELSE 'pending' END",
    "DROP INDEX tenders_utr",
    """CREATE UNIQUE INDEX tenders_utr ON tenders (reference)
        WHERE kind = 'upi' AND length(reference) = 12 AND live""",
    """CREATE UNIQUE INDEX tenders_cheque ON tenders (bank, reference)
        WHERE kind IN ('cheque', 'draft') AND live""",
    """CREATE UNIQUE INDEX tenders_other ON tenders (reference) WHERE kind = 'other' AND live""",
    "CREATE INDEX tenders_pending ON tenders (payment) WHERE outcome = 'pending' AND live",
    """CREATE TABLE undoings (
        serial INTEGER NOT NULL PRIMARY KEY, act BLOB NOT NULL UNIQUE, what TEXT NOT NULL,
        payment INTEGER NOT NULL REFERENCES payments (serial), letters TEXT NOT NULL, day TEXT NOT NULL,
        done_at INTEGER NOT NULL, consumer TEXT NOT NULL, amount INTEGER NOT NULL, cash INTEGER NOT NULL,
        why TEXT NOT NULL, note TEXT NOT NULL, clerk TEXT NOT NULL, approved TEXT NOT NULL,
        way TEXT NOT NULL, drawer BLOB NOT NULL) STRICT""",
    "CREATE INDEX undoings_payment ON undoings (payment)",
    "CREATE INDEX undoings_day ON undoings (day)",
    "CREATE UNIQUE INDEX undoings_once ON undoings (payment, what) WHERE what IN ('cancel', 'refund')",
    *(
        f"ALTER TABLE drawers ADD COLUMN {name} {kind}"
        for name, kind in (
            ("cash", _NEW),
            ("moved_in", _NEW),
            ("moved_out", _NEW),
            ("receipts", _NEW),
            ("first", _NEW),
            ("last", _NEW),
            ("cancelled", _NEW),
            ("cancelled_amount", _NEW),
            ("corrected", _NEW),
            ("unlocked", _NEW),
            ("serial", _NEW),
            ("letters", _TEXT),
            ("closing", "BLOB"),
            ("handed_to", _TEXT),
            ("kept", _NEW),
        )
    ),
    """UPDATE drawers SET receipts = taken.receipts, first = taken.first, last = taken.last
        FROM (SELECT drawer, count(*) AS receipts, min(serial) AS first, max(serial) AS last
            FROM payments GROUP BY drawer) AS taken
        WHERE taken.drawer = drawers.drawer""",
    """UPDATE drawers SET cash = taken.cash
        FROM (SELECT payments.drawer, sum(given - returned) AS cash
            FROM tenders JOIN payments ON payments.serial = tenders.payment
            WHERE kind = 'cash' GROUP BY payments.drawer) AS taken
        WHERE taken.drawer = drawers.drawer""",
    """UPDATE drawers SET closing = journal.act FROM journal
        WHERE journal.kind = 21
            AND unhex(replace(journal.payload ->> '$.drawer', '-', '')) = drawers.drawer""",
    """UPDATE drawers SET closed_at = later.opened_at, expected = 0, counted = 0
        FROM drawers AS later
        WHERE drawers.closed_at IS NULL AND drawers.receipts = 0 AND drawers.opening = 0
            AND later.clerk = drawers.clerk AND later.opened_at = (
                SELECT min(next.opened_at) FROM drawers AS next
                WHERE next.clerk = drawers.clerk AND next.opened_at > drawers.opened_at)""",
    "CREATE UNIQUE INDEX drawers_open ON drawers (clerk) WHERE closed_at IS NULL",
    "CREATE INDEX drawers_day ON drawers (day)",
    """CREATE TABLE drawer_sums (
        drawer BLOB NOT NULL, kind TEXT NOT NULL, receipts INTEGER NOT NULL, amount INTEGER NOT NULL,
        PRIMARY KEY (drawer, kind)) WITHOUT ROWID, STRICT""",
    """INSERT INTO drawer_sums
        SELECT payments.drawer, kind, count(DISTINCT payment), sum(tenders.amount)
        FROM tenders JOIN payments ON payments.serial = tenders.payment GROUP BY 1, 2""",
    """CREATE TABLE cash_moves (
        serial INTEGER NOT NULL PRIMARY KEY, act BLOB NOT NULL UNIQUE, letters TEXT NOT NULL,
        drawer BLOB NOT NULL, move TEXT NOT NULL, day TEXT NOT NULL, moved_at INTEGER NOT NULL,
        amount INTEGER NOT NULL, clerk TEXT NOT NULL, other TEXT NOT NULL, approved TEXT NOT NULL,
        reason TEXT NOT NULL, closing BLOB) STRICT""",
    "CREATE INDEX cash_moves_drawer ON cash_moves (drawer)",
    "CREATE UNIQUE INDEX cash_moves_closing ON cash_moves (closing) WHERE closing IS NOT NULL",
    """CREATE TABLE unlocks (
        act BLOB NOT NULL PRIMARY KEY, drawer BLOB NOT NULL, day TEXT NOT NULL,
        unlocked_at INTEGER NOT NULL, clerk TEXT NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID, STRICT""",
    """CREATE TABLE deposits (
        closing BLOB NOT NULL PRIMARY KEY, day TEXT NOT NULL, noted_at INTEGER NOT NULL,
        amount INTEGER NOT NULL, bank TEXT NOT NULL, reference TEXT NOT NULL, clerk TEXT NOT NULL)
        WITHOUT ROWID, STRICT""",
    """CREATE TABLE tasks (
        "of" BLOB NOT NULL, task TEXT NOT NULL, payment INTEGER NOT NULL, consumer TEXT NOT NULL,
        amount INTEGER NOT NULL, born_at INTEGER NOT NULL, done_at INTEGER, done_by TEXT NOT NULL,
        note TEXT NOT NULL, PRIMARY KEY ("of", task)) WITHOUT ROWID, STRICT""",
    "CREATE INDEX tasks_open ON tasks (born_at) WHERE done_at IS NULL",
    "CREATE TABLE sign_ins (code TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID, STRICT",
    _sign_ins,
    """CREATE TABLE clock_faults (
        id INTEGER NOT NULL PRIMARY KEY, fault TEXT NOT NULL, seconds INTEGER NOT NULL,
        found_at INTEGER NOT NULL, decision TEXT NOT NULL, decided_at INTEGER,
        decided_by TEXT NOT NULL) STRICT""",
    "CREATE TABLE cancelled_elsewhere (receipt TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID, STRICT",
    "CREATE TABLE pins (person BLOB NOT NULL PRIMARY KEY, hash TEXT NOT NULL) WITHOUT ROWID, STRICT",
)
