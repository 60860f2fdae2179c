"""The money line of a page, read back from the page itself: what a person will read as the amount."""

import re

from counter_app.documents.page import Document, Text
from counter_app.domain.money import RUPEE, Paise
from counter_app.domain.money_refusals import MoneyLineWrong

_SUM = re.compile(r"₹([0-9]{1,3}|[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3})(?:\.([0-9]{2}))?")


def money_line(document: Document) -> Paise | None:
    """The largest sum on the page, in paise; None when no sum stands there."""
    texts = (item for sheet in document.sheets for item in sheet.items if isinstance(item, Text))
    sums = [(item.size, found) for item in texts if (found := _SUM.fullmatch(item.text))]
    if not sums:
        return None
    _, found = max(sums, key=lambda one: one[0])
    return int(found[1].replace(",", "")) * RUPEE + int(found[2] or 0)


def proved(document: Document, amount: Paise) -> Document:
    """The document, if its money line says this amount; ``MoneyLineWrong``."""
    if money_line(document) != amount:
        raise MoneyLineWrong
    return document
