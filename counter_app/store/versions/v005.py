"""Version 5: the index of words in blobs instead of a full-text table; who else is on a transformer."""

STATEMENTS = (
    "DROP TABLE consumer_words",
    "DELETE FROM office_facts WHERE name = 'name_keys'",
    """CREATE TABLE word_index (part TEXT NOT NULL PRIMARY KEY, body BLOB NOT NULL) STRICT""",
    """CREATE TABLE changed_words (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, consumer INTEGER NOT NULL) STRICT""",
    "CREATE INDEX consumers_dtr ON consumers (dtr)",
)
