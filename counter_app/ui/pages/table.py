"""Which page a name stands for. A page's file, and all it needs, is imported when it is first opened."""

from importlib import import_module

from counter_app.ui.page import Frame, Page

PAGES = {
    "sign_in": "SignInPage",
    "home": "HomePage",
    "consumer": "ConsumerPage",
    "pay": "PayPage",
    "basket": "BasketPage",
    "bill": "BillPage",
    "account": "AccountPage",
    "complaint": "ComplaintPage",
    "status": "StatusPage",
    "receipts": "ReceiptsPage",
    "day_end": "DayEndPage",
    "drawer": "DrawerPage",
    "drawer_open": "DrawerOpenPage",
    "cash_move": "CashMovePage",
    "unlock": "UnlockPage",
    "handover": "HandoverPage",
    "left_drawers": "LeftDrawersPage",
    "drawer_papers": "DrawerPapersPage",
    "deposit": "DepositPage",
    "undo": "UndoPage",
    "put_right": "PutRightPage",
    "recovery": "RecoveryPage",
    "help": "HelpPage",
    "sync": "SyncPage",
    "bank": "BankPage",
    "books": "BooksPage",
    "clock": "ClockPage",
    "answer": "AnswerPage",
    "pin": "PinPage",
    "tasks": "TasksPage",
    "request": "RequestPage",
    "board": "BoardPage",
    "registers": "RegistersPage",
    "priority": "PriorityPage",
    "credited": "CreditedPage",
    "message": "MessagePage",
    "called": "CalledPage",
    "roster": "RosterPage",
    "pictures": "PicturesPage",
    "printers": "PrintersPage",
    "backups": "BackupsPage",
    "about": "AboutPage",
    "first_steps": "FirstStepsPage",
    "drill": "DrillPage",
    "people": "PeoplePage",
    "many_bills": "ManyBillsPage",
}

FIRST_RUN = {"first_run": "FirstRunPage", "set_up": "SetUpPage", "put_back": "PutBackPage"}
"""Pages of a PC without records; nothing of them is read or built ahead."""


def build(name: str, frame: Frame) -> Page:
    """Make a page by its name, in the language of the frame."""
    room = import_module(f"counter_app.ui.pages.{name}")
    page = getattr(room, (PAGES | FIRST_RUN)[name])(frame)
    assert isinstance(page, Page)
    return page


def read_all() -> tuple[str, ...]:
    """Import every page's file, and what they need; the pages' names."""
    for name in PAGES:
        import_module(f"counter_app.ui.pages.{name}")
    return tuple(PAGES)
