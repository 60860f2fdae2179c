"""The ways of paying as the pay page offers them: their keys, icons and names."""

from counter_app.domain.payment import TenderKind
from counter_app.ui.choices import Choice
from counter_app.words import labels
from counter_app.words.say import N_, Both, Language, both

KEYS = {
    TenderKind.CASH: "1",
    TenderKind.UPI: "2",
    TenderKind.CHEQUE: "3",
    TenderKind.CARD: "4",
    TenderKind.DRAFT: "5",
    TenderKind.OTHER: "6",
}
ASKED = {
    TenderKind.UPI: N_("UTR, last 6 or all 12 digits"),
    TenderKind.CARD: N_("Card, last 4 digits"),
    TenderKind.CHEQUE: N_("Number, 6 digits"),
    TenderKind.DRAFT: N_("Number, 6 digits"),
}
"""What is asked for in the field of digits."""

_ICONS = {
    TenderKind.CASH: "cash",
    TenderKind.UPI: "phone",
    TenderKind.CHEQUE: "cheque",
    TenderKind.CARD: "card",
    TenderKind.DRAFT: "cheque",
    TenderKind.OTHER: "linked",
}


def way(kind: TenderKind, language: Language, *, off: bool) -> Choice:
    """A row of the list; what is off here says so in its place, which has no room for a second language."""
    if off:
        words = named(N_("{name}, off here"), kind, language)._replace(second="")
    else:
        words = labels.tender(kind, language)
    return Choice(KEYS[kind], words, _ICONS[kind], off=off)


def named(text: str, kind: TenderKind, language: Language) -> Both:
    """A text about a way of paying, with its name in each language."""
    return both(text, language, name=labels.tender(kind, language))
