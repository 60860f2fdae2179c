"""Questions to the store that change nothing; the answers are frozen rows."""

from counter_app.store.finds.complaints import (
    complaint,
    complaints_found,
    complaints_of,
    open_complaints,
)
from counter_app.store.finds.consumers import found, recent
from counter_app.store.finds.drawers import (
    cash_moved,
    closing,
    closing_of,
    closings,
    drawer,
    drawer_in_use,
    drawer_of,
    float_kept,
    handed_to,
    is_cancelled,
    open_drawer,
    uncounted_drawer,
    undone_as,
    undone_ever,
)
from counter_app.store.finds.network import asset, officers_for
from counter_app.store.finds.outages import open_on_dtr, open_on_feeder, parts_of
from counter_app.store.finds.papers import (
    copies_since,
    job,
    jobs_in_doubt,
    jobs_of,
    next_copy,
    not_out_since,
)
from counter_app.store.finds.receipts import (
    COUNTER,
    paid_since,
    paid_today,
    payments_of,
    receipt,
    receipts_found,
    receipts_of_day,
    taken_on,
)
from counter_app.store.projected import last_serial

__all__ = [
    "COUNTER",
    "asset",
    "cash_moved",
    "closing",
    "closing_of",
    "closings",
    "complaint",
    "complaints_found",
    "complaints_of",
    "copies_since",
    "drawer",
    "drawer_in_use",
    "drawer_of",
    "float_kept",
    "found",
    "handed_to",
    "is_cancelled",
    "job",
    "jobs_in_doubt",
    "jobs_of",
    "last_serial",
    "next_copy",
    "not_out_since",
    "officers_for",
    "open_complaints",
    "open_drawer",
    "open_on_dtr",
    "open_on_feeder",
    "paid_since",
    "paid_today",
    "parts_of",
    "payments_of",
    "receipt",
    "receipts_found",
    "receipts_of_day",
    "recent",
    "taken_on",
    "uncounted_drawer",
    "undone_as",
    "undone_ever",
]
