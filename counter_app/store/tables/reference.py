"""Rows that come from elsewhere and are replaced by newer ones."""

from sqlalchemy import Boolean, Column, Integer, LargeBinary, MetaData, String, Table

from counter_app.store.columns import BillMonth, Day, Identity, Instant

REFERENCE = MetaData()

office_facts = Table(
    "office_facts",
    REFERENCE,
    Column("name", String, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

people = Table(
    "people",
    REFERENCE,
    Column("id", Identity, primary_key=True),
    Column("code", String, nullable=False),
    Column("name_hi", String, nullable=False),
    Column("name_en", String, nullable=False),
    Column("role", String, nullable=False),
    Column("password_hash", String, nullable=False),
)

consumers = Table(
    "consumers",
    REFERENCE,
    Column("id", Integer, primary_key=True),
    Column("name_hi", String, nullable=False),
    Column("name_en", String, nullable=False),
    Column("relation", String, nullable=False),
    Column("relation_hi", String, nullable=False),
    Column("relation_en", String, nullable=False),
    Column("house", String, nullable=False),
    Column("locality_hi", String, nullable=False),
    Column("locality_en", String, nullable=False),
    Column("ward", String, nullable=False),
    Column("mobile", String, nullable=False),
    Column("meter", String, nullable=False),
    Column("supply", String, nullable=False),
    Column("old_number", String, nullable=False),
    Column("tariff", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("urban", Boolean, nullable=False),
    Column("load", Integer, nullable=False),
    Column("phases", Integer, nullable=False),
    Column("feeder", String, nullable=False),
    Column("feeder_hi", String, nullable=False),
    Column("feeder_en", String, nullable=False),
    Column("dtr", String, nullable=False),
    Column("pole", String, nullable=False),
    Column("group", String, nullable=False),
    Column("diary", String, nullable=False),
    Column("connected_on", Day),
    Column("deposit", Integer, nullable=False),
)

consumer_numbers = Table(
    "consumer_numbers",
    REFERENCE,
    Column("kind", Integer, primary_key=True),
    Column("reversed", String, primary_key=True),
    Column("consumer", Integer, primary_key=True),
)

# Folded words only, never what people wrote; ``words`` knows the parts. Consumers changed since stand below.
word_index = Table(
    "word_index",
    REFERENCE,
    Column("part", String, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

changed_words = Table(
    "changed_words",
    REFERENCE,
    Column("id", Integer, primary_key=True),
    Column("consumer", Integer, nullable=False),
)

# A month without a body is known by its use alone.
bills = Table(
    "bills",
    REFERENCE,
    Column("consumer", Integer, primary_key=True),
    Column("month", BillMonth, primary_key=True),
    Column("units", Integer, nullable=False),
    Column("reading", Integer, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("basis", String, nullable=False),
    Column("body", LargeBinary),
)

officers = Table(
    "officers",
    REFERENCE,
    Column("post", String, primary_key=True),
    Column("category", String, primary_key=True),
    Column("group", String, primary_key=True),
    Column("name_hi", String, nullable=False),
    Column("name_en", String, nullable=False),
    Column("phone", String, nullable=False),
)

assets = Table(
    "assets",
    REFERENCE,
    Column("kind", String, primary_key=True),
    Column("code", String, primary_key=True),
    Column("name_hi", String, nullable=False),
    Column("name_en", String, nullable=False),
    Column("above", String, nullable=False),
    Column("painted", String, nullable=False),
)

KEPT = {"kept": True}
"""Of a text that stays where a newer row says nothing of it."""

# ``receipt``: the number that a channel gave for it, empty for what the billing side's files tell.
# When the supply of a line is going to be off for work, as the centre says.
shutdowns = Table(
    "shutdowns",
    REFERENCE,
    Column("line", String, primary_key=True),
    Column("since", Instant, primary_key=True),
    Column("until", Instant, nullable=False),
    Column("reason_hi", String, nullable=False),
    Column("reason_en", String, nullable=False),
    Column("called_off", Boolean, nullable=False),
)

# The roster: who answers the telephone in a post for a stretch of time.
duties = Table(
    "duties",
    REFERENCE,
    Column("post", String, primary_key=True),
    Column("category", String, primary_key=True),
    Column("group", String, primary_key=True),
    Column("since", Instant, primary_key=True),
    Column("until", Instant, nullable=False),
    Column("name_hi", String, nullable=False),
    Column("name_en", String, nullable=False),
    Column("phone", String, nullable=False),
)

known_payments = Table(
    "known_payments",
    REFERENCE,
    Column("consumer", Integer, primary_key=True),
    Column("paid_on", Day, primary_key=True),
    Column("channel", String, primary_key=True),
    Column("reference", String, primary_key=True),
    Column("month", String, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("posted", Boolean, nullable=False),
    Column("receipt", String, nullable=False, info=KEPT),
    Column("lost", Integer, nullable=False),
)

# What the billing side did with receipts of this counter, as its files say.
own_postings = Table(
    "own_postings",
    REFERENCE,
    Column("serial", Integer, primary_key=True),
    Column("posted", Boolean, nullable=False),
    Column("reversed", Boolean, nullable=False),
)

# Consumers that belong to another office now; which one is empty where nobody said it.
moved = Table(
    "moved",
    REFERENCE,
    Column("consumer", Integer, primary_key=True),
    Column("office", String, nullable=False),
)

# By how much all payments of a bill together were too much (paise), as the centre says: since when, the
# receipt that came last, and what names the work that waits because of it (none from an older centre).
surpluses = Table(
    "surpluses",
    REFERENCE,
    Column("consumer", Integer, primary_key=True),
    Column("bill_number", String, primary_key=True),
    Column("amount", Integer, nullable=False),
    Column("receipt", String, nullable=False),
    Column("since", Instant),
    Column("of", Identity),
)

# Work that other counters ended; the first to do so is named.
known_follow_ups = Table(
    "known_follow_ups",
    REFERENCE,
    Column("of", Identity, primary_key=True),
    Column("task", String, primary_key=True),
    Column("done_at", Instant, nullable=False),
    Column("done_by", String, nullable=False),
    Column("note", String, nullable=False),
)

# Rule files that the company sent, by their name without ".toml".
rule_files = Table(
    "rule_files",
    REFERENCE,
    Column("name", String, primary_key=True),
    Column("text", String, nullable=False),
)

# What an own entry that was lawfully erased says instead: the same, and nothing of a person.
redacted = Table(
    "redacted",
    REFERENCE,
    Column("act", Identity, primary_key=True),
    Column("payload", LargeBinary, nullable=False),
)

# Receipts of other counters that count for another consumer since a slip, by their acts: a counter that was
# cloned gives out one number twice.
moved_elsewhere = Table(
    "moved_elsewhere",
    REFERENCE,
    Column("act", Identity, primary_key=True),
    Column("slip", Integer, nullable=False),
    Column("consumer", Integer, nullable=False),
    Column("month", String, nullable=False),
    Column("entry", LargeBinary, nullable=False),
)

# Those that were cancelled, by the same acts.
cancelled_elsewhere = Table("cancelled_elsewhere", REFERENCE, Column("act", Identity, primary_key=True))

# The corrections of receipts of others, by the receipt's act: how many tenders each says. Where a counter
# that was cloned gave out one slip twice, the entry with the highest hash holds; of moves too.
corrections_elsewhere = Table(
    "corrections_elsewhere",
    REFERENCE,
    Column("act", Identity, primary_key=True),
    Column("slip", Integer, primary_key=True),
    Column("tenders", Integer, nullable=False),
    Column("entry", LargeBinary, nullable=False),
)

# What was handed over for receipts of other counters and of channels, but for cash, as the newest correction
# (``slip``) says. ``act`` is the receipt's, ``receipt`` its number without letters. The bank speaks of a
# ``place`` at which all tenders before count too; none is known before the receipt itself is heard of. It
# ``waits`` until the bank has spoken, unless it was ``confirmed`` when it was recorded.
tenders_elsewhere = Table(
    "tenders_elsewhere",
    REFERENCE,
    Column("act", Identity, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("receipt", String, nullable=False),
    Column("slip", Integer, nullable=False),
    Column("place", Integer),
    Column("kind", String, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("reference", String, nullable=False),
    Column("bank", String, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("waits", Boolean, nullable=False),
)

# The receipts of others themselves, as they were given out, with how many tenders.
receipts_elsewhere = Table(
    "receipts_elsewhere",
    REFERENCE,
    Column("act", Identity, primary_key=True),
    Column("receipt", String, nullable=False),
    Column("letters", String, nullable=False),
    Column("day", Day, nullable=False),
    Column("consumer", String, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("charge", String, nullable=False),
    Column("tenders", Integer, nullable=False),
)

# Work to which entries of others gave birth, as the tasks of the journal here are. ``receipt`` is its act.
known_tasks = Table(
    "known_tasks",
    REFERENCE,
    Column("of", Identity, primary_key=True),
    Column("task", String, primary_key=True),
    Column("receipt", Identity, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("born_at", Instant, nullable=False),
)

# What the bank said of tenders of other counters, by the receipt's act and their places there; of each the
# newest, by its ``age``. ``word`` is the act that said it.
settled_elsewhere = Table(
    "settled_elsewhere",
    REFERENCE,
    Column("act", Identity, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("age", LargeBinary, nullable=False),
    Column("word", Identity, nullable=False),
    Column("outcome", String, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("reference", String, nullable=False),
)

# PINs, hashed as passwords are.
pins = Table(
    "pins",
    REFERENCE,
    Column("person", Identity, primary_key=True),
    Column("hash", String, nullable=False),
)

known_complaints = Table(
    "known_complaints",
    REFERENCE,
    Column("act", Identity, primary_key=True),
    Column("office", String, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("letters", String, nullable=False),
    Column("central_number", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("consumer", String, nullable=False),
    Column("mobile", String, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("registered_at", Instant, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# What was recorded elsewhere about complaints of anywhere.
known_events = Table(
    "known_events",
    REFERENCE,
    Column("act", Identity, primary_key=True),
    Column("complaint", Identity, nullable=False),
    Column("kind", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# The entries of elsewhere that hold parts of pictures, by their hash.
known_pictures = Table(
    "known_pictures",
    REFERENCE,
    Column("act", Identity, primary_key=True),
    Column("complaint", Identity, nullable=False),
    Column("entry", LargeBinary, nullable=False),
)

# Where each complaint stands, own ones and those of elsewhere: folded from all that is known of it. ``part``
# and ``own_done_at`` are what its own steps say, ``stage`` to ``done_at`` also what it is a part of.
complaint_states = Table(
    "complaint_states",
    REFERENCE,
    Column("act", Identity, primary_key=True),
    Column("office", String, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("tail", String, nullable=False),
    Column("letters", String, nullable=False),
    Column("central_number", String, nullable=False),
    Column("consumer", String, nullable=False),
    Column("mobile", String, nullable=False),
    Column("type", String, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("dtr", String, nullable=False),
    Column("feeder", String, nullable=False),
    Column("registered_at", Instant, nullable=False),
    Column("due_at", Instant),
    Column("stage", String, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("attention", Boolean, nullable=False),
    Column("since", Instant, nullable=False),
    Column("done_at", Instant),
    Column("reopened", Integer, nullable=False),
    Column("holder", String, nullable=False),
    Column("joined", Identity),
    Column("part", Boolean, nullable=False),
    Column("own_done_at", Instant),
    Column("division_at", Instant),
    Column("circle_at", Instant),
)
