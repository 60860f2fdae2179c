"""The commands of the counter in one table: key, text, and the right they need."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import Qt

from counter_app.domain.names import keys, prefixes, words
from counter_app.domain.people import Right
from counter_app.words.say import N_, Both, Language, both, say


@dataclass(frozen=True, slots=True)
class Action:
    """A command. ``page`` is the page it opens; empty: the window does it itself.

    ``text`` and ``long`` (its accessible name) are English msgids; ``said`` are further words that lead to it
    from the search box. ``cap`` is empty where it has no key.
    """

    name: str
    key: Qt.Key
    cap: str
    text: str
    long: str
    page: str = ""
    right: Right | None = None
    said: tuple[str, ...] = ()


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
# What has no key is found by its words.
SYNC = Action(
    "sync",
    Qt.Key.Key_unknown,
    "",
    N_("Line to the centre"),
    N_("Line to the centre: what is unsent, what is held"),
    "sync",
    said=("sync", "link", "centre", "center", "enrol", "held", "केंद्र", "केन्द्र", "संपर्क", "भेजना बाकी", "रुकी"),
)
BY_NAME: dict[str, Action] = {action.name: action for action in (*ACTIONS, SYNC)}


def label(action: Action, language: Language) -> Both:
    """The short words on the key bar."""
    return both(action.text, language)


def accessible_name(action: Action, language: Language) -> str:
    """What a screen reader says."""
    return f"{action.cap} {both(action.long, language).lead}".strip()


_SHORTEST_TYPED = 3


def meant(typed: str, names: Collection[str]) -> tuple[Action | None, tuple[Action, ...]]:
    """The action whose key or words were typed, in either language and script; and those only begun."""
    sought = words(typed)
    offered = [BY_NAME[name] for name in names]
    for action in offered:
        if action.cap and typed.strip().casefold() == action.cap.casefold():
            return action, ()
    if len(typed.strip()) < _SHORTEST_TYPED or not sought:
        return None, ()
    exact, begun = [], []
    for action in offered:
        for spoken in _spoken(action.name):
            if len(spoken) == len(sought) and all(map(_is_said, spoken, sought)):
                exact.append(action)
            elif all(any(_is_begun(said, word) for said in spoken) for word in sought):
                begun.append(action)
    others = tuple(dict.fromkeys(action for action in (*exact[1:], *begun) if action not in exact[:1]))
    return (exact[0] if exact else None), others


@lru_cache
def _spoken(name: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The words of an action's label in each language and of what else it is called, as their keys."""
    action = BY_NAME[name]
    labels = (*(say(action.text, language) for language in Language), *action.said)
    return tuple(tuple(keys(word) for word in words(text)) for text in labels)


def _is_said(spelled: tuple[str, ...], typed: str) -> bool:
    return not set(spelled).isdisjoint(keys(typed))


def _is_begun(spelled: tuple[str, ...], typed: str) -> bool:
    return any(key.startswith(prefixes(typed)) for key in spelled)
