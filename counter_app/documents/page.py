"""The draw list: a page as values, in millimetres from its top left corner. No renderer knows a receipt."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from counter_app.domain.acts import Paper

POINT = 25.4 / 72
"""Millimetres in a point."""

UPRIGHT = 210.0
"""Paper is fed by its short side from this width on; what is less high and wider comes from a roll."""


class Align(StrEnum):
    """Where a text's ``x`` is: its left end, its middle or its right end."""

    LEFT = "l"
    CENTRE = "c"
    RIGHT = "r"


RED = 0.72, 0.0, 0.0
"""Red, green and blue of what is red: dark enough to be black where there are no colours."""


class Fill(StrEnum):
    """What a box is filled with."""

    BLACK = "black"
    GREY = "grey"
    WHITE = "white"


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text. ``y`` is its baseline, ``size`` is in points. Black, or grey, or white on black."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    align: Align = Align.LEFT
    grey: bool = False
    white: bool = False
    static: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; ``dash`` above 0 is the length of its dashes and gaps."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    dash: float = 0.0
    grey: bool = False
    static: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle. ``stroke`` is the width of its border, drawn inside it; 0 for none. ``red``: the border,
    on what prints colours; elsewhere it is black.
    """

    x: float
    y: float
    width: float
    height: float
    stroke: float = 0.0
    fill: Fill | None = None
    static: bool = False
    red: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code of a text, a square of ``size``; the white around it is up to the page."""

    x: float
    y: float
    size: float
    text: str
    static: bool = False


@dataclass(frozen=True, slots=True)
class Barcode:
    """A Code 128 barcode of letters, digits and hyphens; the white beside it is up to the page."""

    x: float
    y: float
    width: float
    height: float
    text: str
    static: bool = False


Item = Text | Line | Box | Code | Barcode


@dataclass(frozen=True, slots=True)
class Sheet:
    """One side of paper. An item marked static is the same on every paper of its kind."""

    width: float
    height: float
    items: tuple[Item, ...]

    @property
    def fed(self) -> tuple[float, float]:
        """Width and height of the paper as a printer takes it: a page that lies is fed upright."""
        lies = self.width > self.height >= UPRIGHT
        return (self.height, self.width) if lies else (self.width, self.height)


@dataclass(frozen=True, slots=True)
class Document:
    """What is printed at one go. ``made_at`` dates the file, so that the same paper gives the same bytes."""

    title: str
    sheets: tuple[Sheet, ...]
    paper: Paper
    made_at: datetime


def on_form(document: Document, right: float, down: float) -> Document:
    """For paper that has lines and headings on it already: only what differs, moved by some millimetres."""
    sheets = tuple(
        replace(sheet, items=tuple(moved(item, right, down) for item in sheet.items if not item.static))
        for sheet in document.sheets
    )
    return replace(document, sheets=sheets)


def moved(item: Item, right: float, down: float) -> Item:
    """The same item, some millimetres further right and down."""
    if isinstance(item, Line):
        return replace(item, x1=item.x1 + right, y1=item.y1 + down, x2=item.x2 + right, y2=item.y2 + down)
    return replace(item, x=item.x + right, y=item.y + down)
