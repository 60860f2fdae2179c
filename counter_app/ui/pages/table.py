"""Which page a name stands for. A page's file, and all it needs, is imported when it is first opened."""

from importlib import import_module

from counter_app.ui.page import Frame, Page

PAGES = {
    "sign_in": "SignInPage",
    "home": "HomePage",
    "consumer": "ConsumerPage",
    "pay": "PayPage",
    "bill": "BillPage",
    "complaint": "ComplaintPage",
    "status": "StatusPage",
    "receipts": "ReceiptsPage",
    "day_end": "DayEndPage",
    "recovery": "RecoveryPage",
    "help": "HelpPage",
    "sync": "SyncPage",
}

# What people type into the search box to come to a page that has no key.
WORDS = {
    "sync": ("sync", "link", "centre", "center", "enrol", "held", "केंद्र", "केन्द्र", "संपर्क", "भेजना बाकी", "रुकी"),
}


def page_named(typed: str) -> str:
    """The page that a typed word stands for; empty for none."""
    word = " ".join(typed.split()).casefold()
    return next((name for name, words in WORDS.items() if word in words), "")


def build(name: str, frame: Frame) -> Page:
    """Make a page by its name, in the language of the frame."""
    room = import_module(f"counter_app.ui.pages.{name}")
    page = getattr(room, PAGES[name])(frame)
    assert isinstance(page, Page)
    return page


def read_all() -> None:
    """Import every page's file, and what they need."""
    for name in PAGES:
        import_module(f"counter_app.ui.pages.{name}")
