"""Version 22: from when the division, and the circle, have a complaint by its time limits.

The rows are made again at the start that follows, from what was recorded.
"""

STATEMENTS = (
    "ALTER TABLE complaint_states ADD COLUMN division_at INTEGER",
    "ALTER TABLE complaint_states ADD COLUMN circle_at INTEGER",
    "DROP INDEX complaint_states_board",
    """CREATE INDEX complaint_states_board
        ON complaint_states (type, priority, due_at, done_at, registered_at, feeder, dtr, division_at,
        circle_at, open) WHERE open""",
    "DELETE FROM office_facts WHERE name = 'complaints_folded'",
)
