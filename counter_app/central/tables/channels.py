"""The channels: who may speak for which, the pens they record with, and what was asked already."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table

from counter_app.central.tables.received import TABLES

# Offices that are open to channels, as papers describe them: the JSON of an office.
letterheads = Table(
    "letterheads",
    TABLES,
    Column("office", String, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

# Of a key only its hash is kept. ``offices``: which it is for, by spaces; empty for all.
channel_keys = Table(
    "channel_keys",
    TABLES,
    Column("key_hash", LargeBinary, primary_key=True),
    Column("identity", LargeBinary, nullable=False),
    Column("channel", String, nullable=False),
    Column("name", String, nullable=False),
    Column("offices", String, nullable=False),
    Column("per_s", Integer, nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("revoked_ms", BigInteger),
    Index("channel_keys_identity", "identity", unique=True),
)

# With what a channel records at an office: its device and drawer there, the newest entry of its segment,
# all money it took, and the last number of each of its series.
channel_pens = Table(
    "channel_pens",
    TABLES,
    Column("office", String, primary_key=True),
    Column("channel", String, primary_key=True),
    Column("device", LargeBinary, nullable=False),
    Column("drawer", LargeBinary, nullable=False),
    Column("segment", LargeBinary, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("receipts", BigInteger, nullable=False),
    Column("complaints", BigInteger, nullable=False),
)

# What was asked under which key of a request; ``body`` is a seal of it, the answer follows from the books.
channel_requests = Table(
    "channel_requests",
    TABLES,
    Column("channel", String, primary_key=True),
    Column("request", String, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)

# Money that channels reported, by way and reference: the same is never taken twice. The receipt it got.
channel_payments = Table(
    "channel_payments",
    TABLES,
    Column("paid_by", String, primary_key=True),
    Column("reference", String, primary_key=True),
    Column("act", LargeBinary, nullable=False),
    Column("office", String, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("serial", BigInteger, nullable=False),
    Index("channel_payments_act", "act", unique=True),
)
