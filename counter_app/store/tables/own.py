"""The journal, half-typed work, and what the centre said as it was read."""

from sqlalchemy import Boolean, Column, Integer, LargeBinary, MetaData, String, Table

from counter_app.store.columns import Identity, Instant

OWN = MetaData()

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

# Counts of open drawers that were fixed before anybody saw what was expected; gone once the drawer is sealed.
fixed_counts = Table(
    "fixed_counts",
    OWN,
    Column("drawer", Identity, primary_key=True),
    Column("fixed_at", Instant, nullable=False),
    Column("counts", LargeBinary, nullable=False),
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

# Complaints that the company had erased, by their act: steps that come later are erased as well.
erased_complaints = Table("erased_complaints", OWN, Column("complaint", Identity, primary_key=True))

# Spans of time in which the centre answered.
contacts = Table(
    "contacts",
    OWN,
    Column("since", Instant, primary_key=True),
    Column("until", Instant, nullable=False),
)
