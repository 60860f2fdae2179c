"""Version 20: photos and scans of other counters; planned shutdowns; who is on duty when."""

STATEMENTS = (
    """CREATE TABLE known_pictures (
        act BLOB NOT NULL PRIMARY KEY, complaint BLOB NOT NULL, entry BLOB NOT NULL)
        WITHOUT ROWID, STRICT""",
    "CREATE INDEX known_pictures_complaint ON known_pictures (complaint)",
    """CREATE TABLE shutdowns (
        line TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL, reason_hi TEXT NOT NULL,
        reason_en TEXT NOT NULL, called_off INTEGER NOT NULL, PRIMARY KEY (line, since))
        WITHOUT ROWID, STRICT""",
    """CREATE TABLE duties (
        post TEXT NOT NULL, category TEXT NOT NULL, "group" TEXT NOT NULL, since INTEGER NOT NULL,
        until INTEGER NOT NULL, name_hi TEXT NOT NULL, name_en TEXT NOT NULL, phone TEXT NOT NULL,
        PRIMARY KEY (post, category, "group", since)) WITHOUT ROWID, STRICT""",
    "CREATE INDEX duties_until ON duties (until)",
)
