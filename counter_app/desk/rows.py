"""The rows that the desk's answers hold; the screens know them by this name."""

from counter_app.store.rows import (
    ClosingRow,
    ComplaintRow,
    DraftRow,
    Found,
    FoundRow,
    JobRow,
    KnownPayment,
    MoveRow,
    Names,
    NonCashRow,
    PaymentRow,
    PictureRow,
    ReceiptRow,
    RecentRow,
    TaskRow,
)

__all__ = [
    "ClosingRow",
    "ComplaintRow",
    "DraftRow",
    "Found",
    "FoundRow",
    "JobRow",
    "KnownPayment",
    "MoveRow",
    "Names",
    "NonCashRow",
    "PaymentRow",
    "PictureRow",
    "ReceiptRow",
    "RecentRow",
    "TaskRow",
]
