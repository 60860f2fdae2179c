"""Version 16: who was served before the queue; complaints by when they came and when they were done."""

STATEMENTS = (
    """CREATE TABLE priorities (
        act BLOB NOT NULL PRIMARY KEY, day TEXT NOT NULL, "to" TEXT NOT NULL, clerk TEXT NOT NULL)
        WITHOUT ROWID, STRICT""",
    "CREATE INDEX priorities_day ON priorities (day)",
    """CREATE INDEX complaint_states_board
        ON complaint_states (priority, due_at, registered_at, feeder, dtr, open) WHERE open""",
    "CREATE INDEX complaint_states_registered ON complaint_states (registered_at)",
    "CREATE INDEX complaint_states_done ON complaint_states (done_at) WHERE done_at IS NOT NULL",
)
