"""The rows that the desk's answers hold; the screens know them by this name."""

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
    TaskRow,
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
    "TaskRow",
]
