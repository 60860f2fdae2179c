"""Parts of an A4 page: section headings and small tables, each telling how far down it reaches."""

from collections.abc import Sequence
from typing import NamedTuple

from counter_app.documents.lines import Span, fitted, row, width
from counter_app.documents.page import Align, Item, Line, Text
from counter_app.words.say import Both

LEFT, RIGHT = 11.0, 199.0
LEAST = 8.0
_HEADING = 10.5
_HEADER, _UNDER = 8.0, 3.4
_RULE, _HAIR = 0.35, 0.15
BASE = 0.72
"""How far down a row of a table its baseline is."""


class Column(NamedTuple):
    """A column of a table: its heading (``under`` it a second line), and the edge its cells stand at."""

    title: str
    edge: float
    align: Align = Align.RIGHT
    under: str = ""


class Cells(NamedTuple):
    """A row of a table; bold for totals. ``ruled``: it is there on all papers of its kind; ``named``: and its
    first cell says the same on all of them.
    """

    cells: Sequence[str]
    bold: bool = False
    named: bool = False
    ruled: bool = False


def label(text: Both, *, bold: bool = False) -> list[Span]:
    """A label: Hindi black, English grey."""
    second = text.second if text.second != text.lead else ""
    return [Span(text.lead, bold), Span(second, bold, grey=True)]


def label_within(text: Both, size: float, room: float, *, bold: bool = False) -> list[Span]:
    """A label where both languages have room beside each other; else the leading one alone."""
    both = label(text, bold=bold)
    return both if width(both, size) <= room else both[:1]


def heading(text: Both, left: float, right: float, y: float, extra: str = "") -> list[Item]:
    """A section's heading with the rule under it, there on all papers of its kind; ``y`` is the rule's."""
    lead, second = (text.lead, text.second + extra) if text.second else (text.lead + extra, "")
    spans = [Span(lead, bold=True), Span(second, grey=True)]
    return [
        *row(spans, left, y - 2.1, _HEADING, static=True),
        Line(left, y, right, y, _RULE, static=True),
    ]


def table(
    columns: Sequence[Column],
    rows: Sequence[Cells],
    left: float,
    right: float,
    y: float,
    pitch: float,
    size: float = 9.5,
) -> tuple[list[Item], float]:
    """A table from ``y`` down, hairlines between its rows; the items and where it ends. Its heads stand there
    on all papers of its kind.
    """
    items: list[Item] = []
    for column in columns:
        for line, said in enumerate((column.title, column.under)):
            base = y + 5.0 + line * _UNDER
            if said:
                head = Text(column.edge, base, said, _HEADER, align=column.align, grey=True, static=True)
                items.append(head)
    y += 6.8 + (_UNDER if any(column.under for column in columns) else 0.0)
    items.append(Line(left, y, right, y, _RULE, static=True))
    drawn, y = lines(columns, rows, left, right, y, pitch, size)
    return [*items, *drawn], y


def lines(
    columns: Sequence[Column],
    rows: Sequence[Cells],
    left: float,
    right: float,
    y: float,
    pitch: float,
    size: float,
) -> tuple[list[Item], float]:
    """Rows alone, from ``y`` down, a hairline under each; the items and where they end."""
    items: list[Item] = []
    for cells in rows:
        for place, (column, cell) in enumerate(zip(columns, cells.cells, strict=True)):
            if not cell:
                continue
            fits = fitted(cell, size, _room(columns, place, left, right), bold=cells.bold)
            named = cells.named and not place
            base = y + pitch * BASE
            items.append(Text(column.edge, base, cell, fits, cells.bold, column.align, static=named))
        y += pitch
        items.append(Line(left, y, right, y, _HAIR, grey=True, static=cells.named or cells.ruled))
    return items, y


def _room(columns: Sequence[Column], place: int, left: float, right: float) -> float:
    """How wide a cell may be: up to the column beside it."""
    column = columns[place]
    if column.align is Align.RIGHT:
        before = columns[place - 1] if place else None
        taken = left if before is None else before.edge
        if before is not None and before.align is Align.LEFT:
            taken = before.edge + (column.edge - before.edge) / 2
        return column.edge - taken - 2
    after = columns[place + 1].edge if place + 1 < len(columns) else right
    if place + 1 < len(columns) and columns[place + 1].align is Align.LEFT:
        return after - column.edge - 2
    return (after - column.edge) / 2
