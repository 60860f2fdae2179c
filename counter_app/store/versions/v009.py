"""Version 9: the end of the day in steps. Fixed counts, floats kept, and what comes after the seal.

Refunds that were asked for so far are carried into the next Z report. What a closing asks for has an index
of its own, so that it takes as long after years as on the first day.
"""

STATEMENTS = (
    """CREATE TABLE fixed_counts (
        drawer BLOB NOT NULL PRIMARY KEY, fixed_at INTEGER NOT NULL, counts BLOB NOT NULL)
        WITHOUT ROWID, STRICT""",
    "CREATE TABLE floats (clerk TEXT NOT NULL PRIMARY KEY, amount INTEGER NOT NULL) WITHOUT ROWID, STRICT",
    """CREATE TABLE late (
        what TEXT NOT NULL, receipt TEXT NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (what, receipt))
        WITHOUT ROWID, STRICT""",
    """INSERT INTO late
        SELECT 'refund', printf('%s-%d-%06d', office, counter, payments.serial), undoings.amount
        FROM undoings JOIN payments ON payments.serial = undoings.payment WHERE what = 'refund'""",
    "CREATE UNIQUE INDEX drawers_closing ON drawers (closing) WHERE closing IS NOT NULL",
    "CREATE INDEX drawers_handed ON drawers (handed_to) WHERE handed_to <> ''",
    "CREATE INDEX undoings_cancelled ON undoings (amount) WHERE what = 'cancel'",
    "CREATE INDEX paper_jobs_copies ON paper_jobs (asked_at) WHERE paper = 'receipt' AND copy > 1",
    """CREATE INDEX paper_jobs_not_out ON paper_jobs (asked_at)
        WHERE copy = 1 AND state IN ('waiting', 'unknown', 'failed')""",
)
