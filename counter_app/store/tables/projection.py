"""Rows that follow from the journal alone and can be made again from it."""

from sqlalchemy import Boolean, Column, Integer, LargeBinary, MetaData, String, Table

from counter_app.store.columns import Day, Identity, Instant

PROJECTION = MetaData()

payments = Table(
    "payments",
    PROJECTION,
    Column("serial", Integer, primary_key=True),
    Column("act", Identity, nullable=False),
    Column("office", String, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("letters", String, nullable=False),
    Column("day", Day, nullable=False),
    Column("taken_at", Instant, nullable=False),
    Column("consumer", String, nullable=False),
    Column("bill_number", String, nullable=False),
    Column("bill_month", String, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("clerk", String, nullable=False),
    Column("drawer", Identity, nullable=False),
    Column("charge", String, nullable=False),
    Column("cancelled", Boolean, nullable=False),
    Column("lost", Integer, nullable=False),
)

payment_shares = Table(
    "payment_shares",
    PROJECTION,
    Column("payment", Integer, primary_key=True),
    Column("head", String, primary_key=True),
    Column("amount", Integer, nullable=False),
)

# Tenders that were corrected, or whose receipt was cancelled, are not ``live``; ``outcome`` is the bank's,
# ``settled_word`` the act that said it, and by ``settled_age`` it is set against others of its place.
tenders = Table(
    "tenders",
    PROJECTION,
    Column("payment", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("given", Integer, nullable=False),
    Column("returned", Integer, nullable=False),
    Column("reference", String, nullable=False),
    Column("approval", String, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("bank", String, nullable=False),
    Column("dated", Day),
    Column("live", Boolean, nullable=False),
    Column("outcome", String, nullable=False),
    Column("settled_as", String, nullable=False),
    Column("settled_on", Day),
    Column("settled_word", Identity),
    Column("settled_age", LargeBinary),
    Column("lost_at", Instant),
)

# Who was served before the queue; nobody is named.
priorities = Table(
    "priorities",
    PROJECTION,
    Column("act", Identity, primary_key=True),
    Column("day", Day, nullable=False),
    Column("to", String, nullable=False),
    Column("clerk", String, nullable=False),
)

# What was done about receipts, by its own numbers.
undoings = Table(
    "undoings",
    PROJECTION,
    Column("serial", Integer, primary_key=True),
    Column("act", Identity, nullable=False),
    Column("what", String, nullable=False),
    Column("payment", Integer, nullable=False),
    Column("letters", String, nullable=False),
    Column("day", Day, nullable=False),
    Column("done_at", Instant, nullable=False),
    Column("consumer", String, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("cash", Integer, nullable=False),
    Column("why", String, nullable=False),
    Column("note", String, nullable=False),
    Column("clerk", String, nullable=False),
    Column("approved", String, nullable=False),
    Column("way", String, nullable=False),
    Column("drawer", Identity, nullable=False),
)

complaints = Table(
    "complaints",
    PROJECTION,
    Column("serial", Integer, primary_key=True),
    Column("act", Identity, nullable=False),
    Column("office", String, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("letters", String, nullable=False),
    Column("consumer", String, nullable=False),
    Column("mobile", String, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("registered_at", Instant, nullable=False),
)

# What was recorded here about complaints of anywhere; the journal has what it says.
complaint_events = Table(
    "complaint_events",
    PROJECTION,
    Column("act", Identity, primary_key=True),
    Column("complaint", Identity, nullable=False),
)

drawers = Table(
    "drawers",
    PROJECTION,
    Column("drawer", Identity, primary_key=True),
    Column("clerk", String, nullable=False),
    Column("day", Day, nullable=False),
    Column("opening", Integer, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("expected", Integer),
    Column("counted", Integer),
    Column("note", String, nullable=False),
    Column("cash", Integer, nullable=False),
    Column("moved_in", Integer, nullable=False),
    Column("moved_out", Integer, nullable=False),
    Column("receipts", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("cancelled", Integer, nullable=False),
    Column("cancelled_amount", Integer, nullable=False),
    Column("corrected", Integer, nullable=False),
    Column("unlocked", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("letters", String, nullable=False),
    Column("closing", Identity),
    Column("handed_to", String, nullable=False),
    Column("kept", Integer, nullable=False),
)

# Something was done in a drawer: it must be counted.
TOUCHED = (drawers.c.receipts > 0) | (drawers.c.moved_in > 0) | (drawers.c.moved_out > 0)
TOUCHED |= drawers.c.unlocked > 0

# What each drawer took by each tender, kept as money moves: receipts that are not cancelled, and paise.
drawer_sums = Table(
    "drawer_sums",
    PROJECTION,
    Column("drawer", Identity, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("receipts", Integer, nullable=False),
    Column("amount", Integer, nullable=False),
)

# What each cashier kept of the last closing and has not opened a drawer with yet.
floats = Table(
    "floats",
    PROJECTION,
    Column("clerk", String, primary_key=True),
    Column("amount", Integer, nullable=False),
)

# What became of receipts of sealed drawers and stands in no Z report yet. Many confirmations are one row,
# which names no receipt.
late = Table(
    "late",
    PROJECTION,
    Column("what", String, primary_key=True),
    Column("receipt", String, primary_key=True),
    Column("amount", Integer, nullable=False),
)

# Cash in and out without a receipt. A handover has the ``move`` of that name, and the closing that gave it.
HANDOVER = "handover"
cash_moves = Table(
    "cash_moves",
    PROJECTION,
    Column("serial", Integer, primary_key=True),
    Column("act", Identity, nullable=False),
    Column("letters", String, nullable=False),
    Column("drawer", Identity, nullable=False),
    Column("move", String, nullable=False),
    Column("day", Day, nullable=False),
    Column("moved_at", Instant, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("clerk", String, nullable=False),
    Column("other", String, nullable=False),
    Column("approved", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("closing", Identity),
)

unlocks = Table(
    "unlocks",
    PROJECTION,
    Column("act", Identity, primary_key=True),
    Column("drawer", Identity, nullable=False),
    Column("day", Day, nullable=False),
    Column("unlocked_at", Instant, nullable=False),
    Column("clerk", String, nullable=False),
    Column("reason", String, nullable=False),
)

deposits = Table(
    "deposits",
    PROJECTION,
    Column("closing", Identity, primary_key=True),
    Column("day", Day, nullable=False),
    Column("noted_at", Instant, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("bank", String, nullable=False),
    Column("reference", String, nullable=False),
    Column("clerk", String, nullable=False),
)

tasks = Table(
    "tasks",
    PROJECTION,
    Column("of", Identity, primary_key=True),
    Column("task", String, primary_key=True),
    Column("payment", Integer, nullable=False),
    Column("consumer", String, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("born_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("done_by", String, nullable=False),
    Column("note", String, nullable=False),
    Column("lost_at", Instant),
)

# Work ended here that is no act of this journal's: of another counter, a surplus, an entry that is held.
follow_ups = Table(
    "follow_ups",
    PROJECTION,
    Column("of", Identity, primary_key=True),
    Column("task", String, primary_key=True),
    Column("done_at", Instant, nullable=False),
    Column("done_by", String, nullable=False),
    Column("note", String, nullable=False),
)

# When somebody last signed in here by password.
sign_ins = Table(
    "sign_ins",
    PROJECTION,
    Column("code", String, primary_key=True),
    Column("at", Instant, nullable=False),
)

# What was last found wrong with the clock, and what was decided about it.
clock_faults = Table(
    "clock_faults",
    PROJECTION,
    Column("id", Integer, primary_key=True),
    Column("fault", String, nullable=False),
    Column("seconds", Integer, nullable=False),
    Column("found_at", Instant, nullable=False),
    Column("decision", String, nullable=False),
    Column("decided_at", Instant),
    Column("decided_by", String, nullable=False),
)

paper_jobs = Table(
    "paper_jobs",
    PROJECTION,
    Column("job", Identity, primary_key=True),
    Column("paper", String, nullable=False),
    Column("subject", Identity),
    Column("consumer", String, nullable=False),
    Column("month", String, nullable=False),
    Column("copy", Integer, nullable=False),
    Column("reason", String, nullable=False),
    Column("state", String, nullable=False),
    Column("printer", String, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("segment", Integer, nullable=False),
)

serials = Table(
    "serials",
    PROJECTION,
    Column("series", String, primary_key=True),
    Column("last", Integer, nullable=False),
)

tries = Table(
    "tries",
    PROJECTION,
    Column("code", String, primary_key=True),
    Column("failed", Integer, nullable=False),
    Column("last_at", Instant, nullable=False),
)

# What the journal has of each segment, in the order in which they were begun: its newest entry, and the
# sum of all its hashes.
segments = Table(
    "segments",
    PROJECTION,
    Column("segment", Integer, primary_key=True),
    Column("begun", Integer, nullable=False),
    Column("upto", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
)
