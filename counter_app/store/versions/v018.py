"""Version 18: payments that channels reported with a receipt of their own, under their own references."""

STATEMENTS = ("ALTER TABLE known_payments ADD COLUMN receipt TEXT NOT NULL DEFAULT ''",)
