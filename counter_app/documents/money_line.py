"""The money of a page, read back from the page itself: what a person will read as the amounts."""

import re
from collections import Counter
from collections.abc import Iterable

from counter_app.documents.page import Document, Text
from counter_app.domain.money import RUPEE, Paise
from counter_app.domain.money_refusals import MoneyLineWrong
from counter_app.words.amounts import MINUS

_WHOLE = r"([0-9]{1,3}|[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3})"
# With the sign of the rupee paise stand only where there are any; without it, in tables, always.
_SUM = re.compile(rf"({MINUS}?)(?:₹{_WHOLE}(?:\.([0-9]{{2}}))?|{_WHOLE}\.([0-9]{{2}}))")


def read_sum(text: str) -> Paise | None:
    """The amount that a whole text says; None when it is something else."""
    found = _SUM.fullmatch(text)
    if found is None:
        return None
    minus, rupees, paise, plain, places = found.groups()
    amount = int((rupees or plain).replace(",", "")) * RUPEE + int(paise or places or 0)
    return -amount if minus else amount


def money_line(document: Document) -> Paise | None:
    """The largest sum on the page, in paise; None when no sum stands there."""
    return max(_sums(document), key=lambda one: one[0], default=(0.0, None))[1]


def proved(document: Document, amount: Paise) -> Document:
    """The document, if its money line says this amount; ``MoneyLineWrong``."""
    if money_line(document) != amount:
        raise MoneyLineWrong
    return document


def read_back(document: Document, amounts: Iterable[Paise]) -> Document:
    """The document, if each of these amounts stands on it, as often as it is named; ``MoneyLineWrong``."""
    if Counter(amounts) - Counter(amount for _, amount in _sums(document)):
        raise MoneyLineWrong
    return document


def _sums(document: Document) -> list[tuple[float, Paise]]:
    """Every sum that stands by itself, and how large."""
    texts = (item for sheet in document.sheets for item in sheet.items if isinstance(item, Text))
    read = ((item.size, read_sum(item.text)) for item in texts)
    return [(size, amount) for size, amount in read if amount is not None]
