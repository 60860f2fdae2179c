"""Version 11: the work that waits because of a surplus: what names it, since when, the newest receipt."""

STATEMENTS = (
    "ALTER TABLE surpluses ADD COLUMN receipt TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE surpluses ADD COLUMN since INTEGER",
    """ALTER TABLE surpluses ADD COLUMN "of" BLOB""",
)
