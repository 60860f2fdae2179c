"""Version 12: papers of an account beside its bill: each kind counts its prints of a month for itself."""

STATEMENTS = (
    "DROP INDEX paper_jobs_bill",
    """CREATE UNIQUE INDEX paper_jobs_account ON paper_jobs (consumer, paper, month, copy)
        WHERE subject IS NULL""",
)
