"""Version 12: papers of an account beside its bill, and papers as they were printed.

Each kind of paper of an account counts its prints of a month for itself.
"""

STATEMENTS = (
    "DROP INDEX paper_jobs_bill",
    """CREATE UNIQUE INDEX paper_jobs_account ON paper_jobs (consumer, paper, month, copy)
        WHERE subject IS NULL""",
    """CREATE TABLE paper_forms (
        id INTEGER NOT NULL PRIMARY KEY, paper TEXT NOT NULL, template TEXT NOT NULL, body BLOB NOT NULL,
        UNIQUE (paper, template)) STRICT""",
    """CREATE TABLE kept_papers (
        id INTEGER NOT NULL PRIMARY KEY, act BLOB NOT NULL UNIQUE, job BLOB NOT NULL,
        printed_at INTEGER NOT NULL, paper TEXT NOT NULL, template TEXT NOT NULL, form INTEGER,
        body BLOB NOT NULL) STRICT""",
    "CREATE INDEX kept_papers_job ON kept_papers (job)",
    "CREATE INDEX kept_papers_printed ON kept_papers (printed_at)",
)
