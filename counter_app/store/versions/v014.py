"""Version 14: what the bank's number stands on, so that money which came pays once."""

STATEMENTS = ("CREATE INDEX tenders_settled ON tenders (substr(settled_as, -6)) WHERE settled_as <> ''",)
