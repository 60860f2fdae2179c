"""What the central office says, and the feeds of the offices."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, String, Table

from counter_app.central.tables.received import TABLES

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
    Index("items_hash", "office", "hash"),
)

# Who stands below this number of a feed takes a snapshot; 0 where there is no row. ``moving``: many consumers
# are on their way to the office, and its feed will begin anew behind them.
floors = Table(
    "floors",
    TABLES,
    Column("office", String, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("moving", Boolean, nullable=False),
)

# What offices' feeds come to, for counters that begin or that stand below the floor: the newest and the one
# before, which somebody may be fetching still. ``seq``: where the feed stood.
snapshots = Table(
    "snapshots",
    TABLES,
    Column("office", String, primary_key=True),
    Column("snapshot", LargeBinary, primary_key=True),
    Column("made_ms", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("manifest", LargeBinary, nullable=False),
)

chunks = Table(
    "chunks",
    TABLES,
    Column("office", String, primary_key=True),
    Column("snapshot", LargeBinary, primary_key=True),
    Column("chunk", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
