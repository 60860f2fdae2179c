"""One file a version of the database. A published step is never edited; a change is a new step."""
