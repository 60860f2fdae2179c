"""The commands of the counter in one table: key, text, and the right they need."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

from counter_app.domain.people import Right
from counter_app.words.say import N_, Both, Language, both


@dataclass(frozen=True, slots=True)
class Action:
    """A command that has a key everywhere. ``page`` is the page it opens; empty: the window does it itself.

    ``text`` and ``long`` (its accessible name) are English msgids.
    """

    name: str
    key: Qt.Key
    cap: str
    text: str
    long: str
    page: str = ""
    right: Right | None = None


ACTIONS: tuple[Action, ...] = (
    Action("help", Qt.Key.Key_F1, "F1", N_("Help"), N_("Help for this page"), "help"),
    Action("find", Qt.Key.Key_F2, "F2", N_("Find"), N_("Find a consumer"), "", Right.SEE_CONSUMERS),
    Action(
        "complaint",
        Qt.Key.Key_F3,
        "F3",
        N_("Complaint"),
        N_("Register a complaint"),
        "complaint",
        Right.REGISTER_COMPLAINT,
    ),
    Action("pay", Qt.Key.Key_F4, "F4", N_("Pay"), N_("Take a payment"), "pay", Right.TAKE_PAYMENT),
    Action("bill", Qt.Key.Key_F5, "F5", N_("Bill"), N_("Print the bill"), "bill", Right.PRINT_COPY),
    Action(
        "status",
        Qt.Key.Key_F6,
        "F6",
        N_("Status"),
        N_("Where a complaint stands"),
        "status",
        Right.SEE_CONSUMERS,
    ),
    Action(
        "receipts",
        Qt.Key.Key_F7,
        "F7",
        N_("Receipts"),
        N_("Today's receipts"),
        "receipts",
        Right.SEE_RECEIPTS,
    ),
    Action(
        "day_end",
        Qt.Key.Key_F8,
        "F8",
        N_("Day end"),
        N_("Count the drawer and end the day"),
        "day_end",
        Right.TAKE_PAYMENT,
    ),
    Action("hold", Qt.Key.Key_F9, "F9", N_("Hold"), N_("Hold this work for later")),
    Action("language", Qt.Key.Key_F11, "F11", N_("Language"), N_("Change the language")),
    Action("lock", Qt.Key.Key_F12, "F12", N_("Lock"), N_("Lock the counter")),
)

BY_KEY: dict[int, Action] = {action.key: action for action in ACTIONS}
BY_NAME: dict[str, Action] = {action.name: action for action in ACTIONS}


def label(action: Action, language: Language) -> Both:
    """The short words on the key bar."""
    return both(action.text, language)


def accessible_name(action: Action, language: Language) -> str:
    """What a screen reader says."""
    return f"{action.cap} {both(action.long, language).lead}"
