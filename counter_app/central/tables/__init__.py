"""The tables of the central store, on PostgreSQL and on SQLite alike.

What is written often is keyed by office first, so that it can be partitioned or distributed by it.
Identities, hashes and segments are bytes; times are milliseconds UTC; money is paise.
"""

from counter_app.central.tables.books import (
    acts,
    cancelled,
    complaints,
    consumers,
    doubted,
    erased,
    held,
    payments,
    payments_moved,
    redacted,
    serials,
    steps,
    surpluses,
    unfinished,
)
from counter_app.central.tables.channels import (
    channel_keys,
    channel_payments,
    channel_pens,
    channel_requests,
    letterheads,
)
from counter_app.central.tables.received import (
    TABLES,
    archived,
    arrivals,
    codes,
    contacts,
    devices,
    entries,
    facts,
    forks,
    installations,
    returned,
    segments,
)
from counter_app.central.tables.told import (
    chunks,
    feeds,
    floors,
    imports,
    items,
    known,
    offices,
    rules,
    snapshots,
    staff,
)

VERSION = 7
"""The form of the store; ``steps`` leads from an older one to it."""

__all__ = [
    "TABLES",
    "VERSION",
    "acts",
    "archived",
    "arrivals",
    "cancelled",
    "channel_keys",
    "channel_payments",
    "channel_pens",
    "channel_requests",
    "chunks",
    "codes",
    "complaints",
    "consumers",
    "contacts",
    "devices",
    "doubted",
    "entries",
    "erased",
    "facts",
    "feeds",
    "floors",
    "forks",
    "held",
    "imports",
    "installations",
    "items",
    "known",
    "letterheads",
    "offices",
    "payments",
    "payments_moved",
    "redacted",
    "returned",
    "rules",
    "segments",
    "serials",
    "snapshots",
    "staff",
    "steps",
    "surpluses",
    "unfinished",
]
