"""Version 7: an erasure is remembered, so that what comes once more stays empty.

Only what was erased may lose its payload. Whom another office serves is found below the own consumers.
"""

STATEMENTS = (
    "CREATE TABLE erased (hash BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID, STRICT",
    "INSERT INTO erased SELECT hash FROM foreign_entries WHERE payload = x'' AND salt = x''",
    "DROP TRIGGER journal_is_not_changed",
    """CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal
        WHEN NOT (NEW.payload = x'' AND NEW.salt = x'' AND NEW.id = OLD.id AND NEW.segment = OLD.segment
            AND NEW.seq = OLD.seq AND NEW.act = OLD.act AND NEW.kind = OLD.kind
            AND NEW.header = OLD.header AND NEW.signature = OLD.signature
            AND EXISTS (SELECT 1 FROM redacted WHERE redacted.act = OLD.act))
        BEGIN SELECT RAISE(ABORT, 'the journal is not changed'); END""",
    "INSERT INTO changed_words (consumer) SELECT consumer FROM moved",
)
