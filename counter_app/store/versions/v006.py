"""Version 6: what the central office says of consumers, bills and rules; a lawful erasing of own entries.

An erased payload leaves one behind that says nothing of a person, so that the rows can still be made again.
"""

STATEMENTS = (
    """CREATE TABLE moved (
        consumer INTEGER NOT NULL PRIMARY KEY, office TEXT NOT NULL) STRICT""",
    """CREATE TABLE surpluses (
        consumer INTEGER NOT NULL, bill_number TEXT NOT NULL, amount INTEGER NOT NULL,
        PRIMARY KEY (consumer, bill_number)) WITHOUT ROWID, STRICT""",
    """CREATE TABLE rule_files (
        name TEXT NOT NULL PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID, STRICT""",
    """CREATE TABLE redacted (
        act BLOB NOT NULL PRIMARY KEY, payload BLOB NOT NULL) WITHOUT ROWID, STRICT""",
    "DROP TRIGGER journal_is_not_changed",
    """CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal
        WHEN NOT (NEW.payload = x'' AND NEW.salt = x'' AND NEW.id = OLD.id AND NEW.segment = OLD.segment
            AND NEW.seq = OLD.seq AND NEW.act = OLD.act AND NEW.kind = OLD.kind
            AND NEW.header = OLD.header AND NEW.signature = OLD.signature)
        BEGIN SELECT RAISE(ABORT, 'the journal is not changed'); END""",
)
