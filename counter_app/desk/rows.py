"""The rows the screens get, under the desk's name: only the desk opens the store."""

from counter_app.store.rows import (
    ComplaintRow,
    DraftRow,
    Found,
    FoundRow,
    JobRow,
    KnownPayment,
    PaymentRow,
    ReceiptRow,
    RecentRow,
)

__all__ = [
    "ComplaintRow",
    "DraftRow",
    "Found",
    "FoundRow",
    "JobRow",
    "KnownPayment",
    "PaymentRow",
    "ReceiptRow",
    "RecentRow",
]
