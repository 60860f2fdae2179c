"""Version 19: the board also asks what a complaint is about and whether it is done."""

STATEMENTS = (
    "DROP INDEX complaint_states_board",
    """CREATE INDEX complaint_states_board
        ON complaint_states (type, priority, due_at, done_at, registered_at, feeder, dtr, open) WHERE open""",
)
