"""The tables of the central store, on PostgreSQL and on SQLite alike.

What is written often is keyed by office first, so that it can be partitioned or distributed by it.
Identities, hashes and segments are bytes; times are milliseconds UTC; money is paise.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    text,
)

VERSION = 2
TABLES = MetaData()

facts = Table(
    "facts",
    TABLES,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

# One device at a time is a counter; who was one before is revoked.
_LIVE = text("NOT revoked")

devices = Table(
    "devices",
    TABLES,
    Column("device", LargeBinary, primary_key=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("office", String, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("enrolled_ms", BigInteger, nullable=False),
    Column("revoked", Boolean, nullable=False),
    Index("devices_live", "office", "counter", unique=True, postgresql_where=_LIVE, sqlite_where=_LIVE),
)

# What a device last said of itself, for who looks after the line; the protocol decides nothing by it.
contacts = Table(
    "contacts",
    TABLES,
    Column("device", LargeBinary, primary_key=True),
    Column("contact_ms", BigInteger, nullable=False),
    Column("program", String, nullable=False),
    Column("clock_ahead_ms", BigInteger, nullable=False),
    Column("entries", BigInteger, nullable=False),
    Column("behind_since_ms", BigInteger),
)

# As what installations, offices and counters a device spoke, and when it first and last did.
installations = Table(
    "installations",
    TABLES,
    Column("device", LargeBinary, primary_key=True),
    Column("installation", LargeBinary, primary_key=True),
    Column("office", String, nullable=False),
    Column("counter", BigInteger, nullable=False),
    Column("first_ms", BigInteger, nullable=False),
    Column("last_ms", BigInteger, nullable=False),
)

# Codes by which a counter enrols itself, once. Only their hashes are kept.
codes = Table(
    "codes",
    TABLES,
    Column("code_hash", LargeBinary, primary_key=True),
    Column("office", String, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Column("used_by", LargeBinary),
)

# -- receiving -------------------------------------------------------------------------------------

# ``tip`` is the hash at ``upto`` while nothing of the segment was branched; empty from then on.
segments = Table(
    "segments",
    TABLES,
    Column("office", String, primary_key=True),
    Column("device", LargeBinary, primary_key=True),
    Column("segment", LargeBinary, primary_key=True),
    Column("upto", BigInteger, nullable=False),
    Column("entries", BigInteger, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("tip", LargeBinary, nullable=False),
)

entries = Table(
    "entries",
    TABLES,
    Column("office", String, primary_key=True),
    Column("device", LargeBinary, primary_key=True),
    Column("segment", LargeBinary, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("hash", LargeBinary, primary_key=True),
    Column("previous", LargeBinary, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    Index("entries_previous", "office", "device", "previous"),
)

# A run that was stored and is not integrated yet: a place range and the hashes that are still to be done.
arrivals = Table(
    "arrivals",
    TABLES,
    Column("office", String, primary_key=True),
    Column("arrival", LargeBinary, primary_key=True),
    Column("device", LargeBinary, nullable=False),
    Column("segment", LargeBinary, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("hashes", LargeBinary, nullable=False),
)

# More than one entry follows this place: a copy of the installation writes as well.
forks = Table(
    "forks",
    TABLES,
    Column("office", String, primary_key=True),
    Column("device", LargeBinary, primary_key=True),
    Column("fork", LargeBinary, primary_key=True),
    Column("segment", LargeBinary, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("seen_ms", BigInteger, nullable=False),
)

# What a counter had read in a feed, and the feed lost when the centre was restored. Nobody signed these here;
# one that its author pushed later lies with the entries as well, and this row means nothing any more.
returned = Table(
    "returned",
    TABLES,
    Column("hash", LargeBinary, primary_key=True),
    Column("office", String, nullable=False),
    Column("carrier", LargeBinary, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("kept_ms", BigInteger, nullable=False),
)

# -- the books -------------------------------------------------------------------------------------

# The entries in the books. An act is there once, whoever sent it how often.
acts = Table(
    "acts",
    TABLES,
    Column("act", LargeBinary, primary_key=True),
    Column("hash", LargeBinary, nullable=False),
)

held = Table(
    "held",
    TABLES,
    Column("office", String, primary_key=True),
    Column("device", LargeBinary, primary_key=True),
    Column("segment", LargeBinary, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("hash", LargeBinary, primary_key=True),
    Column("reason", Integer, nullable=False),
)

# What came in the name of somebody who was gone: in the books like everything else, and to be looked at.
# A counter that was offline did not know; one that was not should have.
doubted = Table(
    "doubted",
    TABLES,
    Column("office", String, primary_key=True),
    Column("device", LargeBinary, primary_key=True),
    Column("segment", LargeBinary, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("hash", LargeBinary, primary_key=True),
)

# In the books and told to their own offices, and more is to be done: some wait for a program that can read
# ``what`` they are (kind × 256 + version), steps for the ``complaint`` that they came before.
unfinished = Table(
    "unfinished",
    TABLES,
    Column("office", String, primary_key=True),
    Column("device", LargeBinary, primary_key=True),
    Column("segment", LargeBinary, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("hash", LargeBinary, primary_key=True),
    Column("what", Integer),
    Column("complaint", LargeBinary),
)

serials = Table(
    "serials",
    TABLES,
    Column("office", String, primary_key=True),
    Column("counter", Integer, primary_key=True),
    Column("series", String, primary_key=True),
    Column("serial", BigInteger, nullable=False),
)

# ``nth`` on its bill, as they came into the books: two that come at once meet at this key. ``settled`` is
# what of the amount went to the bill, as far as the counter knew; the rest was taken as an advance.
payments = Table(
    "payments",
    TABLES,
    Column("consumer", String, primary_key=True),
    Column("bill_number", String, primary_key=True),
    Column("nth", Integer, primary_key=True),
    Column("office", String, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("serial", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("device", LargeBinary, nullable=False),
    Column("segment", LargeBinary, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("settled", BigInteger, nullable=False),
)

# Receipts that were cancelled, the device's running total then, and the entry that says so.
cancelled = Table(
    "cancelled",
    TABLES,
    Column("consumer", String, primary_key=True),
    Column("office", String, primary_key=True),
    Column("counter", Integer, primary_key=True),
    Column("serial", BigInteger, primary_key=True),
    Column("total", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("device", LargeBinary, nullable=False),
    Column("segment", LargeBinary, nullable=False),
    Column("seq", BigInteger, nullable=False),
)

# A bill that was paid more than once: the surplus is an advance, and somebody has to follow it up.
surpluses = Table(
    "surpluses",
    TABLES,
    Column("consumer", String, primary_key=True),
    Column("bill_number", String, primary_key=True),
    Column("office", String, nullable=False),
    Column("surplus", BigInteger, nullable=False),
)

# ``office`` and ``counter`` are those of the counter that registered it; the consumer may be unknown: empty.
complaints = Table(
    "complaints",
    TABLES,
    Column("act", LargeBinary, primary_key=True),
    Column("consumer", String, nullable=False),
    Column("office", String, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("serial", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("device", LargeBinary, nullable=False),
    Column("segment", LargeBinary, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Index("complaints_consumer", "consumer"),
    Index("complaints_number", "office", "counter", "serial"),
)

# A step may come before its complaint. ``office`` is that of the counter that recorded it.
steps = Table(
    "steps",
    TABLES,
    Column("complaint", LargeBinary, primary_key=True),
    Column("hash", LargeBinary, primary_key=True),
    Column("office", String, nullable=False),
    Column("device", LargeBinary, nullable=False),
    Column("segment", LargeBinary, nullable=False),
    Column("seq", BigInteger, nullable=False),
)

# Complaints that the company had erased, and its signature (in hex): it is told again with what comes later.
erased = Table(
    "erased",
    TABLES,
    Column("complaint", LargeBinary, primary_key=True),
    Column("signature", String, nullable=False),
)

# What an erased entry still says: its payload without anything of a person.
redacted = Table(
    "redacted",
    TABLES,
    Column("hash", LargeBinary, primary_key=True),
    Column("complaint", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Index("redacted_complaint", "complaint"),
)

# Where a consumer belongs now, when somebody has said so.
consumers = Table(
    "consumers",
    TABLES,
    Column("consumer", String, primary_key=True),
    Column("office", String, nullable=False),
)

# -- what the central office says ------------------------------------------------------------------

# The newest of what the billing system's files said, as the body of its value: a consumer, a bill, ...
known = Table(
    "known",
    TABLES,
    Column("kind", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("consumer", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("known_consumer", "consumer"),
)

# A file that was taken in, and what became of its rows.
imports = Table(
    "imports",
    TABLES,
    Column("office", String, primary_key=True),
    Column("at_ms", BigInteger, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("read", BigInteger, nullable=False),
    Column("taken", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("unchanged", BigInteger, nullable=False),
    Column("rejected", BigInteger, nullable=False),
)

# People keep their identity, whatever changes about them. Who is ``gone`` signs in no more.
staff = Table(
    "staff",
    TABLES,
    Column("office", String, primary_key=True),
    Column("code", String, primary_key=True),
    Column("person", LargeBinary, nullable=False),
    Column("gone", Boolean, nullable=False),
)

# The newest of each rule file, for offices that open later.
rules = Table(
    "rules",
    TABLES,
    Column("name", String, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

# -- the feeds -------------------------------------------------------------------------------------

# ``turn`` is what integrating an office is serialised by.
offices = Table(
    "offices",
    TABLES,
    Column("office", String, primary_key=True),
    Column("turn", BigInteger, nullable=False),
)

# ``seq`` and ``chain`` are of the newest item.
feeds = Table(
    "feeds",
    TABLES,
    Column("office", String, primary_key=True),
    Column("epoch", LargeBinary, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("chain", LargeBinary, nullable=False),
)

# An item is a body of its own, or the place of an entry, whose bytes lie with the entries.
items = Table(
    "items",
    TABLES,
    Column("office", String, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("chain", LargeBinary, nullable=False),
    Column("kind", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("home", String),
    Column("device", LargeBinary),
    Column("segment", LargeBinary),
    Column("place", BigInteger),
    Column("hash", LargeBinary),
)
