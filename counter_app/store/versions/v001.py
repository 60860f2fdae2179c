"""Version 1: the first tables.

The journal is only ever added to: triggers refuse every change and deletion. Serials are primary
keys, acts and whole UTRs unique, so that nothing is recorded twice whatever the code above does. Every
table holds values of its columns' types only (STRICT).
"""

STATEMENTS = (
    # -- reference
    """CREATE TABLE office_facts (
        name TEXT NOT NULL PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID, STRICT""",
    """CREATE TABLE people (
        id BLOB NOT NULL PRIMARY KEY, code TEXT NOT NULL COLLATE NOCASE UNIQUE, name_hi TEXT NOT NULL,
        name_en TEXT NOT NULL, role TEXT NOT NULL, password_hash TEXT NOT NULL) WITHOUT ROWID, STRICT""",
    """CREATE TABLE consumers (
        id INTEGER NOT NULL PRIMARY KEY, name_hi TEXT NOT NULL, name_en TEXT NOT NULL,
        relation TEXT NOT NULL, relation_hi TEXT NOT NULL, relation_en TEXT NOT NULL,
        house TEXT NOT NULL, locality_hi TEXT NOT NULL, locality_en TEXT NOT NULL, ward TEXT NOT NULL,
        mobile TEXT NOT NULL, meter TEXT NOT NULL, supply TEXT NOT NULL, old_number TEXT NOT NULL,
        tariff TEXT NOT NULL, purpose TEXT NOT NULL, urban INTEGER NOT NULL, load INTEGER NOT NULL,
        phases INTEGER NOT NULL, feeder TEXT NOT NULL, feeder_hi TEXT NOT NULL, feeder_en TEXT NOT NULL,
        dtr TEXT NOT NULL, pole TEXT NOT NULL, "group" TEXT NOT NULL, diary TEXT NOT NULL,
        connected_on TEXT, deposit INTEGER NOT NULL) STRICT""",
    """CREATE TABLE consumer_numbers (
        kind INTEGER NOT NULL, reversed TEXT NOT NULL, consumer INTEGER NOT NULL,
        PRIMARY KEY (kind, reversed, consumer)) WITHOUT ROWID, STRICT""",
    # Ways a consumer's numbers are taken out again when a newer row replaces it.
    "CREATE INDEX consumer_numbers_of ON consumer_numbers (consumer)",
    """CREATE VIRTUAL TABLE consumer_words USING fts5(
        name, place, skeleton, supply UNINDEXED, tokenize = 'ascii', prefix = '1 2 3', detail = column)""",
    """CREATE TABLE bills (
        consumer INTEGER NOT NULL PRIMARY KEY, number TEXT NOT NULL, month INTEGER NOT NULL,
        issued TEXT NOT NULL, due TEXT NOT NULL, body BLOB NOT NULL) STRICT""",
    """CREATE TABLE history (
        consumer INTEGER NOT NULL, month INTEGER NOT NULL, units INTEGER NOT NULL,
        reading INTEGER NOT NULL, amount INTEGER NOT NULL, basis TEXT NOT NULL,
        PRIMARY KEY (consumer, month)) WITHOUT ROWID, STRICT""",
    """CREATE TABLE known_payments (
        consumer INTEGER NOT NULL, paid_on TEXT NOT NULL, channel TEXT NOT NULL,
        reference TEXT NOT NULL, month TEXT NOT NULL, amount INTEGER NOT NULL, posted INTEGER NOT NULL,
        PRIMARY KEY (consumer, paid_on, channel, reference)) WITHOUT ROWID, STRICT""",
    """CREATE INDEX known_payments_tail ON known_payments (substr(reference, -6))
        WHERE length(reference) >= 6""",
    """CREATE TABLE known_complaints (
        act BLOB NOT NULL PRIMARY KEY, office TEXT NOT NULL, counter INTEGER NOT NULL,
        serial INTEGER NOT NULL, letters TEXT NOT NULL, central_number TEXT NOT NULL,
        channel TEXT NOT NULL, consumer TEXT NOT NULL, mobile TEXT NOT NULL, priority INTEGER NOT NULL,
        registered_at INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID, STRICT""",
    "CREATE INDEX known_complaints_consumer ON known_complaints (consumer)",
    """CREATE TABLE known_steps (
        act BLOB NOT NULL PRIMARY KEY, complaint BLOB NOT NULL, stage TEXT NOT NULL,
        done_at INTEGER NOT NULL, done_by TEXT NOT NULL, note TEXT NOT NULL) WITHOUT ROWID, STRICT""",
    "CREATE INDEX known_steps_complaint ON known_steps (complaint, stage)",
    # -- projections
    """CREATE TABLE payments (
        serial INTEGER NOT NULL PRIMARY KEY, act BLOB NOT NULL UNIQUE, office TEXT NOT NULL,
        counter INTEGER NOT NULL, letters TEXT NOT NULL, day TEXT NOT NULL, taken_at INTEGER NOT NULL,
        consumer TEXT NOT NULL, bill_number TEXT NOT NULL, bill_month TEXT NOT NULL,
        amount INTEGER NOT NULL CHECK (amount > 0), clerk TEXT NOT NULL, drawer BLOB NOT NULL) STRICT""",
    "CREATE INDEX payments_day ON payments (day)",
    "CREATE INDEX payments_consumer ON payments (consumer)",
    "CREATE INDEX payments_drawer ON payments (drawer)",
    """CREATE TABLE tenders (
        payment INTEGER NOT NULL REFERENCES payments (serial), position INTEGER NOT NULL,
        kind TEXT NOT NULL, amount INTEGER NOT NULL CHECK (amount > 0), given INTEGER NOT NULL,
        returned INTEGER NOT NULL, reference TEXT NOT NULL, approval TEXT NOT NULL,
        confirmed INTEGER NOT NULL, PRIMARY KEY (payment, position)) WITHOUT ROWID, STRICT""",
    """CREATE UNIQUE INDEX tenders_utr ON tenders (reference)
        WHERE kind = 'upi' AND length(reference) = 12""",
    "CREATE INDEX tenders_tail ON tenders (substr(reference, -6)) WHERE kind = 'upi'",
    """CREATE TABLE complaints (
        serial INTEGER NOT NULL PRIMARY KEY, act BLOB NOT NULL UNIQUE, office TEXT NOT NULL,
        counter INTEGER NOT NULL, letters TEXT NOT NULL, consumer TEXT NOT NULL, mobile TEXT NOT NULL,
        priority INTEGER NOT NULL, registered_at INTEGER NOT NULL) STRICT""",
    "CREATE INDEX complaints_consumer ON complaints (consumer)",
    """CREATE TABLE complaint_steps (
        act BLOB NOT NULL PRIMARY KEY, complaint BLOB NOT NULL, stage TEXT NOT NULL,
        done_at INTEGER NOT NULL, done_by TEXT NOT NULL, note TEXT NOT NULL) WITHOUT ROWID, STRICT""",
    "CREATE INDEX complaint_steps_complaint ON complaint_steps (complaint, stage)",
    """CREATE TABLE drawers (
        drawer BLOB NOT NULL PRIMARY KEY, clerk TEXT NOT NULL, day TEXT NOT NULL,
        opening INTEGER NOT NULL, opened_at INTEGER NOT NULL, closed_at INTEGER, expected INTEGER,
        counted INTEGER, note TEXT NOT NULL) WITHOUT ROWID, STRICT""",
    """CREATE TABLE paper_jobs (
        job BLOB NOT NULL PRIMARY KEY, paper TEXT NOT NULL, subject BLOB, consumer TEXT NOT NULL,
        month TEXT NOT NULL, copy INTEGER NOT NULL, reason TEXT NOT NULL, state TEXT NOT NULL,
        printer TEXT NOT NULL, asked_at INTEGER NOT NULL, segment INTEGER NOT NULL) WITHOUT ROWID, STRICT""",
    """CREATE UNIQUE INDEX paper_jobs_copy ON paper_jobs (subject, copy)
        WHERE subject IS NOT NULL""",
    """CREATE UNIQUE INDEX paper_jobs_bill ON paper_jobs (consumer, month, copy)
        WHERE subject IS NULL""",
    """CREATE INDEX paper_jobs_doubt ON paper_jobs (state)
        WHERE state IN ('waiting', 'sent', 'unknown')""",
    "CREATE INDEX paper_jobs_asked ON paper_jobs (asked_at) WHERE subject IS NULL",
    "CREATE TABLE serials (series TEXT NOT NULL PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID, STRICT",
    """CREATE TABLE tries (
        code TEXT NOT NULL PRIMARY KEY, failed INTEGER NOT NULL, last_at INTEGER NOT NULL)
        WITHOUT ROWID, STRICT""",
    # -- the journal and half-typed work
    """CREATE TABLE journal (
        id INTEGER NOT NULL PRIMARY KEY, segment INTEGER NOT NULL, seq INTEGER NOT NULL,
        act BLOB NOT NULL UNIQUE, kind INTEGER NOT NULL, header BLOB NOT NULL, payload BLOB NOT NULL,
        salt BLOB NOT NULL, signature BLOB NOT NULL, UNIQUE (segment, seq)) STRICT""",
    """CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is not changed'); END""",
    """CREATE TRIGGER journal_is_not_deleted BEFORE DELETE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is not deleted'); END""",
    """CREATE TABLE drafts (
        act BLOB NOT NULL PRIMARY KEY, screen TEXT NOT NULL, consumer TEXT NOT NULL,
        kept_at INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID, STRICT""",
)
