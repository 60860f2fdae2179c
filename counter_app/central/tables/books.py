"""The books: what follows from the entries of all counters."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table

from counter_app.central.tables.received import TABLES

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
# what of the amount went to the bill, as far as the counter knew; the rest was taken as an advance. A row of
# where a receipt was moved to is of the move's entry, with the number of its ``slip`` (0: none), and the hash
# of the payment, ``taken``.
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
    Column("slip", BigInteger, nullable=False),
    Column("taken", LargeBinary),
    Index("payments_receipt", "office", "counter", "serial"),
)

# Receipts that count for another consumer since a ``slip``; the device's running total then, and the entry.
payments_moved = Table(
    "payments_moved",
    TABLES,
    Column("office", String, primary_key=True),
    Column("counter", Integer, primary_key=True),
    Column("serial", BigInteger, primary_key=True),
    Column("slip", BigInteger, primary_key=True),
    Column("consumer", String, nullable=False),
    Column("to_consumer", String, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("device", LargeBinary, nullable=False),
    Column("segment", LargeBinary, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Index("payments_moved_from", "consumer"),
    Index("payments_moved_to", "to_consumer"),
)

# What was handed over at windows and has a reference that pays once, by receipt. A correction (the number of
# its ``slip``; 0: none) says all of it anew, also what has no reference, and the ones before stand no more.
tenders = Table(
    "tenders",
    TABLES,
    Column("office", String, primary_key=True),
    Column("counter", Integer, primary_key=True),
    Column("serial", BigInteger, primary_key=True),
    Column("hash", LargeBinary, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("device", LargeBinary, nullable=False),
    Column("segment", LargeBinary, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("slip", BigInteger, nullable=False),
    Column("kind", String, nullable=False),
    Column("reference", String, nullable=False),
    Index("tenders_reference", "reference"),
)

# What the bank said of tenders, and the entries that say so. Of a tender (its ``position``) the newest holds
# (by the device's running total, its clock, and its count). ``consumer``: whose the receipt was then.
settled = Table(
    "settled",
    TABLES,
    Column("office", String, primary_key=True),
    Column("counter", Integer, primary_key=True),
    Column("serial", BigInteger, primary_key=True),
    Column("hash", LargeBinary, primary_key=True),
    Column("device", LargeBinary, nullable=False),
    Column("segment", LargeBinary, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("consumer", String, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("outcome", String, nullable=False),
    Column("reference", String, nullable=False),
    Index("settled_consumer", "consumer"),
    Index("settled_reference", "reference"),
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
