"""Version 4: what the billing side did with receipts of this counter."""

STATEMENTS = (
    """CREATE TABLE own_postings (
        serial INTEGER NOT NULL PRIMARY KEY, posted INTEGER NOT NULL, reversed INTEGER NOT NULL) STRICT""",
)
