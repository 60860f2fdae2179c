"""Questions to the store that change nothing; the answers are frozen rows."""

from counter_app.store.finds.complaints import (
    complaint,
    complaints_found,
    complaints_of,
    open_complaints,
)
from counter_app.store.finds.consumers import found, recent
from counter_app.store.finds.papers import (
    closing_of,
    copies_since,
    drawer,
    drawer_of,
    is_cancelled,
    job,
    jobs_in_doubt,
    jobs_of,
    next_copy,
    open_drawer,
    tender_sums,
    uncounted_drawer,
    undone_as,
    undone_ever,
)
from counter_app.store.finds.receipts import (
    COUNTER,
    last_payment_at,
    paid_since,
    paid_today,
    payments_of,
    receipt,
    receipts_found,
    receipts_of_day,
)
from counter_app.store.projected import last_serial

__all__ = [
    "COUNTER",
    "closing_of",
    "complaint",
    "complaints_found",
    "complaints_of",
    "copies_since",
    "drawer",
    "drawer_of",
    "found",
    "is_cancelled",
    "job",
    "jobs_in_doubt",
    "jobs_of",
    "last_payment_at",
    "last_serial",
    "next_copy",
    "open_complaints",
    "open_drawer",
    "paid_since",
    "paid_today",
    "payments_of",
    "receipt",
    "receipts_found",
    "receipts_of_day",
    "recent",
    "tender_sums",
    "uncounted_drawer",
    "undone_as",
    "undone_ever",
]
