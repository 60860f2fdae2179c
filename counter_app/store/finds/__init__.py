"""Questions to the store that change nothing; the answers are frozen rows."""

from counter_app.store.finds.complaints import (
    complaint,
    complaints_found,
    complaints_of,
    open_complaints,
)
from counter_app.store.finds.consumers import found, recent
from counter_app.store.finds.papers import (
    drawer,
    job,
    jobs_in_doubt,
    jobs_of,
    next_copy,
    open_drawer,
    uncounted_drawer,
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
    utr_receipt,
)
from counter_app.store.projections import last_serial

__all__ = [
    "COUNTER",
    "complaint",
    "complaints_found",
    "complaints_of",
    "drawer",
    "found",
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
    "uncounted_drawer",
    "utr_receipt",
]
