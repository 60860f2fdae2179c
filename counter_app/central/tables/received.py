"""Which store it is, who the counters are, and what they sent, as it came."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, String, Table, text

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

# Up to where each segment lies in a checked backup elsewhere, and the hash there.
archived = Table(
    "archived",
    TABLES,
    Column("office", String, primary_key=True),
    Column("device", LargeBinary, primary_key=True),
    Column("segment", LargeBinary, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
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
