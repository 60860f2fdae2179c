"""What the central office looks at: what came in hour by hour, and who may look."""

from sqlalchemy import BigInteger, Column, LargeBinary, String, Table

from counter_app.central.tables.received import TABLES

# What was taken and registered at an office in an hour, by the clocks of those who recorded it. ``source`` is
# a channel, or empty for the windows. A cancelled receipt is taken off in the hour of its cancelling.
hours = Table(
    "hours",
    TABLES,
    Column("office", String, primary_key=True),
    Column("hour_ms", BigInteger, primary_key=True),
    Column("source", String, primary_key=True),
    Column("receipts", BigInteger, nullable=False),
    Column("collected", BigInteger, nullable=False),
    Column("complaints", BigInteger, nullable=False),
)

# Who may look; without a password hash nobody signs in under the code any more.
viewers = Table(
    "viewers",
    TABLES,
    Column("code", String, primary_key=True),
    Column("password_hash", String, nullable=False),
)

# Who has signed in, until when; of what the browser keeps only a hash is here.
viewings = Table(
    "viewings",
    TABLES,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("code", String, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
)
