"""Messages that the centre sends to consumers, and how far the feeds were read for them."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table

from counter_app.central.tables.received import TABLES

# How far an office's feed was read: what stands behind it may be told of.
message_cursors = Table(
    "message_cursors",
    TABLES,
    Column("office", String, primary_key=True),
    Column("seq", BigInteger, nullable=False),
)

# Complaints that were joined to an outage, as the feeds told: whom its end concerns.
message_parts = Table(
    "message_parts",
    TABLES,
    Column("whole", LargeBinary, primary_key=True),
    Column("part", LargeBinary, primary_key=True),
)

# One for each event and complaint that it is told about. Neither mobile nor text is kept: both are read when
# it is sent, so that what is erased meanwhile is not told any more.
messages = Table(
    "messages",
    TABLES,
    Column("event", LargeBinary, primary_key=True),
    Column("complaint", LargeBinary, primary_key=True),
    Column("state", String, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_ms", BigInteger, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Index("messages_due", "state", "next_ms"),
)
