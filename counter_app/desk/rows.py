"""The rows that the desk's answers hold; the screens know them by this name."""

from counter_app.store.rows import (
    ELSEWHERE,
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
    "ELSEWHERE",
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
