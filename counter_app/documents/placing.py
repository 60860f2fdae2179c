"""A document on pages of another size than its own: slips from a roll on the sheets that a printer has."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from counter_app.documents.page import POINT, Code, Document, Item, Line, Sheet, Text, moved

EDGE = 10.0
"""Millimetres at a page's edges that a printer may leave white."""

_BETWEEN = 10.0  # columns
_ABOVE, _BELOW = 1.0, 0.35  # a text's reach about its baseline, in its size


def on_pages(document: Document, width: float, height: float) -> Document:
    """Every sheet on pages of this size: one as wide at their top, a narrower one in columns. One that lies
    has a lying page.

    What is longer than a page goes on in the next column, cut where nothing stands.
    """
    pages = (page for sheet in document.sheets for page in _pages(sheet, width, height))
    return replace(document, sheets=tuple(pages))


def _pages(sheet: Sheet, width: float, height: float) -> Iterator[Sheet]:
    if sheet.fed != (sheet.width, sheet.height):
        yield replace(sheet, width=max(width, height), height=min(width, height))
        return
    if sheet.width + 2 * EDGE > width:
        yield replace(sheet, width=width, height=height)
        return
    step = sheet.width + _BETWEEN
    beside = 1 + int((width - 2 * EDGE - sheet.width) // step)
    columns = list(_columns(sheet, height - 2 * EDGE))
    for first in range(0, len(columns), beside):
        placed = [
            moved(item, EDGE + place * step, EDGE - top)
            for place, (top, items) in enumerate(columns[first : first + beside])
            for item in items
        ]
        yield Sheet(width, height, tuple(placed))


def _columns(sheet: Sheet, room: float) -> Iterator[tuple[float, list[Item]]]:
    """Where each column begins on the sheet, and what stands in it."""
    begin, column = 0.0, list[Item]()
    for top, bottom, items in _blocks(sheet.items):
        if column and bottom - begin > room:
            yield begin, column
            begin, column = top, []
        column += items
    yield begin, column


def _blocks(items: Iterable[Item]) -> Iterator[tuple[float, float, list[Item]]]:
    """What cannot be cut apart: top, bottom and items of each, downwards."""
    block, upper, lower = list[Item](), 0.0, 0.0
    for top, bottom, item in sorted(((*_reach(item), item) for item in items), key=lambda one: one[:2]):
        if block and top > lower:
            yield upper, lower, block
            block = []
        if not block:
            upper = lower = top
        block.append(item)
        lower = max(lower, bottom)
    if block:
        yield upper, lower, block


def _reach(item: Item) -> tuple[float, float]:
    """The top and the bottom of an item."""
    match item:
        case Text():
            size = item.size * POINT
            return item.y - _ABOVE * size, item.y + _BELOW * size
        case Line():
            return min(item.y1, item.y2), max(item.y1, item.y2)
        case Code():
            return item.y, item.y + item.size
        case _:
            return item.y, item.y + item.height
