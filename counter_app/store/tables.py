"""The tables, as queries see them. ``versions`` makes them; a test compares the two.

Two kinds are kept apart: *reference* rows come from elsewhere and are replaced by newer ones;
*projection* rows follow from the journal alone and can be made again from it. Consumers are keyed
by the ten digits of their number; projections keep the text of the payload.
"""

from sqlalchemy import Boolean, Column, Integer, LargeBinary, MetaData, String, Table

from counter_app.store.columns import BillMonth, Day, Identity, Instant

REFERENCE = MetaData()
PROJECTION = MetaData()
OWN = MetaData()

# -- reference -------------------------------------------------------------------------------------

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

# By how much all payments of a bill together were too much (paise), as the centre says.
surpluses = Table(
    "surpluses",
    REFERENCE,
    Column("consumer", Integer, primary_key=True),
    Column("bill_number", String, primary_key=True),
    Column("amount", Integer, nullable=False),
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

known_steps = Table(
    "known_steps",
    REFERENCE,
    Column("act", Identity, primary_key=True),
    Column("complaint", Identity, nullable=False),
    Column("stage", String, nullable=False),
    Column("done_at", Instant, nullable=False),
    Column("done_by", String, nullable=False),
    Column("note", String, nullable=False),
)

# -- projections -----------------------------------------------------------------------------------

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
)

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

complaint_steps = Table(
    "complaint_steps",
    PROJECTION,
    Column("act", Identity, primary_key=True),
    Column("complaint", Identity, nullable=False),
    Column("stage", String, nullable=False),
    Column("done_at", Instant, nullable=False),
    Column("done_by", String, nullable=False),
    Column("note", String, nullable=False),
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

# -- the journal and half-typed work ------------------------------------------------------------------

journal = Table(
    "journal",
    OWN,
    Column("id", Integer, primary_key=True),
    Column("segment", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("act", Identity, nullable=False),
    Column("kind", Integer, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

drafts = Table(
    "drafts",
    OWN,
    Column("act", Identity, primary_key=True),
    Column("screen", String, nullable=False),
    Column("consumer", String, nullable=False),
    Column("kept_at", Instant, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# -- the line to the centre ---------------------------------------------------------------------------

# What the centre said of an own segment: up to where it has it, and up to where that is in a checked backup.
marks = Table(
    "marks",
    OWN,
    Column("segment", Integer, primary_key=True),
    Column("received", Integer, nullable=False),
    Column("archived", Integer, nullable=False),
)

# The office's feed as it was read. ``entry`` is the hash of an entry, whose bytes lie in ``foreign_entries``
# or, when it is an own one, in the journal; ``body`` is that of any other item.
feed = Table(
    "feed",
    OWN,
    Column("seq", Integer, primary_key=True),
    Column("chain", LargeBinary, nullable=False),
    Column("kind", Integer, nullable=False),
    Column("entry", LargeBinary),
    Column("body", LargeBinary, nullable=False),
)

# Entries of others. ``placed``: the feed has it still; ``returned``: given back to the centre, which lost it.
foreign_entries = Table(
    "foreign_entries",
    OWN,
    Column("hash", LargeBinary, primary_key=True),
    Column("header", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("placed", Boolean, nullable=False),
    Column("returned", Boolean, nullable=False),
)

# Entries that the company had erased, by their hash.
erased = Table("erased", OWN, Column("hash", LargeBinary, primary_key=True))

# Spans of time in which the centre answered.
contacts = Table(
    "contacts",
    OWN,
    Column("since", Instant, primary_key=True),
    Column("until", Instant, nullable=False),
)
