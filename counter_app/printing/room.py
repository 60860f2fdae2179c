"""What a printer has room for, and a document made to fit it."""

from typing import NamedTuple

from counter_app.documents.page import Document
from counter_app.documents.placing import EDGE, on_pages
from counter_app.domain.refusals import PaperTooWide

A4 = (210.0, 297.0)
_PLAY = 1.0


class Room(NamedTuple):
    """In millimetres: the page that a printer takes unless asked for another, and the widest it can take.

    Nothing, or less: it does not say.
    """

    width: float = 0.0
    height: float = 0.0
    widest: float = 0.0


def fitted(document: Document, room: Room) -> Document:
    """The document as this printer can print it; ``PaperTooWide``.

    A slip from a roll goes on a page where the printer has pages. Sheets of several sizes go on one, because
    a print system asks a printer for one.
    """
    widest = max(sheet.fed[0] for sheet in document.sheets)
    if 0 < room.widest < widest - _PLAY:
        raise PaperTooWide
    if room.width >= widest + 2 * EDGE:
        return on_pages(document, room.width, room.height)
    if len({sheet.fed[0] for sheet in document.sheets}) > 1:
        return on_pages(document, *A4)
    return document
